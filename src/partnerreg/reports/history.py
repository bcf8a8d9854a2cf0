"""Report `history`: who changed which field of a record when, through renames."""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

from partnerreg.base.layout import Place
from partnerreg.base.printable import shortened
from partnerreg.model.registry import Registry
from partnerreg.output.report import Column, Note, Report, Table, columns
from partnerreg.reports.changes.fields import FieldChange, changes
from partnerreg.reports.changes.meaning import Data, comparable
from partnerreg.reports.changes.words import in_words
from partnerreg.reports.recorded import plainly
from partnerreg.store.git_log import Step, Steps

Contents = Callable[[Sequence[Step]], Sequence[tuple[bytes | None, bytes | None]]]
"""Returns a record's bytes before and after each step; None where absent or too large."""

_BATCH = 25
"""Steps whose bytes are held at once."""
_LONG = 2_000
MOST_FIELDS = 100
"""Fields shown of one commit."""


def history(
    record: str, found: Steps, contents: Contents, registry: Registry, *, is_shallow: bool = False
) -> Report:
    """Return a row for each field that each commit changed, newest first."""
    rows = []
    view = []
    cut = 0
    for step, was, now in _with_contents(found.steps, contents):
        what = tuple(islice(_what(step, *_versions(step, was, now)), MOST_FIELDS + 1))
        cut += len(what) > MOST_FIELDS
        for place, (change, field) in enumerate(what[:MOST_FIELDS]):
            rows.append(
                (
                    step.commit,
                    step.date,
                    step.author,
                    step.subject,
                    change,
                    field.field,
                    _flat(field.before),
                    _flat(field.after),
                )
            )
            words = in_words(field, registry, registry.settings.currency)
            head = (step.date[:10], step.commit[:9], step.author) if place == 0 else ("", "", "")
            view.append((*head, words if change == "changed" else f"{change}: {words}"))
    heads = (
        Column("date", "Date"),
        Column("commit", "Commit"),
        Column("author", "Author"),
        Column("what", "What", wrap=True),
    )
    return Report(
        f"History of {record}",
        Table(columns("commit date author subject change field before after"), tuple(rows)),
        tuple(_notes(record, found, cut, is_shallow=is_shallow)),
        views=(Table(heads, tuple(view)),),
    )


def _with_contents(
    steps: Sequence[Step], contents: Contents
) -> Iterator[tuple[Step, bytes | None, bytes | None]]:
    for start in range(0, len(steps), _BATCH):
        batch = steps[start : start + _BATCH]
        for step, (was, now) in zip(batch, contents(batch), strict=True):
            yield step, was, now


def _notes(record: str, found: Steps, cut: int, *, is_shallow: bool) -> Iterator[Note]:
    if found.now and found.now != record:
        message = f"{record} is called {found.now} now: partnerreg history {found.now}"
        yield Note("renamed", message, (found.now,))
    if found.more:
        last = found.steps[-1].commit[:12]
        message = (
            f"{found.more} older commits are not shown: partnerreg history {record} --rev {last}^"
        )
        yield Note("older-left-out", message, (record,))
    if cut:
        commits = "1 commit" if cut == 1 else f"{cut} commits"
        message = f"of {commits} only the first {MOST_FIELDS} changed fields are shown"
        yield Note("fields-left-out", message, (record,))
    if is_shallow:
        message = "this is a shallow clone: what older commits did is shown at its oldest commit"
        yield Note("shallow-clone", message, (record,))


def _versions(step: Step, was: bytes | None, now: bytes | None) -> tuple[Data | None, Data | None]:
    """Return what a record said before and after; nothing where it was not there."""
    path = step.after or step.before or ""
    before, after = comparable(Place(path, step.kind, "record"), was, now)
    return ({} if step.before is None else before), ({} if step.after is None else after)


def _what(step: Step, before: Data | None, after: Data | None) -> Iterator[tuple[str, FieldChange]]:
    if step.before and step.after and step.before != step.after:
        yield "renamed", FieldChange("file", step.before, step.after)
    change = "changed"
    if step.before is None:
        change = "added"
    elif step.after is None:
        change = "removed"
    if before is None or after is None:
        states = ["unreadable" if one is None else "readable" for one in (before, after)]
        yield change, FieldChange("file", states[0], states[1])
        return
    for field in changes(before, after):
        yield change, field


def _flat(value: Any) -> str | None:
    return None if value is None else shortened(plainly(value), _LONG)
