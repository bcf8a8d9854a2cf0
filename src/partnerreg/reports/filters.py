"""Filter agreements: the options that reports share."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from partnerreg.base.collation import folded
from partnerreg.base.errors import Failure
from partnerreg.base.layout import FOLDERS, SETTINGS
from partnerreg.base.suggest import nearest
from partnerreg.calc.status import IN_FORCE, STATUSES, active_on, known_start, status
from partnerreg.model.codelists import codes
from partnerreg.model.names import Names
from partnerreg.model.parts import Line, Money
from partnerreg.model.records import STAGES, Agreement
from partnerreg.model.registry import Registry
from partnerreg.output.report import Note
from partnerreg.reports.arguments import known_value
from partnerreg.reports.notes import invalid_organisations, note


class Filters(Struct, frozen=True):
    """The filters of `list`, `totals` and `expiring`; several values of one mean any of them.

    `labels` must all fit. `active_on` keeps what may have held on that day. Raises `Failure` (2)
    for a value that is in no codelist.
    """

    kind: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    network: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()
    active_on: date | None = None
    match: str | None = None

    def __post_init__(self) -> None:
        for option, values, known in (
            ("kind", self.kind, ("partnership", "membership")),
            ("form", self.form, codes("form")),
            ("status", self.status, (*STATUSES, "in-force")),
            ("stage", self.stage, STAGES),
            ("country", self.country, codes("country")),
            ("theme", self.theme, codes("theme")),
        ):
            for value in values:
                known_value(
                    f"--{option}", value, known, "two letters of ISO 3166-1, such as SE or PL"
                )


def select(
    registry: Registry, filters: Filters, as_of: date, *, lines: bool = False
) -> tuple[tuple[Agreement, ...], tuple[Note, ...]]:
    """Return the valid agreements that pass every filter, and the notes on how.

    With `lines` a label may also be a line's: see `has_labels`.

    Raises `Failure` (2) where a filter names no organisation of the registry.
    """
    check_organisations(registry, filters)
    tests = _tests(registry, filters, as_of, lines=lines)
    chosen = tuple(
        one for one in registry.valid_agreements if all(test.passes(one) for test in tests)
    )
    notes = _active_notes(chosen, filters.active_on)
    if filters.country:
        notes += invalid_organisations(registry)
    return chosen, notes


def names_unit(named: str, organisation: str, unit: str | None) -> bool:
    """Whether `named` (organisation, or organisation/unit) covers this organisation and unit."""
    wanted, _, wanted_unit = named.partition("/")
    return wanted == organisation and (not wanted_unit or wanted_unit == unit)


def check_organisations(registry: Registry, filters: Filters) -> None:
    """Raise `Failure` (2) for the first filter that names no organisation of the registry."""
    for option in ("party", "network", "source", "recipient", "responsible"):
        for value in getattr(filters, option):
            check_organisation(
                registry, value, f"--{option}", unit=option in {"source", "responsible"}
            )


def named_or_near(registry: Registry, text: str) -> str | None:
    """Return the id of the organisation of that very name, or of one named much like it."""
    names = Names(registry.organisations.values())
    lower = text.lower()
    found = names.named(text)
    if found or lower in registry.known_organisations:
        return found[0] if found else lower
    return None if "-" in text else names.like(text)


def check_organisation(registry: Registry, named: str, option: str, *, unit: bool) -> None:
    """Raise `Failure` (2) unless `named` is an organisation (or, with `unit`, one of its units)."""
    organisation, slash, slug = named.partition("/")
    known = registry.organisation_ids
    if organisation not in registry.known_organisations:
        near = named_or_near(registry, organisation) or nearest(organisation, known)
        hint = f"did you mean {near}?" if near else "partnerreg list organisations names them all"
        raise Failure(f"{option}: there is no organisation {organisation}", hint=hint)
    if slash and not unit:
        raise Failure(f"{option}: an organisation is wanted, without a unit")
    owner = registry.organisations.get(organisation)
    slugs = tuple(owner.units) if owner else ()
    unreadable = owner is None or owner.path in registry.invalid
    if slash and slug not in slugs and not unreadable:
        near = nearest(slug, slugs)
        hint = (
            f"did you mean {organisation}/{near}?"
            if near
            else f"its units: {', '.join(slugs) or 'none'}"
        )
        raise Failure(f"{option}: {organisation} has no unit {slug}", hint=hint)


def has_labels(
    agreement: Agreement, money: Money | None, wanted: tuple[tuple[str, str], ...]
) -> bool:
    """Whether an agreement, or it and a line of it together, has all of some labels."""
    if not wanted:
        return True
    own = set(agreement.labels.items())
    if isinstance(money, Line):
        own |= set(money.labels.items())
    return own.issuperset(wanted)


class _Test(Struct, frozen=True):
    """A filter as a test of an agreement, and the top-level keys that it looks at."""

    passes: Callable[[Agreement], bool]
    keys: frozenset[str]


_TIME = frozenset({"stage", "period", "ended", "renewal", "admitted", "signed"})
_PARTIES = frozenset({"parties", "member", "network"})


def may_concern(
    registry: Registry, filters: Filters, as_of: date, *, lines: bool = False
) -> tuple[tuple[str, Agreement | None], ...]:
    """Return the files with errors that a report may be about, with what can be read of them.

    A file is out of the question where a filter refuses it by a key of which nothing was lost.
    """
    tests = _tests(registry, filters, as_of, lines=lines)
    found: list[tuple[str, Agreement | None]] = []
    for path in sorted(registry.invalid):
        kind = FOLDERS.get(path.partition("/")[0])
        if kind == "organisation" or path == SETTINGS:
            continue
        if filters.kind and kind and kind not in filters.kind:
            continue
        record = registry.records_by_path.get(path)
        lost = registry.dropped.get(path, frozenset())
        if not isinstance(record, Agreement):
            found.append((path, None))
        elif all(test.keys & lost or test.passes(record) for test in tests):
            found.append((path, record))
    return tuple(found)


def _tests(registry: Registry, filters: Filters, as_of: date, *, lines: bool) -> list[_Test]:
    tests: list[_Test] = []

    def add(passes: Callable[[Agreement], bool], *keys: str) -> None:
        tests.append(_Test(passes, frozenset(keys)))

    if filters.kind:
        add(lambda one: one.kind in filters.kind)
    if filters.form:
        add(lambda one: one.form in filters.form, "form")
    if filters.status:
        wanted = set(filters.status)
        if "in-force" in wanted:
            wanted |= IN_FORCE
        within = registry.settings.expiring_within
        add(lambda one: status(one, as_of, within) in wanted, *_TIME)
    if filters.stage:
        add(lambda one: one.stage in filters.stage, "stage")
    if filters.country:
        add(
            lambda one: any(
                registry.country(name) in filters.country for name in _whose_country_counts(one)
            ),
            *_PARTIES,
        )
    if filters.theme:
        add(lambda one: any(theme in filters.theme for theme in one.themes), "themes")
    if filters.party:
        add(lambda one: any(name in filters.party for name in one.organisations), *_PARTIES)
    if filters.network:
        add(lambda one: one.network in filters.network, "network")
    if filters.source:
        add(lambda one: any(_pays(one, named) for named in filters.source), "funding")
    if filters.recipient:
        add(lambda one: _receives(one, filters.recipient), "funding", *_PARTIES)
    if filters.responsible:
        add(lambda one: any(_answers(one, named) for named in filters.responsible), "responsible")
    if filters.labels:
        add(
            lambda one: any(
                has_labels(one, money, filters.labels)
                for money in (None, *(one.lines if lines else ()))
            ),
            "labels",
            *(("funding",) if lines else ()),
        )
    if day := filters.active_on:
        add(lambda one: active_on(one, day) != "no", *_TIME)
    if filters.match:
        needle = folded(filters.match)
        keys = (*_PARTIES, "title", "summary", "case_numbers")
        add(lambda one: needle in _haystack(registry, one), *keys)
    return tests


def _whose_country_counts(agreement: Agreement) -> tuple[str, ...]:
    """Return whose country counts: any party's, or the member's."""
    if agreement.member:
        return (agreement.member,)
    return agreement.organisations


def _pays(agreement: Agreement, named: str) -> bool:
    return any(
        names_unit(named, line.source_organisation, line.source_unit) for line in agreement.lines
    )


def _receives(agreement: Agreement, named: tuple[str, ...]) -> bool:
    receivers = {agreement.recipient_of(line) for line in agreement.lines}
    if agreement.budget:
        receivers.add(agreement.usual_recipient(None))
    return any(one in receivers for one in named)


def _answers(agreement: Agreement, named: str) -> bool:
    organisation, _, unit = (agreement.responsible or "").partition("/")
    return bool(organisation) and names_unit(named, organisation, unit or None)


def _haystack(registry: Registry, agreement: Agreement) -> str:
    texts = [agreement.id, registry.title(agreement), agreement.summary or ""]
    for name in agreement.organisations:
        organisation = registry.organisations.get(name)
        texts += organisation.all_names if organisation else (name,)
    for party in agreement.parties:
        texts += (registry.unit_name(party.organisation, unit) for unit in party.units)
    texts += (case.number for case in agreement.case_numbers)
    return "\n".join(map(folded, texts))


def _active_notes(chosen: tuple[Agreement, ...], day: date | None) -> tuple[Note, ...]:
    if day is None:
        return ()
    unsure = [one for one in chosen if active_on(one, day) == "perhaps"]
    starts = [one.id for one in unsure if not known_start(one).is_known]
    ends = [one.id for one in unsure if _end_is_unknown(one)]
    found = []
    if starts:
        message = f"{{n}} counted as active on {day} though the start is unknown"
        found.append(note("start-unknown", starts, message))
    if ends:
        message = f"{{n}} counted as active on {day} though the end is unknown"
        found.append(note("end-unknown", ends, message))
    return tuple(found)


def _end_is_unknown(agreement: Agreement) -> bool:
    end, ended = agreement.end, agreement.ended
    return end.is_unknown or (ended is not None and ended.date.is_unknown)
