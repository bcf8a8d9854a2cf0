"""Refuse bytes that must not be parsed: size, encoding, forbidden characters."""

from partnerreg.base.limits import FORBIDDEN, MAX_BYTES, MAX_PROBLEMS
from partnerreg.base.problems import Problem, Span

_MARKS = {
    b"\xef\xbb\xbf": "a byte order mark",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}


# Line ends, tab, ASCII, and in UTF-8 what follows C3 to D7: Latin, Greek, Cyrillic, Hebrew.
_HARMLESS = bytes((9, 10, *range(0x20, 0x7F), *range(0x80, 0xC0), *range(0xC3, 0xD8)))


def refusals(raw: bytes) -> tuple[Problem, ...]:
    """Return why `raw` must not be parsed; nothing where it may."""
    if len(raw) > MAX_BYTES:
        message = f"the file has more than {MAX_BYTES} bytes"
        return (Problem(Span(), "PR008", message, "one record a file, facts only"),)
    for mark, name in _MARKS.items():
        if raw.startswith(mark):
            hint = "save the file as UTF-8 without a byte order mark"
            return (Problem(Span(), "PR005", f"the file begins with {name}", hint),)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        message = f"byte 0x{raw[error.start]:02X} is not UTF-8"
        return (Problem(_point(before), "PR005", message, "save the file as UTF-8"),)
    # Most files have no byte that even begins a forbidden character: one quick look says so.
    return tuple(_forbidden(text)) if raw.translate(None, _HARMLESS) else ()


def _forbidden(text: str) -> list[Problem]:
    problems: list[Problem] = []
    for found in FORBIDDEN.compiled.finditer(text):
        message = f"the character U+{ord(found[0][0]):04X} is not allowed"
        hint = "remove it: it is a control, a direction mark or a line separator"
        problems.append(Problem(_point(text[: found.start()]), "PR006", message, hint))
        if len(problems) >= MAX_PROBLEMS:
            break
    return problems


def _point(before: str) -> Span:
    """Return the place right behind the text `before`."""
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return Span(line, column, line, column + 1)
