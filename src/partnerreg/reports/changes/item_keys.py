"""Keys that identify list items, so that they are matched by what they are.

A funding line is its source, time, kind and `what`; a reference or a milestone is its id. The
place in the list is nothing.
"""

from collections.abc import Iterator
from typing import Any

from partnerreg.base.problems import Path

# The list's key, and the keys of an item that make it what it is.
_KEYS: dict[str, tuple[str, ...]] = {
    "parties": ("organisation", "role"),
    "references": ("id",),
    "milestones": ("id",),
    "lines": ("source", "year", "per", "from", "to", "repayment", "kind", "what", "currency"),
    "payments": ("due",),
    "suspended": ("from",),
    "accepted": ("rule",),
    "budget": ("year", "per", "from", "to", "kind", "currency"),
    "decisions": ("date", "body", "kind", "number"),
    "case_numbers": ("organisation", "number"),
    "contacts": ("role", "organisation", "name"),
    "identifiers": ("scheme", "id"),
}


def named_items(name: str, items: list[Any]) -> Iterator[tuple[str, Any]]:
    """Yield each item of the list `name` with what it is known by; namesakes are numbered.

    No two are known by the same: a text may itself end in a number.
    """
    taken: set[str] = set()
    count: dict[str, int] = {}
    for item in items:
        known = key = _known_by(name, item)
        while key in taken:
            count[known] = count.get(known, 1) + 1
            key = f"{known} #{count[known]}"
        taken.add(key)
        yield key, item


def path_in_words(data: Any, where: Path) -> str:
    """Spell the way to a value, list items by what they are: `funding.lines[umea-kommun 2022]`."""
    spelt = ""
    name = ""
    for step in where:
        if isinstance(step, int):
            items = data if isinstance(data, list) else []
            known = [each for each, _ in named_items(name, items)]
            spelt += f"[{known[step]}]" if step < len(known) else f"[{step}]"
            data = items[step] if step < len(items) else None
        else:
            name = step
            spelt += f".{step}" if spelt else step
            data = data.get(step) if isinstance(data, dict) else None
    return spelt


def _known_by(name: str, item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    keys = _KEYS.get(name, ())
    return " ".join(str(item[key]) for key in keys if key in item) or "?"
