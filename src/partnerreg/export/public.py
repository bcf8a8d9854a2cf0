"""A registry without what is not for everybody: contacts, notes, and who is behind them."""

from msgspec.structs import replace

from partnerreg.model.parts import Funding
from partnerreg.model.records import Agreement, Organisation
from partnerreg.model.registry import Registry


def for_the_public(registry: Registry) -> Registry:
    """Return the registry without contacts, notes of any kind, and accepted warnings."""
    return replace(
        registry,
        agreements=tuple(map(_agreement, registry.agreements)),
        organisations={key: _organisation(one) for key, one in registry.organisations.items()},
    )


def _agreement(one: Agreement) -> Agreement:
    return replace(
        one,
        contacts=(),
        notes=None,
        accepted=(),
        ended=replace(one.ended, note=None) if one.ended else None,
        suspended=tuple(replace(each, note=None) for each in one.suspended),
        funding=_funding(one.funding) if one.funding else None,
    )


def _funding(funding: Funding) -> Funding:
    return replace(
        funding,
        budget=tuple(replace(row, note=None) for row in funding.budget),
        lines=tuple(replace(line, note=None) for line in funding.lines),
    )


def _organisation(one: Organisation) -> Organisation:
    return replace(one, notes=None, accepted=())
