"""`Loaded`: a registry that has been read, with the problems of its files."""

from functools import cached_property
from pathlib import Path

from msgspec import Struct

from partnerreg.base.layout import Place
from partnerreg.base.problems import LocatedProblem
from partnerreg.checks.check_file import CheckedFile
from partnerreg.checks.facts import Facts, RegistryFacts, facts_of
from partnerreg.model.records import Agreement, Organisation, Settings
from partnerreg.model.registry import Registry
from partnerreg.store.folder import Source


class Loaded(Struct, frozen=True, dict=True):
    """A registry and the problems of its files, one by one, in the order of paths.

    `texts` are the files' bytes by path.
    """

    root: Path
    settings: Settings
    places: tuple[Place, ...]
    checked: tuple[tuple[Place, CheckedFile], ...]
    texts: dict[str, bytes]
    problems: tuple[LocatedProblem, ...]
    source: Source

    @cached_property
    def invalid(self) -> frozenset[str]:
        """The files with an error of their own."""
        return frozenset(one.path for one in self.problems if one.severity == "error")

    @cached_property
    def registry(self) -> Registry:
        """The records; of two organisations of one id, the first."""
        organisations: dict[str, Organisation] = {}
        agreements: list[Agreement] = []
        for place, checked in self.checked:
            record = checked.record
            if isinstance(record, Organisation):
                organisations.setdefault(place.id, record)
            elif record is not None:
                agreements.append(record)
        return Registry(
            root=self.root,
            settings=self.settings,
            organisations=organisations,
            agreements=tuple(agreements),
            places=self.places,
            invalid=self.invalid,
            dropped={place.path: one.dropped for place, one in self.checked if one.dropped},
            texts=self.texts,
        )

    @cached_property
    def facts(self) -> RegistryFacts:
        """What the records say that concerns others."""
        facts: list[tuple[Place, Facts]] = []
        organisations: set[str] = set()
        for place, checked in self.checked:
            own = checked.facts or (facts_of(checked.record) if checked.record else None)
            if own is None:
                continue
            if place.kind == "organisation":
                if place.id in organisations:
                    continue
                organisations.add(place.id)
            facts.append((place, own))
        return RegistryFacts(self.places, facts, self.invalid)
