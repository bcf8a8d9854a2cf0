"""Carry out `new`: gather a record's fields, or ask for them, and write its file."""

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from partnerreg.authoring.format import formatted
from partnerreg.authoring.new import FIELDS, Given, given, made_on_the_way
from partnerreg.authoring.printer import Unformattable
from partnerreg.authoring.records import new_id, path_of, taken_ids
from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.base.layout import Kind
from partnerreg.base.limits import MAX_BYTES
from partnerreg.cli.editor_schemas import header_for
from partnerreg.cli.open import source_of
from partnerreg.cli.options import Asking, Common
from partnerreg.cli.prompts import confirm
from partnerreg.cli.questions import Answers, Data, asked
from partnerreg.cli.writing import composed_file, refuse_revision, tell, write_changes
from partnerreg.loading.loaded import Loaded
from partnerreg.loading.loader import load
from partnerreg.model.names import Names
from partnerreg.reading.yaml_reader import read
from partnerreg.reports.arguments import known_value
from partnerreg.store.change import Change, finish
from partnerreg.store.folder import find, reason, working_folder


class Wish(Struct, frozen=True):
    """What `new` was called with."""

    kind: str
    record: str | None
    values: Mapping[str, Any]
    organisations: list[str]
    source: Path | None
    edit: bool


def make_record(common: Common, asking: Asking, wish: Wish) -> int:
    """Write a new record's file, and return the exit code."""
    kind: Kind = known_value("new", wish.kind, tuple(FIELDS))  # type: ignore[assignment]
    refuse_revision(common)
    told = given(kind, wish.values)
    if wish.record:
        path_of(kind, wish.record)
    may_ask = asking.may_ask and not (told.values or wish.source or wish.edit or wish.organisations)
    if wish.source and told.values:
        raise Failure("--from has the whole record: no other fields beside it")
    command = f"partnerreg new {kind}{f' {wish.record}' if wish.record else ''}"
    root = _registry(common)
    finished = None if asking.dry_run or root is None else finish(root, command)
    if root is not None and finished is not None:
        tell(common, root, finished)
        return 0
    if told.missing and not (may_ask or wish.source or wish.edit):
        flags = ", ".join(told.missing)
        raise Failure(f"new {kind} needs {flags}", hint="partnerreg new --help tells them all")
    loaded = load(source_of(common, None))
    names = Names(loaded.registry.organisations.values())
    taken = taken_ids(loaded.registry)
    if wish.record and wish.record in taken:
        raise Failure(f"there is a record {wish.record} already", hint="partnerreg show tells it")
    answers = asked(told, names, loaded.registry) if may_ask else _from_flags(wish, told, names)
    return _written(common, asking, wish, loaded, answers)


def _registry(common: Common) -> Path | None:
    """Return the registry's root; None where there is none: wrong usage is said before that."""
    try:
        return find(common.registry, os.environ, working_folder())
    except Failure:
        return None


def _from_flags(wish: Wish, told: Given, names: Names) -> Answers:
    others = made_on_the_way(wish.organisations)
    made: list[tuple[str, dict[str, Any]]] = []
    for identity, data in others:
        lacks = [name for name in ("name", "type") if name not in data]
        if lacks:
            raise Failure(f"--organisation needs {' and '.join(lacks)}")
        own = identity or new_id("organisation", data, names.ids)
        names.add(own, [data["name"]])
        made.append((own, data))
    return Answers(told.data(names), tuple(made))


def _written(common: Common, asking: Asking, wish: Wish, loaded: Loaded, answers: Answers) -> int:
    """Write the record and the organisations that come with it."""
    kind: Kind = wish.kind  # type: ignore[assignment]
    root = loaded.root
    taken = taken_ids(loaded.registry)
    changes = []
    for identity, data in answers.organisations:
        if identity in taken:
            raise Failure(f"there is a record {identity} already")
        taken.add(identity)
        path = path_of("organisation", identity)
        head = header_for(root, path, "organisation")
        changes.append(Change(path, None, composed_file(path, data, "organisation", head)))
    raw = None
    if wish.source:
        raw = _read(wish.source)
    elif wish.edit:
        raw = _edited(wish.record or kind, _to_be_edited(kind, answers.data, root, wish.record))
    while True:
        own = _change(wish, kind, loaded, answers.data, raw, taken)
        command = f"partnerreg new {kind} {wish.record or ''}".strip()
        every = [*changes, own]
        code = write_changes(common, loaded, every, command, dry_run=asking.dry_run)
        if code == 0 or not answers.asked:
            return code
        if not confirm("Change it in your editor, and try again?"):
            return code
        raw = _edited(wish.record or kind, own.now or b"")


def _change(
    wish: Wish, kind: Kind, loaded: Loaded, data: Data, raw: bytes | None, taken: set[str]
) -> Change:
    """Return the record's file: as composed of the data, or as somebody wrote it."""
    identity = wish.record
    if raw is not None:
        document, problems = read(raw)
        data = document.data if document else {}
        if document is None or problems:  # the check tells what is wrong with it
            identity = identity or f"new-{kind}"
    if kind == "membership" and not identity:
        first = _id_of(kind, data, set())
        if first in taken:
            hint = f"partnerreg new membership ID names another one; show {first} tells that one"
            raise Failure(f"there is a membership {first} already", hint=hint, exit_code=1)
    identity = identity or _id_of(kind, data, taken)
    path = path_of(kind, identity)
    if raw is None:
        return Change(
            path, None, composed_file(path, data, kind, header_for(loaded.root, path, kind))
        )
    return Change(path, None, _laid_out(raw, kind))


def _id_of(kind: Kind, data: Mapping[str, Any], taken: set[str]) -> str:
    needed = {"organisation": ("name",), "partnership": ("title",)}.get(kind, ("member", "network"))
    for name in needed:
        if not isinstance(data.get(name), str):
            raise Failure(
                f"no id can be made: the record has no {name}",
                hint=f"name one: partnerreg new {kind} ID",
                exit_code=1,
            )
    return new_id(kind, dict(data), taken)


def _laid_out(raw: bytes, kind: Kind) -> bytes:
    """Return a file in the canonical layout; as it is where it has faults, which are then told."""
    try:
        return formatted(raw, kind)
    except Unformattable:
        return raw


def _read(path: Path) -> bytes:
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read(MAX_BYTES + 1)
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise Failure(f"cannot read {path}: {reason(error)}", exit_code=ENVIRONMENT) from None


def _to_be_edited(kind: Kind, data: Data, root: Path, identity: str | None) -> bytes:
    """Return what an editor opens: the data, and what is still required as comments."""
    head = header_for(root, path_of(kind, identity or "new"), kind)
    raw = (
        composed_file(f"the {kind}", data, kind, head)
        if data
        else f"# {head}\n".encode()
        if head
        else b""
    )
    return raw + "".join(f"# {flag[2:]}:\n" for flag in _lacking(kind, data)).encode()


def _edited(name: str, raw: bytes) -> bytes:
    """Return a record as somebody leaves it in an editor; raises `Failure` (3) without one."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{name}.yaml"
        file.write_bytes(raw)
        try:
            done = subprocess.run([*shlex.split(command), str(file)], check=False)  # noqa: S603  (the user's own editor)
        except (OSError, ValueError):
            message = f"cannot run the editor {command}"
            raise Failure(message, hint="set EDITOR", exit_code=ENVIRONMENT) from None
        if done.returncode:
            message = f"the editor ended with {done.returncode}: nothing was written"
            raise Failure(message, exit_code=1)
        return file.read_bytes()


def _lacking(kind: Kind, data: Mapping[str, Any]) -> list[str]:
    """Return the flags of required fields that the data lacks."""
    names = {"party": "parties"}
    return [flag for flag in Given(kind, {}).missing if names.get(flag[2:], flag[2:]) not in data]
