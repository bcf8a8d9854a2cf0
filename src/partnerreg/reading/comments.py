"""Find plain texts that a comment cuts short."""

import re
from collections.abc import Iterator

from partnerreg.base.problems import Span
from partnerreg.reading.scalars import Refused, plain

_HASH = re.compile(r"#\w")
_COMMENT = re.compile(r"[ \t]+#\w")


def cut_short(text: str) -> Iterator[tuple[Span, str]]:
    """Yield each plain text scalar behind which `#` and a letter or digit follow, and its place.

    The file has been read before: nothing about it can fail here.
    """
    if not any(text[found.start() - 1] in " \t" for found in _HASH.finditer(text, 1)):
        return
    from _ruamel_yaml import CParser  # noqa: PLC0415  (slow to import)
    from ruamel.yaml.events import ScalarEvent  # noqa: PLC0415

    get_event = CParser(text.encode("utf-8")).get_event
    while (event := get_event()) is not None:
        if type(event) is ScalarEvent and not event.style:
            start, end = event.start_mark, event.end_mark
            if _COMMENT.match(text, end.index) and _is_text(event.value):
                span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
                yield span, event.value


def _is_text(scalar: str) -> bool:
    try:
        return isinstance(plain(scalar), str)
    except Refused:
        return False
