"""The registry as a value: its records, its settings, and who is called what."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from partnerreg.base.layout import Place
from partnerreg.model.ids import Ids
from partnerreg.model.records import Agreement, Organisation, Record, Settings


@dataclass(frozen=True)
class Registry(Ids):
    """All records of one registry.

    `organisations` and `agreements` hold every record that could be built at all, in the order
    of their paths. `invalid` names the files with an error of their own (PR0xx, PR1xx, PR2xx);
    reports leave their agreements out, while their ids stay known. `places` are all files of
    records, readable or not. `currency` of the settings orders tables, nothing else.
    """

    root: Path
    settings: Settings
    organisations: dict[str, Organisation]
    agreements: tuple[Agreement, ...]
    places: tuple[Place, ...]
    invalid: frozenset[str] = frozenset()
    texts: dict[str, bytes] = field(default_factory=dict, repr=False)

    @cached_property
    def valid_agreements(self) -> tuple[Agreement, ...]:
        """The agreements that reports count."""
        return tuple(one for one in self.agreements if one.path not in self.invalid)

    @cached_property
    def agreements_by_id(self) -> dict[str, Agreement]:
        """The agreements by their ids, the first where an id is used twice."""
        return {one.id: one for one in reversed(self.agreements)}

    @cached_property
    def followers(self) -> dict[str, tuple[Agreement, ...]]:
        """For each agreement that others follow: those others, by id."""
        found: dict[str, list[Agreement]] = {}
        for agreement in sorted(self.valid_agreements, key=lambda one: one.id):
            for followed in agreement.follows:
                found.setdefault(followed, []).append(agreement)
        return {followed: tuple(by) for followed, by in found.items()}

    @property
    def records(self) -> Iterator[Record]:
        """Every record that could be built, organisations first."""
        yield from self.organisations.values()
        yield from self.agreements

    def name(self, organisation: str) -> str:
        """Return an organisation's name, or its id where the registry has no such file."""
        found = self.organisations.get(organisation)
        return found.name if found else organisation

    def unit_name(self, organisation: str, unit: str | None) -> str:
        """Return `organisation / unit` by their names."""
        name = self.name(organisation)
        if unit is None:
            return name
        found = self.organisations.get(organisation)
        units = dict(found.units) if found else {}
        return f"{name} / {units.get(unit, unit)}"

    def title(self, agreement: Agreement) -> str:
        """Return an agreement's title; of an untitled membership `member – network`."""
        if agreement.title:
            return agreement.title
        if agreement.member and agreement.network:
            return f"{self.name(agreement.member)} – {self.name(agreement.network)}"
        return agreement.id

    def country(self, organisation: str) -> str | None:
        """Return an organisation's country (ISO 3166-1 alpha-2), None where not recorded."""
        found = self.organisations.get(organisation)
        return found.country if found else None
