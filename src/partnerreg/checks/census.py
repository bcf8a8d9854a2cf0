"""What all records together say: who names whom, who follows whom, who is called what.

A rule over the registry sees no records. It has a function that tells, of one record, what
concerns others, as plain data; that much is known of every file, also of one that has not been
read again because its bytes are known.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from partnerreg.base.layout import Place
from partnerreg.model.ids import Ids
from partnerreg.model.records import Record

Telling = Callable[[Record], Any]
"""What one record tells: text, numbers, lists and mappings, or None for nothing."""


@dataclass(frozen=True)
class Census(Ids):
    """The files of a registry, and what their records tell, both in the order of paths.

    `told` holds, for each file whose record could be built, what each telling gave, by its name;
    the second of two organisations of one id is left out. `invalid` names the files with an
    error of their own.
    """

    places: Sequence[Place]
    told: Sequence[tuple[Place, Mapping[str, Any]]]
    invalid: frozenset[str]

    def of(self, telling: Telling) -> Iterator[tuple[Place, Any]]:
        """Yield what a telling gave, without the records that tell nothing."""
        name = telling.__name__
        return ((place, told[name]) for place, told in self.told if name in told)
