"""Suggest the nearest known word for a mistyped one."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

_CANDIDATES = 20
_LIKE = 0.6
_LONGER = 1.75


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or None where none is like it."""
    return _nearest(word[:100], known if isinstance(known, tuple) else tuple(known))


@lru_cache(maxsize=1024)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    from difflib import SequenceMatcher  # noqa: PLC0415  (slow to import, rarely needed)

    shared: Counter[str] = Counter()
    for pair in _pairs(word):
        shared.update(_index(known).get(pair, ()))
    best: tuple[float, str] | None = None
    if len(word) < 3:
        return None  # two letters are like too much
    for candidate, _ in shared.most_common(_CANDIDATES):
        if max(len(word), len(candidate)) > _LONGER * min(len(word), len(candidate)):
            continue
        likeness = SequenceMatcher(None, word, candidate).ratio()
        if likeness >= _LIKE and (best is None or likeness > best[0]):
            best = (likeness, candidate)
    longer = [one for one in known if len(word) > 3 and one.startswith(word)]
    parts = [one for one in known if len(word) > 3 and word in re.split("[-_ ]", one)]
    shorter = [one for one in known if len(one) > 2 and word.startswith(one)]
    return best[1] if best else next(iter((*longer, *parts, *shorter)), None)


@lru_cache(maxsize=16)
def _index(known: tuple[str, ...]) -> dict[str, list[str]]:
    """Return the words that hold each pair of letters, so that few need be compared."""
    index: dict[str, list[str]] = defaultdict(list)
    for word in known:
        for pair in _pairs(word):
            index[pair].append(word)
    return dict(index)


def _pairs(word: str) -> dict[str, None]:
    """Return each pair of letters once, in order: the order of a set is another in each run."""
    marked = f" {word} "
    return dict.fromkeys(marked[place : place + 2] for place in range(len(marked) - 1))
