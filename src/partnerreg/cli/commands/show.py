"""`partnerreg show`."""

from typing import Annotated

from partnerreg.cli.declare import Argument
from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common

EXAMPLES = (
    ("show umea-van-i-umea", "an agreement"),
    ("show umea-kommun", "an organisation: what it gives and receives, in what it takes part"),
)


def run(
    common: Common,
    record: Annotated[
        str, Argument(help="The id of an agreement or an organisation.", metavar="ID")
    ],
) -> int:
    """One record in full."""
    from partnerreg.cli.output import RENDERERS, chosen_format, put
    from partnerreg.reports.show import show

    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    report = show(open_registry(common).registry, common.day, record)
    put(report, style, common)
    return 1 if report.failed else 0
