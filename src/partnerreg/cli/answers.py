"""Answers that need not be worked out again: the same command, options, day, and bytes.

What a command wrote is kept under a hash of all that it depends on. One that looks at anything
else (git, other folders, the runner of a CI job) or that writes files is always carried out.
"""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any

from partnerreg.base.errors import Failure
from partnerreg.cli import output
from partnerreg.cli.options import Common, given_choice, today
from partnerreg.cli.progress import bar
from partnerreg.loading.cache import Cache, found_cache, key
from partnerreg.loading.snapshot import Snapshot
from partnerreg.store.folder import Folder, find

_KEPT = frozenset({"overview", "validate", "list", "show", "totals", "expiring"})
_ELSEWHERE = frozenset({"paths", "since", "fix", "diff", "verbose"})
_BY_GIT = frozenset({"github", "gitlab", "sarif"})


def answered(name: str, run: Callable[..., int]) -> Callable[..., int]:
    """Return the command `run`, which is carried out only where its answer is not known."""

    @wraps(run)
    def answer(common: Common, **given: Any) -> int:
        given_choice("--color", common.color, ("auto", "always", "never"))
        cache = found_cache(os.environ, wanted=not common.no_cache)
        ready = replace(common, cache=cache, progress=bar())
        if cache.folder is None or not _depends_on_files_alone(name, common, given):
            return run(common=ready, **given)
        try:
            snapshot = Snapshot(Folder(find(common.registry, os.environ, Path.cwd())))
        except Failure:
            return run(common=ready, **given)  # which looks at its other options first
        known = f"{_key(name, common, given, snapshot).decode()}.answer"
        lines = cache.lines(known)
        if lines:
            return _again(lines, common)
        with output.recorded() as said:
            code = run(common=replace(ready, source=snapshot), **given)
        _keep(cache, known, said, code)
        return code

    return answer


def _depends_on_files_alone(name: str, common: Common, given: dict[str, Any]) -> bool:
    return (
        name in _KEPT
        and common.rev is None
        and common.format not in _BY_GIT
        and not any(given.get(option) for option in _ELSEWHERE)
        and os.environ.get("GITHUB_ACTIONS") != "true"
    )


def _key(name: str, common: Common, given: dict[str, Any], snapshot: Snapshot) -> bytes:
    options = {**vars(common), "as_of": common.day, **given}
    looks = (
        today(),  # which other options may name too
        output.wants_terminal(common.color),
        output.wants_colour(common.color),
        output.columns(),
        os.path.abspath(snapshot.root),
        Path.cwd(),
    )
    return key(name, repr(sorted(options.items())), repr(looks), snapshot.digest)


def _keep(cache: Cache, name: str, said: list[output.Said], code: int) -> None:
    cache.keep(name, {b"code": str(code).encode(), b"said": json.dumps(said).encode()})


def _again(lines: dict[bytes, bytes], common: Common) -> int:
    for text, style in json.loads(lines[b"said"]):
        if style is None:
            output.say(text)
        else:
            output.write(text, common.output, style)
    return int(lines[b"code"])
