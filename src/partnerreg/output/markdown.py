"""Write a report as Markdown in which nothing from the data acts as markup."""

import re
from functools import lru_cache

from msgspec.structs import replace

from partnerreg.base.printable import clean
from partnerreg.output.cells import words
from partnerreg.output.note_lines import told_notes
from partnerreg.output.report import NOTHING, Report, Table

_MARKUP = re.compile(r"([\\`*_\[\]~|$]|(?<=\])\()")
# What a forge would make a mention, a reference, a link or an emoji is parted by a comment.
_LINKED = re.compile(
    r"@|#|:(?=//|[\w+-]+:)|www(?=\.)|\bGH(?=-\d)"  # mentions, links, emoji
    r'|(?:[!%^]|\\[~$]|&amp;)(?=[\w"\\])'  # what GitLab gives a meaning of its own
    r"|[0-9a-f]{6}(?=[0-9a-f])",  # commits
    re.IGNORECASE,
)


_MOST = 50_000
"""Characters of tables that are cut: a forge's comment holds 65,536."""
_LINE = 80


def render(report: Report) -> str:
    """Return the report as Markdown."""
    parts = [f"### {safe(report.title)}"]
    tables = _tables(report.shown or (NOTHING,))
    if report.summary:
        parts.append("\n".join(f"- {safe(line)}" for line in report.summary))
        if report.shown:
            parts += ["<details><summary>Everything</summary>", *tables, "</details>"]
    else:
        parts += tables
    notes = [f"- {safe(words)} `{code}`" for words, code in told_notes(report)]
    if notes:
        parts.append("\n".join(notes))
    return "\n\n".join(parts) + "\n"


def _tables(shown: tuple[Table, ...]) -> list[str]:
    """Return tables; those that may be cut share the room that the others leave in a comment."""
    whole = [_table(table) for table in shown]
    if not any(table.may_be_cut for table in shown) or sum(map(len, whole)) <= _MOST:
        return whole
    room = _MOST - sum(
        len(text) for text, table in zip(whole, shown, strict=True) if not table.may_be_cut
    )
    found = []
    # Short ones first: what they leave is for the long ones.
    order = sorted(range(len(shown)), key=lambda place: len(whole[place]))
    cuttable = [place for place in order if shown[place].may_be_cut]
    kept: dict[int, str] = {}
    for number, place in enumerate(cuttable):
        kept[place] = _cut(whole[place], shown[place], room // (len(cuttable) - number))
        room -= len(kept[place])
    for place, text in enumerate(whole):
        found.append(kept.get(place, text))
    return found


def _cut(text: str, table: Table, room: int) -> str:
    """Return a table's first rows that fit, whole groups of them, and how many more there are."""
    if len(text) <= room:
        return text
    first = [place for place, row in enumerate(table.rows) if row[0] or place == 0]
    low, high = 0, len(first)
    while low < high:  # the most groups that fit
        middle = (low + high + 1) // 2
        end = first[middle] if middle < len(first) else len(table.rows)
        if len(_table(replace(table, rows=table.rows[:end]))) + _LINE <= room:
            low = middle
        else:
            high = middle - 1
    kept = replace(table, rows=table.rows[: first[low]])
    return f"{_table(kept)}\n\nand {len(first) - low} more: there is no room for them here"


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
