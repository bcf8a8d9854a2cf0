"""Where in its file a value of a record stands: for figures that lead back to their line."""

from collections.abc import Callable
from functools import cache

from partnerreg.base.problems import Path
from partnerreg.model.registry import Registry
from partnerreg.reading.document import Document
from partnerreg.reading.yaml_reader import read

LineOf = Callable[[str, Path], int | None]
"""From a file's path and the way to a value, the line where it stands, from 1."""


def line_of(registry: Registry) -> LineOf:
    """Return the function that finds lines in a registry's files; each file is read once."""

    @cache
    def document(path: str) -> Document | None:
        return read(registry.texts[path])[0]

    @cache
    def line(path: str, where: Path) -> int | None:
        held = document(path)
        return held.span(where).line if held else None

    return line
