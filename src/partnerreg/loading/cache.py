"""What earlier runs found out, in the user's cache folder: never a reason for another answer.

Everything is found by a hash of all that it depends on, so that nothing can be out of date. Files
are plain lines of JSON under a checksum; one that is damaged, from another version or somebody
else's is passed over. They are written whole or not at all, and the oldest go when there are
many. Without a folder to write to, all goes on as if nothing were known.
"""

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import blake2b
from itertools import chain
from pathlib import Path

from partnerreg import __version__

MOST_BYTES = 512 * 1024 * 1024
_HEAD = b"partnerreg cache 1 "
_DIGEST = 32
_PREFIX = "writing-"


class Cache:
    """The lines kept in a folder; where there is none (`folder` is None), nothing is kept.

    `why` says why there is none. `known` and `asked` count the files of a registry.
    """

    def __init__(self, folder: Path | None, why: str = "") -> None:
        self.folder = folder
        self.why = why
        self.known = self.asked = 0

    def lines(self, name: str) -> dict[bytes, bytes]:
        """Return the lines kept under a name, by their keys; none where nothing fits."""
        whole = self._whole(name)
        head = _HEAD + self._fingerprint + b"\n"
        digest = blake2b(memoryview(whole)[:-_DIGEST], digest_size=_DIGEST).digest()
        if not whole.startswith(head) or not whole.endswith(digest):
            return {}
        found: dict[bytes, bytes] = {}
        place, end = len(head), len(whole) - _DIGEST
        while place < end:
            stop = whole.index(b"\n", place)
            gap = whole.index(b" ", place)
            found[whole[place:gap]] = whole[gap + 1 : stop]
            place = stop + 1
        return found

    def keep(self, name: str, lines: Mapping[bytes, bytes]) -> None:
        """Keep lines (without line breaks) under a name, instead of what is there."""
        if self.folder is None:
            return
        if sum(map(len, lines.values())) > MOST_BYTES // 4:
            return
        head = _HEAD + self._fingerprint + b"\n"
        parts = chain((head,), (b"%b %b\n" % pair for pair in lines.items()))
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self.folder / name, parts)
            self._prune()
        except OSError as error:
            self.folder, self.why = None, (error.strerror or "").lower()

    @property
    def told(self) -> str:
        """What the cache did, in a sentence."""
        if self.folder is None:
            return f"cache: off ({self.why})"
        return f"cache: {self.known} of {self.asked} files known, in {self.folder}"

    @cached_property
    def _fingerprint(self) -> bytes:
        """The tool's version, and the state of its files, for whoever works on them."""
        state = [__version__]
        for folder, _, names in os.walk(Path(__file__).parents[1]):
            for name in sorted(names):
                if name.endswith((".py", ".json")):
                    status = os.stat(os.path.join(folder, name))
                    state.append(f"{name} {status.st_size} {status.st_mtime_ns}")
        return blake2b("\n".join(sorted(state)).encode(), digest_size=16).hexdigest().encode()

    def _whole(self, name: str) -> bytes:
        if self.folder is None:
            return b""
        try:
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            descriptor = os.open(self.folder / name, flags)
        except OSError:
            return b""
        status = os.fstat(descriptor)
        ours = status.st_uid == os.geteuid() and stat.S_ISREG(status.st_mode)
        if not ours or status.st_size > MOST_BYTES:
            os.close(descriptor)
            return b""
        with open(descriptor, "rb") as file, contextlib.suppress(OSError):
            return file.read()
        return b""

    def _write(self, path: Path, parts: Iterable[bytes]) -> None:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=_PREFIX)
        try:
            digest = blake2b(digest_size=_DIGEST)
            with open(descriptor, "wb") as file:
                for part in parts:
                    digest.update(part)
                    file.write(part)
                file.write(digest.digest())
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise

    def _prune(self) -> None:
        """Remove the oldest files where there is too much, and what killed runs have left."""
        assert self.folder
        with os.scandir(self.folder) as entries:
            files = [(entry.stat(follow_symlinks=False), entry) for entry in entries]
        newest = max((status.st_mtime for status, _ in files), default=0.0)
        total = sum(status.st_size for status, _ in files)
        for status, entry in sorted(files, key=lambda one: one[0].st_mtime):
            left = entry.name.startswith(_PREFIX) and newest - status.st_mtime > 600
            if left or total > MOST_BYTES:
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)
                    total -= status.st_size


def found_cache(environ: Mapping[str, str], *, wanted: bool) -> Cache:
    """Return the user's cache: $XDG_CACHE_HOME/partnerreg, else ~/.cache/partnerreg.

    It is off where it is not wanted, and where it would lie in a repository.
    """
    if not wanted:
        return Cache(None, "--no-cache")
    base = environ.get("XDG_CACHE_HOME", "")
    home = environ.get("HOME", "")
    if not os.path.isabs(base):  # the standard: a relative path is to be ignored
        base = os.path.join(home, ".cache")
    folder = Path(os.path.realpath(base)) / "partnerreg"
    if not os.path.isabs(base):
        return Cache(None, "there is no home folder")
    if any(os.path.lexists(parent / ".git") for parent in (folder, *folder.parents)):
        return Cache(None, f"{folder} lies in a repository")
    return Cache(folder)


def key(*parts: bytes | str) -> bytes:
    """Return the key of what depends on these parts, in this order."""
    digest = blake2b(digest_size=16)
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return digest.hexdigest().encode()
