"""The data set's tables: what each row is, and what each column holds.

Names need no quotes in SQLite, DuckDB, Spark and Trino. Dates come as recorded text and, where it
is useful, as first and last day; money is exact, in the row's currency.
"""

from datetime import date
from decimal import Decimal
from typing import Any, Literal

from msgspec import Struct

Type = Literal["text", "integer", "boolean", "date", "money"]
Value = str | int | bool | Decimal | date | None
Row = tuple[Value, ...]


class Field(Struct, frozen=True):
    """A column: its name, what it holds, and of which table's first column it is the key."""

    name: str
    type: Type
    text: str
    of: str = ""


class Table(Struct, frozen=True):
    """A table: what a row is, its columns, how many of them are its key, and its rows."""

    name: str
    text: str
    fields: tuple[Field, ...]
    key: int
    rows: tuple[Row, ...] = ()

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return a dict a row."""
        names = [field.name for field in self.fields]
        return [dict(zip(names, row, strict=True)) for row in self.rows]


def _fields(text: str) -> tuple[Field, ...]:
    """Return columns written a line each: name, type, what it holds, and `-> table`."""
    made = []
    for line in filter(None, map(str.strip, text.splitlines())):
        head, _, target = line.partition(" -> ")
        name, kind, words = head.split(" ", 2)
        made.append(Field(name, kind, words, target))  # type: ignore[arg-type]
    return tuple(made)


_SPECS = (
    (
        "organisations",
        "An organisation; one that is named but absent or invalid is not known.",
        1,
        """
        id text The name of its file.
        name text Its official name; its id where it is not known.
        type text What kind of organisation it is.
        country text ISO 3166-1 alpha-2.
        part_of text The organisation that it belongs to.
        website text Its web site.
        dissolved text The last day on which it existed, as recorded.
        known boolean Whether the registry has a valid file of it.
        file text Its file, below the registry.
        """,
    ),
    (
        "names",
        "Another name of an organisation.",
        0,
        """
        organisation text The organisation. -> organisations
        language text The language's tag; empty for a short, former or everyday name.
        name text The name.
        """,
    ),
    (
        "identifiers",
        "A number of an organisation in a public register.",
        0,
        """
        organisation text The organisation. -> organisations
        scheme text The register: an org-id.guide code.
        identifier text The number.
        """,
    ),
    (
        "units",
        "A board or department of an organisation.",
        2,
        """
        organisation text The organisation. -> organisations
        unit text The unit's slug.
        name text Its name.
        """,
    ),
    (
        "agreements",
        "A partnership or a membership.",
        1,
        """
        id text The name of its file.
        kind text partnership or membership.
        form text A partnership's form.
        title text Its title; of an untitled membership member and network.
        summary text What it is about.
        stage text planned, applied, agreed, admitted, suspended or declined.
        status text Its status on the as-of day.
        start_text text The start as recorded.
        start_first date The first day that it may mean.
        end_text text The end as recorded.
        end_last date The last day that it may mean.
        effective_end date The last day of the term that holds on the as-of day.
        renews boolean Whether that term renews itself.
        latest_end date The last day after every renewal that the record allows.
        earliest_exit date The last day if notice were given on the as-of day.
        notice text How long before the end notice must be given, ISO 8601.
        signed_text text When it was signed, as recorded.
        member text A membership's member. -> organisations
        network text The network that it joined. -> organisations
        category text full, associate or observer.
        responsible text Who looks after it: an organisation, or organisation/unit.
        currency text The currency where an amount names none.
        checked text When it was last held against its documents, as recorded.
        file text Its file, below the registry.
        """,
    ),
    (
        "parties",
        "An organisation that takes part in an agreement.",
        2,
        """
        agreement text The agreement. -> agreements
        position integer Its place in the list, from 1.
        organisation text The organisation. -> organisations
        role text What it takes part as.
        from_text text Since when, as recorded.
        to_text text Until when, as recorded.
        signed_text text When it signed, as recorded.
        """,
    ),
    (
        "party_units",
        "A unit of a party that takes part.",
        0,
        """
        agreement text The agreement. -> agreements
        position integer The party's place in the list, from 1.
        unit text The unit's slug.
        """,
    ),
    (
        "funding",
        "An amount of one year (without a year: of the whole term), or what a budget leaves over.",
        2,
        """
        agreement text The agreement. -> agreements
        position integer The amount's number within the agreement, from 1.
        source text Who pays; empty for a remainder. -> organisations
        unit text The unit of the source that pays.
        source_country text The source's country.
        recipient text Who receives it. -> organisations
        year integer The calendar year; empty for a sum of a whole term.
        currency text ISO 4217.
        kind text cash or in-kind; empty for a remainder of both.
        stage text planned, agreed or paid.
        amount money The amount; negative for a repayment.
        remainder boolean Whether it is what the lines do not explain of a budget.
        repayment boolean Whether the recipient gives it back.
        vat text included, excluded or exempt.
        list_name text lines or budget.
        list_position integer The line's or row's place in that list, from 1.
        stated text The figure as the document writes it.
        bound text exact, about, at-least or at-most.
        document text The title of the document that says so.
        file text The agreement's file.
        line integer The line of the file where the amount stands.
        """,
    ),
    (
        "payments",
        "An instalment of a funding line.",
        3,
        """
        agreement text The agreement. -> agreements
        line_position integer The line's place in the list, from 1.
        position integer The instalment's place in the line, from 1.
        due_text text When it is due, as recorded.
        due_last date The last day that this may mean.
        amount money The amount; empty where it is unknown.
        currency text ISO 4217.
        paid_text text When it was paid, as recorded.
        condition text What must be fulfilled first.
        """,
    ),
    (
        "deadlines",
        "A day by which something ends, renews or falls due, on the as-of day.",
        0,
        """
        agreement text The agreement. -> agreements
        event text end, notice, decide or milestone.
        date date The last day that may be meant.
        earliest date The first day that may be meant.
        precision text day, month or year.
        if_nothing text What happens where nobody acts.
        milestone text The milestone's id.
        responsible text Who looks after it.
        """,
    ),
    (
        "documents",
        "A document that a record rests on.",
        2,
        """
        record text The agreement's or organisation's id.
        id text The reference's id in the record.
        title text Its title.
        publisher text Who published it.
        language text Language tag, BCP 47.
        published_text text When it was published, as recorded.
        url text Its address.
        retrieved_text text When it was last fetched, as recorded.
        """,
    ),
    (
        "decisions",
        "What a board or council decided.",
        2,
        """
        agreement text The agreement. -> agreements
        position integer Its place in the list, from 1.
        date_text text When, as recorded.
        body text Who decided.
        kind text approve, apply, fund, amend, extend or terminate.
        number text The decision's number.
        summary text What was decided.
        end_text text The end that it set, as recorded.
        """,
    ),
    (
        "milestones",
        "What is to be delivered or held.",
        2,
        """
        agreement text The agreement. -> agreements
        id text The milestone's id.
        title text What is to be done.
        kind text report, evaluation, meeting, deliverable, audit or other.
        due_text text By when, as recorded.
        due_last date The last day that this may mean.
        done_text text When it was done, as recorded; empty while it is open.
        responsible text Who looks after it.
        """,
    ),
    (
        "case_numbers",
        "Under which number an organisation keeps the matter.",
        0,
        """
        agreement text The agreement. -> agreements
        organisation text Whose register: an organisation, or organisation/unit.
        number text The number.
        """,
    ),
    (
        "contacts",
        "Whom to ask.",
        0,
        """
        agreement text The agreement. -> agreements
        role text What the contact does.
        name text The person's or desk's name.
        organisation text An organisation, or organisation/unit.
        """,
    ),
    (
        "themes",
        "What an agreement is about.",
        0,
        """
        agreement text The agreement. -> agreements
        theme text The theme.
        """,
    ),
    (
        "labels",
        "An own key and text of a record.",
        2,
        """
        record text The agreement's or organisation's id.
        label text The key.
        text text The text.
        """,
    ),
    (
        "notes",
        "What the figures leave out or read beyond the records.",
        0,
        """
        code text The note's code.
        message text What it says.
        record text The record that it concerns; empty for all.
        """,
    ),
    (
        "meta",
        "What the data set is.",
        1,
        """
        key text What is told.
        value text What it is.
        """,
    ),
)
SCHEMA: tuple[Table, ...] = tuple(
    Table(name, text, _fields(fields), key) for name, text, key, fields in _SPECS
)
"""The tables without their rows."""
