"""Plain data to budget rows and funding lines."""

from decimal import Decimal

from partnerreg.model import dates
from partnerreg.model.build_values import Data, date_of, shared
from partnerreg.model.funding_lines import Line, Money, When


def _when(data: Data) -> When:
    if "year" in data:
        return When(year=int(data["year"]))
    # In a line, `to` may instead name the recipient; a date is told by its shape.
    to = date_of(data, "to") if dates.LOOKS_LIKE_DATE(str(data.get("to", ""))) else None
    return When(per=data.get("per"), from_=date_of(data, "from"), to=to)


def budget_row(index: int, data: Data, currency: str | None) -> Money:
    """Return a budget row; `currency` is meant where it names none."""
    return Money(
        index,
        _when(data),
        _amount(data),
        shared(data.get("currency", currency)),
        data.get("kind"),
        data.get("stated"),
        data.get("bound", "exact"),
        shared(data.get("reference")),
        data.get("note"),
    )


def funding_line(index: int, data: Data, currency: str | None, recipient: str | None) -> Line:
    """Return a funding line; `currency` and `recipient` are meant where it names none."""
    source, _, unit = data["source"].partition("/")
    to = str(data.get("to", ""))
    names_nobody = to in {"", "unknown", "open"} or dates.LOOKS_LIKE_DATE(to)
    named = None if names_nobody else to
    return Line(
        index,
        _when(data),
        _amount(data),
        shared(data.get("currency", currency)),
        shared(data.get("kind", "cash")),
        data.get("stated"),
        data.get("bound", "exact"),
        shared(data.get("reference")),
        data.get("note"),
        source=shared(source),
        unit=shared(unit) or None,
        recipient=data.get("recipient") or named or recipient,
        stage=shared(data.get("stage", "agreed")),
        what=data.get("what"),
        recipient_key="recipient" if "recipient" in data else "to",
    )


def _amount(data: Data) -> Decimal | None:
    amount = data["amount"]
    return None if isinstance(amount, str) else Decimal(amount)
