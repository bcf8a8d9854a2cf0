"""Agreements for tests, from the YAML that a file would hold."""

from conftest import partnership
from partnerreg.examine import examine
from partnerreg.layout import Place
from partnerreg.model import Agreement


def agreement(body: str, name: str = "sample", currency: str | None = "SEK") -> Agreement:
    place = Place(f"partnerships/{name}.yaml", "partnership", name)
    examined = examine(place, partnership(body).encode(), currency)
    assert isinstance(examined.record, Agreement)
    return examined.record
