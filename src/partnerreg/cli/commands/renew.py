"""`partnerreg renew`."""

from typing import Annotated

from partnerreg.cli.declare import Argument, Option
from partnerreg.cli.options import Asking, Common

HEADING = "The follow-up"
EXAMPLES = (
    ("renew uppsala-roda-korset --dry-run", "what the next term would be"),
    ("renew uppsala-roda-korset --stage planned --copy-funding --dry-run", "with its money"),
)


def run(
    common: Common,
    asking: Asking,
    record: Annotated[str, Argument(help="The agreement that goes on.", metavar="ID")],
    start: Annotated[
        str | None,
        Option(help="The day after the effective end without it.", metavar="DATE"),
    ] = None,
    end: Annotated[str | None, Option(help="As long as before without it.", metavar="DATE")] = None,
    identity: Annotated[
        str | None,
        Option("--id", help="The new id; made of the title without it.", metavar="ID"),
    ] = None,
    stage: Annotated[
        str | None, Option(help="planned, where it is not agreed yet.", metavar="STAGE")
    ] = None,
    copy_funding: Annotated[
        bool, Option("--copy-funding", help="Its money too, moved by the term.")
    ] = False,
) -> int:
    """The agreement that follows another: parties, form and terms, no decisions or documents."""
    from partnerreg.cli.changing import FollowUp, renew_agreement

    wish = FollowUp(start, end, identity, stage, copy_funding)
    return renew_agreement(common, asking, record, wish)
