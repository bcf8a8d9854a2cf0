"""Where the page tells of a record: only what it shows can be led to."""

from collections.abc import Iterable

from msgspec import Struct

from partnerreg.model.records import Agreement, Organisation


class Links(Struct, frozen=True):
    """Anchors such as `agreement/<id>`: of agreements by path and id, of organisations by id.

    `labels` are names, of units too, that stand for one organisation alone.
    """

    paths: dict[str, str]
    agreements: dict[str, str]
    organisations: frozenset[str]
    labels: dict[str, str]

    def of(self, agreement: Agreement) -> str:
        """Return an agreement's anchor; nothing where the page does not show it."""
        return self.paths.get(agreement.path, "")

    def agreement(self, identity: str) -> str:
        """Return the anchor of the agreement of an id; nothing where the page shows none."""
        return self.agreements.get(identity, "")

    def organisation(self, identity: str) -> str:
        """Return an organisation's anchor; nothing where the page does not show it."""
        return f"organisation/{identity}" if identity in self.organisations else ""

    def labelled(self, label: str) -> str:
        """Return the anchor of the only organisation that a label may stand for."""
        return self.labels.get(label, "")


def links(agreements: Iterable[Agreement], organisations: Iterable[Organisation]) -> Links:
    """Return the anchors of what a page shows; an id that is used twice has two."""
    paths: dict[str, str] = {}
    by_id: dict[str, str] = {}
    for one in agreements:
        again = f"~{len(paths)}" if one.id in by_id else ""
        paths[one.path] = f"agreement/{one.id}{again}"
        by_id.setdefault(one.id, paths[one.path])
    shown = tuple(organisations)
    labels: dict[str, str] = {}
    twice: set[str] = set()
    for each in shown:
        units = (f"{each.name} / {unit.name}" for unit in each.units.values())
        for label in {each.name, *units}:
            if label in labels:
                twice.add(label)
            labels[label] = f"organisation/{each.id}"
    for label in twice:
        del labels[label]
    return Links(paths, by_id, frozenset(one.id for one in shown), labels)
