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
    cache = options.cache
    if cache is None or cache.folder is None:
        return _check_all(files, options)[0]
    keys = [key_of(file) for file in files]
    values = cache.values(options.registry, options.part)
    missing = [place for place, key in enumerate(keys) if key not in values]
    cache.asked += len(files)
    cache.hits += len(files) - len(missing)
    checked, fresh = _check_all([files[place] for place in missing], options)
    stale = values.keys() - set(keys)
    if options.keep and (missing or stale):
        new = {keys[place]: row for place, row in zip(missing, fresh, strict=True)}
        cache.write(options.registry, new, stale=stale)
    rest = iter(checked)
    return [
        unpacked(file.place.kind, options.part, values.pop(key)) if key in values else next(rest)
        for file, key in zip(files, keys, strict=True)
    ]


def _check_all(files: Sequence[File], options: LoadOptions) -> tuple[list[CheckedFile], list[Row]]:
    """Check files, and return what the cache is to keep of them, if it is."""
    done = 0

    def tick(number: int) -> None:
        nonlocal done
        done += number
        if options.progress:
            options.progress(min(done, len(files)), len(files))

    count = workers.available() if options.workers else 1
    try:
        if count < 2 or len(files) < workers.WORTH_IT:
            checked = workers.results(check_file, files, tick, workers=1)
            is_kept = (
                options.keep and options.cache is not None and options.cache.folder is not None
            )
            return checked, [packed(one) for one in checked] if is_kept else []
        fresh = workers.results(_packed, files, tick, workers=count)
        checked = [
            unpacked(file.place.kind, options.part, getattr(row, options.part))
            for file, row in zip(files, fresh, strict=True)
        ]
        return checked, fresh
    finally:
        if options.progress:
            options.progress(len(files), len(files))


def _packed(file: File) -> Row:
    return packed(check_file(file))
