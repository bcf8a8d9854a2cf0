"""The pipeline on one page: source, read, check, model; then the registry as a whole."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from partnerreg.base.diagnostics import Diagnostic, Fault, Span
from partnerreg.base.errors import ENVIRONMENT, Failure
from partnerreg.base.layout import RATES, SETTINGS, sort_out
from partnerreg.base.limits import MAX_BYTES, MAX_FAULTS
from partnerreg.base.printable import clean, shortened
from partnerreg.checks import schema
from partnerreg.checks.catalogue import pages
from partnerreg.checks.check_file import File, lenient, located
from partnerreg.checks.excerpt import excerpt, lines_of
from partnerreg.checks.personal_numbers import masked
from partnerreg.checks.rules import REGISTRY_RULES
from partnerreg.loading.check_files import PLAINLY, Means, examine_all
from partnerreg.loading.loaded import Loaded
from partnerreg.loading.rates_file import rates_and_faults
from partnerreg.model import build
from partnerreg.model.records import Settings
from partnerreg.reading.document import Document
from partnerreg.reading.yaml_reader import read
from partnerreg.store.folder import Folder, Source

NO_CURRENCY = "XXX"
"""What ISO 4217 has for transactions without a currency."""


def load(source: Source, means: Means = PLAINLY) -> Loaded:
    """Read every file of the registry; no fault of one file hides another's.

    Raises `Failure` (3) where the root or its settings cannot be read at all.
    """
    sorted_places, misplaced = sort_out(source.items())
    diagnostics = [_diagnostic(path, fault, ()) for path, fault in misplaced]
    settings_raw = _settings_text(source)
    settings, found = _settings(settings_raw)
    diagnostics += found
    texts: dict[str, bytes] = {SETTINGS: settings_raw}
    places = tuple(place for place in sorted_places if place.kind != "settings")
    for place in places:
        raw = source.read(place.path, MAX_BYTES)
        if isinstance(raw, bytes):
            texts[place.path] = raw
        else:
            gone = raw or Fault(Span(), "PR001", "cannot be read: no such file", None)
            diagnostics.append(_diagnostic(place.path, gone, ()))
    # Settings that cannot be read may well name a currency: their fault is told once.
    currency = settings.currency or (NO_CURRENCY if found else None)
    read_places = [place for place in places if place.path in texts]
    files = [File(place, texts[place.path], currency) for place in read_places]
    examined = tuple(zip(read_places, examine_all(files, means), strict=True))
    for place, one in examined:
        if one.faults:
            diagnostics += _diagnostics(place.path, one.faults, texts[place.path])
    diagnostics.sort(key=lambda one: one.sort_key)
    return Loaded(source.root, settings, places, examined, texts, tuple(diagnostics), source)


def load_folder(root: Path) -> Loaded:
    """Read the registry in a folder on disk."""
    return load(Folder(root))


def findings(loaded: Loaded, as_of: date) -> tuple[Diagnostic, ...]:
    """Return every finding: those of single files, and those of the registry on that day."""
    texts = loaded.texts

    @cache
    def document(path: str) -> Document | None:
        return read(texts.get(path, b""))[0]

    @cache
    def lines(path: str) -> list[str]:
        return lines_of(texts.get(path, b""))

    found = [*loaded.diagnostics, *_rates(loaded.source)]
    for rule in REGISTRY_RULES:
        told: Counter[str] = Counter()
        for finding in rule.check(loaded.census, as_of):
            path = finding.path or SETTINGS
            told[path] += 1
            if told[path] > MAX_FAULTS:
                continue  # nothing new, and each needs its place in the file
            held = document(path)
            code = rule.page.code
            fault = (
                located(finding, code, held)
                if held
                else Fault(Span(), code, finding.message, finding.hint)
            )
            found.append(_diagnostic(path, fault, lines(path)))
    return tuple(sorted(found, key=lambda one: one.sort_key))


def _rates(source: Source) -> list[Diagnostic]:
    _, faults, raw = rates_and_faults(source)
    return _diagnostics(RATES, faults, raw)


def _settings_text(source: Source) -> bytes:
    raw = source.read(SETTINGS, MAX_BYTES)
    if isinstance(raw, bytes):
        return raw
    raise Failure(
        f"cannot read {SETTINGS}: {raw.message if raw else 'there is none'}",
        hint="a registry needs a readable settings.yaml",
        exit_code=ENVIRONMENT,
    )


def _settings(raw: bytes) -> tuple[Settings, list[Diagnostic]]:
    document, faults = read(raw)
    data = {}
    if document is not None:
        faults += schema.check("settings", document, whole=not faults)
        data = lenient(document, faults)[0] if faults else document.data
        data = {} if len(faults) >= MAX_FAULTS else data
    return build.settings(data), _diagnostics(SETTINGS, faults, raw)


def _diagnostics(path: str, faults: Sequence[Fault], raw: bytes) -> list[Diagnostic]:
    lines = lines_of(raw) if faults else []
    return [_diagnostic(path, fault, lines) for fault in faults]


def _diagnostic(path: str, fault: Fault, lines: Sequence[str]) -> Diagnostic:
    """Return a fault as a finding of a file; personal numbers are not repeated."""
    page = pages()[fault.code]
    return Diagnostic(
        path=path,
        span=fault.span,
        code=fault.code,
        rule=page.name,
        severity=page.severity,
        message=shortened(masked(clean(fault.message)), 190),
        hint=shortened(masked(clean(fault.hint))) if fault.hint else None,
        where=fault.where,
        excerpt=masked(excerpt(lines, fault.span) or "") or None,
    )
