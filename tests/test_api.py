"""What the command line refuses, Python refuses too."""

from datetime import date

import pytest

import partnerreg
from conftest import AS_OF, partnership
from partnerreg import Failure, Filters

LINE = "funding:\n  lines:\n    - {source: a-town, year: 2020, amount: 100, currency: EUR}\n"
RATES = "Date,SEK\n2020-01-02,10.5\n2020-06-30,8\n2020-12-31,9\n"


@pytest.fixture
def reports(write):
    files = {"partnerships/x.yaml": partnership(LINE), "rates/ecb.csv": RATES}
    return partnerreg.load(write(files), as_of=date(2022, 6, 15))


@pytest.mark.parametrize(
    ("report", "options"),
    [
        ("totals", {"by": "sorce"}),
        ("totals", {"depth": 7}),
        ("totals", {"stage": "agred"}),
        ("totals", {"funding_kind": "csah"}),
        ("totals", {"spread": "dyas"}),
        ("totals", {"currency": "euro"}),
        ("totals", {"currency": "SEK", "rate": "averge"}),
        ("totals", {"currency": "SEK", "rate": "2020-01"}),
        ("totals", {"year": (2022, 2020)}),
        ("totals", {"year": 0}),
        ("expiring", {"within": "soon"}),
        ("expiring", {"between": (date(2022, 2, 1), date(2022, 1, 1))}),
        ("list", {"missing": ("ending",)}),
        ("list", {"missing": "end"}),
        ("list", {"stale": "1 year"}),
        ("show", {"record": "nothing"}),
    ],
)
def test_refused(reports, report, options):
    with pytest.raises(Failure) as failure:
        getattr(reports, report)(**options)
    assert failure.value.exit_code == 2


@pytest.mark.parametrize(
    "given",
    [
        {"kind": ("partnerships",)},
        {"form": ("grant",)},
        {"status": ("over",)},
        {"stage": ("agred",)},
        {"country": ("se",)},
        {"theme": ("sport",)},
        {"theme": "health"},
    ],
)
def test_filters_are_judged_when_they_are_made(given):
    with pytest.raises(Failure):
        Filters(**given)


def test_filters_name_organisations_of_the_registry(reports):
    with pytest.raises(Failure):
        reports.totals(filters=Filters(source=("a-twon",)))


@pytest.mark.parametrize(
    ("rate", "amount"), [("2020-01-02", 1050), (date(2020, 6, 30), 800), ("end", 900)]
)
def test_rates(reports, rate, amount):
    (row,) = reports.totals(currency="sek", rate=rate).to_dicts()
    assert row["amount"] == amount


def test_tables(write):
    import partnerreg

    reports = partnerreg.load(write(), as_of=AS_OF)
    found = reports.tables()
    assert [row["id"] for row in found["organisations"]] == ["a-town", "b-club", "c-network"]
    assert "contacts" not in reports.tables(public=True)
