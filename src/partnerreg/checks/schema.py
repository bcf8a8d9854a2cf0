"""Validate data against its schema, and say what is wrong in words."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import islice

from partnerreg.base.layout import SchemaName
from partnerreg.base.limits import MAX_PROBLEMS
from partnerreg.base.plain_data import walk
from partnerreg.base.problems import Problem
from partnerreg.checks import schema_engines as engines
from partnerreg.reading.document import Document, Twice

_SHARE_DECIMALS = 4


def check(kind: SchemaName, document: Document, *, whole: bool) -> tuple[Problem, ...]:
    """Return what the schema refuses, in the order of the file.

    `whole` says that the document has no unreadable values; those are passed over, since
    they have been reported.
    """
    fractions = tuple(islice(_fractions(document), MAX_PROBLEMS)) if document.has_decimals else ()
    if whole and engines.rust_validator(kind).is_valid(document.data):
        return fractions
    from partnerreg.checks.schema_messages import problems  # noqa: PLC0415  (only wrong files need words)

    found: set[Problem] = set()
    for refusal in engines.refusals(kind, document.data, whole=whole):
        found.update(islice(problems(refusal, document), MAX_PROBLEMS))
        if len(found) >= MAX_PROBLEMS:
            break  # a file so wrong says nothing new
    known = {problem.where for problem in found}
    found |= {problem for problem in fractions if problem.where not in known}
    return tuple(sorted(found, key=lambda problem: (problem.span, problem.code, problem.message)))


def _fractions(document: Document) -> Iterator[Problem]:
    """Yield numbers with a point that are no amounts: to JSON Schema 2020.0 is an integer."""
    for where, value in walk(document.data):
        if any(isinstance(step, Twice) for step in where):
            continue  # a second key of one name has its problem
        if isinstance(value, Decimal) and where[-1] == "share":
            if -int(value.as_tuple().exponent) > _SHARE_DECIMALS:
                message = f"{value} has more than {_SHARE_DECIMALS} decimals"
                hint = "round it as the document does"
                yield Problem(document.span(where), "PR106", message, hint, where)
        elif isinstance(value, Decimal) and where[-1] != "amount":
            message = f"{value} must be a whole number, or text in quotes"
            yield Problem(document.span(where), "PR103", message, "remove the point", where)
