"""Find the organisation that a text names: by its id, or by a name that is equal."""

from collections import defaultdict
from collections.abc import Iterable

from partnerreg.base.collation import folded
from partnerreg.base.suggest import nearest
from partnerreg.model.records import Organisation


class Names:
    """The organisations by id and by every name they go by; case and accents do not matter."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self.ids: set[str] = set()
        self._by_name: dict[str, list[str]] = defaultdict(list)
        for one in organisations:
            self.add(one.id, one.all_names)

    def add(self, identity: str, names: Iterable[str]) -> None:
        """Take in one organisation."""
        self.ids.add(identity)
        for name in dict.fromkeys(map(folded, names)):
            self._by_name[name].append(identity)

    def named(self, text: str) -> tuple[str, ...]:
        """Return the ids that a text stands for: itself, or of those of that very name."""
        if text in self.ids:
            return (text,)
        return tuple(dict.fromkeys(self._by_name.get(folded(text), ())))

    def like(self, text: str) -> str | None:
        """Return the id whose name is most like a text: to be asked for, never to be taken."""
        near = nearest(folded(text), tuple(self._by_name))
        return self._by_name[near][0] if near else None

    def beginning(self, text: str) -> list[str]:
        """Return the ids that begin with a text, or whose organisation's name does."""
        wanted = folded(text)
        found = {identity for identity in self.ids if identity.startswith(text)}
        for name, ids in self._by_name.items():
            if name.startswith(wanted):
                found.update(ids)
        return sorted(found)
