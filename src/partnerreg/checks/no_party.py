"""Find organisations that pay or receive money and are no party."""

from collections.abc import Iterable, Iterator

from partnerreg.base.problems import Path
from partnerreg.checks.rule import Finding
from partnerreg.model.records import Agreement


def no_parties(
    agreement: Agreement, named: Iterable[tuple[Path, str | None]], role: str
) -> Iterator[Finding]:
    """Yield the first mention of each organisation that is not among the parties.

    `named` are places in the record and the organisations named there, `role` what such a party
    is. A membership's parties are its member and its network too.
    """
    parties = set(agreement.organisations)
    for where, organisation in named:
        if organisation and organisation not in parties:
            parties.add(organisation)
            message = f"{organisation} is not among the parties"
            yield Finding(where, message, f"add it to parties with the role {role}")
