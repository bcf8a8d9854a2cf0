"""One job after the other, or on every core of the machine: the answers are the same.

A copy of this process is made for each further core, works through its share and hands its
answers back as bytes. What a copy cannot do, for whatever reason, is done here.
"""

import contextlib
import os
import signal
import tempfile
import threading
from collections.abc import Callable, Sequence
from typing import IO, TypeVar

Job = TypeVar("Job")
Answer = TypeVar("Answer")

WORTH_IT = 400
"""Jobs from which a second core pays: a copy costs about as much as thirty files."""


def answers(
    jobs: Sequence[Job],
    work: Callable[[Job], Answer],
    packed: Callable[[Job], bytes],
    unpacked: Callable[[Job, bytes], Answer],
    tick: Callable[[int], None],
    *,
    most: int,
) -> list[Answer]:
    """Return the answer to each job, in order.

    `tick` is called with a number of jobs done. There are at `most` so many processes: the others
    do the work by `packed`, and `unpacked` makes of their bytes what `work` would have returned.
    """
    shares = most if len(jobs) >= WORTH_IT else 1
    copies = [_Copy(jobs[share::shares], packed) for share in range(1, shares)]
    try:
        found: list[list[Answer]] = []
        own: list[Answer] = []
        for job in jobs[::shares]:
            own.append(work(job))
            tick(shares)
        found.append(own)
        for share, copy in enumerate(copies, start=1):
            lines = copy.lines()
            share_of_it = jobs[share::shares]
            if lines is not None and len(lines) == len(share_of_it):
                found.append([unpacked(*pair) for pair in zip(share_of_it, lines, strict=True)])
            else:
                found.append([work(job) for job in share_of_it])
    finally:
        for copy in copies:
            copy.end()
    return [found[place % shares][place // shares] for place in range(len(jobs))]


class _Copy:
    """A copy of this process at work; its answers come through a file that nobody else sees."""

    def __init__(self, jobs: Sequence[Job], packed: Callable[[Job], bytes]) -> None:
        self.file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  (closed by end())
        self.process: int | None = os.fork()
        if self.process:
            return
        status = 1
        try:
            for job in jobs:
                line = packed(job)
                self.file.write(len(line).to_bytes(4, "big") + line)
            self.file.flush()
            status = 0
        finally:
            os._exit(status)  # nothing that the first process has begun is ended twice

    def lines(self) -> list[bytes] | None:
        """Wait, and return the answers; None where the copy has failed."""
        assert self.process
        _, status = os.waitpid(self.process, 0)
        self.process = None
        if status:
            return None
        self.file.seek(0)
        found = []
        while head := self.file.read(4):
            found.append(self.file.read(int.from_bytes(head, "big")))
        return found

    def end(self) -> None:
        """Stop the copy, if it is still at work."""
        if self.process:
            with contextlib.suppress(OSError):
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
        self.file.close()


def most() -> int:
    """Return how many cores this process may use; one where it must not be copied."""
    if not hasattr(os, "fork") or threading.active_count() > 1:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), 8)
    return min(os.cpu_count() or 1, 8)
