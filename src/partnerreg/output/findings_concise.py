"""Findings, one line each: `path:line:column: PR203 ends-before-start: message`."""

from partnerreg.base.printable import clean
from partnerreg.base.problems import LocatedProblem
from partnerreg.checks.findings import Findings
from partnerreg.output.paint import paint


def render(findings: Findings, *, colour: bool) -> str:
    """Return a line for each finding, then the summary."""
    lines = [headline(findings, one, colour=colour) for one in findings.problems]
    return "\n".join([*lines, findings.summary]) + "\n"


def headline(findings: Findings, one: LocatedProblem, *, colour: bool) -> str:
    """Return a finding's one line; a warning or an info says so."""
    place = f"{clean(findings.path(one))}:{one.span.line}:{one.span.column}:"
    severity = "" if one.severity == "error" else f" ({one.severity})"
    code = paint(one.code, one.severity, colour=colour)
    return f"{place} {code} {one.rule}{severity}: {clean(one.message)}"
