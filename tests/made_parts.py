"""The parts of the manual that are made from the project itself."""

import re

from partnerreg.checks.pages import pages
from partnerreg.cli.main import COMMANDS, command_module
from partnerreg.cli.options import Asking, Common, Narrowing
from partnerreg.export.schema import SCHEMA
from partnerreg.model.codelists import codes
from partnerreg.model.schema_files import schema
from partnerreg.reports.missing import MISSING

GROUPS = {"Common": Common, "Narrowing": Narrowing, "Asking": Asking}


def part(name: str) -> str:
    kind, _, argument = name.partition(": ")
    return {
        "commands": lambda _: _table(
            "command", "what it does", [(f"`{k}`", v) for k, v in COMMANDS.items()]
        ),
        "options": _options,
        "rules": lambda _: _rules(),
        "missing": lambda _: ", ".join(f"`{name}`" for name in MISSING) + ".",
        "fields": _fields,
        "codes": lambda _: _codes(),
        "tables": lambda _: _tables(),
    }[kind](argument)


def _table(first: str, second: str, rows: list[tuple[str, str]]) -> str:
    lines = [f"| {first} | {second} |", "| :-- | :-- |", *(f"| {a} | {b} |" for a, b in rows)]
    return "\n".join(lines)


def _options(owner: str) -> str:
    if owner in GROUPS:
        group = GROUPS[owner]
        found = [(name, group.__annotations__[name]) for name in group.__struct_fields__]
    else:
        run = command_module(owner).run
        found = [
            (name, annotation)
            for name, annotation in run.__annotations__.items()
            if name != "return" and annotation not in GROUPS.values()
        ]
    rows = []
    for name, annotation in found:
        info = annotation.__metadata__[0]
        decls = info.names
        if info.is_argument:
            spelt = info.metavar or name.upper()
        else:
            spelt = ", ".join(decls) or f"--{name.strip('_').replace('_', '-')}"
            spelt += f" {info.metavar}" if info.metavar else ""
        rows.append((f"`{spelt}`", (info.help or "").replace("|", "\\|")))
    return _table("option", "meaning", [(a.replace("|", "\\|"), b) for a, b in rows])


def _rules() -> str:
    lines = ["| code | name | severity | what it finds |", "| :-- | :-- | :-- | :-- |"]
    lines += [
        f"| {page.code} | {page.name} | {page.severity} | {page.text.splitlines()[0]} |"
        for page in pages().values()
    ]
    return "\n".join(lines)


def _fields(kind: str) -> str:
    whole = schema(kind)
    rows = []
    for where, field, required in _walk(whole, whole["$defs"], ""):
        text = field["description"].replace("|", "\\|")
        known = field.get("enum", ())
        if 2 <= len(known) <= 12 and not all(str(code) in text for code in known):
            text += f" One of {', '.join(known)}."
        rows.append((f"`{where}`", f"Required. {text}" if required else text))
    return _table("field", "what it is for", rows)


def _walk(node: dict, definitions: dict, where: str):
    node = _resolved(node, definitions)
    for name, field in node.get("properties", {}).items():
        if field is False:
            continue
        found = _resolved(field, definitions)
        here = f"{where}.{name}" if where else name
        yield here, found, name in node.get("required", ())
        yield from _walk(field, definitions, here)
        for key, mark in (("items", "[]"), ("additionalProperties", ".*")):
            inner = found.get(key)
            if isinstance(inner, dict):
                yield from _walk(inner, definitions, f"{here}{mark}")


def _resolved(node: dict, definitions: dict) -> dict:
    if "$ref" not in node:
        return node
    name = node["$ref"].removeprefix("#/$defs/")
    return {**_resolved(definitions[name], definitions), **node}


def _codes() -> str:
    names = {"organisation_type": "organisation type"}
    listed = ("form", "role", "theme", "organisation_type")
    return _table("list", "codes", [(names.get(n, n), ", ".join(codes(n))) for n in listed])


def _tables() -> str:
    parts = []
    for one in SCHEMA:
        rows = [(f"`{field.name}`", f"{field.type}. {field.text}") for field in one.fields]
        parts.append(f"**{one.name}**: {one.text}\n\n" + _table("column", "what it holds", rows))
    return "\n\n".join(parts)


MARKED = re.compile(
    r"<!-- (commands|options: \w+|rules|missing|fields: \w+|codes|tables) -->\n(.*?)<!-- end -->",
    re.DOTALL,
)
