"""`partnerreg init`."""

from pathlib import Path
from typing import Annotated

from partnerreg.cli.declare import Argument, Option
from partnerreg.cli.options import Asking, Common

HEADING = "The registry"
EXAMPLES = (
    ("init --title 'Our partnerships' --currency SEK", "here"),
    ("init partnerships --example --ci github", "in a folder, with an example and a pipeline"),
)


def run(
    common: Common,
    asking: Asking,
    folder: Annotated[Path | None, Argument(help="Where; here without it.", metavar="DIR")] = None,
    title: Annotated[
        str | None, Option(help="What the registry is called.", metavar="TEXT")
    ] = None,
    currency: Annotated[
        str | None,
        Option(help="Meant where funding names none, such as SEK.", metavar="CUR"),
    ] = None,
    example: Annotated[bool, Option("--example", help="Add a few records as an example.")] = False,
    ci: Annotated[
        str | None, Option(help="A pipeline for github or gitlab.", metavar="FORGE")
    ] = None,
) -> int:
    """A registry of your own: settings, folders, schemas for your editor.

    It adds what is missing and overwrites nothing.
    """
    from partnerreg.authoring.starting import PIPELINES
    from partnerreg.cli.founding import Foundation, found
    from partnerreg.model.codelists import codes
    from partnerreg.reports.arguments import known_value

    if ci:
        known_value("--ci", ci, tuple(PIPELINES))
    if currency:
        currency = known_value("--currency", currency.upper(), codes("currency"), "such as SEK")
    given = any((title, currency, example, ci))
    ask = asking.may_ask and not given
    wish = Foundation(folder or Path(), title, currency, example, ci, ask, asking.dry_run)
    return found(common, wish)
