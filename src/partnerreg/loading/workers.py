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
    copies: list[_Copy] = []
    found: dict[int, Answer] = {}

    def take_in(copy: _Copy) -> None:
        theirs = copy.arrived()
        own = [jobs[place] for place in theirs]
        found.update(zip(theirs, unpacked(own, list(theirs.values())), strict=True))
        tick(len(theirs))

    try:
        with contextlib.suppress(OSError):  # then there are fewer
            copies.extend(_Copy(queue, jobs, packed) for _ in range(most - 1))
        for turn in queue.turns():
            for place in turn:
                found[place] = work(jobs[place])
            tick(len(turn))
            for copy in copies:
                take_in(copy)
        for copy in copies:
            copy.wait()
            take_in(copy)
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

    def turns(self) -> Iterator[range]:
        """Yield the places that are this process's turn, until none are left."""
        while turn := os.read(self._read, 4):
            first = int.from_bytes(turn, "big")
            yield range(first, min(first + self._turn, self._jobs))

    def close(self) -> None:
        """Let go of the pipe."""
        os.close(self._read)


class _Copy:
    """A copy of this process at work; its answers come through a file that nobody else sees."""

    def __init__(self, queue: _Queue, jobs: Sequence[Job], packed: Callable[[Job], bytes]) -> None:
        self.file = _nameless()
        self._taken = 0  # how many bytes have been read
        first = os.getpid()
        try:
            self.process: int | None = os.fork()
        except OSError:
            self.file.close()
            raise
        if self.process:
            return
        status = 1
        try:
            for turn in queue.turns():
                if os.getppid() != first:
                    break  # it has been killed: nobody waits for the answers
                for place in turn:
                    line = packed(jobs[place])
                    self.file.write(place.to_bytes(4, "big") + len(line).to_bytes(4, "big") + line)
                self.file.flush()
            status = 0
        finally:
            os._exit(status)  # nothing that the first process has begun is ended twice

    def arrived(self) -> dict[int, bytes]:
        """Return the answers that have come since this was asked, by the places of their jobs."""
        size = os.fstat(self.file.fileno()).st_size - self._taken
        raw = os.pread(self.file.fileno(), size, self._taken) if size else b""
        found: dict[int, bytes] = {}
        start = 0
        while start + 8 <= len(raw):
            end = start + 8 + int.from_bytes(raw[start + 4 : start + 8], "big")
            if end > len(raw):
                break  # the rest of it is still to come
            found[int.from_bytes(raw[start : start + 4], "big")] = raw[start + 8 : end]
            start = end
        self._taken += start
        return found

    def wait(self) -> None:
        """Wait until the copy has ended, however it does."""
        assert self.process
        with contextlib.suppress(ChildProcessError):  # where the system waits for children itself
            os.waitpid(self.process, 0)
        self.process = None

    def end(self) -> None:
        """Stop the copy, if it is still at work."""
        if self.process:
            with contextlib.suppress(OSError):
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
        self.file.close()


def _nameless() -> IO[bytes]:
    """Return a file without a name: in memory where the system has that."""
    if hasattr(os, "memfd_create"):
        return os.fdopen(os.memfd_create("partnerreg"), "w+b")
    return tempfile.TemporaryFile()


def most() -> int:
    """Return how many processes may be used; one where this one must not be copied."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), 8)
    return min(os.cpu_count() or 1, 8)
