"""Walk plain data (dicts, lists, scalars) with the path to each scalar."""

from collections.abc import Iterator
from typing import Any

from partnerreg.base.problems import Path


def walk(node: Any, where: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield each value below `node` that is neither a mapping nor a list, in order."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from walk(value, (*where, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from walk(value, (*where, index))
    elif where:
        yield where, node
