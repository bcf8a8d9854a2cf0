"""Load the JSON Schemas that ship with partnerreg."""

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from partnerreg.base.layout import SchemaName


def folder() -> Path:
    """Return the folder of the schemas: in the package, or at the top of a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "schemas"
    return inside if inside.is_dir() else package.parents[1] / "schemas"


def texts() -> dict[str, str]:
    """Return the text of every schema's file, by its name."""
    names = ("common", "organisation", "partnership", "membership", "settings", "import")
    files = (f"{name}.schema.json" for name in names)
    return {name: (folder() / name).read_text("utf-8") for name in files}


@cache
def common() -> dict[str, Any]:
    """Return the shared parts and codelists: the `$defs` of common.schema.json."""
    text = (folder() / "common.schema.json").read_text("utf-8")
    definitions: dict[str, Any] = _local(text)["$defs"]
    return definitions


@cache
def schema(kind: SchemaName) -> dict[str, Any]:
    """Return one kind's schema, whole: its references to the common parts point inside."""
    whole = _local((folder() / f"{kind}.schema.json").read_text("utf-8"))
    return {**whole, "$defs": common()}


def _local(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = msgspec.json.decode(text.replace('"common.schema.json#/', '"#/'))
    return loaded
