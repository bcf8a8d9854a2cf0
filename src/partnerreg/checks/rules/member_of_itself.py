"""A member of itself.

A membership's member and network are the same organisation.

Bad:
    # memberships/a.yaml
    member: a-town
    network: a-town
    stage: admitted
Good:
    # memberships/a.yaml
    member: a-town
    network: c-network
    stage: admitted
"""

from collections.abc import Iterator

from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR212"
NAME = "member-of-itself"
SEVERITY = "error"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield a membership whose network is its own member."""
    agreement = file.agreement
    if agreement and agreement.member and agreement.member == agreement.network:
        message = f"{agreement.member} would be a member of itself"
        yield Finding(("network",), message, "name the network that it joins")
