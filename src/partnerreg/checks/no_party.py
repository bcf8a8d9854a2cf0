"""Find organisations that pay or receive money and are no party."""

from collections.abc import Iterable, Iterator

from partnerreg.checks.rule import Finding
from partnerreg.model.records import Agreement


def no_parties(
    agreement: Agreement, named: Iterable[tuple[int, str, str | None]], role: str
) -> Iterator[Finding]:
    """Yield the first mention of each organisation that is not among the parties.

    `named` are positions of funding lines, a key there and the organisation that it names, `role`
    what such a party is. A membership's parties are its member and its network too.
    """
    parties = set(agreement.organisations)
    for index, key, organisation in named:
        if organisation and organisation not in parties:
            parties.add(organisation)
            message = f"{organisation} is not among the parties"
            hint = f"add it to parties with the role {role}"
            yield Finding(("funding", "lines", index, key), message, hint)
