"""Odd environments, outputs and repositories: one clear line and the right exit code, nothing lost."""

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import BASE, partnership
from partnerreg.base.limits import MAX_FOLDERS
from partnerreg.cli.main import run
from partnerreg.store import atomic

SAMPLE = {"partnerships/x.yaml": partnership("title: X\n")}


def tool(root: Path, *arguments: str, **options):
    """Run the tool as a process of its own."""
    line = [sys.executable, "-m", "partnerreg", *arguments, "--registry", str(root)]
    environ = {**os.environ, **options.pop("env", {})}
    return subprocess.run(line, capture_output=True, text=True, env=environ, check=False, **options)


# -o


@pytest.fixture
def checkout(write, tmp_path, monkeypatch) -> Path:
    """A working folder with a registry, and a program outside that nobody may overwrite."""
    write(SAMPLE)
    (tmp_path / "program").write_text("#!/bin/sh\n", "utf-8")
    (tmp_path / "work").mkdir()
    (tmp_path / "registry").rename(tmp_path / "work/registry")
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.mark.parametrize(
    ("links", "output"),
    [
        ({"change.md": "../program"}, "change.md"),
        ({"change.md": "nowhere"}, "change.md"),
        ({"out": ".."}, "out/program"),
        ({"out": "..", "a": "out"}, "a/program"),
        ({"out": ".."}, "./registry/../out/program"),
        ({"change.md": "../program"}, "{cwd}/change.md"),
        ({"out": ".."}, "{cwd}/out/program"),
        ({"out": ".."}, "/proc/self/cwd/out/program"),
        ({"change.md": "../program"}, "/proc/self/cwd/change.md"),
    ],
)
def test_no_output_through_a_link(checkout, capsys, links, output):
    for name, target in links.items():
        (checkout / name).symlink_to(target)
    line = ["list", "--format", "markdown", "-o", output.replace("{cwd}", str(checkout))]
    assert run(line) == 3
    assert "is a link" in capsys.readouterr().err
    assert (checkout.parent / "program").read_text("utf-8") == "#!/bin/sh\n"
    assert all((checkout / name).is_symlink() for name in links)
    assert not (checkout / "nowhere").exists()


def test_links_anywhere_in_the_checkout(checkout, capsys, monkeypatch):
    (checkout / ".git").mkdir()
    (checkout / "docs").mkdir()
    (checkout / "out").symlink_to("..")
    monkeypatch.chdir(checkout / "docs")
    for line in (["list", "-o", "../out/program.csv"], ["validate", "-o", "../out/x.json"]):
        assert run(line) == 3
        assert "is a link" in capsys.readouterr().err
    # A submodule is a part of the checkout around it.
    (checkout / "docs/.git").write_text("gitdir: x\n", "utf-8")
    assert run(["list", "-o", "../out/program.csv"]) == 3
    assert "is a link" in capsys.readouterr().err
    (checkout / "registry").rename(checkout.parent / "theirs")
    (checkout / "registry").symlink_to("../theirs")
    assert run(["list"]) == 3
    assert "is a link" in capsys.readouterr().err


def test_links_above_the_working_folder_are_the_users_own(checkout, capsys):
    (checkout.parent / "alias").symlink_to(checkout)
    assert run(["list", "-o", str(checkout.parent / "alias/list.csv")]) == 0
    assert (checkout / "list.csv").is_file()


@pytest.mark.parametrize(
    "output",
    [
        "registry/settings.yaml", "registry/rates/ecb.csv", "registry/partnerships/new.md",
        "registry/organisations/sub/x.csv", "registry/imports/list.csv", "registry/memberships/x.yaml",
        "./registry/../registry/settings.yaml", "registry/out.yaml",
    ],
)  # fmt: skip
@pytest.mark.parametrize("command", ["list", "rule", "validate"])
def test_no_output_among_the_registrys_files(checkout, capsys, command, output):
    before = {path: path.read_bytes() for path in checkout.rglob("*") if path.is_file()}
    assert run([command, "--format", "json", "-o", output]) == 2
    assert "lies among the registry's own files" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in checkout.rglob("*") if path.is_file()} == before


def test_standard_output_by_its_path_is_appended_to(checkout):
    log = checkout / "log.txt"
    log.write_text("kept\n", "utf-8")
    for path in ("/dev/stdout", "/dev/fd/1", "//dev/stdout"):
        with log.open("a", encoding="utf-8") as stream:
            line = [sys.executable, "-m", "partnerreg", "list", "--format", "csv", "-o", path]
            assert subprocess.run(line, stdout=stream, check=False).returncode == 0
    text = log.read_text("utf-8")
    assert text.startswith("kept\nid,")
    assert text.count("id,kind") == 3


def test_a_pipe_and_a_folder(checkout, capsys):
    os.mkfifo(checkout / "pipe")
    reader = subprocess.Popen(["cat", str(checkout / "pipe")], stdout=subprocess.PIPE, text=True)
    assert run(["list", "--format", "csv", "-o", str(checkout / "pipe")]) == 0
    assert reader.communicate()[0].startswith("id,")
    assert run(["list", "--format", "csv", "-o", str(checkout)]) == 3
    assert run(["list", "--format", "csv", "-o", "nowhere/x.csv"]) == 3
    assert "cannot write" in capsys.readouterr().err


def test_a_registry_behind_a_link_in_the_checkout_is_not_read(checkout, capsys):
    (checkout / "registry").rename(checkout.parent / "theirs")
    (checkout / "registry").symlink_to("../theirs")
    for more in ([], ["--registry", "registry"], ["--registry", str(checkout / "registry")]):
        assert run(["list", *more]) == 3
        assert "is a link" in capsys.readouterr().err
    assert run(["list", "--registry", "../theirs"]) == 0


# Folders


def test_a_deep_folder_is_one_finding_and_stops_nothing(write, capsys):
    root = write(
        {
            "partnerships/x.yaml": "form: iop\ntitle: T\nparties: [{organisation: a-town}]\nperiod: {}\n"
        }
    )
    (root / "partnerships" / "/".join(["d"] * 200)).mkdir(parents=True)
    # One longer than a path may be is made step by step.
    current = os.open(root / "partnerships", os.O_RDONLY)
    for _ in range(1_100):
        if not os.access("e", os.F_OK, dir_fd=current):
            os.mkdir("e", dir_fd=current)
        inner = os.open("e", os.O_RDONLY, dir_fd=current)
        os.close(current)
        current = inner
    os.close(current)
    try:
        assert run(["validate", "--registry", str(root), "--format", "concise"]) == 1
        out = capsys.readouterr().out
        assert out.count(f"folders lie more than {MAX_FOLDERS} deep") == 2
        for command in (["fmt"], ["validate", "--fix"]):
            assert run([*command, "--registry", str(root)]) in {0, 1}
        assert (root / "partnerships/x.yaml").read_text("utf-8").startswith("title: T")
    finally:
        subprocess.run(["rm", "-rf", str(root / "partnerships/e")], check=True)


def test_imports_hold_no_records(write, capsys):
    root = write({**SAMPLE, "imports/members.yaml": "from: members.csv\n"})
    assert run(["validate", "--registry", str(root), "--format", "concise"]) == 0


# Environments


def limited(kind: int, most: int):
    return lambda: resource.setrlimit(kind, (most, most))


@pytest.mark.parametrize("megabytes", [40, 60, 80, 120])
def test_too_little_memory(write, megabytes):
    done = tool(
        write(SAMPLE), "totals", "--no-cache",
        preexec_fn=limited(resource.RLIMIT_AS, megabytes * 2**20),
    )  # fmt: skip
    if done.returncode not in {3, 127, -6, -9, -11}:  # the interpreter itself may not start
        assert done.returncode == 0
    if done.returncode == 3:
        assert done.stderr.count("\n") <= 2
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "environ",
    [
        {"TZ": "Foo+99"}, {"TZ": "\x01"}, {"PYTHONIOENCODING": "idna"}, {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "utf-16"}, {"LC_ALL": "C"}, {"COLUMNS": "-5"}, {"COLUMNS": "many"},
        {"HOME": ""}, {"HOME": "/nowhere", "XDG_CACHE_HOME": "relative"}, {"XDG_CACHE_HOME": "/dev/null"},
        {"PYTHONOPTIMIZE": "2"}, {"TERM": "dumb"}, {"NO_COLOR": "1"}, {"PYTHONHASHSEED": "7"},
    ],
)  # fmt: skip
def test_odd_environments(write, environ):
    done = tool(write(SAMPLE), "list", "--format", "json", env=environ)
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    if environ.get("PYTHONIOENCODING") != "utf-16":
        assert json.loads(done.stdout)["rows"]


def test_pages_without_docstrings(write):
    plain = [
        tool(write(SAMPLE), *line.split()).stdout for line in ("rule PR203", "rule", "list --help")
    ]
    bare = [
        tool(write(SAMPLE), *line.split(), env={"PYTHONOPTIMIZE": "2"}).stdout
        for line in ("rule PR203", "rule")
    ]
    assert bare == plain[:2]
    assert "Bad:" in bare[0]


def test_a_deleted_working_folder(write, tmp_path):
    root = write(SAMPLE)
    (tmp_path / "gone").mkdir()
    line = f'cd "{tmp_path / "gone"}" && rmdir "{tmp_path / "gone"}" && exec "{sys.executable}" -I -m partnerreg "$@"'
    for arguments, code in (
        (["list", "--registry", str(root)], 0),
        (["validate", "--registry", str(root)], 0),
        (["list"], 3),
    ):
        done = subprocess.run(
            ["bash", "-c", line, "-", *arguments], capture_output=True, text=True, check=False
        )
        (tmp_path / "gone").mkdir(exist_ok=True)
        assert done.returncode == code, done.stderr
        assert "Traceback" not in done.stderr
    assert "the working directory has been deleted" in done.stderr


def test_few_open_files(write):
    root = write({f"partnerships/x{n}.yaml": partnership("title: X\n") for n in range(450)})
    done = tool(root, "list", "--format", "csv", preexec_fn=limited(resource.RLIMIT_NOFILE, 7))
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 451


def test_another_process_that_writes(write, monkeypatch, capsys):
    fcntl = pytest.importorskip("fcntl")
    root = write(
        {
            "partnerships/x.yaml": "form: iop\ntitle: T\nparties: [{organisation: a-town}]\nperiod: {}\n"
        }
    )
    monkeypatch.setattr(atomic, "PATIENCE", 0)
    other = os.open(root / "partnerships", os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)
    assert run(["fmt", "--registry", str(root)]) == 3
    os.close(other)
    assert "another process is writing to the registry" in capsys.readouterr().err
    assert run(["fmt", "--registry", str(root)]) == 0


def test_mode_and_owner_are_kept(write, capsys):
    path = (
        write(
            {
                "partnerships/x.yaml": "form: iop\ntitle: T\nparties: [{organisation: a-town}]\nperiod: {}\n"
            }
        )
        / "partnerships/x.yaml"
    )
    path.chmod(0o640)
    if os.geteuid() == 0:
        os.chown(path, 12345, 12346)
    before = path.stat()
    assert run(["fmt", "--registry", str(path.parents[1])]) == 0
    after = path.stat()
    assert path.read_text("utf-8").startswith("title: T")
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )


def test_a_folder_swapped_for_a_link_is_not_written_through(write, tmp_path, monkeypatch):
    text = "form: iop\ntitle: T\nparties: [{organisation: a-town}]\nperiod: {}\n"
    root = write({"partnerships/sub/x.yaml": text})
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "x.yaml").write_text(text, "utf-8")
    from partnerreg.store import atomic

    real = atomic.rewrite

    def swapped(*given):
        (root / "partnerships/sub").rename(root / "partnerships/was")
        (root / "partnerships/sub").symlink_to(theirs)
        real(*given)

    monkeypatch.setattr(atomic, "rewrite", swapped)
    assert run(["fmt", "--registry", str(root)]) == 3
    assert (theirs / "x.yaml").read_text("utf-8") == text


# Sizes: no figure is asserted in seconds but one far beyond what a linear way needs.


def test_dense_follows(write, capsys):
    files = {
        f"partnerships/x{n:04}.yaml": partnership(
            f"follows: [{', '.join(f'x{m:04}' for m in range(n + 1, min(n + 101, 700)))}]\n"
        )
        for n in range(700)
    }
    start = time.process_time()
    assert (
        run(["validate", "--registry", str(write(files)), "--format", "concise", "--no-cache"]) == 0
    )
    assert time.process_time() - start < 60


def git(root: Path, *arguments: str) -> bytes:
    line = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "-C", str(root), *arguments]
    return subprocess.run(line, capture_output=True, check=True).stdout


@pytest.fixture
def repository(write) -> Path:
    root = write(SAMPLE)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "First")
    return root


def ask(root: Path, capsys, *line: str) -> tuple[int, dict]:
    code = run([*line, "--registry", str(root), "--format", "json", "--as-of", "2022-06-15"])
    out, err = capsys.readouterr()
    return code, json.loads(out) if out else {"error": err}


@pytest.mark.parametrize(
    "setting",
    [
        "diff.algorithm", "diff.context", "log.date", "color.ui", "format.pretty", "log.diffMerges",
        "diff.colorMoved", "diff.ignoreSubmodules", "log.decorate", "log.showSignature", "diff.external",
    ],
)  # fmt: skip
def test_settings_of_a_repository_stop_nothing(repository, capsys, setting):
    with (repository / ".git/config").open("a", encoding="utf-8") as file:
        section, _, name = setting.partition(".")
        file.write(f"[{section}]\n\t{name} = bogus\n")
    assert ask(repository, capsys, "history", "x")[0] == 0
    assert ask(repository, capsys, "diff", "HEAD")[0] == 0
    assert ask(repository, capsys, "list", "--rev", "HEAD")[0] == 0


def test_settings_that_git_itself_refuses(repository, capsys):
    with (repository / ".git/config").open("a", encoding="utf-8") as file:
        file.write("[core]\n\tabbrev = bogus\n")
    code, whole = ask(repository, capsys, "history", "x")
    assert code == 3
    assert whole["error"].count("\n") <= 2
    assert "core.abbrev" in whole["error"]


def test_replaced_objects_change_nothing(repository, capsys):
    first = git(repository, "rev-parse", "HEAD").decode().strip()
    path = repository / "partnerships/x.yaml"
    path.write_text(path.read_text("utf-8").replace("X", "Y"), "utf-8")
    git(repository, "commit", "-qam", "Second")
    git(repository, "replace", first, "HEAD")
    _, whole = ask(repository, capsys, "list", "--rev", first)
    assert [row["title"] for row in whole["rows"]] == ["X"]


def test_a_shallow_clone_says_so(repository, capsys, tmp_path):
    path = repository / "partnerships/x.yaml"
    path.write_text(path.read_text("utf-8").replace("X", "Y"), "utf-8")
    git(repository, "commit", "-qam", "Second")
    subprocess.run(
        ["git", "clone", "-q", "--depth", "1", f"file://{repository}", tmp_path / "shallow"],
        check=True,
    )
    code, whole = ask(tmp_path / "shallow", capsys, "history", "x")
    assert code == 0
    assert [note["code"] for note in whole["notes"]] == ["shallow-clone"]


def test_a_partial_clone_says_so(repository, capsys, tmp_path):
    git(repository, "config", "uploadpack.allowFilter", "true")
    path = repository / "partnerships/x.yaml"
    path.write_text(path.read_text("utf-8").replace("X", "Y"), "utf-8")
    git(repository, "commit", "-qam", "Second")
    subprocess.run(
        ["git", "clone", "-q", "--filter=blob:none", f"file://{repository}", tmp_path / "partial"],
        check=True,
    )
    code, whole = ask(tmp_path / "partial", capsys, "list", "--rev", "HEAD~1")
    assert code == 3
    assert "partial clone" in whole["error"]


def test_a_folder_whose_name_ends_in_a_line_end(write, capsys, tmp_path):
    folder = tmp_path / "odd\n"
    folder.mkdir()
    write(SAMPLE).rename(folder / "registry")
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "First")
    assert ask(folder / "registry", capsys, "diff", "HEAD")[0] == 0


def test_a_tree_bomb_ends_in_one_line(repository, capsys, monkeypatch):
    from partnerreg.store import git as store

    monkeypatch.setattr(store, "MAX_TREE", 20_000)
    blob = subprocess.run(
        ["git", "-C", repository, "hash-object", "-w", "--stdin"],
        input=b"x: 1\n",
        capture_output=True,
        check=True,
    ).stdout.strip()
    kind, name = b"100644 blob", blob
    for level in range(5):
        lines = b"".join(b"%b %b\t%d.yaml\n" % (kind, name, n) for n in range(10))
        name = subprocess.run(
            ["git", "-C", repository, "mktree"], input=lines, capture_output=True, check=True
        ).stdout.strip()
        kind = b"040000 tree"
        del level
    commit = git(repository, "commit-tree", "-m", "Bomb", name.decode()).decode().strip()
    code, whole = ask(repository, capsys, "list", "--rev", commit)
    assert code == 3
    assert "the repository is too large" in whole["error"]


def test_a_repository_among_the_files_is_not_believed(write, capsys):
    """A bare repository can be tracked as plain files; git would run what its config names."""
    root = write(SAMPLE)
    git(root, "init", "-q", "-b", "main")
    subprocess.run(["git", "init", "-q", "--bare", str(root / "bare")], check=True)
    for path in (root / "bare").iterdir():
        path.rename(root / path.name)
    (root / "bare").rmdir()
    with (root / "config").open("a", encoding="utf-8") as file:
        file.write(f"[core]\n\tfsmonitor = touch {root}/ran; false\n")
    git(root, "add", "-Af", "settings.yaml", "partnerships", "organisations")
    git(root, "commit", "-qm", "First")
    assert ask(root, capsys, "diff", "HEAD")[0] == 0
    (root / ".git").rename(root.parent / "elsewhere")
    code, whole = ask(root, capsys, "diff", "HEAD")
    assert code == 3
    assert "cannot use bare repository" in whole["error"]
    assert not (root / "ran").exists()


def test_a_commit_of_many_fields_is_shown_in_part(repository, capsys):
    labels = "".join(f"  k{number}: x\n" for number in range(300))
    path = repository / "partnerships/x.yaml"
    path.write_text(partnership(f"title: X\nlabels:\n{labels}"), "utf-8")
    git(repository, "commit", "-qam", "Labels")
    _, whole = ask(repository, capsys, "history", "x")
    (note,) = whole["notes"]
    assert note["code"] == "fields-left-out"
    assert note["message"] == "of 1 commit only the first 100 changed fields are shown"
    assert len([row for row in whole["rows"] if row["subject"] == "Labels"]) == 100


def test_too_many_yearly_amounts_are_one_finding(write, capsys):
    lines = "".join(
        f"    - {{source: a-town, per: year, amount: {n}, what: w{n}}}\n" for n in range(140)
    )
    body = f"period: {{start: 2020, end: open}}\nfunding:\n  currency: SEK\n  lines:\n{lines}"
    root = write({"partnerships/x.yaml": partnership(body)})
    code, whole = ask(root, capsys, "validate")
    assert code == 1
    (row,) = [one for one in whole["rows"] if one["code"] == "PR215"]
    assert "come to more than 10,000 by 2100" in row["message"]


def test_rows_behind_the_sums_are_bounded(write, capsys):
    parties = "".join(f"  - {{organisation: o{n}}}\n" for n in range(200))
    lines = "".join(
        f"    - {{source: o0, per: year, from: 2001, to: 2022, amount: {n}, what: w{n}}}\n"
        for n in range(30)
    )
    body = f"parties:\n{parties}funding:\n  currency: SEK\n  lines:\n{lines}"
    files = {f"organisations/o{n}.yaml": f"name: O {n}\ntype: company\n" for n in range(200)}
    root = write({**files, "partnerships/x.yaml": partnership(body)})
    _, whole = ask(root, capsys, "totals", "--by", "party", "--explain")
    assert len(whole["rows"]) == 5_000
    (note,) = [one for one in whole["notes"] if one["code"] == "explain-cut"]
    assert note["records"] == ["x"]
    _, whole = ask(root, capsys, "totals", "--explain")
    assert len(whole["rows"]) == 30 * 22
    assert not any(one["code"] == "explain-cut" for one in whole["notes"])


def test_a_long_history_is_shown_in_part(repository, capsys, monkeypatch):
    from partnerreg.store import git_log

    monkeypatch.setattr(git_log, "MAX_STEPS", 3)
    path = repository / "partnerships/x.yaml"
    for number in range(5):
        path.write_text(partnership(f"title: X{number}\n"), "utf-8")
        git(repository, "commit", "-qam", f"Change {number}")
    _, whole = ask(repository, capsys, "history", "x")
    assert len(whole["rows"]) == 3
    (note,) = whole["notes"]
    assert note["code"] == "older-left-out"
    assert note["message"].startswith("3 older commits are not shown")


def test_a_renamed_record_says_what_it_is_called_now(repository, capsys):
    git(repository, "mv", "partnerships/x.yaml", "partnerships/y.yaml")
    git(repository, "commit", "-qm", "Rename")
    git(repository, "mv", "partnerships/y.yaml", "partnerships/z.yaml")
    git(repository, "commit", "-qm", "Rename again")
    _, whole = ask(repository, capsys, "history", "x")
    assert [note["records"] for note in whole["notes"] if note["code"] == "renamed"] == [["z"]]


def test_a_rename_with_an_edit_is_a_rename(repository, capsys):
    git(repository, "mv", "partnerships/x.yaml", "partnerships/y.yaml")
    path = repository / "partnerships/y.yaml"
    path.write_text(path.read_text("utf-8") + "checked: 2022-01-01\n", "utf-8")
    _, whole = ask(repository, capsys, "diff")
    (change,) = whole["changes"]
    assert (change["id"], change["change"]) == ("y", "renamed")
    assert [field["field"] for field in change["fields"]] == ["id", "checked"]


LINES = "funding:\n  lines:\n"


def test_what_is_said_of_a_change(repository, capsys):
    path = repository / "partnerships/x.yaml"
    path.write_text(
        partnership(
            "title: X\nsummary: New\nthemes: [health]\nchecked: 2022-01-01\nnotes: N\nresponsible: a-town\n"
            "decisions: [{date: 2022-01-01, body: Board, kind: fund}]\n"
            f"{LINES}    - {{source: a-town, year: 2022, amount: 9000000}}\n"
            "    - {source: a-town, year: 2023, amount: 1000, stage: planned}\n"
        ),
        "utf-8",
    )
    (repository / "partnerships/new.yaml").write_text(partnership("title: New one\n"), "utf-8")
    assert (
        run(
            ["diff", "--registry", str(repository), "--format", "markdown", "--as-of", "2022-06-15"]
        )
        == 0
    )
    brief = capsys.readouterr().out.partition("<details>")[0]
    assert "2022 +9,000,000 SEK" in brief
    assert "Funding in SEK: +9,000,000 (2022 +9,000,000)." in brief
    assert "Planned funding in SEK: +1,000 (2023 +1,000)." in brief
    assert "organisation a-town" in brief
    assert brief.count("2022-01-01, body Board") == 1


def test_an_end_that_no_longer_renews_is_told(repository, capsys):
    path = repository / "partnerships/x.yaml"
    body = "period: {start: 2020, end: 2023}\nrenewal: {mode: %s, term: P1Y}\n"
    path.write_text(partnership(body % "tacit"), "utf-8")
    git(repository, "commit", "-qam", "Tacit")
    path.write_text(partnership(body % "none"), "utf-8")
    _, whole = ask(repository, capsys, "diff")
    (deadline,) = whole["deadlines"]
    assert (deadline["if_nothing_before"], deadline["if_nothing_after"]) == ("renews", "ends")


def test_a_forges_comment_has_room(repository, capsys):
    for number in range(900):
        (repository / f"partnerships/n{number}.yaml").write_text(
            partnership(
                f"title: {'A long title ' * 6}{number}\n{LINES}    - {{source: a-town, year: 2022, amount: 1}}\n"
            ),
            "utf-8",
        )
    run(["diff", "--registry", str(repository), "--format", "markdown", "--as-of", "2022-06-15"])
    out = capsys.readouterr().out
    assert len(out) < 65_536
    assert "more: there is no room for them here" in out
    assert "| **+900** |" in out or "**900**" in out


def test_equal_is_equal(repository, capsys):
    path = repository / "partnerships/x.yaml"
    path.write_text(
        partnership(f"title: X\n{LINES}    - {{source: a-town, year: 2020, amount: 2}}\n"), "utf-8"
    )
    git(repository, "commit", "-qam", "Two")
    path.write_text(
        partnership(
            f"title: X\nstage: agreed\n{LINES}    - {{source: a-town, year: 2020, amount: 2.00, kind: cash}}\n"
        ),
        "utf-8",
    )
    code, whole = ask(repository, capsys, "diff", "--exit-code")
    assert (code, whole["changes"], whole["funding"]) == (0, [], [])
    git(repository, "commit", "-qam", "Written out")
    _, whole = ask(repository, capsys, "history", "x")
    assert [row["subject"] for row in whole["rows"]] == ["Two", *["First"] * 4] or all(
        row["subject"] != "Written out" for row in whole["rows"]
    )


def test_the_csv_of_a_change_has_sums_and_deadlines(repository, capsys):
    path = repository / "partnerships/x.yaml"
    path.write_text(
        partnership(
            f"period: {{start: 2020, end: 2024}}\n{LINES}    - {{source: a-town, year: 2020, amount: 2}}\n"
        ),
        "utf-8",
    )
    run(["diff", "--registry", str(repository), "--format", "csv", "--as-of", "2022-06-15"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("table,id,kind,change,field,before,after,")
    assert {line.partition(",")[0] for line in lines[1:]} == {"changes", "funding", "deadlines"}
    assert any(
        "a-town" in line and ",2.00," in line for line in lines if line.startswith("funding")
    )


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"), ("a;=1", "a;'=1"), ('a;"=cmd', 'a;\'"=cmd'), ("a, -2", "a,' -2"),
        ("a\t@x", "a '@x"), ("x; 'y", "x; 'y"), ("a=b", "a=b"), ("1-2", "1-2"), ("+46", "'+46"),
        ('a;"  "=1', 'a;\'"  "=1'), ("a; b", "a; b"),
    ],
)  # fmt: skip
def test_formulas_in_csv(text, cell):
    from partnerreg.output.csv import _cell

    assert _cell(text) == cell


def test_a_comment_behind_odd_text_stays_where_it_is():
    from partnerreg.authoring.format import formatted

    raw = b"name: A\ntype: other\nother_names: [---, # c\n  a]\n"
    once = formatted(raw, "organisation")
    assert formatted(once, "organisation") == once
    assert b"--- # c" in once


def test_the_base_of_tests_is_valid():
    assert "settings.yaml" in BASE


def test_a_record_that_came_from_another_folder(repository, capsys):
    (repository / "drafts").mkdir()
    (repository / "drafts/p.txt").write_text(partnership("title: P\n"), "utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Draft")
    git(repository, "mv", "drafts/p.txt", "partnerships/p.yaml")
    git(repository, "commit", "-qm", "Move")
    code, whole = ask(repository, capsys, "history", "p")
    assert code == 0
    assert {row["change"] for row in whole["rows"]} == {"added"}


def test_faulty_rates_are_not_compared(repository, capsys):
    (repository / "rates").mkdir()
    (repository / "rates/ecb.csv").write_text("Date,SEK\n2020-01-02,10\n", "utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Rates")
    (repository / "rates/ecb.csv").write_bytes(b"\xff")
    code, whole = ask(repository, capsys, "diff")
    assert (code, whole["changes"]) == (1, [])
    assert [note["code"] for note in whole["notes"]] == ["rates-invalid"]


def test_amounts_have_their_records_currency(repository, capsys):
    path = repository / "partnerships/x.yaml"
    path.write_text(
        partnership(
            "funding: {currency: JPY, lines: [{source: a-town, year: 2020, amount: 50}]}\n"
        ),
        "utf-8",
    )
    _, whole = ask(repository, capsys, "diff")
    assert '"50"' in json.dumps(whole["changes"])
    run(["diff", "--registry", str(repository), "--format", "csv", "--as-of", "2022-06-15"])
    assert "{'" not in capsys.readouterr().out


def test_folders_as_deep_on_disk_and_in_git(repository, capsys):
    for depth in (MAX_FOLDERS - 1, MAX_FOLDERS):
        folder = repository / "partnerships" / "/".join(["d"] * depth)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"deep-{depth}.yaml").write_text(partnership(""), "utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "Deep")
    for more in ([], ["--rev", "HEAD"]):
        _, whole = ask(repository, capsys, "list", *more)
        assert [row["id"] for row in whole["rows"]] == [f"deep-{MAX_FOLDERS - 1}", "x"]
        _code, whole = ask(repository, capsys, "validate", *more)
        assert [row["code"] for row in whole["rows"] if row["severity"] == "error"] == ["PR001"]


def test_diff_of_fixes_goes_with_fix(repository, capsys):
    assert run(["validate", "--diff", "--registry", str(repository)]) == 2
    assert "--diff goes with --fix" in capsys.readouterr().err
