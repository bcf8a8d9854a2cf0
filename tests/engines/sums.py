"""The sums of `totals`, keyed as the portable SQL groups them: what each engine must give."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import partnerreg

KEYS = ("source", "unit", "year", "currency", "kind", "stage")


def wanted(root: Path, as_of: date) -> dict[tuple, Decimal]:
    """The sums of the registry's `totals` by KEYS; a source's unit stands apart from it."""
    sums: dict[tuple, Decimal] = defaultdict(Decimal)
    for row in partnerreg.load(root, as_of=as_of).totals().to_dicts():
        source, _, unit = (row["source"] or "").partition("/")
        own = (source or None, unit or None)
        sums[*own, row["year"], row["currency"], row["kind"], row["stage"]] += row["amount"]
    return dict(sums)
