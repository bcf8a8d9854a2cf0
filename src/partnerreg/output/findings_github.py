"""Write findings as GitHub workflow commands, which become annotations.

GitHub shows ten errors, ten warnings and ten notices a step; the worst come first, and one notice
says how many more there are. The whole table goes to the job summary.
"""

from partnerreg.base.printable import clean
from partnerreg.base.problems import LocatedProblem
from partnerreg.checks.findings import Findings
from partnerreg.output.markdown import safe

_SHOWN = 10
_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
_SUMMARY_ROWS = 1_000


def render(findings: Findings) -> str:
    """Return the annotations and the summary line."""
    lines: list[str] = []
    left_out = 0
    for severity in _COMMANDS:
        # One notice is kept for telling what is not shown.
        room = _SHOWN - (severity == "info")
        own = [one for one in findings.worst_first if one.severity == severity]
        lines += [_command(findings, one) for one in own[:room]]
        left_out += len(own[room:])
    if left_out:
        lines.append(f"::notice::and {left_out} more findings: see the job summary")
    return "\n".join([*lines, findings.summary]) + "\n"


def job_summary(findings: Findings) -> str:
    """Return the whole table in Markdown, for GITHUB_STEP_SUMMARY."""
    lines = [f"### partnerreg: {safe(findings.summary)}", ""]
    if findings.problems:
        lines += ["| severity | where | rule | what | hint |", "| :-- | :-- | :-- | :-- | :-- |"]
    for one in findings.worst_first[:_SUMMARY_ROWS]:
        place = f"{findings.path(one)}:{one.span.line}:{one.span.column}"
        cells = (one.severity, place, f"{one.code} {one.rule}", one.message, one.hint or "")
        lines.append(f"| {' | '.join(map(safe, cells))} |")
    more = len(findings.problems) - _SUMMARY_ROWS
    if more > 0:
        lines += ["", f"and {more} more"]
    return "\n".join([*lines, ""])


def _command(findings: Findings, one: LocatedProblem) -> str:
    span = one.span
    properties = {
        "file": findings.path(one),
        "line": span.line,
        "col": span.column,
        "endLine": span.end_line,
        # GitHub's last column is inclusive, and wants lines to agree.
        "endColumn": max(span.end_column - 1, span.column) if span.end_line == span.line else None,
        "title": f"{one.code} {one.rule}",
    }
    spelt = ",".join(
        f"{key}={_property(value)}" for key, value in properties.items() if value is not None
    )
    hint = f"\nhint: {one.hint}" if one.hint else ""
    return f"::{_COMMANDS[one.severity]} {spelt}::{_message(one.message)}{_message(hint)}"


def _message(text: str) -> str:
    """Escape as the runner reads it: per cent first, then line ends."""
    parts = [clean(part).replace("%", "%25").replace("##[", "## [") for part in text.split("\n")]
    return "%0A".join(parts)


def _property(value: object) -> str:
    return _message(str(value)).replace(":", "%3A").replace(",", "%2C")
