"""Show deadlines to people: in words, in groups, with who looks after them."""

from collections.abc import Callable
from datetime import date

from msgspec.structs import replace

from partnerreg.base.collation import collated
from partnerreg.base.slug import slug
from partnerreg.calc.deadlines import Deadline
from partnerreg.model.registry import Registry
from partnerreg.output.report import Column, Event, Table
from partnerreg.reports.agreement_views import responsible_name
from partnerreg.reports.arguments import known_value


def responsible(deadline: Deadline) -> str | None:
    """Return who looks after a deadline: a milestone's own, else the agreement's."""
    for milestone in deadline.agreement.milestones:
        if milestone.id == deadline.milestone and milestone.responsible:
            return milestone.responsible
    return deadline.agreement.responsible


_QUARTERS = ("first", "second", "third", "fourth")
GROUPS: dict[str, Callable[[Registry, Deadline], str]] = {
    "month": lambda _, one: f"{one.day.year}-{one.day.month:02}",
    "quarter": lambda _, one: f"{one.day.year}, {_QUARTERS[(one.day.month - 1) // 3]} quarter",
    "responsible": lambda registry, one: who(registry, one) or "nobody",
    "event": lambda _, one: one.event,
}
"""What deadlines may be told apart by, for people."""


def check_group(by: str) -> None:
    """Raise `Failure` (2) for a name that is not among `GROUPS`."""
    if by:
        known_value("--by", by, tuple(GROUPS))


def who(registry: Registry, deadline: Deadline) -> str:
    """Return by name who looks after a deadline, of a unit its own name."""
    return responsible_name(registry, responsible(deadline))


def views(registry: Registry, ordered: list[Deadline], as_of: date, by: str) -> tuple[Table, ...]:
    """Return the deadlines as people see them: one table, or one for each value of `by`."""
    if not by:
        return (_view(registry, ordered, as_of),)
    groups: dict[str, list[Deadline]] = {}
    for one in ordered:
        groups.setdefault(GROUPS[by](registry, one), []).append(one)
    names = list(groups) if by in {"month", "quarter"} else sorted(groups, key=collated)
    tables = tuple(
        replace(_view(registry, groups[name], as_of), title=f"{name} ({len(groups[name])})")
        for name in names
    )
    return tables or (_view(registry, [], as_of),)


def _view(registry: Registry, ordered: list[Deadline], as_of: date) -> Table:
    heads = (
        Column("date", "Date"),
        Column("left", "Left", "right"),
        Column("what", "What happens", wrap=True),
        Column("title", "Agreement", wrap=True),
        Column("id", "Id", below="title"),
        Column("responsible", "Responsible", below="title"),
    )
    rows = tuple(
        (
            as_known(one),
            one.left(as_of),
            what_happens(registry, one),
            registry.title(one.agreement),
            one.agreement.id,
            who(registry, one) or "nobody",
        )
        for one in ordered
    )
    return Table(heads, rows)


def as_known(deadline: Deadline) -> str:
    """Return a recorded date as exactly as it is known, one counted back as its last day."""
    day = deadline.day.isoformat()
    counted = deadline.event in {"notice", "decide"}
    return day if counted else day[: {"year": 4, "month": 7}.get(deadline.precision, 10)]


_ELSE = {
    "renews": ", else it renews",
    "ends": ", else it ends",
    "option-lapses": ", else it lapses",
}


def what_happens(registry: Registry, deadline: Deadline) -> str:
    """Return what falls due, and what follows where nobody acts, for people."""
    then = _ELSE.get(deadline.if_nothing or "", "")
    words = {
        "end": deadline.if_nothing or "ends",
        "notice": f"last day of notice{then}",
        "decide": f"last day to decide{then}",
    }.get(deadline.event, deadline.words)
    followers = registry.renewed_by(deadline.agreement)
    if followers and deadline.event not in {"milestone", "payment"}:
        words += f", continued by {', '.join(followers)}"
    return words


def events(registry: Registry, ordered: list[Deadline]) -> tuple[Event, ...]:
    """Return deadlines as days in a calendar, told apart by what they are and not by when."""
    domain = slug(registry.settings.title) or "registry"
    return tuple(
        Event(
            uid=f"{_identity(one)}@{domain}",
            day=one.day,
            exact=one.precision == "day",
            summary=f"{what_happens(registry, one)}: {registry.title(one.agreement)}",
            description=(
                f"{one.agreement.id}\nresponsible: {who(registry, one) or 'nobody'}\n"
                f"date as recorded: {as_known(one)}"
            ),
            group=responsible(one) or "nobody",
        )
        for one in ordered
    )


def _identity(one: Deadline) -> str:
    """Return what a deadline is: its agreement, its event, and which of several."""
    parts: list[str] = [one.agreement.id, one.event]
    if one.milestone:
        parts.append(one.milestone)
    if one.place is not None:
        parts.append("-".join(str(place + 1) for place in one.place))
    if one.renewals:
        parts.append(str(one.renewals))
    return ".".join(parts)
