"""Agreements for tests, from the YAML that a file would hold."""

from conftest import partnership
from partnerreg.base.layout import Place
from partnerreg.checks.check_file import File, check_file
from partnerreg.model.records import Agreement


def agreement(body: str, name: str = "sample", currency: str | None = "SEK") -> Agreement:
    place = Place(f"partnerships/{name}.yaml", "partnership", name)
    record = check_file(File(place, partnership(body).encode(), currency)).record
    assert isinstance(record, Agreement)
    return record
