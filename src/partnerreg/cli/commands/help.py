"""`partnerreg help`."""

import re
from typing import Annotated

from partnerreg.cli.declare import Argument, Option

EXAMPLES = (
    ("help start", "a registry of your own, step by step"),
    ("help totals", "the options of a command"),
    ("help PR203", "what a rule is about"),
)
_CODE = re.compile(r"(?i)pr[0-9]{3}")


def run(
    topic: Annotated[
        str | None,
        Argument(help="A page, a command or a rule; without it, all.", metavar="TOPIC"),
    ] = None,
    color: Annotated[
        str,
        Option("--color", help="auto, always or never.", metavar="WHEN", show_default=False),
    ] = "auto",
) -> int:
    """The manual: its pages, the commands, the rules."""
    import os
    import pydoc
    import sys

    from partnerreg.base.errors import Failure
    from partnerreg.base.suggest import nearest
    from partnerreg.cli.main import COMMANDS
    from partnerreg.cli.main import run as run_command
    from partnerreg.cli.manual import PAGES, page
    from partnerreg.cli.output import columns, wants_colour, wants_terminal, write
    from partnerreg.reports.arguments import known_value
    from partnerreg.reports.rules import page_text

    known_value("--color", color, ("auto", "always", "never"))
    if topic is None:
        write(_contents(COMMANDS, PAGES), None)
        return 0
    if topic in COMMANDS and topic not in PAGES:
        return run_command([topic, "--help"])
    if _CODE.fullmatch(topic):
        write(page_text(topic.upper()), None)
        return 0
    if topic not in PAGES:
        near = nearest(topic, (*PAGES, *COMMANDS))
        hint = f"did you mean {near}?" if near else "partnerreg help names pages and commands"
        raise Failure(f"help knows nothing of {topic}", hint=hint)
    text = page(topic)
    if wants_terminal(color):
        from partnerreg.output.terminal import render_page

        text = render_page(text, columns(), colour=wants_colour(color))
    if sys.stdout.isatty():
        os.environ.setdefault("LESS", "FRX")  # as git has it: colours, and no pager for one screen
        pydoc.pager(text)
    else:
        write(text, None)
    return 0


def _contents(commands: dict[str, str], pages: dict[str, str]) -> str:
    """Return the commands and the pages, each with its sentence."""
    room = max(map(len, (*commands, *pages)))
    lines = ["Commands (partnerreg help COMMAND tells the options):"]
    lines += [f"  {name:{room}}  {text}" for name, text in commands.items()]
    lines += ["", "Pages of the manual (partnerreg help PAGE):"]
    lines += [f"  {name:{room}}  {text}" for name, text in pages.items()]
    return "\n".join(lines) + "\n"
