"""Write the page: one file that needs nothing else, or a folder of pages."""

import base64
import hashlib
from collections.abc import Iterator
from functools import cache, partial
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from partnerreg import __version__
from partnerreg.export.page.bar_drawing import bar_charts, patterns
from partnerreg.export.page.content import Content
from partnerreg.export.page.time_drawing import time_chart

_SECTIONS = ("overview", "funding", "deadlines", "agreements", "organisations", "notes")

_MOST_UNFOLDED = 1_000
"""Records whose sections are part of the page at once: a browser builds more of them slowly."""


@cache
def _environment() -> Environment:
    return Environment(
        autoescape=True,
        loader=PackageLoader("partnerreg.export.page"),
        lstrip_blocks=True,
        trim_blocks=True,
        undefined=StrictUndefined,
    )


def _source(name: str) -> str:
    environment = _environment()
    assert environment.loader
    return environment.loader.get_source(environment, name)[0]


def one_file(content: Content, *, revision: str | None = None) -> str:
    """Return the whole page: styles and script inside, allowed by their hashes, nothing else is."""
    style, script = _source("page.css"), _source("page.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    known = _known(content, revision)
    template = _environment().get_template("whole.html")
    at = partial(_inside, None)
    is_large = len(content.agreements.lines) + len(content.organisations.lines) > _MOST_UNFOLDED
    return template.render(
        known, at=at, style=style, script=script, policy=policy, is_large=is_large, section=None
    )


def pages(content: Content, *, revision: str | None = None) -> dict[str, bytes]:
    """Return the same as pages with stable addresses, by their paths: `agreement/<id>.html`."""
    return {path: text.encode() for path, text in _pages(content, revision)}


def _pages(content: Content, revision: str | None = None) -> Iterator[tuple[str, str]]:
    style, script = _source("page.css"), _source("page.js")
    policy = (
        "default-src 'none'; style-src 'self'; script-src 'self'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )
    yield "page.css", style
    yield "page.js", script
    known = {**_known(content, revision), "policy": policy}
    environment = _environment()
    for section in _SECTIONS:
        path = "index.html" if section == "overview" else f"{section}.html"
        template = environment.get_template("section.html")
        yield path, template.render(known, at=partial(_inside, ""), root="", section=section)
    template = environment.get_template("record.html")
    at = partial(_inside, "../")
    for one in content.agreement_parts():
        text = template.render(known, at=at, root="../", part=one, section=None)
        yield f"{one.anchor}.html", text
    for each in content.organisation_parts():
        text = template.render(known, at=at, root="../", part=each, section=None)
        yield f"{each.anchor}.html", text


def _known(content: Content, revision: str | None = None) -> dict[str, Any]:
    charts = bar_charts(content.bars, content.words)
    return {
        "page": content,
        "charts": {chart.currency: chart for chart in charts},
        "patterns": patterns(charts),
        "time": time_chart(content.timeline, content.words, content.as_of, content.anchors),
        "words": content.words,
        "sections": _SECTIONS,
        "revision": revision,
        "program": f"partnerreg {__version__}",
    }


def _inside(root: str | None, place: str) -> str:
    """Return the address of a section or record: in one file, or from a page below `root`."""
    if root is None:
        return f"#{place}"
    return f"{root}{'index' if place == 'overview' else place}.html"


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
