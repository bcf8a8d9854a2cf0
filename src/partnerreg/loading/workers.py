"""Run jobs serially or in worker processes; results keep their order and are the same."""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")

WORTH_IT = 400
"""Jobs from which workers pay: starting them costs about as much as a hundred files."""
_CHUNK = 64
_job: tuple[Callable[[Any], Any], Sequence[Any]] | None = None
"""In a worker: the function and the jobs, inherited from the process that made it."""


def results(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    tick: Callable[[int], None],
    *,
    workers: int,
) -> Iterator[Result]:
    """Yield the result of each job, in order; `tick` is called with a number of jobs done.

    What workers cannot do, for whatever reason, is done here.
    """
    done = 0
    if workers > 1 and len(jobs) >= WORTH_IT:
        for result in _in_workers(work, jobs, tick, workers):
            done += 1
            yield result
    for job in jobs[done:]:
        yield work(job)
        tick(1)


def _in_workers(
    work: Callable[[Job], Result], jobs: Sequence[Job], tick: Callable[[int], None], workers: int
) -> Iterator[Result]:
    """Yield the first results, up to where workers fail."""
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  (slow to import)
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415
    from multiprocessing import get_context  # noqa: PLC0415

    chunks = [(start, min(start + _CHUNK, len(jobs))) for start in range(0, len(jobs), _CHUNK)]
    # Forked workers inherit the jobs: nothing but places goes to them.
    executor = None
    try:
        with contextlib.suppress(BrokenProcessPool, OSError):
            executor = ProcessPoolExecutor(
                workers, get_context("fork"), initializer=_inherit, initargs=(work, jobs)
            )
            for chunk in executor.map(_run, chunks):
                yield from chunk
                tick(len(chunk))
    finally:
        if executor:
            executor.shutdown(wait=True, cancel_futures=True)


def _inherit(work: Callable[[Any], Any], jobs: Sequence[Any]) -> None:
    global _job  # noqa: PLW0603  (a worker's own copy)
    _job = (work, jobs)


def _run(chunk: tuple[int, int]) -> list[Any]:
    assert _job
    work, jobs = _job
    return [work(job) for job in jobs[slice(*chunk)]]


def available() -> int:
    """Return how many workers may be started; 1 where this process must not be forked."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), 8)
    return min(os.cpu_count() or 1, 8)
