"""Make a record's plain data of the flags of `new`."""

import re
import shlex
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from partnerreg.base.errors import Failure
from partnerreg.base.layout import Kind
from partnerreg.base.suggest import nearest
from partnerreg.model import dates
from partnerreg.model.codelists import codes
from partnerreg.model.schema_files import schema

Data = dict[str, Any]

REQUIRED: dict[Kind, tuple[str, ...]] = {
    "organisation": ("name", "type"),
    "partnership": ("title", "form", "party"),
    "membership": ("member", "network", "stage"),
}
"""The flags without which there is no record of a kind."""
_NUMBER = re.compile(r"(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?", re.ASCII)
_NUMBERS = frozenset({"amount", "year", "share", "times"})
_TRUTHS = {"true": True, "false": False}


def value(key: str, text: str) -> Any:
    """Return what a text stands for under a key: a year, a number, true or false, else text."""
    if key in _TRUTH_KEYS and text in _TRUTHS:
        return _TRUTHS[text]
    if key in _CODES:
        return text.upper()
    if key in dates.KEYS and re.fullmatch(r"[1-9][0-9]{3}", text, re.ASCII):
        return int(text)
    if key in _NUMBERS and _NUMBER.fullmatch(text):
        return Decimal(text) if "." in text else int(text)
    return text


_TRUTH_KEYS = frozenset({"repayment"})
_CODES = frozenset({"currency", "country"})


def group(option: str, text: str, kind: Kind, *way: str, id_too: bool = False) -> Data:
    """Return what `key=value key=value …` describes, such as a funding line.

    `kind` and `way` lead to its place in the schema; `id_too` allows the record's own id. Values
    with blanks stand in quotes. Raises `Failure` (2) for a part without an equals sign, an unknown
    key, and one that is given twice.
    """
    try:
        parts = shlex.split(text)
    except ValueError:
        raise Failure(f"{option}: {text} has a quotation mark that is not closed") from None
    known = (*(["id"] if id_too else []), *_fields(kind, way))
    made: Data = {}
    for part in parts:
        key, equals, written = part.partition("=")
        if not equals:
            hint = f"write {option} 'key=value key=value', values with blanks in quotes"
            raise Failure(f"{option}: {part} has no equals sign", hint=hint)
        if key not in known:
            near = nearest(key, known)
            hint = f"did you mean {near}?" if near else f"known: {', '.join(known)}"
            raise Failure(f"{option}: {key} is not known", hint=hint)
        if key in made:
            raise Failure(f"{option}: {key} is given twice")
        made[key] = value(key, written)
    return made


def party(text: str) -> tuple[str, str | None]:
    """Return the organisation and the role of `ORG:ROLE`; without a role, None."""
    organisation, colon, role = text.rpartition(":")
    if colon and role in codes("role"):
        return organisation.strip(), role
    if colon and re.fullmatch(r"[a-z-]+", role):
        near = nearest(role, codes("role"))
        hint = f"did you mean {near}?" if near else f"known: {', '.join(codes('role'))}"
        raise Failure(f"--party: {role} is no role", hint=hint)
    return text.strip(), None


def identifier(text: str) -> Data:
    """Return the identifier that is written SCHEME:ID."""
    scheme, colon, number = text.partition(":")
    if not colon or not scheme or not number:
        hint = "write --identifier SE-ON:212000-3005"
        raise Failure(f"--identifier: {text} is not SCHEME:ID", hint=hint)
    return {"scheme": scheme, "id": number}


def missing(kind: Kind, given: Sequence[str]) -> list[str]:
    """Return the flags that a record of a kind lacks."""
    return [f"--{name}" for name in REQUIRED[kind] if name not in given]


def _fields(kind: Kind, way: Sequence[str]) -> Sequence[str]:
    node: Any = schema(kind)
    definitions = node["$defs"]

    def resolved(found: Any) -> Any:
        while "$ref" in found:
            found = definitions[found["$ref"].removeprefix("#/$defs/")]
        return found

    for step in way:
        node = resolved(node)
        node = node["items"] if step == "[]" else node["properties"][step]
    return tuple(resolved(node)["properties"])
