"""`partnerreg report`."""

from typing import Annotated

from partnerreg.cli.declare import Option
from partnerreg.cli.options import Common, Narrowing

HEADING = "The page"
EXAMPLES = (
    ("report -o registry.html", "one file, to send or to put on a site"),
    ("report -o site/ --lang sv --public", "pages with stable addresses, without contacts"),
    ("report -o culture.html --theme culture --title Culture", "a part of the registry"),
)


def run(
    common: Common,
    narrowing: Narrowing,
    lang: Annotated[str, Option(help="en, sv or pl: the page's words.", metavar="LANG")] = "en",
    title: Annotated[
        str | None, Option(help="Instead of the registry's title.", metavar="TEXT")
    ] = None,
    public: Annotated[bool, Option("--public", help="Leave contacts and notes out.")] = False,
    stage: Annotated[
        list[str] | None, Option(help="The agreement's stage.", metavar="STAGE")
    ] = None,
) -> int:
    """One page for those who have no terminal.

    -o FILE.html is one file, -o DIR/ a folder of pages with stable addresses. The page has every
    note; the only --format is html.
    """
    from partnerreg.cli.page import write_page

    return write_page(common, narrowing.filters(stage), lang, title, public=public)
