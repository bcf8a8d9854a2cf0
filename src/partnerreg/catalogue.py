"""Every finding there is: the pages of reading (PR0xx), of the schema (PR1xx) and of the rules."""

from functools import cache

from partnerreg.pages_reading import READING
from partnerreg.pages_schema import SCHEMA
from partnerreg.rule import Page


@cache
def pages() -> dict[str, Page]:
    """Return every page by its code, in the order of the codes."""
    from partnerreg.rules import RULES  # noqa: PLC0415  (thirty files, needed by few commands)

    every = (*READING, *SCHEMA, *(rule.page for rule in RULES))
    return {page.code: page for page in every}
