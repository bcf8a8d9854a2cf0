"""A funding line whose `to` or `from` can mean two things.

With `per: year` they are years, with `per: term` dates. `to` may instead name the recipient; where
a line needs both, the recipient stands under `recipient`.

Bad:
    funding:
      currency: SEK
      lines:
        - {source: a-town, per: year, from: 2020, to: 2022-06, amount: 100}
Good:
    funding:
      currency: SEK
      lines:
        - {source: a-town, per: year, from: 2020, to: 2022, recipient: b-club, amount: 100}
"""

from collections.abc import Iterator
from typing import Any

from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model.dates import LOOKS_LIKE_DATE

CODE = "PR221"
NAME = "funding-time-unclear"
SEVERITY = "error"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each line or row whose span or recipient is not said in one way."""
    funding = file.data.get("funding", {}) if file.agreement else {}
    for name in ("budget", "lines"):
        for index, money in enumerate(funding.get(name, ())):
            if money is not None and "to" in money:
                problem = _problem(money, str(money["to"]))
                if problem:
                    hint = "a year, or a date of a term, in to; the recipient under recipient"
                    yield Finding(("funding", name, index, "to"), problem, hint)


def _problem(money: dict[str, Any], to: str) -> str | None:
    if to in {"unknown", "open"}:
        return f"to is {to}; leave it out where the period says so"
    if not LOOKS_LIKE_DATE(to):
        return "two recipients, in to and in recipient" if "recipient" in money else None
    if "year" in money:
        return "to names a year or a date beside year"
    if money.get("per") == "year" and len(to) != 4:
        return "with per: year, to is a year"
    return None
