"""Run jobs here and in forked processes beside; results keep their order and are the same.

Everybody takes the next chunk of jobs from one pipe, so that nobody waits for the slowest. What a
process beside cannot do, for whatever reason, is done here.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")
Sent = TypeVar("Sent")

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
    sent: Callable[[Result], Sent],
) -> list[Result | Sent]:
    """Return the result of each job, in order.

    `work` takes some jobs at a time, and `tick` is called with how many more are done. `workers`
    counts this process too. A result of another process comes as `sent` made it there.
    """
    size = max(_SMALLEST, -(-len(jobs) // _MOST_CHUNKS))
    starts = range(0, len(jobs), size)

    def run(number: int) -> list[Result]:
        return work(jobs[starts[number] : starts[number] + size])

    told = 0

    def reached(chunks: int) -> None:
        nonlocal told
        reached = min(chunks * size, len(jobs))
        tick(max(reached - told, 0))
        told = max(reached, told)

    done: dict[int, list[Result | Sent]] = {}
    if workers > 1 and len(jobs) >= WORTH_IT:
        done = _shared(run, len(starts), reached, workers, sent)
    for number in range(len(starts)):
        if number not in done:
            done[number] = [*run(number)]
        reached(number + 1)
    return [result for number in range(len(starts)) for result in done[number]]


def _shared(
    run: Callable[[int], list[Any]],
    count: int,
    reached: Callable[[int], None],
    workers: int,
    sent: Callable[[Any], Any],
) -> dict[int, list[Any]]:
    """Return the results of chunks, by their numbers, as far as they could be had."""
    import pickle  # noqa: PLC0415  (slow to import)
    import signal  # noqa: PLC0415

    def beside(number: int) -> list[Any]:
        return [sent(result) for result in run(number)]

    tokens, filled = os.pipe()
    os.write(filled, b"".join(number.to_bytes(_TOKEN, "big") for number in range(count)))
    os.close(filled)
    children: list[tuple[int, int]] = []
    done: dict[int, list[Any]] = {}
    try:
        with contextlib.suppress(OSError):
            children.extend(_forked(beside, tokens) for _ in range(workers - 1))
        for number in _taken(tokens):
            done[number] = run(number)
            reached(number + 1)  # chunks are taken in order: those before it are done, or nearly
        for _, results in children:
            with open(results, "rb", closefd=False) as file, contextlib.suppress(Exception):
                done.update(pickle.load(file))  # noqa: S301  (from a process of our own)
    finally:
        os.close(tokens)
        for child, results in children:
            os.close(results)
            with contextlib.suppress(OSError):
                os.kill(child, signal.SIGKILL)  # it has nothing more to say
            with contextlib.suppress(OSError):
                os.waitpid(child, 0)
    return done


def _forked(run: Callable[[int], list[Any]], tokens: int) -> tuple[int, int]:
    """Start a process beside; return its number and the pipe on which its results will come."""
    import pickle  # noqa: PLC0415

    results, written = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(results)
        os.close(written)
        raise
    if child:
        os.close(written)
        return child, results
    try:
        done = {number: run(number) for number in _taken(tokens)}
        with open(written, "wb") as file:
            pickle.dump(done, file, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)  # nothing of the other process is to be flushed or cleaned up here


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
