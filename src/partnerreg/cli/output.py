"""Write reports to standard output or a file, in the chosen format."""

import contextlib
import os
import re
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from msgspec.structs import replace

from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.base.printable import clean, shortened
from partnerreg.cli.options import Common
from partnerreg.output import text
from partnerreg.output.note_lines import note_lines
from partnerreg.output.report import Report
from partnerreg.store.folder import reason

Renderer = Callable[[Report], str | bytes]


def _late(module: str, function: str = "render") -> Renderer:
    """Return a renderer whose module is imported when it is needed: a run needs but one."""

    def render(report: Report) -> str | bytes:
        found: Renderer = getattr(import_module(f"partnerreg.output.{module}"), function)
        return found(report)

    return render


RENDERERS: dict[str, Renderer] = {
    "table": text.render,
    "json": _late("json"),
    "csv": _late("csv"),
    "markdown": _late("markdown"),
    "xlsx": _late("xlsx"),
}
CHARTS: dict[str, Renderer] = {
    "chart": _late("chart_text", "on_paper"),
    "svg": _late("picture", "svg"),
    "png": _late("picture", "png"),
}
"""Formats of the reports that have a picture."""
_ENDINGS = {
    ".txt": "table",
    ".json": "json",
    ".csv": "csv",
    ".md": "markdown",
    ".xlsx": "xlsx",
    ".ics": "ics",
    ".svg": "svg",
    ".png": "png",
}
BINARY = frozenset({"xlsx", "png"})
"""Formats that are no text: for a file or a pipe."""
_FOR_PEOPLE = frozenset({"table", "chart", "full", "concise"})
_JSON = frozenset({"json", "gitlab", "sarif"})
_MOST_CELLS, _MOST_LETTERS = 10_000, 200_000
"""Beyond these a terminal gets plain text: fitting columns to its width takes too long."""


def chosen_format(given: str | None, output: Path | None, known: tuple[str, ...]) -> str:
    """Return the format: as given, else by the file's ending, else a table.

    Raises `Failure` (2) for an unknown format or ending, and for a file among the registry's own,
    before anything is touched.
    """
    if output:
        from partnerreg.store.output_file import check_output  # noqa: PLC0415

        check_output(output)
    if given:
        if given not in known:
            raise Failure(f"--format: {given} is not known here", hint=f"known: {', '.join(known)}")
        if given in BINARY and output is None and sys.stdout.isatty():
            raise Failure(f"--format {given} is for a file", hint=f"name one: -o FILE.{given}")
        return given
    if output is None:
        return known[0]
    found = _ENDINGS.get(output.suffix.lower())
    if found is None or found not in {*known, "table"}:
        raise Failure(
            f"--output: the ending of {output.name} says no format",
            hint=f"use {', '.join(_ENDINGS)}, or give --format",
        )
    return found if found in known else known[0]


def put(report: Report, style: str, common: Common) -> None:
    """Write a report as the options say; the notes of a CSV go to standard error."""
    report, output, color = replace(report, note_style=common.notes), common.output, common.color
    if style == "table" and output is None and wants_terminal(color) and _is_small(report):
        from partnerreg.output import terminal  # noqa: PLC0415  (rich is slow to import)

        write(terminal.render(report, columns(), colour=wants_colour(color)), None)
    elif style == "chart" and output is None and wants_terminal(color):
        from partnerreg.output import chart_text  # noqa: PLC0415  (few reports are drawn)

        write(chart_text.render(report, columns(), colour=wants_colour(color)), None)
    elif style == "csv":
        from partnerreg.output import csv  # noqa: PLC0415

        write(csv.render(report, common.csv_dialect), output, style)
    else:
        write({**RENDERERS, **CHARTS}[style](report), output, style)
    if style == "csv":
        for line in note_lines(report):
            say(line)


def write(whole: str | bytes, output: Path | None, style: str = "table") -> None:
    """Write text or bytes to standard output or, whole or not at all, to a file.

    Text for people is in the terminal's encoding, every other format in UTF-8. On GitHub's
    runners nothing on standard output is a workflow command but in the format `github`. Raises
    `Failure` (3) where that cannot be done.
    """
    if isinstance(whole, bytes):
        if output is None:
            _write_bytes(whole)
        else:
            _write_file(output, whole)
        return
    if output is None:
        if style != "github":
            whole = on_runner(whole)
        try:
            if style not in _FOR_PEOPLE and (sys.stdout.encoding or "").lower() != "utf-8":
                if style in _JSON:
                    from partnerreg.output.json import ascii_json  # noqa: PLC0415

                    whole = ascii_json(whole)
                sys.stdout.flush()
                sys.stdout.buffer.write(whole.encode("utf-8", "backslashreplace"))
            else:
                sys.stdout.write(whole)
            sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise _cannot("standard output", error) from None
        return
    _write_file(output, whole.encode("utf-8", "backslashreplace"))


def _write_file(output: Path, whole: bytes) -> None:
    from partnerreg.store.output_file import write_output  # noqa: PLC0415  (few runs need it)

    sys.stdout.flush()  # which the file may be
    write_output(output, whole)


def _write_bytes(whole: bytes) -> None:
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(whole)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _cannot("standard output", error) from None


def rewritten(root: Path, path: str, was: bytes, now: bytes) -> bool:
    """Replace a registry's file that still holds `was`; where that fails, say so, return False."""
    from partnerreg.store.atomic import rewrite  # noqa: PLC0415  (few commands write)

    try:
        rewrite(root, path, was, now)
    except Failure as failure:
        report_failure(failure)
        return False
    return True


def report_failure(failure: Failure) -> None:
    """Say what went wrong, and what to do, on standard error."""
    say(f"partnerreg: error: {shortened(clean(failure.message), 500)}")
    if failure.hint:
        say(f"  hint: {clean(failure.hint)}")


def on_runner(text: str) -> str:
    """Return text in which, on GitHub's runners, no line is a workflow command in either form."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return text
    return re.sub(r"(?m)^(\s*):(?=:)", r"\1: ", text).replace("##[", "## [")


def append(path: str | None, text: str) -> None:
    """Append text to a file, such as the summary of a CI job; nothing where there is none.

    Raises `Failure` (3) where that cannot be done.
    """
    if not path:
        return
    try:
        with open(path, "a", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise _cannot(path, error) from None


def say(line: str) -> None:
    """Write one line to standard error; a reader that has gone is no problem."""
    with contextlib.suppress(OSError):
        sys.stderr.write(f"{on_runner(line)}\n")
        sys.stderr.flush()


def wants_terminal(color: str) -> bool:
    """Whether people look at the output: it is a terminal, or colour was asked for."""
    return color == "always" or sys.stdout.isatty()


def wants_colour(color: str) -> bool:
    """Whether to colour: as given, else on a terminal unless NO_COLOR is set."""
    if color != "auto":
        return color == "always"
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )


def columns() -> int:
    """Return the terminal's width."""
    import shutil  # noqa: PLC0415

    return max(shutil.get_terminal_size((80, 24)).columns, 20)


def _is_small(report: Report) -> bool:
    cells = [cell for table in report.shown for row in (*table.rows, *table.footer) for cell in row]
    return len(cells) <= _MOST_CELLS and sum(len(str(cell)) for cell in cells) <= _MOST_LETTERS


def _cannot(what: str, error: OSError) -> Failure:
    return Failure(f"cannot write {what}: {reason(error)}", exit_code=ENVIRONMENT)
