"""Messages and hints for what a schema refuses."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

from partnerreg.base.problems import Path, Problem
from partnerreg.base.suggest import nearest
from partnerreg.checks.forms import MOST_LISTED, dates_form, form, is_date, resolved
from partnerreg.checks.schema_engines import Refusal
from partnerreg.checks.spelling_hints import spelling_hint
from partnerreg.reading.document import Document, Twice

_TYPES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "array": "a list",
    "object": "a mapping",
    "boolean": "true or false",
}
_SHORT = 60


def problems(refusal: Refusal, document: Document) -> Iterator[Problem]:
    """Yield a problem for each place that a refusal speaks of."""
    if refusal.is_name:
        if not isinstance(refusal.value, Twice):
            yield _property_name(refusal, document)
    elif refusal.keyword == "additionalProperties":
        yield from _unknown_keys(refusal, document)
    elif refusal.keyword == "required":
        yield from _missing_keys(refusal, document)
    else:
        yield _WORDS.get(refusal.keyword, _other)(refusal, document)


def _unknown_keys(refusal: Refusal, document: Document) -> Iterator[Problem]:
    where = refusal.where
    known = tuple(refusal.part["properties"])
    for key in refusal.value:
        if key not in known and not isinstance(key, Twice):
            near = nearest(key, known)
            hint = f"did you mean {near}?" if near else f"known keys here: {', '.join(known)}"
            owner = _owner_of(key, refusal.part) if not near or not _is_slip(key, near) else None
            if owner:
                hint = f"{key} belongs under {owner}: indent it by two spaces more"
            if key[:1].isdigit():
                hint = "a comma parts values within braces: put the text before it in quotes"
            span = document.span((*where, key), key=True)
            yield Problem(span, "PR101", f"unknown key {_short(key)}", hint, (*where, key))


def _is_slip(key: str, near: str) -> bool:
    """Whether two keys differ by a letter or two only."""
    return (
        abs(len(key) - len(near)) <= 1 and sum(a != b for a, b in zip(key, near, strict=False)) < 2
    )


def _owner_of(key: str, schema: dict[str, Any]) -> str | None:
    """Return the mapping beside a key that should hold it."""
    for name, value in schema["properties"].items():
        found = resolved(value) if isinstance(value, dict) else {}
        if key in found.get("properties", {}):
            return str(name)
    return None


def _missing_keys(refusal: Refusal, document: Document) -> Iterator[Problem]:
    where = refusal.where
    known = tuple(refusal.part["properties"])
    # Below the top a missing key must stay told: by it the whole entry is left out.
    slips = {nearest(key, known) for key in refusal.value if key not in known and not where}
    for missing in refusal.limit:
        # A key that is misspelt is told as an unknown one.
        if missing not in refusal.value and missing not in slips:
            message = f"{missing} is missing{_in(where)}"
            hint = f"add {missing}: {form(missing, refusal.part['properties'].get(missing, {}))}"
            yield Problem(_parent(where, document), "PR102", message, hint, where)


def _wrong_type(refusal: Refusal, document: Document) -> Problem:
    where = refusal.where
    wanted = refusal.limit
    wanted = [wanted] if isinstance(wanted, str) else wanted
    names = " or ".join(_TYPES[name] for name in wanted)
    found = refusal.value
    name = _name(where)
    message = f"{name} must be {names}, not {_kind_of(found)}"
    hint = None
    if is_date(refusal.part):
        hint = f"write {dates_form(refusal.part)}"
    elif name == "from" and "integer" in wanted:
        message = f"from is a year here, not {_kind_of(found)}"
        hint = "write a year, as in from: 2022; for contract years use per: term with dates"
    elif "integer" in wanted and isinstance(found, Decimal):
        hint = "write a whole number"
    elif "string" in wanted and isinstance(found, bool | int | Decimal):
        text = str(found).lower() if isinstance(found, bool) else str(found)
        hint = f'put it in quotes: "{text}"'
        if isinstance(found, bool):
            hint = f'write the text that is meant; "{text}" in quotes if it is that word'
    elif "string" not in wanted and isinstance(found, str) and found.isdecimal():
        hint = f"write {found} without quotes"
    elif "object" in wanted:
        hint = f"write {form(name, refusal.part, found)}"
    elif "array" in wanted:
        hint = "write a list: a line that begins with - for each"
    return Problem(document.span(where), "PR103", message, hint, where)


def _not_listed(refusal: Refusal, document: Document) -> Problem:
    where = refusal.where
    codes = tuple(map(str, refusal.limit))
    found = str(refusal.value)
    near = nearest(found.lower(), tuple(code.lower() for code in codes))
    near = next((code for code in codes if code.lower() == near), None)
    listing = f"known values: {', '.join(codes)}"
    if len(codes) > MOST_LISTED:
        listing = f"write a code, such as {' or '.join(map(str, refusal.part['examples'][:2]))}"
    hint = f"did you mean {near}?" if near else listing
    name = str(refusal.part.get("title", "")).lower() or _name(where)
    message = f"{_short(found)} is not a known {name}"
    return Problem(document.span(where), "PR104", message, hint, where)


def _pattern(refusal: Refusal, document: Document) -> Problem:
    where = refusal.where
    rule = refusal.part.get("patternErrorMessage", "is not written as it should be")
    message = f"{_name(where)}: {_short(str(refusal.value))} {rule.partition(': ')[0]}"
    hint = spelling_hint(where, str(refusal.value)) or rule.partition(": ")[2] or None
    return Problem(document.span(where), "PR105", message, hint, where)


def _property_name(refusal: Refusal, document: Document) -> Problem:
    where = refusal.where
    key = str(refusal.value)
    rule = refusal.part.get("patternErrorMessage", "is not a key that is allowed here")
    message, _, hint = rule.partition(": ")
    span = document.span((*where, key), key=True)
    return Problem(span, "PR105", f"the key {_short(key)} {message}", hint or None, (*where, key))


def _range(refusal: Refusal, document: Document) -> Problem:
    where = refusal.where
    bound = refusal.limit
    words = {
        "minimum": f"must be {bound} or more",
        "maximum": f"must be {bound} or less",
        "minLength": "must not be empty" if bound == 1 else f"needs at least {bound} characters",
        "maxLength": f"must not be longer than {bound} characters",
        "minItems": f"needs at least {bound} entry",
        "maxItems": f"has more than {bound} entries",
    }[refusal.keyword]
    hint = spelling_hint(where, str(refusal.value))
    if refusal.keyword == "minLength" and bound == 1:
        hint = "remove the key where there is nothing to say"
    return Problem(document.span(where), "PR106", f"{_name(where)} {words}", hint, where)


def _choice(refusal: Refusal, document: Document) -> Problem:
    where = refusal.where
    rule = refusal.part.get("errorMessage", "fits none of the forms that are allowed here")
    message, _, hint = rule.partition(": ")
    return Problem(
        _parent(where, document), "PR107", f"{_thing(where)} {message}", hint or None, where
    )


def _other(refusal: Refusal, document: Document) -> Problem:
    where = refusal.where
    return Problem(
        document.span(where),
        "PR107",
        f"{_name(where)} breaks the schema's {refusal.keyword}",
        None,
        where,
    )


_WORDS: dict[str, Callable[[Refusal, Document], Problem]] = {
    "type": _wrong_type,
    "enum": _not_listed,
    "const": _not_listed,
    "pattern": _pattern,
    "minimum": _range,
    "maximum": _range,
    "minLength": _range,
    "maxLength": _range,
    "minItems": _range,
    "maxItems": _range,
    "oneOf": _choice,
    "anyOf": _choice,
}


def _name(where: Path) -> str:
    """Return the key that a value stands under; a list's items go by the list's key."""
    keys = [step for step in where if isinstance(step, str)]
    return _short(keys[-1]) if keys else "the record"


def _in(where: Path) -> str:
    return f" in {_thing(where)}" if where else ""


def _thing(where: Path) -> str:
    """Return what a whole mapping is called: by its key, or as an entry of a list."""
    entry = bool(where) and isinstance(where[-1], int)
    return f"this entry of {_name(where)}" if entry else _name(where)


def _parent(where: Path, document: Document) -> Any:
    """Return where a missing key is reported: at the key that should hold it, or the item."""
    return document.span(where, key=True)


def _kind_of(found: object) -> str:
    for types, words in (
        (bool, "true or false"),
        (int, "a number"),
        (Decimal, "a number"),
        (str, "text"),
        (list, "a list"),
        (dict, "a mapping"),
    ):
        if isinstance(found, types):
            return words
    return "this"


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
