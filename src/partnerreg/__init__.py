"""A registry of partnerships and memberships in plain files: what they cost, and when they end.

>>> import partnerreg
>>> partnerreg.load("registry").totals(by="source").to_dicts()  # doctest: +SKIP
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from partnerreg.api import Failure, Filters, Reports

__version__ = "0.1.0"
__all__ = ["Failure", "Filters", "load"]


def load(folder: str | Path, *, as_of: date | None = None) -> "Reports":
    """Return the reports of the registry in `folder`, for the day `as_of` (default: today).

    Raises `Failure` where there is no registry or it cannot be read. Problems of its records are
    not raised: see `Reports.findings`.
    """
    from partnerreg.api import open_folder  # noqa: PLC0415  (--version needs none of it)

    return open_folder(Path(folder), as_of)


def __getattr__(name: str) -> Any:
    """Import the other public names when they are asked for: --version needs none of them."""
    if name in {"Failure", "Filters"}:
        from partnerreg import api  # noqa: PLC0415

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
