"""`Mapping`: which columns of a list become which fields of a record."""

from typing import Any, Literal

from msgspec import Struct, field

from partnerreg.authoring.importing.table import Cell, Row

Into = Literal["membership", "partnership", "organisation"]


class Column(Struct, frozen=True):
    """Where a value comes from: a column, or a fixed text."""

    name: str
    constant: bool = False

    def of(self, row: Row) -> Cell:
        """Return the value in a row."""
        return self.name if self.constant else row.cells[self.name]


def column(text: str) -> Column:
    """Return what a mapping writes: a heading, or a fixed text after an equals sign."""
    return Column(text[1:], constant=True) if text.startswith("=") else Column(text)


class Key(Struct, frozen=True):
    """A column of codes: those of a register, or (without a scheme) whole org-ids."""

    column: str
    scheme: str | None = None
    width: int | None = None


class Body(Struct, frozen=True):
    """How a list tells of an organisation: by name, by code; what one is made of otherwise."""

    name: Column | None
    key: Key | None = None
    type: Column | None = None
    country: Column | None = None
    role: Column | None = None


class Mapping(Struct, frozen=True):
    """A mapping as its file says it; see the schema `import` for what each part means.

    `decimal` is the decimal mark, `order` the order of day, month and year. `ours` are the
    member (or the organisation itself), `parties` the others. `record_key` is the column of a
    partnership's own numbers.
    """

    source: str
    into: Into
    sheet: str | None = None
    header: int = 1
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str = "."
    order: str = "YMD"
    ours: Body | None = None
    parties: tuple[Body, ...] = ()
    record_key: Key | None = None
    fields: dict[str, Column] = field(default_factory=dict)
    lines: tuple[dict[str, Column], ...] = ()
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    same: dict[str, str] = field(default_factory=dict)
    reference: dict[str, Any] | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """Every heading that it names, each once."""
        found: list[Column | None] = [*self.fields.values()]
        for body in (self.ours, *self.parties):
            if body:
                found += [body.name, body.type, body.country, body.role]
                found += [Column(body.key.column)] if body.key else []
        found += [one for line in self.lines for one in line.values()]
        found += [Column(self.record_key.column)] if self.record_key else []
        names = (one.name for one in found if one is not None and not one.constant)
        return tuple(dict.fromkeys(names))


def mapping_of(data: dict[str, Any]) -> Mapping:
    """Return the mapping that valid plain data describes."""
    into: Into = data["into"]
    told = data.get("organisation", {})
    key = _key(data.get("key"))
    ours = None
    if into != "partnership":
        ours = _body(told, key)
    return Mapping(
        source=data["from"],
        into=into,
        sheet=data.get("sheet"),
        header=data.get("header", 1),
        encoding=data.get("encoding"),
        delimiter=data.get("delimiter"),
        decimal=data.get("decimal", "."),
        order=data.get("date", "YMD"),
        ours=ours,
        parties=tuple(_party(one, told) for one in data.get("parties", ())),
        record_key=key if into == "partnership" else None,
        fields={name: column(text) for name, text in data.get("fields", {}).items()},
        lines=tuple(
            {name: column(str(text)) for name, text in line.items()}
            for line in data.get("lines", ())
        ),
        values=data.get("values", {}),
        same=data.get("same", {}),
        reference=data.get("reference"),
    )


def _key(data: dict[str, Any] | None) -> Key | None:
    return Key(data["column"], data.get("scheme"), data.get("width")) if data else None


def _body(told: dict[str, Any], key: Key | None) -> Body:
    return Body(
        column(told["name"]) if "name" in told else None,
        key,
        column(told["type"]) if "type" in told else None,
        column(told["country"]) if "country" in told else None,
    )


def _party(one: dict[str, Any], told: dict[str, Any]) -> Body:
    """Return a party; what its own entry does not say, `organisation` says for all."""
    whole = {**told, **one}
    return Body(
        column(one["organisation"]),
        _key(one.get("key")),
        column(whole["type"]) if "type" in whole else None,
        column(whole["country"]) if "country" in whole else None,
        column(one["role"]) if "role" in one else None,
    )
