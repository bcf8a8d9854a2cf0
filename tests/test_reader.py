"""What the reader takes and what it refuses, each at its place."""

from decimal import Decimal

import pytest

from partnerreg.base.limits import MAX_BYTES
from partnerreg.reading.document import BAD
from partnerreg.reading.yaml_reader import read


def refused(raw: bytes) -> list[tuple[str, int, int]]:
    return [(one.code, one.span.line, one.span.column) for one in read(raw)[1]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1),
        ("-5", -5),
        ("0", 0),
        ("-0", 0),
        ("19.99", Decimal("19.99")),
        ("100.50", Decimal("100.50")),
        ("-0.00", Decimal("0.00")),
        ("123456789012345", 123456789012345),
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("2015-12-31", "2015-12-31"),
        ("12:30", "12:30"),
        ("670 000", "670 000"),
        ("0911-69 62 57", "0911-69 62 57"),
        ("1.2.3", "1.2.3"),
        ("'0380'", "0380"),
        ('"1e3"', "1e3"),
        ("'null'", "null"),
        ("unknown", "unknown"),
        ("|\n  two\n  lines", "two\nlines\n"),
        (">-\n  two\n  lines", "two lines"),
    ],
)
def test_values(text, value):
    document, problems = read(f"a: {text}\n".encode())
    assert not problems
    found = document.data["a"]
    assert (found, type(found)) == (value, type(value))
    assert str(found) == str(value)


@pytest.mark.parametrize(
    "text",
    [
        "0380",
        "007",
        "1_000",
        "0x1f",
        "0o17",
        "0b11",
        "1e3",
        "1E5",
        "+5",
        ".5",
        "5.",
        ".inf",
        "-.INF",
        ".nan",
        "1.5e3",
        "00",
        "0380.5",
        "٢٠٢٠",
        "1_0.5",
    ]
    + ["1234567890123456", "9" * 5000],
)
def test_numbers_that_are_none(text):
    document, problems = read(f"a: {text}\n".encode())
    assert [problem.code for problem in problems] == ["PR012"]
    assert document.data["a"] is BAD
    assert problems[0].hint
    assert len(problems[0].message) < 200


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_empty_values(text):
    assert refused(f"a: {text}\n".encode()) == [("PR011", 1, 4 if text else 3)]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"a: &x 1\n", [("PR009", 1, 4)]),
        (b"a: *x\n", [("PR009", 1, 4)]),
        (b"a: !!str 1\n", [("PR009", 1, 4)]),
        (b"a: !x 1\n", [("PR009", 1, 4)]),
        (b"a: ! 1\n", [("PR009", 1, 4)]),
        (b"<<: {a: 1}\n", [("PR009", 1, 1)]),
        (b"%YAML 1.2\n---\na: 1\n", [("PR009", 1, 1)]),
        (b"a: 1\n---\nb: 2\n", [("PR009", 2, 1)]),
        (b"2020: a\n", [("PR009", 1, 1)]),
        (b"true: a\n", [("PR009", 1, 1)]),
        (b"null: a\n", [("PR009", 1, 1)]),
        (b"? : a\n", [("PR009", 1, 3)]),
        (b"? [a]\n: b\n", [("PR009", 1, 3)]),
        (b"a: 1\na: 2\n", [("PR010", 2, 1)]),
        (b"a: 1\na: 2\na: 3\n", [("PR010", 2, 1), ("PR010", 3, 1)]),
        ("é: 1\ne\u0301: 2\n".encode(), [("PR010", 2, 1)]),
        (b"- a\n", [("PR013", 1, 1)]),
        (b"text\n", [("PR013", 1, 1)]),
        (b"", [("PR013", 1, 1)]),
        (b"# nothing\n", [("PR013", 1, 1)]),
        (b"\xef\xbb\xbfa: 1\n", [("PR005", 1, 1)]),
        ("a: 1\n".encode("utf-16"), [("PR005", 1, 1)]),
        (b"a: 1\nb: x\xe5\n", [("PR005", 2, 5)]),
        (b"a: \xed\xa0\x80\n", [("PR005", 1, 4)]),
        (b"a: x\x00\n", [("PR006", 1, 5)]),
        (b"a: x\x1b[2J\n", [("PR006", 1, 5)]),
        (b"a: x\ry\n", [("PR006", 1, 5)]),
        ("a: x\u202ey\n".encode(), [("PR006", 1, 5)]),
        ("a: x\u2028y\n".encode(), [("PR006", 1, 5)]),
        ("a: x\u0085y\n".encode(), [("PR006", 1, 5)]),
        ("a: 1\nb: x # \u2067\n".encode(), [("PR006", 2, 8)]),
        (b'a: "\\u202e"\n', [("PR006", 1, 4)]),
        (b'a: "\\0"\n', [("PR006", 1, 4)]),
        (b'"\\u202e": 1\n', [("PR006", 1, 1)]),
        (b'a: "\\ud800"\n', [("PR007", 1, 7)]),
        (b"a: [1\n", [("PR007", 1, 4)]),
        (b"a: 'x\n", [("PR007", 1, 4)]),
        (b"a: b: c\n", [("PR007", 1, 5)]),
        (b"a:\n\t- b\n", [("PR007", 2, 1)]),
        (b"a: 1\n b: 2\n", [("PR007", 2, 3)]),
        (b"a: " + b"[" * 60_000, [("PR008", 1, 35)]),
        (b"a: " + b"{b: " * 15_000, [("PR008", 1, 128)]),
        (b"? " * 30_000, [("PR009", 1, 3)]),
        (b"a: [" + b"1," * 6_000 + b"]\n", [("PR008", 1, 9_999)]),
        (b"a: x" + b"y" * MAX_BYTES, [("PR008", 1, 1)]),
    ],
)  # fmt: skip
def test_refusals(raw, expected):
    assert refused(raw) == expected


def test_one_fault_does_not_hide_the_next():
    raw = b"a: 0380\nb:\nc: &x 1\nc: 2\nd: 1e3\n"
    assert [code for code, *_ in refused(raw)] == ["PR012", "PR011", "PR009", "PR010", "PR012"]


def test_line_ends():
    document, problems = read(b"a: 1\r\nb: |\r\n  x\r\n  y\r\n")
    assert not problems
    assert document.data == {"a": 1, "b": "x\ny\n"}


def test_spans():
    document, _ = read("å: 1\nb:\n  c: [x, {y: 2}]\n  d: 'three'\n".encode())
    at = document.span
    assert (at(("b", "c", 1, "y")).line, at(("b", "c", 1, "y")).column) == (3, 14)
    assert (at(("b", "d")).column, at(("b", "d")).end_column) == (6, 13)
    assert at(("b", "d"), key=True).column == 3
    assert at(("b", "c", 1)).column == 10
    assert at(("b", "nothing"), key=True).line == 3
    assert at(()).line == 1
