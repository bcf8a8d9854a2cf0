"""Declare what a command takes: typer's own words, without importing it before it is needed."""

from typing import Any, ClassVar

from msgspec import Struct


class Group(Struct, frozen=True):
    """Options that several commands share, a field each; help puts them under HEADING."""

    HEADING: ClassVar[str] = ""


class Declared(Struct, frozen=True):
    """An option or, with `is_argument`, an argument: `names` as they are spelt, and what help says.

    Without names an option is called as its parameter is.
    """

    names: tuple[str, ...] = ()
    help: str = ""
    metavar: str | None = None
    is_argument: bool = False
    show_default: bool = True
    readable: bool = True
    min: int | None = None


def Option(*names: str, help: str, **more: Any) -> Declared:  # noqa: A002, N802  (as typer has it)
    """Declare an option."""
    return Declared(names, help, **more)


def Argument(*, help: str, **more: Any) -> Declared:  # noqa: A002, N802  (as typer has it)
    """Declare an argument."""
    return Declared((), help, is_argument=True, **more)
