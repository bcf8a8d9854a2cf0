"""Leave out the warnings that a record accepts, or that the settings switch off."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from partnerreg.base.layout import SETTINGS
from partnerreg.base.problems import LocatedProblem
from partnerreg.checks.pages import pages
from partnerreg.checks.rule import Finding

CODE = "PR316"
_MOST_TOLD = 10
"""Entries of one record that are told to accept nothing."""


class Judgement(Struct, frozen=True):
    """What a run found: `findings` to be told, and those left: `accepted` by a record, or `off`."""

    findings: tuple[LocatedProblem, ...]
    accepted: tuple[LocatedProblem, ...] = ()
    off: tuple[LocatedProblem, ...] = ()


def judged(
    found: Sequence[LocatedProblem], accepted: Mapping[str, Sequence[str]], off: Mapping[str, str]
) -> Judgement:
    """Part the findings; errors are always told.

    `accepted` are the codes of rules that records accept, by path; `off` those that the settings
    switch off.
    """
    told: list[LocatedProblem] = []
    left: list[LocatedProblem] = []
    switched_off: list[LocatedProblem] = []
    for one in found:
        if one.severity == "error":
            told.append(one)
        elif one.code in accepted.get(one.path, ()) and one.code != CODE:
            left.append(one)
        elif one.code in off and one.code != CODE:
            switched_off.append(one)
        else:
            told.append(one)
    return Judgement(tuple(told), tuple(left), tuple(switched_off))


def nothing_accepted(
    found: Sequence[LocatedProblem], accepted: Mapping[str, Sequence[str]], off: Mapping[str, str]
) -> Iterator[Finding]:
    """Yield each code that is accepted or switched off and cannot be, or has nothing to accept."""
    codes = {(one.path, one.code) for one in found if one.severity != "error"}
    for path, rules in accepted.items():
        for place, code in enumerate(rules[:_MOST_TOLD]):
            message = _never(code)
            if message is None and (path, code) not in codes:
                message = f"there is no finding of {code} in this record"
            if message:
                where = ("accepted", place, "rule")
                yield Finding(where, message, "remove this entry", path=path)
    for code in off:
        message = _never(code)
        if message:
            yield Finding(("rules", code), message, "remove this line", path=SETTINGS)


def _never(code: str) -> str | None:
    """Return why a code can never be accepted or switched off."""
    page = pages().get(code)
    if page is None:
        return f"there is no rule {code}"
    return f"{code} is an error, and errors stay" if page.severity == "error" else None
