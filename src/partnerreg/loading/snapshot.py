"""A source read once: its files as they were, and one hash of them all."""

from collections.abc import Iterator
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from partnerreg.base.diagnostics import Fault
from partnerreg.base.layout import RATES, Item
from partnerreg.base.limits import MAX_BYTES
from partnerreg.store.folder import MAX_RATES_BYTES, Source


class Snapshot:
    """What a source holds, read at once; whoever asks later gets the same."""

    def __init__(self, source: Source) -> None:
        self.root: Path = source.root
        self._source = source
        self._items = sorted(source.items(), key=lambda item: item.path)
        self._held = {
            item.path: source.read(item.path, MAX_BYTES)
            for item in self._items
            if item.type == "file" and item.path.endswith(".yaml")
        }
        self._held[RATES] = source.read(RATES, MAX_RATES_BYTES)

    def items(self) -> Iterator[Item]:
        """Yield what lay below the root."""
        return iter(self._items)

    def read(self, path: str, limit: int) -> bytes | Fault | None:
        """Return a file's bytes as they were read."""
        return self._held[path] if path in self._held else self._source.read(path, limit)

    @cached_property
    def digest(self) -> str:
        """One hash of every path, of what stands there, and of every byte that was read."""
        digest = blake2b(digest_size=16)
        for item in self._items:
            held = self._held.get(item.path)
            raw = held if isinstance(held, bytes) else repr(held).encode()
            head = f"{item.type}\0{item.path}\0{type(held).__name__}\0{len(raw)}\0"
            digest.update(head.encode("utf-8", "surrogateescape"))
            digest.update(raw)
        rates = self._held[RATES]
        digest.update(rates if isinstance(rates, bytes) else repr(rates).encode())
        return digest.hexdigest()
