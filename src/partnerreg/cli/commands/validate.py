"""`partnerreg validate`."""

import os
from pathlib import Path
from typing import Annotated, Any

from partnerreg.cli.declare import Argument, Option
from partnerreg.cli.open import open_registry, source_of
from partnerreg.cli.options import Common

EXAMPLES = (
    ("validate", "every file"),
    ("validate --fix --diff", "what can be set right, as a diff"),
    ("validate --since main", "only what a branch added"),
)


def run(
    common: Common,
    paths: Annotated[
        list[Path] | None,
        Argument(help="Report only what is found here.", metavar="PATH", readable=False),
    ] = None,
    strict: Annotated[bool, Option("--strict", help="Warnings count as errors.")] = False,
    since: Annotated[
        str | None,
        Option(
            "--since",
            help="Only findings that a git revision did not have.",
            metavar="REV",
            show_default=False,
        ),
    ] = None,
    fix: Annotated[
        bool, Option("--fix", help="Set right what has one right answer, and tell.")
    ] = False,
    diff: Annotated[bool, Option("--diff", help="With --fix: show it, write nothing.")] = False,
    statistics: Annotated[bool, Option("--statistics", help="Count the findings by rule.")] = False,
) -> int:
    """Check every file, and the registry as a whole.

    --format also takes full (the default), concise, github, gitlab, sarif and junit.
    """
    from partnerreg.base.errors import ENVIRONMENT, Failure
    from partnerreg.checks.findings import Findings, limited
    from partnerreg.cli.output import RENDERERS, append, chosen_format, put, write
    from partnerreg.loading.loader import judgement
    from partnerreg.reports.arguments import today
    from partnerreg.reports.changes.new_findings import new_findings
    from partnerreg.reports.findings import findings_table, statistics_table

    lines = _line_formats(common.color)
    in_actions = os.environ.get("GITHUB_ACTIONS") == "true" and not common.output
    given = common.format or ("github" if in_actions and not statistics else None)
    style = chosen_format(given, common.output, (*lines, *RENDERERS))
    unwritten = 0
    if diff and not fix:
        raise Failure("--diff goes with --fix")
    if fix:
        if diff:
            chosen_format(common.format, common.output, ("table",))
        changed, unwritten = _fix(common, paths or [], show_only=diff)
        if diff:
            return 1 if changed else 0
    loaded = open_registry(common, records=False)
    judged = judgement(loaded, common.day, today())
    every = judged.findings
    root = loaded.root
    if since is not None:
        earlier = open_registry(common, since, records=False)
        then = judgement(earlier, common.day, today()).findings
        every = new_findings(every, loaded.texts, then, earlier.texts)
    found = Findings(
        limited(every, root, paths or ()),
        root,
        len(loaded.places) + 1,
        _top(root) if style in {"github", "gitlab", "sarif"} else None,
        tuple(map(str, paths or ())),
        limited(judged.accepted, root, paths or ()),
        limited(judged.off, root, paths or ()),
    )
    if statistics:
        shown = statistics_table(found)
        put(shown, style if style in RENDERERS else "table", common)
    elif style in lines or style == "table":
        text = lines["full" if style == "table" else style](found)
        write(text, common.output, style)
    else:
        put(findings_table(found), style, common)
    if style == "github":
        from partnerreg.output.findings_github import job_summary

        append(os.environ.get("GITHUB_STEP_SUMMARY"), job_summary(found))
    if unwritten:
        return ENVIRONMENT
    return 1 if found.failed(strict=strict) else 0


def _fix(common: Common, paths: list[Path], *, show_only: bool) -> tuple[int, int]:
    """Set files right, or show how; return how many, and how many could not be written."""
    from partnerreg.authoring.rewrite import fixed_file, rewritten_files
    from partnerreg.base.errors import Failure
    from partnerreg.base.printable import clean
    from partnerreg.checks.findings import displayed, within
    from partnerreg.cli.output import rewritten, say, write
    from partnerreg.store.atomic import clear_litter, unified

    if common.rev:
        raise Failure("--fix: only files on disk can be set right")
    source = source_of(common, None)
    if not show_only:
        clear_litter(source.root)
    changed = [
        one
        for one in rewritten_files(source, within(source.root, paths), fixed_file)
        if one.now != one.was
    ]
    if show_only:
        named = ((one, displayed(source.root / one.place.path)) for one in changed)
        write("".join(unified(path, one.was, one.now) for one, path in named), common.output)
        return len(changed), 0
    unwritten = 0
    for one in changed:
        path = clean(displayed(source.root / one.place.path))
        if not rewritten(source.root, one.place.path, one.was, one.now):
            unwritten += 1
            continue
        for fix in one.fixes:
            place = f"{path}:{fix.span.line}:{fix.span.column}"
            say(f"{place}: {fix.code} fixed: {clean(fix.was)} → {clean(fix.now)}")
        if one.reordered:
            say(f"{path}: keys put in order")
    return len(changed), unwritten


def _line_formats(color: str) -> dict[str, Any]:
    """Return the formats that only findings have."""
    from functools import partial

    from partnerreg.cli.output import wants_colour
    from partnerreg.output import (
        findings_github,
        findings_gitlab,
        findings_junit,
        findings_sarif,
        findings_text,
    )

    colour = wants_colour(color)
    return {
        "full": partial(findings_text.full, colour=colour),
        "concise": partial(findings_text.concise, colour=colour),
        "github": findings_github.render,
        "gitlab": findings_gitlab.render,
        "sarif": findings_sarif.render,
        "junit": findings_junit.render,
    }


def _top(root: Path) -> Path | None:
    """Return the top of the git repository, if there is one."""
    from partnerreg.base.errors import Failure
    from partnerreg.store.git import repository

    try:
        return repository(root).top
    except Failure:
        return None
