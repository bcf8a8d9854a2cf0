"""Check many files: unchanged ones from the cache, the others in worker processes."""

from collections.abc import Callable, Sequence

from msgspec import Struct

from partnerreg.checks.check_file import CheckedFile, File, check_file
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


def check_files(files: Sequence[File], options: LoadOptions) -> list[CheckedFile]:
    """Return each file checked, in order."""
    cache, part = options.cache, options.part
    if cache is None or cache.folder is None:
        fresh = _check_all(files, options)
        fresh.reverse()
        return [_unpacked(file, fresh.pop(), part) for file in files]
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
    fresh = _check_all([files[place] for place in missing], options)
    if options.keep and (missing or stale):
        found = zip(missing, fresh, strict=True)
        rows = {keys[place]: one if isinstance(one, Row) else packed(one) for place, one in found}
        cache.write(options.registry, rows, stale=stale)
        del rows
    fresh.reverse()  # taken from behind and let go: rows and records together need much memory
    return [
        known.get(key) or _unpacked(file, fresh.pop(), part)
        for file, key in zip(files, keys, strict=True)
    ]


def _check_all(files: Sequence[File], options: LoadOptions) -> list[CheckedFile | Row]:
    """Return each file checked; as a row what may have been checked in another process."""
    done = 0

    def tick(number: int) -> None:
        nonlocal done
        done += number
        if options.progress:
            options.progress(min(done, len(files)), len(files))

    count = workers.available() if options.workers else 1
    is_shared = count > 1 and len(files) >= workers.WORTH_IT
    try:
        return workers.results(
            _packed if is_shared else check_file, files, tick, workers=count if is_shared else 1
        )
    finally:
        if options.progress:
            options.progress(len(files), len(files))


def _packed(file: File) -> Row:
    return packed(check_file(file))


def _unpacked(file: File, one: CheckedFile | Row, part: Column) -> CheckedFile:
    if isinstance(one, CheckedFile):
        return one
    return unpacked(file.place.kind, part, getattr(one, part))
