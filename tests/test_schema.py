"""The schemas: usable in an editor, and read the same by two engines."""

import json
import random
import re
from copy import deepcopy
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from partnerreg.checks.schema_engines import python_validator, refusals, rust_validator
from partnerreg.model.schema_files import folder
from partnerreg.model.schema_files import schema as whole
from partnerreg.reading.yaml_reader import read

KINDS = ("organisation", "partnership", "membership", "settings")
FILES = [*KINDS, "common"]


def resolved(node: dict, definitions: dict) -> dict:
    if "$ref" not in node:
        return node
    name = node["$ref"].removeprefix("#/$defs/")
    return {**resolved(definitions[name], definitions), **node}


def fields(node: dict, definitions: dict, where: str = "", seen: tuple = ()):
    node = resolved(node, definitions)
    for name, field in node.get("properties", {}).items():
        if field is not False:
            yield f"{where}.{name}", resolved(field, definitions)
            yield from fields(field, definitions, f"{where}.{name}")
    for key in ("items", "additionalProperties"):
        if isinstance(node.get(key), dict):
            yield f"{where}[]", resolved(node[key], definitions)
            yield from fields(node[key], definitions, f"{where}[]")


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_title_and_description(kind):
    found = list(fields(whole(kind), whole(kind)["$defs"], kind))
    assert found
    for where, field in found:
        assert field.get("title"), where
        assert field.get("description", "").endswith("."), where


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_allowed_unsaid(kind):
    definitions = whole(kind)["$defs"]
    for where, field in [(kind, whole(kind)), *fields(whole(kind), definitions, kind)]:
        if field.get("type") == "object":
            assert "additionalProperties" in field, where


@pytest.mark.parametrize("name", FILES)
def test_files_are_plain(name):
    text = (folder() / f"{name}.schema.json").read_text("utf-8")
    loaded = json.loads(text)
    assert loaded["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert '"$id"' not in text
    assert "uniqueItems" not in text
    assert "multipleOf" not in text
    refs = set(re.findall(r'"\$ref": "([^"#]*)#', text))
    assert refs <= {"common.schema.json"}


def test_the_schemas_are_schemas():
    from jsonschema import Draft202012Validator

    for kind in KINDS:
        Draft202012Validator.check_schema(whole(kind))


def test_examples_are_valid():
    from jsonschema import Draft202012Validator

    definitions = whole("partnership")["$defs"]
    for name, definition in definitions.items():
        validator = Draft202012Validator({**definition, "$defs": definitions})
        for example in definition.get("examples", []):
            assert validator.is_valid(example), (name, example)


# Values near what the schemas speak of, so that a good part of what is drawn is nearly right.
WORDS = sorted(
    {word for kind in KINDS for word in re.findall(r'"([a-z_-]{2,20})"', json.dumps(whole(kind)))}
)
SCALARS = (
    st.sampled_from(WORDS)
    | st.sampled_from(
        ["2020", "2020-06", "unknown", "open", "P1Y", "P", "about 5", "SE", "SEK", ""]
    )
    | st.sampled_from(["a-town", "a-town/b", "https://example.org", "2020\n", "a-town\n", "٢٠٢٠"])
    | st.integers(-5, 99999)
    | st.sampled_from([Decimal("19.99"), Decimal("-1.5"), Decimal("2020.0"), Decimal("0.00")])
    | st.booleans()
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=5)
    ),
    max_leaves=12,
)


def told(kind: str, instance: dict, *, whole: bool) -> list[str]:
    return sorted(map(repr, refusals(kind, instance, whole=whole)))


@given(kind=st.sampled_from(KINDS), data=st.data())
@settings(max_examples=200, deadline=None)
def test_the_two_engines_agree(kind, data):
    keys = st.sampled_from(sorted(whole(kind)["properties"]))
    instance = data.draw(st.dictionaries(keys | st.sampled_from(WORDS), VALUES, max_size=6))
    assert told(kind, instance, whole=True) == told(kind, instance, whole=False)
    refused = [*refusals(kind, instance, whole=True)]
    assert rust_validator(kind).is_valid(instance) == (not refused)


SPOILT = [
    *("", "x", "A b", "unknown", "2020-13", "P1Y", "x" * 300, "2020\n", "a-town/b", "year", "term"),
    *(0, -1, 5, Decimal("1.5"), Decimal("2020.0"), True, 10**14, [], {}, ["a"], {"X Y": "z"}),
]
SPOILT_KEYS = ("x", "per", "from", "to", "year", "amount", "role", "name", "A=b", "en", "mode")


def spoil(node: dict | list, rng: random.Random) -> None:
    """Change, add or remove one value of a document."""
    places = list(node) if isinstance(node, dict) else list(range(len(node)))
    if not places:
        return
    place = rng.choice(places)
    if isinstance(node[place], dict | list) and rng.random() < 0.8:
        spoil(node[place], rng)
    elif rng.random() < 0.2:
        del node[place]
    elif isinstance(node, dict) and rng.random() < 0.3:
        node[rng.choice(SPOILT_KEYS)] = deepcopy(rng.choice(SPOILT))
    else:
        node[place] = deepcopy(rng.choice(SPOILT))


@pytest.mark.parametrize("kind", KINDS[:3])
def test_the_two_engines_agree_on_spoilt_records(kind):
    rng = random.Random(kind)
    root = Path(__file__).parent / "cases"
    documents = [
        read(path.read_bytes()) for path in sorted(root.glob(f"*/registry/{kind}s/*.yaml"))
    ]
    good = [document.data for document, problems in documents if not problems]
    refused = 0
    for _ in range(300):
        data = deepcopy(rng.choice(good))
        for _ in range(rng.choice((1, 2, 4))):
            spoil(data, rng)
        found = told(kind, data, whole=True)
        refused += bool(found)
        assert found == told(kind, data, whole=False), data
    assert refused > 100


@given(name=st.sampled_from(sorted(whole("partnership")["$defs"])), value=VALUES)
@settings(max_examples=500, deadline=None)
def test_the_two_engines_agree_on_every_part(name, value):
    import jsonschema_rs

    part = {"$ref": f"#/$defs/{name}", "$defs": whole("partnership")["$defs"]}
    explaining = python_validator("partnership").evolve(schema=part)
    assert jsonschema_rs.validator_for(part).is_valid(value) == explaining.is_valid(value)


def test_shipped_files_name_their_schema():
    root = Path(__file__).parents[1]
    for path in (root / "registry").rglob("*.yaml"):
        first = path.read_text("utf-8").split("\n", 1)[0]
        assert first.startswith("# yaml-language-server: $schema="), path
        assert (path.parent / first.partition("=")[2]).resolve().parent == root / "schemas"
