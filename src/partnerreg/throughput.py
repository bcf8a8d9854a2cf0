"""Many files examined: those whose bytes are known are not read again, the others on every core."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from partnerreg import cores, kept
from partnerreg.cache import Cache, key
from partnerreg.examine import Examined, File, examine


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


PLAINLY = Means()
"""Nothing kept, nothing shared, nothing said."""


def examine_all(files: Sequence[File], means: Means) -> list[Examined]:
    """Return what comes of each file, in order."""
    cache = means.cache
    if cache is None or cache.folder is None:
        return _examined_anew(files, means)
    keys = [_key(file) for file in files]
    findings = cache.lines(f"{means.name}.findings")
    records = cache.lines(f"{means.name}.records") if means.records else {}
    found = _known(files, keys, findings, records, means)
    anew = [place for place, one in enumerate(found) if one is None]
    cache.asked += len(files)
    cache.known += len(files) - len(anew)
    outcome = dict(zip(anew, _examined_anew([files[place] for place in anew], means), strict=True))
    if not means.keep:
        return [one or outcome[place] for place, one in enumerate(found)]
    every = [one or outcome[place] for place, one in enumerate(found)]
    if anew or len(findings) > len(set(keys)):
        cache.keep(f"{means.name}.findings", dict(zip(keys, _lines(every, 0), strict=True)))
    if means.records and (anew or len(records) > len(set(keys))):
        cache.keep(f"{means.name}.records", dict(zip(keys, _lines(every, 1), strict=True)))
    return every


def _known(
    files: Sequence[File],
    keys: Sequence[bytes],
    findings: dict[bytes, bytes],
    records: dict[bytes, bytes],
    means: Means,
) -> list[Examined | None]:
    """Return what is known of each file, None where it has to be read."""
    usable = [one in findings and (not means.records or one in records) for one in keys]
    lines = [findings[one] for one, known in zip(keys, usable, strict=True) if known]
    parsed = iter(kept.parsed(lines))
    return [
        kept.examined(file, next(parsed), findings[one], records.get(one, b"")) if known else None
        for file, one, known in zip(files, keys, usable, strict=True)
    ]


def _examined_anew(files: Sequence[File], means: Means) -> list[Examined]:
    done = 0

    def tick(number: int) -> None:
        nonlocal done
        done += number
        if means.progress:
            means.progress(min(done, len(files)), len(files))

    most = cores.most() if means.cores else 1
    is_kept = means.keep and means.cache is not None and means.cache.folder is not None

    def work(file: File) -> Examined:
        examined = examine(file)
        lines = kept.lines(examined, records=means.records) if is_kept else None
        # What is not needed any more goes: ten thousand records are a hundred megabytes.
        record = examined.record if means.records else partial(kept.record_of, file)
        return replace(examined, data=None, record=record, lines=lines)

    def packed(file: File) -> bytes:
        return b"\n".join(kept.lines(examine(file), records=means.records))

    return cores.answers(files, work, packed, _unpacked, tick, most=most)


def _lines(every: Sequence[Examined], which: int) -> Iterator[bytes]:
    return (one.lines[which] if one.lines else b"" for one in every)


def _unpacked(files: Sequence[File], wholes: Sequence[bytes]) -> list[Examined]:
    pairs = [whole.partition(b"\n")[::2] for whole in wholes]
    parsed = kept.parsed([findings for findings, _ in pairs])
    return [
        kept.examined(file, found, findings, record)
        for file, found, (findings, record) in zip(files, parsed, pairs, strict=True)
    ]


def _key(file: File) -> bytes:
    """Return the hash of all that the outcome depends on."""
    place = file.place
    return key(place.path, place.kind, place.id, file.currency or "", file.raw)
