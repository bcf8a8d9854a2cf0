"""A personal number stands in a public file.

Swedish personal and coordination numbers and Polish PESEL numbers are recognised by their dates
and check digits, anywhere in the file, comments included. The number itself is not printed. It
stays in git's history: whoever finds one should remove it there too.

Bad:
    notes: "Contact: 811228-9874"
Good:
    notes: "Contact: the office"
"""

from collections.abc import Iterator

from partnerreg.base.problems import Span
from partnerreg.checks.personal_numbers import personal_numbers
from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR208"
NAME = "personal-number"
SEVERITY = "error"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each place of the text that holds a personal number."""
    organisation = file.organisation
    own = organisation.identifiers if organisation else ()
    allowed = frozenset(one.id for one in own if one.scheme != "SE-ON")
    for _, _, name in personal_numbers(file.record.id, ()):
        yield Finding((), f"the file's name is a {name}", "give the record another id")
    for start, end, name in personal_numbers(file.text, allowed):
        before = file.text[:start]
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        yield Finding(
            (),
            f"a {name} stands here",
            "remove it: a public file is no place for it",
            span=Span(line, column, line, column + end - start),
        )
