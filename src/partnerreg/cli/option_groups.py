"""Turn dataclasses of options into single options, and those into typer's."""

import dataclasses
import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, get_args


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


def parameters_of(run: Callable[..., Any]) -> list[inspect.Parameter]:
    """Return a command's parameters, those of its groups as parameters of their own."""
    own: list[inspect.Parameter] = []
    shared: list[inspect.Parameter] = []
    for parameter in inspect.signature(run, eval_str=True).parameters.values():
        group = parameter.annotation
        if not dataclasses.is_dataclass(group):
            own.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))
            continue
        shared[:0] = [  # what all commands take comes last in their help
            inspect.Parameter(
                field.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=field.default,
                annotation=field.type,
            )
            for field in dataclasses.fields(group)
        ]
    return [*own, *shared]


def run_with(run: Callable[..., Any], given: dict[str, Any]) -> Any:
    """Call a command with the values of all its parameters, put into their groups."""
    values = dict(given)
    for name, parameter in inspect.signature(run, eval_str=True).parameters.items():
        group = parameter.annotation
        if dataclasses.is_dataclass(group):
            assert isinstance(group, type)
            fields = [field.name for field in dataclasses.fields(group)]
            values[name] = group(**{field: values.pop(field) for field in fields})
    return run(**values)


def flatten_groups(run: Callable[..., Any]) -> Callable[..., Any]:
    """Return `run` as typer wants it: each option a parameter, declared in typer's words."""

    @wraps(run)
    def flat(**given: Any) -> Any:
        return run_with(run, given)

    parameters = [one.replace(annotation=_as_typer(one.annotation)) for one in parameters_of(run)]
    flat.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    flat.__annotations__ = {one.name: one.annotation for one in parameters}
    return flat


def _as_typer(annotation: Any) -> Any:
    import typer  # noqa: PLC0415  (slow to import, and only help and mistakes need it)

    of, declared = get_args(annotation)
    make = typer.Argument if declared.is_argument else typer.Option
    more = {"min": declared.min} if declared.min is not None else {}
    return Annotated[
        of,
        make(
            *declared.names,
            help=declared.help,
            metavar=declared.metavar,
            show_default=declared.show_default,
            readable=declared.readable,
            **more,
        ),
    ]
