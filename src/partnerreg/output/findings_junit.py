"""Write findings as a JUnit XML report."""

from partnerreg.base.printable import clean
from partnerreg.base.problems import LocatedProblem
from partnerreg.checks.findings import Findings


def render(findings: Findings) -> str:
    """Return the report; errors and warnings are failures, infos pass."""
    cases = [_case(findings, one) for one in findings.problems]
    failures = sum(one.severity != "info" for one in findings.problems)
    if not cases:
        cases.append('    <testcase classname="partnerreg" name="validate" time="0" />')
    counts = f'tests="{len(cases)}" failures="{failures}" errors="0"'
    body = "\n".join(cases)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<testsuites {counts} time="0">\n'
        f'  <testsuite name="partnerreg validate" {counts} skipped="0" time="0">\n'
        f"{body}\n  </testsuite>\n</testsuites>\n"
    )


def _case(findings: Findings, one: LocatedProblem) -> str:
    from xml.sax.saxutils import escape, quoteattr  # noqa: PLC0415  (brings ssl)

    path = clean(findings.path(one))
    place = f"{path}:{one.span.line}:{one.span.column}"
    name = f"{one.code} {one.rule} at {place}"
    head = f'    <testcase classname={quoteattr(path)} name={quoteattr(name)} time="0"'
    if one.severity == "info":
        return f"{head} />"
    message = clean(one.message)
    hint = f"\nhint: {clean(one.hint)}" if one.hint else ""
    failure = f"<failure message={quoteattr(message)} type={quoteattr(one.severity)}>"
    return (
        f"{head}>\n      {failure}{escape(f'{place}: {message}{hint}')}</failure>\n    </testcase>"
    )
