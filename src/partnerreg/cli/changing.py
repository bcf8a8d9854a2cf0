"""Carry out `renew`, `end` and `rename`: changes of records that are there."""

import contextlib
import os
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from partnerreg.authoring.edit import with_value
from partnerreg.authoring.flags import value
from partnerreg.authoring.follow_up import follow_up
from partnerreg.authoring.printer import Unformattable
from partnerreg.authoring.records import new_id, path_of, taken_ids
from partnerreg.authoring.rename import Rename, renamed, renamed_mapping
from partnerreg.base.errors import Failure
from partnerreg.base.suggest import nearest
from partnerreg.calc.term import effective_end, is_tacit
from partnerreg.cli.editor_schemas import header_for, refresh_made
from partnerreg.cli.open import source_of
from partnerreg.cli.options import Asking, Common
from partnerreg.cli.prompts import ask
from partnerreg.cli.questions import is_date
from partnerreg.cli.writing import composed_file, refuse_revision, tell, write_changes
from partnerreg.loading.loaded import Loaded
from partnerreg.loading.loader import load
from partnerreg.model import dates
from partnerreg.model.records import Agreement
from partnerreg.model.schema_files import common as definitions
from partnerreg.reports.arguments import known_value
from partnerreg.store.change import Change, finish
from partnerreg.store.folder import find, mappings, working_folder

REASONS: tuple[str, ...] = tuple(definitions()["ended"]["properties"]["reason"].get("enum", ()))
"""Why an agreement ended before its time."""


class FollowUp(Struct, frozen=True):
    """What `renew` was called with."""

    start: str | None
    end: str | None
    identity: str | None
    stage: str | None
    copy_funding: bool


def end_agreement(
    common: Common, asking: Asking, record: str, told: Mapping[str, str | None]
) -> int:
    """Record that somebody ended an agreement; returns the exit code."""
    refuse_revision(common)
    given = {name: text for name, text in told.items() if text is not None}
    if "reason" in given:
        known_value("--reason", given["reason"], REASONS)
    lacks = [f"--{name}" for name in ("date", "reason") if name not in given]
    may_ask = asking.may_ask and not given
    if lacks and not may_ask:
        raise Failure(f"end needs {', '.join(lacks)}", hint="partnerreg end --help tells them all")
    loaded = load(source_of(common, None))
    agreement = _agreement(loaded, record)
    if agreement.ended:
        message = f"{record} has ended already: {agreement.ended.date.text}"
        raise Failure(message, hint=f"another day is written in {agreement.path}, under ended")
    if may_ask:
        given["date"] = ask("Last day on which it holds", default="unknown", check=is_date)
        given["reason"] = ask("Reason", default="terminated", known=REASONS, only=True)
        note = ask("Note (empty if none)", default="")
        given |= {"note": note} if note else {}
    _refuse_later(agreement, given["date"], common.day)
    was = loaded.texts[agreement.path]
    ended = {name: value(name, text) for name, text in given.items()}
    try:
        now = with_value(was, agreement.kind, ("ended",), ended)
    except Unformattable as error:
        raise Failure(f"{agreement.path}: {error}", exit_code=1) from None
    command = f"partnerreg end {record}"
    changes = [Change(agreement.path, was, now)]
    return write_changes(common, loaded, changes, command, dry_run=asking.dry_run)


def _refuse_later(agreement: Agreement, text: str, as_of: date) -> None:
    """Raise `Failure` (1) for an early end that lies behind the end that is agreed."""
    over = None if is_tacit(agreement) else effective_end(agreement, as_of)
    if over and dates.LOOKS_LIKE_DATE(text):
        with contextlib.suppress(ValueError):  # a day that there is none of has its finding
            first = dates.parse(text).first
            if first and first > over.day:
                raise Failure(
                    f"{agreement.id} ends on {over.day} already",
                    hint="an extension is a new end of the period, or partnerreg renew",
                    exit_code=1,
                )


def renew_agreement(common: Common, asking: Asking, record: str, wish: FollowUp) -> int:
    """Write the agreement that follows another; returns the exit code."""
    refuse_revision(common)
    if wish.identity:
        path_of("partnership", wish.identity)
    loaded = load(source_of(common, None))
    agreement = _agreement(loaded, record)
    followers = loaded.registry.renewed_by(agreement)
    if followers and not wish.identity:
        hint = "--id names another follow-up"
        raise Failure(
            f"{record} is followed by {', '.join(followers)} already", hint=hint, exit_code=1
        )
    data = follow_up(
        agreement,
        common.day,
        start=wish.start,
        end=wish.end,
        stage=wish.stage,
        copy_funding=wish.copy_funding,
    )
    taken = taken_ids(loaded.registry)
    if wish.identity in taken:
        raise Failure(f"there is a record {wish.identity} already")
    title = {"title": loaded.registry.title(agreement), **data}
    identity = wish.identity or new_id(agreement.kind, title, taken)
    path = path_of(agreement.kind, identity)
    head = header_for(loaded.root, path, agreement.kind)
    changes = [Change(path, None, composed_file(path, data, agreement.kind, head))]
    command = f"partnerreg renew {record}"
    return write_changes(common, loaded, changes, command, dry_run=asking.dry_run)


def rename_record(common: Common, asking: Asking, old: str, new: str) -> int:
    """Change an id everywhere; returns the exit code."""
    refuse_revision(common)
    root = find(common.registry, os.environ, working_folder())
    command = f"partnerreg rename {old} {new}"
    finished = None if asking.dry_run else finish(root, command)
    if finished is not None:
        tell(common, root, finished)
        refresh_made(root, load(source_of(common, None)).registry)
        return 0
    loaded = load(source_of(common, None))
    rename = _rename(loaded, old, new)
    changes = list(renamed(rename, loaded.places, loaded.texts))
    changes += [
        change
        for path, raw in mappings(root).items()
        if (change := renamed_mapping(rename, path, raw)) is not None
    ]
    return write_changes(common, loaded, changes, command, dry_run=asking.dry_run)


def _rename(loaded: Loaded, old: str, new: str) -> Rename:
    """Return the rename; raises `Failure` (2) for ids that cannot be meant."""
    if old == new:
        raise Failure(f"{old} is its id already")
    if ("/" in old) != ("/" in new):
        raise Failure("one names a unit and the other none", hint="rename ORG/UNIT ORG/UNIT")
    organisations = loaded.registry.organisations
    if "/" in old:
        owner, _, unit = old.partition("/")
        other, _, slug = new.partition("/")
        if owner != other:
            raise Failure("a unit stays with its organisation", hint=f"rename {old} {owner}/{slug}")
        _known(owner, tuple(organisations), "organisation")
        units = organisations[owner].units
        _known(unit, tuple(units), f"unit of {owner}")
        path_of("organisation", slug)
        if slug in units:
            raise Failure(f"{owner} has a unit {slug} already")
        return Rename(old, new, "organisation")
    places = {place.id: place for place in loaded.places}
    _known(old, tuple(places), "record")
    path_of(places[old].kind, new)
    if new in places:
        raise Failure(f"there is a record {new} already", hint="two records cannot become one")
    return Rename(old, new, places[old].kind)


def _known(identity: str, known: tuple[str, ...], what: str) -> None:
    if identity not in known:
        near = nearest(identity, known)
        hint = f"did you mean {near}?" if near else None
        raise Failure(f"there is no {what} {identity}", hint=hint)


def _agreement(loaded: Loaded, record: str) -> Agreement:
    """Return an agreement by its id; raises `Failure` (2) for an unknown one, (1) for a bad one."""
    registry = loaded.registry
    found = registry.agreements_by_id.get(record)
    if found is None:
        if record in registry.organisation_ids:
            raise Failure(f"{record} is an organisation, not an agreement")
        _known(record, registry.agreement_ids, "agreement")
    if found is None or found.path in registry.invalid:
        raise Failure(
            f"{record} has errors of its own",
            hint="partnerreg validate tells them: set them right first",
            exit_code=1,
        )
    return found
