"""Load a registry: list and read its files, check each, then run the registry's rules."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.base.layout import RATES, SETTINGS, sort_out
from partnerreg.base.limits import MAX_BYTES, MAX_PROBLEMS
from partnerreg.base.printable import clean, shortened
from partnerreg.base.problems import LocatedProblem, Problem, Span
from partnerreg.checks import schema
from partnerreg.checks.accepting import CODE as NOTHING_ACCEPTED
from partnerreg.checks.accepting import Judgement, judged, nothing_accepted
from partnerreg.checks.check_file import File, located, without_invalid
from partnerreg.checks.excerpt import excerpt, lines_of
from partnerreg.checks.pages import pages
from partnerreg.checks.personal_numbers import masked
from partnerreg.checks.rule import Finding
from partnerreg.checks.rules import REGISTRY_RULES
from partnerreg.loading.check_files import LoadOptions, check_files
from partnerreg.loading.loaded import Loaded
from partnerreg.loading.rates_file import rates_and_faults
from partnerreg.model import build
from partnerreg.model.records import Settings
from partnerreg.reading.document import Document
from partnerreg.reading.yaml_reader import read
from partnerreg.store.folder import Folder, Source

NO_CURRENCY = "XXX"
"""What ISO 4217 has for transactions without a currency."""


def load(source: Source, options: LoadOptions = LoadOptions()) -> Loaded:
    """Read every file of the registry; no problem of one file hides another's.

    Raises `Failure` (3) where the root or its settings cannot be read at all.
    """
    sorted_places, misplaced = sort_out(source.items())
    problems = [_located(path, problem, ()) for path, problem in misplaced]
    settings_raw = _settings_text(source)
    settings, found = _settings(settings_raw)
    problems += found
    texts: dict[str, bytes] = {SETTINGS: settings_raw}
    places = tuple(place for place in sorted_places if place.kind != "settings")
    for place in places:
        raw = source.read(place.path, MAX_BYTES)
        if isinstance(raw, bytes):
            texts[place.path] = raw
        else:
            gone = raw or Problem(Span(), "PR001", "cannot be read: no such file", None)
            problems.append(_located(place.path, gone, ()))
    # Settings that cannot be read may well name a currency: their problem is told once.
    currency = settings.currency or (NO_CURRENCY if found else None)
    read_places = [place for place in places if place.path in texts]
    files = [File(place, texts[place.path], currency) for place in read_places]
    checked = tuple(zip(read_places, check_files(files, options), strict=True))
    for place, one in checked:
        if one.problems:
            problems += _all_located(place.path, one.problems, texts[place.path])
    problems.sort(key=lambda one: one.sort_key)
    return Loaded(source.root, settings, places, checked, texts, tuple(problems), source)


def load_folder(root: Path) -> Loaded:
    """Read the registry in a folder on disk."""
    return load(Folder(root))


def findings(loaded: Loaded, as_of: date, today: date | None = None) -> tuple[LocatedProblem, ...]:
    """Return every finding: those of single files, and those of the registry on that day.

    Without those that a record accepts or the settings switch off. `today` is the day it really
    is; without it nothing lies in the future.
    """
    return judgement(loaded, as_of, today).findings


def judgement(loaded: Loaded, as_of: date, today: date | None = None) -> Judgement:
    """Return every finding, and apart from them those that a record accepts: see `findings`."""
    texts = loaded.texts

    @cache
    def document(path: str) -> Document | None:
        return read(texts.get(path, b""))[0]

    @cache
    def lines(path: str) -> list[str]:
        return lines_of(texts.get(path, b""))

    def placed(code: str, every: Iterable[Finding]) -> Iterator[LocatedProblem]:
        count: Counter[str] = Counter()
        for finding in every:
            path = finding.path or SETTINGS
            count[path] += 1
            if count[path] > MAX_PROBLEMS:
                continue  # nothing new, and each needs its place in the file
            held = document(path)
            problem = (
                located(finding, code, held)
                if held
                else Problem(Span(), code, finding.message, finding.hint)
            )
            yield _located(path, problem, lines(path))

    facts = replace(loaded.facts, today=today) if today else loaded.facts
    found = [*loaded.problems, *_rates(loaded.source)]
    for rule in REGISTRY_RULES:
        found += placed(rule.page.code, rule.check(facts, as_of))
    found = list(_without_consequences(found))
    accepted = {place.path: one.accepted for place, one in facts if one.accepted}
    off = loaded.settings.rules
    found += placed(NOTHING_ACCEPTED, nothing_accepted(found, accepted, off))
    return judged(sorted(found, key=lambda one: one.sort_key), accepted, off)


def _without_consequences(found: Sequence[LocatedProblem]) -> Iterator[LocatedProblem]:
    """Leave out what follows from another finding: a misspelt party makes its source no party."""
    misspelt = {
        one.path
        for one in found
        if one.code == "PR302" and one.where[:1] in {("parties",), ("member",), ("network",)}
    }
    unknown = {(one.path, one.where) for one in found if one.code == "PR302"}
    return (
        one
        for one in found
        if one.code not in {"PR210", "PR232"}
        or (one.path not in misspelt and (one.path, one.where) not in unknown)
    )


def _rates(source: Source) -> list[LocatedProblem]:
    _, problems, raw = rates_and_faults(source)
    return _all_located(RATES, problems, raw)


def _settings_text(source: Source) -> bytes:
    raw = source.read(SETTINGS, MAX_BYTES)
    if isinstance(raw, bytes):
        return raw
    raise Failure(
        f"cannot read {SETTINGS}: {raw.message if raw else 'there is none'}",
        hint="a registry needs a readable settings.yaml",
        exit_code=ENVIRONMENT,
    )


def _settings(raw: bytes) -> tuple[Settings, list[LocatedProblem]]:
    document, problems = read(raw)
    data = {}
    if document is not None:
        problems += schema.check("settings", document, whole=not problems)
        data = without_invalid(document, problems)[0] if problems else document.data
        data = {} if len(problems) >= MAX_PROBLEMS else data
    return build.settings(data), _all_located(SETTINGS, problems, raw)


def _all_located(path: str, problems: Sequence[Problem], raw: bytes) -> list[LocatedProblem]:
    lines = lines_of(raw) if problems else []
    return [_located(path, problem, lines) for problem in problems]


def _located(path: str, problem: Problem, lines: Sequence[str]) -> LocatedProblem:
    """Return a problem as a finding of a file; personal numbers are not repeated."""
    page = pages()[problem.code]
    return LocatedProblem(
        path=path,
        span=problem.span,
        code=problem.code,
        rule=page.name,
        severity=page.severity,
        message=shortened(masked(clean(problem.message)), 190),
        hint=shortened(masked(clean(problem.hint))) if problem.hint else None,
        where=problem.where,
        excerpt=masked(excerpt(lines, problem.span) or "") or None,
    )
