"""The same id twice in one list.

References and milestones are told apart by their ids.

Bad:
    references:
      - {id: press, title: First press release}
      - {id: press, title: Second press release}
Good:
    references:
      - {id: press, title: First press release}
      - {id: press-2, title: Second press release}
"""

from collections.abc import Iterable, Iterator

from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.model.parts import Milestone, Reference

CODE = "PR220"
NAME = "duplicate-list-id"
SEVERITY = "error"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield the later of two entries with one id."""
    lists: list[tuple[str, Iterable[Reference | Milestone]]] = [
        ("references", file.record.references)
    ]
    if file.agreement:
        lists.append(("milestones", file.agreement.milestones))
    for name, entries in lists:
        seen: set[str] = set()
        for entry in entries:
            if entry.id in seen:
                message = f"the id {entry.id} stands twice under {name}"
                yield Finding((name, entry.index, "id"), message, "give it an id of its own")
            seen.add(entry.id)
