"""`partnerreg import`."""

from pathlib import Path
from typing import Annotated

from partnerreg.cli.declare import Argument, Option
from partnerreg.cli.options import Common

HEADING = "The import"
EXAMPLES = (
    ("import --suggest members.csv", "a first mapping for a list"),
    ("import registry/imports/members.yaml", "what would become of each row"),
    ("import registry/imports/members.yaml --write", "write it: all rows or none"),
    ("import grants.json", "grants as 360Giving publishes them, without a mapping"),
)


def run(
    common: Common,
    mapping: Annotated[
        Path | None,
        Argument(
            help="The mapping's YAML file, or a 360Giving JSON file.",
            metavar="MAPPING",
            readable=False,
        ),
    ] = None,
    write: Annotated[bool, Option("--write", help="Write the records.")] = False,
    partial: Annotated[
        bool,
        Option("--partial", help="Write the rows that can be taken, if not all can."),
    ] = False,
    update: Annotated[
        list[str] | None,
        Option(help="A field whose hand-written values may be changed.", metavar="FIELD"),
    ] = None,
    suggest: Annotated[
        Path | None,
        Option(
            help="Write a first mapping for a list to standard output.",
            metavar="LIST",
            readable=False,
        ),
    ] = None,
    encoding: Annotated[
        str | None,
        Option(help="With --suggest: the list's encoding, such as cp1252.", metavar="NAME"),
    ] = None,
    sheet: Annotated[
        str | None, Option(help="With --suggest: the sheet of a workbook.", metavar="NAME")
    ] = None,
    header: Annotated[
        int, Option(help="With --suggest: the row of the headings.", metavar="N", min=1)
    ] = 1,
) -> int:
    """Records from a list (CSV, XLSX, 360Giving JSON); a dry run unless --write.

    The same list again changes nothing; a changed cell changes that field; rows that are gone are
    told, and nothing is removed. `partnerreg help import` tells what a mapping says.
    """
    from partnerreg.authoring.importing.mapping import Mapping
    from partnerreg.cli.importing import Wish, import_list, suggest_mapping

    if suggest is not None:
        reading = Mapping(suggest.name, "membership", sheet, header, encoding)
        return suggest_mapping(common, suggest, reading)
    return import_list(common, Wish(mapping, write, partial, tuple(update or ())))
