"""What a rule is: a check over one file or the registry, with its documentation page."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from partnerreg.base.problems import Path, Severity, Span
from partnerreg.checks.facts import RegistryFacts
from partnerreg.model.records import Agreement, Organisation, Record


class Finding(Struct, frozen=True):
    """What a rule found: at which value (or its key), what is wrong, and what to do.

    A rule over the registry says in `path` which file it speaks of. `span` goes before `where`.
    """

    where: Path
    message: str
    hint: str | None = None
    key: bool = False
    path: str | None = None
    span: Span | None = None


class RecordFile(Struct, frozen=True):
    """One file as its rules see it: the record, the plain data behind it, and the text."""

    record: Record
    data: dict[str, Any]
    text: str

    @property
    def agreement(self) -> Agreement | None:
        """The record, where it is a partnership or a membership."""
        return self.record if isinstance(self.record, Agreement) else None

    @property
    def organisation(self) -> Organisation | None:
        """The record, where it is an organisation."""
        return self.record if isinstance(self.record, Organisation) else None


class Page(Struct, frozen=True):
    """A finding's code, name and severity, and its page of documentation.

    `text` begins with one sentence; a bad and a good sample follow under `Bad:` and `Good:`.
    """

    code: str
    name: str
    severity: Severity
    text: str


class RecordRule(Struct, frozen=True):
    """A rule over one file (PR2xx). It is not run where a key it `needs` was refused."""

    page: Page
    check: Callable[[RecordFile], Iterator[Finding]]
    needs: tuple[str, ...] = ()


class RegistryRule(Struct, frozen=True):
    """A rule over what all records tell, on a given day (PR3xx)."""

    page: Page
    check: Callable[[RegistryFacts, date], Iterator[Finding]]


Rule = RecordRule | RegistryRule
