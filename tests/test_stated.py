import random
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from partnerreg.checks import stated_figures
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


SILENT = None
NOTATIONS = [
    # Swedish
    ("670 000 kronor", "670000"), ("670\u00a0000 kr", "670000"), ("670000", "670000"),
    ("670 000:-", "670000"), ("1 500,50 kr", "1500.50"), ("1,5 miljoner kronor", "1500000"),
    ("1,5 miljoner kronor per år", "1500000"), ("1,5 mkr", "1500000"), ("1,5 Mkr", "1500000"),
    ("1,5 mnkr", "1500000"), ("1,5 mn kr", "1500000"), ("1,5 milj. kr", "1500000"),
    ("MSEK 1,5", "1500000"), ("1,5 MSEK", "1500000"), ("500 tkr", "500000"), ("500 Tkr", "500000"),
    ("500 kkr", "500000"), ("500 KSEK", "500000"), ("TSEK 500", "500000"), ("500 tusen kr", "500000"),
    ("0,1 md kr", "100000000"), ("0,1 mdkr", "100000000"), ("0,1 mdr kr", "100000000"),
    ("2 miljarder kronor", "2000000000"), ("1½ miljon", "1500000"), ("SEK 1 234 567", "1234567"),
    ("kr 500", "500"), ("cirka 500 000 kr", "500000"), ("drygt 500 tkr", "500000"),
    ("500-600 tkr", "550000"), ("500–600 tkr", "500000"), ("500 till 600 tkr", "600000"),
    ("2 x 500 000 kr", "500000"), ("2 x 500 000 kr", "1000000"), ("3*100 000", "300000"),
    ("670 000 kr exkl. moms", "670000"), ("670 000 kr/år", "670000"), ("670 000 kr, 2020", "670000"),
    ("2020: 670 000 kr", "670000"), ("1.500 kr", "1500"), ("1.500.000 kr", "1500000"),
    ("totalt 3 745 400 kronor varav hälften", "3745400"),
    ("beslut 2020-06-15: 670 000 kr", "670000"), ("15.6.2020: 670 000 kr", "670000"),
    # Norwegian
    ("kr 500 000", "500000"), ("kr. 500 000,-", "500000"), ("500 000 kroner", "500000"),
    ("1,5 mill. kr", "1500000"), ("1,5 mill. kroner", "1500000"), ("1,5 millioner kroner", "1500000"),
    ("NOK 1,2 mill.", "1200000"), ("MNOK 1,2", "1200000"), ("1,2 MNOK", "1200000"),
    ("2 mrd. kr", "2000000000"), ("2 milliarder kroner", "2000000000"), ("500 tusen kroner", "500000"),
    ("om lag 500 kr", "500"), ("inntil 500 000 kr", "500000"), ("500.000 kr", "500000"),
    # Danish
    ("1,5 mio kr", "1500000"), ("1,5 mio. kr.", "1500000"), ("kr. 1.500.000,00", "1500000"),
    ("DKK 1.5 mio.", "1500000"), ("50 t.kr.", "50000"), ("t.kr. 50", "50000"), ("2 mia. kr.", "2000000000"),
    ("2 milliarder kr.", "2000000000"), ("500.000 kr. årligt", "500000"), ("500 tusinde kr.", "500000"),
    ("1,5 millioner kr. pr. år", "1500000"),
    # Polish
    ("4,7 mln zł", "4700000"), ("4,7 mln złotych", "4700000"), ("4,7 miliona złotych", "4700000"),
    ("5 tys. zł", "5000"), ("5 tysięcy złotych", "5000"), ("2 mld zł", "2000000000"),
    ("2 miliardy złotych", "2000000000"), ("1 000 000,00 zł", "1000000"), ("1000000 PLN", "1000000"),
    ("PLN 1,2 mln", "1200000"), ("ok. 5 tys. zł", "5000"), ("do 5 tys. zł", "5000"),
    ("500 tys. zł rocznie", "500000"), ("12 345,67 zł", "12345.67"), ("12.345,67 zł", "12345.67"),
    ("100 do 200 zł", "150"), ("300 000 zł w 2020 roku", "300000"), ("300 000 zł brutto", "300000"),
    # English
    ("SEK 1.5 million", "1500000"), ("1.5 million SEK", "1500000"), ("1.5m", "1500000"),
    ("€1.5M", "1500000"), ("£1.2m", "1200000"), ("£500k", "500000"), ("£1,234,567", "1234567"),
    ("£1,234.50", "1234.50"), ("$2bn", "2000000000"), ("2 billion euros", "2000000000"),
    ("EUR 500 thousand", "500000"), ("about 500 pounds", "500"), ("up to £5,000", "5000"),
    ("5,000-6,000 pounds", "5500"), ("GBP 12,000 a year", "12000"), ("12,000 pounds each year", "12000"),
    ("12,34,567 INR", "1234567"), ("INR 12,34,567.50", "1234567.50"), ("£5,000 in 2020", "5000"),
    # German
    ("1,2 Mio. €", "1200000"), ("1,2 Millionen Euro", "1200000"), ("1,2 Mio. Euro", "1200000"),
    ("€ 1,2 Mio.", "1200000"), ("250 Tsd. Euro", "250000"), ("250 Tausend Euro", "250000"),
    ("50 TEUR", "50000"), ("TEUR 50", "50000"), ("50 T€", "50000"), ("MEUR 1,5", "1500000"),
    ("1,5 Mrd. €", "1500000000"), ("1,5 Milliarden Euro", "1500000000"), ("1.234.567,89 €", "1234567.89"),
    ("1'234'567.50 CHF", "1234567.50"), ("CHF 1’234’567", "1234567"), ("Fr. 1'500.-", "1500"),
    ("rund 500.000 Euro", "500000"), ("500.000 Euro im Jahr", "500000"), ("100 bis 200 Euro", "150"),
    ("10.000 EUR jährlich", "10000"), ("bis zu 50.000 €", "50000"), ("1.500,- €", "1500"),
    # French
    ("1,5 M€", "1500000"), ("1,5 million d'euros", "1500000"), ("2 millions d’euros", "2000000"),
    ("500 k€", "500000"), ("2 Md€", "2000000000"), ("2 milliards d'euros", "2000000000"),
    ("1 234 567,50 €", "1234567.50"), ("1\u202f500 euros par an", "1500"), ("environ 500 euros", "500"),
    ("50 milliers d'euros", "50000"), ("500 € TTC", "500"), ("100 à 200 euros", "150"),
    # Dutch
    ("1,5 miljoen euro", "1500000"), ("€ 1,5 miljoen", "1500000"), ("1,5 mln. euro", "1500000"),
    ("2 miljard euro", "2000000000"), ("€ 500.000,-", "500000"), ("500 duizend euro", "500000"),
    ("ongeveer 500 euro", "500"), ("€ 12.500 per jaar", "12500"), ("100 tot 200 euro", "150"),
    # What is not understood, or is no sum
    ("25 ungdomar", SILENT), ("1,5 miljoner invånare", SILENT), ("MXYZ 5", SILENT),
    ("10 % av budgeten", SILENT), ("500 kr per deltagare", SILENT), ("500 kr per månad", SILENT),
    ("två miljoner kronor", SILENT), ("kostnadsfritt", SILENT), ("12 heltidstjänster", SILENT),
    ("500 lakhs", SILENT), ("5 crore", SILENT), ("3 zajęcia po 100 zł", SILENT),
    ("40 timmar à 500 kr", SILENT), ("MSEK 1,5 miljoner", SILENT), ("85 %", SILENT),
    ("5 Personen", SILENT), ("12 mois", SILENT), ("100 elever, 500 kr", SILENT),
    ("basbelopp 2020", "2020"), ("", SILENT), ("80 procent av 500 000", SILENT),
    ("5 000 kr/månad", SILENT), ("1 1/2 miljon", SILENT), ("400 000 kr i tre år", SILENT),
    ("€30,000 for three years", SILENT), ("1 million 200 000 euros", SILENT),
    ("1 miljon och 200 tusen kronor", SILENT), ("2 mln i 500 tys. zł", SILENT),
    ("Belopp i tkr: 500", SILENT), ("500 (tkr)", SILENT), ("500 i tusental kronor", SILENT),
    ("1, 2 respektive 3 mkr", SILENT), ("mellan 1 och 2 mkr", SILENT),
    ("between €1m and €2m", SILENT), ("zwischen 1 und 2 Mio. Euro", SILENT),
    # A year before the figure, and so many times
    ("år 2021 - 500 000 kr", "500000"), ("w roku 2021 – 50 000 zł", "50000"),
    ("400 000 kr x 3", "1200000"), ("2 000 kr och 1 500 kr", "1500"),
    ("500 000 kr under 2021", "500000"), ("1 500 000 kr, varav 500 tkr", "500000"),
    ("SEK 1.5 million over 3 years", "1500000"), ("1 mkr 2021, 2 mkr 2022", "2000000"),
]  # fmt: skip


def test_there_are_enough_notations():
    assert len(NOTATIONS) >= 150


@pytest.mark.parametrize(("text", "amount"), NOTATIONS)
def test_notations(text, amount):
    read = figures(text)
    if amount is SILENT:
        assert read == ()
        return
    assert any(figure.allows(Decimal(amount)) for figure in read), read
    # Ten times as much is never the stated figure: a slip of the pen is found.
    assert not any(figure.allows(Decimal(amount) * 10) for figure in read)


@pytest.mark.parametrize("scale", [1000, Decimal("0.001")])
@pytest.mark.parametrize(("text", "amount"), NOTATIONS)
def test_slips_by_a_thousand_are_found(text, amount, scale):
    if amount is not SILENT and not any(len(figure.values) > 1 for figure in figures(text)):
        assert not any(figure.allows(Decimal(amount) * scale) for figure in figures(text))


WORDS = [
    "kr",
    "kronor",
    "kr.",
    "tkr",
    "mkr",
    "miljoner",
    "miljon",
    "tusen",
    "SEK",
    "sek",
    "PLN",
    "zł",
    "tys",
    "mln",
    "€",
    "T",
    "K",
    "m",
    "per",
    "år",
    "i",
    "och",
    "mellan",
    "between",
    "till",
    "x",
    "procent",
    "%",
    "om",
    "for",
    "two",
    "years",
    "2",
    "foo",
]
SPACES = [" ", " ", "\u00a0", ""]
NUMBERS = ["7", "2020", "150000", "1 500", "12 345 678", "1,5", "3,00", "1 500,5", "1,555", "10 00"]


def test_simple_figures_are_read_as_all_others(monkeypatch):
    rng = random.Random(1)
    texts = [
        rng.choice(NUMBERS)
        + "".join(rng.choice(SPACES) + rng.choice(WORDS) for _ in range(rng.randrange(4)))
        + rng.choice(["", "", " per år", "."])
        for _ in range(5_000)
    ]
    found = [figures(text) for text in texts]
    assert sum(map(bool, map(stated_figures._SIMPLE.fullmatch, texts))) > 1_000
    monkeypatch.setattr(stated_figures, "_SIMPLE", re.compile("(?!)"))
    for text, simple in zip(texts, found, strict=True):
        assert repr(figures(text)) == repr(simple), text
