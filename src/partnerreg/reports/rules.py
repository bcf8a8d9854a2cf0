"""Report `rule`: all rules in a table, or one rule's page."""

from partnerreg.base.errors import Failure
from partnerreg.base.suggest import nearest
from partnerreg.checks.pages import pages
from partnerreg.checks.rule import Page
from partnerreg.output.report import Report, Table, columns

_COLUMNS = "code name severity summary"


def rule_pages() -> Report:
    """Return every rule with the first sentence of its page."""
    rows = [
        (one.code, one.name, one.severity, one.text.split("\n", 1)[0]) for one in pages().values()
    ]
    return Report("Rules", Table(columns(_COLUMNS), tuple(rows)))


def rule_page(code: str) -> Report:
    """Return one rule as a row with its whole page."""
    page = found(code)
    row = (page.code, page.name, page.severity, page.text.split("\n", 1)[0], page.text)
    return Report(f"{page.code} {page.name}", Table(columns(f"{_COLUMNS} text"), (row,)))


def page_text(code: str) -> str:
    """Return one rule's page as people read it."""
    page = found(code)
    return f"{page.code} {page.name} ({page.severity})\n\n{page.text.strip()}\n"


def found(code: str) -> Page:
    """Return a page by code or name; raises `Failure` (2) where there is none."""
    known = pages()
    for page in known.values():
        if code.upper() == page.code or code.lower() == page.name:
            return page
    near = nearest(code.upper(), tuple(known)) or nearest(
        code, tuple(p.name for p in known.values())
    )
    hint = f"did you mean {near}?" if near else "partnerreg rule names them all"
    raise Failure(f"there is no rule {code}", hint=hint)
