"""Command line entry point: the list of commands, error handling, exit codes."""

import contextlib
import keyword
import os
import sys
from importlib import import_module
from typing import Any

from partnerreg import __version__
from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.cli.quick import quickly

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


def command_module(name: str) -> Any:
    """Return the module of a command; one that Python has a keyword for ends in an underscore."""
    tail = "_" if keyword.iskeyword(name) else ""
    return import_module(f"partnerreg.cli.commands.{name}{tail}")


def main() -> None:
    """Run the command line and exit with its code."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever called: nothing can be written there
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
            if not _writes_text(stream.encoding):
                stream.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    code = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError):
            stream.flush()
    # Nothing is left to be done: the system takes the memory back in no time, where Python would
    # look through every object again, a sixth of a short run. (Profilers and coverage, which tell
    # what they know at Python's end, are to be put around `run`.)
    os._exit(code)


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
        return _carry_out(arguments)
    except Failure as failure:
        return _report(failure)
    except BrokenPipeError:
        _close_quietly()
        return 0
    except KeyboardInterrupt:
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


def _carry_out(arguments: list[str]) -> int:
    """Carry out a usual command line at once, and every other one by way of typer."""
    if arguments and arguments[0] in COMMANDS:
        call = quickly(command_module(arguments[0]).run, arguments[1:])
        if call:
            code = call()
            return code if isinstance(code, int) else 0
    if arguments == ["--version"]:
        print(f"partnerreg {__version__}")  # noqa: T201
        return 0
    from partnerreg.cli.app import run_app  # noqa: PLC0415  (typer is slow to import)

    return run_app(arguments or ["--help"])


def _report(failure: Failure) -> int:
    from partnerreg.cli.output import report_failure  # noqa: PLC0415  (--version needs none of it)

    report_failure(failure)
    return failure.exit_code


def _close_quietly() -> None:
    """Let nothing more be written to a pipe whose reader has gone."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
