"""Plan an import: what becomes of each row, and which files change; nothing is written here."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from msgspec import Struct, field

from partnerreg.authoring.compose import composed
from partnerreg.authoring.edit import with_value
from partnerreg.authoring.importing.compare import (
    at,
    differences,
    gone_lines,
    is_updated,
    nested,
    shown,
    with_reference,
)
from partnerreg.authoring.importing.convert import Unreadable
from partnerreg.authoring.importing.drafts import Draft, Reader, merged
from partnerreg.authoring.importing.mapping import Mapping as ListMapping
from partnerreg.authoring.importing.organisations import Directory, Refused, Unsure, directory
from partnerreg.authoring.importing.table import Rows
from partnerreg.authoring.printer import Unformattable
from partnerreg.authoring.records import new_id, path_of, taken_ids
from partnerreg.base.layout import Kind, Place
from partnerreg.base.problems import Path
from partnerreg.base.suggest import nearest
from partnerreg.checks.check_file import File, check_file
from partnerreg.checks.pages import pages
from partnerreg.model.records import Agreement, Organisation
from partnerreg.model.registry import Registry
from partnerreg.reading.yaml_reader import read
from partnerreg.store.change import Change

Data = dict[str, Any]
Headers = Callable[[str, Kind], str | None]


class Outcome(Struct, frozen=True):
    """What becomes of a row, or of one field of its record.

    `action` is add, change, same, confirm (somebody has to say), refuse or gone.
    """

    row: int | None
    action: str
    id: str | None = None
    field: str | None = None
    before: str | None = None
    after: str | None = None
    why: str | None = None


class Plan(Struct):
    """Every row's outcome, and the files that change by those that can be taken."""

    outcomes: list[Outcome] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether a row is refused or needs a word."""
        return any(one.action in {"refuse", "confirm"} for one in self.outcomes)


class _Work(Struct):
    """One import at work."""

    mapping: ListMapping
    registry: Registry
    texts: Mapping[str, bytes]
    update: Collection[str]
    header: Headers
    directory: Directory
    taken: set[str]
    index: dict[tuple[str, ...], list[Agreement]]
    plan: Plan
    wanted: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    edited: dict[str, bytes] = field(default_factory=dict)
    judged: dict[str, str | None] = field(default_factory=dict)


def planned(
    mapping: ListMapping,
    rows: Rows,
    registry: Registry,
    texts: Mapping[str, bytes],
    header: Headers,
    *,
    update: Collection[str] = (),
    progress: Callable[[int, int], None] | None = None,
) -> Plan:
    """Return what becomes of every row.

    `texts` are the registry's files; `header` gives the comment that a new file begins with.
    Hand-written values (those of records that do not name the list as a reference) are changed only
    for the fields in `update`.
    """
    plan = Plan()
    for fault in rows.faults:
        why = _why(fault.message, fault.hint)
        plan.outcomes.append(Outcome(fault.row or None, "refuse", why=why))
    if not rows.faults:
        plan.outcomes += _unknown_columns(mapping, rows)
    if plan.outcomes:
        return plan
    taken = taken_ids(registry)
    known = directory(registry.organisations.values(), taken, mapping.same)
    index = _indexed(registry, mapping.into)
    work = _Work(mapping, registry, texts, update, header, known, taken, index, plan)
    reader = Reader(mapping, known, rows.rows)
    drafts = []
    for done, row in enumerate(rows.rows):
        if progress and not done % 100:
            progress(done, len(rows.rows) * 2)
        try:
            drafts.append(reader.draft(row))
        except Unsure as question:
            plan.outcomes.append(Outcome(row.number, "confirm", why=str(question)))
        except (Refused, Unreadable) as error:
            plan.outcomes.append(Outcome(row.number, "refuse", why=str(error)))
    for done, (draft, against) in enumerate(merged(drafts)):
        if progress and not done % 100:
            progress(len(rows.rows) + done, len(rows.rows) * 2)
        plan.outcomes += [Outcome(row, "refuse", why=why) for row, why in against]
        _record(work, draft)
    _write_organisations(work)
    if not plan.is_open:  # a row that cannot be read may be any record's
        plan.outcomes += _gone(work)
    plan.outcomes.sort(key=lambda one: (one.row is None, one.row or 0))
    if progress:
        progress(len(rows.rows) * 2, len(rows.rows) * 2)
    return plan


def _unknown_columns(mapping: ListMapping, rows: Rows) -> Iterator[Outcome]:
    for name in mapping.columns:
        if rows.headings and name not in rows.headings:
            near = nearest(name, rows.headings)
            hint = f"did you mean {near}?" if near else f"headings: {', '.join(rows.headings)}"
            yield Outcome(None, "refuse", why=_why(f"the list has no column {name}", hint))


def _why(message: str, hint: str | None) -> str:
    return f"{message}: {hint}" if hint else message


def _record(work: _Work, draft: Draft) -> None:
    """Take in one record: a new one, or what differs in one that is there."""
    try:
        existing = _existing(work, draft)
    except Unsure as question:
        work.plan.outcomes.append(Outcome(draft.rows[0], "confirm", why=str(question)))
        return
    if existing is None:
        _add(work, draft)
    else:
        _compare(work, draft, existing)


def _existing(work: _Work, draft: Draft) -> Agreement | Organisation | None:
    registry = work.registry
    if work.mapping.into == "organisation":
        return registry.organisations.get(draft.key[0])
    found = work.index.get(draft.key, [])
    if len(found) > 1:
        listed = [one for one in found if _is_of_the_list(work, one)]
        if len(listed) != 1:
            ids = ", ".join(one.id for one in found)
            raise Unsure(f"which of {ids} is meant? The list cannot say")
        found = listed
    return found[0] if found else None


def _indexed(registry: Registry, kind: str) -> dict[tuple[str, ...], list[Agreement]]:
    """Return agreements by what a list's rows are told apart by."""
    made: dict[tuple[str, ...], list[Agreement]] = {}
    for one in registry.agreements:
        if one.kind != kind:
            continue
        if one.kind == "membership":
            key: tuple[str, ...] = (one.member or "", one.network or "")
        else:
            key = (one.labels.get("imported", ""),)
        if all(key):
            made.setdefault(key, []).append(one)
    return made


def _is_of_the_list(work: _Work, one: Agreement | Organisation) -> bool:
    """Whether a record names the list as a reference, and so came from it."""
    reference = work.mapping.reference
    return reference is not None and any(ref.id == reference["id"] for ref in one.references)


def _wrong_organisation(work: _Work, draft: Draft) -> str | None:
    """Return what is wrong with an organisation that a row would make; None where nothing is."""
    for identity in sorted(draft.organisations & work.directory.made.keys()):
        if identity not in work.judged:
            place = Place(path_of("organisation", identity), "organisation", identity)
            try:
                raw = composed(work.directory.made[identity], "organisation")
                work.judged[identity] = next(iter(_errors(work, place, raw)), None)
            except Unformattable as error:
                work.judged[identity] = f"{identity}: {error}"
        if work.judged[identity]:
            return work.judged[identity]
    return None


def _add(work: _Work, draft: Draft) -> None:
    """Plan a new record; with an error of its own its rows are refused."""
    mapping = work.mapping
    wrong = _wrong_organisation(work, draft)
    if wrong:
        _refuse(work, draft, wrong)
        return
    kind: Kind = mapping.into
    if kind == "organisation":
        identity = draft.key[0]
        data = {**work.directory.made.get(identity, {}), **nested(draft.values)}
    else:
        data = nested(draft.values)
        if kind == "partnership" and "period" not in data:
            data["period"] = {"start": "unknown", "end": "unknown"}
        missing = [n for n in (("title",) if kind == "partnership" else ()) if n not in data]
        if missing:
            _refuse(work, draft, "the row has no title")
            return
        identity = new_id(kind, data, work.taken)
    reference = mapping.reference
    if reference:
        data["references"] = [reference]
    lines = [with_reference(line, reference) for line in draft.lines]
    if lines:
        data.setdefault("funding", {})["lines"] = lines
    path = path_of(kind, identity)
    try:
        raw = composed(data, kind, work.header(path, kind))
    except Unformattable as error:
        _refuse(work, draft, str(error))
        return
    errors = _errors(work, Place(path, kind, identity), raw)
    if errors:
        _refuse(work, draft, errors[0])
        return
    work.taken.add(identity)
    work.wanted |= draft.organisations
    work.seen.add(identity)
    work.plan.changes.append(Change(path, None, raw))
    work.plan.outcomes += [Outcome(row, "add", identity) for row in draft.rows]


def _refuse(work: _Work, draft: Draft, why: str) -> None:
    work.plan.outcomes += [Outcome(row, "refuse", why=why) for row in draft.rows]


def _errors(work: _Work, place: Place, raw: bytes) -> list[str]:
    """Return what is wrong with a record's file by itself."""
    checked = check_file(File(place, raw, work.registry.settings.currency))
    return [
        _why(one.message, one.hint)
        for one in checked.problems
        if pages()[one.code].severity == "error"
    ]


def _compare(work: _Work, draft: Draft, existing: Agreement | Organisation) -> None:
    """Plan what differs in a record that is there."""
    place = Place(existing.path, existing.kind, existing.id)
    work.seen.add(existing.id)
    was = work.edited.get(existing.path, work.texts.get(existing.path, b""))
    document, problems = read(was)
    if document is None or problems or existing.path in work.registry.invalid:
        _refuse(work, draft, f"{existing.path} has errors: partnerreg validate tells them")
        return
    ours = _is_of_the_list(work, existing)
    outcomes: list[Outcome] = []
    now = was
    row = draft.rows[0]
    try:
        reference = work.mapping.reference if ours else None
        for way, value in differences(document.data, draft, reference):
            name = ".".join(map(str, way))
            before = at(document.data, way)
            told = (row, existing.id, name, shown(before), shown(value))
            allowed = ours or before is None or is_updated(name, work.update)
            if not allowed:
                why = f"hand-written: --update {way[0]} changes it"
                outcomes.append(_outcome("confirm", told, why))
                continue
            now = with_value(now, existing.kind, way, value)
            outcomes.append(_outcome("change", told))
    except Unformattable as error:
        _refuse(work, draft, f"{existing.path} cannot be changed: {error}")
        return
    errors = _errors(work, place, now) if now != was else []
    if errors:
        _refuse(work, draft, errors[0])
        return
    gone = list(gone_lines(document.data, draft, work.mapping.reference)) if ours else []
    outcomes += [Outcome(row, "gone", existing.id, *one) for one in gone]
    work.wanted |= draft.organisations
    if now != was:
        work.edited[existing.path] = now
        work.plan.changes.append(Change(existing.path, was, now))
    if not outcomes:
        outcomes = [Outcome(row, "same", existing.id)]
    work.plan.outcomes += outcomes
    work.plan.outcomes += [Outcome(other, "same", existing.id) for other in draft.rows[1:]]


def _outcome(
    action: str, told: tuple[int, str, str, str | None, str | None], why: str | None = None
) -> Outcome:
    row, identity, name, before, after = told
    return Outcome(row, action, identity, name, before, after, why)


def _write_organisations(work: _Work) -> None:
    """Plan the files of the organisations that accepted rows name, and their new identifiers."""
    own = set()
    if work.mapping.into == "organisation":
        own = {one.id for one in work.plan.outcomes if one.action == "add"}
    made = []
    for identity, data in work.directory.made.items():
        if identity not in work.wanted or identity in own:
            continue
        path = path_of("organisation", identity)
        raw = composed(data, "organisation", work.header(path, "organisation"))
        made.append(Change(path, None, raw))
        why = "an organisation that was not there"
        work.plan.outcomes.append(Outcome(None, "add", identity, why=why))
    for identity, (scheme, code) in work.directory.added.items():
        if identity not in work.wanted:
            continue
        one = work.registry.organisations[identity]
        was = work.texts.get(one.path)
        if was is None or work.mapping.into == "organisation":
            continue
        way: Path = ("identifiers", len(one.identifiers))
        try:
            now = with_value(was, "organisation", way, {"scheme": scheme, "id": code})
        except Unformattable as error:
            why = f"{one.path} cannot be changed: {error}"
            work.plan.outcomes.append(Outcome(None, "refuse", identity, why=why))
            continue
        made.append(Change(one.path, was, now))
        told = Outcome(None, "change", identity, "identifiers", None, f"{scheme} {code}")
        work.plan.outcomes.append(told)
    work.plan.changes[:0] = made


def _gone(work: _Work) -> Iterator[Outcome]:
    """Yield the records that came from the list, and of which it has no row any more."""
    if work.mapping.reference is None:
        return
    if work.mapping.into == "organisation":
        known: list[Agreement | Organisation] = list(work.registry.organisations.values())
    else:
        known = [one for one in work.registry.agreements if one.kind == work.mapping.into]
    for one in known:
        if one.id not in work.seen and _is_of_the_list(work, one):
            yield Outcome(None, "gone", one.id, why="the list has it no more; nothing is removed")
