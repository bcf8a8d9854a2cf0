"""Validate data against its schema: jsonschema-rs accepts, jsonschema explains refusals."""

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from itertools import islice
from typing import Any

from partnerreg.base.layout import SchemaName
from partnerreg.base.limits import MAX_PROBLEMS
from partnerreg.base.plain_data import walk
from partnerreg.base.problems import Problem
from partnerreg.model.schema_files import schema
from partnerreg.reading.document import BAD, Document

_SHARE_DECIMALS = 4


def check(kind: SchemaName, document: Document, *, whole: bool) -> tuple[Problem, ...]:
    """Return what the schema refuses, in the order of the file.

    `whole` says that the document has no unreadable values; those are passed over, since
    they have been reported.
    """
    fractions = tuple(islice(_fractions(document), MAX_PROBLEMS)) if document.has_decimals else ()
    if whole and _accepting(kind).is_valid(document.data):
        return fractions
    from partnerreg.checks.schema_messages import problems  # noqa: PLC0415  (only wrong files need words)

    errors = _explaining(kind).iter_errors(document.data)
    found: set[Problem] = set()
    for error in errors:
        found.update(islice(problems(error, document), MAX_PROBLEMS))
        if len(found) >= MAX_PROBLEMS:
            break  # a file so wrong says nothing new
    known = {problem.where for problem in found}
    found |= {problem for problem in fractions if problem.where not in known}
    return tuple(sorted(found, key=lambda problem: (problem.span, problem.code, problem.message)))


def _fractions(document: Document) -> Iterator[Problem]:
    """Yield numbers with a point that are no amounts: to JSON Schema 2020.0 is an integer."""
    for where, value in walk(document.data):
        if isinstance(value, Decimal) and where[-1] == "share":
            if -int(value.as_tuple().exponent) > _SHARE_DECIMALS:
                message = f"{value} has more than {_SHARE_DECIMALS} decimals"
                hint = "round it as the document does"
                yield Problem(document.span(where), "PR106", message, hint, where)
        elif isinstance(value, Decimal) and where[-1] != "amount":
            message = f"{value} must be a whole number, or text in quotes"
            yield Problem(document.span(where), "PR103", message, "remove the point", where)


@cache
def _accepting(kind: SchemaName) -> Any:
    import jsonschema_rs  # noqa: PLC0415  (slow to import, and not needed where nothing changed)

    return jsonschema_rs.validator_for(schema(kind))


@cache
def _explaining(kind: SchemaName) -> Any:
    """Return jsonschema's validator, reading patterns and integers as jsonschema-rs does."""
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415  (slow to import)

    keywords = {
        name: _passing_over_bad(rule) for name, rule in Draft202012Validator.VALIDATORS.items()
    }
    keywords["pattern"] = _passing_over_bad(_pattern)
    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", _is_integer)
    types = types.redefine("number", _is_number)
    extended = validators.extend(Draft202012Validator, keywords, type_checker=types)
    return extended(schema(kind))


def _passing_over_bad(rule: Any) -> Any:
    def passing_over(validator: Any, value: Any, instance: Any, whole: Any) -> Any:
        return () if instance is BAD else rule(validator, value, instance, whole) or ()

    return passing_over


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
