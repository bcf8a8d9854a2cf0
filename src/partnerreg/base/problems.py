"""What is wrong with a registry, in three steps from the rule to the reader.

A rule yields a `Finding` (`checks.rule`): at which value of a record, what, and what to do.
A `Problem` is that, or a fault of reading or of the schema, at its place in one file. A
`LocatedProblem` names the file, the rule and its severity: what `validate` prints.
"""

from typing import Literal

from msgspec import Struct

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")

Path = tuple[str | int, ...]
"""The way to a value inside a record: keys and list positions, such as ("period", "end")."""


class Span(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A stretch of a file: lines and columns count characters from 1, the end is exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


class Problem(Struct, frozen=True, array_like=True, gc=False):
    """A problem at a place in a file; which file is known to whoever read it."""

    span: Span
    code: str
    message: str
    hint: str | None = None
    where: Path = ()


class LocatedProblem(Struct, frozen=True, gc=False):
    """A problem of one file of the registry.

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
