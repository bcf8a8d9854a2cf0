"""A text that a number sign cuts short.

In YAML a `#` behind a space begins a comment: what follows it is no part of the text. Where a
letter or a digit follows the `#` at once, the text was probably meant to go on.

Bad:
    title: Agreement #3 on integration
Good:
    title: "Agreement #3 on integration"
"""

from collections.abc import Iterator

from partnerreg.checks.rule import Finding, RecordFile
from partnerreg.reading.comments import cut_short

CODE = "PR223"
NAME = "text-cut-short"
SEVERITY = "warning"


def check(file: RecordFile) -> Iterator[Finding]:
    """Yield each plain text behind which a comment begins with a letter or digit."""
    for span, text in cut_short(file.text):
        yield Finding(
            (),
            f"the text ends before the #: {text[-60:]}",
            "put the whole text in quotes; if it is a comment, write # and a space",
            span=span,
        )
