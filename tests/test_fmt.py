"""The canonical layout: the same data and comments, twice is once; and what --fix sets right."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from partnerreg.authoring.format import formatted
from partnerreg.authoring.printer import Unformattable
from partnerreg.authoring.rewrite import fixed_file, printed
from partnerreg.authoring.syntax_tree import parse
from partnerreg.base.layout import Place
from partnerreg.cli.main import run
from partnerreg.reading.yaml_reader import read

ROOT = Path(__file__).parents[1]
KINDS = {
    "organisations": "organisation",
    "partnerships": "partnership",
    "memberships": "membership",
}


def test_shipped_files_are_canonical():
    for path in (ROOT / "registry").rglob("*.yaml"):
        kind = KINDS.get(path.parent.name, "settings")
        assert formatted(path.read_bytes(), kind) == path.read_bytes(), path


def test_layout():
    raw = b"""# head

form:   iop   # the form
title: 'A title'


# parties follow
parties:
- role: funder # first
  organisation: a-town
- {role: recipient, organisation: b-club}
-   # odd
  organisation: c
summary: |
      two

        lines

period: {end: 2022, # last
   start: 2020}
notes: plain
   over lines
# end
"""
    assert (
        formatted(raw, "partnership").decode()
        == """# head

title: "A title"
summary: |
  two

    lines
form: iop # the form

# parties follow
parties:
  - organisation: a-town
    role: funder # first
  - {organisation: b-club, role: recipient}
  # odd
  - organisation: c
period:
  start: 2020
  end: 2022 # last
notes: plain
  over lines
# end
"""
    )


def test_crlf_is_kept():
    assert formatted(b"form: iop\r\ntitle: A\r\n", "partnership") == b"title: A\r\nform: iop\r\n"


@pytest.mark.parametrize(
    "raw", [b"title: [\n", b"a: 1\na: 2\n", b"a: &x 1\n", b"", b"notes: |2\n   x\n"]
)
def test_what_cannot_be_laid_out(raw):
    with pytest.raises(Unformattable):
        formatted(raw, "partnership")


TEXT = st.text("ab: #'\"\\-[]{},|>&*!%@`\n\té", min_size=1, max_size=12)
SCALARS = st.sampled_from(
    [
        "a",
        "2020",
        "19.90",
        "'single'",
        "'it''s'",
        '"a \\n b"',
        '"x: y"',
        "plain text",
        "a#b",
        '"# no"',
        "'a\"b'",
    ]
)
COMMENT = st.sampled_from(["", "", "", " # c", " #", "  # two  spaces", "# close"])
KEYS = st.sampled_from(
    [
        "title",
        "form",
        "period",
        "start",
        "end",
        "parties",
        "organisation",
        "role",
        "zz",
        "'q'",
        "labels",
    ]
)


@st.composite
def flow(draw, depth=0):
    if depth > 2 or draw(st.booleans()):
        return draw(SCALARS)
    inner = draw(st.lists(flow(depth=depth + 1), max_size=3))
    gap = draw(st.sampled_from(["", " ", "\n      "]))
    if draw(st.booleans()):
        return f"[{gap}{(',' + (gap or ' ')).join(inner)}{gap}]"
    pairs = [f"k{n}: {value}" for n, value in enumerate(inner)]
    return f"{{{gap}{(',' + (gap or ' ')).join(pairs)}{gap}}}"


@st.composite
def block(draw, indent=0, depth=0):
    pad = " " * indent
    lines = []
    for key in draw(st.lists(KEYS, min_size=1, max_size=4, unique=True)):
        if draw(st.integers(0, 5)) == 0:
            lines.append(f"{pad}# above {key}")
        if draw(st.integers(0, 5)) == 0:
            lines.append("")
        kind = draw(st.sampled_from(["flow", "flow", "map", "list", "text"]))
        comment = draw(COMMENT)
        if kind == "map" and depth < 3:
            lines += [
                f"{pad}{key}:{comment}",
                draw(block(indent=indent + draw(st.sampled_from([1, 2, 4])), depth=depth + 1)),
            ]
        elif kind == "list" and depth < 3:
            lines.append(f"{pad}{key}:{comment}")
            for _ in range(draw(st.integers(1, 3))):
                if draw(st.booleans()):
                    lines.append(f"{pad}  - {draw(flow())}{draw(COMMENT)}")
                else:
                    inner = draw(block(indent=indent + 4, depth=depth + 1))
                    lines.append(f"{pad}  -\n{inner}")
        elif kind == "text":
            marker = draw(st.sampled_from(["|", ">", "|-", ">-", "|+"]))
            body = draw(
                st.lists(st.sampled_from(["one", "  two", "", "# three"]), min_size=1, max_size=4)
            )
            lines.append(f"{pad}{key}: {marker}")
            lines += [f"{pad}  first", *(f"{pad}  {line}".rstrip() for line in body)]
        else:
            lines.append(f"{pad}{key}: {draw(flow())}{comment}")
    return "\n".join(lines)


EXAMPLES = int(os.environ.get("PARTNERREG_EXAMPLES", "200"))


@given(text=block(), ending=st.sampled_from(["\n", "", "\n\n", "\n# last\n"]))
@settings(max_examples=EXAMPLES, deadline=None)
def test_twice_is_once_and_nothing_is_lost(text, ending):
    raw = (text + ending).encode()
    document, problems = read(raw)
    if document is None or problems:
        return
    try:
        once = formatted(raw, "partnership")
    except Unformattable:
        assert b"|+" in raw  # blank lines that belong to a text cannot be moved about
        return
    assert formatted(once, "partnership") == once
    again, new_faults = read(once)
    assert not new_faults
    assert again.data == document.data
    assert sorted(comments(once)) == sorted(comments(raw))


def comments(raw: bytes) -> list[str]:
    tree = parse(raw.decode().replace("\r\n", "\n"))
    found = [*tree.header, *tree.footer]
    pending = [tree.root]
    while pending:
        for entry in pending.pop().entries:
            found += [*entry.leading, entry.trailing or ""]
            pending.append(entry.value)
    return [one for one in found if one]


@example(raw=b"?")
@given(raw=st.binary(max_size=200) | TEXT.map(str.encode))
@settings(max_examples=300, deadline=None)
def test_any_bytes(raw):
    printed(raw)
    fixed_file(Place("partnerships/x.yaml", "partnership", "x"), raw)


def test_command(write, capsys, monkeypatch):
    root = write(
        {
            "partnerships/x.yaml": "form: iop\ntitle: X\nparties: [{organisation: a-town}]\nperiod: {}\n"
        }
    )
    monkeypatch.chdir(root.parent)
    path = root / "partnerships/x.yaml"
    path.chmod(0o640)
    before = path.read_bytes()
    assert run(["fmt", "--check"]) == 1
    assert run(["fmt", "--diff", "registry/partnerships"]) == 1
    assert "+title: X" in capsys.readouterr().out
    assert path.read_bytes() == before
    assert (
        run(
            [
                "fmt",
                "registry/memberships"
                if (root / "memberships").exists()
                else "registry/settings.yaml",
            ]
        )
        == 0
    )
    assert path.read_bytes() == before
    assert run(["fmt"]) == 0
    assert path.read_text("utf-8").startswith("title: X\nform: iop\n")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert run(["fmt", "--check"]) == 0
    assert [one.name for one in path.parent.iterdir()] == ["x.yaml"]


FIXED = [
    ("period: {start: 30.06.2017, end: 2018}", "period: {start: 2017-06-30, end: 2018}"),
    ("period: {start: 2017/6/3, end: 2018}", "period: {start: 2017-06-03, end: 2018}"),
    ("period: {start: 03/06/2017, end: 2018}", None),
    ("period: {start: 31.02.2017, end: 2018}", None),
    ("period: {}\nfunding: {currency: sek}", "period: {}\nfunding: {currency: SEK}"),
    (
        "period: {}\nfunding: {lines: [{source: a, year: 2020, amount: 1_500}]}",
        "period: {}\nfunding: {lines: [{source: a, year: 2020, amount: 1500}]}",
    ),
    (
        "period: {}\nfunding: {lines: [{source: a, year: 2020, amount: 670 000}]}",
        "period: {}\nfunding: {lines: [{source: a, year: 2020, amount: 670000}]}",
    ),
    ("period: {}\nfunding: {lines: [{source: a, year: 2020, amount: 1 5}]}", None),
    ("period: {}\nfunding: {lines: [{source: a, year: 2020, amount: 0380}]}", None),
    ("period: {}\nlabels: {code: 0380}", 'period: {}\nlabels: {code: "0380"}'),
]
HEAD = "title: X\nform: iop\nparties: [{organisation: a}]\n"


@pytest.mark.parametrize(("body", "expected"), FIXED)
def test_fixes(body, expected):
    raw = f"{HEAD}{body}\n".encode()
    found = fixed_file(Place("partnerships/x.yaml", "partnership", "x"), raw)
    assert found.now.decode() == (f"{HEAD}{expected}\n" if expected else raw.decode())


def test_fix_command(write, capsys, monkeypatch):
    root = write({"organisations/a-town.yaml": "type: municipality\nname: A\ncountry: se # here\n"})
    monkeypatch.chdir(root.parent)
    path = root / "organisations/a-town.yaml"
    before = path.read_bytes()
    assert run(["validate", "--fix", "--diff"]) == 1
    assert "+country: SE # here" in capsys.readouterr().out
    assert path.read_bytes() == before
    assert run(["validate", "--fix"]) == 0
    said = capsys.readouterr().err
    assert "registry/organisations/a-town.yaml:3:10: PR104 fixed: se → SE" in said
    assert "keys put in order" in said
    assert path.read_text("utf-8") == "name: A\ntype: municipality\ncountry: SE # here\n"


@pytest.mark.parametrize(
    "text",
    [
        "notes:\n  -\n    - {a: b # c1\n      } # c2\n    - x\n",
        "notes:\n  - [{a: b # c1\n    } # c2\n    ]\n",
        "notes:\n  - # a\n    # b\n    - # c\n      x: 1 # d\n",
        # libyaml wants no blank before the comment here
        "a: [b,# c1\n  c]# c2\nd: {e: 1}# c3\n",
        "a: \"x\"# c1\nb: {# c2\n  c: 1,# c3\n  }\nd: 'x'# c4\n",
    ],
)
def test_comments_in_lists_of_lists(text):
    once = formatted(text.encode(), "partnership")
    assert formatted(once, "partnership") == once
    assert once.count(b"#") == text.count("#")
