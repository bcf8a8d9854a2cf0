"""Option groups that several commands share.

A command is a function whose parameters are typer's, or one of the groups here, whose fields
become options of their own (see `option_groups.flatten_groups`).
"""

import os
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any, ClassVar

from partnerreg.base.errors import Failure
from partnerreg.cli.declare import Group, Option
from partnerreg.reports.arguments import day, known_value, today


def _option(*names: str, help: str, metavar: str | None = None) -> Any:  # noqa: A002
    # Typer must not check that the path is readable; the reader reports that.
    return Option(*names, help=help, metavar=metavar, show_default=False, readable=False)


class Common(Group, frozen=True):
    """What every command takes."""

    HEADING: ClassVar[str] = "Registry and output"

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
        str | None,
        _option("--format", help="table, json, csv, markdown or xlsx.", metavar="FORMAT"),
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
    notes: Annotated[
        str,
        _option(
            "--notes", help="brief (one line a code), all or none; JSON has all.", metavar="HOW"
        ),
    ] = "brief"
    csv_dialect: Annotated[
        str,
        _option(
            "--csv-dialect",
            help="rfc, or excel: semicolons, decimal commas, names beside ids.",
            metavar="DIALECT",
        ),
    ] = "rfc"
    no_cache: Annotated[bool, _option("--no-cache", help="Work everything out anew.")] = False

    def __post_init__(self) -> None:
        known_value("--color", self.color, ("auto", "always", "never"))
        known_value("--notes", self.notes, ("brief", "all", "none"))
        known_value("--csv-dialect", self.csv_dialect, ("rfc", "excel"))
        ending = self.output.suffix.lower().removeprefix(".") if self.output else ""
        if self.csv_dialect != "rfc" and (self.format or ending) != "csv":
            raise Failure("--csv-dialect goes with --format csv", hint="or with -o FILE.csv")
        _ = self.day  # a wrong option is said before a missing registry

    @property
    def day(self) -> date:
        """The as-of day; raises `Failure` (2) where it is none."""
        return today() if self.as_of is None else day("--as-of", self.as_of)


class Narrowing(Group, frozen=True):
    """The filters of `list`, `totals` and `expiring`."""

    HEADING: ClassVar[str] = "Which agreements"

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
    recipient: Annotated[
        list[str] | None, _option("--recipient", help="Who receives it.", metavar="ORG")
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
            recipient=tuple(self.recipient or ()),
            responsible=tuple(self.responsible or ()),
            labels=tuple(_label(label) for label in self.label or ()),
            active_on=day("--active-on", self.active_on) if self.active_on else None,
            match=self.match,
        )


class Asking(Group, frozen=True):
    """The options of commands that write records."""

    HEADING: ClassVar[str] = "Writing"

    dry_run: Annotated[
        bool, _option("--dry-run", help="Write nothing; show the change as a diff.")
    ] = False
    no_input: Annotated[bool, _option("--no-input", help="Never ask; flags say it all.")] = False

    @property
    def may_ask(self) -> bool:
        """Whether somebody sits there to be asked."""
        return not (self.no_input or os.environ.get("CI")) and (
            sys.stdin is not None and sys.stdin.isatty() and sys.stderr.isatty()
        )


def _label(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not equals:
        raise Failure(f"--label: {text} has no equals sign", hint="write --label KEY=TEXT")
    return key, value
