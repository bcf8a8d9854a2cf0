"""`partnerreg end`."""

from typing import Annotated

from partnerreg.cli.declare import Argument, Option
from partnerreg.cli.options import Asking, Common

HEADING = "The end"
EXAMPLES = (
    ("end umea-van-i-umea --date 2022-06-30 --reason terminated", "an agreement that was ended"),
)


def run(
    common: Common,
    asking: Asking,
    record: Annotated[str, Argument(help="The agreement's id.", metavar="ID")],
    date: Annotated[
        str | None, Option(help="The last day on which it holds; or unknown.", metavar="DATE")
    ] = None,
    reason: Annotated[
        str | None,
        Option(help="terminated, withdrew, excluded, replaced, merged or other.", metavar="REASON"),
    ] = None,
    note: Annotated[str | None, Option(help="In your own words.", metavar="TEXT")] = None,
) -> int:
    """An agreement that somebody ended before its time."""
    from partnerreg.cli.changing import end_agreement

    return end_agreement(common, asking, record, {"date": date, "reason": reason, "note": note})
