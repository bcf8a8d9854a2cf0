"""`partnerreg overview`."""

from typing import Annotated

from partnerreg.cli.declare import Option
from partnerreg.cli.open import cache_of, open_registry
from partnerreg.cli.options import Common

EXAMPLES = (("overview --as-of 2022-10-15", "the registry as of that day"),)


def run(
    common: Common,
    verbose: Annotated[bool, Option("-v", "--verbose", help="Say what the cache did.")] = False,
) -> int:
    """One screen: what is there, what is wrong, what it costs, what runs out next."""
    from partnerreg.cli.output import RENDERERS, chosen_format, put, say
    from partnerreg.loading.loader import findings
    from partnerreg.reports.arguments import today
    from partnerreg.reports.overview import overview

    style = chosen_format(common.format, common.output, tuple(RENDERERS))
    day = common.day
    cache = cache_of(common)
    loaded = open_registry(common, cache=cache)
    report = overview(loaded.registry, findings(loaded, day, today()), day)
    put(report, style, common)
    if verbose:
        say(cache.summary)
    return 1 if report.failed else 0
