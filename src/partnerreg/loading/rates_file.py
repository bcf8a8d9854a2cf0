"""Load the registry's rates file, if it has one."""

from partnerreg.base.errors import Failure
from partnerreg.base.layout import RATES
from partnerreg.base.problems import Problem
from partnerreg.calc.convert import Method
from partnerreg.calc.rates import Rates, read_rates
from partnerreg.store.folder import MAX_RATES_BYTES, Source


def rates_and_faults(source: Source) -> tuple[Rates | None, tuple[Problem, ...], bytes]:
    """Return the rates, what is wrong with their file, and its bytes; None where there is none."""
    raw = source.read(RATES, MAX_RATES_BYTES)
    if raw is None:
        return None, (), b""
    if isinstance(raw, Problem):
        return Rates(), (raw,), b""
    rates, problems = read_rates(raw)
    return rates, problems, raw


def load_rates(source: Source, method: Method) -> Rates | None:
    """Return the rates to convert by.

    Raises `Failure` (1) where their file is faulty, and (2) where it has no such day.
    """
    rates, problems, _ = rates_and_faults(source)
    if problems:
        raise Failure(
            f"{RATES}:{problems[0].span.line}: {problems[0].message}",
            hint="partnerreg validate names every fault of the file",
            exit_code=1,
        )
    if rates is not None and method.day and method.day not in rates.rows:
        before = max((day for day in rates.rows if day < method.day), default=None)
        hint = f"the last published day before it is {before}" if before else None
        raise Failure(f"--rate: no rates were published on {method.day}", hint=hint)
    return rates
