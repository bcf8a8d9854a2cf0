"""Money comes from an organisation that is no party.

A membership's parties are its member and its network. A funder that is not named among the
parties is easily overlooked by `list --party`.

Bad:
    parties:
      - {organisation: a-town, role: public-partner}
    funding:
      currency: SEK
      lines:
        - {source: b-club, year: 2020, amount: 100}
Good:
    parties:
      - {organisation: a-town, role: public-partner}
      - {organisation: b-club, role: funder}
    funding:
      currency: SEK
      lines:
        - {source: b-club, year: 2020, amount: 100}
"""

from collections.abc import Iterator

from partnerreg.checks.no_party import no_parties
from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR210"
NAME = "source-no-party"
SEVERITY = "warning"
NEEDS = ("parties", "member", "network")


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield the first line of each source that is not among the parties."""
    agreement = file.agreement
    if agreement is None or not agreement.lines:
        return
    named = ((line.index, "source", line.source_organisation) for line in agreement.lines)
    yield from no_parties(agreement, named, "funder")
