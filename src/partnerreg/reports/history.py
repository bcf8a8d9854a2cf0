"""Report `history`: who changed which field of a record when, through renames."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from partnerreg.base.layout import Place
from partnerreg.model.registry import Registry
from partnerreg.output.report import Column, Report, Table, columns
from partnerreg.reports.changes.fields import FieldChange, changes
from partnerreg.reports.changes.meaning import Data, comparable
from partnerreg.reports.changes.words import in_words
from partnerreg.store.git_log import Step


def history(
    record: str,
    found: Sequence[Step],
    contents: Mapping[tuple[str, str | None], bytes],
    registry: Registry,
) -> Report:
    """Return a row for each field that each commit changed, newest first.

    `contents` holds a file's bytes by commit and path; the version before a step stands under
    its old path and the commit with `^` behind it.
    """
    rows = []
    view = []
    for step in found:
        what = list(_what(step, *_versions(step, contents)))
        for place, (change, field) in enumerate(what):
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
        views=(Table(heads, tuple(view)),),
    )


def _versions(
    step: Step, contents: Mapping[tuple[str, str | None], bytes]
) -> tuple[Data | None, Data | None]:
    """Return what a record said before and after; nothing where it was not there."""
    was = contents.get((f"{step.commit}^", step.before)) if step.before else None
    now = contents.get((step.commit, step.after)) if step.after else None
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
    return None if value is None else str(value)
