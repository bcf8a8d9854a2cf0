"""Translate libyaml's syntax errors into messages that say what to do."""

import re
from typing import Any

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from partnerreg.base.problems import Problem, Span

_ADVICE = (
    ("unexpected ':'", "put an address or a time within braces in quotes"),
    (
        "mapping values are not allowed",
        "quote text with a colon; or the line is indented too deep",
    ),
    (
        "cannot start any token",
        "indent with spaces; text that begins with @ ` or % goes in quotes",
    ),
    ("did not find expected key", "check the indentation and the dashes"),
    ("did not find expected '-'", "check the indentation of the list"),
    ("could not find expected ':'", "a key needs a colon and a space after it"),
    ("expected ',' or", "close the bracket, or put a comma between the values"),
    ("unexpected end of stream", "a quote is not closed"),
    ("escape", "use single quotes, or double the backslash"),
)


_GLUED = re.compile(r"[{,]\s*([a-z_]+):(?!//)([^\s\d{}\[\],:/][^{}\[\],:]*)")


def syntax_problem(error: YAMLError, raw: bytes) -> Problem:
    """Return the problem that stopped the parser, at the place where it stopped."""
    if not isinstance(error, MarkedYAMLError):
        return Problem(Span(), "PR007", "the file is not YAML", None)
    mark: Any = error.problem_mark or error.context_mark
    if error.context_mark and mark.index >= len(raw.decode("utf-8").rstrip()):
        mark = error.context_mark  # what was never closed, rather than the end of the file
    span = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
    line = _line(raw, mark.line)
    glued = _GLUED.match(
        line, max(line.rfind(",", 0, mark.column), line.rfind("{", 0, mark.column))
    )
    if glued:
        hint = f"write {glued[1]}: {glued[2].strip()}"
        return Problem(span, "PR007", "a colon has no space after it", hint)
    return Problem(span, "PR007", *_words(error, line[: mark.column + 1]))


def _words(error: MarkedYAMLError, before: str) -> tuple[str, str | None]:
    problem = str(error.problem or "not YAML")
    if "\t" in before:
        return "a tab stands where YAML wants spaces", "indent with spaces"
    context = f" {error.context}" if error.context else ""
    hint = next((advice for sign, advice in _ADVICE if sign in problem), None)
    return f"not YAML: {problem}{context}", hint


def _line(raw: bytes, number: int) -> str:
    lines = raw.decode("utf-8").split("\n")
    return lines[number] if number < len(lines) else ""
