"""A registry that has been read: its records, what they tell together, and what is wrong."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from partnerreg.base.diagnostics import Diagnostic
from partnerreg.base.layout import Place
from partnerreg.checks.census import Census
from partnerreg.checks.check_file import Examined
from partnerreg.model.records import Agreement, Organisation, Settings
from partnerreg.model.registry import Registry
from partnerreg.store.folder import Source


@dataclass(frozen=True)
class Loaded:
    """A registry and what is wrong with its files, one by one, in the order of paths.

    `texts` are the files' bytes by path. The records are built when the registry is asked for.
    """

    root: Path
    settings: Settings
    places: tuple[Place, ...]
    examined: tuple[tuple[Place, Examined], ...]
    texts: dict[str, bytes]
    diagnostics: tuple[Diagnostic, ...]
    source: Source

    @cached_property
    def invalid(self) -> frozenset[str]:
        """The files with an error of their own."""
        return frozenset(one.path for one in self.diagnostics if one.severity == "error")

    @cached_property
    def registry(self) -> Registry:
        """The records; of two organisations of one id, the first."""
        organisations: dict[str, Organisation] = {}
        agreements: list[Agreement] = []
        for place, examined in self.examined:
            record = examined.record()
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
            texts=self.texts,
        )

    @cached_property
    def census(self) -> Census:
        """What the records tell together."""
        told: list[tuple[Place, dict[str, Any]]] = []
        organisations: set[str] = set()
        for place, examined in self.examined:
            if place.kind != "organisation":
                told.append((place, examined.told()))
            elif (own := examined.told()) and place.id not in organisations:
                organisations.add(place.id)
                told.append((place, own))
        return Census(self.places, told, self.invalid)
