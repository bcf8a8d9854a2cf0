"""Read each row of a list as part of a record: its fields, its lines, whose it is."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import Struct, field

from partnerreg.authoring.importing.convert import (
    Unreadable,
    code_of,
    day_of,
    number_of,
    text_of,
)
from partnerreg.authoring.importing.mapping import Body, Column, Key, Mapping
from partnerreg.authoring.importing.organisations import Directory, Refused, Told, whole_org_id
from partnerreg.authoring.importing.table import Cell, Row
from partnerreg.base.layout import Kind
from partnerreg.model import dates
from partnerreg.model.codelists import codes
from partnerreg.model.schema_files import common, schema

Data = dict[str, Any]


class Draft(Struct):
    """What one record is to say, from one row or several; `key` tells it from others.

    `values` are its fields by dotted names, `lines` its funding. `organisations` are all that it
    names.
    """

    key: tuple[str, ...]
    rows: list[int]
    values: dict[str, Any] = field(default_factory=dict)
    lines: list[Data] = field(default_factory=list)
    organisations: set[str] = field(default_factory=set)


_OWN = frozenset({"name", "type", "country", "identifiers"})


class Reader:
    """Reads rows as a mapping says; organisations are found in a directory, or made there."""

    def __init__(self, mapping: Mapping, directory: Directory, rows: Iterable[Row]) -> None:
        self.mapping = mapping
        self.directory = directory
        self._lengths = {
            key.column: _usual_length(rows, key.column)
            for key in _keys(mapping)
            if key.scheme and key.width is None
        }

    def draft(self, row: Row) -> Draft:
        """Return a row's draft; raises `Refused`, `Unsure` or `Unreadable`."""
        mapping = self.mapping
        draft = Draft((), [row.number])
        owners: dict[str, str] = {}
        if mapping.ours is not None:
            told = self.told(mapping.ours, row)
            owners["=member"] = self.directory.find(told)
            draft.organisations.add(owners["=member"])
        if mapping.into == "organisation":
            draft.key = (owners["=member"],)
            own = self._own_fields(told)
            draft.values |= own
        self._add_fields(draft, row)
        if mapping.into == "membership":
            draft.values = {"member": owners["=member"], **draft.values}
            network = draft.values.get("network")
            if not network:
                raise Refused("the row names no network")
            owners["=network"] = network
            draft.key = (owners["=member"], network)
        if mapping.record_key:
            code = code_of(row.cells[mapping.record_key.column], mapping.record_key.width)
            if code is None:
                raise Refused(f"{mapping.record_key.column} is empty")
            draft.key = (code,)
            draft.values["labels.imported"] = code
        parties = []
        for body in mapping.parties:
            party = self._party(body, row, owners)
            if party:
                parties.append(party)
                draft.organisations.add(party["organisation"])
        if parties:
            draft.values["parties"] = parties
        for line in mapping.lines:
            made = self._line(line, row, owners)
            if made:
                draft.lines.append(made)
                draft.organisations |= {made[n] for n in ("source", "recipient") if n in made}
        return draft

    def told(self, body: Body, row: Row) -> Told:
        """Return what a row says of an organisation."""
        told = Told(self._name(body.name, row))
        if body.key:
            told.scheme, told.code = self._code(body.key, row)
        told.type = self._translated("type", body.type, row)
        country = self._translated("country", body.country, row)
        told.country = country.upper() if country else None
        if told.country and told.country not in codes("country"):
            raise Refused(f"{told.country} is no country's code (ISO 3166-1 alpha-2)")
        return told

    def _own_fields(self, told: Told) -> Data:
        own: Data = {"name": told.name, "type": told.type, "country": told.country}
        own = {name: value for name, value in own.items() if value}
        if told.identifier:
            own["identifiers"] = [{"scheme": told.scheme, "id": told.code}]
        return own

    def _name(self, column: Column | None, row: Row) -> str | None:
        if column is None:
            return None
        text = text_of(column.of(row))
        return re.sub(r"\s+", " ", text).strip() if text else None

    def _code(self, key: Key, row: Row) -> tuple[str | None, str | None]:
        code = code_of(row.cells[key.column], key.width or None)
        if code is None:
            return None, None
        if key.scheme is None:
            return whole_org_id(code)
        usual = self._lengths.get(key.column)
        if usual and code.isdigit() and len(code) < usual:
            message = f"the code {code} is shorter than the others: it may have lost zeros"
            raise Refused(f"{message} (width: {usual} gives them back, width: 0 leaves it)")
        return key.scheme, code

    def _translated(self, name: str, column: Column | None, row: Row) -> str | None:
        """Return a value as the registry says it, by the mapping's `values`."""
        if column is None:
            return None
        text = text_of(column.of(row))
        known = self.mapping.values.get(name)
        if text is None or known is None or (column.constant and text not in known):
            return text
        if text not in known:
            raise Refused(f"{column.name}: {text[:40]} is not among values.{name}")
        return str(known[text])

    def _add_fields(self, draft: Draft, row: Row) -> None:
        for name, column in self.mapping.fields.items():
            if self.mapping.into == "organisation" and name in _OWN:
                raise Refused(f"fields: {name} is said under organisation, or key")
            value = self._value(self.mapping.into, name, column, row)
            if value is not None:
                draft.values[name] = value

    def _value(self, kind: Kind, name: str, column: Column, row: Row) -> Any:
        """Return a field's value in the type that its schema asks for; None where it is empty."""
        text = self._translated(name, column, row)
        if text is None:
            return None
        cell = column.of(row)
        if name in self.mapping.values and not column.constant:
            cell = text
        return self._converted(_node(kind, name), name, column, cell)

    def _converted(self, node: Data, name: str, column: Column, cell: Cell) -> Any:
        types = node.get("type", "string")
        types = {types} if isinstance(types, str) else set(types)
        if "object" in types or ("array" in types and _holds_groups(node)):
            raise Refused(f"fields: {name} is a group, which no single column can say")
        last = name.rpartition(".")[2]
        where = "" if column.constant else f"{column.name}: "
        try:
            if last in dates.KEYS and "integer" in types:
                return day_of(cell, self.mapping.order if not column.constant else "YMD")
            if "number" in types or types == {"integer"}:
                return number_of(cell, self.mapping.decimal if not column.constant else ".")
        except Unreadable as error:
            raise Unreadable(f"{where}{error}") from None
        text = text_of(cell)
        assert text is not None
        if node.get("x-id") in {"organisation", "organisation-or-unit"}:
            return text if column.constant else self.directory.find(Told(text))
        if "array" in types:
            return [part.strip() for part in re.split("[;,]", text) if part.strip()]
        if "integer" in types and re.fullmatch("[0-9]{1,15}", text):
            return int(text)
        if "boolean" in types and text in {"true", "false"}:
            return text == "true"
        return text

    def _party(self, body: Body, row: Row, owners: dict[str, str]) -> Data | None:
        assert body.name is not None
        column = body.name
        if column.constant:
            identity = owners.get(f"={column.name}", column.name)
        else:
            told = self.told(body, row)
            if told.name is None and told.code is None:
                return None
            identity = self.directory.find(told)
            owners[column.name] = identity
        role = self._translated("role", body.role, row)
        return {"organisation": identity, **({"role": role} if role else {})}

    def _line(self, line: dict[str, Column], row: Row, owners: dict[str, str]) -> Data | None:
        made: Data = {}
        for name, column in line.items():
            text = text_of(column.of(row))
            if text is None:
                if name == "amount":
                    return None  # nothing is stated
                continue
            if name in {"source", "recipient"}:
                given = f"={column.name}" if column.constant else column.name
                made[name] = owners.get(given) or (
                    column.name if column.constant else self.directory.find(Told(text))
                )
            else:
                made[name] = self._value(self.mapping.into, f"funding.lines.{name}", column, row)
        return made


def merged(drafts: Iterable[Draft]) -> Iterator[tuple[Draft, list[tuple[int, str]]]]:
    """Yield one draft a record, and what contradicts it: the row, and why it is refused.

    Rows with one key are one record: lines of the same source and time add up, fields agree.
    """
    by_key: dict[tuple[str, ...], list[Draft]] = {}
    for draft in drafts:
        by_key.setdefault(draft.key, []).append(draft)
    for first, *others in by_key.values():
        refused: list[tuple[int, str]] = []
        for other in others:
            against = [
                name
                for name, value in other.values.items()
                if name != "parties" and first.values.get(name, value) != value
            ]
            if against:
                name = against[0]
                message = f"{name}: {other.values[name]} here, {first.values[name]} in row"
                refused.append((other.rows[0], f"{message} {first.rows[0]}, of the same record"))
                continue
            parties = first.values.get("parties", [])
            parties += [one for one in other.values.get("parties", []) if one not in parties]
            first.values |= {n: v for n, v in other.values.items() if n != "parties"}
            if parties:
                first.values["parties"] = parties
            first.rows += other.rows
            first.lines += other.lines
            first.organisations |= other.organisations
        first.lines = _added_up(first.lines)
        yield first, refused


def identity_of(line: Data) -> tuple[tuple[str, str], ...]:
    """Return what tells a funding line from others: everything but its amount and origin."""
    left_out = {"amount", "reference", "stated", "note", "payments"}
    return tuple(sorted((name, str(v)) for name, v in line.items() if name not in left_out))


def _added_up(lines: list[Data]) -> list[Data]:
    sums: dict[tuple[tuple[str, str], ...], Data] = {}
    for line in lines:
        held = sums.setdefault(identity_of(line), line)
        if held is line:
            continue
        one, other = held["amount"], line["amount"]
        unknown = isinstance(one, str) or isinstance(other, str)
        total = "unknown" if unknown else Decimal(one) + Decimal(other)
        is_whole = isinstance(total, Decimal) and total == total.to_integral_value()
        held["amount"] = int(total) if is_whole else total
    return list(sums.values())


def _keys(mapping: Mapping) -> Iterator[Key]:
    for body in (mapping.ours, *mapping.parties):
        if body and body.key:
            yield body.key


def _usual_length(rows: Iterable[Row], column: str) -> int | None:
    """Return the length of most codes of a column, where they are digits; None where none are."""
    found = (text_of(row.cells.get(column)) for row in rows)
    lengths = Counter(len(text) for text in found if text and text.isdigit())
    return max(lengths) if lengths else None


def _holds_groups(node: Data) -> bool:
    """Whether a list holds mappings."""
    items = _resolved(node.get("items", {}), common())
    return bool(items.get("type") == "object")


@cache
def _node(kind: Kind, name: str) -> Data:
    """Return the schema of a field by its dotted name; raises `Refused` where there is none."""
    node: Any = schema(kind)
    definitions = node["$defs"]
    for step in name.split("."):
        node = _resolved(node, definitions)
        if "items" in node and name.startswith("funding.lines."):
            node = _resolved(node["items"], definitions)
        fields = node.get("properties", {})
        more = node.get("additionalProperties")
        if step not in fields and not isinstance(more, dict):
            raise Refused(f"fields: {kind} records have no {name}")
        node = fields.get(step, more)
    found: Data = _resolved(node, definitions)
    return found


def _resolved(node: Any, definitions: Any) -> Any:
    while "$ref" in node:
        found = definitions[node["$ref"].removeprefix("#/$defs/")]
        node = {**found, **{key: one for key, one in node.items() if key != "$ref"}}
    return node
