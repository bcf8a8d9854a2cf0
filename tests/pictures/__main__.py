"""Make the pictures of README and manual: `python tests/pictures` (extras charts and browser).

The registry of the picture is the manual's own: the records at the end of its page on reports.
"""

import re
import sys
import tempfile
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

from browser.chromium import browser  # noqa: E402
from partnerreg.cli.main import run  # noqa: E402

MANUAL = TESTS.parent / "src/partnerreg/manual"
PICTURES = MANUAL / "pictures"
DAY = "2025-11-25"


def records(page: str) -> dict[str, str]:
    blocks = re.findall(r"```yaml\n(# [a-z].*?)```", page, re.DOTALL)
    parts = re.split(r"(?m)^# (\S+\.yaml)\n", "".join(blocks))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "registry"
        for path, text in records((MANUAL / "reports.md").read_text("utf-8")).items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, "utf-8")
        at = ["--registry", str(root), "--as-of", DAY]
        run(
            [
                "totals",
                "--year",
                "2024..2026",
                "--through",
                "2026",
                "-o",
                str(PICTURES / "funding.png"),
                *at,
            ]
        )
        run(["list", "-o", str(PICTURES / "timeline.png"), *at])
        run(["report", "-o", f"{name}/page.html", *at])
        with browser() as started:
            page = started.new_page(viewport={"width": 1200, "height": 1000})
            page.goto(f"file://{name}/page.html")
            page.screenshot(path=PICTURES / "page.png")


main()
