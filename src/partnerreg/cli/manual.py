"""The manual's pages, which travel with the tool."""

from pathlib import Path

PAGES = {
    "start": "A registry of your own, from an empty folder to a reviewed change.",
    "recording": "How to record what an agreement says: a worked record for each sort.",
    "import": "Records from a list: what a mapping says, and what becomes of each row.",
    "reports": "An analyst's questions, each with its command and answer.",
    "commands": "Every command and option, statuses, notes and exit codes.",
    "fields": "Every field of a record, and the codes.",
    "rules": "What validate finds, and what to do about it.",
    "data": "The registry as CSV, SQLite, Parquet, a workbook, and SQL over it.",
    "ci": "Pull requests: GitHub, GitLab, pre-commit, git.",
    "python": "The reports from Python.",
    "promises": "What the tool promises, its limits, its speed and its cache.",
    "glossary": "The words, in English, Swedish and Polish.",
}
"""The pages in the order of reading, each with what it is about."""

_FOLDER = Path(__file__).parents[1] / "manual"


def page(name: str) -> str:
    """Return a page of the manual as Markdown, one of `PAGES`."""
    return (_FOLDER / f"{name}.md").read_text("utf-8")
