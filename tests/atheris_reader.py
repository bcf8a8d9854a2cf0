"""Coverage-guided fuzzing of the reader, the rules, the layout and the rates, where atheris installs.

    pip install atheris && python tests/atheris_reader.py -max_total_time=600

What it finds becomes a case of `test_hostile.py`.
"""

import sys

import atheris

with atheris.instrument_imports(include=["partnerreg"]):
    from partnerreg.authoring.format import formatted
    from partnerreg.authoring.printer import Unformattable
    from partnerreg.authoring.rewrite import fixed_file
    from partnerreg.base.layout import Place
    from partnerreg.calc.rates import read_rates
    from partnerreg.checks.check_file import File, check_file

KINDS = ("organisation", "partnership", "membership")


def one(raw: bytes) -> None:
    kind = KINDS[len(raw) % 3]
    place = Place(f"{kind}s/x.yaml", kind, "x")
    checked = check_file(File(place, raw, "SEK"))
    checked.record()
    checked.facts()
    assert all(len(problem.message) < 600 for problem in checked.problems)
    tidied = fixed_file(place, raw)
    assert tidied.was == raw
    try:
        once = formatted(raw, kind)
    except Unformattable:
        pass
    else:
        assert formatted(once, kind) == once
    read_rates(raw)


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
