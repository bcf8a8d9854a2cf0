"""Write a first mapping for a list: what its headings tell, and the rest as comments."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from partnerreg.authoring.compose import composed
from partnerreg.authoring.importing.mapping import Mapping
from partnerreg.authoring.importing.table import Row, Rows
from partnerreg.base.collation import folded

_WORDS: dict[str, tuple[str, ...]] = {
    "name": (
        *("organisation", "organization", "name", "member", "municipality", "medlem", "kommun"),
        *("namn", "organisation name", "recipient", "nazwa", "gmina", "miasto", "czlonek", "city"),
    ),
    "code": (
        *("kommunkod", "municipality code", "code", "kod", "orgnr", "organisationsnummer"),
        *("organisation number", "id", "krs", "regon", "nip", "teryt", "org nr", "kod teryt"),
    ),
    "country": ("country", "country code", "land", "landkod", "kraj", "kod kraju"),
    "date": (
        *("date", "joined", "admitted", "date of adhesion", "adhesion", "anslot", "datum"),
        *("inträde", "medlem sedan", "data przystapienia", "data", "member since", "start date"),
    ),
    "amount": (
        *("amount", "fee", "sum", "belopp", "avgift", "kwota", "skladka", "bidrag", "dotacja"),
        *("medlemsavgift", "grant", "amount awarded"),
    ),
    "title": ("title", "titel", "tytul", "rubrik", "project", "projekt", "avtal", "umowa"),
    "start": ("start", "start date", "from", "startdatum", "fran", "od", "poczatek"),
    "end": ("end", "end date", "to", "slutdatum", "till", "do", "koniec"),
}
_NUMBERS_OF_CASES = r"(?i)\bid\b|diari|\bdnr|\bref|case|nummer|ärende|sprawa"
_SCHEMES = {
    "SE-SCB": (r"(?i)kommunkod|municipality.?code", 4),
    "SE-ON": (r"(?i)org\.?.?nr|organisationsnummer", None),
    "PL-TERYT": (r"(?i)teryt", 7),
    "PL-KRS": (r"(?i)\bkrs\b", 10),
    "PL-NIP": (r"(?i)\bnip\b", None),
}


def suggested(rows: Rows, source: str, reading: Mapping) -> bytes:
    """Return a mapping's file for a list that was read as `reading` says.

    What could not be told from the headings stands below as comments, with the first values.
    """
    headings = rows.headings
    left = list(headings)

    def take(what: str) -> str | None:
        found = _heading(what, left)
        if found:
            left.remove(found)
        return found

    asked: list[str] = []
    start, end, country = take("start"), take("end"), take("country")
    into = "partnership" if (start and end) or _heading("title", left) else "membership"
    name, code = take("name"), take("code")
    data: dict[str, Any] = {"from": source, "into": into}
    header = reading.header if reading.header > 1 else None
    read_as = {"sheet": reading.sheet, "header": header, "encoding": reading.encoding}
    data |= {name: value for name, value in read_as.items() if value}
    order = _order(rows, [start, end, _heading("date", left)])
    if order:
        data["date"] = order
    if _has_commas(rows, _heading("amount", left)):
        data["decimal"] = ","
    if code and into == "partnership" and re.search(_NUMBERS_OF_CASES, code):
        data["key"] = {"column": code}
    elif into == "partnership":
        asked.append("key: {column: WHICH}    the column of the agreement's own number")
        left += [code] if code else []
    elif code and (found := _key(code)):
        data["key"] = found
    elif code:
        asked.append(f"key: {{scheme: WHICH-REGISTER, column: {code}}}")
        left.append(code)
    organisation = {"type": "=municipality" if _are_municipalities(code, name) else None}
    if into == "membership":
        organisation = {"name": name, **organisation}
        if not name:
            asked.append("organisation: {name: WHICH-COLUMN}")
    elif name:
        data["parties"] = [{"organisation": name, "role": "=recipient"}]
    else:
        asked.append("parties: [{organisation: WHICH-COLUMN, role: =recipient}]")
    if not organisation["type"]:
        asked.append("organisation: {type: =association}    what those that are not there yet are")
    organisation["country"] = country
    data["organisation"] = {key: text for key, text in organisation.items() if text}
    fields: dict[str, str | None]
    if into == "membership":
        fields = {"admitted": take("date")}
        asked.append("fields: {stage: =admitted}    or a column, with its words under values")
        asked.append("fields: {network: =ID}    the network that this is the list of")
    else:
        fields = {"title": take("title"), "form": "=grant-agreement"}
        fields |= {"period.start": start, "period.end": end}
        asked.append("parties: a party that is the same in each row is {organisation: =ID}")
    data["fields"] = {key: text for key, text in fields.items() if text}
    amount = take("amount")
    if amount and into == "membership":
        asked.append(
            f"lines: [{{source: =member, year: =YYYY, amount: {amount}}}]    of which year"
        )
    elif amount:
        asked.append(f"lines: [{{source: =ID, per: =term, amount: {amount}}}]    who pays")
    data["reference"] = {"id": "list", "title": source}
    raw = composed(data, "import", "A first mapping: look at every line.")
    open_ = ["\n# What the headings do not tell, for you to write above:\n"] if asked else []
    open_ += [f"# {line}\n" for line in asked]
    return raw + "".join([*open_, *_comments(left, rows.rows)]).encode()


def _are_municipalities(*headings: str | None) -> bool:
    return any(re.search("(?i)kommun|municipal|gmin", heading or "") for heading in headings)


def _heading(what: str, headings: Iterable[str]) -> str | None:
    """Return the heading that says what a column holds: by a whole word, the longest first."""
    bare = {re.sub(r"[^a-z0-9]+", " ", folded(one)).strip(): one for one in headings}
    words = [re.sub(r"[^a-z0-9]+", " ", folded(word)).strip() for word in _WORDS[what]]
    for word in words:
        if word in bare:
            return bare[word]
    inside: Callable[[str, str], bool] = lambda word, text: f" {word} " in f" {text} "  # noqa: E731
    for word in sorted(words, key=len, reverse=True):
        for text, heading in bare.items():
            if len(word) > 3 and inside(word, text):
                return heading
    return None


def _key(code: str) -> dict[str, Any] | None:
    for scheme, (pattern, width) in _SCHEMES.items():
        if re.search(pattern, code):
            return {"scheme": scheme, "column": code, **({"width": width} if width else {})}
    return None


def _order(rows: Rows, columns: Sequence[str | None]) -> str | None:
    """Return the order of a date's parts where its values leave no doubt; None where they do."""
    orders = {"YMD", "DMY", "MDY"}
    seen = False
    for row in rows.rows:
        for name in filter(None, columns):
            cell = row.cells.get(name)
            found = re.fullmatch(r"([0-9]{1,4})[-./]([0-9]{1,2})[-./]([0-9]{1,4})", str(cell or ""))
            if not found:
                continue
            seen = True
            first, second = int(found[1]), int(found[2])
            if len(found[1]) == 4:
                orders &= {"YMD"}
            else:
                orders -= {"YMD"}
                orders -= {"MDY"} if first > 12 else set()
                orders -= {"DMY"} if second > 12 else set()
    return next(iter(orders)) if seen and len(orders) == 1 and orders != {"YMD"} else None


def _has_commas(rows: Rows, column: str | None) -> bool:
    """Whether amounts have a decimal comma beyond doubt: one or two digits behind it."""
    cells = [str(row.cells.get(column) or "") for row in rows.rows] if column else []
    return any(re.fullmatch(r"[0-9 \u00a0.]+,[0-9]{1,2}", cell) for cell in cells)


def _comments(left: Sequence[str], rows: Sequence[Row]) -> Iterable[str]:
    if left:
        yield "\n# Columns that nothing was made of, with their first values:\n"
    for name in left:
        values = [str(row.cells[name]) for row in rows if row.cells.get(name) is not None][:3]
        text = f"{name}: {', '.join(values)}"
        yield f"# {re.sub(r'[^ -~ -퟿]', ' ', text)[:90]}\n"
