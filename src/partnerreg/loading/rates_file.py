"""The registry's rates file, if it has one."""

from partnerreg.base.diagnostics import Fault
from partnerreg.base.errors import Failure
from partnerreg.base.layout import RATES
from partnerreg.calc.convert import Method
from partnerreg.calc.rates import Rates, read_rates
from partnerreg.store.folder import MAX_RATES_BYTES, Source


def rates_and_faults(source: Source) -> tuple[Rates | None, tuple[Fault, ...], bytes]:
    """Return the rates, what is wrong with their file, and its bytes; None where there is none."""
    raw = source.read(RATES, MAX_RATES_BYTES)
    if raw is None:
        return None, (), b""
    if isinstance(raw, Fault):
        return Rates(), (raw,), b""
    rates, faults = read_rates(raw)
    return rates, faults, raw


def load_rates(source: Source, method: Method) -> Rates | None:
    """Return the rates to convert by.

    Raises `Failure` (1) where their file is faulty, and (2) where it has no such day.
    """
    rates, faults, _ = rates_and_faults(source)
    if faults:
        raise Failure(
            f"{RATES}:{faults[0].span.line}: {faults[0].message}",
            hint="partnerreg validate names every fault of the file",
            exit_code=1,
        )
    if rates is not None and method.day and method.day not in rates.rows:
        before = max((day for day in rates.rows if day < method.day), default=None)
        hint = f"the last published day before it is {before}" if before else None
        raise Failure(f"--rate: no rates were published on {method.day}", hint=hint)
    return rates
