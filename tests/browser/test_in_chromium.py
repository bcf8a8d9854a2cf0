"""The page as people use it: in a real browser, with keyboard, without script, printed."""

from functools import cache

import pytest

import partnerreg
from browser.chromium import browser, program
from conftest import AS_OF, made_registry, partnership
from test_charts import many
from test_page import HOSTILE, RICH
from test_trials import money

pytest.importorskip("playwright", reason="playwright is not installed: pip install '.[browser]'")
pytestmark = [
    pytest.mark.skipif(program() is None, reason="there is no Chromium: apt-get install chromium"),
]
ROWS = "#agreements-table tbody tr"
FILTER = "#agreements-filter [name=text]"


@pytest.fixture(scope="module")
def chromium():
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    """The address of a page of one of several registries, by name; made when it is asked for."""
    base = {
        "settings.yaml": "title: Tést\ncurrency: SEK\n",
        "organisations/a-town.yaml": "name: A-town\ntype: municipality\n",
    }
    network = {
        "organisations/c-network.yaml": "name: C\ntype: network\n",
        "organisations/b-club.yaml": "name: B\ntype: association\n",
    }
    hostile = {
        "organisations/b-club.yaml": f'name: "{HOSTILE}"\ntype: association\n',
        "partnerships/x.yaml": partnership(
            f'title: "{HOSTILE}"\nsummary: "{HOSTILE}"\nnotes: "{HOSTILE}"\n'
        ),
    }
    sorts = {
        "rich": RICH,
        "some": many(20),
        "many": many(250),
        "large": many(600),
        "hostile": hostile,
        "hostile-large": {**many(600), **hostile},
        "empty": {},
        "long": {
            "organisations/b-club.yaml": f"name: {'n' * 300}\ntype: association\n",
            "partnerships/x.yaml": partnership(
                f"title: {'t' * 300}\n" + money("source: b-club, year: 2022, amount: 5")
            ),
        },
    }

    @cache
    def address(name: str) -> str:
        folder = tmp_path_factory.mktemp(name)
        root = made_registry(folder / "registry", {**base, **network, **sorts[name]})
        text = partnerreg.load(root, as_of=AS_OF).page(language="pl" if name == "empty" else "en")
        (folder / "page.html").write_text(text, "utf-8")
        return f"file://{folder}/page.html"

    return address


@pytest.fixture
def opened(chromium, addresses):
    """Open a page; at the end it must have said nothing, and asked for nothing but itself."""
    contexts, said, asked = [], [], []

    def _opened(name, anchor="", **options):
        context = chromium.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(addresses(name) + anchor)
        return page

    yield _opened
    for context in contexts:
        context.close()
    assert said == []
    assert len(asked) == len(contexts)


def shown(page) -> str:
    return page.text_content("#agreements .pager [role=status]")


def test_filter_as_you_type_without_accents(opened):
    page = opened("many")
    assert shown(page) == "1–100 of 250"
    page.type(FILTER, "SPRAK och langa ord")
    assert shown(page) == "1–28 of 28"
    assert all("Samverkan om språk" in row for row in page.locator(ROWS).all_text_contents())
    page.fill(FILTER, "no such thing")
    assert shown(page) == "no matches"
    page.fill(FILTER, "p-17")
    assert "ord 17" in page.text_content(ROWS)


def test_status_and_year(opened):
    page = opened("many")
    page.select_option("#agreements-filter [name=choice]", "active")
    every = page.locator(f"{ROWS} td:nth-child(4)").all_text_contents()
    assert set(every) == {"active"}
    page.select_option("#agreements-filter [name=choice]", "")
    page.fill("#agreements-filter [name=year]", "2018")
    titles = page.locator(f"{ROWS} td:nth-child(5)").all_text_contents()
    assert set(titles) == {"unknown"}  # of those it is not known that they began later


def test_sort_and_pages(opened):
    page = opened("many")
    head = page.locator("#agreements-table thead th").nth(6)
    head.locator("button").click()  # of figures the largest first
    assert head.get_attribute("aria-sort") == "descending"
    first = page.text_content(f"{ROWS} td.figure")
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    last = page.text_content(f"{ROWS} td.figure")
    amounts = [int("".join(filter(str.isdigit, text))) for text in (first, last)]
    assert amounts[0] > amounts[1]
    page.click("#agreements .pager button:last-child")
    assert shown(page) == "101–200 of 250"
    page.click("#agreements .pager button:first-child")
    assert shown(page) == "1–100 of 250"


def test_keyboard_alone(opened):
    page = opened("rich")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus(FILTER)
    page.keyboard.type("sprakcafe")
    assert shown(page) == "1–1 of 1"
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('tbody') !== null"):
            break
    page.keyboard.press("Enter")
    # The focus follows the address, a moment later.
    page.wait_for_function("document.activeElement.textContent === 'Språkcafé'")
    assert page.url.endswith("#agreement/x")
    assert page.locator("[id='agreement/x'] h3").is_visible()


def test_without_script_everything_is_there(opened):
    page = opened("large", java_script_enabled=False)
    assert page.locator(f"#agreements {'tbody tr'}").count() == 600
    assert page.locator("[id='agreement/p-599'] h3").text_content().endswith("ord 599")
    assert not page.locator("#agreements-filter").is_visible()


def test_a_record_of_a_large_registry_unfolds(opened):
    page = opened("large")
    assert page.locator("article").count() == 0
    page.fill(FILTER, "ord 599")
    page.click(f"{ROWS} a")
    assert page.locator("[id='agreement/p-599'] h3").is_visible()
    assert page.locator("article").count() == 1
    assert opened("large", "#agreement/p-7").locator("[id='agreement/p-7'] h3").is_visible()


@pytest.mark.parametrize("name", ["hostile", "hostile-large"])
def test_hostile_titles_are_inert(opened, name):
    page = opened(name, "#agreement/x")
    assert page.locator("[id='agreement/x'] h3").text_content() == HOSTILE.replace("\\", "")
    page.fill(FILTER, "script")
    page.click("#agreements-table thead button")
    assert page.locator("img, script").count() == 1


def test_it_prints(opened):
    page = opened("many")
    pdf = page.pdf(format="A4")
    assert pdf.startswith(b"%PDF")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(ROWS).count() == 250
    assert not page.locator("nav").is_visible()
    assert not page.locator("[id='agreement/p-1']").is_visible()
    assert page.locator("p.printed").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(ROWS).count() == 100


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 1280), ("light", 360)])
@pytest.mark.parametrize("name", ["rich", "some", "empty", "hostile"])
def test_axe_finds_nothing(opened, name, scheme, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = opened(name, color_scheme=scheme, viewport={"width": width, "height": 800})
    found = axe.run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("name", ["rich", "long"])
def test_it_is_as_wide_as_the_screen(opened, width, name):
    page = opened(name, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_pages_load_their_own_files_and_nothing_else(chromium, tmp_path, monkeypatch):
    from partnerreg.cli.main import run

    root = made_registry(
        tmp_path / "registry",
        {"settings.yaml": "title: T\n", "organisations/a-town.yaml": "name: A\ntype: other\n"},
    )
    assert run(["report", "-o", str(tmp_path / "site"), "--registry", str(root)]) == 0
    page, said, asked = chromium.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    page.goto(f"file://{tmp_path}/site/organisations.html")
    assert page.locator("#organisations-filter").is_visible()
    page.click("#organisations-table tbody a")
    assert page.text_content("h1") == "A"
    page.close()
    assert said == []
    assert set(asked) == {"organisations.html", "a-town.html", "page.css", "page.js"}
