"""Check many files: unchanged ones from the cache, the others here and in forked processes."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from partnerreg.checks.check_file import CheckedFile, File, check_batch
from partnerreg.loading import workers
from partnerreg.loading.cache import Cache, Column, Row
from partnerreg.loading.file_cache import key_of, packed, unpacked


class LoadOptions(Struct, frozen=True):
    """Options that affect speed only, never the result. By default: no cache, one process.

    `registry` is the key of the registry's rows in the cache; with `keep` what is found out is
    written there. With `records` the records will be asked for, not the problems and facts alone.
    `workers` allows worker processes. `progress` is called with how many files are done, of how
    many.
    """

    cache: Cache | None = None
    registry: bytes = b""
    keep: bool = True
    records: bool = True
    workers: bool = False
    progress: Callable[[int, int], None] | None = None

    @property
    def part(self) -> Column:
        """What of a file is needed beside its problems."""
        return "record" if self.records else "facts"


class _Fresh(NamedTuple):
    """A file that was checked now: here, with the part that is needed, and as the cache keeps it.

    What another process checked comes as a row alone.
    """

    checked: CheckedFile | None
    row: Row | None


def check_files(files: Sequence[File], options: LoadOptions) -> list[CheckedFile]:
    """Return each file checked, in order."""
    cache, part = options.cache, options.part
    if cache is None or cache.folder is None:
        return _unpacked(files, _check_all(files, options, keep=False), part)
    keys = [key_of(file) for file in files]
    kinds = {key: file.place.kind for key, file in zip(keys, files, strict=True)}
    known: dict[bytes, CheckedFile] = {}
    stale: list[bytes] = []
    for key, value in cache.values(options.registry, part):
        if key in kinds:
            known[key] = unpacked(kinds[key], part, value)
        else:
            stale.append(key)
    missing = [place for place, key in enumerate(keys) if key not in known]
    cache.asked += len(files)
    cache.hits += len(files) - len(missing)
    unknown = [files[place] for place in missing]
    fresh = _check_all(unknown, options, keep=options.keep)
    if options.keep and (missing or stale):
        rows = {keys[place]: one.row for place, one in zip(missing, fresh, strict=True) if one.row}
        cache.write(options.registry, rows, stale=stale)
        del rows  # else none of them is let go below
    rest = iter(_unpacked(unknown, fresh, part))
    return [known.get(key) or next(rest) for key in keys]


def _check_all(files: Sequence[File], options: LoadOptions, *, keep: bool) -> list[_Fresh]:
    done = 0

    def tick(number: int) -> None:
        nonlocal done
        done += number
        if options.progress:
            options.progress(done, len(files))

    def check(some: Sequence[File]) -> list[_Fresh]:
        every = check_batch(some)
        rows = [packed(one) if keep else None for one in every]
        if not options.records:  # let go at once
            every = [replace(one, record=None) for one in every]
        return list(map(_Fresh, every, rows))

    def sent(one: _Fresh) -> tuple[bytes, ...]:
        assert one.checked is not None
        return tuple(one.row or packed(one.checked))

    try:
        return workers.results(
            check,
            files,
            tick,
            workers=workers.available() if options.workers else 1,
            sent=sent,
            received=lambda parts: _Fresh(None, Row(*parts)),
        )
    finally:
        if options.progress:
            options.progress(len(files), len(files))


def _unpacked(files: Sequence[File], fresh: list[_Fresh], part: Column) -> list[CheckedFile]:
    """Return the files as they were checked; `fresh` is used up, so that rows are let go."""
    fresh.reverse()
    found = []
    for file in files:
        checked, row = fresh.pop()
        if checked is None:
            assert row is not None
            checked = unpacked(file.place.kind, part, getattr(row, part))
        found.append(checked)
    return found
