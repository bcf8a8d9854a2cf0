import pytest

from partnerreg.base.collation import collated, folded


@pytest.mark.parametrize(
    ("text", "found"),
    [("pitea", "Piteå"), ("lodz", "Łódź"), ("GDANSK", "Gdańsk"), ("strasse", "Straße"), ("malmo", "Malmö")],
)  # fmt: skip
def test_matching_ignores_accents_and_case(text, found):
    assert folded(text) == folded(found)


def test_matching_runs_spaces_together():
    assert folded(" b  club ") == "b club"


def test_sorting():
    names = ["Zabrze", "Åmål", "Öckerö", "Älmhult", "Łódź", "Lund", "Malmö", "Lublin", "Ćmielów"]
    names += ["Cieszyn", "Dębica", "Żory", "Źródła", "Umeå", "uppsala", "Ystad"]
    assert sorted(names, key=collated) == [
        "Cieszyn", "Ćmielów", "Dębica", "Lublin", "Lund", "Łódź", "Malmö", "Umeå", "uppsala",
        "Ystad", "Zabrze", "Źródła", "Żory", "Åmål", "Älmhult", "Öckerö",
    ]  # fmt: skip
