from datetime import date

import pytest

from make import agreement
from partnerreg.calc.status import active_on, status
from partnerreg.calc.term import effective_end
from partnerreg.model.dates import Duration

D = date.fromisoformat


@pytest.mark.parametrize(
    ("body", "at", "end", "renews"),
    [
        ("period: {end: 2022}", "2022-05-01", "2022-12-31", False),
        ("period: {end: 2022}", "2030-05-01", "2022-12-31", False),
        ("period: {end: 2022}\nrenewal: {mode: express, term: P1Y}", "2023-05-01", "2022-12-31", False),
        ("period: {end: 2022}\nrenewal: {mode: tacit, term: P1Y}", "2022-05-01", "2022-12-31", True),
        ("period: {end: 2022}\nrenewal: {mode: tacit, term: P1Y}", "2022-12-31", "2022-12-31", True),
        ("period: {end: 2022}\nrenewal: {mode: tacit, term: P1Y}", "2023-01-01", "2023-12-31", True),
        ("period: {end: 2022}\nrenewal: {mode: tacit, term: P1Y, times: 1}", "2025-01-01", "2023-12-31", False),
        ("period: {end: 2022}\nrenewal: {mode: tacit, term: P1Y, times: 0}", "2025-01-01", "2022-12-31", False),
        ("period: {end: 2022}\nrenewal: {mode: tacit, term: P1Y, until: 2024-06}", "2024-02-01", "2024-06-30", False),
        ("period: {end: 2022}\nrenewal: {mode: tacit, term: P1Y, until: 2024}", "2026-02-01", "2024-12-31", False),
        ("period: {end: 2022}\nrenewal: {mode: tacit, term: P1Y, until: 2020}", "2026-02-01", "2022-12-31", False),
        ("period: {end: 2023-06-30}\nrenewal: {mode: tacit, term: P6M}", "2023-07-01", "2023-12-31", True),
        ("period: {end: 2024-02-29}\nrenewal: {mode: tacit, term: P1Y}", "2024-03-01", "2025-02-28", True),
        ("period: {end: 2022-11-30}\nrenewal: {mode: tacit, term: P1M}", "2023-02-10", "2023-02-28", True),
        ("period: {end: 1000}\nrenewal: {mode: tacit, term: P1D}", "2022-02-10", "2022-02-10", True),
        ("period: {end: 2022}\nended: {date: 2021-06-30}", "2021-01-01", "2021-06-30", False),
        ("period: {end: 2022}\nended: {date: 2025}", "2021-01-01", "2022-12-31", False),
        ("period: {end: open}\nended: {date: 2021-06-30}", "2021-01-01", "2021-06-30", False),
        ("period: {end: 2022}\nrenewal: {mode: tacit, term: P1Y}\nended: {date: 2024-03-31}", "2024-01-01", "2024-03-31", False),
    ],
)  # fmt: skip
def test_effective_end(body, at, end, renews):
    found = effective_end(agreement(body), D(at))
    assert found is not None
    assert (found.day, found.renews) == (D(end), renews)


@pytest.mark.parametrize("body", ["period: {end: open}", "period: {end: unknown}", "period: {}"])
def test_no_end(body):
    assert effective_end(agreement(body), D("2022-01-01")) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("stage: declined\nperiod: {start: 2020, end: 2021}", "declined"),
        ("ended: {date: 2022-06-14}", "ended"),
        ("ended: {date: unknown}", "ended"),
        ("ended: {date: 2022-06-15}\nperiod: {start: 2020, end: open}", "expiring"),
        ("stage: planned", "planned"),
        ("period: {start: 2022-06-16, end: open}", "upcoming"),
        ("period: {start: 2022, end: open}", "active"),
        ("period: {start: 2020, end: 2022-06-14}", "expired"),
        ("period: {start: 2020, end: 2022-06-15}", "expiring"),
        ("period: {start: 2020, end: 2022-09-13}", "expiring"),
        ("period: {start: 2020, end: 2022-09-14}", "active"),
        ("period: {start: 2020, end: unknown}", "active"),
        ("period: {end: open}", "active"),
        ("period: {start: unknown, end: unknown}", "unknown"),
    ],
)
def test_status(body, expected):
    assert status(agreement(body), D("2022-06-15"), Duration(0, 90)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("period: {start: 2020, end: 2022}", "yes"),
        ("period: {start: 2020, end: open}", "yes"),
        ("period: {start: unknown, end: 2022}", "perhaps"),
        ("period: {start: 2020, end: unknown}", "perhaps"),
        ("period: {start: 2023, end: open}", "no"),
        ("period: {start: 2020, end: 2021}", "no"),
        ("period: {end: 2021}\nrenewal: {mode: tacit, term: P1Y}", "perhaps"),
        ("period: {start: 2020, end: open}\nended: {date: 2022-06-14}", "no"),
        ("period: {start: 2020, end: open}\nended: {date: 2022-06-15}", "yes"),
        ("period: {start: 2020, end: open}\nended: {date: unknown}", "perhaps"),
        ("stage: planned\nperiod: {start: 2020, end: open}", "no"),
        ("stage: declined\nperiod: {start: 2020, end: open}", "no"),
    ],
)
def test_active_on(body, expected):
    assert active_on(agreement(body), D("2022-06-15")) == expected
