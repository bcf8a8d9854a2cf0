"""Reports of `validate`: findings as rows, or counted by rule."""

from collections import Counter

from partnerreg.checks.findings import Findings
from partnerreg.output.report import Report, Table, columns

_COLUMNS = "path line column end_line end_column code rule severity message hint"


def findings_table(findings: Findings) -> Report:
    """Return a row for each finding; lines and columns count from 1, ends are exclusive."""
    rows = [
        (
            findings.path(one),
            one.span.line,
            one.span.column,
            one.span.end_line,
            one.span.end_column,
            one.code,
            one.rule,
            one.severity,
            one.message,
            one.hint,
        )
        for one in findings.problems
    ]
    return Report(findings.summary, Table(columns(_COLUMNS), tuple(rows)))


def statistics_table(findings: Findings) -> Report:
    """Return how often each rule was broken, most often first, and how often that is accepted."""
    count = Counter((one.code, one.rule, one.severity) for one in findings.problems)
    accepted = Counter((one.code, one.rule, one.severity) for one in findings.accepted)
    every = sorted({*count, *accepted}, key=lambda rule: (-count[rule], -accepted[rule], rule))
    rows = tuple((*rule, count[rule], accepted[rule]) for rule in every)
    names = columns("code rule severity count accepted", right=["count", "accepted"])
    return Report(findings.summary, Table(names, rows))
