"""Read revisions, trees and blobs through the `git` command."""

import os
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from msgspec import Struct

from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.base.layout import FOLDERS, RATES, SETTINGS
from partnerreg.base.printable import clean, is_invisible

# Nothing here may ask, lock, run a monitor, or fetch what a partial clone left out; and the
# output is the same whatever a user has set.
_SETTINGS = {
    "core.fsmonitor": "false",
    "safe.bareRepository": "explicit",  # none that a checkout brings among its files
    "protocol.allow": "never",
    "i18n.logOutputEncoding": "UTF-8",
    "diff.renameLimit": "1000",
}
_OPTIONS = tuple(part for pair in _SETTINGS.items() for part in ("-c", "=".join(pair)))
_TIMEOUT, _SHORT = 120, 5
_KILLED = -9
MAX_TREE = 32 * 2**20
"""Bytes that git may need to list a revision: about 300,000 files."""
MAX_LOG = 64 * 2**20
# The registry's folder says which repository is meant: not what a hook was called with.
_OTHERS = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX", "GIT_NAMESPACE"}
    | {"GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES"}
)
_COMMIT = re.compile(r"[0-9a-f]{40,64}", re.ASCII)
_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "LC_ALL": "C",
}


class TreeEntry(Struct, frozen=True):
    """An entry of a revision's tree: path below the prefix, git's mode, blob and size."""

    path: str
    mode: str
    blob: str
    size: int


class Repository(Struct, frozen=True):
    """A git repository: its top folder, and the registry's folder below it (`a/b`, or empty)."""

    top: Path
    prefix: str

    def commit(self, revision: str) -> str:
        """Return the full name of the commit that a revision names.

        Raises `Failure` (2) where it names none.
        """
        if not revision or revision.startswith("-") or any(map(is_invisible, revision)):
            raise Failure(f"{revision[:80]!r} is no revision", hint="name a commit, branch or tag")
        done = _git(
            self.top,
            "rev-parse",
            "--verify",
            "--quiet",
            "--end-of-options",
            f"{revision}^{{commit}}",
        )
        found = done.stdout.decode("ascii", "replace").strip()
        if done.returncode == 0 and _COMMIT.fullmatch(found):
            return found
        shown = clean(revision[:80])
        if _git(self.top, "rev-parse", "--verify", "--quiet", "HEAD").returncode:
            raise Failure(f"there is no revision {shown}: the repository has no commits yet")
        hint = "name two revisions, BASE HEAD, without dots" if ".." in revision else None
        if self.is_shallow:
            hint = "this is a shallow clone: fetch more of its history"
        raise Failure(f"there is no revision {shown}", hint=hint)

    @property
    def is_changed(self) -> bool:
        """Whether the registry's own files are not those of the last commit."""
        below = f"{self.prefix}/" if self.prefix else ""
        own = [f"{below}{name}" for name in (SETTINGS, *FOLDERS, RATES)]
        options = ("--porcelain", "-z", "--ignore-submodules", "--untracked-files=all")
        return bool(_checked(self.top, "status", *options, "--", *own))

    def merge_base(self, one: str, other: str) -> str:
        """Return the last commit that two commits have in common.

        Raises `Failure` (2) where there is none.
        """
        done = _git(self.top, "merge-base", one, other)
        found = done.stdout.decode("ascii", "replace").strip()
        if done.returncode == 0 and _COMMIT.fullmatch(found):
            return found
        hint = "this is a shallow clone: fetch more of its history" if self.is_shallow else None
        raise Failure(f"{one[:12]} and {other[:12]} have no commit in common", hint=hint)

    def tree(self, commit: str) -> Iterator[TreeEntry]:
        """Yield the files and folders below the prefix.

        Raises `Failure` (2) where the commit has no such folder.
        """
        tree = f"{commit}:{self.prefix}"
        if _git(self.top, "rev-parse", "--verify", "--quiet", tree).returncode:
            where = clean(self.prefix or "its top folder")
            raise Failure(f"{commit[:12]} has no registry in {where}")
        listed = _bounded(self.top, "ls-tree", "-r", "-t", "-l", "-z", tree, most=MAX_TREE)
        for line in listed.split(b"\0"):
            if line:
                head, _, path = line.partition(b"\t")
                mode, _, blob, size = head.decode("ascii").split()
                yield TreeEntry(os.fsdecode(path), mode, blob, int(size) if size.isdecimal() else 0)

    @property
    def is_shallow(self) -> bool:
        """Whether the clone lacks older commits."""
        return _git(self.top, "rev-parse", "--is-shallow-repository").stdout.strip() == b"true"

    def log(self, commit: str) -> bytes:
        """Return the commits that touched the prefix, newest first, with the paths they changed.

        As `git log -z --name-status`: a commit's four fields, then a letter and its paths for each
        file, all ended by NUL. Merges are left out.
        """
        # Plumbing: what a user has set for `git log` does not matter to it.
        path = self.prefix or "."
        commits = _bounded(self.top, "rev-list", "--no-merges", commit, "--", path, most=MAX_LOG)
        with tempfile.TemporaryFile() as asked:
            asked.write(commits)
            asked.seek(0)
            return _bounded(
                self.top,
                "diff-tree", "--stdin", "-r", "--root", "-z", "--name-status", "-M", "-O/dev/null",
                "--format=%H%x00%an%x00%aI%x00%s%x00", "--", path, most=MAX_LOG, given=asked,
            )  # fmt: skip

    def sizes(self, names: Iterable[str]) -> dict[str, int]:
        """Return objects' sizes in bytes by name, without those absent."""
        asked = [name for name in dict.fromkeys(names) if "\n" not in name]
        lines = _checked(self.top, "cat-file", "--batch-check=%(objectsize)", given=_lines(asked))
        return {
            name: int(line)
            for name, line in zip(asked, lines.split(b"\n"), strict=False)
            if line.isdigit()
        }

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return objects' bytes by name (a hash, or `commit:path`), without those absent."""
        asked = [name for name in dict.fromkeys(names) if "\n" not in name]
        whole = _checked(self.top, "cat-file", "--batch", given=_lines(asked))
        found: dict[str, bytes] = {}
        place = 0
        for name in asked:
            end = whole.index(b"\n", place)
            head = whole[place:end]
            place = end + 1
            if not head.endswith((b" missing", b" ambiguous")):
                size = int(head.rpartition(b" ")[2])
                found[name] = whole[place : place + size]
                place += size + 1
        return found


def repository(folder: Path) -> Repository:
    """Return the repository that a folder lies in; raises `Failure` (3) outside of one."""
    existing = next(one for one in (folder.resolve(), *folder.resolve().parents) if one.is_dir())
    done = _git(existing, "rev-parse", "--show-toplevel")
    if done.returncode:
        said = clean(done.stderr.decode("utf-8", "replace").strip().partition("\n")[0])[:200]
        if said and "not a git repository" not in said:
            raise Failure(f"git cannot be asked about {folder}: {said}", exit_code=ENVIRONMENT)
        raise Failure(
            f"{folder} is not in a git repository",
            hint="revisions need git; in CI, check out with its history",
            exit_code=ENVIRONMENT,
        )
    top = Path(os.fsdecode(done.stdout.removesuffix(b"\n"))).resolve()
    if not folder.resolve().is_relative_to(top):
        message = f"{folder} is not in the work tree of its git repository, which is {top}"
        raise Failure(message, hint="git config core.worktree says so", exit_code=ENVIRONMENT)
    prefix = folder.resolve().relative_to(top).as_posix()
    return Repository(top, "" if prefix == "." else prefix)


def _lines(names: Iterable[str]) -> bytes:
    return b"".join(os.fsencode(name) + b"\n" for name in names)


def _git(folder: Path, *arguments: str, given: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    wait = _SHORT if arguments[0] == "rev-parse" else _TIMEOUT
    try:
        return subprocess.run(  # noqa: S603  (a list of arguments, no shell)
            ["git", *_OPTIONS, "--literal-pathspecs", *arguments],  # noqa: S607  (on the path)
            cwd=folder,
            env=_environment(),
            input=given,
            capture_output=True,
            check=False,
            timeout=wait,
        )
    except OSError as error:
        raise _no_git(error) from None
    except subprocess.TimeoutExpired:
        message = f"git {arguments[0]} has not answered for {wait} seconds"
        raise Failure(message, exit_code=ENVIRONMENT) from None


def _bounded(folder: Path, *arguments: str, most: int, given: IO[bytes] | None = None) -> bytes:
    """Return what git prints; raises `Failure` (3) where it fails, or beyond `most` bytes.

    A repository can hold, in few bytes, trees and histories without end: git is stopped then.
    """
    with _started(folder, arguments, given) as process:
        assert process.stdout
        assert process.stderr
        timer = threading.Timer(_TIMEOUT, process.kill)
        try:
            timer.start()
            whole = process.stdout.read(most + 1)
            if len(whole) > most:
                process.kill()
            said = process.stderr.read(2_000)
        except BaseException:
            process.kill()  # else leaving would wait for it
            raise
        finally:
            timer.cancel()
    if len(whole) > most:
        message = (
            f"git {arguments[0]} lists over {most / 2**20:.0f} MB: the repository is too large"
        )
        raise Failure(message, exit_code=ENVIRONMENT)
    if process.returncode == _KILLED:
        message = f"git {arguments[0]} has not answered for {_TIMEOUT} seconds"
        raise Failure(message, exit_code=ENVIRONMENT)
    if process.returncode:
        words = clean(said.decode("utf-8", "replace").strip().partition("\n")[0])[:200]
        lacks = "missing" in words or "promisor" in words or "lazy fetch" in words
        hint = "in a partial clone, fetch it without a filter" if lacks else None
        raise Failure(f"git {arguments[0]} failed: {words}", hint=hint, exit_code=ENVIRONMENT)
    return whole


def _started(
    folder: Path, arguments: tuple[str, ...], given: IO[bytes] | None
) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen(  # noqa: S603
            ["git", *_OPTIONS, "--literal-pathspecs", *arguments],  # noqa: S607
            cwd=folder,
            env=_environment(),
            stdin=given or subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise _no_git(error) from None


def _environment() -> dict[str, str]:
    return {name: text for name, text in os.environ.items() if name not in _OTHERS} | _QUIET


def _checked(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    done = _git(folder, *arguments, given=given)
    if done.returncode:
        said = clean(done.stderr.decode("utf-8", "replace").strip())[:200]
        raise Failure(f"git {arguments[0]} failed: {said}", exit_code=ENVIRONMENT)
    return done.stdout


def _no_git(error: OSError) -> Failure:
    return Failure(f"git cannot be run: {error.strerror}", exit_code=ENVIRONMENT)
