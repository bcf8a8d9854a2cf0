"""Who changed which field of a record when, through renames."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from partnerreg.model.registry import Registry
from partnerreg.output.report import Column, Report, Table, columns
from partnerreg.reading.yaml_reader import read
from partnerreg.reports.changes.fields import FieldChange, changes
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
        before = _data(contents.get((f"{step.commit}^", step.before))) if step.before else {}
        after = _data(contents.get((step.commit, step.after))) if step.after else {}
        what = list(_what(step, before, after))
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


def _what(step: Step, before: Any, after: Any) -> Iterator[tuple[str, FieldChange]]:
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


def _data(raw: bytes | None) -> Any:
    """Return plain data, or None where it cannot be read."""
    if raw is None:
        return None
    document, faults = read(raw)
    return document.data if document and not faults else None


def _flat(value: Any) -> str | None:
    return None if value is None else str(value)
