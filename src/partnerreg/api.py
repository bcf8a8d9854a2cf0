"""The reports for Python: `partnerreg.load("registry").totals(by="source").to_dicts()`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from partnerreg.base.errors import Failure
from partnerreg.base.problems import LocatedProblem
from partnerreg.calc.spread import Spread
from partnerreg.loading.loaded import Loaded
from partnerreg.loading.loader import findings, load_folder
from partnerreg.loading.rates_file import load_rates
from partnerreg.model.registry import Registry
from partnerreg.output.report import Report
from partnerreg.reports.agreements import listing
from partnerreg.reports.arguments import length_of_time, today
from partnerreg.reports.expiring import Span, expiring
from partnerreg.reports.filters import Filters
from partnerreg.reports.overview import overview
from partnerreg.reports.show import show
from partnerreg.reports.totals.dimensions import Grouping
from partnerreg.reports.totals.pivot import Layout
from partnerreg.reports.totals.report import totals
from partnerreg.reports.totals.selection import MoneySelection, method_of, through_year
from partnerreg.store.folder import find

__all__ = ["Failure", "Filters", "Reports", "open_folder"]


def open_folder(folder: Path, as_of: date | None) -> "Reports":
    """Load the registry in a folder; see `partnerreg.load`."""
    return Reports(load_folder(find(folder, {}, folder)), as_of or today())


@dataclass(frozen=True)
class Reports:
    """One registry on one day. Each report has `to_dicts()`, `notes` and `failed`.

    Sums are `Decimal` in the row's `currency`. What the command line refuses raises
    `partnerreg.Failure` here.
    """

    loaded: Loaded
    as_of: date

    @property
    def registry(self) -> Registry:
        """The records themselves."""
        return self.loaded.registry

    def findings(self) -> tuple[LocatedProblem, ...]:
        """Return what is wrong with the files, and with the registry as a whole."""
        return findings(self.loaded, self.as_of, today())

    def overview(self) -> Report:
        """Return the registry on one screen."""
        return overview(self.registry, self.findings(), self.as_of)

    def totals(
        self,
        *,
        by: str = "source",
        filters: Filters = Filters(),
        year: int | tuple[int, int] | None = None,
        depth: int = 2,
        stage: str = "",
        funding_kind: str = "all",
        spread: Spread = "none",
        currency: str | None = None,
        rate: str | date = "average",
        through: int | None = None,
        source_type: Sequence[str] = (),
        recipient_type: Sequence[str] = (),
        sort: str = "",
        explain: bool = False,
    ) -> Report:
        """Return funding by a dimension, or two such as `recipient,source`, a row a cell.

        `year` is one year or the first and last (inclusive). `currency` (ISO 4217) converts, at
        `rate`: the year's `average`, its `end`, or the rate of a day. `through` counts open and
        renewing agreements through that year instead of the as-of year.
        """
        method = method_of(rate)
        wanted = MoneySelection(
            filters=filters,
            stage=stage,
            kind=funding_kind,
            years=(year, year) if isinstance(year, int) else year,
            spread=spread,
            currency=currency.upper() if currency else None,
            method=method,
            through=through_year(through, self.as_of),
            source_type=tuple(source_type),
            recipient_type=tuple(recipient_type),
        )
        rates = load_rates(self.loaded.source, method) if currency else None
        return totals(
            self.registry,
            self.as_of,
            grouping=Grouping(by, depth),
            wanted=wanted,
            rates=rates,
            layout=Layout(sort),
            explain=explain,
        )

    def expiring(
        self,
        *,
        within: str | None = None,
        between: tuple[date | None, date | None] | None = None,
        filters: Filters = Filters(),
        unrenewed: bool = False,
        overdue: bool = False,
        payments: bool = False,
    ) -> Report:
        """Return what ends, renews or falls due `within` 90d, 6m, 1y, or `between` two days.

        Both days are included. `payments` adds instalments that are due and not paid.
        """
        first, last = between or (None, None)
        span = Span(length_of_time("--within", within) if within else None, first, last)
        return expiring(
            self.registry,
            self.as_of,
            span=span,
            filters=filters,
            unrenewed=unrenewed,
            overdue=overdue,
            payments=payments,
        )

    def list(
        self,
        *,
        filters: Filters = Filters(),
        missing: Sequence[str] = (),
        stale: str | None = None,
    ) -> Report:
        """Return the agreements; `missing` and `stale` (1y, 6m) keep what needs work."""
        after = length_of_time("--stale", stale) if stale else None
        return listing(
            self.registry, self.as_of, filters=filters, missing=tuple(missing), stale=after
        )

    def tables(self, *, public: bool = False) -> dict[str, Sequence[dict[str, Any]]]:
        """Return the tables of the data set, each as a list of dicts; see `partnerreg help data`.

        Sums are `Decimal`, days `datetime.date`. `public` leaves out contacts and notes.
        """
        from partnerreg.export.tables import tables  # noqa: PLC0415  (reports need none of it)

        made = tables(self.registry, self.as_of, public=public)
        return {one.name: one.to_dicts() for one in made}

    def page(
        self,
        *,
        language: str = "en",
        filters: Filters = Filters(),
        title: str | None = None,
        public: bool = False,
    ) -> str:
        """Return the registry as one page of HTML that needs nothing else.

        `language` (en, sv, pl) is that of the page's own words. `public` leaves out contacts and
        notes.
        """
        from partnerreg.export.page.content import content  # noqa: PLC0415  (reports need none)
        from partnerreg.export.page.render import one_file  # noqa: PLC0415
        from partnerreg.export.page.words import words_of  # noqa: PLC0415

        made = content(
            self.registry,
            self.as_of,
            words=words_of(language),
            filters=filters,
            title=title,
            public=public,
        )
        return one_file(made)

    def show(self, record: str) -> Report:
        """Return one record in full."""
        return show(self.registry, self.as_of, record)
