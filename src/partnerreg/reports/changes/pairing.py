"""Pair the records of two versions of a registry, through renames."""

from collections import Counter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.base.layout import SETTINGS, Place
from partnerreg.model import build
from partnerreg.model.registry import Registry
from partnerreg.reports.changes.meaning import comparable

Key = tuple[str, str]
"""A record's kind and id."""


_ALIKE = 0.5
"""From which likeness two files are one that was renamed and edited, as git has it."""
_MOST_COMPARED = 40_000
"""Pairs of files that are compared; with more, only the same content is a rename."""


class Version(Struct, frozen=True):
    """A record in one version: its place, bytes and plain data (None where unreadable)."""

    place: Place
    raw: bytes
    data: dict[str, Any] | None


class Pair(Struct, frozen=True):
    """A record in both versions; `before` or `after` is None where it is absent."""

    before: Version | None
    after: Version | None

    @property
    def is_renamed(self) -> bool:
        """Whether the record has another id."""
        return bool(self.before and self.after and self.before.place.id != self.after.place.id)


def pairs(before: Registry, after: Registry) -> tuple[Pair, ...]:
    """Return the records that are not the same in both, those with a new id put together."""
    old, new = _places(before), _places(after)
    gone = {key: _version(before, old[key]) for key in old if key not in new}
    come = {key: _version(after, new[key]) for key in new if key not in old}
    renamed = _renamed(gone, come)
    found = [Pair(gone.pop(old_key), come.pop(new_key)) for old_key, new_key in renamed]
    found += [Pair(version, None) for version in gone.values()]
    found += [Pair(None, version) for version in come.values()]
    for key in old:
        if key in new and _raw(before, old[key]) != _raw(after, new[key]):
            found.append(_pair(before, old[key], after, new[key]))
    return tuple(found)


def new_ids(found: tuple[Pair, ...], kinds: frozenset[str]) -> dict[str, str]:
    """Return old ids and new ones, of the records of some kinds that were renamed."""
    return {
        pair.before.place.id: pair.after.place.id
        for pair in found
        if pair.before and pair.after and pair.is_renamed and pair.after.place.kind in kinds
    }


def with_new_ids(data: Any, ids: dict[str, str]) -> Any:
    """Return plain data in which organisations and agreements go by their new ids.

    Texts of a record are left alone: only values of keys that name records are changed.
    """
    if isinstance(data, dict):
        return {key: _renewed(key, value, ids) for key, value in data.items()}
    if isinstance(data, list):
        return [with_new_ids(item, ids) for item in data]
    return data


_NAMING = frozenset(
    {"organisation", "source", "recipient", "to", "member", "network", "responsible", "part_of"}
)
_NAMING_LISTS = frozenset({"follows", "founded_by"})


def _renewed(key: str, value: Any, ids: dict[str, str]) -> Any:
    if key in _NAMING and isinstance(value, str):
        organisation, slash, unit = value.partition("/")
        return ids.get(organisation, organisation) + slash + unit
    if key in _NAMING_LISTS and isinstance(value, list):
        return [ids.get(item, item) if isinstance(item, str) else item for item in value]
    return with_new_ids(value, ids)


def _places(registry: Registry) -> dict[Key, Place]:
    found: dict[Key, Place] = {("settings", "settings"): Place(SETTINGS, "settings", "settings")}
    for place in registry.places:
        found.setdefault((place.kind, place.id), place)
    return found


def _raw(registry: Registry, place: Place) -> bytes:
    return registry.texts.get(place.path, b"")


def _version(registry: Registry, place: Place) -> Version:
    raw = _raw(registry, place)
    record = registry.valid_records_by_path.get(place.path)
    data = build.data_of(record) if record else comparable(place, raw)[0]
    return Version(place, raw, data)


def _pair(before: Registry, old: Place, after: Registry, new: Place) -> Pair:
    both = (before.valid_records_by_path.get(old.path), after.valid_records_by_path.get(new.path))
    if all(both):
        return Pair(_version(before, old), _version(after, new))
    raws = (_raw(before, old), _raw(after, new))
    was, now = comparable(new, *raws)
    return Pair(Version(old, raws[0], was), Version(new, raws[1], now))


def _renamed(gone: dict[Key, Version], come: dict[Key, Version]) -> list[tuple[Key, Key]]:
    """Match records of the same kind whose content is the same, else alike by half or more.

    Each is matched once, in the order of their ids.
    """
    by_content: dict[str, list[Key]] = {}
    for key, version in sorted(come.items()):
        if version.data is not None:
            by_content.setdefault(_content(key, version), []).append(key)
    # An organisation with a new id is named by others: those are matched once it is known.
    found: list[tuple[Key, Key]] = []
    for key, version in sorted(gone.items()):
        same = by_content.get(_content(key, version)) if version.data is not None else None
        if same:
            found.append((key, same.pop(0)))
    ids = {old[1]: new[1] for old, new in found if old[0] == "organisation"}
    if ids:
        matched = {old for old, _ in found}
        for key, version in sorted(gone.items()):
            if key in matched or version.data is None:
                continue
            renewed = replace(version, data=with_new_ids(version.data, ids))
            same = by_content.get(_content(key, renewed))
            if same:
                found.append((key, same.pop(0)))
    return found + _alike(gone, come, found)


def _alike(
    gone: dict[Key, Version], come: dict[Key, Version], matched: list[tuple[Key, Key]]
) -> list[tuple[Key, Key]]:
    """Match what is left by how much of the text is the same, the most alike first."""
    olds, news = {old for old, _ in matched}, {new for _, new in matched}
    left = [key for key in sorted(gone) if key not in olds]
    new = [key for key in sorted(come) if key not in news]
    if len(left) * len(new) > _MOST_COMPARED:
        return []
    lines = {
        (side, key): Counter(version.raw.splitlines())
        for side, versions in (("gone", gone), ("come", come))
        for key, version in versions.items()
    }
    pairs = sorted(
        (-_likeness(lines["gone", a], lines["come", b]), a, b)
        for a in left
        for b in new
        if a[0] == b[0]
    )
    found: list[tuple[Key, Key]] = []
    taken: set[tuple[str, Key]] = set()
    for likeness, a, b in pairs:
        if -likeness >= _ALIKE and ("gone", a) not in taken and ("come", b) not in taken:
            taken |= {("gone", a), ("come", b)}
            found.append((a, b))
    return found


def _likeness(one: Counter[bytes], other: Counter[bytes]) -> float:
    """Return which part of the longer text's bytes stands in lines that both have, 0 to 1."""
    sizes = [sum((len(line) + 1) * many for line, many in lines.items()) for lines in (one, other)]
    same = sum((len(line) + 1) * many for line, many in (one & other).items())
    return same / max(*sizes, 1)


def _content(key: Key, version: Version) -> str:
    return f"{key[0]} {_ordered(version.data)}"


def _ordered(node: Any) -> str:
    if isinstance(node, dict):
        return "{" + ",".join(f"{k!r}:{_ordered(node[k])}" for k in sorted(node)) + "}"
    if isinstance(node, list):
        return "[" + ",".join(map(_ordered, node)) + "]"
    return repr(node)
