"""Write the tables as CSV files with a Frictionless Data Package, which describes them.

The standard is Data Package v1, https://specs.frictionlessdata.io/data-package/.
"""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from partnerreg.export.schema import Field, Table, Value

DESCRIPTOR = "datapackage.json"
_TYPES = {
    "text": "string",
    "integer": "integer",
    "boolean": "boolean",
    "date": "date",
    "money": "number",
}


def data_package(tables: Sequence[Table], name: str, title: str) -> dict[str, bytes]:
    """Return the files of the package by name; text is raw, without a guard against formulas."""
    files = {f"{table.name}.csv": _csv(table) for table in tables}
    known = {table.name for table in tables}
    described = {
        "name": name,
        "title": title,
        "profile": "tabular-data-package",
        "resources": [_resource(table, known) for table in tables],
    }
    files[DESCRIPTOR] = (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode()
    return files


def text_of(value: Value) -> str:
    """Return a value as CSV has it: nothing for what is missing, exact numbers, true and false."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _csv(table: Table) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.name for field in table.fields])
    writer.writerows([text_of(value) for value in row] for row in table.rows)
    return out.getvalue().encode("utf-8")


def _resource(table: Table, known: set[str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(field) for field in table.fields]}
    names = [field.name for field in table.fields]
    if table.key:
        schema["primaryKey"] = names[: table.key]
    # A registry's name comes first where there are several: an id is unique within one only.
    shared = ["registry"] if names[0] == "registry" else []
    foreign = [
        {
            "fields": [*shared, field.name],
            "reference": {"resource": field.of, "fields": [*shared, _KEYS[field.of]]},
        }
        for field in table.fields
        if field.of in known
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": table.text,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(field: Field) -> dict[str, str]:
    return {"name": field.name, "type": _TYPES[field.type], "description": field.text}


_KEYS = {"organisations": "id", "agreements": "id"}
