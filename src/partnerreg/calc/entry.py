"""`Entry`: one amount of one year, what every report of money adds up."""

from datetime import date
from decimal import Decimal

from msgspec import Struct

from partnerreg.model.parts import FundingKind, FundingStage, Line, Money, Payment, Vat
from partnerreg.model.records import Agreement


class Entry(Struct, frozen=True):
    """An amount of one year (None: of the whole term), in its own currency.

    `origin` is the line, or for a remainder the budget row, that it comes from. A remainder has
    no source, and no kind where the budget covers both. A repayment is negative. `payments` are the
    line's instalments that lie in this amount.
    """

    agreement: Agreement
    origin: Money
    year: int | None
    amount: Decimal
    currency: str
    kind: FundingKind | None
    stage: FundingStage
    source: str | None = None
    unit: str | None = None
    recipient: str | None = None
    remainder: bool = False
    payments: tuple[Payment, ...] = ()

    @property
    def vat(self) -> Vat | None:
        """Whether VAT is in it, where the record says so."""
        return self.agreement.vat_of(self.origin)

    @property
    def is_repayment(self) -> bool:
        """Whether the recipient gives this amount back; it is then negative."""
        return isinstance(self.origin, Line) and self.origin.repayment


def span_of(entry: Entry) -> tuple[date | None, date | None]:
    """Return the first and last day (inclusive) of the time that an entry is for, where known.

    Of a year its days; of a sum for a term `from` and `to`, else the agreement's period.
    """
    if entry.year is not None:
        return date(entry.year, 1, 1), date(entry.year, 12, 31)
    return term_of(entry)


def term_of(entry: Entry) -> tuple[date | None, date | None]:
    """Return the first and last day (inclusive) of the term that a sum is for, where known.

    `from` and `to` of the line go before the agreement's period.
    """
    money, agreement = entry.origin, entry.agreement
    first = money.from_.first if money.from_ else agreement.period.start.first
    until = money.until
    last = until.last if until else agreement.end.last
    return first, last
