"""`Registry`: all records and settings, with look-ups by id."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field

from partnerreg.base.layout import Kind, Place
from partnerreg.model.records import Agreement, Organisation, Record, Settings


class RegistryIds:
    """The ids of a registry's files in order, also of those that cannot be read."""

    places: Sequence[Place]

    @cached_property
    def organisation_ids(self) -> tuple[str, ...]:
        """Every organisation's id."""
        return self._ids_of("organisation")

    @cached_property
    def known_organisations(self) -> frozenset[str]:
        """Every organisation's id, for membership tests."""
        return frozenset(self.organisation_ids)

    @cached_property
    def agreement_ids(self) -> tuple[str, ...]:
        """Every agreement's id."""
        return self._ids_of("partnership", "membership")

    def _ids_of(self, *kinds: Kind) -> tuple[str, ...]:
        return tuple(sorted({place.id for place in self.places if place.kind in kinds}))


class Registry(RegistryIds, Struct, frozen=True, dict=True):
    """All records of one registry.

    `organisations` and `agreements` hold every record that could be built at all, in the order
    of their paths. `invalid` names the files with an error of their own (PR0xx, PR1xx, PR2xx);
    reports leave their agreements out, while their ids stay known. `places` are all files of
    records, readable or not; `dropped` are, by path, the top-level keys of a record that lost
    something that was refused. `texts` are the files' bytes by path.
    """

    root: Path
    settings: Settings
    organisations: dict[str, Organisation]
    agreements: tuple[Agreement, ...]
    places: tuple[Place, ...]
    invalid: frozenset[str] = frozenset()
    dropped: dict[str, frozenset[str]] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def valid_agreements(self) -> tuple[Agreement, ...]:
        """The agreements that reports count."""
        return tuple(one for one in self.agreements if one.path not in self.invalid)

    @cached_property
    def records_by_path(self) -> dict[str, Record]:
        """Every record that could be built, by its file's path."""
        return {one.path: one for one in self.records}

    @cached_property
    def valid_records_by_path(self) -> dict[str, Record]:
        """The records whose files have no error, by their files' paths."""
        return {one.path: one for one in self.records if one.path not in self.invalid}

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

    @cached_property
    def predecessors(self) -> dict[str, tuple[Organisation, ...]]:
        """For each organisation that succeeds others: those others."""
        found: dict[str, list[Organisation]] = {}
        for organisation in self.organisations.values():
            for successor in organisation.succeeded_by:
                found.setdefault(successor, []).append(organisation)
        return {successor: tuple(by) for successor, by in found.items()}

    def renewed_by(self, agreement: Agreement) -> tuple[str, ...]:
        """Return the ids of the agreed or admitted agreements that follow this one."""
        followers = self.followers.get(agreement.id, ())
        return tuple(one.id for one in followers if one.stage in {"agreed", "admitted"})

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
        known = found.units.get(unit) if found else None
        return f"{name} / {known.name if known else unit}"

    def name_of(self, identity: str) -> str:
        """Return what an id stands for: an agreement's title, a name, a unit's; else the id."""
        agreement = self.agreements_by_id.get(identity)
        if agreement:
            return self.title(agreement)
        organisation, _, unit = identity.partition("/")
        return self.unit_name(organisation, unit or None)

    def title(self, agreement: Agreement) -> str:
        """Return an agreement's title; of an untitled membership `member – network`."""
        if agreement.title:
            return agreement.title
        if agreement.member and agreement.network:
            return f"{self.name(agreement.member)} – {self.name(agreement.network)}"
        return agreement.id

    def type(self, organisation: str) -> str | None:
        """Return an organisation's type, None where the registry has no such file."""
        found = self.organisations.get(organisation)
        return found.type if found else None

    def country(self, organisation: str) -> str | None:
        """Return an organisation's country (ISO 3166-1 alpha-2), None where not recorded."""
        found = self.organisations.get(organisation)
        return found.country if found else None
