"""Ask at a terminal: one question a line on standard error, with Tab, arrows and defaults."""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence

import typer

from partnerreg.base.suggest import nearest
from partnerreg.model.names import Names

_YES, _NO = frozenset({"y", "yes"}), frozenset({"n", "no"})
Check = Callable[[str], str | None]
"""Returns what is wrong with an answer, None where nothing is."""


def ask(
    question: str,
    *,
    default: str | None = None,
    known: Sequence[str] = (),
    only: bool = False,
    check: Check | None = None,
    names: Names | None = None,
) -> str:
    """Ask until an answer is right; an empty answer takes the default.

    Tab completes the words in `known`, or the ids of `names` by id and by name; with `only` no
    other word is taken. Ctrl-C and the end of the input raise
    `KeyboardInterrupt`.
    """
    with _completing(known, names):
        while True:
            answer = _line(f"{question} [{default}]: " if default else f"{question}: ")
            answer = answer.strip() or default or ""
            if not answer and default is None:
                continue
            wrong = None
            if only and answer not in known:
                near = nearest(answer, tuple(known))
                wrong = f"did you mean {near}?" if near else f"one of {', '.join(known)}"
            if wrong is None and check:
                wrong = check(answer)
            if wrong is None:
                return answer
            typer.echo(f"  {wrong}", err=True)


def confirm(question: str, *, default: bool = True) -> bool:
    """Ask for yes or no."""
    usual = "yes" if default else "no"
    answer = ask(
        f"{question} (y/n)",
        default=usual,
        check=lambda text: None if text.lower() in _YES | _NO else "y or n",
    )
    return answer.lower() in _YES


def _line(prompt: str) -> str:
    """Read a line on standard error; the line editor knows the question, and repaints it."""
    kept = os.dup(1)
    try:
        os.dup2(2, 1)  # the line editor writes to standard output only
        return input(prompt)
    except (KeyboardInterrupt, EOFError):
        sys.stderr.write("\nnothing was written\n")
        raise KeyboardInterrupt from None
    finally:
        os.dup2(kept, 1)
        os.close(kept)


@contextlib.contextmanager
def _completing(known: Sequence[str], names: Names | None) -> Iterator[None]:
    """Let Tab complete words, where the system has a line editor."""
    try:
        import readline  # noqa: PLC0415  (only where somebody is asked)
    except ImportError:
        yield
        return

    def complete(text: str, state: int) -> str | None:
        if names is not None:
            found = names.beginning(text)
        else:
            found = [word for word in known if word.startswith(text)]
        return found[state] if state < len(found) else None

    before, delimiters = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(complete)
    readline.set_completer_delims("" if names is not None else " ,")
    readline.parse_and_bind("tab: complete")
    if hasattr(readline, "set_auto_history"):
        readline.set_auto_history(False)
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(delimiters)
        sys.stderr.flush()
