"""Every finding there is: the pages of reading (PR0xx), of the schema (PR1xx) and of the rules."""

from functools import cache

from partnerreg.checks.pages import READING
from partnerreg.checks.pages_schema import SCHEMA
from partnerreg.checks.rule import Page


@cache
def pages() -> dict[str, Page]:
    """Return every page by its code, in the order of the codes."""
    from partnerreg.checks.rules import RULES  # noqa: PLC0415  (thirty files, needed by few commands)

    every = (*READING, *SCHEMA, *(rule.page for rule in RULES))
    return {page.code: page for page in every}
