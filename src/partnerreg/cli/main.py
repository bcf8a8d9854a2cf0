"""Command line entry point: the list of commands, error handling, exit codes."""

import contextlib
import gc
import keyword
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from partnerreg import __version__
from partnerreg.base.errors import ENVIRONMENT, Failure

# A new command is a new file in commands/ with a function `run`, and a line here.
COMMANDS: dict[str, str] = {
    "overview": "One screen: what is there, what is wrong, what it costs, what runs out next.",
    "validate": "Check every file, and the registry as a whole.",
    "rule": "What a rule checks and why, with a bad and a good example.",
    "list": "The agreements, or the organisations.",
    "show": "One record in full.",
    "totals": "Funding by source and year, or by whatever else you ask for.",
    "expiring": "What ends, renews or falls due.",
    "diff": "What a change does to records, funding and deadlines.",
    "fmt": "Lay files out canonically.",
    "history": "Who changed which field of a record when, through renames.",
    "init": "A registry of your own.",
    "new": "A new record: asked for at a terminal, or made of flags.",
    "renew": "The agreement that follows another.",
    "end": "An agreement that somebody ended before its time.",
    "rename": "An id changed everywhere.",
    "import": "Records from a list: CSV, XLSX, 360Giving JSON.",
    "export": "The whole registry as a data set for other programs.",
    "report": "One page for those who have no terminal.",
    "query": "SQL over the data set's tables.",
    "schemas": "The schemas for editors, with the registry's ids to complete.",
    "help": "The manual: its pages, the commands, the rules.",
    "completion": "Completion for bash, zsh or fish.",
}
INTERRUPTED = 130
_NO_MEMORY = ("failed to map segment", "can't start new thread")


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
        from partnerreg.cli.usage import unknown_command  # noqa: PLC0415

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


def command_module(name: str) -> Any:
    """Return the module of a command; one that Python has a keyword for ends in an underscore."""
    tail = "_" if keyword.iskeyword(name) else ""
    return import_module(f"partnerreg.cli.commands.{name}{tail}")


def command(name: str) -> Any:
    """Return typer's command of that name, one of `COMMANDS`."""
    from partnerreg.cli.option_groups import flatten_groups, headings  # noqa: PLC0415
    from partnerreg.cli.usage import Command  # noqa: PLC0415

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


def main() -> None:
    """Run the command line and exit with its code."""
    # A run is short and makes few circles: looking for them all the time takes a sixth of it.
    gc.set_threshold(200_000, 50, 50)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever called: nothing can be written there
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
            if not _writes_text(stream.encoding):
                stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError:
        _close_quietly()
    sys.exit(code)


def _writes_text(encoding: str) -> bool:
    """Whether an encoding can write any text: `idna` and `punycode` are none for output."""
    text = "a.b: é\n"
    try:
        return text.encode(encoding, "backslashreplace").decode(encoding).startswith("a.b: ")
    except (LookupError, UnicodeError):
        return False


def run(arguments: list[str]) -> int:
    """Carry out one command line and return its exit code."""
    try:
        code = app(args=arguments or ["--help"], prog_name="partnerreg", standalone_mode=False)
        return code if isinstance(code, int) else 0
    except Failure as failure:
        return _report(failure)
    except typer.TyperException as error:
        hint = None if arguments[:1] == [] else f"try partnerreg {_command(arguments)}--help"
        return _report(Failure(error.format_message(), hint=hint))
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except OSError as error:
        said = (error.strerror or type(error).__name__).lower()
        return _report(Failure(said, exit_code=ENVIRONMENT))
    except RecursionError:
        return _report(Failure("the input is nested too deeply", exit_code=ENVIRONMENT))
    except (MemoryError, ImportError, RuntimeError) as error:
        lack = isinstance(error, MemoryError) or any(words in str(error) for words in _NO_MEMORY)
        if isinstance(error, RuntimeError) and not lack:
            raise
        said = "there is too little memory" if lack else f"cannot be run: {error}"
        return _report(Failure(said, exit_code=ENVIRONMENT))


def _command(arguments: list[str]) -> str:
    return f"{arguments[0]} " if arguments[0] in COMMANDS else ""


def _report(failure: Failure) -> int:
    from partnerreg.cli.output import report_failure  # noqa: PLC0415  (--version needs none of it)

    report_failure(failure)
    return failure.exit_code


@contextlib.contextmanager
def _quiet_pipe() -> Iterator[None]:
    """End with 0 where the reader of the output has gone."""
    try:
        yield
    except BrokenPipeError:
        _close_quietly()
        raise typer.Exit(0) from None


def _close_quietly() -> None:
    """Let nothing more be written to a pipe whose reader has gone."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
