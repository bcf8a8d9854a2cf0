"""Write findings as text: `concise` a line each, `full` with source line, caret and hint."""

from partnerreg.base.printable import clean
from partnerreg.base.problems import LocatedProblem
from partnerreg.checks.excerpt import caret
from partnerreg.checks.findings import Findings
from partnerreg.output.cells import width

_STYLES = {"error": "1;31", "warning": "1;33", "info": "1;36"}


def concise(findings: Findings, *, colour: bool) -> str:
    """Return a line for each finding, then the summary."""
    lines = [headline(findings, one, colour=colour) for one in findings.problems]
    return "\n".join([*lines, findings.summary]) + "\n"


def headline(findings: Findings, one: LocatedProblem, *, colour: bool) -> str:
    """Return a finding's one line; a warning or an info says so."""
    place = f"{clean(findings.path(one))}:{one.span.line}:{one.span.column}:"
    severity = "" if one.severity == "error" else f" ({one.severity})"
    code = paint(one.code, one.severity, colour=colour)
    return f"{place} {code} {one.rule}{severity}: {clean(one.message)}"


def full(findings: Findings, *, colour: bool) -> str:
    """Return every finding with its source line, then the summary."""
    blocks = [_block(findings, one, colour=colour) for one in findings.problems]
    return "\n".join([*blocks, findings.summary]) + "\n"


def _block(findings: Findings, one: LocatedProblem, *, colour: bool) -> str:
    lines = [headline(findings, one, colour=colour)]
    number = str(one.span.line)
    margin = " " * len(number)
    if one.excerpt is not None:
        before, marked = caret(one.excerpt, one.span)
        lines.append(f"  {number} | {one.excerpt}")
        lines.append(
            f"  {margin} | {' ' * width(before)}{paint(marked, one.severity, colour=colour)}"
        )
    if one.hint:
        lines.append(f"  {margin} = hint: {clean(one.hint)}")
    return "\n".join([*lines, ""])


def paint(text: str, style: str, *, colour: bool) -> str:
    """Return `text` in the colour of a severity, or as it is."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if colour else text
