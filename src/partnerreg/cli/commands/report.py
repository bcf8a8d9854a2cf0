"""`partnerreg report`."""

from pathlib import Path
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
    narrowing: Narrowing,
    output: Annotated[
        Path | None,
        Option(
            "-o",
            "--output",
            help="FILE.html, or a folder for pages with stable addresses.",
            metavar="FILE",
            readable=False,
        ),
    ] = None,
    lang: Annotated[str, Option(help="en, sv or pl: the page's words.", metavar="LANG")] = "en",
    title: Annotated[
        str | None, Option(help="Instead of the registry's title.", metavar="TEXT")
    ] = None,
    public: Annotated[bool, Option("--public", help="Leave contacts and notes out.")] = False,
    registry: Annotated[
        Path | None,
        Option("--registry", help="The registry's folder.", metavar="DIR", readable=False),
    ] = None,
    stage: Annotated[
        list[str] | None, Option(help="The agreement's stage.", metavar="STAGE")
    ] = None,
    rev: Annotated[
        str | None, Option(help="The registry as it was at a git revision.", metavar="REV")
    ] = None,
    as_of: Annotated[
        str | None, Option("--as-of", help="The day to report for.", metavar="DATE")
    ] = None,
    no_cache: Annotated[bool, Option("--no-cache", help="Work everything out anew.")] = False,
) -> int:
    """One page for those who have no terminal."""
    from partnerreg.cli.page import write_page

    common = Common(registry, rev=rev, as_of=as_of, output=output, no_cache=no_cache)
    return write_page(common, narrowing.filters(stage), lang, title, public=public)
