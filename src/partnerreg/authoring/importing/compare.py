"""Hold what a list says of a record against what the record says."""

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any

from partnerreg.authoring.importing.drafts import Draft, identity_of
from partnerreg.base.problems import Path

Data = dict[str, Any]


def differences(data: Data, draft: Draft, reference: Data | None) -> Iterator[tuple[Path, Any]]:
    """Yield what the list says otherwise: the way to it, and the new value."""
    for name, value in draft.values.items():
        way: Path = tuple(name.split("."))
        held = at(data, way)
        if name == "parties" and held is not None:
            yield from _parties(held, value)
        elif name == "identifiers" and held is not None:
            schemes = {one.get("scheme") for one in held}
            added = [one for one in value if one["scheme"] not in schemes]
            for place, one in enumerate(added, len(held)):
                yield ("identifiers", place), one
        elif name in {"name", "type", "country"} and held is not None and draft.key[:1]:
            continue  # it was found: what the registry calls it stays
        elif not _equal(held, value):
            yield way, value
    lines = (data.get("funding") or {}).get("lines", [])
    held_lines = {identity_of(line): place for place, line in enumerate(lines)}
    new = 0
    for line in draft.lines:
        found = held_lines.get(identity_of(line))
        if found is None:
            yield ("funding", "lines", len(lines) + new), with_reference(line, reference)
            new += 1
        elif not _equal(lines[found].get("amount"), line["amount"]):
            yield ("funding", "lines", found, "amount"), line["amount"]


def _parties(held: list[Data], told: list[Data]) -> Iterator[tuple[Path, Any]]:
    """Yield the roles and parties that are new; one without a role gets its own, not a second."""
    added = len(held)
    for one in told:
        own = [place for place, p in enumerate(held) if p["organisation"] == one["organisation"]]
        roles = {held[place].get("role") for place in own}
        if own and ("role" not in one or one["role"] in roles):
            continue
        if None in roles:
            place = next(place for place in own if "role" not in held[place])
            yield ("parties", place, "role"), one["role"]
        else:
            yield ("parties", added), one
            added += 1


def gone_lines(
    data: Data, draft: Draft, reference: Data | None
) -> Iterator[tuple[str, str, None, str]]:
    """Yield the lines that came from the list and are in it no more."""
    told = {identity_of(line) for line in draft.lines}
    for place, line in enumerate((data.get("funding") or {}).get("lines", [])):
        came = reference and line.get("reference") == reference["id"]
        if came and identity_of(line) not in told:
            amount = shown(line.get("amount")) or ""
            yield f"funding.lines.{place}", amount, None, "the list has it no more"


def with_reference(line: Data, reference: Data | None) -> Data:
    """Return a line that names the list as its document."""
    return {**line, "reference": reference["id"]} if reference and "reference" not in line else line


def is_updated(name: str, update: Collection[str]) -> bool:
    """Whether a field, or what it lies in, may be changed though it was written by hand."""
    parts = name.split(".")
    return any(".".join(parts[:depth]) in update for depth in range(1, len(parts) + 1))


def _equal(one: Any, other: Any) -> bool:
    """Compare what is meant: 2 and 2.00, 2020 and "2020" are the same."""
    if isinstance(one, int | Decimal) and isinstance(other, int | Decimal):
        return Decimal(one) == Decimal(other)
    if isinstance(one, list) and isinstance(other, list):
        return [str(item) for item in one] == [str(item) for item in other]
    return one is not None and str(one) == str(other)


def at(data: Any, way: Path) -> Any:
    """Return what stands at a way in plain data; None where nothing does."""
    for step in way:
        if isinstance(data, list) and isinstance(step, int):
            data = data[step] if step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


def shown(value: Any) -> str | None:
    """Return a value as a row of the plan shows it."""
    if value is None:
        return None
    if isinstance(value, dict):
        return ", ".join(f"{name}: {shown(one)}" for name, one in value.items())
    if isinstance(value, list):
        return "; ".join(shown(one) or "" for one in value)
    return str(value)


def nested(values: Mapping[str, Any]) -> Data:
    """Return dotted names as mappings within mappings."""
    made: Data = {}
    for name, value in values.items():
        node = made
        *above, last = name.split(".")
        for step in above:
            node = node.setdefault(step, {})
        node[last] = value
    if "period" in made:
        made["period"] = {"start": "unknown", "end": "unknown", **made["period"]}
    return made
