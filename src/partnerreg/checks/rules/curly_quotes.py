"""A text in curly quotes.

Word processors turn quotes into curly ones, which mean nothing to YAML: they stay in the text.

Bad:
    title: “Agreement on integration”
Good:
    title: Agreement on integration
"""

from collections.abc import Iterator

from partnerreg.base.plain_data import walk
from partnerreg.checks.rule import Finding, RecordFile

CODE = "PR224"
NAME = "curly-quotes"
SEVERITY = "warning"

_QUOTES = "“”„‟‘’‚"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each text that begins and ends with a curly quote."""
    if not any(quote in file.text for quote in _QUOTES):
        return
    for where, value in walk(file.data):
        if (
            isinstance(value, str)
            and len(value) > 2
            and value[0] in _QUOTES
            and value[-1] in _QUOTES
            and not any(quote in value[1:-1] for quote in _QUOTES)  # “A” and “B” quotes twice
        ):
            yield Finding(
                where,
                "the curly quotes are part of this text",
                "remove them, or put straight quotes around them",
            )
