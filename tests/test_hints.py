"""Hints never change a fact: each is followed literally, and the file then says what was meant.

`GIVEN` holds a fault, the hint that it gets, and what whoever follows the hint writes instead. The
file must then be valid and the record must hold `meant`.
"""

import os
import re
import subprocess
import sys
from decimal import Decimal

import pytest

from conftest import AS_OF, partnership
from partnerreg.loading.loader import findings, load_folder
from partnerreg.model.build import data_of

LINE = "funding:\n  lines:\n    - {source: a-town, year: 2020, %s}\n"

GIVEN = [
    # the fault, the hint, the file when the hint was followed, where, what is meant
    (LINE % "amount: 5000 EUR", "write amount: 5000 and currency: EUR",
     LINE % "amount: 5000, currency: EUR", "funding.lines.0", {"amount": 5000, "currency": "EUR"}),
    (LINE % "amount: €5000", "write amount: 5000 and currency: EUR",
     LINE % "amount: 5000, currency: EUR", "funding.lines.0", {"amount": 5000, "currency": "EUR"}),
    (LINE % "amount: 4,7 mln zł", "if it is one text, write amount", None, None, None),
    (LINE % 'amount: "4,7 mln zł"', "write amount: 4700000 and currency: PLN",
     LINE % "amount: 4700000, currency: PLN", "funding.lines.0", {"amount": 4700000, "currency": "PLN"}),
    (LINE % "amount: 670 000 kr", "write 670000; which kronor or kroner is said by currency",
     LINE % "amount: 670000, currency: SEK", "funding.lines.0", {"amount": 670000, "currency": "SEK"}),
    (LINE % "amount: -500", "money that was paid back is written without the sign, with repayment: true",
     LINE % "amount: 500, repayment: true", "funding.lines.0", {"amount": 500, "repayment": True}),
    (LINE % 'amount: "85 %"', "write the sum, and per cent of the budget in share",
     LINE % "amount: 85000, share: 85", "funding.lines.0.share", 85),
    ("period: {start: 2020, length: 3 years}\n", "write P3Y", "period: {start: 2020, length: P3Y}\n", "period.length", "P3Y"),
    ("suspended: {from: 2021}\n", "write a list", "suspended: [{from: 2021}]\n", "suspended.0.from", 2021),
    ("notice: P3M\nnotice_to: quarter\nperiod: {start: 2020, end: open}\n", "did you mean quarter-end?",
     "notice: P3M\nnotice_to: quarter-end\nperiod: {start: 2020, end: open}\n", "notice_to", "quarter-end"),
    (LINE % "amount: 9, payments: {due: 2020}", "write a list",
     LINE % "amount: 9, payments: [{due: 2020, amount: 9}]", "funding.lines.0.payments.0.due", 2020),
    (LINE % "amount: 9, vat: yes", "known values: included, excluded, exempt",
     LINE % "amount: 9, vat: included", "funding.lines.0.vat", "included"),
    (LINE % "amount: 9, repayment: yes", None, LINE % "amount: 9, repayment: true", "funding.lines.0.repayment", True),
    (LINE % "amount: 670 000", "write 670000", LINE % "amount: 670000", "funding.lines.0.amount", 670000),
    (LINE % "amount: 1.500.000", "write 1500000", LINE % "amount: 1500000", "funding.lines.0.amount", 1500000),
    (LINE % 'amount: "1.500"', "write 1.500 or 1500", LINE % "amount: 1500", "funding.lines.0.amount", 1500),
    (LINE % "amount: 1,5", "write 15 or 1.5", LINE % "amount: 1.5", "funding.lines.0.amount", Decimal("1.5")),
    (LINE % 'amount: "670000"', "write 670000", LINE % "amount: 670000", "funding.lines.0.amount", 670000),
    (LINE % "amount: 1_000", "write 1000, with no sign", LINE % "amount: 1000", "funding.lines.0.amount", 1000),
    (LINE % "amount: 1, stated: 1,2 mkr", 'if it is one text, write stated: "1,2 mkr"',
     LINE % 'amount: 1200000, stated: "1,2 mkr"', "funding.lines.0.stated", "1,2 mkr"),
    ("signed: 30.06.2017\n", "write 2017-06-30", "signed: 2017-06-30\n", "signed", "2017-06-30"),
    ("signed: 20170630\n", "write 2017-06-30", "signed: 2017-06-30\n", "signed", "2017-06-30"),
    ("signed: 2017/06/30\n", "write 2017-06-30", "signed: 2017-06-30\n", "signed", "2017-06-30"),
    ("signed: 13/02/2012\n", "write 2012-02-13", "signed: 2012-02-13\n", "signed", "2012-02-13"),
    ("signed: 01/02/2012\n", "write 2012-01-02 or 2012-02-01", "signed: 2012-01-02\n", "signed", "2012-01-02"),
    ("signed: yes please\n", None, None, None, None),
    ("period: {start: 2020, end: tills vidare}\n", "write open", "period: {start: 2020, end: open}\n", "period.end", "open"),
    ("period: {start: 2020, end: false}\n", "write YYYY, YYYY-MM, YYYY-MM-DD, unknown, or open",
     "period: {start: 2020, end: open}\n", "period.end", "open"),
    ("period: 2024-2026\n", "write {start: YYYY, end: YYYY}", "period: {start: 2024, end: 2026}\n", "period", {"start": 2024, "end": 2026}),
    ("notice: 3 months\n", "write P3M", "notice: P3M\n", "notice", "P3M"),
    ("notice: 6 månader\n", "write P6M", "notice: P6M\n", "notice", "P6M"),
    ("notice: 1 år\n", "write P1Y", "notice: P1Y\n", "notice", "P1Y"),
    ("parties: [a-town, b-club]\n", "write {organisation: a-town}",
     "parties: [{organisation: a-town}, {organisation: b-club}]\n", "parties.1.organisation", "b-club"),
    ("parties: [{organisation: a-town, role:funder}]\n", "write role: funder",
     "parties: [{organisation: a-town, role: funder}]\n", "parties.0.role", "funder"),
    ("funding: 250000\n", "write lines: under it, and a line each: - {source: ID, year: YYYY, amount: NUMBER}",
     "funding:\n  lines:\n    - {source: a-town, year: 2020, amount: 250000}\n", "funding.lines.0.amount", 250000),
    ("form: grant\n", "did you mean grant-agreement?", "form: grant-agreement\n", "form", "grant-agreement"),
    ("themes: education\n", "write a list", "themes: [education]\n", "themes.0", "education"),
    ("themes: [eduction]\n", "did you mean education?", "themes: [education]\n", "themes.0", "education"),
    ("tittle: X\nform: iop\n", "did you mean title?", "title: X\nform: iop\n", "title", "X"),
    ("title: true\n", 'write the text that is meant; "true" in quotes if it is that word', 'title: "true"\n', "title", "true"),
    ("title: 2020\n", 'put it in quotes: "2020"', 'title: "2020"\n', "title", "2020"),
    ("labels: {code: 0380}\n", 'write "0380" in quotes', 'labels: {code: "0380"}\n', "labels.code", "0380"),
    ("title: Avtal: integration\n", "quote text with a colon", 'title: "Avtal: integration"\n', "title", "Avtal: integration"),
    ("title: Avtal #3 om saker\n", "put the whole text in quotes", 'title: "Avtal #3 om saker"\n', "title", "Avtal #3 om saker"),
    ("title: “Avtal”\n", "remove them", "title: Avtal\n", "title", "Avtal"),
    ("funding:\n  currency: kr\n", "write a code, such as", "funding:\n  currency: SEK\n", "funding.currency", "SEK"),
    ("funding:\n  currency: sek\n", "did you mean SEK?", "funding:\n  currency: SEK\n", "funding.currency", "SEK"),
    ("references: [{id: r, title: R, url: www.example.org}]\n", 'write "https://www.example.org"',
     'references: [{id: r, title: R, url: "https://www.example.org"}]\n', "references.0.url", "https://www.example.org"),
    ("period:\nstart: 2020\nend: 2021\n", "start belongs under period",
     "period:\n  start: 2020\n  end: 2021\n", "period", {"start": 2020, "end": 2021}),
    ("period: {start: 2022-07-01, end: 2025-06-30}\nfunding:\n  lines:\n    - {source: a-town, per: year, amount: 4500000}\n",
     "for contract years write a line of per: term with from and to as dates for each",
     "period: {start: 2022-07-01, end: 2025-06-30}\nfunding:\n  lines:\n"
     + "".join(f"    - {{source: a-town, per: term, from: {y}-07-01, to: {y + 1}-06-30, amount: 4500000}}\n" for y in (2022, 2023, 2024)),
     "funding.lines.2.amount", 4500000),
    ("funding:\n  lines:\n    - {source: a-town, per: year, from: 2022-07-01, amount: 5}\n",
     "for contract years use per: term with dates",
     "funding:\n  lines:\n    - {source: a-town, per: term, from: 2022-07-01, amount: 5}\n", "funding.lines.0.from", "2022-07-01"),
    ("funding:\n  lines:\n    - {source: a-town, amount: 5}\n", "year, per: year or per: term", LINE % "amount: 5", "funding.lines.0.year", 2020),
    ("summary:\n", "remove the key", "", "title", "Sample"),
    ("period: {start: 2020, end: unknown}\nnotice: P3M\n", "write end: open where no end is agreed",
     "period: {start: 2020, end: open}\nnotice: P3M\n", "period.end", "open"),
    ("parties: [{organisation: a-twon}]\n", "did you mean a-town?", "parties: [{organisation: a-town}]\n", "parties.0.organisation", "a-town"),
    ("responsible: a-town/culture-bord\n", "did you mean culture-board?", "responsible: a-town/culture-board\n", "responsible", "a-town/culture-board"),
]  # fmt: skip

NO_NUMBER = [
    LINE % "amount: 85 %",
    LINE % "amount: -500",
    LINE % 'amount: "-500 kr"',
    LINE % "amount: two million",
    LINE % "amount: 500 GBP or EUR",
]
"""Where a hint that named a number would change a fact."""


def found_in(write, body: str):
    root = write({"partnerships/x.yaml": partnership(body)})
    return root, [one for one in findings(load_folder(root), AS_OF) if one.code != "PR310"]


def value_at(data, where: str):
    for step in where.split("."):
        data = data[int(step)] if isinstance(data, list) else data[step]
    return data


@pytest.mark.parametrize(
    ("fault", "hint", "followed", "where", "meant"), GIVEN, ids=[one[0][:60] for one in GIVEN]
)
def test_a_hint_that_is_followed(write, fault, hint, followed, where, meant):
    _, found = found_in(write, fault)
    assert found
    if hint is None:
        assert [one.hint for one in found if one.hint and one.hint.startswith("write 2")] == []
        return
    assert any(one.hint and hint in one.hint for one in found), [one.hint for one in found]
    if followed is None:
        return
    root, left = found_in(write, followed)
    assert [one for one in left if one.severity == "error"] == []
    (record,) = load_folder(root).registry.agreements
    value = value_at(data_of(record), where)
    if isinstance(meant, dict):
        assert meant.items() <= value.items()
    else:
        assert value == meant


@pytest.mark.parametrize("body", NO_NUMBER)
def test_no_number_is_proposed(write, body):
    _, found = found_in(write, body)
    assert found
    for one in found:
        assert not re.search(r"[1-9]", one.hint or ""), one.hint


FORMS = {
    "title": "title: TEXT",
    "form": "form: one of iop, grant-agreement",
    "parties": "parties: a list, a line each: - {organisation: ID, role: ROLE}",
    "period": "period: {start: YYYY, end: YYYY}",
}


@pytest.mark.parametrize("missing", FORMS)
def test_a_missing_key_is_shown_as_a_form(write, missing):
    text = "title: T\nform: iop\nparties: [{organisation: a-town}]\nperiod: {}\n"
    text = re.sub(rf"(?m)^{missing}:.*\n", "", text)
    root = write({"partnerships/x.yaml": text})
    (one,) = [one for one in findings(load_folder(root), AS_OF) if one.code == "PR102"]
    assert one.hint.startswith(f"add {FORMS[missing]}")


@pytest.mark.parametrize(
    ("missing", "form"), [("member", "ID"), ("network", "ID"), ("stage", "one of planned")]
)
def test_a_missing_key_of_a_membership(write, missing, form):
    text = "member: a-town\nnetwork: c-network\nstage: admitted\n"
    text = re.sub(rf"(?m)^{missing}:.*\n", "", text)
    root = write({"memberships/x.yaml": text})
    (one,) = [one for one in findings(load_folder(root), AS_OF) if one.code == "PR102"]
    assert one.hint.startswith(f"add {missing}: {form}")
    assert "eccar" not in one.hint
    assert "uppsala" not in one.hint


def every_hint() -> list[str]:
    """Hints that the code spells in one piece."""
    import ast
    from pathlib import Path

    import partnerreg

    package = Path(partnerreg.__file__).parent
    found = []
    for path in [*package.glob("checks/**/*.py"), *package.glob("reading/*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {
                "Finding",
                "Problem",
            }:
                constants = [one for one in node.args[2:4] if isinstance(one, ast.Constant)]
                found += [one.value for one in constants if isinstance(one.value, str)]
    return found


def test_no_hint_holds_a_value_of_another_record():
    """Numbers, dates and ids in a hint come from the file, or are forms in capitals."""
    hints = every_hint()
    assert len(hints) > 25
    for hint in hints:
        if "such as" in hint or re.search(r"\bP[0-9]", hint):
            continue
        assert not re.search(r"[0-9]{3,}|uppsala|umea|eccar", hint), hint


@pytest.mark.parametrize("seed", ["1", "2", "3", "4", "5", "6"])
def test_every_run_suggests_the_same(seed):
    """Of words that are equally near, whatever the order of a set in that run."""
    program = (
        "from partnerreg.base.suggest import nearest\n"
        "from partnerreg.model.codelists import codes\n"
        "print(nearest('p0y', tuple(code.lower() for code in codes('currency'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "pyg\n"
