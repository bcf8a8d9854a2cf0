"""Identifiers of organisations, and numbers of persons."""

import pytest

from partnerreg.checks.identifiers import problem_of
from partnerreg.checks.personal_numbers import personal_numbers


@pytest.mark.parametrize(
    ("scheme", "number"),
    [
        ("SE-ON", "802002-8711"),
        ("SE-ON", "8020028711"),
        ("PL-NIP", "8567346215"),
        ("PL-NIP", "856-734-62-15"),
        ("PL-REGON", "192598184"),
        ("PL-KRS", "0000123456"),
        ("SE-SCB", "0380"),
        ("PL-TERYT", "2261011"),
        ("GB-CHC", "anything"),
    ],
)
def test_good(scheme, number):
    assert problem_of(scheme, number) is None


@pytest.mark.parametrize(
    ("scheme", "number"),
    [
        ("SE-ON", "802002-8712"),
        ("SE-ON", "811228-9875"),  # a date of birth
        ("SE-ON", "80200287"),
        ("SE-ON", "٨02002-8711"),
        ("PL-NIP", "8567346216"),
        ("PL-REGON", "192598183"),
        ("PL-KRS", "123456"),
        ("SE-SCB", "380"),
        ("PL-TERYT", "22610"),
    ],
)
def test_bad(scheme, number):
    assert problem_of(scheme, number)


@pytest.mark.parametrize(
    "text",
    ["811228-9874", "19811228-9874", "198112289874", "8112289874", "811288-9814", "811228+9874"],
)
def test_swedish_persons(text):
    assert [kind for *_, kind in personal_numbers(f"x {text}.", ())] == ["Swedish personal number"]


@pytest.mark.parametrize("text", ["44051401359", "02070803628"])
def test_polish_persons(text):
    found = [kind for *_, kind in personal_numbers(f"PESEL {text}", ())]
    assert found == ["Polish personal number (PESEL)"]


@pytest.mark.parametrize(
    "text",
    [
        "802002-8711",  # an organisation's
        "811228-9875",  # wrong check digit
        "811328-9874",  # no month 13
        "1811228-98741",
        "44051401358",
        "0911-69 62 57",
        "https://example.org/44051401359",
        "KS-2019/00321",
    ],
)
def test_no_persons(text):
    assert not list(personal_numbers(text, ()))


def test_numbers_of_registers_are_allowed():
    assert not list(personal_numbers("id: '8112289874'", ("8112289874",)))
