"""Many files examined: those whose bytes are known are not read again, the others on every core."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from partnerreg.checks.check_file import Examined, File, examine
from partnerreg.loading import file_cache as kept
from partnerreg.loading import workers as cores
from partnerreg.loading.cache import Cache, key


@dataclass(frozen=True, slots=True)
class Means:
    """How the work is done; it changes nothing about what comes out.

    `name` is the registry's in the cache; with `keep` what is found out is kept there. With
    `records` the records will be asked for, not the findings alone. `cores` lets copies of the
    process help. `progress` is called with how many files are done, of how many.
    """

    cache: Cache | None = None
    name: str = ""
    keep: bool = True
    records: bool = True
    cores: bool = False
    progress: Callable[[int, int], None] | None = None


Outcome = tuple[Examined, tuple[bytes, bytes]]
"""What came of a file, and the two lines to keep of it (see `kept`)."""

_PARTS = ("findings", "records")
_NO_LINES = (b"", b"")

PLAINLY = Means()
"""Nothing kept, nothing shared, nothing said."""


def examine_all(files: Sequence[File], means: Means) -> list[Examined]:
    """Return what comes of each file, in order."""
    cache = means.cache
    if cache is None or cache.folder is None:
        return [examined for examined, _ in _examined_anew(files, means)]
    keys = [_key(file) for file in files]
    held = [cache.lines(f"{means.name}.{part}") for part in _PARTS[: 1 + means.records]]
    found = _known(files, keys, held)
    anew = [place for place, one in enumerate(found) if one is None]
    cache.asked += len(files)
    cache.known += len(files) - len(anew)
    outcomes = _examined_anew([files[place] for place in anew], means)
    fresh = {keys[place]: lines for place, (_, lines) in zip(anew, outcomes, strict=True)}
    for which, (part, lines) in enumerate(zip(_PARTS, held, strict=False)):
        if means.keep and (anew or len(lines) > len(set(keys))):
            whole = {one: fresh[one][which] if one in fresh else lines[one] for one in keys}
            cache.keep(f"{means.name}.{part}", whole)
    rest = (examined for examined, _ in outcomes)
    return [one or next(rest) for one in found]


def _known(
    files: Sequence[File], keys: Sequence[bytes], held: Sequence[dict[bytes, bytes]]
) -> list[Examined | None]:
    """Return what is known of each file, None where it has to be read."""
    usable = [place for place, one in enumerate(keys) if all(one in lines for lines in held)]
    records = held[1] if len(held) > 1 else {}
    lines = [(held[0][keys[place]], records.get(keys[place], b"")) for place in usable]
    found: list[Examined | None] = [None] * len(keys)
    known = kept.unpacked([files[place] for place in usable], lines)
    for place, one in zip(usable, known, strict=True):
        found[place] = one
    return found


def _examined_anew(files: Sequence[File], means: Means) -> list[Outcome]:
    done = 0

    def tick(number: int) -> None:
        nonlocal done
        done += number
        if means.progress:
            means.progress(min(done, len(files)), len(files))

    most = cores.most() if means.cores else 1
    is_kept = means.keep and means.cache is not None and means.cache.folder is not None

    def work(file: File) -> Outcome:
        examined = examine(file)
        lines = kept.lines(examined, records=means.records) if is_kept else _NO_LINES
        record = examined.record() if means.records else None
        told = None if record else examined.told()
        return kept.known(file, examined.faults, told, record), lines

    def packed(file: File) -> bytes:
        return b"\n".join(kept.lines(examine(file), records=means.records))

    try:
        return cores.answers(files, work, packed, _unpacked, tick, most=most)
    finally:
        if means.progress:
            means.progress(len(files), len(files))


def _unpacked(files: Sequence[File], wholes: Sequence[bytes]) -> list[Outcome]:
    lines = [whole.partition(b"\n")[::2] for whole in wholes]
    return list(zip(kept.unpacked(files, lines), lines, strict=True))


def _key(file: File) -> bytes:
    """Return the hash of all that the outcome depends on."""
    place = file.place
    return key(place.path, place.kind, place.id, file.currency or "", file.raw)
