"""A date that is on no calendar.

30 February, month 13, 29 February outside a leap year. Such a date is a slip of the pen, and
nothing can be counted from it.

Bad:
    period: {start: 2023-02-30, end: 2024}
Good:
    period: {start: 2023-02-28, end: 2024}
"""

import re
from collections.abc import Iterator
from typing import Any

from partnerreg.base.problems import Path
from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model import dates

CODE = "PR201"
NAME = "impossible-date"
SEVERITY = "error"

_DOUBTFUL = re.compile(
    r"-(?:(?:00|29|[3-9][0-9])(?<=[0-9]-[0-9]{2})|(?:1[3-9]|2[0-9])(?<=[0-9]{4}-[0-9]{2}))",
    re.ASCII,
)


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield every value under a date's key that has a date's shape and is no day."""
    # A day up to the 28th of a month up to the 12th is on every calendar: a file that has no
    # other is not walked through. What is written with escapes cannot be told so.
    if not _DOUBTFUL.search(file.text) and "\\" not in file.text:
        return
    for where, value in _dates(file.data, ()):
        if where[0] != "labels" and dates.LOOKS_LIKE_DATE(value):
            try:
                dates.parse(value)
            except ValueError as error:
                yield Finding(where, str(error), "look the date up in the document")


def _dates(node: Any, where: Path) -> Iterator[tuple[Path, str]]:
    """Yield each text under a date's key, with the way to it."""
    for step, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, str):
            if step in dates.KEYS:
                yield (*where, step), value
        elif isinstance(value, dict | list):
            yield from _dates(value, (*where, step))
