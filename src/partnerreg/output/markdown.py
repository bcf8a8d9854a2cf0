"""Write a report as Markdown in which nothing from the data acts as markup."""

import re
from functools import lru_cache

from partnerreg.base.printable import clean
from partnerreg.output.cells import words
from partnerreg.output.note_lines import spoken
from partnerreg.output.report import NOTHING, Report, Table

_MARKUP = re.compile(r"([\\`*_\[\]~|$]|(?<=\])\()")
# What a forge would make a mention, a reference, a link or an emoji is parted by a comment.
_LINKED = re.compile(
    r"@|#|:(?=//|[\w+-]+:)|www(?=\.)|\bGH(?=-\d)"  # mentions, links, emoji
    r'|(?:[!%^]|\\[~$]|&amp;)(?=[\w"\\])'  # what GitLab gives a meaning of its own
    r"|[0-9a-f]{6}(?=[0-9a-f])",  # commits
    re.IGNORECASE,
)


def render(report: Report) -> str:
    """Return the report as Markdown."""
    parts = [f"### {safe(report.title)}"]
    tables = [_table(table) for table in report.shown or (NOTHING,)]
    if report.summary:
        parts.append("\n".join(f"- {safe(line)}" for line in report.summary))
        if report.shown:
            parts += ["<details><summary>Everything</summary>", *tables, "</details>"]
    else:
        parts += tables
    if report.notes:
        parts.append("\n".join(f"- {safe(spoken(note))} `{note.code}`" for note in report.notes))
    return "\n\n".join(parts) + "\n"


def safe(text: str) -> str:
    """Return text that Markdown, HTML and a forge's mentions and links leave as it is."""
    return _short(text) if len(text) < 200 else _safe(text)


def _safe(text: str) -> str:
    escaped = clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _LINKED.sub(r"\g<0><!-- -->", _MARKUP.sub(r"\\\1", escaped))


_short = lru_cache(maxsize=4096)(_safe)
"""Most cells of a table say what others say too."""


def _table(table: Table) -> str:
    rows, footer = words(table)
    title = f"**{safe(table.title)}**\n\n" if table.title else ""
    if not rows:
        return f"{title}nothing"
    head = [safe(column.heading) for column in table.columns]
    rule = ["--:" if column.align == "right" else ":--" for column in table.columns]
    lines = [head, rule, *(_cells(row) for row in rows), *(_bold(row) for row in footer)]
    return title + "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(row: list[str]) -> list[str]:
    return [safe(cell) for cell in row]


def _bold(row: list[str]) -> list[str]:
    return [f"**{safe(cell)}**" if cell else "" for cell in row]
