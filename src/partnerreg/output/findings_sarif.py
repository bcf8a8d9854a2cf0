"""Write findings as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format)."""

from typing import Any
from urllib.parse import quote

from partnerreg import __version__
from partnerreg.base.printable import clean
from partnerreg.checks.findings import Findings
from partnerreg.checks.pages import pages
from partnerreg.output.findings_gitlab import fingerprints
from partnerreg.output.json import dumped

_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(findings: Findings) -> str:
    """Return one run with every rule that has a page, and a result for each finding."""
    every = list(pages().values())
    index = {page.code: place for place, page in enumerate(every)}
    driver = {
        "name": "partnerreg",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [
            {
                "id": page.code,
                "name": _pascal(page.name),
                "shortDescription": {"text": page.text.split("\n", 1)[0]},
                "fullDescription": {"text": page.text.partition("\nBad:\n")[0].strip()},
                "defaultConfiguration": {"level": _LEVELS[page.severity]},
            }
            for page in every
        ],
    }
    results = [_result(findings, one, index, print_) for one, print_ in fingerprints(findings)]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return dumped({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(
    findings: Findings, one: Any, index: dict[str, int], fingerprint: str
) -> dict[str, Any]:
    span = one.span
    hint = f" Hint: {one.hint}." if one.hint else ""
    region = {"startLine": span.line, "startColumn": span.column}
    if (span.end_line, span.end_column) > (span.line, span.column):
        region |= {"endLine": span.end_line, "endColumn": span.end_column}
    return {
        "ruleId": one.code,
        "ruleIndex": index[one.code],
        "level": _LEVELS[one.severity],
        "message": {"text": clean(f"{one.message}.{hint}")},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(findings.path(one))},
                    "region": region,
                }
            }
        ],
        "partialFingerprints": {"partnerreg/v1": fingerprint},
    }


def _uri(path: str) -> str:
    quoted = quote(path.encode("utf-8", "surrogateescape"))
    return f"file://{quoted}" if path.startswith("/") else quoted


def _pascal(name: str) -> str:
    return "".join(part.capitalize() for part in name.split("-"))
