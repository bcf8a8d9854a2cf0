"""An identifier that its register cannot have given out.

The check digits of Swedish organisation numbers (SE-ON), Polish tax numbers (PL-NIP) and
statistical numbers (PL-REGON) are computed; PL-KRS, SE-SCB and PL-TERYT must have their length.
A Swedish organisation number has a third digit of 2 or more: else it is a person's number.

Bad:
    # organisations/a-club.yaml
    name: A club
    type: association
    identifiers:
      - {scheme: SE-ON, id: "802002-8712"}
Good:
    # organisations/a-club.yaml
    name: A club
    type: association
    identifiers:
      - {scheme: SE-ON, id: "802002-8711"}
"""

from collections.abc import Iterator

from partnerreg.checks.identifiers import problem_of
from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR207"
NAME = "bad-identifier"
SEVERITY = "error"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each identifier whose scheme is known and whose number is impossible."""
    organisation = file.organisation
    if organisation is None:
        return
    for identifier in organisation.identifiers:
        problem = problem_of(identifier.scheme, identifier.id)
        if problem:
            where = ("identifiers", identifier.index, "id")
            yield Finding(where, problem, "copy it again from the register")
