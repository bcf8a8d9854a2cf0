"""A tacit renewal that cannot be computed.

It needs a term longer than nothing. An open end is not renewed; an unknown one may be.

Bad:
    period: {start: 2020, end: 2022}
    renewal: {mode: tacit}
Good:
    period: {start: 2020, end: 2022}
    renewal: {mode: tacit, term: P1Y}
"""

from collections.abc import Iterator

from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR214"
NAME = "tacit-renewal-unclear"
SEVERITY = "error"
NEEDS = ("period", "renewal")


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield a tacit renewal without a term, with an empty one, or on an open end."""
    agreement = file.agreement
    if agreement is None or agreement.renewal is None:
        return
    renewal = agreement.renewal
    if renewal.term and renewal.term.is_zero:
        yield Finding(("renewal", "term"), "a term of no length", "write P1Y for one year")
    if renewal.mode != "tacit":
        return
    if renewal.term is None:
        message = "a tacit renewal needs its term"
        yield Finding(("renewal",), message, "add term: P1Y for one year at a time", key=True)
    if agreement.end.is_open:
        message = "an open end is not renewed"
        yield Finding(("renewal", "mode"), message, "give the end, or write mode: none")
