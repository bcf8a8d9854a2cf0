"""Make the plain data of a new record of what flags or answers say."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from partnerreg.authoring import flags
from partnerreg.base.errors import Failure
from partnerreg.base.layout import Kind
from partnerreg.model.names import Names

Data = dict[str, Any]

FIELDS: dict[Kind, tuple[str, ...]] = {
    "organisation": ("name", "type", "country", "identifier", "website", "summary"),
    "partnership": (
        *("title", "form", "stage", "party", "start", "end", "signed", "theme", "responsible"),
        *("notice", "renewal", "line", "reference", "summary"),
    ),
    "membership": (
        *("member", "network", "stage", "admitted", "start", "end", "theme", "responsible"),
        *("notice", "renewal", "line", "reference", "summary"),
    ),
}
"""The flags of each kind of record."""


class Given(Struct, frozen=True):
    """What was given for each flag; a flag that takes several values has a list."""

    kind: Kind
    values: Mapping[str, Any]

    def __post_init__(self) -> None:
        for name in self.values:
            if name not in FIELDS[self.kind]:
                kinds = [kind for kind, names in FIELDS.items() if name in names]
                raise Failure(
                    f"--{name} is not for {self.kind} records",
                    hint=f"it is for {' and '.join(kinds)} records" if kinds else None,
                )

    @property
    def missing(self) -> list[str]:
        """The flags without which there is no record."""
        return flags.missing(self.kind, tuple(self.values))

    def data(self, names: Names) -> Data:
        """Return the record's data; names of organisations become their ids.

        Raises `Failure` (2) for a value that cannot be read, (1) for a name that nobody has.
        """
        told = self.values
        made: Data = {}
        for name in ("name", "title", "type", "country", "website", "summary", "form", "stage"):
            if name in told:
                made[name] = told[name]
        if "country" in made:
            made["country"] = str(made["country"]).upper()
        for name in ("member", "network"):
            if name in told:
                made[name] = identity(told[name], names)
        for name in ("admitted", "signed", "notice"):
            if name in told:
                made[name] = flags.value(name, told[name])
        if "identifier" in told:
            made["identifiers"] = [flags.identifier(text) for text in told["identifier"]]
        if "party" in told:
            made["parties"] = [_party(text, names) for text in told["party"]]
        if self.kind == "partnership" or "start" in told or "end" in told:
            made["period"] = {
                name: flags.value(name, told.get(name, "unknown")) for name in ("start", "end")
            }
        if "theme" in told:
            made["themes"] = list(told["theme"])
        if "responsible" in told:
            made["responsible"] = identity(told["responsible"], names)
        self._add_groups(made, names)
        return made

    def _add_groups(self, made: Data, names: Names) -> None:
        kind, told = self.kind, self.values
        if "renewal" in told:
            made["renewal"] = flags.group("--renewal", told["renewal"], kind, "renewal")
        if "line" in told:
            lines = [
                flags.group("--line", text, kind, "funding", "lines", "[]") for text in told["line"]
            ]
            for line in lines:
                for name in ("source", "recipient"):
                    if name in line:
                        line[name] = identity(line[name], names)
            made["funding"] = {"lines": lines}
        if "reference" in told:
            made["references"] = [
                flags.group("--reference", text, kind, "references", "[]")
                for text in told["reference"]
            ]


def identity(text: str, names: Names) -> str:
    """Return the id that a text names: an organisation's, or organisation/unit.

    What looks like an id is left to the check of the record. Raises `Failure` (2) for a name that
    several have, (1) for one that nobody has.
    """
    text = text.strip()
    organisation, slash, unit = text.partition("/")
    found = names.named(text) or names.named(organisation.strip())
    if len(found) > 1:
        hint = f"name one by its id: {', '.join(found)}"
        raise Failure(f"several organisations are called {text}", hint=hint)
    if found:
        is_whole = bool(names.named(text))
        return found[0] if is_whole or not slash else f"{found[0]}/{unit.strip()}"
    if text.isascii() and text == text.lower() and " " not in text:
        return text
    near = names.like(text)
    hint = f"did you mean {near}? " if near else ""
    raise Failure(
        f"there is no organisation {text}",
        hint=f"{hint}partnerreg new organisation --name '{text}' --type … makes it",
        exit_code=1,
    )


def _party(text: str, names: Names) -> Data:
    organisation, role = flags.party(text)
    made: Data = {"organisation": identity(organisation, names)}
    return made if role is None else {**made, "role": role}


def given(kind: Kind, values: Mapping[str, Any]) -> Given:
    """Return what was given, without the flags that were not used."""
    return Given(kind, {name: value for name, value in values.items() if value not in (None, [])})


def made_on_the_way(texts: Sequence[str]) -> list[tuple[str | None, Data]]:
    """Return the id and the data of organisations that are made together with a record."""
    made = []
    for text in texts:
        data = flags.group("--organisation", text, "organisation", id_too=True)
        made.append((data.pop("id", None), data))
    return made
