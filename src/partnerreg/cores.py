"""One job after the other, or on every core of the machine: the answers are the same.

A copy of this process is made for each further core. All of them, and the first, take the next
few jobs from one pipe until it is empty, and the copies hand their answers back as bytes. What a
copy cannot do, for whatever reason, is done here.
"""

import contextlib
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import IO, TypeVar

Job = TypeVar("Job")
Answer = TypeVar("Answer")

WORTH_IT = 400
"""Jobs from which a second core pays: a copy costs about as much as thirty files."""
_MOST_TURNS = 4_000
"""Turns that a pipe holds at once, four bytes each, on every system."""
_TURN = 32


def answers(
    jobs: Sequence[Job],
    work: Callable[[Job], Answer],
    packed: Callable[[Job], bytes],
    unpacked: Callable[[Sequence[Job], Sequence[bytes]], Sequence[Answer]],
    tick: Callable[[int], None],
    *,
    most: int,
) -> list[Answer]:
    """Return the answer to each job, in order.

    `tick` is called with a number of jobs done. There are at `most` so many processes: the others
    do the work by `packed`, and `unpacked` makes of their bytes what `work` would have returned.
    """
    if most < 2 or len(jobs) < WORTH_IT:
        return [_ticked(work(job), tick) for job in jobs]
    queue = _Queue(len(jobs))
    copies = [_Copy(queue, jobs, packed) for _ in range(most - 1)]
    found: dict[int, Answer] = {}
    try:
        for place in queue.places():
            found[place] = work(jobs[place])
            tick(most)
        for copy in copies:
            theirs = copy.answers()
            own = [jobs[place] for place in theirs]
            found.update(zip(theirs, unpacked(own, list(theirs.values())), strict=True))
    finally:
        queue.close()
        for copy in copies:
            copy.end()
    return [found[place] if place in found else work(job) for place, job in enumerate(jobs)]


def _ticked(answer: Answer, tick: Callable[[int], None]) -> Answer:
    tick(1)
    return answer


class _Queue:
    """The jobs' places, some at a turn; whichever process is free takes the next."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._turn = max(_TURN, -(-jobs // _MOST_TURNS))
        self._read, write = os.pipe()
        for first in range(0, jobs, self._turn):
            os.write(write, first.to_bytes(4, "big"))
        os.close(write)

    def places(self) -> Iterator[int]:
        """Yield the places that are this process's turn, until none are left."""
        while turn := os.read(self._read, 4):
            first = int.from_bytes(turn, "big")
            yield from range(first, min(first + self._turn, self._jobs))

    def close(self) -> None:
        """Let go of the pipe."""
        os.close(self._read)


class _Copy:
    """A copy of this process at work; its answers come through a file that nobody else sees."""

    def __init__(self, queue: _Queue, jobs: Sequence[Job], packed: Callable[[Job], bytes]) -> None:
        self.file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (closed by end())
        self.process: int | None = os.fork()
        if self.process:
            return
        status = 1
        try:
            for place in queue.places():
                line = packed(jobs[place])
                self.file.write(place.to_bytes(4, "big") + len(line).to_bytes(4, "big") + line)
            self.file.flush()
            status = 0
        finally:
            os._exit(status)  # nothing that the first process has begun is ended twice

    def answers(self) -> dict[int, bytes]:
        """Wait, and return the answers by the places of their jobs; none of a copy that failed."""
        assert self.process
        _, status = os.waitpid(self.process, 0)
        self.process = None
        found: dict[int, bytes] = {}
        if status == 0:
            self.file.seek(0)
            while head := self.file.read(8):
                found[int.from_bytes(head[:4], "big")] = self.file.read(
                    int.from_bytes(head[4:], "big")
                )
        return found

    def end(self) -> None:
        """Stop the copy, if it is still at work."""
        if self.process:
            with contextlib.suppress(OSError):
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
        self.file.close()


def most() -> int:
    """Return how many processes may be used; one where this one must not be copied."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), 8)
    return min(os.cpu_count() or 1, 8)
