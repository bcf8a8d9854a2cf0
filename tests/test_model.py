"""The model holds every field of the schemas, and gives back what a file says."""

import typing
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from partnerreg.base.layout import FOLDERS, Place
from partnerreg.model import build
from partnerreg.model.records import Agreement, Organisation, Settings
from partnerreg.model.schema_files import common, schema
from partnerreg.reading.yaml_reader import read

STRUCTS = {
    "organisation": Organisation,
    "partnership": Agreement,
    "membership": Agreement,
    "settings": Settings,
}
OWN = {"id", "path", "kind", "registry_currency", "#"}
REGISTRY = Path(__file__).parents[1] / "registry"


def resolved(node: dict) -> dict:
    while "$ref" in node:
        name = node["$ref"].removeprefix("#/$defs/")
        node = {**common()[name], **{key: value for key, value in node.items() if key != "$ref"}}
    return node


def inner_struct(annotation: object) -> type | None:
    """Return the struct inside an annotation such as `tuple[Line, ...]` or `Period | None`."""
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return annotation
    return next(filter(None, map(inner_struct, typing.get_args(annotation))), None)


def missing(node: dict, struct: type, where: str) -> list[str]:
    """Return the schema's fields that a struct lacks, and its fields that the schema lacks."""
    node = resolved(node)
    fields = {field.encode_name: field.type for field in msgspec.structs.fields(struct)}
    found = []
    for name, value in node["properties"].items():
        here = f"{where}.{name}"
        if name not in fields:
            found.append(here)
            continue
        inside = resolved(value)
        for key in ("items", "additionalProperties"):
            if isinstance(inside.get(key), dict):
                inside = resolved(inside[key])
        if "properties" in inside:
            inner = inner_struct(fields[name])
            found += missing(inside, inner, here) if inner else [f"{here} has no struct"]
    order = [name for name in fields if name in node["properties"]]
    if order != [name for name in node["properties"] if name in fields]:
        found.append(f"{where}: another order: {order}")
    return found


@pytest.mark.parametrize("kind", STRUCTS)
def test_every_field_of_the_schema_is_in_the_model(kind):
    assert missing(schema(kind), STRUCTS[kind], kind) == []


def test_the_model_has_no_field_of_its_own():
    known = {name for kind in ("partnership", "membership") for name in schema(kind)["properties"]}
    fields = {field.encode_name for field in msgspec.structs.fields(Agreement)}
    assert fields - OWN == known


def test_a_missing_field_is_noticed():
    node = {"properties": {"name": {"type": "string"}, "colour": {"type": "string"}}}
    assert missing(node, Organisation, "organisation") == ["organisation.colour"]


@pytest.mark.parametrize(
    "path", sorted(REGISTRY.rglob("*.yaml")), ids=lambda path: path.relative_to(REGISTRY).as_posix()
)
def test_shipped_records_survive(path):
    name = path.relative_to(REGISTRY).as_posix()
    kind = FOLDERS.get(name.partition("/")[0])
    if kind is None:
        return
    document, problems = read(path.read_bytes())
    assert document
    assert not problems
    data = build.data_of(build.record(Place(name, kind, path.stem), document.data, "SEK"))
    assert data == document.data


def test_defaults_and_spellings_that_mean_the_same():
    place = Place("partnerships/x.yaml", "partnership", "x")
    written = {
        "title": "X",
        "stage": str(b"agreed", "ascii"),  # not the same object as the default
        "period": {"start": "2020", "end": "unknown"},
        "funding": {
            "lines": [
                {"source": "a/b", "year": 2020, "amount": Decimal("2.00"), "kind": "cash"}
                | {"stage": "agreed", "bound": "exact"},
                {"source": "a", "year": 2021, "amount": "unknown", "labels": {"#": "x"}},
            ]
        },
    }
    assert build.data_of(build.record(place, written, "SEK")) == {
        "title": "X",
        "period": {"start": 2020, "end": "unknown"},
        "funding": {
            "lines": [
                {"source": "a/b", "year": 2020, "amount": 2},
                {"source": "a", "year": 2021, "amount": "unknown", "labels": {"#": "x"}},
            ]
        },
    }
