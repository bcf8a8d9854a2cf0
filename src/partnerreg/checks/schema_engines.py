"""What a schema refuses, by two engines of JSON Schema.

jsonschema-rs judges, and says what it refuses. jsonschema, in Python, passes over single values
that could not be read, for files that have such. A test holds the two to the same refusals.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from msgspec import Struct

from partnerreg.base.layout import SchemaName
from partnerreg.base.problems import Path
from partnerreg.model.schema_files import schema
from partnerreg.reading.document import BAD


class Refusal(Struct, frozen=True):
    """A value that a part of a schema refuses: by which keyword, and what that keyword says.

    With `is_name` it is the name of a key of the mapping at `where`.
    """

    where: Path
    keyword: str
    limit: Any
    part: dict[str, Any]
    value: Any
    is_name: bool = False


def refusals(kind: SchemaName, data: dict[str, Any], *, whole: bool) -> Iterator[Refusal]:
    """Yield what one kind's schema refuses; `whole` says that no value of `data` is BAD."""
    return _refusals(kind, data) if whole else _refusals_beside_bad(kind, data)


def _refusals(kind: SchemaName, data: dict[str, Any]) -> Iterator[Refusal]:
    for error in rust_validator(kind).iter_errors(data):
        *path, keyword = error.schema_path
        part = _at(schema(kind), path)
        name = getattr(error.kind, "error", None)  # of a key that the schema refuses
        found = name.instance if name else _at(data, error.instance_path)
        where = tuple(error.instance_path)
        yield Refusal(where, keyword, part[keyword], part, found, is_name=name is not None)


def _at(node: Any, steps: Sequence[str | int]) -> Any:
    for step in steps:
        node = node[step]
    return node


def _refusals_beside_bad(kind: SchemaName, data: dict[str, Any]) -> Iterator[Refusal]:
    for error in python_validator(kind).iter_errors(data):
        is_name = "propertyNames" in error.absolute_schema_path
        where = tuple(error.absolute_path)
        yield Refusal(
            where, error.validator, error.validator_value, error.schema, error.instance, is_name
        )


@cache
def rust_validator(kind: SchemaName) -> Any:
    """Return jsonschema-rs's validator, whose `is_valid` takes a hundredth of a millisecond."""
    import jsonschema_rs  # noqa: PLC0415  (slow to import, and not needed where nothing changed)

    return jsonschema_rs.validator_for(schema(kind))


@cache
def python_validator(kind: SchemaName) -> Any:
    """Return jsonschema's validator; it reads patterns and integers as jsonschema-rs does."""
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415  (slow to import)

    keywords = {name: _unless_bad(rule) for name, rule in Draft202012Validator.VALIDATORS.items()}
    keywords["pattern"] = _unless_bad(_pattern)
    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer)
    types = types.redefine("number", _is_number)
    extended = validators.extend(Draft202012Validator, keywords, type_checker=types)
    return extended(schema(kind))


def _unless_bad(rule: Any) -> Any:
    def judge(validator: Any, value: Any, instance: Any, whole: Any) -> Any:
        return () if instance is BAD else rule(validator, value, instance, whole) or ()

    return judge


def _pattern(_validator: Any, pattern: str, instance: Any, _schema: Any) -> Any:
    # Python's `$` also matches before a last line break, which no other engine does.
    if isinstance(instance, str) and not re.search(pattern.replace("$", r"\Z"), instance, re.ASCII):
        from jsonschema import ValidationError  # noqa: PLC0415

        yield ValidationError(f"does not match {pattern}")


def _is_integer(_checker: Any, instance: Any) -> bool:
    if isinstance(instance, Decimal):
        return instance == instance.to_integral_value()
    return isinstance(instance, int) and not isinstance(instance, bool)


def _is_number(_checker: Any, instance: Any) -> bool:
    return isinstance(instance, int | Decimal) and not isinstance(instance, bool)
