"""A date that is on no calendar.

30 February, month 13, 29 February outside a leap year. Such a date is a slip of the pen, and
nothing can be counted from it.

Bad:
    period: {start: 2023-02-30, end: 2024}
Good:
    period: {start: 2023-02-28, end: 2024}
"""

from collections.abc import Iterator

from partnerreg import dates
from partnerreg.rule import Finding, RecordFile
from partnerreg.walk import walk

CODE = "PR201"
NAME = "impossible-date"
SEVERITY = "error"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield every value under a date's key that has a date's shape and is no day."""
    for where, value in walk(file.data):
        if where[0] == "labels" or where[-1] not in dates.KEYS:
            continue
        if isinstance(value, str) and dates.LOOKS_LIKE_DATE(value):
            try:
                dates.parse(value)
            except ValueError as error:
                yield Finding(where, str(error), "look the date up in the document")
