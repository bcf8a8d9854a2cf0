"""Parse versions of a record's file into plain data that can be compared."""

from functools import lru_cache
from typing import Any

from partnerreg.base.layout import Place
from partnerreg.checks import schema
from partnerreg.model import build
from partnerreg.reading.yaml_reader import read

Data = dict[str, Any]


def comparable(place: Place, *versions: bytes | None) -> tuple[Data | None, ...]:
    """Return the data of versions of one file; None where there is none or it cannot be read.

    Where every version is valid, what is meant is compared: defaults that are written out are
    left away. Otherwise every version is taken as it is written.
    """
    read_versions = [_read(raw) if raw is not None else (None, ()) for raw in versions]
    documents = [document if not problems else None for document, problems in read_versions]
    present = [document for document in documents if document is not None]
    if place.kind != "settings" and not any(
        schema.check(place.kind, document, whole=True) for document in present
    ):
        return tuple(
            build.data_of(build.record(place, document.data, None)) if document else None
            for document in documents
        )
    return tuple(document.data if document else None for document in documents)


# In a history what one commit made is what the next one changed.
_read = lru_cache(maxsize=2)(read)
