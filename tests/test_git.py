"""Revisions: diff equals the difference of totals over a hundred commits; bad ones say so."""

import itertools
import json
import os
import random
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from conftest import BASE
from partnerreg.cli.main import run

AS_OF = "2022-06-15"
ENV = {
    "GIT_AUTHOR_NAME": "A. Author",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_COMMITTER_NAME": "A. Author",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_AUTHOR_DATE": "2022-01-01T00:00:00Z",
    "GIT_COMMITTER_DATE": "2022-01-01T00:00:00Z",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env={**os.environ, **ENV}, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


def commit(folder: Path, message: str = "change") -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def put(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


def record(rng: random.Random, number: int) -> str:
    start, end = rng.choice([(2019, 2023), (2020, "open"), ("unknown", 2022), (2021, "unknown")])
    lines = "".join(
        f"    - {{source: {rng.choice(['a-town', 'a-town/culture-board', 'b-club', 'c-network'])}, "
        f"{rng.choice(['year: 2020', 'year: 2021', 'per: year', 'per: term'])}, "
        f"amount: {rng.randint(0, 10**6) / 100:.2f}, what: w{place}"
        f"{rng.choice(['', ', kind: in-kind', ', stage: planned', ', stage: paid', ', currency: EUR'])}}}\n"
        for place in range(rng.randint(1, 4))
    )
    return (
        f"title: Record {number} {rng.randint(0, 9)}\nform: iop\nparties:\n  - {{organisation: a-town}}\n"
        f"period: {{start: {start}, end: {end}}}\nfunding:\n  lines:\n{lines}"
    )


def edit(rng: random.Random, root: Path, number: int) -> None:
    """Do what people do: add, change, remove, rename, move, reorder."""
    files = sorted((root / "partnerships").rglob("*.yaml"))
    action = rng.choice(
        ["add", "add", "change", "change", "remove", "rename", "move", "reorder", "currency"]
    )
    if action == "add" or not files:
        put(root, {f"partnerships/r{number}.yaml": record(rng, number)})
    elif action == "change":
        rng.choice(files).write_text(record(rng, number), "utf-8")
    elif action == "remove":
        rng.choice(files).unlink()
    elif action == "rename":
        file = rng.choice(files)
        file.rename(file.with_name(f"n{number}.yaml"))
    elif action == "move":
        file = rng.choice(files)
        (root / f"partnerships/sub{number % 3}").mkdir(exist_ok=True)
        file.rename(root / f"partnerships/sub{number % 3}" / file.name)
    elif action == "reorder":
        file = rng.choice(files)
        head, funding, rest = file.read_text("utf-8").partition("funding:")
        file.write_text(funding + rest + head, "utf-8")
    else:
        currency = rng.choice(["SEK", "PLN"])
        (root / "settings.yaml").write_text(f"title: Test\ncurrency: {currency}\n", "utf-8")


@pytest.fixture(scope="module")
def repository(tmp_path_factory) -> tuple[Path, list[str]]:
    folder = tmp_path_factory.mktemp("repository")
    git(folder, "init", "-q", "-b", "main")
    put(folder / "registry", BASE)
    commits = [commit(folder, "begin")]
    rng = random.Random(7)
    for number in range(100):
        for _ in range(rng.randint(1, 3)):
            edit(rng, folder / "registry", number * 10 + rng.randint(0, 9))
        commits.append(commit(folder, f"edit {number}"))
    return folder, commits


@pytest.fixture
def ask(capsys):
    def _ask(*arguments: str, code: int = 0):
        given = run(list(arguments))
        captured = capsys.readouterr()
        assert given == code, captured.err
        return captured.out if code == 0 else captured.err

    return _ask


def cells(ask, registry: Path, revision: str) -> dict[tuple, Decimal]:
    text = ask(
        "totals",
        "--registry",
        str(registry),
        "--rev",
        revision,
        "--as-of",
        AS_OF,
        "--stage",
        "all",
        "--format",
        "json",
    )
    keys = ("source", "year", "currency", "kind", "stage")
    return {
        tuple(row[key] for key in keys): Decimal(row["amount"]) for row in json.loads(text)["rows"]
    }


def test_diff_is_the_difference_of_totals(repository, ask):
    folder, commits = repository
    rng = random.Random(3)
    known: dict[str, dict[tuple, Decimal]] = {}
    pairs = [tuple(rng.sample(commits, 2)) for _ in range(40)]
    pairs += list(itertools.pairwise(commits))[::4]
    for base, head in pairs:
        for revision in (base, head):
            if revision not in known:
                known[revision] = cells(ask, folder / "registry", revision)
        before, after = known[base], known[head]
        expected = {
            key: (before.get(key), after.get(key))
            for key in before.keys() | after.keys()
            if before.get(key) != after.get(key)
        }
        text = ask(
            "diff",
            base,
            head,
            "--registry",
            str(folder / "registry"),
            "--as-of",
            AS_OF,
            "--format",
            "json",
        )
        given = {}
        for row in json.loads(text)["funding"]:
            key = tuple(row[name] for name in ("source", "year", "currency", "kind", "stage"))
            was, now = (
                None if row[name] is None else Decimal(row[name]) for name in ("before", "after")
            )
            assert Decimal(row["difference"]) == (now or 0) - (was or 0)
            given[key] = (was, now)
        assert given == expected


def test_moving_and_reordering_is_no_change(repository, ask, tmp_path):
    folder = tmp_path / "clone"
    git(tmp_path, "clone", "-q", str(repository[0]), str(folder))
    root = folder / "registry"
    for file in sorted((root / "partnerships").rglob("*.yaml")):
        head, funding, rest = file.read_text("utf-8").partition("funding:")
        (root / "partnerships/moved").mkdir(exist_ok=True)
        file.unlink()
        (root / "partnerships/moved" / file.name).write_text(
            f"# note\n{funding}{rest}{head}", "utf-8"
        )
    text = ask("diff", "--registry", str(root), "--as-of", AS_OF, "--exit-code", "--format", "json")
    whole = json.loads(text)
    assert (whole["changes"], whole["funding"], whole["deadlines"]) == ([], [], [])


@pytest.fixture
def small(tmp_path):
    git(tmp_path, "init", "-q", "-b", "main")
    put(
        tmp_path / "registry",
        {
            **BASE,
            "partnerships/one.yaml": "title: One\nform: iop\nparties: [{organisation: a-town}, {organisation: b-club}]\n"
            "period: {start: 2020, end: 2022}\nfunding:\n  lines:\n    - {source: b-club, year: 2021, amount: 10}\n",
        },
    )
    commit(tmp_path, "one")
    return tmp_path / "registry"


def changes(ask, registry: Path, *arguments: str) -> dict:
    return json.loads(
        ask("diff", *arguments, "--registry", str(registry), "--as-of", AS_OF, "--format", "json")
    )


def test_an_organisations_new_id_is_one_line(small, ask):
    (small / "organisations/b-club.yaml").rename(small / "organisations/d-club.yaml")
    one = small / "partnerships/one.yaml"
    one.write_text(one.read_text("utf-8").replace("b-club", "d-club"), "utf-8")
    whole = changes(ask, small)
    assert whole["changes"] == [
        {
            "id": "d-club",
            "kind": "organisation",
            "change": "renamed",
            "fields": [{"field": "id", "before": "b-club", "after": "d-club"}],
        }
    ]
    assert whole["funding"] == []


def test_a_new_agreement_id_is_a_rename(small, ask):
    (small / "partnerships/one.yaml").rename(small / "partnerships/uno.yaml")
    whole = changes(ask, small)
    assert [(one["change"], one["id"]) for one in whole["changes"]] == [("renamed", "uno")]
    assert (whole["funding"], whole["deadlines"]) == ([], [])


def test_fields_sums_and_deadlines(small, ask):
    one = small / "partnerships/one.yaml"
    text = (
        one.read_text("utf-8")
        .replace("end: 2022", "end: 2025")
        .replace("amount: 10", "amount: 12.50")
    )
    one.write_text(text, "utf-8")
    whole = changes(ask, small)
    assert whole["changes"][0]["fields"] == [
        {"field": "period.end", "before": 2022, "after": 2025},
        {"field": "funding.lines[b-club 2021].amount", "before": "10.00", "after": "12.50"},
    ]
    assert whole["funding"] == [
        {
            "source": "b-club", "year": 2021, "currency": "SEK", "kind": "cash", "stage": "agreed",
            "before": "10.00", "after": "12.50", "difference": "2.50",
        }
    ]  # fmt: skip
    assert whole["deadlines"] == [
        {
            "id": "one",
            "event": "end",
            "milestone": None,
            "before": "2022-12-31",
            "after": "2025-12-31",
        }
    ]
    assert [note["code"] for note in whole["notes"]] == ["no-new-evidence"]
    words = ask("diff", "--registry", str(small), "--as-of", AS_OF, "--format", "markdown")
    assert "end 2022 → 2025" in words
    assert "funding: B Club 2021 10 → 12.50 SEK (+2.50)" in words


def test_new_evidence(small, ask):
    one = small / "partnerships/one.yaml"
    text = one.read_text("utf-8").replace("end: 2022", "end: 2025")
    one.write_text(text + "decisions: [{date: 2022-01-01, kind: extend}]\n", "utf-8")
    assert changes(ask, small)["notes"] == []


def test_settings_and_rates(small, ask):
    (small / "settings.yaml").write_text("title: New\ncurrency: EUR\n", "utf-8")
    put(small, {"rates/ecb.csv": "Date,SEK\n2020-01-02,10\n"})
    whole = changes(ask, small)
    assert {(one["kind"], one["change"]) for one in whole["changes"]} == {
        ("settings", "changed"),
        ("rates", "added"),
    }
    assert {row["currency"] for row in whole["funding"]} == {"SEK", "EUR"}


def test_exit_code(small, ask, capsys):
    assert run(["diff", "--registry", str(small), "--exit-code"]) == 0
    (small / "partnerships/one.yaml").unlink()
    assert run(["diff", "--registry", str(small), "--exit-code"]) == 1
    assert run(["diff", "--registry", str(small)]) == 0


def test_history_through_a_rename(small, ask):
    one, uno = small / "partnerships/one.yaml", small / "partnerships/uno.yaml"
    one.rename(uno)
    commit(small.parent, "rename")
    uno.write_text(uno.read_text("utf-8").replace("end: 2022", "end: 2025"), "utf-8")
    commit(small.parent, "extend")
    rows = json.loads(ask("history", "uno", "--registry", str(small), "--format", "json"))["rows"]
    assert [(r["subject"], r["change"], r["field"]) for r in rows][:2] == [
        ("extend", "changed", "period.end"),
        ("rename", "renamed", "file"),
    ]
    assert {row["subject"] for row in rows[2:]} == {"one"}
    assert {row["author"] for row in rows} == {"A. Author"}
    uno.unlink()
    commit(small.parent, "remove")
    gone = json.loads(ask("history", "uno", "--registry", str(small), "--format", "json"))["rows"]
    assert {row["change"] for row in gone if row["subject"] == "remove"} == {"removed"}


def test_since_matches_by_meaning(small, ask, capsys):
    one = small / "partnerships/one.yaml"
    text = one.read_text("utf-8").replace("year: 2021", "year: 2031")
    one.write_text(text, "utf-8")
    commit(small.parent, "a warning")
    new_line = "    - {source: a-town, year: 2040, amount: 1}\n"
    one.write_text("# above\n" + text.replace("  lines:\n", "  lines:\n" + new_line), "utf-8")
    run(
        [
            "validate",
            "--registry",
            str(small),
            "--since",
            "HEAD",
            "--format",
            "json",
            "--as-of",
            AS_OF,
        ]
    )
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert [(row["code"], row["line"]) for row in rows] == [("PR211", 8)]


@pytest.mark.parametrize(
    ("revision", "words"),
    [
        ("nope", "there is no revision nope"),
        ("-x", "is no revision"),
        ("HEAD:registry", "there is no revision"),
        ("a\nb", "is no revision"),
        ("\x1b[2J", "is no revision"),
        ("", "is no revision"),
        ("^HEAD", "there is no revision"),
    ],
)
def test_bad_revisions(small, ask, revision, words):
    for command in (
        ["totals", f"--rev={revision}"],
        ["validate", f"--since={revision}"],
        ["diff", "--", revision],
    ):
        name, *rest = command
        error = ask(name, "--registry", str(small), *rest, code=2)
        assert words in error
        assert "\x1b" not in error
        assert len(error.splitlines()) <= 2


def test_no_git(write, ask):
    assert "not in a git repository" in ask(
        "totals", "--registry", str(write()), "--rev", "HEAD", code=3
    )


def test_no_commits(write, ask):
    root = write()
    git(root.parent, "init", "-q")
    assert "no commits yet" in ask("diff", "--registry", str(root), code=2)


def test_shallow(repository, ask, tmp_path):
    folder, commits = repository
    clone = tmp_path / "shallow"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{folder}", str(clone))
    error = ask("diff", commits[3], "--registry", str(clone / "registry"), code=2)
    assert "shallow clone" in error


def test_registry_that_was_not_there(tmp_path, ask):
    git(tmp_path, "init", "-q")
    first = commit(tmp_path, "empty")
    put(tmp_path / "registry", BASE)
    commit(tmp_path, "registry")
    error = ask("diff", first, "--registry", str(tmp_path / "registry"), code=2)
    assert "has no registry in registry" in error


def test_working_tree_is_not_touched(small, ask):
    (small / "partnerships/one.yaml").write_text("title: [\n", "utf-8")
    status = git(small, "status", "--porcelain")
    ask("totals", "--rev", "HEAD", "--registry", str(small), "--as-of", AS_OF)
    assert git(small, "status", "--porcelain") == status


def test_history_with_separators_in_a_path(small, ask):
    put(small, {"partnerships/a\x1eb\x1fc.txt": "x"})
    (small / "partnerships/one.yaml").write_text("title: New\n", "utf-8")
    commit(small.parent, "strange")
    rows = json.loads(ask("history", "one", "--registry", str(small), "--format", "json"))["rows"]
    assert {row["subject"] for row in rows} == {"strange", "one"}


def test_history_under_a_users_own_settings(small, ask):
    for name, value in (
        ("i18n.logOutputEncoding", "UTF-16"),
        ("log.mailmap", "true"),
        ("mailmap.file", "/nowhere"),
        ("diff.orderFile", "/nowhere"),
        ("log.showRoot", "false"),
        ("log.showSignature", "true"),
        ("diff.renames", "false"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
    ):
        git(small, "config", name, value)
    rows = json.loads(ask("history", "one", "--registry", str(small), "--format", "json"))["rows"]
    assert {row["change"] for row in rows} == {"added"}


def test_history_with_separators_in_names(small, ask):
    (small / "partnerships/one.yaml").write_text("title: New\n", "utf-8")
    git(small, "add", "-A")
    author = f"A\x1e{'0' * 40}\x1fB <a@example.org>"
    git(small, "commit", "-q", "-m", "x\x1fM\x1fy", "--author", author)
    rows = json.loads(ask("history", "one", "--registry", str(small), "--format", "json"))["rows"]
    assert len({row["commit"] for row in rows}) == 2
    assert any("\x1f" in row["author"] for row in rows)


def test_history_with_a_huge_version(small, ask):
    (small / "partnerships/one.yaml").write_text("# " + "x" * 5_000_000, "utf-8")
    commit(small.parent, "huge")
    rows = json.loads(ask("history", "one", "--registry", str(small), "--format", "json"))["rows"]
    assert rows[0]["subject"] == "huge"
    assert rows[0]["after"] == "unreadable"


def test_in_a_hook_of_a_linked_work_tree(small, ask, monkeypatch, tmp_path):
    """Git tells its hooks about a repository: the registry's own folder says which is meant."""
    monkeypatch.setenv("GIT_DIR", str(small.parent / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", "elsewhere")
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    before = json.loads(ask("list", "--rev", "HEAD", "--registry", str(small), "--format", "json"))
    assert before["rows"]
    assert "one" in ask("history", "one", "--registry", str(small))


def test_a_work_tree_elsewhere(small, ask, tmp_path):
    (tmp_path / "other").mkdir()
    git(small, "config", "core.worktree", str(tmp_path / "other"))
    assert "not in the work tree" in ask("list", "--rev", "HEAD", "--registry", str(small), code=3)
    assert "not in the work tree" in ask("history", "one", "--registry", str(small), code=3)
    ask("validate", "--format", "sarif", "--registry", str(small))


def test_git_says_why(small, ask):
    (small.parent / ".git/config").write_text("[core\n", "utf-8")
    error = ask("list", "--rev", "HEAD", "--registry", str(small), code=3)
    assert "git cannot be asked" in error
    assert "bad config" in error


def test_linked_folders_of_a_revision(small, capsys):
    (small / "memberships").symlink_to("/etc")
    commit(small.parent, "link")
    assert run(["validate", "--rev", "HEAD", "--registry", str(small)]) == 1
    assert "a link is not followed" in capsys.readouterr().out


def test_namesakes_hide_no_change(small, ask):
    """A text that ends as a numbered namesake does is an item of its own."""
    path = small / "partnerships/x.yaml"
    body = (
        "title: T\nform: iop\nparties: [{organisation: a-town}]\nperiod: {start: 2020, end: 2022}\n"
        'decisions:\n  - {date: 2020, number: "1", summary: first}\n'
        '  - {date: 2020, number: "1", summary: second}\n  - {date: 2020, number: "1 #2", summary: third}\n'
    )
    path.write_text(body, "utf-8")
    git(small.parent, "add", "-A")
    git(small.parent, "commit", "-qm", "Namesakes")
    path.write_text(body.replace("second", "changed"), "utf-8")
    found = changes(ask, small)
    assert [field["after"] for one in found["changes"] for field in one["fields"]] == ["changed"]
