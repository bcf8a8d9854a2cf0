"""Read a file's bytes to plain data with exact numbers, or say what is wrong with them.

Two readers share the work: `line_reader` takes files of the usual layout, `event_reader` everything
else, and it alone says what is wrong.
"""

from partnerreg.base.problems import Problem
from partnerreg.reading.document import Document
from partnerreg.reading.encoding import refusals
from partnerreg.reading.line_reader import read_lines


def read(raw: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    """Return what `raw` holds and what is wrong with it.

    The document is None where the file cannot be read to its end; where single values are
    refused they are BAD and each has its problem.
    """
    refused = refusals(raw)
    if refused:
        return None, refused
    text = raw.decode("utf-8")
    document = read_lines(raw, text)
    if document is not None:
        return document, ()
    from partnerreg.reading.event_reader import read_events  # noqa: PLC0415  (slow to import)

    return read_events(raw, text)
