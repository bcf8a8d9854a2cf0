"""What the page's figures leave out."""

import re
from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.export.page.grid import Item
from partnerreg.export.page.links import Links
from partnerreg.export.page.words import Words
from partnerreg.model.registry import Registry
from partnerreg.output.report import Note


class Told(Struct, frozen=True):
    """A note: what it says, and the records that it names, the first of them by link."""

    code: str
    text: str
    records: tuple[Item, ...]
    more: int


_NAMED = 50
"""Records of a note that are named."""
_FIGURES = re.compile(r"\d[\d,]*(?:\.\d+)? [A-Z]{3}\b|\b\d{4}(?:–\d{4})?\b(?!-)")
"""Sums and years in a note's message."""


def notes(
    registry: Registry, every: Iterable[Note], links: Links, words: Words
) -> tuple[Told, ...]:
    """Return what the reports leave out, notes that say the same as one."""
    gathered: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}
    for note in _told_once(dict.fromkeys(every)):
        key = (note.code, words.note(note.code, note.message))
        records, figures = gathered.setdefault(key, ({}, {}))
        records.update(dict.fromkeys(note.records))
        if key[1] != note.message:  # what its own message says more
            figures.update(dict.fromkeys(map(words.number, _FIGURES.findall(note.message))))
    told = []
    for (code, text), (records, figures) in gathered.items():
        named = [
            Item(registry.name_of(one), record=links.agreement(one))
            for one in list(records)[:_NAMED]
        ]
        more = f" ({', '.join(figures)})" if figures else ""
        told.append(Told(code, f"{text}{more}", tuple(named), len(records) - len(named)))
    return tuple(told)


def _told_once(every: Iterable[Note]) -> list[Note]:
    """Return notes without those that another of the same records tells with sums; no commands."""
    kept: dict[object, Note] = {}
    for note in every:
        if note.code != "invalid-left-out":
            kept[note] = note
            continue
        key = (note.code, note.records)
        told = replace(note, message=note.message.partition(";")[0])
        if key not in kept or len(told.message) > len(kept[key].message):
            kept[key] = told
    return list(kept.values())
