"""Read a usual command line without typer, which takes longer to import than most reports take.

Whatever is not plain (help, an unknown or repeated option, a value that begins with a hyphen, a
number that is none) is left to typer, which has the words for it. A test holds the two to the same
values.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args

from msgspec import NODEFAULT, Struct

from partnerreg.cli.declare import Declared
from partnerreg.cli.option_groups import Declaration, parameters_of, run_with


class Parameter(Struct, frozen=True):
    """A parameter of a command: what it is declared as, of which type, and its default."""

    name: str
    declared: Declared
    type: type
    is_list: bool
    default: Any

    @property
    def names(self) -> tuple[str, ...]:
        """The option's names."""
        return self.declared.names or (f"--{self.name.strip('_').replace('_', '-')}",)


def quickly(run: Callable[..., Any], arguments: Sequence[str]) -> Callable[[], Any] | None:
    """Return the call that a command line asks for; None where typer must read it."""
    values = values_of(run, arguments)
    return None if values is None else lambda: run_with(run, values)


def values_of(run: Callable[..., Any], arguments: Sequence[str]) -> dict[str, Any] | None:
    """Return the values of a command's parameters by name; None where typer must read the line."""
    return _values([parameter_of(one) for one in parameters_of(run)], arguments)


def parameter_of(one: Declaration) -> Parameter:
    """Return what is known of a parameter from its annotation."""
    annotation, declared = get_args(one.annotation)
    is_list = False
    for part in (annotation, *get_args(annotation)):
        if getattr(part, "__origin__", None) is list:
            is_list, annotation = True, get_args(part)[0]
            break
    kinds = [part for part in get_args(annotation) if part is not type(None)] or [annotation]
    return Parameter(one.name, declared, kinds[0], is_list, one.default)


def _values(parameters: Sequence[Parameter], arguments: Sequence[str]) -> dict[str, Any] | None:
    options = {
        name: one for one in parameters if not one.declared.is_argument for name in one.names
    }
    given: dict[str, Any] = {}
    positional: list[str] = []
    rest = iter(arguments)
    for word in rest:
        if word == "-" or not word.startswith("-"):
            positional.append(word)
            continue
        name, equals, text = word.partition("=") if word.startswith("--") else (word, "", "")
        option = options.get(name)
        if option is None or (option.name in given and not option.is_list):
            return None
        if option.type is bool:
            if equals:
                return None
            given[option.name] = True
            continue
        value = text if equals else next(rest, None)
        if value is None or (value.startswith("-") and not equals):
            return None
        if not _take(given, option, value):
            return None
    if not _take_arguments(given, parameters, positional):
        return None
    missing = [one for one in parameters if one.name not in given]
    if any(one.default is NODEFAULT for one in missing):
        return None
    return {**{one.name: one.default for one in missing}, **given}


def _take_arguments(
    given: dict[str, Any], parameters: Sequence[Parameter], words: Sequence[str]
) -> bool:
    left = list(words)
    for one in parameters:
        if not one.declared.is_argument:
            continue
        taken = left if one.is_list else left[:1]
        if not all(_take(given, one, word) for word in taken):
            return False
        left = left[len(taken) :]
    return not left


def _take(given: dict[str, Any], one: Parameter, text: str) -> bool:
    """Put a value in, as its type has it; False where typer must judge it."""
    value: Any = text
    if one.type is Path:
        value = Path(text)
    elif one.type is int:
        if not (text.isascii() and text.isdecimal()) or int(text) < (one.declared.min or 0):
            return False
        value = int(text)
    elif one.type is not str:
        return False
    if one.is_list:
        given.setdefault(one.name, []).append(value)
    else:
        given[one.name] = value
    return True
