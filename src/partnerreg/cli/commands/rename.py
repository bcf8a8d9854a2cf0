"""`partnerreg rename`."""

from typing import Annotated

from partnerreg.cli.declare import Argument
from partnerreg.cli.options import Asking, Common

EXAMPLES = (
    ("rename umea-kommun umea --dry-run", "an organisation, wherever it is named"),
    (
        "rename uppsala-kommun/kulturnamnden uppsala-kommun/kultur --dry-run",
        "a unit of one",
    ),
)


def run(
    common: Common,
    asking: Asking,
    old: Annotated[str, Argument(help="The id; or ORG/UNIT.", metavar="OLD")],
    new: Annotated[str, Argument(help="The new id; or ORG/UNIT.", metavar="NEW")],
) -> int:
    """An id changed everywhere: the file's name, and every place that names it.

    Comments, layout and every other text stay. It is done for all files or for none.
    """
    from partnerreg.cli.changing import rename_record

    return rename_record(common, asking, old, new)
