"""Write the funding as a journal for hledger: balances of the sources are the totals."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from partnerreg.base.printable import clean
from partnerreg.export.schema import Table
from partnerreg.model.money import plain


def hledger_journal(tables: Sequence[Table], as_of: date) -> bytes:
    """Return a journal: a transaction for each amount, every account and currency declared.

    `source:` accounts hold what each source pays (agreed and paid), `planned:` what is planned;
    the year's first day is the date. A sum without a year has the first day that the agreement may
    have begun, else the as-of day, and the tag `noyear`.
    """
    by_name = {table.name: table for table in tables}
    rows = by_name["funding"].to_dicts()
    agreements = {row["id"]: row for row in by_name["agreements"].to_dicts()}
    entries = [_entry(row, agreements[row["agreement"]], as_of) for row in rows]
    entries.sort(key=lambda one: one[0])
    accounts = sorted({account for _, used, _ in entries for account in used})
    currencies = sorted({str(row["currency"]) for row in rows})
    lines = [
        "; Made by partnerreg. Each amount goes from its source to its recipient.",
        *(f"commodity 1,000.{'0' * _digits(code)} {code}" for code in currencies),
        *(f"account {account}" for account in accounts),
        "",
        *(line for _, _, text in entries for line in text),
    ]
    return ("\n".join(lines).rstrip("\n") + "\n").encode("utf-8")


Entry = tuple[tuple[str, str, int], tuple[str, str], list[str]]


def _entry(row: dict[str, object], agreement: dict[str, object], as_of: date) -> Entry:
    year, amount, currency = row["year"], row["amount"], str(row["currency"])
    assert isinstance(amount, Decimal | int)
    first = agreement["start_first"]
    day = f"{year}-01-01" if year else (first if isinstance(first, date) else as_of).isoformat()
    kind = str(row["kind"] or "not stated")
    head = "planned" if row["stage"] == "planned" else "source"
    source = _account(head, row["source"], row["unit"], kind)
    recipient = _account("recipient", row["recipient"], None, kind)
    text = plain(Decimal(amount), currency)
    tags = [f"file:{row['file']}", f"line:{row['line']}", *([] if year else ["noyear:"])]
    lines = [
        f"{day} ({row['agreement']}) {_words(str(agreement['title']))}  ; {', '.join(tags)}",
        f"    {source}  {text} {currency}",
        f"    {recipient}  {plain(-Decimal(amount), currency)} {currency}",
        "",
    ]
    position = row["position"]
    assert isinstance(position, int)
    return (day, str(row["agreement"]), position), (source, recipient), lines


def _account(head: str, organisation: object, unit: object, kind: str) -> str:
    parts = [head, str(organisation or "not attributed")]
    return ":".join([*parts, *([str(unit)] if unit else []), kind])


def _words(text: str) -> str:
    """Return text for a description, where a semicolon or a bar would mean something."""
    return clean(text).replace(";", ",").replace("|", "/").replace("\n", " ")


def _digits(currency: str) -> int:
    return len(plain(Decimal(0), currency).partition(".")[2])
