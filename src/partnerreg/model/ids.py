"""Which ids a registry has, also those of files that are faulty."""

from collections.abc import Sequence
from functools import cached_property

from partnerreg.base.layout import Kind, Place


class Ids:
    """What has `places`, all files of records, knows their ids; each in its order."""

    places: Sequence[Place]

    @cached_property
    def organisation_ids(self) -> tuple[str, ...]:
        """Every organisation's id, also of those whose file cannot be read."""
        return self._of("organisation")

    @cached_property
    def known_organisations(self) -> frozenset[str]:
        """The same, for asking whether there is one."""
        return frozenset(self.organisation_ids)

    @cached_property
    def agreement_ids(self) -> tuple[str, ...]:
        """Every agreement's id, also of those whose file cannot be read."""
        return self._of("partnership", "membership")

    def _of(self, *kinds: Kind) -> tuple[str, ...]:
        return tuple(sorted({place.id for place in self.places if place.kind in kinds}))
