"""Progress bar on standard error for work that takes longer than a second."""

import os
import sys
from time import monotonic
from typing import Any

_PATIENCE = 1.0
_EVERY = 0.1


class Bar:
    """Shows how much is done, once a second has gone by; it leaves nothing behind."""

    def __init__(self, verb: str, what: str) -> None:
        self._verb, self._what = verb, what
        self._next = monotonic() + _PATIENCE
        self._bar: Any = None
        self._task: Any = None

    def __call__(self, done: int, whole: int) -> None:
        """Take note of how much is done, of how much."""
        now = monotonic()
        if done >= whole:
            self.stop()
        elif now >= self._next and done < whole:
            self._next = now + _EVERY
            self._show(done, whole)

    def stop(self) -> None:
        """Take the bar away, and give the cursor back."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _show(self, done: int, whole: int) -> None:
        if self._bar is None:
            # Imported only here: most runs are over before.
            from rich.console import Console  # noqa: PLC0415
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

            columns = (
                TextColumn(self._verb),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn(self._what),
            )
            console = Console(stderr=True)
            self._bar = Progress(*columns, console=console, transient=True, auto_refresh=False)
            self._task = self._bar.add_task("", total=whole)
            self._bar.start()
        self._bar.update(self._task, completed=done)
        self._bar.refresh()


def bar(verb: str = "reading", what: str = "files") -> Bar | None:
    """Return a bar where somebody is looking: `verb` N of M `what`."""
    looking = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    return Bar(verb, what) if looking else None
