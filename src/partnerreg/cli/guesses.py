"""What somebody probably meant who wrote a command or an argument that there is none of."""

import re
from collections.abc import Callable

from partnerreg.base.suggest import nearest

COMMANDS = {
    "partnerships": "list partnerships",
    "memberships": "list memberships",
    "agreements": "list agreements",
    "organisations": "list organisations",
    "organizations": "list organisations",
    "ls": "list",
    "version": "--version",
    "add": "new KIND",
    "create": "new KIND",
    "terminate": "end ID",
    "move": "rename OLD NEW",
    "mv": "rename OLD NEW",
    "load": "import MAPPING",
    "find": "list --match TEXT",
    "search": "list --match TEXT",
    "grep": "list --match TEXT",
    "status": "overview",
    "summary": "overview",
    "stats": "overview",
    "check": "validate",
    "lint": "validate",
    "test": "validate",
    "fix": "validate --fix",
    "rules": "rule",
    "explain": "totals --explain",
    "view": "show ID",
    "cat": "show ID",
    "get": "show ID",
    "funding": "totals",
    "money": "totals",
    "sum": "totals",
    "budget": "totals",
    "costs": "totals",
    "deadlines": "expiring",
    "due": "expiring",
    "overdue": "expiring --overdue",
    "payments": "expiring --payments",
    "calendar": "expiring",
    "log": "history ID",
    "blame": "history ID",
    "format": "fmt",
    "man": "help",
    "manual": "help",
    "docs": "help",
    "guide": "help start",
}
"""Words of other tools and of everyday, and what does it here."""

_YEARS = re.compile(r"[0-9]{4}(\.\.[0-9]{4})?")
_TIME = re.compile(r"[0-9]{1,4}[dmy]|P[0-9]+[DMY]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def command_for(word: str, known: tuple[str, ...]) -> str | None:
    """Return the command that was probably meant, None where nothing is like it."""
    return COMMANDS.get(word.lower()) or nearest(word, (*known, *COMMANDS))


def arguments_for(command: str, argument: str) -> str | None:
    """Return the option that an argument in excess was probably meant for, with its value."""
    guess = _OPTIONS.get(command)
    return guess(argument) if guess else None


_WHAT = {"orgs": "organisations", "org": "organisations", "organizations": "organisations"}


def list_arguments_for(what: str) -> str:
    """Return how `list` finds what somebody named instead of a kind of record."""
    if what in _WHAT:
        return _WHAT[what]
    from partnerreg.calc.status import STATUSES  # noqa: PLC0415  (rarely needed)
    from partnerreg.model.codelists import codes  # noqa: PLC0415

    for option, values in (
        ("--status", (*STATUSES, "in-force")),
        ("--form", codes("form")),
        ("--theme", codes("theme")),
    ):
        if what in values:
            return f"{option} {what}"
    return f"--match {what}"


def _of_totals(argument: str) -> str | None:
    from partnerreg.reports.totals.dimensions import DIMENSIONS  # noqa: PLC0415  (rarely needed)

    if _YEARS.fullmatch(argument):
        return f"--year {argument}"
    if argument.partition(",")[0] in {one.name for one in DIMENSIONS}:
        return f"--by {argument}"
    return f"--party {argument}"


def _of_expiring(argument: str) -> str | None:
    if _YEARS.fullmatch(argument):
        first, _, last = argument.partition("..")
        return f"--from {first}-01-01 --to {last or first}-12-31"
    if _TIME.fullmatch(argument):
        return f"--within {argument}"
    if _DAY.fullmatch(argument):
        return f"--to {argument}"
    if argument in {"month", "quarter", "responsible", "event"}:
        return f"--by {argument}"
    return None


def _of_overview(argument: str) -> str | None:
    return f"--as-of {argument}" if _DAY.fullmatch(argument) else None


def _of_list(argument: str) -> str | None:
    return list_arguments_for(argument)


_OPTIONS: dict[str, Callable[[str], str | None]] = {
    "totals": _of_totals,
    "expiring": _of_expiring,
    "overview": _of_overview,
    "list": _of_list,
}
