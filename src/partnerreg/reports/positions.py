"""Where in its file an amount stands: for figures that lead back to their line."""

from collections.abc import Callable
from functools import cache

from partnerreg.model.registry import Registry
from partnerreg.reading.yaml_reader import read

LineOf = Callable[[str, str, int], int | None]
"""From a file's path, `lines` or `budget`, and a place in that list (from 0), the line, from 1."""


def line_of(registry: Registry) -> LineOf:
    """Return the function that finds amounts in a registry's files; each file is read once."""

    @cache
    def lines(path: str, list_name: str) -> list[int]:
        held, _ = read(registry.texts[path])
        return held.lines_of_items(("funding", list_name)) if held else []

    def line(path: str, list_name: str, place: int) -> int | None:
        found = lines(path, list_name)
        return found[place] if place < len(found) else None

    return line
