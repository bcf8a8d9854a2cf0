"""Turn dataclasses of options into single typer options."""

import dataclasses
import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any


def headings(run: Callable[..., Any], own: str) -> dict[str, str]:
    """Return the heading under which help shows each option, by its name; `own` is the command's.

    A group of options is headed by its `HEADING`.
    """
    found: dict[str, str] = {}
    for name, parameter in inspect.signature(run, eval_str=True).parameters.items():
        group = parameter.annotation
        if not dataclasses.is_dataclass(group):
            found[name] = own
            continue
        found |= {field.name: vars(group)["HEADING"] for field in dataclasses.fields(group)}
    return found


def flatten_groups(run: Callable[..., Any]) -> Callable[..., Any]:
    """Return `run` with the fields of its option groups as parameters of their own."""
    groups: dict[str, type] = {}
    own: list[inspect.Parameter] = []
    shared: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(run, eval_str=True).parameters.items():
        if not dataclasses.is_dataclass(parameter.annotation):
            own.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
            continue
        group = parameter.annotation
        assert isinstance(group, type)
        groups[name] = group
        shared[:0] = [  # what all commands take comes last in their help
            inspect.Parameter(
                field.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=field.default,
                annotation=field.type,
            )
            for field in dataclasses.fields(group)
        ]

    @wraps(run)
    def flat(**given: Any) -> Any:
        for name, group in groups.items():
            given[name] = group(
                **{field.name: given.pop(field.name) for field in dataclasses.fields(group)}
            )
        return run(**given)

    parameters = [*own, *shared]
    flat.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    flat.__annotations__ = {one.name: one.annotation for one in parameters}
    return flat
