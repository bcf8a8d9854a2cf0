"""Small registries in folders of their own."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from partnerreg.loading.loaded import Loaded
from partnerreg.loading.loader import load_folder

# No test is timed: a busy machine is no fault.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

BASE = {
    "settings.yaml": "title: Test\ncurrency: SEK\n",
    "organisations/a-town.yaml": (
        "name: A-town\ntype: municipality\ncountry: SE\n"
        "units:\n  culture-board: {name: Culture board}\n  school-board: {name: School board}\n"
    ),
    "organisations/b-club.yaml": "name: B Club\ntype: association\ncountry: PL\n",
    "organisations/c-network.yaml": "name: C Network\ntype: network\n",
}
AS_OF = date(2022, 6, 15)

Write = Callable[..., Path]


@pytest.fixture(autouse=True, scope="session")
def _a_cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let nothing that the tests do reach the user's cache, nor the other way round."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files on top of three organisations and settings; return the registry's root."""

    def _write(files: dict[str, str | bytes] | None = None, **keywords: str) -> Path:
        return made_registry(tmp_path / "registry", {**BASE, **(files or {}), **keywords})

    return _write


def made_registry(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below a registry's root, and return it."""
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return root


@pytest.fixture
def loaded(write: Write) -> Callable[..., Loaded]:
    """Load a small registry."""

    def _loaded(files: dict[str, str | bytes] | None = None) -> Loaded:
        return load_folder(write(files))

    return _loaded


PARTNERSHIP = (
    "title: Sample\nform: iop\nparties:\n  - {organisation: a-town, role: public-partner}\n"
)


def partnership(body: str) -> str:
    """A partnership with the required keys that `body` does not give itself."""
    keys = {line.split(":")[0] for line in body.splitlines() if line[:1].isalpha()}
    head = ""
    if "title" not in keys:
        head += "title: Sample\n"
    if "form" not in keys:
        head += "form: iop\n"
    if "parties" not in keys:
        head += "parties:\n  - {organisation: a-town}\n  - {organisation: b-club}\n"
    if "period" not in keys:
        head += "period: {start: 2020, end: 2023}\n"
    return head + body


def pytest_addoption(parser):
    parser.addoption("--update", action="store_true", help="rewrite the expected files of cases")
