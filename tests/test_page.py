"""The page: the sums of `totals`, nothing hidden, nothing alive that a record says."""

import base64
import csv
import hashlib
import json
import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest

import partnerreg
from conftest import AS_OF, partnership
from partnerreg.calc.status import STATUSES
from partnerreg.cli.main import run
from partnerreg.export.page import words as page_words
from partnerreg.model.codelists import codes
from partnerreg.model.records import STAGES
from partnerreg.model.schema_files import folder
from partnerreg.output.note_lines import _SEVERAL
from test_charts import many
from test_trials import money

HOSTILE = "</td></noscript><script>alert(1)</script><img src=x onerror=alert(2)>\\\" ' {{7*7}}"
RICH = {
    "organisations/b-club.yaml": "name: Łódź\ntype: association\ncountry: PL\nwebsite: https://example.org/\nnotes: Not for all\n",
    "partnerships/x.yaml": partnership(
        "title: Språkcafé\nthemes: [health, culture]\nsummary: What it is about\nperiod: {start: 2020, end: 2022}\n"
        "parties: [{organisation: a-town, role: funder}, {organisation: b-club, role: recipient}]\n"
        "renewal: {mode: tacit, term: P1Y}\nnotice: P3M\nresponsible: a-town/culture-board\n"
        "references: [{id: r, title: The document, url: 'https://example.org/d'}]\nnotes: Between us\n"
        "contacts: [{role: lead, name: Somebody Else}]\nmilestones: [{id: m, title: Report, due: 2022-09}]\n"
        + money(
            "source: a-town/culture-board, year: 2022, amount: 10.50, reference: r",
            "source: a-town/school-board, year: 2021, amount: 7",
            "year: 2022, amount: 3, kind: in-kind, source: b-club",
            "year: 2022, amount: 4, stage: planned",
            "year: 2022, amount: 9, currency: EUR",
            budget=("year: 2021, amount: 100",),
        )
    ),
    "partnerships/y.yaml": partnership(
        "title: Follow-up\nfollows: [x]\nstage: planned\nperiod: {start: 2024, end: open}\n"
    ),
    "memberships/m.yaml": "member: a-town\nnetwork: c-network\nstage: admitted\nadmitted: 2019\n",
}


class Outline(HTMLParser):
    """What a page is made of: elements, attributes, tables by their captions or headings."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.ids: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.said = ""
        self._inside = ""
        self._in_cell = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self._inside = tag
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables:
            self.tables[-1][-1].append("")
            self._in_cell = True

    def handle_endtag(self, tag):
        if tag in {"style", "script"}:
            self._inside = ""
        self._in_cell &= tag not in {"td", "th"}

    def handle_data(self, data):
        if self._inside in {"style", "script"}:
            return
        self.said += data
        if self._in_cell:
            self.tables[-1][-1][-1] += data


@pytest.fixture
def made(write):
    def _made(files=None, **options) -> str:
        return partnerreg.load(write(RICH if files is None else files), as_of=AS_OF).page(**options)

    return _made


# What it says -------------------------------------------------------------------------------------


def test_the_sums_are_those_of_totals(write, made):
    text = made()
    tables = [tuple(map(tuple, table)) for table in Outline(text).tables]
    reports = partnerreg.load(write(RICH), as_of=AS_OF)
    for by in ("source", "recipient", "theme"):
        for view in reports.totals(by=by).shown:
            years = tuple(column.heading for column in view.columns if column.align == "right")
            [found] = [
                one
                for one in tables
                if one[0][0] == view.columns[0].heading
                and one[0][2:] == years
                and len(one) == 1 + len(view.rows) + len(view.footer)
            ][:1]
            wanted = Counter(
                (row[1], *(cell.value for cell in row[2:] if cell is not None))
                for row in (*view.rows, *view.footer)
            )
            shown = Counter(
                (kind_of(row[1]), *(number(cell) for cell in row[2:] if cell)) for row in found[1:]
            )
            assert shown == wanted


def kind_of(text: str):
    return {"in kind": "in-kind", "": None}.get(text, text)


def number(text: str):
    from decimal import Decimal

    return Decimal(text.replace(",", ""))


def test_every_record_has_a_section_and_every_link_leads_somewhere(made):
    outline = Outline(made())
    assert {"agreement/x", "agreement/y", "agreement/m", "organisation/a-town"} <= set(outline.ids)
    assert len(outline.ids) == len(set(outline.ids))
    inside = {
        value[1:] for tag, name, value in outline.attributes if name == "href" and value[0] == "#"
    }
    assert inside <= set(outline.ids)
    for word in (
        "Språkcafé",
        "10.50",
        "The document",
        "Between us",
        "Somebody Else",
        "3 months",
        "Report",
    ):
        assert word in outline.said


def test_public_leaves_contacts_and_notes_out(made):
    text = made(public=True)
    assert "Språkcafé" in text
    for word in ("Somebody Else", "Between us", "Not for all"):
        assert word not in text


def test_public_tells_nothing_of_contacts_and_notes(made):
    files = {
        "organisations/c.yaml": "name: Private Lawyer\ntype: company\nnotes: Hidden\n",
        "partnerships/x.yaml": partnership(
            "contacts: [{role: adviser, name: Secret, organisation: c}]\nnotes: Hidden\n"
            "ended: {date: 2022, reason: other, note: Hidden}\naccepted: [{rule: PR210, reason: Hidden}]\n"
            "suspended: [{from: 2021, to: 2021, note: Hidden}]\n"
            + money(
                "year: 2022, amount: 5, note: Hidden",
                budget=("year: 2022, amount: 9, note: Hidden",),
            )
        ),
    }
    text = made(files, public=True)
    for word in ("Secret", "Hidden", "adviser"):
        assert word not in text
    part = text[text.index('id="organisation/c"') :]
    assert "Sample" not in part[: part.index("</article>")]
    assert made(files).count("Hidden") > 4


def test_links_lead_only_to_what_the_page_shows(made):
    from partnerreg import Filters

    files = {
        "organisations/b-club.yaml": "name: B\ntype: nonsense\n",
        "partnerships/x.yaml": partnership(
            "themes: [culture]\n" + money("source: b-club, year: 2022, amount: 5")
        ),
        "partnerships/y.yaml": partnership("themes: [health]\nfollows: [x]\n"),
    }
    for options in ({}, {"filters": Filters(theme=("health",))}):
        outline = Outline(made(files, **options))
        inside = {
            value[1:] for _, name, value in outline.attributes if name == "href" and value[0] == "#"
        }
        assert inside <= set(outline.ids)


def test_an_id_that_two_files_have(made):
    files = {
        "partnerships/m.yaml": partnership("title: The partnership\n"),
        "memberships/m.yaml": "member: a-town\nnetwork: c-network\nstage: admitted\n",
    }
    outline = Outline(made(files))
    assert len(outline.ids) == len(set(outline.ids))
    table = next(one for one in outline.tables if one[0][:2] == ["Agreement", "Parties"])
    assert {row[0] for row in table[1:]} == {"The partnership", "A-town – C Network"}


def test_equal_names_are_linked_to_nobody(made):
    files = {
        "organisations/b-club.yaml": "name: A-town\ntype: association\n",
        "partnerships/x.yaml": partnership(money("year: 2022, amount: 5")),
    }
    text = made(files)
    section = text[text.index('<section id="funding"') : text.index('<section id="deadlines"')]
    assert "A-town" in section
    assert "href" not in section


@pytest.mark.parametrize(
    ("language", "told"), [("en", "100,000.50 SEK"), ("sv", "100\u00a0000,50 SEK")]
)
def test_a_payment_is_told_in_the_language_of_the_page(made, language, told):
    line = money("year: 2022, amount: 100000.50, payments: [{due: 2022-09-01, amount: 100000.50}]")
    text = made({"partnerships/x.yaml": partnership(line)}, language=language)
    assert (
        told in text[text.index('<section id="deadlines"') : text.index('<section id="agreements"')]
    )
    assert ("not paid" if language == "en" else "inte utbetalt") in text


def test_words_of_records_stay_as_they_are(made):
    files = {
        "organisations/b-club.yaml": "name: Foo (planned)\ntype: association\n",
        "partnerships/x.yaml": partnership(
            "ended: {date: 2022, reason: terminated, note: 'notice to the board, decide later'}\n"
            + money("source: b-club, year: 2022, amount: 5")
        ),
    }
    text = made(files, language="sv")
    assert "uppsagt, notice to the board, decide later" in text
    assert "Foo (planerat)" not in text


def test_what_the_record_does_not_say_needs_no_word(made):
    body = "title: X\nperiod: {start: 2020, end: 2022}\nrenewal: {term: P1Y}\nended: {date: 2021}\n"
    page = made({"partnerships/x.yaml": partnership(body)})
    assert "1 year" in page


def test_filters_and_title(made):
    from partnerreg import Filters

    text = made(filters=Filters(kind=("membership",)), title="Networks")
    assert "<title>Networks</title>" in text
    assert "Språkcafé" not in text
    assert "agreement/m" in text


def test_what_is_left_out_is_told(made):
    text = made({**RICH, "partnerships/bad.yaml": "title: Bad\n"})
    assert "1 file with errors is left out" in text
    assert 'href="#agreement/bad"' not in text
    assert text.count("1 file with errors is left out") == 2  # in the overview, and among the notes
    assert "partnerreg validate" not in text


def test_nothing_is_told_as_nothing(made):
    text = made({})
    assert "Nothing is left out." in text
    assert "<p>nothing</p>" in text


def test_the_same_twice(made):
    assert made() == made()


# Safe ---------------------------------------------------------------------------------------------


def test_it_asks_for_nothing_and_lets_nothing_in(made):
    text = made()
    outline = Outline(text)
    policy = next(
        value for tag, name, value in outline.attributes if tag == "meta" and "default-src" in value
    )
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for tag in ("script", "style"):
        [body] = re.findall(f"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not [
        one for one in outline.attributes if one[1].startswith("on") or one[1] in {"style", "src"}
    ]
    allowed = {"a", "link", "use"}
    assert {tag for tag, name, _ in outline.attributes if name == "href"} <= allowed
    assert {value for tag, name, value in outline.attributes if tag == "link"} == {"icon", "data:,"}
    assert 'http-equiv="refresh' not in text


@pytest.mark.parametrize("count", [0, 1_100])
def test_hostile_texts_are_inert(made, count):
    files = {
        "organisations/b-club.yaml": f'name: "{HOSTILE}"\ntype: association\nunits: {{u: {{name: "{HOSTILE}"}}}}\n',
        "partnerships/x.yaml": partnership(
            f'title: "{HOSTILE}"\nsummary: "{HOSTILE}"\nnotes: "{HOSTILE}"\n'
            f'labels: {{k: "{HOSTILE}"}}\nreferences: [{{id: r, title: "{HOSTILE}"}}]\n'
            + money(f'year: 2022, amount: 3, what: "{HOSTILE}", source: b-club/u, reference: r')
        ),
    }
    files |= {f"organisations/o-{n}.yaml": f"name: O {n}\ntype: other\n" for n in range(count)}
    text = made({"settings.yaml": f'title: "{HOSTILE}"\ncurrency: SEK\n', **files}, title=None)
    outline = Outline(text)
    assert outline.tags["script"] == 1
    assert outline.tags["img"] == 0
    assert "49" not in re.sub(r"[^ ]*7\*7[^ ]*", "", outline.said) or "{{7*7}}" in outline.said
    assert text.count("</noscript>") == text.count("<noscript")


# Large ----------------------------------------------------------------------------------------------


def test_of_a_large_registry_records_and_rows_wait_as_text(made):
    text = made({**many(510), "settings.yaml": "title: Large\ncurrency: SEK\n"})
    assert text.count('<noscript class="record"') > 1_000
    assert '<noscript class="rest">' in text
    without = Outline(text)  # as a browser without script reads it
    assert "agreement/p-509" in without.ids


# Pages ----------------------------------------------------------------------------------------------


def test_pages_have_stable_addresses(write, tmp_path, capsys):
    root, site = write(RICH), tmp_path / "site"
    at = ["--registry", str(root), "--as-of", AS_OF.isoformat()]
    for _ in range(2):
        assert run(["report", "-o", f"{site}/", *at]) == 0
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    assert {
        "index.html",
        "agreements.html",
        "agreement/x.html",
        "organisation/a-town.html",
    } <= files
    for name in files:
        if not name.endswith(".html"):
            continue
        outline = Outline((site / name).read_text("utf-8"))
        for _, attribute, value in outline.attributes:
            if attribute in {"href", "src"} and not value.startswith(("https://", "data:", "#")):
                assert (site / name).parent.joinpath(value).resolve().is_file(), (name, value)
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("x")
    assert run(["report", "-o", str(other), *at]) == 2
    assert "is not empty" in capsys.readouterr().err


def test_the_command(write, tmp_path, capsys):
    root = write(RICH)
    at = ["--registry", str(root), "--as-of", AS_OF.isoformat()]
    assert run(["report", "-o", str(tmp_path / "a.html"), *at]) == 0
    assert (tmp_path / "a.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert run(["report", *at]) == 0  # into a pipe
    assert capsys.readouterr().out == (tmp_path / "a.html").read_text("utf-8")
    assert run(["report", "--format", "html", "--color", "never", "--notes", "all", *at]) == 0
    assert capsys.readouterr().out == (tmp_path / "a.html").read_text("utf-8")
    for wrong in (
        ["--format", "json"],
        ["-o", "a.pdf"],
        ["-o", str(root / "settings.yaml")],
        ["--lang", "de"],
        ["--party", "no"],
    ):
        assert run(["report", *wrong, *at]) == 2
        assert "error" in capsys.readouterr().err
    (root / "partnerships/bad.yaml").write_text("title: Bad\n")
    assert run(["report", "-o", str(tmp_path / "a.html"), *at]) == 1


# Words ----------------------------------------------------------------------------------------------


def rows() -> list[dict[str, str]]:
    text = (Path(page_words.__file__).parent / "words.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def test_every_word_is_there_in_every_language():
    for row in rows():
        assert row["sv"], row
        assert row["pl"], row
        assert row["en"] or row["key"].startswith("note "), row
        values = {tuple(sorted(re.findall(r"\{\w+\}", row[language]))) for language in ("sv", "pl")}
        assert len(values) == 1, row
    keys = [row["key"] for row in rows()]
    assert len(keys) == len(set(keys))


def test_every_code_has_words():
    keys = {row["key"] for row in rows()}
    wanted = {
        *STATUSES,
        *STAGES,
        *codes("form"),
        *codes("theme"),
        *codes("role"),
        *codes("organisation_type"),
    }
    wanted |= {
        *codes("notice_to"),
        *codes("funding_kind"),
        "end",
        "notice",
        "decide",
        "milestone",
        "payment",
    }
    assert wanted <= keys
    assert {f"note {code}" for code in _SEVERAL} - {"note due-unknown"} <= keys


def test_every_fact_has_words():
    keys = {row["key"] for row in rows()}
    for kind in ("organisation", "partnership", "membership"):
        fields = json.loads((folder() / f"{kind}.schema.json").read_text("utf-8"))["properties"]
        shown_elsewhere = {
            *("parties", "decisions", "contacts", "participants", "accepted"),
            "period",
            "funding",
            "references",
            "identifiers",
            "names",
            "labels",
            "title",
            "milestones",
            "case_numbers",
            "network",
            "member",
            "units",
            "kind",
        }
        for field in set(fields) - shown_elsewhere:
            assert field.replace("_", " ") in keys, (kind, field)


@pytest.mark.parametrize("language", ["sv", "pl"])
def test_other_languages(made, language):
    english, other = Outline(made()), Outline(made(language=language))
    heads = {cell for table in english.tables for cell in table[0]} - {
        "SEK",
        "Status",
        "Id",
        "Organisation",
        "Form",
    }
    same = {
        cell for table in other.tables for cell in table[0] if not re.search(":|[0-9]{8}", cell)
    } & heads
    assert {one for one in same if not one.isdigit()} <= {"2022"}
    assert "10,50" in other.said
    for word in ("last day of notice", "What happens", "idea-based", "not attributed", "Nothing"):
        assert word not in other.said
