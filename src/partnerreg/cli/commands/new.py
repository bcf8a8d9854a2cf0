"""`partnerreg new`."""

from pathlib import Path
from typing import Annotated

from partnerreg.cli.declare import Argument, Option
from partnerreg.cli.options import Asking, Common

HEADING = "The record"
EXAMPLES = (
    ("new partnership", "asks for each field"),
    ("new organisation --name 'Vän i Umeå' --type association --country SE", "without a question"),
    (
        (
            "new partnership --title 'A grant' --form grant-agreement --party umea-kommun:funder "
            "--party van-i-umea:recipient --start 2025 --end 2027 "
            "--line 'source=umea-kommun year=2025 amount=500000'"
        ),
        "an agreement with its money",
    ),
    ("new membership --member umea-kommun --network eccar --stage applied", "a membership"),
)
Several = list[str] | None


def _flag(help: str, metavar: str, *names: str):  # type: ignore[no-untyped-def]  # noqa: A002, ANN202
    return Option(*names, help=help, metavar=metavar, show_default=False)


def run(
    common: Common,
    asking: Asking,
    kind: Annotated[str, Argument(help="organisation, partnership or membership.", metavar="KIND")],
    record: Annotated[
        str | None, Argument(help="The id; made of the title without it.", metavar="ID")
    ] = None,
    name: Annotated[str | None, _flag("An organisation's name.", "TEXT")] = None,
    type_: Annotated[str | None, _flag("What kind of organisation.", "TYPE", "--type")] = None,
    country: Annotated[str | None, _flag("Its country, such as SE.", "CODE")] = None,
    identifier: Annotated[Several, _flag("Its number in a register.", "SCHEME:ID")] = None,
    website: Annotated[str | None, _flag("Its web site.", "URL")] = None,
    title: Annotated[str | None, _flag("A partnership's title.", "TEXT")] = None,
    form: Annotated[str | None, _flag("A partnership's form.", "FORM")] = None,
    party: Annotated[Several, _flag("Who takes part, and as what.", "ORG[:ROLE]")] = None,
    member: Annotated[str | None, _flag("The organisation that is a member.", "ORG")] = None,
    network: Annotated[str | None, _flag("The network that it joined.", "ORG")] = None,
    stage: Annotated[str | None, _flag("planned, applied, admitted, …", "STAGE")] = None,
    admitted: Annotated[str | None, _flag("When it was admitted.", "DATE")] = None,
    start: Annotated[str | None, _flag("The first day, month or year.", "DATE")] = None,
    end: Annotated[str | None, _flag("The last one; unknown or open.", "DATE")] = None,
    signed: Annotated[str | None, _flag("When it was signed.", "DATE")] = None,
    theme: Annotated[Several, _flag("What it is about.", "THEME")] = None,
    responsible: Annotated[str | None, _flag("Who looks after it.", "ORG[/UNIT]")] = None,
    notice: Annotated[str | None, _flag("How long before the end, such as P6M.", "TIME")] = None,
    renewal: Annotated[str | None, _flag("Such as 'mode=tacit term=P1Y'.", "FIELDS")] = None,
    line: Annotated[
        Several, _flag("Such as 'source=ORG year=2025 amount=670000'.", "FIELDS")
    ] = None,
    reference: Annotated[Several, _flag("Such as 'id=press title=\"…\" url=…'.", "FIELDS")] = None,
    summary: Annotated[str | None, _flag("What it is about, in your own words.", "TEXT")] = None,
    organisation: Annotated[
        Several, _flag("Made too: 'id=… name=\"…\" type=… country=…'.", "FIELDS")
    ] = None,
    from_: Annotated[
        str | None, _flag("The record from a YAML file, or standard input.", "FILE|-", "--from")
    ] = None,
    edit: Annotated[bool, Option("--edit", help="Open it in your editor first.")] = False,
) -> int:
    """A new record: asked for at a terminal, or made of flags.

    What is written is laid out and checked; with an error nothing is written.
    """
    from partnerreg.cli.making import Wish, make_record

    values = {
        "name": name,
        "type": type_,
        "country": country,
        "identifier": identifier,
        "website": website,
        "title": title,
        "form": form,
        "party": party,
        "member": member,
        "network": network,
        "stage": stage,
        "admitted": admitted,
        "start": start,
        "end": end,
        "signed": signed,
        "theme": theme,
        "responsible": responsible,
        "notice": notice,
        "renewal": renewal,
        "line": line,
        "reference": reference,
        "summary": summary,
    }
    wish = Wish(kind, record, values, organisation or [], Path(from_) if from_ else None, edit)
    return make_record(common, asking, wish)
