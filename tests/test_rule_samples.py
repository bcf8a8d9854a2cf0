"""Every page's bad sample breaks its rule and only its rule; its good sample breaks none."""

import re
import textwrap

import pytest

from conftest import AS_OF, BASE, partnership
from partnerreg.checks.pages import READING, SCHEMA, pages
from partnerreg.loading.loader import findings, load_folder

# These pages speak of files rather than of their text.
TOLD = {"PR001", "PR002", "PR003", "PR004", "PR005", "PR008", "PR013"}
SAMPLED = [page for page in pages().values() if page.code not in TOLD]


def samples(text: str) -> tuple[str, str]:
    found = re.search(r"^Bad:\n(.*?)^Good:\n(.*)\Z", text, re.MULTILINE | re.DOTALL)
    assert found, "a page needs Bad: and Good:"
    return textwrap.dedent(found[1]), textwrap.dedent(found[2])


def files(sample: str) -> dict[str, str]:
    """A sample is one partnership, or several files, each under a comment with its path."""
    if not sample.startswith("# "):
        return {"partnerships/sample.yaml": partnership(sample)}
    parts = re.split(r"^# (\S+)\n", sample, flags=re.MULTILINE)[1:]
    named = dict(zip(parts[::2], parts[1::2], strict=True))
    return {
        path: partnership(text) if path.startswith("partnerships/") else text
        for path, text in named.items()
    }


def codes(root, page) -> set[str]:
    """Samples leave organisations unused, which only the page about that speaks of."""
    found = findings(load_folder(root), AS_OF, AS_OF)
    if page.code == "PR310":
        return {one.code for one in found if one.path not in BASE}
    return {one.code for one in found} - {"PR310"}


@pytest.mark.parametrize("page", SAMPLED, ids=lambda page: page.code)
def test_samples(page, write, tmp_path):
    bad, good = samples(page.text)
    assert codes(write(files(bad)), page) == {page.code}
    for path in files(bad):
        (tmp_path / "registry" / path).unlink()
    assert codes(write(files(good)), page) == set()


def test_pages_are_in_order_and_whole():
    every = list(pages().values())
    assert [page.code for page in every] == sorted({page.code for page in every})
    assert len({page.name for page in every}) == len(every)
    for page in every:
        first = page.text.split("\n", 1)[0]
        assert first.endswith("."), page.code
        samples(page.text)


def test_told_pages_exist():
    assert {page.code for page in (*READING, *SCHEMA)} >= TOLD
