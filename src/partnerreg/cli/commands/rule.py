"""`partnerreg rule`."""

from typing import Annotated

from partnerreg.cli.declare import Argument
from partnerreg.cli.options import Common

EXAMPLES = (("rule PR203", "one rule"), ("rule", "all of them"))


def run(
    common: Common,
    code: Annotated[
        str | None,
        Argument(help="A rule's code or name; all rules without it.", metavar="CODE"),
    ] = None,
) -> int:
    """What a rule checks and why, with a bad and a good example."""
    from partnerreg.cli.output import RENDERERS, chosen_format, put, write
    from partnerreg.reports.rules import page_text, rule_page, rule_pages

    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    if code and style == "table":
        write(page_text(code), common.output)
    else:
        put(rule_page(code) if code else rule_pages(), style, common)
    return 0
