"""Carry out `import`: read a mapping and its list, show the plan, write it."""

import os
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from partnerreg.authoring.importing.grants import from_grants, mapping_for_grants
from partnerreg.authoring.importing.mapping import Mapping, mapping_of
from partnerreg.authoring.importing.plan import Plan, planned
from partnerreg.authoring.importing.suggest import suggested
from partnerreg.authoring.importing.table import MOST_BYTES, Rows, from_csv
from partnerreg.authoring.importing.workbook import from_workbook
from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.base.layout import Kind
from partnerreg.base.printable import clean
from partnerreg.base.problems import LocatedProblem, Problem
from partnerreg.checks import schema
from partnerreg.checks.excerpt import excerpt, lines_of
from partnerreg.checks.findings import Findings
from partnerreg.checks.pages import pages
from partnerreg.cli.editor_schemas import header_for
from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common
from partnerreg.cli.output import RENDERERS, chosen_format, put, say, wants_colour, write
from partnerreg.cli.progress import bar
from partnerreg.cli.writing import refuse_revision, tell, write_changes
from partnerreg.output.findings_text import full
from partnerreg.output.report import Column, Note, Report, Table, columns
from partnerreg.reading.yaml_reader import read
from partnerreg.store.atomic import unified
from partnerreg.store.change import finish
from partnerreg.store.folder import Folder, find, reason, working_folder

_ROWS_SHOWN = 400
_NOTHING = Table((Column("what", "Rows"),), (("nothing to change",),))
_LISTS = frozenset({".csv", ".xlsx", ".xlsm", ".txt", ".tsv"})


class Wish(Struct, frozen=True):
    """What `import` was called with."""

    mapping: Path | None
    write: bool
    partial: bool
    update: tuple[str, ...]


def import_list(common: Common, wish: Wish) -> int:
    """Show what becomes of a list's rows, and write it where that is wanted."""
    refuse_revision(common)
    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    if wish.mapping is None:
        raise Failure("import needs a mapping", hint="partnerreg import --suggest LIST writes one")
    if wish.mapping.suffix.lower() in _LISTS:
        hint = f"partnerreg import --suggest {wish.mapping} writes a first mapping"
        raise Failure(f"{wish.mapping} is a list, not a mapping", hint=hint)
    mapping = _mapping(wish.mapping)
    if mapping is None:
        return 1
    rows = _rows(wish.mapping, mapping)
    root = find(common.registry, os.environ, working_folder())
    command = f"partnerreg import {wish.mapping} --write"
    command = re.sub(r"[^A-Za-z0-9 ._/@+=-]", "_", command)[:200]
    finished = finish(root, command) if wish.write else None
    if finished is not None:
        tell(common, root, finished)
        return 0
    loaded = open_registry(common)

    def header(path: str, kind: Kind) -> str | None:
        if kind not in headers:  # new records of a kind lie in one folder
            headers[kind] = header_for(loaded.root, path, kind)
        return headers[kind]

    headers: dict[str, str | None] = {}
    plan = planned(
        mapping,
        rows,
        loaded.registry,
        loaded.texts,
        header,
        update=wish.update,
        progress=bar("importing", "rows"),
    )
    report = _report(plan, str(wish.mapping), wrote=wish.write, for_people=style == "table")
    put(report, style, common)
    if not wish.write:
        if style == "table" and common.output is None:
            shown = [unified(one.path, one.was or b"", one.now or b"") for one in plan.changes]
            write("\n" + "".join(shown) if shown else "", None)
        return 1 if plan.is_open else 0
    if plan.is_open and not wish.partial:
        say("nothing was written: rows are refused or need a word (--partial writes the others)")
        return 1
    if plan.changes:
        quiet = style != "table" or common.output is not None
        code = write_changes(common, loaded, plan.changes, command, quiet=quiet)
        if code:
            return code
    return 1 if plan.is_open else 0


def suggest_mapping(common: Common, path: Path, reading: Mapping) -> int:
    """Write a first mapping for a list; `reading` says how it is to be read."""
    if common.output and os.path.lexists(common.output):
        raise Failure(f"{common.output} is there already", hint="name a file that is not")
    rows = _rows(path, reading)
    if rows.faults:
        fault = rows.faults[0]
        hint = fault.hint
        if "not UTF-8" in fault.message:
            hint = f"--encoding names the one that reads right. {hint}"
        elif "headings" in fault.message or "heading of" in fault.message:
            hint = "--header N names the row that has the headings"
        raise Failure(f"row {fault.row}: {fault.message}", hint=hint, exit_code=1)
    raw = suggested(rows, path.name, reading)
    write(raw.decode("utf-8"), common.output, "yaml")
    return 0


def _mapping(path: Path) -> Mapping | None:
    """Return a mapping; one that has faults is told, and None."""
    if path.suffix.lower() == ".json":
        return mapping_for_grants(path.name)
    raw = _bytes(path, 64 * 1024)
    document, problems = read(raw)
    if document is not None:
        problems += schema.check("import", document, whole=not problems)
    if document is None or problems:
        lines = lines_of(raw)
        found = tuple(_located(path, one, lines) for one in problems)
        whole = full(Findings(found, Path.cwd(), 1), colour=wants_colour("auto"))
        say("\n".join(whole.splitlines()[:-1]).rstrip())
        return None
    return mapping_of(document.data)


def _located(path: Path, problem: Problem, lines: Sequence[str]) -> LocatedProblem:
    page = pages()[problem.code]
    return LocatedProblem(
        path=str(path),
        span=problem.span,
        code=problem.code,
        rule=page.name,
        severity=page.severity,
        message=clean(problem.message),
        hint=problem.hint,
        where=problem.where,
        excerpt=excerpt(list(lines), problem.span),
    )


def _rows(beside: Path, mapping: Mapping) -> Rows:
    """Return a list's rows; it lies beside the mapping."""
    path = beside.parent / mapping.source
    if os.path.isabs(mapping.source) or ".." in Path(mapping.source).parts:
        raise Failure(f"from: {mapping.source} does not lie beside the mapping")
    raw = _bytes_below(beside.parent, mapping.source, MOST_BYTES)
    ending = path.suffix.lower()
    if ending == ".json":
        return from_grants(raw)
    if ending in {".xlsx", ".xlsm"}:
        return from_workbook(raw, sheet=mapping.sheet, header=mapping.header)
    return from_csv(
        raw, encoding=mapping.encoding, delimiter=mapping.delimiter, header=mapping.header
    )


def _bytes(path: Path, limit: int) -> bytes:
    return _bytes_below(path.parent, path.name, limit)


def _bytes_below(folder: Path, name: str, limit: int) -> bytes:
    """Return a file's bytes; no link is followed on the way to it."""
    path = folder / name
    try:
        raw = Folder(folder).read(name, limit)
    except OSError as error:
        raise Failure(f"cannot read {path}: {reason(error)}", exit_code=ENVIRONMENT) from None
    if raw is None:
        raise Failure(f"there is no {path}", exit_code=ENVIRONMENT)
    if isinstance(raw, Problem):
        raise Failure(f"{path} {raw.message}", exit_code=ENVIRONMENT)
    if len(raw) > limit:
        raise Failure(f"{path} has more than {limit // 1024} KB", exit_code=ENVIRONMENT)
    return raw


def _report(plan: Plan, name: str, *, wrote: bool, for_people: bool) -> Report:
    """Return the plan's rows; people see those that are not the same, after a count."""
    count = Counter(one.action for one in plan.outcomes)
    told = ("add", "change", "same", "confirm", "refuse", "gone")
    summary = ", ".join(f"{count[action]} {action}" for action in told if count[action])
    names = columns("row action id field before after why", right=["row"])
    rows = tuple(
        (one.row, one.action, one.id, one.field, one.before, one.after, one.why)
        for one in plan.outcomes
    )
    prose = {"before", "after", "why"}
    heads = tuple(
        Column(one.name, one.name.capitalize(), one.align, wrap=one.name in prose) for one in names
    )
    seen = [row for row in rows if row[1] != "same"]
    notes = []
    if for_people and len(seen) > _ROWS_SHOWN:
        message = f"{len(seen) - _ROWS_SHOWN} more rows are not shown: --format csv has them"
        notes.append(Note("limited", message))
    view = Table(heads, tuple(seen[:_ROWS_SHOWN])) if seen else None
    verb = "Import of" if wrote else "Dry run of"
    return Report(
        f"{verb} {name}: {summary or 'no rows'}",
        Table(names, rows),
        tuple(notes),
        (view or _NOTHING,),
        failed=plan.is_open,
    )
