"""Serialise checked files for the cache, and compute their cache keys."""

import os
import sys
from collections.abc import Callable
from functools import cache
from typing import Any

import msgspec

from partnerreg import __version__
from partnerreg.base.problems import Problem
from partnerreg.checks.check_file import CheckedFile, File
from partnerreg.checks.facts import Facts
from partnerreg.loading.cache import Column, Row, key_for
from partnerreg.model.build import text_of, value_of
from partnerreg.model.records import Agreement, Organisation
from partnerreg.model.schema_files import folder as schema_folder


def _text_of(value: Any) -> str:
    """Return as text what msgspec does not know: dates, lengths of time, keys that stand twice."""
    return str(value) if isinstance(value, str) else text_of(value)


_encode = msgspec.msgpack.Encoder(enc_hook=_text_of).encode


def packed(checked: CheckedFile) -> Row:
    """Return a checked file as bytes, once with its facts and once with its record."""
    wrong = (checked.problems, sorted(checked.dropped))
    return Row(_encode((*wrong, checked.facts)), _encode((*wrong, checked.record)))


def unpacked(kind: str, part: Column, value: bytes) -> CheckedFile:
    """Return the checked file of which `packed` made these bytes, with one of the two parts."""
    if part == "facts":
        problems, dropped, facts = _decoder(Facts)(value)
        return CheckedFile(problems, None, facts, frozenset(dropped))
    problems, dropped, record = _decoder(Organisation if kind == "organisation" else Agreement)(
        value
    )
    return CheckedFile(problems, record, None, frozenset(dropped))


@cache
def _decoder(of: Any) -> Callable[[bytes], Any]:
    whole = tuple[tuple[Problem, ...], tuple[str, ...], of | None]
    return msgspec.msgpack.Decoder(whole, dec_hook=value_of).decode


def key_of(file: File) -> bytes:
    """Return a hash of all that a checked file depends on."""
    place = file.place
    head = f"{place.path}\0{place.kind}\0{place.id}\0{file.currency or ''}\0{fingerprint()}"
    return key_for(head.encode("utf-8", "surrogateescape") + file.raw)


def registry_key(root: str) -> bytes:
    """Return the key under which a registry's rows lie together, from its absolute path."""
    return key_for(root.encode("utf-8", "surrogateescape"))


@cache
def fingerprint() -> str:
    """Return a hash of everything but a file's bytes that decides what is wrong with it.

    Our version and code, the schemas in use, Python, and every package installed beside us with
    its version. Code is told by name, size and time, for whoever works on it.
    """
    state = [__version__, sys.version, sys.implementation.name]
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for top in {package, str(schema_folder())}:
        for folder, _, names in os.walk(top):
            for name in names:
                if name.endswith((".py", ".json")):
                    status = os.stat(os.path.join(folder, name))
                    state.append(f"{folder}/{name} {status.st_size} {status.st_mtime_ns}")
    for folder in sys.path:
        try:
            names = os.listdir(folder or ".")
        except OSError:
            continue
        state += (name for name in names if name.endswith((".dist-info", ".egg-info")))
    whole = "\n".join(sorted(state)).encode("utf-8", "surrogateescape")
    return key_for(whole).hex()
