"""What a shell can complete: commands, options and their values."""

from textwrap import shorten
from typing import Any, get_args

from msgspec import Struct

from partnerreg.authoring.new import FIELDS as KINDS_OF_RECORDS
from partnerreg.authoring.starting import PIPELINES
from partnerreg.calc.spread import Spread
from partnerreg.calc.status import STATUSES
from partnerreg.checks.pages import pages
from partnerreg.cli.manual import PAGES
from partnerreg.export.page.words import LANGUAGES
from partnerreg.export.schema import SCHEMA
from partnerreg.model.codelists import codes
from partnerreg.model.records import STAGES
from partnerreg.model.schema_files import common
from partnerreg.reports.agreements import COLUMNS
from partnerreg.reports.deadline_views import GROUPS
from partnerreg.reports.missing import MISSING
from partnerreg.reports.totals.dimensions import DIMENSIONS

SHELLS = ("bash", "zsh", "fish")
_TABLES = ("table", "json", "csv", "markdown", "xlsx")
_CHARTS = ("chart", "svg", "png")
ORGANISATIONS, AGREEMENTS, RECORDS, FILES = "@organisations", "@agreements", "@records", "@files"
"""Values that are looked up when a key is pressed."""


class Option(Struct, frozen=True):
    """An option as a shell knows it: its names, what it means, its values; a flag has none."""

    names: tuple[str, ...]
    help: str
    takes_value: bool
    values: tuple[str, ...] = ()


class Word(Struct, frozen=True):
    """A command: what it does, its options, and the values of its arguments."""

    name: str
    help: str
    options: tuple[Option, ...]
    arguments: tuple[str, ...]


def words(commands: dict[str, Any], summaries: dict[str, str]) -> tuple[Word, ...]:
    """Return what can be completed, from typer's commands by name."""
    values, arguments = _values(tuple(commands))
    found = []
    for name, command in commands.items():
        options = []
        for parameter in command.params:
            if parameter.param_type_name != "option":
                continue
            names = tuple(sorted(parameter.opts, key=len))
            long = names[-1]
            options.append(
                Option(
                    names,
                    shorten(parameter.help or "", 60, placeholder=" …").rstrip("."),
                    not parameter.is_flag,
                    values.get(f"{name} {long}", values.get(long, ())),
                )
            )
        options.append(Option(("-h", "--help"), "Show help and exit", takes_value=False))
        found.append(Word(name, summaries[name], tuple(options), arguments.get(name, ())))
    return tuple(found)


def _values(commands: tuple[str, ...]) -> tuple[dict[str, tuple[str, ...]], dict[str, Any]]:
    """Return the values of options, of one command or of all, and of commands' arguments."""
    dimensions = tuple(one.name for one in DIMENSIONS)
    every = tuple(pages())
    options: dict[str, tuple[str, ...]] = {
        "--registry": (FILES,),
        "--output": (FILES,),
        "--format": _TABLES,
        "totals --format": (*_TABLES, *_CHARTS),
        "list --format": (*_TABLES, *_CHARTS),
        "expiring --format": (*_TABLES, *_CHARTS, "ics"),
        "report --format": ("html",),
        "export --format": ("csv", "sqlite", "duckdb", "parquet", "xlsx", "360giving", "hledger"),
        "export --tables": tuple(one.name for one in SCHEMA),
        "--alarm": ("1d", "7d", "30d"),
        "fmt --format": ("table",),
        "validate --format": (
            *("full", "concise", "json", "github", "gitlab", "sarif", "junit"),
            *("table", "csv", "markdown"),
        ),
        "--color": ("auto", "always", "never"),
        "--notes": ("brief", "all", "none"),
        "--csv-dialect": ("rfc", "excel"),
        "--as-of": ("today",),
        "--kind": ("partnership", "membership"),
        "--form": codes("form"),
        "--status": (*STATUSES, "in-force"),
        "--theme": codes("theme"),
        "--country": codes("country"),
        "--stage": STAGES,
        "--agreement-stage": STAGES,
        "totals --stage": ("planned", "agreed", "paid", "all"),
        "totals --by": dimensions,
        "expiring --by": tuple(GROUPS),
        "--depth": ("1", "2"),
        "--funding-kind": ("cash", "in-kind", "all"),
        "--spread": get_args(Spread),
        "--in": ("SEK", "EUR", "PLN", "NOK", "DKK"),
        "--rate": ("average", "end"),
        "--source-type": codes("organisation_type"),
        "--recipient-type": codes("organisation_type"),
        "totals --sort": ("name", "amount"),
        "list --sort": tuple(COLUMNS.split()),
        "--columns": tuple(COLUMNS.split()),
        "--missing": tuple(MISSING),
        "--type": codes("organisation_type"),
        "--reason": tuple(common()["ended"]["properties"]["reason"]["enum"]),
        "--ci": tuple(PIPELINES),
        "--currency": ("SEK", "EUR", "PLN", "NOK", "DKK"),
        "--from": (FILES,),
        "expiring --from": ("today",),
        "--to": (FILES,),
        "--suggest": (FILES,),
        "expiring --to": (),
        "--within": ("30d", "90d", "6m", "1y"),
        "--stale": ("6m", "1y", "2y"),
        "--lang": LANGUAGES,
    }
    for option in (
        *("--party", "--network", "--source", "--recipient", "--responsible", "--member"),
    ):
        options[option] = (ORGANISATIONS,)
    arguments = {
        "list": ("agreements", "partnerships", "memberships", "organisations"),
        "show": (RECORDS,),
        "history": (RECORDS,),
        "validate": (FILES,),
        "fmt": (FILES,),
        "rule": every,
        "new": tuple(KINDS_OF_RECORDS),
        "init": (FILES,),
        "renew": (AGREEMENTS,),
        "end": (AGREEMENTS,),
        "rename": (RECORDS,),
        "import": (FILES,),
        "help": (*PAGES, *commands, *every),
        "completion": SHELLS,
    }
    return options, arguments
