"""What is known of a file whose bytes have been examined before, as two lines of JSON.

The first has what `validate` needs: the faults, and what the record tells others. The second has
the record's plain data, for reports. A line that is not as it should be counts as absent.
"""

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from partnerreg.base.diagnostics import Fault, Span
from partnerreg.checks.check_file import Examined, File, examine
from partnerreg.checks.facts import told as all_told
from partnerreg.model import build
from partnerreg.model.records import Record

_DECIMAL = "\0"
"""Begins the text of an exact number: no text of a record may hold it."""

_dumped: Callable[[Any], str] = json.JSONEncoder(separators=(",", ":")).encode


def lines(examined: Examined, *, records: bool) -> tuple[bytes, bytes]:
    """Return the two lines; that of the record is empty where none is wanted."""
    return _findings_line(examined), _record_line(examined) if records else b""


def _findings_line(examined: Examined) -> bytes:
    """Return the faults and what the record tells, both of which are seldom wanted."""
    faults = [(_places(f.span), f.code, f.message, f.hint, f.where) for f in examined.faults]
    return f"[{_dumped(faults)},{_dumped(examined.told())}]".encode()


def _record_line(examined: Examined) -> bytes:
    """Return the record's plain data; `null` where it must be read from the file again."""
    if any(fault.code.startswith("PR0") for fault in examined.faults):
        return b"null"
    return json.dumps(examined.data, separators=(",", ":"), default=_marked).encode()


def unpacked(files: Sequence[File], lines: Sequence[tuple[bytes, bytes]]) -> list[Examined]:
    """Return what the two lines of each file stand for."""
    parsed = iter(_parsed([findings for findings, record in lines if _is_wanted(findings, record)]))
    found = []
    for file, (findings, record) in zip(files, lines, strict=True):
        faults, told = next(parsed) if _is_wanted(findings, record) else ((), None)
        built = record_of(file, record) if record else None
        found.append(known(file, tuple(map(_fault, faults)), told, built))
    return found


def _is_wanted(findings: bytes, record: bytes) -> bool:
    """Whether the first line says anything that is not known from the second."""
    return not record or record == b"null" or not findings.startswith(b"[[],")


def _parsed(lines: Sequence[bytes]) -> list[Any]:
    """Return lines parsed, all at once: that takes half the time."""
    found: list[Any] = json.loads(b"[" + b",".join(lines) + b"]")
    return found


def known(file: File, faults: tuple[Fault, ...], told: Any, record: Record | None) -> Examined:
    """Return what is known of a file, and no more than is needed of it.

    Ten thousand records are fifty megabytes, and what they tell is half as much: where there is
    a record, it is asked again for what it tells, and where there is none, read again.
    """
    if record is None:
        return Examined(faults, lambda: told, partial(record_of, file))
    return Examined(faults, partial(all_told, record), lambda: record)


def _places(span: Span) -> tuple[int, int, int, int]:
    return span.line, span.column, span.end_line, span.end_column


def _fault(found: Any) -> Fault:
    span, code, message, hint, where = found
    return Fault(Span(*span), code, message, hint, tuple(where))


def record_of(file: File, line: bytes = b"") -> Record | None:
    """Return the record that a file's second line describes; without one it is read again."""
    data = json.loads(line.decode()) if line else None
    if data is None:
        return examine(file).record()
    return build.record(file.place, _exact(data) if rb"\u0000" in line else data, file.currency)


def _marked(number: object) -> str:
    assert isinstance(number, Decimal)
    return f"{_DECIMAL}{number}"


def _exact(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _exact(value) for key, value in node.items()}
    if isinstance(node, list):
        return list(map(_exact, node))
    if isinstance(node, str) and node.startswith(_DECIMAL):
        return Decimal(node[1:])
    return node
