"""Write findings as a GitLab code quality report."""

import hashlib
from collections import Counter
from typing import Any

from partnerreg.base.printable import clean
from partnerreg.checks.findings import Findings
from partnerreg.output.json import dumped

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(findings: Findings) -> str:
    """Return the report; a fingerprint is the same wherever in its file a finding moves."""
    return dumped([_issue(findings, one, print_) for one, print_ in fingerprints(findings)])


def fingerprints(findings: Findings) -> list[tuple[Any, str]]:
    """Return each finding with a fingerprint that no other has and that no line number changes."""
    seen: Counter[str] = Counter()
    found = []
    for one in findings.problems:
        meaning = f"{one.path}\x00{one.code}\x00{one.message}"
        seen[meaning] += 1
        whole = f"{meaning}\x00{seen[meaning]}".encode("utf-8", "surrogateescape")
        found.append((one, hashlib.sha256(whole).hexdigest()[:40]))
    return found


def _issue(findings: Findings, one: Any, fingerprint: str) -> dict[str, Any]:
    hint = f" ({one.hint})" if one.hint else ""
    return {
        "type": "issue",
        "description": clean(f"{one.message}{hint}"),
        "check_name": f"{one.code} {one.rule}",
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[one.severity],
        "categories": ["Bug Risk"],
        "location": {
            "path": clean(findings.path(one)),
            "lines": {"begin": one.span.line, "end": max(one.span.end_line, one.span.line)},
        },
    }
