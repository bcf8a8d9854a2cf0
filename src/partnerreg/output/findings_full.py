"""Findings for people: one line each, the source line with a caret below it, and what to do."""

from partnerreg.base.printable import clean
from partnerreg.base.problems import LocatedProblem
from partnerreg.checks.excerpt import caret
from partnerreg.checks.findings import Findings
from partnerreg.output.findings_concise import headline
from partnerreg.output.paint import paint
from partnerreg.output.width import width


def render(findings: Findings, *, colour: bool) -> str:
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
