"""Where each node of a file stands: asked only of the few files that something is wrong with."""

from array import array
from functools import lru_cache

from _ruamel_yaml import CParser
from ruamel.yaml.events import AliasEvent, MappingStartEvent, ScalarEvent, SequenceStartEvent

_NODES = frozenset({ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent})


@lru_cache(maxsize=16)
def positions(raw: bytes) -> "array[int]":
    """Return four numbers a node, in the order of the file, keys included.

    They are first line and column, last line and column, from 0. The file has been read before,
    so that nothing about it can fail here.
    """
    found = array("I")
    get_event = CParser(raw).get_event
    while (event := get_event()) is not None:
        if type(event) in _NODES:
            start, end = event.start_mark, event.end_mark
            found.extend((start.line, start.column, end.line, end.column))
    return found
