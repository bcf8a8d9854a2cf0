"""`partnerreg diff`."""

from typing import Annotated

from partnerreg.cli.declare import Argument, Option
from partnerreg.cli.open import open_registry
from partnerreg.cli.options import Common


def run(
    common: Common,
    base: Annotated[
        str,
        Argument(
            help="The revision before; BASE...HEAD begins where the two parted.", metavar="BASE"
        ),
    ] = "HEAD",
    head: Annotated[
        str | None,
        Argument(help="The revision after; without it the working tree.", metavar="HEAD"),
    ] = None,
    merge_base: Annotated[
        bool,
        Option("--merge-base", help="Begin where BASE and HEAD parted, as BASE...HEAD does."),
    ] = False,
    exit_code: Annotated[bool, Option("--exit-code", help="Exit 1 if anything differs.")] = False,
) -> int:
    """What a change does to records, funding and deadlines."""
    from partnerreg.base.errors import Failure
    from partnerreg.cli.output import RENDERERS, chosen_format, put
    from partnerreg.loading.rates_file import rates_and_faults
    from partnerreg.reports.changes.rates import rates_change
    from partnerreg.reports.changes.report import Side, diff, differs

    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    if common.rev:
        raise Failure("--rev: diff takes its revisions as BASE and HEAD")
    base, head, parted = revisions(base, head, merge_base=merge_base)
    before = parting(common, base, head or "HEAD") if parted else base
    old, new = (open_registry(common, revision) for revision in (before, head))
    (rates_before, _, was), (rates_after, faults, now) = map(
        rates_and_faults, (old.source, new.source)
    )
    rates = None if was == now or faults else rates_change(rates_before, rates_after)
    report = diff(
        Side(old.registry, f"where it parted from {base}" if parted else base),
        Side(new.registry, head or "the working tree"),
        common.day,
        rates,
        bad_rates=bool(faults),
    )
    put(report, style, common)
    return 1 if report.failed or (exit_code and differs(report)) else 0


def revisions(
    base: str, head: str | None, *, merge_base: bool = False
) -> tuple[str, str | None, bool]:
    """Return base, head (None: the working tree) and whether to begin where the two parted.

    As git writes them: `BASE HEAD`, `BASE..HEAD`, `BASE...HEAD`, `BASE...` (the working tree). A
    side that is left out is HEAD. Raises `Failure` (2) for two of these at once.
    """
    from partnerreg.base.errors import Failure

    dots = "..." if "..." in base else ".." if ".." in base else None
    if dots is None:
        return base, head, merge_base
    if head is not None or (merge_base and dots == ".."):
        raise Failure(f"{base} names two revisions already", hint="write BASE HEAD, or BASE...HEAD")
    first, _, second = base.partition(dots)
    if dots == "..":
        return first or "HEAD", second or "HEAD", False
    return first or "HEAD", second or None, True


def parting(common: Common, base: str, head: str) -> str:
    """Return the commit at which two revisions parted."""
    import os

    from partnerreg.store.folder import find, working_folder
    from partnerreg.store.git import repository

    found = repository(find(common.registry, os.environ, working_folder()))
    return found.merge_base(found.commit(base), found.commit(head))
