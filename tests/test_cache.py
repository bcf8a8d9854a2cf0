"""What is known from earlier runs changes no byte of any answer, and nothing can break it."""

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import BASE, partnership
from partnerreg.base.layout import Place
from partnerreg.checks.check_file import File, examine
from partnerreg.cli.main import run
from partnerreg.loading import cache
from partnerreg.loading import workers as cores
from partnerreg.loading.cache import Cache, found_cache
from partnerreg.loading.check_files import Means, examine_all

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


def test_a_known_answer_is_not_worked_out_again(folder, write, capsys, monkeypatch):
    root = write({"partnerships/x0.yaml": partnership("title: X\n")})
    first = [answer(capsys, root, command) for command in COMMANDS]
    monkeypatch.setattr("partnerreg.loading.loader.load", None)
    assert [answer(capsys, root, command) for command in COMMANDS] == first
    with pytest.raises(TypeError):
        answer(capsys, root, "list --format json --kind membership")


def test_only_what_changed_is_read(folder, write, capsys, monkeypatch):
    files = {f"partnerships/x{n}.yaml": partnership(f"title: X{n}\n") for n in range(5)}
    root = write(files)
    assert answer(capsys, root, "overview -v")[2] == f"cache: 0 of 8 files known, in {folder}\n"
    assert answer(capsys, root, "overview -v")[2] == f"cache: 8 of 8 files known, in {folder}\n"
    (root / "partnerships/x1.yaml").write_text(partnership("title: Other\n"), "utf-8")
    assert answer(capsys, root, "overview -v")[2] == f"cache: 7 of 8 files known, in {folder}\n"
    assert "off (--no-cache)" in answer(capsys, root, "overview -v --no-cache")[2]


def damage(path: Path, how: str) -> None:
    raw = path.read_bytes()
    if how == "cut":
        path.write_bytes(raw[: len(raw) // 2])
    elif how == "flipped":
        path.write_bytes(raw[:-60] + bytes([raw[-60] ^ 1]) + raw[-59:])
    elif how == "empty":
        path.write_bytes(b"")
    elif how == "foreign":
        path.write_bytes(raw.replace(b"partnerreg cache 1 ", b"partnerreg cache 9 "))
    elif how == "link":
        path.rename(path.with_suffix(".moved"))
        path.symlink_to(path.with_suffix(".moved"))
    elif how == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.unlink()
        os.mkfifo(path)


@pytest.mark.parametrize("how", ["cut", "flipped", "empty", "foreign", "link", "folder", "fifo"])
def test_a_damaged_cache_is_passed_over(folder, write, capsys, how):
    files = {f"partnerships/x{n}.yaml": partnership("title: X\n") for n in range(3)}
    root = write({**files, "partnerships/bad.yaml": "title: [\n"})
    plain = [answer(capsys, root, command, "--no-cache") for command in COMMANDS]
    for command in COMMANDS:
        answer(capsys, root, command)
    for path in list(folder.iterdir()):
        damage(path, how)
    assert [answer(capsys, root, command) for command in COMMANDS] == plain


def test_another_version_knows_nothing(folder, write, capsys, monkeypatch):
    root = write()
    answer(capsys, root, "list")
    monkeypatch.setattr(cache, "__version__", "0.0.0")
    assert "0 of 3 files known" in answer(capsys, root, "overview -v")[2]


def test_somebody_elses_files_are_passed_over(folder, write, capsys, monkeypatch):
    root = write()
    answer(capsys, root, "overview")
    monkeypatch.setattr(os, "geteuid", lambda: 12345)
    assert "0 of 3 files known" in answer(capsys, root, "overview -v")[2]


def test_never_inside_a_repository(write, capsys, monkeypatch, tmp_path):
    (tmp_path / ".git").mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "x"))
    code, _, err = answer(capsys, write(), "overview -v")
    assert code == 0
    assert "lies in a repository" in err
    assert not (tmp_path / "x").exists()


def test_where_it_lies(tmp_path):
    home = {"HOME": str(tmp_path)}
    assert found_cache(home, wanted=True).folder == tmp_path / ".cache/partnerreg"
    relative = {**home, "XDG_CACHE_HOME": "here"}
    assert found_cache(relative, wanted=True).folder == tmp_path / ".cache/partnerreg"
    assert found_cache({}, wanted=True).folder is None


def test_a_cache_that_cannot_be_written(write, capsys, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert answer(capsys, write(), "list")[0] == 0
    assert "cache: off (" in answer(capsys, write(), "overview -v")[2]


def test_it_is_bounded(folder, monkeypatch):
    monkeypatch.setattr(cache, "MOST_BYTES", 10_000)
    held = Cache(folder)
    for number in range(20):
        held.keep(f"{number}.answer", {b"x": b"y" * 1_500})
        os.utime(folder / f"{number}.answer", (number, number))
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 12_000
    assert held.lines("19.answer")
    assert not held.lines("0.answer")
    held.keep("large", {b"x": b"y" * 5_000})
    assert not held.lines("large")


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


def test_plain_data_only(folder, write, capsys):
    root = write({"partnerships/x0.yaml": partnership("title: X\nlabels: {a: 1.5}\n")})
    for command in COMMANDS:
        answer(capsys, root, command)
    files = list(folder.iterdir())
    assert len(files) > 3
    for path in files:
        assert path.stat().st_mode & 0o777 == 0o600
        head, *lines = path.read_bytes()[:-32].splitlines()
        assert head.startswith(b"partnerreg cache 1 ")
        for line in lines:
            json.loads(line.partition(b" ")[2])


@pytest.mark.parametrize("most", [1, 2, 3])
def test_cores_give_the_same_answers(most):
    jobs = list(range(1000))
    done: list[int] = []
    found = cores.answers(
        jobs,
        lambda job: str(job * 2),
        lambda job: str(job * 2).encode(),
        lambda _jobs, wholes: [whole.decode() for whole in wholes],
        done.append,
        most=most,
    )
    assert found == [str(job * 2) for job in jobs]
    assert done == [1] * 1000 or most > 1


@pytest.mark.parametrize("end", ["raises", "exits", "killed"])
def test_what_a_copy_cannot_do_is_done_here(end):
    here = os.getpid()

    def packed(job: int) -> bytes:
        if os.getpid() != here:
            if end == "raises":
                raise ValueError
            os._exit(0) if end == "exits" else os.kill(os.getpid(), 9)
        return str(job).encode()

    found = cores.answers(
        list(range(500)), lambda job: job, packed, lambda _, w: list(map(int, w)), print, most=3
    )
    assert found == list(range(500))


def doubled(most: int) -> list[int]:
    return cores.answers(
        list(range(500)),
        lambda job: job * 2,
        lambda job: str(job * 2).encode(),
        lambda _, wholes: list(map(int, wholes)),
        lambda _: None,
        most=most,
    )


def test_where_no_copy_can_be_made(monkeypatch):
    def refused() -> int:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", refused)
    assert doubled(3) == [job * 2 for job in range(500)]


def test_where_the_system_waits_for_children_itself():
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert doubled(2) == [job * 2 for job in range(500)]
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_an_interrupted_run_leaves_no_bar(monkeypatch):
    from partnerreg.cli.progress import Bar

    bar = Bar()
    bar._next = 0.0
    monkeypatch.setattr(sys, "stderr", io.StringIO())

    def stopped(file: File) -> None:
        bar(1, 10)
        assert bar._bar is not None
        raise KeyboardInterrupt

    monkeypatch.setattr("partnerreg.loading.check_files.examine", stopped)
    file = File(Place("partnerships/x.yaml", "partnership", "x"), b"a: 1\n", "SEK")
    with pytest.raises(KeyboardInterrupt):
        examine_all([file], Means(progress=bar))
    assert bar._bar is None


def test_examining_on_cores_changes_nothing(write, capsys, monkeypatch):
    monkeypatch.setattr(cores, "WORTH_IT", 2)
    bodies = ["title: X\n", "title: [\n", "title: Y\nfollows: [z]\n", "title: Z\nform: x\n"]
    root = write({f"partnerships/x{n}.yaml": partnership(bodies[n % 4]) for n in range(40)})
    monkeypatch.setattr(cores, "most", lambda: 1)
    plain = [answer(capsys, root, command, "--no-cache") for command in COMMANDS]
    monkeypatch.setattr(cores, "most", lambda: 3)
    assert [answer(capsys, root, command, "--no-cache") for command in COMMANDS] == plain


@given(BODIES)
def test_lines_stand_for_what_was_examined(body):
    from partnerreg.loading import file_cache as kept

    file = File(
        Place("partnerships/x.yaml", "partnership", "x"),
        partnership(body or "x: 1\n").encode(),
        "SEK",
    )
    one = examine(file)
    findings, record = kept.lines(one, records=True)
    (again,) = kept.unpacked([file], [(findings, record)])
    assert again.faults == one.faults
    assert json.dumps(again.told()) == json.dumps(one.told())
    assert again.record() == one.record()
    assert kept.record_of(file) == one.record()


def test_usage_is_looked_at_first(folder, tmp_path, capsys):
    """Without a registry too, and whether or not there is a cache."""
    for more in ([], ["--no-cache"]):
        assert run(["list", "--registry", str(tmp_path), "-o", "x.unknown", *more]) == 2
        assert run(["list", "--registry", str(tmp_path), *more]) == 3
    capsys.readouterr()
