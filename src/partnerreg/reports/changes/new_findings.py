"""Filter findings that an earlier version did not have (`validate --since`)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from partnerreg.base.problems import LocatedProblem
from partnerreg.reading.yaml_reader import read
from partnerreg.reports.changes.item_keys import path_in_words

Meaning = tuple[str, str, str]


def new_findings(
    now: Sequence[LocatedProblem],
    texts: Mapping[str, bytes],
    then: Sequence[LocatedProblem],
    earlier: Mapping[str, bytes],
) -> tuple[LocatedProblem, ...]:
    """Return the findings that `then` did not have: same record, rule and field are the same.

    `texts` and `earlier` are the files' bytes by path. Where a version has several of one
    meaning, as many are taken as known.
    """
    known = Counter(_meanings(then, earlier))
    fresh = []
    for one, meaning in zip(now, _meanings(now, texts), strict=True):
        if known[meaning]:
            known[meaning] -= 1
        else:
            fresh.append(one)
    return tuple(fresh)


def _meanings(problems: Sequence[LocatedProblem], texts: Mapping[str, bytes]) -> list[Meaning]:
    @cache
    def data(path: str) -> Any:
        document, _ = read(texts.get(path, b""))
        return document.data if document else {}

    return [
        (_record(one.path), one.code, path_in_words(data(one.path), one.where)) for one in problems
    ]


def _record(path: str) -> str:
    """Name a file so that moving it within its kind changes nothing."""
    kind, _, rest = path.partition("/")
    return f"{kind}/{rest.rpartition('/')[2]}" if rest else path
