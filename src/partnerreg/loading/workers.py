"""Run jobs here and in forked processes; results keep their order and are the same.

Each takes the next chunk of jobs from one pipe, so that none waits for the slowest. What another
process cannot do, for whatever reason, is done here.
"""

import contextlib
import marshal
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Self, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")
Plain = TypeVar("Plain")

WORTH_IT = 200
"""Jobs from which a second process pays: making one costs about as much as fifty files."""
_CHUNK = 128
"""Jobs that are taken at a time."""
_MOST_CHUNKS = 1024
"""Their numbers, four bytes each, must fit into a pipe of one page that nobody reads yet."""
_TOKEN = 4


def results(
    work: Callable[[Sequence[Job]], list[Result]],
    jobs: Sequence[Job],
    tick: Callable[[int], None],
    *,
    workers: int,
    sent: Callable[[Result], Plain],
    received: Callable[[Plain], Result],
) -> list[Result]:
    """Return the result of each job, in order.

    `work` takes some jobs at a time, and `tick` is called with how many more are done. `workers`
    counts this process too. From another one a result comes as what `sent` makes of it: numbers,
    text, bytes and tuples of these, of which `received` makes it again.
    """
    size = max(_CHUNK, -(-len(jobs) // _MOST_CHUNKS))
    starts = range(0, len(jobs), size)
    told = 0

    def run(number: int) -> list[Result]:
        return work(jobs[starts[number] : starts[number] + size])

    def run_beside(number: int) -> list[Plain]:
        return [sent(result) for result in run(number)]

    def tick_to(chunks: int) -> None:
        nonlocal told
        done_jobs = min(chunks * size, len(jobs))
        if done_jobs > told:
            tick(done_jobs - told)
            told = done_jobs

    done: dict[int, list[Result]] = {}
    others: dict[int, list[Plain]] = {}
    if workers > 1 and len(jobs) >= WORTH_IT:
        with (
            contextlib.suppress(OSError),
            _Processes(run_beside, len(starts), workers - 1) as beside,
        ):
            for number in _taken(beside.tokens):
                done[number] = run(number)
                tick_to(number + 1)  # chunks are taken in order: those before are done, or nearly
            others = beside.results()
    for number in range(len(starts)):
        if number in others:
            done[number] = list(map(received, others.pop(number)))
        elif number not in done:
            done[number] = run(number)
        tick_to(number + 1)
    return [result for number in range(len(starts)) for result in done[number]]


class _Processes:
    """Processes that work on chunks, whose numbers they take from the pipe `tokens`.

    Raises `OSError` where there is no pipe for that; of processes there may be fewer than wished.
    """

    def __init__(self, run: Callable[[int], list[Any]], chunks: int, wished: int) -> None:
        self.tokens, filled = os.pipe()
        with open(filled, "wb") as file:
            file.write(b"".join(number.to_bytes(_TOKEN, "big") for number in range(chunks)))
        self._run, self._wished = run, wished
        self._children: list[tuple[int, int]] = []

    def __enter__(self) -> Self:
        with contextlib.suppress(OSError):
            while len(self._children) < self._wished:
                self._children.append(_forked(self._run, self.tokens))
        return self

    def results(self) -> dict[int, list[Any]]:
        """Return what they have done, by chunks, when all of them have."""
        return {number: done for _, pipe in self._children for number, done in _read(pipe).items()}

    def __exit__(self, kind: object, *_: object) -> None:
        os.close(self.tokens)
        for child, pipe in self._children:
            os.close(pipe)
            with contextlib.suppress(OSError):
                if kind:
                    os.kill(child, 9)
                os.waitpid(child, 0)


def _forked(run: Callable[[int], list[Any]], tokens: int) -> tuple[int, int]:
    """Start a process; return its number and the pipe on which its results will come."""
    pipe, written = os.pipe()
    child = -1
    try:
        child = os.fork()
        if child == 0:
            os.close(pipe)  # else it would wait for ever for a reader that was killed
            done = {number: run(number) for number in _taken(tokens)}
            with open(written, "wb") as file:
                marshal.dump(done, file)
    finally:
        if child == 0:
            os._exit(0)  # nothing of the other process is to be flushed or cleaned up here
        os.close(written)
        if child < 0:
            os.close(pipe)
    return child, pipe


def _read(pipe: int) -> dict[int, list[Any]]:
    """Return what a process has done, by chunks; nothing where it was killed on the way."""
    with open(pipe, "rb", closefd=False) as file:
        try:
            done: dict[int, list[Any]] = marshal.load(file)  # noqa: S302  (from a process of our own)
        except (EOFError, ValueError, TypeError):
            return {}
    return done


def _taken(tokens: int) -> Iterator[int]:
    """Yield the numbers of the chunks that nobody else has taken."""
    while token := os.read(tokens, _TOKEN):
        yield int.from_bytes(token, "big")


def available() -> int:
    """Return how many processes may work; 1 where this one must not be forked."""
    threading = sys.modules.get("threading")  # without it there is but this one thread
    if not hasattr(os, "fork") or (threading and threading.active_count() > 1):
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), 8)
    return min(os.cpu_count() or 1, 8)
