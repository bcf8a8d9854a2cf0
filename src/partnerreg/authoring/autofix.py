"""Autofixes: problems that have exactly one right answer, and that answer.

Dates with dots, codes in lower case, amounts with their thousands apart, codes whose leading
zeros need quotes. Whatever could be meant in two ways is left to people.
"""

import re
from collections.abc import Iterator

from msgspec import Struct

from partnerreg.authoring.splice import Splice, spliced
from partnerreg.base.plain_data import walk
from partnerreg.base.problems import Path, Problem, Span
from partnerreg.checks.spelling_hints import iso_day
from partnerreg.model import dates
from partnerreg.model.codelists import codes
from partnerreg.reading.document import BAD, Document

_APART = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f_][0-9]{3})+(?:\.[0-9]{1,4})?", re.ASCII)
_ZEROS = re.compile(r"0[0-9]+", re.ASCII)
_NUMBERS = frozenset({"amount", "year", "times", "people", "organisations", "members_stated"})
_CODELISTS = {"currency": "currency", "country": "country"}


class Fix(Struct, frozen=True):
    """What to write instead of the text at `span`; `where` is the value in the record."""

    span: Span
    where: Path
    was: str
    now: str
    code: str


def fixes(raw: bytes, document: Document, problems: tuple[Problem, ...]) -> Iterator[Fix]:
    """Yield the fixes of a file's problems, in their order."""
    lines = raw.decode("utf-8").split("\n")
    bad = {document.span(where): where for where, value in walk(document.data) if value is BAD}
    for problem in problems:
        span = problem.span
        where = problem.where or bad.get(span, ())
        if not where or span.line != span.end_line or span.line > len(lines):
            continue
        was = lines[span.line - 1][span.column - 1 : span.end_column - 1]
        now = _fixed_text(problem.code, str(where[-1]), was)
        if now is not None:
            yield Fix(span, where, was, now, problem.code)


def applied(raw: bytes, found: list[Fix]) -> bytes:
    """Return a file's bytes with the fixes made."""
    edits = (Splice(fix.span, fix.now) for fix in found)
    return spliced(raw.decode("utf-8"), edits).encode("utf-8")


def _fixed_text(code: str, key: str, was: str) -> str | None:
    plain = was.strip("\"'")
    if code == "PR104" and key in _CODELISTS:
        return plain.upper() if plain.upper() in codes(_CODELISTS[key]) else None
    if key == "amount" and code in {"PR105", "PR012"} and _APART.fullmatch(plain):
        return re.sub(r"[ \u00a0\u202f_]", "", plain)
    if code == "PR012" and _ZEROS.fullmatch(was) and key not in _NUMBERS | dates.KEYS:
        return f'"{was}"'
    if code == "PR105" and key in dates.KEYS:
        # Day and month apart by slashes could be either: that is left to people.
        return None if re.search(r"/[0-9]{4}", plain) else iso_day(plain)
    return None
