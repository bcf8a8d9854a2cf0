"""The options that commands share, and how a command gets them.

A command is a function whose parameters are typer's, or one of the groups here, whose fields
become options of their own (see `flattened`).
"""

import dataclasses
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from partnerreg.base.errors import Failure
from partnerreg.model import dates
from partnerreg.model.dates import Duration


def _option(*names: str, help: str, metavar: str | None = None) -> Any:  # noqa: A002
    # Whether a path can be read is said by whoever reads it.
    return typer.Option(*names, help=help, metavar=metavar, show_default=False, readable=False)


_NO_OPTION = {"option": False}
"""Marks a field that no option sets."""


@dataclasses.dataclass(frozen=True)
class Common:
    """What every command takes."""

    registry: Annotated[
        Path | None, _option("--registry", help="The registry's folder.", metavar="DIR")
    ] = None
    rev: Annotated[
        str | None,
        _option("--rev", help="The registry as it was at a git revision.", metavar="REV"),
    ] = None
    as_of: Annotated[
        str | None,
        _option("--as-of", help="The day to report for (default: today).", metavar="DATE"),
    ] = None
    format: Annotated[
        str | None, _option("--format", help="table, json, csv or markdown.", metavar="FORMAT")
    ] = None
    output: Annotated[
        Path | None,
        _option(
            "-o", "--output", help="Write to a file; its ending says the format.", metavar="FILE"
        ),
    ] = None
    color: Annotated[str, _option("--color", help="auto, always or never.", metavar="WHEN")] = (
        "auto"
    )
    no_cache: Annotated[bool, _option("--no-cache", help="Work everything out anew.")] = False
    source: Any = dataclasses.field(default=None, metadata=_NO_OPTION)  # what has been read already
    cache: Any = dataclasses.field(default=None, metadata=_NO_OPTION)
    progress: Any = dataclasses.field(default=None, metadata=_NO_OPTION)

    @property
    def day(self) -> date:
        """The as-of day; raises `Failure` (2) where it is none."""
        if self.as_of is None:
            return today()
        return given_day("--as-of", self.as_of)


@dataclasses.dataclass(frozen=True)
class Narrowing:
    """The filters of `list`, `totals` and `expiring`."""

    kind: Annotated[
        list[str] | None, _option("--kind", help="partnership or membership.", metavar="KIND")
    ] = None
    form: Annotated[
        list[str] | None,
        _option("--form", help="A form of partnership, such as iop.", metavar="FORM"),
    ] = None
    status: Annotated[
        list[str] | None,
        _option("--status", help="A status on the as-of day, or in-force.", metavar="STATUS"),
    ] = None
    country: Annotated[
        list[str] | None,
        _option("--country", help="Any party's country, or the member's.", metavar="CODE"),
    ] = None
    theme: Annotated[
        list[str] | None, _option("--theme", help="A theme, such as education.", metavar="THEME")
    ] = None
    party: Annotated[
        list[str] | None, _option("--party", help="An organisation that takes part.", metavar="ORG")
    ] = None
    network: Annotated[
        list[str] | None, _option("--network", help="The network joined.", metavar="ORG")
    ] = None
    source: Annotated[
        list[str] | None, _option("--source", help="Who pays.", metavar="ORG[/UNIT]")
    ] = None
    responsible: Annotated[
        list[str] | None, _option("--responsible", help="Who looks after it.", metavar="ORG[/UNIT]")
    ] = None
    label: Annotated[
        list[str] | None, _option("--label", help="A label and its text.", metavar="KEY=TEXT")
    ] = None
    active_on: Annotated[
        str | None, _option("--active-on", help="What held on that day.", metavar="DATE")
    ] = None
    match: Annotated[
        str | None, _option("--match", help="Text in id, title, summary or names.", metavar="TEXT")
    ] = None

    def filters(self, stage: list[str] | None) -> Any:
        """Return the filters; raises `Failure` (2) for values that cannot be read."""
        from partnerreg.reports.filters import Filters  # noqa: PLC0415  (not needed for --help)

        return Filters(
            kind=tuple(self.kind or ()),
            form=tuple(self.form or ()),
            status=tuple(self.status or ()),
            stage=tuple(stage or ()),
            country=tuple(code.upper() for code in self.country or ()),
            theme=tuple(self.theme or ()),
            party=tuple(self.party or ()),
            network=tuple(self.network or ()),
            source=tuple(self.source or ()),
            responsible=tuple(self.responsible or ()),
            labels=tuple(_label(label) for label in self.label or ()),
            active_on=given_day("--active-on", self.active_on) if self.active_on else None,
            match=self.match,
        )


def today() -> date:
    """Return the day that it is here."""
    return datetime.now().astimezone().date()


def given_day(option: str, text: str) -> date:
    """Return the day YYYY-MM-DD (or `today`) that an option names; raises `Failure` (2)."""
    if text == "today":
        return today()
    try:
        day = dates.parse(text)
    except ValueError as error:
        raise Failure(f"{option}: {error}") from None
    if day.precision != "day" or day.first is None:
        raise Failure(f"{option}: {text} is not a day", hint="write YYYY-MM-DD")
    return day.first


def given_window(option: str, text: str) -> Duration:
    """Return the length of time that an option names: 90d, 6m, 1y, P90D; raises `Failure` (2)."""
    try:
        return dates.parse_window(text)
    except ValueError as error:
        raise Failure(f"{option}: {error}") from None


def given_choice(option: str, value: str, known: tuple[str, ...]) -> str:
    """Return `value` where it is one of `known`; raises `Failure` (2)."""
    if value not in known:
        raise Failure(f"{option}: {value} is not known", hint=f"known: {', '.join(known)}")
    return value


def _label(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise Failure(f"--label: {text} has no equals sign", hint="write --label KEY=TEXT")
    return key, value
