"""Single values of plain data that passed its schema."""

from collections.abc import Callable
from sys import intern
from typing import Any, TypeVar

from partnerreg.model import dates
from partnerreg.model.dates import UNKNOWN, Duration, PartialDate

Data = dict[str, Any]
T = TypeVar("T")


def shared(text: Any) -> Any:
    """Return an id or a code: what stands in many records is one text in memory."""
    return intern(text) if type(text) is str else text


def date_of(data: Data, key: str) -> PartialDate | None:
    """Return a date; one that is on no calendar has its finding and counts as unknown."""
    if key not in data:
        return None
    try:
        return dates.parse(str(data[key]))
    except ValueError:
        return UNKNOWN


def duration_of(data: Data, key: str) -> Duration | None:
    """Return a duration, or None where there is none."""
    return dates.parse_duration(data[key]) if key in data else None


def texts_of(data: Data, key: str) -> tuple[str, ...]:
    """Return a list of texts, without those that were refused."""
    return tuple(text for text in data.get(key, ()) if text is not None)


def each_of(data: Data, key: str, make: Callable[[int, Data], T]) -> tuple[T, ...]:
    """Return what `make` gives for each item and its position, without those refused."""
    if key not in data:
        return ()
    return tuple([make(index, item) for index, item in enumerate(data[key]) if item is not None])
