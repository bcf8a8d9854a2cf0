"""The cache and the workers change no byte of any answer, and nothing can break them."""

import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import BASE, partnership
from partnerreg.base.layout import Place
from partnerreg.checks.check_file import File, check_file
from partnerreg.checks.facts import facts_of
from partnerreg.cli.main import run
from partnerreg.loading import cache, file_cache, workers
from partnerreg.loading.cache import FILE, Cache, Row, user_cache
from partnerreg.loading.check_files import LoadOptions, check_files

COMMANDS = (
    "validate --format concise",
    "validate --format json --strict",
    "overview",
    "list --format csv",
    "list organisations",
    "totals --by record --explain --format csv",
    "totals --spread days --in EUR",
    "expiring --within 9999y --overdue --format json",
    "show x0",
)
BODIES = st.sampled_from(
    [
        "title: Plain\n",
        (
            "title: Sums\nfunding:\n  lines: [{source: a-town, year: 2020, amount: 19.90}, "
            "{source: b-club, per: term, amount: 7}]\n"
        ),
        "title: Wrong\nform: handshake\n",
        "title: Twice\ntitle: Twice\n",
        "title: Broken: [\n",
        "title: Lost\nfollows: [nowhere]\nresponsible: a-town/nobody\n",
        "title: Ends\nperiod: {start: 2020, end: 2019}\n",
        "title: Exact\nfunding: {lines: [{source: a-town, year: 2021, amount: 12345678901.25}]}\n",
        "title: Labels\nlabels: {a: 1.5}\n",
        "title: Łódź\u00a0– né\nfunding:\n  lines:\n    - {source: a-town, year: 2020, amount: unknown}\n",
        "",
    ]
)


def answer(capsys, root: Path, command: str, *more: str) -> tuple[int, str, str]:
    code = run([*command.split(), "--registry", str(root), "--as-of", "2022-06-15", *more])
    out, err = capsys.readouterr()
    return code, out, err


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "partnerreg"


@settings(
    max_examples=int(os.environ.get("PARTNERREG_EXAMPLES", "15")),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(
    st.lists(st.lists(BODIES, min_size=1, max_size=3), min_size=2, max_size=3),
    st.sampled_from(["SEK", "EUR", None]),
)
def test_the_same_bytes_with_and_without(folder, capsys, tmp_path, states, currency):
    """Through changes of files, currency and command, whatever the cache holds."""
    root = tmp_path / "registry"
    shutil.rmtree(root, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
    for path, text in BASE.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    (root / "partnerships").mkdir()
    (root / "settings.yaml").write_text(
        "title: T\n" + (f"currency: {currency}\n" if currency else ""), "utf-8"
    )
    for state in states:
        for number, body in enumerate(state):
            text = partnership(body) if body else "\x00"
            (root / f"partnerships/x{number}.yaml").write_text(text, "utf-8")
        for command in COMMANDS:
            plain = answer(capsys, root, command, "--no-cache")
            assert answer(capsys, root, command) == plain
            assert answer(capsys, root, command) == plain


def test_only_what_changed_is_read(folder, write, capsys):
    files = {f"partnerships/x{n}.yaml": partnership(f"title: X{n}\n") for n in range(5)}
    root = write(files)
    path = folder / FILE
    assert answer(capsys, root, "overview -v")[2] == f"cache: 0 of 8 files known, in {path}\n"
    assert answer(capsys, root, "overview -v")[2] == f"cache: 8 of 8 files known, in {path}\n"
    (root / "partnerships/x1.yaml").write_text(partnership("title: Other\n"), "utf-8")
    assert answer(capsys, root, "overview -v")[2] == f"cache: 7 of 8 files known, in {path}\n"
    assert "off (--no-cache)" in answer(capsys, root, "overview -v --no-cache")[2]


def test_known_files_are_not_checked_again(folder, write, capsys, monkeypatch):
    root = write({"partnerships/x0.yaml": partnership("title: X\n")})
    first = [answer(capsys, root, command) for command in COMMANDS]
    monkeypatch.setattr("partnerreg.loading.check_files.check_batch", None)
    assert [answer(capsys, root, command) for command in COMMANDS] == first
    with pytest.raises(TypeError):
        answer(capsys, root, "list --no-cache")


def test_one_file_and_nothing_else(folder, write, capsys):
    folder.mkdir(parents=True)
    (folder / "photo.jpg").write_bytes(b"mine")
    root = write({"partnerships/x0.yaml": partnership("title: X\n")})
    for command in COMMANDS:
        answer(capsys, root, command)
    assert sorted(path.name for path in folder.iterdir()) == [FILE, "photo.jpg"]
    assert (folder / FILE).stat().st_mode & 0o777 == 0o600
    assert (folder / "photo.jpg").read_bytes() == b"mine"


def damage(path: Path, how: str) -> None:
    raw = path.read_bytes()
    if how == "cut":
        path.write_bytes(raw[: len(raw) // 2])
    elif how == "flipped":
        path.write_bytes(
            bytes(byte ^ 1 if place > 5000 else byte for place, byte in enumerate(raw))
        )
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "text":
        path.write_bytes(b"a file of another program\n" * 400)
    elif how == "foreign":
        path.unlink()
        with sqlite3.connect(path) as connection:
            connection.execute("CREATE TABLE file (registry, key, facts, record)")
        connection.close()
    elif how == "swapped":
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE file SET record = (SELECT record FROM file LIMIT 1)")
            connection.execute("UPDATE file SET facts = (SELECT facts FROM file LIMIT 1)")
        connection.close()
    elif how == "typed":
        with sqlite3.connect(path) as connection:
            connection.execute("UPDATE file SET record = 7, facts = NULL")
        connection.close()
    elif how.startswith("key "):
        with sqlite3.connect(path) as connection:
            connection.execute(f"UPDATE OR REPLACE file SET key = {how[4:]}")
        connection.close()
    elif how == "schema":
        raw = path.read_bytes()
        assert b"CREATE TABLE file" in raw
        path.write_bytes(raw.replace(b"CREATE TABLE file", b"CREATE TABLE f\x80\xffe"))
    elif how == "link":
        path.rename(path.with_suffix(".moved"))
        path.symlink_to(path.with_suffix(".moved"))
    elif how == "folder":
        path.unlink()
        path.mkdir()
    elif how == "writable":
        path.chmod(0o666)
    else:
        path.unlink()
        os.mkfifo(path)


HOW = ["cut", "flipped", "empty", "text", "foreign", "swapped", "typed", "link", "folder"]
HOW += ["key 'text'", "key 5", "key NULL", "key zeroblob(100)", "schema"]


@pytest.mark.parametrize("how", [*HOW, "writable", "fifo"])
def test_a_damaged_cache_counts_as_absent(folder, write, capsys, how):
    files = {f"partnerships/x{n}.yaml": partnership("title: X\n") for n in range(30)}
    root = write({**files, "partnerships/bad.yaml": "title: [\n"})
    plain = [answer(capsys, root, command, "--no-cache") for command in COMMANDS]
    for command in COMMANDS:
        answer(capsys, root, command)
    damage(folder / FILE, how)
    assert [answer(capsys, root, command) for command in COMMANDS] == plain
    if how == "link":
        assert (folder / FILE).is_symlink()


@pytest.mark.parametrize(
    "change", ["version", "python", "dependency", "schema", "code", "currency", "path"]
)
def test_whatever_decides_the_answer_is_in_the_key(tmp_path, monkeypatch, change):
    file = File(Place("partnerships/x.yaml", "partnership", "x"), b"title: X\n", "SEK")
    site = tmp_path / "site"
    (site / "python_stdnum-2.0.dist-info").mkdir(parents=True)
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/a.json").write_text("{}")
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setattr(file_cache, "schema_folder", lambda: tmp_path / "schemas")
    file_cache.fingerprint.cache_clear()
    before = file_cache.key_of(file)
    if change == "version":
        monkeypatch.setattr(file_cache, "__version__", "0.0.0")
    elif change == "python":
        monkeypatch.setattr(sys, "version", "4.0")
    elif change == "dependency":
        (site / "python_stdnum-2.0.dist-info").rename(site / "python_stdnum-2.1.dist-info")
    elif change == "schema":
        (tmp_path / "schemas/a.json").write_text("{ }")
    elif change == "code":
        (tmp_path / "schemas/b.json").write_text("{}")
    elif change == "currency":
        file = File(file.place, file.raw, "EUR")
    else:
        file = File(Place("partnerships/y.yaml", "partnership", "y"), file.raw, "SEK")
    file_cache.fingerprint.cache_clear()
    after = file_cache.key_of(file)
    file_cache.fingerprint.cache_clear()
    assert before != after


def test_another_version_starts_anew_and_cleans_up(folder, write, capsys, monkeypatch):
    root = write()
    answer(capsys, root, "list")
    monkeypatch.setattr(file_cache, "__version__", "0.0.0")
    file_cache.fingerprint.cache_clear()
    assert "0 of 3 files known" in answer(capsys, root, "overview -v")[2]
    monkeypatch.undo()
    file_cache.fingerprint.cache_clear()
    with sqlite3.connect(folder / FILE) as connection:
        assert connection.execute("SELECT count(*) FROM file").fetchone() == (3,)
    connection.close()


def test_somebody_elses_folder_is_not_used(folder, write, capsys, monkeypatch):
    root = write()
    answer(capsys, root, "overview")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert "or others can write to it" in answer(capsys, root, "overview -v")[2]
    monkeypatch.undo()


def test_a_linked_folder_is_not_used(write, capsys, monkeypatch, tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache/partnerreg").symlink_to(tmp_path / "theirs")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert "is a link" in answer(capsys, write(), "overview -v")[2]
    assert not list((tmp_path / "theirs").iterdir())


def test_never_inside_a_repository(write, capsys, monkeypatch, tmp_path):
    (tmp_path / ".git").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    code, _, err = answer(capsys, write(), "overview -v")
    assert code == 0
    assert "lies in a repository" in err
    assert not (tmp_path / "x").exists()


def test_where_it_lies(tmp_path):
    home = {"HOME": str(tmp_path)}
    assert user_cache(home, wanted=True).folder == tmp_path / ".cache/partnerreg"
    relative = {**home, "XDG_CACHE_HOME": "here"}
    assert user_cache(relative, wanted=True).folder == tmp_path / ".cache/partnerreg"
    assert user_cache({}, wanted=True).folder is None


def test_a_cache_that_cannot_be_written(write, capsys, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert answer(capsys, write(), "list")[0] == 0
    assert "cache: off (" in answer(capsys, write(), "overview -v")[2]


def test_it_is_bounded(folder, monkeypatch):
    monkeypatch.setattr(cache, "MOST_BYTES", 200_000)
    held = Cache(folder)
    for number in range(20):
        held.write(b"%d" % number, {b"x": Row(b"", b"y" * 15_000)})
    assert (folder / FILE).stat().st_size <= 200_000
    assert list(held.values(b"19", "record"))
    assert not list(held.values(b"0", "record"))
    held.write(b"large", {b"x": Row(b"", b"y" * 150_000)})
    assert not list(held.values(b"large", "record"))


def test_a_full_cache_is_no_fault(folder, monkeypatch):
    monkeypatch.setattr(cache, "MOST_BYTES", 60_000)
    held = Cache(folder)
    for number in range(9):
        held.write(b"one", {b"%d" % number: Row(b"", b"y" * 15_000)})
    assert held.folder
    assert (folder / FILE).stat().st_size <= 60_000


def test_while_another_run_holds_it(folder, write, capsys, monkeypatch):
    monkeypatch.setattr(cache, "_PATIENCE", 0)
    root = write({"partnerships/x0.yaml": partnership("title: X\n")})
    plain = answer(capsys, root, "list --format csv")
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    assert answer(capsys, root, "list --format csv") == plain
    (root / "partnerships/x0.yaml").write_text(partnership("title: Y\n"), "utf-8")
    assert "Y" in answer(capsys, root, "list --format csv")[1]
    connection.close()


def test_two_runs_at_once_and_one_killed(folder, write, capsys):
    root = write({f"partnerships/x{n}.yaml": partnership(f"title: X{n}\n") for n in range(60)})
    plain = answer(capsys, root, "list --format csv", "--no-cache")
    line = [sys.executable, "-m", "partnerreg", "list", "--format", "csv"]
    line += ["--registry", str(root), "--as-of", "2022-06-15"]
    runs = [subprocess.Popen(line, stdout=subprocess.PIPE) for _ in range(4)]
    runs[0].kill()
    outputs = [one.communicate()[0].decode() for one in runs][1:]
    assert outputs == [plain[1]] * 3
    assert answer(capsys, root, "list --format csv") == plain
    assert [path.name for path in folder.iterdir()] == [FILE]


def same(result: int) -> int:
    return result


class Doubling:
    """Doubles numbers; this process begins only when another one has taken some."""

    def __init__(self) -> None:
        self.here = os.getpid()
        self.taken, self.told = os.pipe()
        self.has_waited = False

    def __call__(self, jobs: Sequence[int]) -> list[int]:
        if os.getpid() != self.here:
            os.write(self.told, b".")
        elif not self.has_waited:
            assert os.read(self.taken, 1) == b"."
            self.has_waited = True
        return [job * 2 for job in jobs]


def doubled(jobs: Sequence[int]) -> list[int]:
    return [job * 2 for job in jobs]


@pytest.mark.parametrize("count", [2, 3])
def test_workers_keep_the_order(count):
    done: list[int] = []
    others: list[int] = []

    def received(result: int) -> int:
        others.append(result)
        return result

    found = workers.results(
        Doubling(), range(1000), done.append, workers=count, sent=same, received=received
    )
    assert found == [job * 2 for job in range(1000)]
    assert sum(done) == 1000
    assert others


def test_one_process_alone():
    done: list[int] = []
    found = workers.results(doubled, range(1000), done.append, workers=1, sent=same, received=same)
    assert found == [job * 2 for job in range(1000)]
    assert sum(done) == 1000


@pytest.mark.parametrize("end", ["exits", "killed"])
def test_what_a_worker_cannot_do_is_done_here(end):
    double = Doubling()

    def work(jobs: Sequence[int]) -> list[int]:
        found = double(jobs)
        if os.getpid() != double.here:
            os._exit(0) if end == "exits" else os.kill(os.getpid(), 9)
        return found

    found = workers.results(work, range(1000), lambda _: None, workers=3, sent=same, received=same)
    assert found == [job * 2 for job in range(1000)]


def test_an_interrupted_run_leaves_no_process():
    double = Doubling()
    before = os.listdir("/proc/self/fd") if os.path.isdir("/proc/self/fd") else []

    def work(jobs: Sequence[int]) -> list[int]:
        found = double(jobs)
        if os.getpid() == double.here:
            raise KeyboardInterrupt
        os.read(os.pipe()[0], 1)  # as if it took long: until it is killed
        return found

    with pytest.raises(KeyboardInterrupt):
        workers.results(work, range(1000), lambda _: None, workers=3, sent=same, received=same)
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
    assert len(before) == len(os.listdir("/proc/self/fd") if before else [])


def test_where_no_worker_can_be_made(monkeypatch):
    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    found = list(
        workers.results(doubled, range(500), lambda _: None, workers=3, sent=same, received=same)
    )
    assert found == [job * 2 for job in range(500)]


def test_where_the_system_waits_for_children_itself():
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        found = list(
            workers.results(
                doubled, range(500), lambda _: None, workers=2, sent=same, received=same
            )
        )
    finally:
        signal.signal(signal.SIGCHLD, before)
    assert found == [job * 2 for job in range(500)]


def test_an_interrupted_run_leaves_no_bar(monkeypatch):
    from partnerreg.cli.progress import Bar

    bar = Bar("reading", "files")
    bar._next = 0.0
    monkeypatch.setattr(sys, "stderr", io.StringIO())

    def stopped(files: Sequence[File]) -> None:
        bar(1, 10)
        assert bar._bar is not None
        raise KeyboardInterrupt

    monkeypatch.setattr("partnerreg.loading.check_files.check_batch", stopped)
    file = File(Place("partnerships/x.yaml", "partnership", "x"), b"a: 1\n", "SEK")
    with pytest.raises(KeyboardInterrupt):
        check_files([file], LoadOptions(progress=bar))
    assert bar._bar is None


def test_workers_change_no_answer(write, capsys, monkeypatch):
    monkeypatch.setattr(workers, "WORTH_IT", 2)
    monkeypatch.setattr(workers, "_CHUNK", 4)
    bodies = ["title: X\n", "title: [\n", "title: Y\nfollows: [z]\n", "title: Z\nform: x\n"]
    root = write({f"partnerships/x{n}.yaml": partnership(bodies[n % 4]) for n in range(40)})
    monkeypatch.setattr(workers, "available", lambda: 1)
    plain = [answer(capsys, root, command, "--no-cache") for command in COMMANDS]
    monkeypatch.setattr(workers, "available", lambda: 3)
    assert [answer(capsys, root, command, "--no-cache") for command in COMMANDS] == plain


@given(BODIES)
def test_packed_files_are_what_was_checked(body):
    raw = partnership(body or "x: 1\n").encode()
    one = check_file(File(Place("partnerships/x.yaml", "partnership", "x"), raw, "SEK"))
    row = file_cache.packed(one)
    with_facts = file_cache.unpacked("partnership", "facts", row.facts)
    with_record = file_cache.unpacked("partnership", "record", row.record)
    for again in (with_facts, with_record):
        assert (again.problems, again.dropped) == (one.problems, one.dropped)
    assert (with_record.record, with_record.facts) == (one.record, None)
    assert (with_facts.record, with_facts.facts) == (None, one.facts)
    assert one.facts == (facts_of(one.record) if one.record else None)


LINE = (
    "funding:\n  lines:\n    - source: a-town\n      year: 2020\n      amount: 5\n      note: x\n"
)


@pytest.mark.parametrize(
    "body",
    [
        f"{LINE}      amount: 1.5\n",
        f"{LINE}      year: {{a: 1.5}}\n",
        f"{LINE}      amount: x\n",
        "labels: {k: x, k: 1}\n",
        "labels: {k: x, k: {l: 1.5}}\n",
    ],
)
def test_a_key_that_stands_twice_is_kept(folder, write, capsys, body):
    root = write({"partnerships/x.yaml": partnership(body)})
    plain = answer(capsys, root, "validate --format json", "--no-cache")
    assert [one["code"] for one in json.loads(plain[1])["rows"]].count("PR010") == 1
    assert answer(capsys, root, "validate --format json") == plain
    assert answer(capsys, root, "validate --format json") == plain


def test_usage_is_looked_at_first(folder, tmp_path, capsys):
    """Without a registry too, and whether or not there is a cache."""
    for more in ([], ["--no-cache"]):
        assert run(["list", "--registry", str(tmp_path), "-o", "x.unknown", *more]) == 2
        assert run(["totals", "--registry", str(tmp_path), "--as-of", "foo", *more]) == 2
        assert run(["totals", "--registry", str(tmp_path), "--by", "foo", *more]) == 2
        assert run(["list", "--registry", str(tmp_path), "--form", "foo", *more]) == 2
        assert run(["list", "--registry", str(tmp_path), *more]) == 3
    capsys.readouterr()
