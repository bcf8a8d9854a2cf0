"""Content-addressed cache of checked files in $XDG_CACHE_HOME; a hit must equal a recomputation.

One SQLite file. A key is a hash of all that a value depends on (see `file_cache`), and every
value is stored under a digest that its key goes into, so that no damage can turn into an answer.
Whatever is odd (another owner, a link, a file of another program, a damaged one) counts as
absent. Nothing else in the folder is touched. Without a place to write to, nothing is cached.
"""

import contextlib
import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

try:
    from _blake2 import blake2b  # hashlib's own, without OpenSSL, which is slow to load
except ImportError:
    from hashlib import blake2b

if TYPE_CHECKING:
    from sqlite3 import Connection

MOST_BYTES = 256 * 1024 * 1024
"""Beyond half of it, other registries' rows make room; a registry that needs more is not kept."""
FILE = "files.sqlite"
_APPLICATION = 0x70617274  # "part"
_LAYOUT = 2
_PAGE = 16 * 1024
"""Bytes of SQLite's pages: several rows fit into one."""
_DIGEST = 8
_LONGEST_KEY = 64
_PATIENCE = 0.2
"""Seconds to wait for another run's lock before going on without the cache."""


Column = Literal["facts", "record"]


class Row(NamedTuple):
    """What is kept of one file, packed: its problems with its facts, and with its record."""

    facts: bytes
    record: bytes


class Cache:
    """The cache file in a folder; where `folder` is None nothing is cached, and `why` says why.

    `hits` and `asked` count files.
    """

    def __init__(self, folder: Path | None, why: str = "") -> None:
        self.folder = folder
        self.why = why
        self.hits = self.asked = 0

    def values(self, registry: bytes, column: Column) -> Iterator[tuple[bytes, bytes]]:
        """Yield the keys of a registry's rows and a column of theirs; what is odd counts as absent.

        A hundred at a time, since all of them at once need much memory.
        """
        import sqlite3  # noqa: PLC0415  (not needed with --no-cache)

        if self.folder is None:
            return
        # Damaged names are not even UTF-8.
        with (
            contextlib.suppress(sqlite3.Error, OSError, ValueError),
            self._connected(create=False) as connection,
        ):
            if connection is None:
                return
            # In the order of writing, after a cold run that of paths: records that are used one
            # after the other then lie side by side in memory.
            own = "SELECT rowid FROM file WHERE registry = ?"
            query = f"SELECT key, {column} FROM file WHERE rowid IN ({own}) ORDER BY rowid"  # noqa: S608  (a column's name)
            cursor = connection.execute(query, (registry,))
            while rows := cursor.fetchmany(100):
                opened = [(key, _opened(key, column, sealed)) for key, sealed in rows]
                yield from ((key, value) for key, value in opened if value is not None)

    def write(
        self, registry: bytes, fresh: Mapping[bytes, Row], *, stale: Collection[bytes] = ()
    ) -> None:
        """Add rows to a registry's and delete the stale; while another run writes, do nothing."""
        import sqlite3  # noqa: PLC0415

        if self.folder is None:
            return
        if sum(len(part) for row in fresh.values() for part in row) > MOST_BYTES // 2:
            return
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for _ in range(2):
                try:
                    with self._connected(create=True) as connection:
                        if connection is not None:
                            self._write(connection, registry, fresh, stale)
                    break
                except sqlite3.OperationalError:
                    break  # another run is writing, or the disk is full
                except (sqlite3.DatabaseError, ValueError):
                    os.unlink(self.folder / FILE)  # damaged, or no file of ours: begun anew
        except (sqlite3.Error, OSError) as error:
            self.folder, self.why = None, str(getattr(error, "strerror", None) or error).lower()

    @property
    def summary(self) -> str:
        """What the cache did, in a sentence."""
        if self.folder is None:
            return f"cache: off ({self.why})"
        return f"cache: {self.hits} of {self.asked} files known, in {self.folder / FILE}"

    def _write(
        self,
        connection: "Connection",
        registry: bytes,
        fresh: Mapping[bytes, Row],
        stale: Collection[bytes],
    ) -> None:
        assert self.folder
        connection.execute("BEGIN IMMEDIATE")
        if os.stat(self.folder / FILE).st_size > MOST_BYTES // 2:
            connection.execute("DELETE FROM file WHERE registry <> ?", (registry,))
        gone = ((registry, key) for key in stale)
        connection.executemany("DELETE FROM file WHERE registry = ? AND key = ?", gone)
        insert = "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)"  # what is damaged is replaced
        connection.executemany(insert, _sealed(registry, fresh))
        connection.execute("COMMIT")

    @contextlib.contextmanager
    def _connected(self, *, create: bool) -> "Iterator[Connection | None]":
        """Open the cache file; None where there is none that is ours.

        The journal is kept in memory: no second file lies in the folder, and what a killed run
        leaves damaged is told by its digests.
        """
        import sqlite3  # noqa: PLC0415

        assert self.folder
        path = self.folder / FILE
        if create:
            with contextlib.suppress(FileExistsError):
                os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if not _is_ours(path, stat.S_ISREG):
            yield None
            return
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA journal_mode = MEMORY")
            connection.execute("PRAGMA synchronous = OFF")
            if create and not path.stat().st_size:
                _lay_out(connection)
            (page_size,) = connection.execute("PRAGMA page_size").fetchone()
            connection.execute(f"PRAGMA max_page_count = {MOST_BYTES // page_size}")
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (layout,) = connection.execute("PRAGMA user_version").fetchone()
            if (application, layout) != (_APPLICATION, _LAYOUT):
                raise sqlite3.DatabaseError("not a cache of this version")
            yield connection
        finally:
            connection.close()


def _lay_out(connection: "Connection") -> None:
    connection.execute(f"PRAGMA page_size = {_PAGE}")
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA application_id = {_APPLICATION}")
    connection.execute(f"PRAGMA user_version = {_LAYOUT}")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS file (registry BLOB, key BLOB, facts BLOB, record BLOB)"
    )
    connection.execute("CREATE UNIQUE INDEX IF NOT EXISTS by_key ON file (registry, key)")
    connection.execute("COMMIT")


def _sealed(registry: bytes, rows: Mapping[bytes, Row]) -> Iterable[tuple[bytes, ...]]:
    for key, row in rows.items():
        parts = zip(Row._fields, row, strict=True)
        yield (registry, key, *(_digest(key, name, value) + value for name, value in parts))


def _opened(key: object, column: str, sealed: object) -> bytes | None:
    """Return a stored value, or None where it is not what was stored under this key."""
    if not (isinstance(key, bytes) and len(key) <= _LONGEST_KEY and isinstance(sealed, bytes)):
        return None
    value = sealed[_DIGEST:]
    return value if sealed[:_DIGEST] == _digest(key, column, value) else None


def _digest(key: bytes, column: str, value: bytes) -> bytes:
    return blake2b(value, digest_size=_DIGEST, key=key, person=column.encode()).digest()


def key_for(value: bytes) -> bytes:
    """Return the BLAKE2b hash of `value`, 16 bytes: in practice no two values share one."""
    return blake2b(value, digest_size=16).digest()


def _is_ours(path: Path, is_wanted: Callable[[int], bool]) -> bool:
    """Whether a path is what is wanted, no link, belongs to us, and nobody else can write it."""
    try:
        status = os.lstat(path)
    except OSError:
        return False
    if not is_wanted(status.st_mode):
        return False
    if not hasattr(os, "geteuid"):
        return True
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


def user_cache(environ: Mapping[str, str], *, wanted: bool) -> Cache:
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
    if os.path.lexists(folder) and not _is_ours(folder, stat.S_ISDIR):
        return Cache(None, f"{folder} is a link, or others can write to it")
    return Cache(folder)
