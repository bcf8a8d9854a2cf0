"""Ask at a terminal: one question a line on standard error, with Tab, arrows and defaults."""

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence

import typer

from partnerreg.base.suggest import nearest

Check = Callable[[str], str | None]
"""Returns what is wrong with an answer, None where nothing is."""


def ask(
    question: str,
    *,
    default: str | None = None,
    known: Sequence[str] = (),
    only: bool = False,
    check: Check | None = None,
) -> str:
    """Ask until an answer is right; an empty answer takes the default.

    Tab completes the words in `known`; with `only` no other is taken. Ctrl-C and the end of the
    input raise typer's `Abort`.
    """
    with _completing(known):
        while True:
            shown = bool(default)
            given = typer.prompt(question, default=default, err=True, show_default=shown)
            answer = str(given).strip()
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
    return typer.confirm(question, default=default, err=True)


@contextlib.contextmanager
def _completing(known: Sequence[str]) -> Iterator[None]:
    """Let Tab complete words, where the system has a line editor."""
    try:
        import readline  # noqa: PLC0415  (only where somebody is asked)
    except ImportError:
        yield
        return

    def complete(text: str, state: int) -> str | None:
        found = [word for word in known if word.startswith(text)]
        return found[state] if state < len(found) else None

    before, delimiters = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(complete)
    readline.set_completer_delims(" ,")
    readline.parse_and_bind("tab: complete")
    if hasattr(readline, "set_auto_history"):
        readline.set_auto_history(False)
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(delimiters)
        sys.stderr.flush()
