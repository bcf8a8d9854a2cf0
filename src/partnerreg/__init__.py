"""A registry of partnerships and memberships in plain files: what they cost, and when they end.

>>> import partnerreg
>>> partnerreg.load("registry").totals(by="source").to_dicts()  # doctest: +SKIP
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from partnerreg.api import Reports

__version__ = "0.1.0"
__all__ = ["load"]


def load(folder: str | Path, *, as_of: date | None = None) -> "Reports":
    """Return the reports of the registry in `folder`, for the day `as_of` (default: today).

    Raises `partnerreg.base.errors.Failure` where there is no registry or it cannot be read. Faults
    in its records are not raised: see `Reports.findings`.
    """
    from partnerreg.api import open_folder  # noqa: PLC0415  (--version needs none of it)

    return open_folder(Path(folder), as_of)
