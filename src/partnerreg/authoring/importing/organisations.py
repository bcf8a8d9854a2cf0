"""Find the organisations that a list names: by identifier, then by equal name, else by asking."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct, field

from partnerreg.base.collation import folded
from partnerreg.base.slug import free_id, slug
from partnerreg.model.names import Names
from partnerreg.model.records import Organisation

_KINDS_OF_PLACES = frozenset(
    {"kommun", "kommunen", "stad", "staden", "stads", "lan", "region", "regionen"}
    | {"gmina", "miasto", "miejska", "wiejska", "powiat", "m", "st", "w", "i"}
    | {"municipality", "city", "town", "county", "council", "of", "the"}
)
"""Words that say what a place is, and not which."""
_ORG_ID = re.compile(r"([A-Z]{2,3}-[A-Z0-9]+)-(.+)", re.ASCII)


class Refused(ValueError):  # noqa: N818  (what becomes of the row)
    """A row cannot be taken; the message says why."""


class Unsure(ValueError):  # noqa: N818
    """Somebody has to say which organisation is meant; the message asks."""


class Told(Struct):
    """What one row says of an organisation."""

    name: str | None
    scheme: str | None = None
    code: str | None = None
    type: str | None = None
    country: str | None = None

    @property
    def identifier(self) -> tuple[str, str] | None:
        """Its register and its number."""
        return (self.scheme, self.code) if self.scheme and self.code else None


def whole_org_id(text: str) -> tuple[str, str]:
    """Return the scheme and the number of an org-id such as GB-CHC-327114; raises `Refused`."""
    found = _ORG_ID.fullmatch(text)
    if not found:
        raise Refused(f"{text[:60]} is no org-id: the mapping's key names the scheme")
    return found[1], found[2]


class Directory(Struct):
    """The registry's organisations, and those that the list has brought so far.

    `same` are the mapping's answers: the id that a name stands for, or `new`.
    """

    names: Names
    taken: set[str]
    same: Mapping[str, str]
    identifiers: dict[tuple[str, str], str] = field(default_factory=dict)
    schemes: dict[str, dict[str, str]] = field(default_factory=dict)
    cores: dict[str, list[str]] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    made: dict[str, dict[str, Any]] = field(default_factory=dict)
    added: dict[str, tuple[str, str]] = field(default_factory=dict)

    def find(self, told: Told) -> str:
        """Return the id of the organisation that a row tells of; one that is new is made.

        Raises `Refused` where it cannot be made or contradicts the registry, `Unsure` where
        somebody has to say which is meant.
        """
        known = self.identifiers.get(told.identifier) if told.identifier else None
        if known:
            return known
        if not told.name:
            what = f"{told.scheme} {told.code}" if told.identifier else "a row without a name"
            raise Refused(f"nobody in the registry has {what}, and the row has no name")
        answer = self.same.get(told.code or "") or self.same.get(told.name)
        if answer and answer != "new":
            if answer not in self.names.ids:
                raise Refused(f"same: there is no organisation {answer}")
            return self._identified(answer, told)
        found = () if answer == "new" else self.names.named(told.name)
        if len(found) > 1:
            raise Unsure(f"{told.name}: which of {', '.join(found)}? Say it under same")
        if found:
            return self._identified(found[0], told)
        if answer != "new":
            like = self._like(told.name)
            if like:
                raise Unsure(f"{told.name}: is it {like}? Say under same: {like}, or new")
        return self._make(told)

    def _identified(self, identity: str, told: Told) -> str:
        """Return an id whose organisation does not contradict the row's identifier or country."""
        country = self.countries.get(identity)
        if country and told.country and country != told.country and told.name not in self.same:
            message = f"{told.name}: {identity} lies in {country}, the list says {told.country}"
            raise Unsure(f"{message}. Say under same: {identity}, or new")
        if told.identifier:
            scheme, code = told.identifier
            own = self.schemes.get(identity, {}).get(scheme)
            if own is not None and own != code:
                message = f"{told.name}: {identity} has {scheme} {own}, the list says {code}"
                raise Unsure(f"{message}. Say under same: {code}: new, if it is another")
            if own is None and identity not in self.made:
                self.added[identity] = told.identifier
            self._know(identity, told.identifier)
        return identity

    def _make(self, told: Told) -> str:
        assert told.name is not None
        if not told.type:
            raise Refused(f"there is no {told.name}, and the mapping says no organisation type")
        wanted = slug(told.name)
        if not wanted:
            raise Refused(f"no id can be made of {told.name}")
        identity = free_id(wanted, self.taken)
        data: dict[str, Any] = {"name": told.name, "type": told.type}
        if told.country:
            data["country"] = self.countries[identity] = told.country
        if told.identifier:
            data["identifiers"] = [{"scheme": told.scheme, "id": told.code}]
            self._know(identity, told.identifier)
        self.taken.add(identity)
        self.made[identity] = data
        self.names.add(identity, [told.name])
        self._remember(identity, [told.name])
        return identity

    def _know(self, identity: str, identifier: tuple[str, str]) -> None:
        self.identifiers[identifier] = identity
        self.schemes.setdefault(identity, {})[identifier[0]] = identifier[1]

    def _like(self, name: str) -> str | None:
        """Return an organisation whose name is the same but for what says what it is."""
        found = self.cores.get(_core(name), [])
        return found[0] if found else None

    def _remember(self, identity: str, names: Iterable[str]) -> None:
        for name in names:
            self.cores.setdefault(_core(name), []).append(identity)


def directory(
    organisations: Iterable[Organisation], taken: set[str], same: Mapping[str, str]
) -> Directory:
    """Return the registry's organisations, ready to be looked up; `taken` grows with new ids."""
    known = tuple(organisations)
    made = Directory(Names(known), taken, same)
    for one in known:
        made._remember(one.id, one.all_names)  # noqa: SLF001
        if one.country:
            made.countries[one.id] = one.country
        for own in one.identifiers:
            made._know(one.id, (own.scheme, own.id))  # noqa: SLF001
    return made


def _core(name: str) -> str:
    """Return what tells a name from others: no `kommun` or `stad`, no genitive, in any order."""
    words = re.findall(r"[a-z0-9]+", folded(name))
    kept = [word for word in words if word not in _KINDS_OF_PLACES] or words
    return " ".join(
        sorted(word[:-1] if len(word) > 3 and word[-1] == "s" else word for word in kept)
    )
