"""The line reader and libyaml come to one answer, whatever stands in a file."""

import random
from pathlib import Path

import pytest

from partnerreg.reading.document import Document
from partnerreg.reading.encoding import refusals
from partnerreg.reading.event_reader import read_events
from partnerreg.reading.line_reader import read_lines

ROOT = Path(__file__).resolve().parents[1]
NESTED = """\
# what it is
a:
- b
- c: 1
  d:
  - e   # why
  - f: [1, two three, 2021-01]
    g: "h"
z: {a: 1, b: x y, c: 2020-12-31}

t: >-
  some words
  and more: 1

n:
  - 2.50
  -   k: 'it''s'
      l: http://example.org/#top
"""
PIECES = [
    *"-?:,[]{}#&*!|>'\"%@` ab01.~tn<=\\/_\n",
    *("  ", "\t", "\r", "\x85", "\xa0", "é", "\u2028", "\ufeff", "–", "😀", "\n  ", "\n- ", "\n\n"),
    *("- ", ": ", ":\n", " #", "\n# c\n", "''", '""', ">-", "|", "---\n", "...\n", "null", "true"),
    *("\n\n  # c", "\n\n  c", "\n\n    \n", "\n \n", "\n\n", ">-\n  c"),
    *("1e3", "0380", "1.5", "<<: ", "x: ", "[a, b]", "{a: b}", "{a: 1,5}", "{}", "[]"),
]
TAILS = ("", " ", "  # c", " #c", "#", ":", ": ", "\\", " >-", " |", " {}", " []")


def texts() -> list[str]:
    files = [*ROOT.glob("registry/**/*.yaml"), *ROOT.glob("tests/cases/*/registry/**/*.yaml")]
    small = [path.read_text("utf-8") for path in sorted(files) if path.stat().st_size < 4_000]
    return [NESTED] * 40 + small


def mutated(text: str, rng: random.Random) -> str:
    """Return a text with some characters or lines changed."""
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        place = rng.randrange(len(text) + 1)
        if rng.random() < 0.6:
            text = text[:place] + rng.choice(PIECES) + text[place + rng.choice((0, 0, 1, 5)) :]
            continue
        lines = text.split("\n")
        one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
        change = rng.randrange(5)
        if change == 0:
            lines.insert(one, lines[other])
        elif change == 1:
            lines[one], lines[other] = lines[other], lines[one]
        elif change == 2:
            lines[one] = " " * rng.randint(1, 4) + lines[one]
        elif change == 3:
            lines[one] = lines[one][rng.randint(1, 3) :]
        else:
            lines[one] = lines[one].rstrip() + rng.choice(TAILS)
        text = "\n".join(lines)
    return text


def excerpt(text: str, rng: random.Random) -> str:
    lines = text.split("\n")
    first = rng.randrange(len(lines))
    return "\n".join(lines[first : first + rng.randint(1, 12)])


def both(text: str) -> tuple[Document | None, Document | None]:
    """Return what the line reader makes of a text, and what libyaml does where that takes it."""
    raw = text.encode()
    document, problems = read_events(raw, text)
    return read_lines(raw, text), None if problems else document


@pytest.mark.parametrize("seed", range(8))
def test_one_answer(seed):
    rng = random.Random(seed)
    sources = texts()
    taken = read = 0
    for _ in range(4_000):
        text = mutated(rng.choice(sources), rng)
        text = excerpt(text, rng) if rng.random() < 0.6 else text
        if refusals(text.encode()):
            continue
        lines, events = both(text)
        read += 1
        if lines is None:
            continue
        taken += 1
        assert events is not None, text
        # `repr` tells 1 from true and from 1.0, and the order of keys.
        assert repr(lines.data) == repr(events.data), text
        assert (lines.has_decimals, lines.raw) == (events.has_decimals, events.raw), text
    assert taken > read / 5


@pytest.mark.parametrize(
    "text",
    [
        NESTED,
        "a: 1",
        "a: x # y\n",
        "a: x#y\n",
        "a:\n  b:\n  - c\nd: e\n",
        "a:\n    b: c\n    d:\n        - e\n",
        "a: >-\n  b\n",
        "a: >-\n  b\n\n\n# c\nd: 1\n",
        "a:\n  b: >-\n    c\n  # d\n  e: 1\n",
        "x:\n- a: b\n",
        "a: ''\n",
        "a: 1.5\n",
        "a: „x”\n",
    ],
)
def test_usual_layout(text):
    lines, events = both(text)
    assert lines
    assert events
    assert repr(lines) == repr(events)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only\n",
        "'a': 1\n",
        "a:\n",
        "a:\nb: 1\n",
        "- a\n",
        "a: b: c\n",
        "a: b:\n",
        "a: 1\na: 2\n",
        "a: {b: 1, b: 2}\n",
        "a: {b: 1,5}\n",
        "a: [x?]\n",
        "a: [b, ]\n",
        "a: [0.5]\n",
        'a: "\\n"\n',
        "a: x\n  y\n",
        "a: x\n\n  y: z\n",
        "a: |\n  x\n",
        "a: >-\nb: 1\n",
        "a: >-\n  x\n\n  y\n",
        "a: >-\n  x\n   y\n",
        "a: >-\n  x\n\n  # y\nb: 1\n",
        "a: >-\n  x\n\n    \n",
        "a: >-\n  x\n\n   # y\n",
        "a: >-\n  x\n\n\n  y\n",
        "a: >-\n  x\n \nb: 1\n",
        f"a: {'x' * 1000}\n",
        "a:\n  - b\n - c\n",
        "a:\n- b\n  - c\n",
        "a: null\n",
        "a: 0380\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !c d\n",
        "? a\n",
        "<<: a\n",
        "---\na: 1\n",
        "a: 1\n...\n",
        "a:\t1\n",
        "a: 1\r\n",
        "null: 1\n",
        "a: -1\n",
        "a:\n- - b\n",
        "a: 1\n" + "".join(f"k{n}: 1\n" for n in range(5_000)),
        "".join(f"{' ' * n}a:\n" for n in range(40)),
    ],
)
def test_left_to_libyaml(text):
    assert read_lines(text.encode(), text) is None
