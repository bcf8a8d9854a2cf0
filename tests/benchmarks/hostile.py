"""One hostile file in a small registry: what every command takes in time and memory.

    python tests/benchmarks/hostile.py [NAME …]

Prints whatever takes over a second of the processor or 200 MB, or does not end with 0 or 1. No
command may take two seconds or 300 MB.
"""

import itertools
import os
import string
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

HEAD = "title: T\nform: iop\nparties: [{organisation: a-town}]\nperiod: {}\n"
BARE = HEAD.replace("period: {}\n", "")
AGES = "period: {start: 1923, end: 2022}\n"
BASE = {
    "settings.yaml": "title: T\ncurrency: SEK\n",
    "organisations/a-town.yaml": "name: A\ntype: municipality\n",
    "partnerships/x.yaml": HEAD,
    "rates/ecb.csv": "Date,SEK\n2020-01-02,10.5\n",
}
COMMANDS = (
    "validate", "validate --format json", "validate --format sarif", "validate --fix --diff",
    "overview", "list", "list --color always", "list organisations", "show x",
    "show x --color always", "totals", "totals --spread days", "totals --by party",
    "totals --in EUR --explain", "totals --explain --format json",
    "totals --explain --format markdown", "totals --spread days --explain --format csv",
    "totals --explain --color always", "totals --format markdown",
    "expiring --within 9999y --overdue", "fmt --check", "fmt --diff",
)  # fmt: skip


def each(text: str, many: int) -> str:
    return ", ".join(text.replace("%d", str(number)) for number in range(many))


def lines(many: int, when: str, more: str = "") -> str:
    return f"funding: {{lines: [{each(f'{{source: a-town, {when}, amount: 1, what: w%d{more}}}', many)}]}}\n"


CODES = ["".join(letters) for letters in itertools.product(string.ascii_uppercase, repeat=3)]


def days(first: date, many: int, rest: str) -> str:
    return "".join(f"{first + timedelta(day)}{rest}\n" for day in range(many))


RECORDS = {
    "brackets": "notes: " + "[" * 30_000,
    "nested-notes": HEAD + "notes: " + "[" * 31 + "]" * 31 + "\n",
    "unknown-follows": HEAD + f"follows: [{each('un-%d-x', 4700)}]\n",
    "fractions": HEAD + "follows: [" + "1.5," * 4900 + "]\n",
    "empty-parties": "title: T\nform: iop\nperiod: {}\nparties: [" + "{}," * 4800 + "]\n",
    "strangers": f"title: T\nform: iop\nperiod: {{}}\nparties: [{each('{organisation: x%d}', 1600)}]\n",
    "centuries": BARE + "period: {start: 1000, end: 9999}\n" + lines(500, "per: term"),
    "a-long-term": BARE + AGES + lines(500, "per: term"),
    "many-years": BARE + AGES + lines(540, "per: year"),
    "one-document": BARE + AGES + f"references: [{{id: r, title: '{'Document ' * 3000}'}}]\n"
    + lines(350, "per: year", ", reference: r"),
    "long-document": BARE + "period: {start: 2020, end: 2022}\n"
    + f"references: [{{id: r, title: '{'Doc ' * 8000}'}}]\n" + lines(350, "year: 2020", ", reference: r"),
    "same-lines": HEAD + "funding: {lines: [" + "{source: a-town, year: 2020, amount: 1}, " * 700 + "]}\n",
    "milestones": HEAD + f"milestones: [{each('{id: m%d, title: t, kind: report, due: 2022-07}', 540)}]\n",
    "a-word": HEAD.replace("title: T", "title: " + "w" * 60_000),
    "words": HEAD.replace("title: T", "title: " + "w " * 30_000),
    "labels": HEAD + f"labels: {{{each('k%d: 1.5', 2400)}}}\n",
    "same-keys": HEAD + f"labels: {{{'k: x, ' * 2400}}}\n",
    "impossible-dates": HEAD + "decisions: [" + "{date: 2022-02-30, kind: fund}, " * 600 + "]\n",
    "comments": "notes:\n" + "- a\n" * 4900 + "#\n" * 22_000,
    "comments-beside": HEAD + "themes:\n" + "  # c\n  - education # d\n" * 2300,
    "tacit-days": BARE + "period: {start: 2020, end: 9999}\nrenewal: {mode: tacit, term: P1D}\nnotice: P9999Y\n",
}  # fmt: skip
RATES = {
    "bad-lines": "Date,SEK\n" + "x\n" * 2_000_000,
    "empty-lines": "Date,SEK\n" + "\n" * 4_000_000,
    "one-rate": "Date,SEK\n2020-01-02," + "1" * 4_000_000 + "\n",
    "commas": "Date,SEK\n2020-01-01" + "," * 4_000_000 + "\n",
    "wide": "Date," + ",".join(CODES) + "\n" + days(date(1999, 1, 1), 220, "," * len(CODES)),
    "long": "Date,SEK\n" + days(date(1900, 1, 1), 49_000, ",10.0"),
}


def main(names: list[str]) -> int:
    slow = 0
    cases = [("partnerships/x.yaml", *case) for case in RECORDS.items()]
    cases += [("rates/ecb.csv", *case) for case in RATES.items()]
    for place, name, text in cases:
        if names and name not in names:
            continue
        with tempfile.TemporaryDirectory() as folder:
            for path, content in {**BASE, place: text}.items():
                (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
                (Path(folder) / path).write_text(content, "utf-8")
            for command in COMMANDS:
                slow += measured(name, command, folder)
    print(
        f"{len(cases)} files, {len(COMMANDS)} commands: {slow} above two seconds or 300 MB, or broken"
    )
    return int(slow > 0)


def measured(name: str, command: str, folder: str) -> int:
    line = [sys.executable, "-m", "partnerreg", *command.split(), "--registry", folder]
    line += ["--as-of", "2022-06-15", "--no-cache"]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(line, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        err.seek(0)
        said = err.read().decode("utf-8", "replace")
        size = out.tell()
    seconds, memory = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
    code = os.waitstatus_to_exitcode(status)
    broken = code not in {0, 1} or "Traceback" in said
    if broken or seconds > 1 or memory > 200:
        print(
            f"{name:18} {command:45} {seconds:5.2f} s {memory:4.0f} MB, {size:,} bytes, exit {code} {said[-200:]}"
        )
    return broken or seconds > 2 or memory > 300


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
