from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerreg.checks.stated_figures import figures, inexact


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("670 000 kronor", "670000"),
        ("3 745 400 kronor", "3745400"),
        ("3\u00a0745\u00a0400 kr", "3745400"),
        ("1\u202f555\u202f000 kr", "1555000"),
        ("1,5 miljoner kronor per år", "1500000"),
        ("1,5 miljon", "1500000"),
        ("2,25 mkr", "2250000"),
        ("2,25 MSEK", "2250000"),
        ("500 tkr", "500000"),
        ("975 tusen kronor", "975000"),
        ("1,2 miljarder", "1200000000"),
        ("4,7 mln złotych", "4700000"),
        ("250 tys. zł", "250000"),
        ("3 mld zł", "3000000000"),
        ("12 milionów", "12000000"),
        ("SEK 1.5 million", "1500000"),
        ("EUR 20 thousand", "20000"),
        ("£72,474", "72474"),
        ("1.555.000 EUR", "1555000"),
        ("1,555,000.50", "1555000.50"),
        ("1.555.000,50", "1555000.50"),
        ("1 555 000,50 kr", "1555000.50"),
        ("19,99", "19.99"),
        ("1.500", "1500"),
        ("1.500", "1.500"),
        ("1'000'000 CHF", "1000000"),
        ("cirka 500 000 kr", "500000"),
        ("1,5 miljoner kronor 2020–2023", "1500000"),
        ("1 555 000 kronor, varav 670 000 kronor", "670000"),
        ("2020: 1 500 000 kr", "1500000"),
    ],
)  # fmt: skip
def test_figures(text, amount):
    assert any(figure.allows(Decimal(amount)) for figure in figures(text)), figures(text)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("670 000 kronor", "67000"),
        ("1,5 miljoner", "15000000"),
        ("1,5 miljoner", "1.5"),
        ("500–600 tkr", "499999"),
        ("500–600 tkr", "600001"),
        ("500 kr", "500000"),
    ],
)
def test_other_figures(text, amount):
    assert not any(figure.allows(Decimal(amount)) for figure in figures(text))


@pytest.mark.parametrize("amount", ["500000", "550000", "600000"])
@pytest.mark.parametrize(
    "text", ["500–600 tkr", "500-600 tys. zł", "500 till 600 tkr", "500 do 600 tys."]
)
def test_ranges(text, amount):
    assert any(figure.allows(Decimal(amount)) for figure in figures(text))


def test_no_figure():
    assert figures("enligt överenskommelse") == ()


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("670 000 kronor", None),
        ("cirka 500 000 kr", "about"),
        ("ca 1,5 mkr", "about"),
        ("około 100 tys. zł", "about"),
        ("about EUR 1 million", "about"),
        ("ponad 40 tys. zł", "at-least"),
        ("minst 100 000 kr", "at-least"),
        ("over 1 million", "at-least"),
        ("upp till 500 tkr", "at-most"),
        ("högst 500 tkr", "at-most"),
        ("up to 5 million", "at-most"),
        ("500–600 tkr", "about"),
        ("1 500 000 kr fördelat över tre år", None),
        ("1 500 000 kr över 3 år", None),
        ("SEK 1.5 million over 3 years", None),
        ("500 kr (2020-06-30)", None),
        ("1,5 miljoner kronor 2020–2023", None),
    ],
)
def test_inexact(text, bound):
    figure = figures(text)[0]
    assert inexact(text, figures(text), figure.values[0]) == bound


@given(
    st.from_regex(r"[0-9]{1,3}([ \u00a0\u202f][0-9]{3}){0,6}|[0-9]{1,18}", fullmatch=True),
    st.sampled_from(
        ["", " kr", " kronor", " mkr", " mln", " zł", " tusen", "\u00a0SEK", " K", " till"]
    ),
)
def test_the_short_way_finds_what_the_long_one_does(digits, word):
    # A space behind changes nothing but that the short way is not taken.
    assert figures(f"{digits}{word}") == figures(f"{digits}{word} ")
