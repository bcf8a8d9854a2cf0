"""Run jobs here and in forked processes beside; results keep their order and are the same.

Everybody takes the next chunk of jobs from one pipe, so that nobody waits for the slowest. What a
process beside cannot do, for whatever reason, is done here.
"""

import contextlib
import marshal
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")
Plain = TypeVar("Plain")

WORTH_IT = 200
"""Jobs from which a second process pays: making one costs about as much as fifty files."""
_SMALLEST = 128
_MOST_CHUNKS = 2048
"""Their numbers, four bytes each, must fit into a pipe that nobody reads yet."""
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
    size = max(_SMALLEST, -(-len(jobs) // _MOST_CHUNKS))
    starts = range(0, len(jobs), size)
    told = 0

    def run(number: int) -> list[Result]:
        return work(jobs[starts[number] : starts[number] + size])

    def beside(number: int) -> list[Plain]:
        return [sent(result) for result in run(number)]

    def reached(chunks: int) -> None:
        nonlocal told
        reached = min(chunks * size, len(jobs))
        tick(max(reached - told, 0))
        told = max(reached, told)

    done: dict[int, list[Result]] = {}
    others: dict[int, list[Plain]] = {}
    if workers > 1 and len(jobs) >= WORTH_IT:
        with _shared(beside, len(starts), workers - 1) as (tokens, pipes):
            for number in _taken(tokens):
                done[number] = run(number)
                reached(number + 1)  # chunks are taken in order: those before are done, or nearly
            for pipe in pipes:
                others |= _read(pipe)
    for number in range(len(starts)):
        if number in others:
            done[number] = list(map(received, others.pop(number)))
        elif number not in done:
            done[number] = run(number)
        reached(number + 1)
    return [result for number in range(len(starts)) for result in done[number]]


@contextlib.contextmanager
def _shared(
    beside: Callable[[int], list[Any]], count: int, processes: int
) -> Iterator[tuple[int, list[int]]]:
    """Start processes that work on chunks; yield where chunks' numbers come from, and results."""
    tokens, filled = os.pipe()
    os.write(filled, b"".join(number.to_bytes(_TOKEN, "big") for number in range(count)))
    os.close(filled)
    children: list[tuple[int, int]] = []
    try:
        with contextlib.suppress(OSError):
            children.extend(_forked(beside, tokens) for _ in range(processes))
        yield tokens, [pipe for _, pipe in children]
    finally:
        import signal  # noqa: PLC0415  (slow to import)

        os.close(tokens)
        for child, pipe in children:
            os.close(pipe)
            with contextlib.suppress(OSError):
                os.kill(child, signal.SIGKILL)  # it has nothing more to say
            with contextlib.suppress(OSError):
                os.waitpid(child, 0)


def _forked(beside: Callable[[int], list[Any]], tokens: int) -> tuple[int, int]:
    """Start a process; return its number and the pipe on which its results will come."""
    pipe, written = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(pipe)
        os.close(written)
        raise
    if child:
        os.close(written)
        return child, pipe
    try:
        done = {number: beside(number) for number in _taken(tokens)}
        with open(written, "wb") as file:
            marshal.dump(done, file)
    finally:
        os._exit(0)  # nothing of the other process is to be flushed or cleaned up here


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
