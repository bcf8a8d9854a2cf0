"""`partnerreg fmt`."""

from pathlib import Path
from typing import Annotated

from partnerreg.cli.declare import Argument, Option
from partnerreg.cli.open import source_of
from partnerreg.cli.options import Common


def run(
    common: Common,
    paths: Annotated[
        list[Path] | None,
        Argument(help="Only these files or folders.", metavar="PATH", readable=False),
    ] = None,
    check: Annotated[
        bool, Option("--check", help="Write nothing; exit 1 if a file would change.")
    ] = False,
    diff: Annotated[bool, Option("--diff", help="Write nothing; show what would change.")] = False,
    print_: Annotated[
        bool,
        Option("--print", help="Print files, wherever they lie; for git's textconv."),
    ] = False,
) -> int:
    """Lay files out canonically: key order, indentation, quotes and blank lines.

    Comments and data stay as they are; a file that this cannot be said of is not written.
    """
    if print_:
        return _print(paths or [])
    from partnerreg.authoring.rewrite import canonical_file, rewritten_files
    from partnerreg.base.errors import ENVIRONMENT, Failure
    from partnerreg.base.printable import clean
    from partnerreg.checks.findings import displayed, within
    from partnerreg.cli.output import chosen_format, rewritten, say, write
    from partnerreg.store.atomic import clear_litter, unified

    if common.rev:
        raise Failure("--rev: only files on disk can be laid out")
    chosen_format(common.format, common.output, ("table",))
    source = source_of(common, None)
    if not (check or diff):
        clear_litter(source.root)
    changed = same = failed = unwritten = 0
    shown: list[str] = []
    for one in rewritten_files(source, within(source.root, paths or ()), canonical_file):
        path = displayed(source.root / one.place.path)
        if one.problem:
            failed += 1
            say(f"{clean(path)}: not laid out: {one.problem}")
        elif one.now == one.was:
            same += 1
        elif check or diff or rewritten(source.root, one.place.path, one.was, one.now):
            changed += 1
            if diff:
                shown.append(unified(path, one.was, one.now))
            else:
                shown.append(f"{'would lay out' if check else 'laid out'} {clean(path)}\n")
        else:
            unwritten += 1
    verb = "would change" if check or diff else "changed"
    summary = f"{_files(changed)} {verb}, {_files(same)} as they should be\n"
    write("".join([*shown, "" if diff else summary]), common.output)
    if unwritten:
        return ENVIRONMENT
    return 1 if failed or (changed and (check or diff)) else 0


def _print(paths: list[Path]) -> int:
    """Print files in the canonical layout, wherever they lie; as they are if that cannot be."""
    from partnerreg.authoring.rewrite import printed
    from partnerreg.base.errors import ENVIRONMENT, Failure
    from partnerreg.base.problems import Problem
    from partnerreg.cli.output import write
    from partnerreg.store.folder import MAX_RATES_BYTES, Folder

    for path in paths:
        raw = Folder(path.parent).read(path.name, MAX_RATES_BYTES)
        if not isinstance(raw, bytes) or len(raw) > MAX_RATES_BYTES:
            why = raw.message if isinstance(raw, Problem) else "is not there, or too large"
            raise Failure(f"{path}: {why}", exit_code=ENVIRONMENT)
        write(printed(raw), None, "yaml")
    return 0


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"
