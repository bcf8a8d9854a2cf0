"""The word that was probably meant."""

from collections.abc import Iterable
from functools import lru_cache


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the known word most like `word`, or None where none is like it."""
    return _nearest(word[:100], known if isinstance(known, tuple) else tuple(known))


@lru_cache(maxsize=256)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    from difflib import get_close_matches  # noqa: PLC0415  (slow to import, rarely needed)

    close = get_close_matches(word, known, n=1, cutoff=0.6)
    longer = [one for one in known if len(word) > 3 and one.startswith(word)]
    return next(iter(close or longer), None)
