"""A finding about a file of the registry: where, what, and what to do."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")

Path = tuple[str | int, ...]
"""The way to a value inside a record: keys and list positions, such as ("period", "end")."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file: lines and columns count characters from 1, the end is exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one file, before it is known which file that is."""

    span: Span
    code: str
    message: str
    hint: str | None = None
    where: Path = ()


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A fault of one file of the registry.

    `path` is relative to the registry's root, with `/` on every system. `where` is the way to
    the value in the record, `excerpt` the source line.
    """

    path: str
    span: Span
    code: str
    rule: str
    severity: Severity
    message: str
    hint: str | None = None
    where: Path = ()
    excerpt: str | None = None

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        """By file, then by place: the order in which a reader meets them."""
        return (self.path, self.span, self.code, self.message)


def words(where: Path) -> str:
    """Spell a path into a record as people write it: `funding.lines[0].amount`, from 0."""
    spelt = ""
    for step in where:
        spelt += f"[{step}]" if isinstance(step, int) else f".{step}" if spelt else step
    return spelt
