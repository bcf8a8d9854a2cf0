"""The command line by way of typer: help, completion, and words for what is wrong."""

import contextlib
from collections.abc import Iterator
from typing import Any

import typer
from typer.core import TyperGroup

from partnerreg import __version__
from partnerreg.base.errors import Failure
from partnerreg.cli.main import COMMANDS, INTERRUPTED, command_module
from partnerreg.cli.option_groups import flatten_groups, headings
from partnerreg.cli.usage import Command, unknown_command


def run_app(arguments: list[str]) -> int:
    """Carry out a command line; raises `Failure` (2) for one that cannot be meant."""
    try:
        code = app(args=arguments, prog_name="partnerreg", standalone_mode=False)
    except typer.TyperException as error:
        known = f"{arguments[0]} " if arguments[0] in COMMANDS else ""
        raise Failure(error.format_message(), hint=f"try partnerreg {known}--help") from None
    except typer.Abort:
        return INTERRUPTED
    except _BrokenError as error:
        raise BrokenPipeError from error
    return code if isinstance(code, int) else 0


class _BrokenError(Exception):
    """A broken pipe on its way through typer."""


@contextlib.contextmanager
def _quiet_pipe() -> Iterator[None]:
    """Let a broken pipe through typer, which would make an exit code of its own of it."""
    try:
        yield
    except BrokenPipeError as error:
        raise _BrokenError from error


class _Group(TyperGroup):
    """Commands that are imported when they are called, so that help and version stay quick."""

    # Where the reader of a pipe has gone, typer itself would end with exit code 1.

    def make_context(self, *args: Any, **extra: Any) -> Any:
        with _quiet_pipe():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        with _quiet_pipe():
            return super().invoke(ctx)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            raise unknown_command(cmd_name, tuple(COMMANDS))
        return command(cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        formatter.write_paragraph()
        formatter.write_text("partnerreg help COMMAND tells a command's options, with examples;")
        formatter.write_text("partnerreg help lists the pages of the manual.")


def command(name: str) -> Any:
    """Return typer's command of that name, one of `COMMANDS`."""
    module = command_module(name)
    run = module.run
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, cls=Command, help=run.__doc__ or COMMANDS[name])(flatten_groups(run))
    made = typer.main.get_command(alone)
    assert isinstance(made, Command)
    made.name = name
    made.headings = headings(run, getattr(module, "HEADING", "Options"))
    made.examples = getattr(module, "EXAMPLES", ())
    return made


app = typer.Typer(
    cls=_Group,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        print(f"partnerreg {__version__}")  # noqa: T201
        raise typer.Exit


@app.callback(help="Report on a registry of partnerships and memberships kept in plain files.")
def _top(
    *,
    version: bool = typer.Option(
        False, "--version", help="Show the version and exit.", is_eager=True, callback=_version
    ),
) -> None:
    del version  # its callback has answered
