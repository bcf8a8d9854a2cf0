"""Report `list organisations`: organisations, one a row."""

from collections import Counter
from datetime import date

from msgspec.structs import replace

from partnerreg.base.collation import collated, folded
from partnerreg.base.errors import Failure
from partnerreg.model.registry import Registry
from partnerreg.output.report import Column, Report, Table, columns
from partnerreg.reports.cut import Cut
from partnerreg.reports.filters import Filters, check_organisations
from partnerreg.reports.notes import invalid_organisations

COLUMNS = "id name type country part_of identifiers agreements"
"""What a row of `list organisations` has, for machines."""


def organisations(
    registry: Registry, as_of: date, *, filters: Filters = Filters(), cut: Cut = Cut()
) -> Report:
    """Return the organisations by name; `cut` chooses columns, order and number of rows.

    Of the filters country, match and labels apply; `Failure` (2) is raised for others.
    """
    check_organisations(registry, filters)
    given = replace(filters, country=(), match=None, labels=())
    if given != Filters():
        raise Failure("of the filters, organisations know --country, --match and --label")
    needle = folded(filters.match) if filters.match else ""
    kept = [
        one
        for one in registry.organisations.values()
        if one.path not in registry.invalid
        and (not filters.country or one.country in filters.country)
        and (needle in one.id or any(needle in folded(name) for name in one.all_names))
        and set(filters.labels) <= set(one.labels.items())
    ]
    kept.sort(key=lambda one: (collated(one.name), one.id))
    count = Counter(name for one in registry.valid_agreements for name in one.organisations)
    rows = Table(
        columns(COLUMNS, right=["agreements"]),
        tuple(
            (
                one.id,
                one.name,
                one.type,
                one.country,
                one.part_of,
                tuple(f"{each.scheme} {each.id}" for each in one.identifiers),
                count[one.id],
            )
            for one in kept
        ),
    )
    view = Table(
        (
            Column("name", "Organisation", wrap=True),
            Column("type", "Type"),
            Column("country", "Country"),
            Column("agreements", "Agreements", "right"),
            Column("id", "Id"),
        ),
        tuple((one.name, one.type, one.country, count[one.id], one.id) for one in kept),
    )
    left_out = invalid_organisations(registry)
    tables, _, more = cut.applied(rows, view)
    return Report(
        f"Organisations, as of {as_of}",
        tables[0],
        (*left_out, *more),
        tables[1:],
        failed=bool(left_out),
    )
