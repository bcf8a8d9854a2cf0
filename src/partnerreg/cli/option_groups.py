"""Turn groups of options into single options, and those into typer's."""

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, get_args

from msgspec import NODEFAULT, Struct

from partnerreg.cli.declare import Group


class Declaration(Struct, frozen=True):
    """A parameter as a command declares it; NODEFAULT where it has to be given."""

    name: str
    annotation: Any
    default: Any = NODEFAULT


def parameters_of(run: Callable[..., Any]) -> list[Declaration]:
    """Return a command's parameters, those of its groups as parameters of their own."""
    own: list[Declaration] = []
    shared: list[Declaration] = []
    for parameter in _declared(run):
        group = _group(parameter)
        if group is None:
            own.append(parameter)
        else:
            shared[:0] = _fields(group)  # what all commands take comes last in their help
    return [*own, *shared]


def headings(run: Callable[..., Any], own: str) -> dict[str, str]:
    """Return the heading under which help shows each option; `own` is the command's own."""
    found: dict[str, str] = {}
    for parameter in _declared(run):
        group = _group(parameter)
        if group is None:
            found[parameter.name] = own
        else:
            found |= {field.name: group.HEADING for field in _fields(group)}
    return found


def run_with(run: Callable[..., Any], given: dict[str, Any]) -> Any:
    """Call a command with the values of all its parameters, put into their groups."""
    values = dict(given)
    for parameter in _declared(run):
        group = _group(parameter)
        if group is not None:
            fields = [field.name for field in _fields(group)]
            values[parameter.name] = group(**{field: values.pop(field) for field in fields})
    return run(**values)


def flatten_groups(run: Callable[..., Any]) -> Callable[..., Any]:
    """Return `run` as typer wants it: each option a parameter, declared in typer's words."""
    import inspect  # noqa: PLC0415  (slow to import, and only help and mistakes need it)

    @wraps(run)
    def flat(**given: Any) -> Any:
        return run_with(run, given)

    parameters = [
        inspect.Parameter(
            one.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if one.default is NODEFAULT else one.default,
            annotation=_as_typer(one.annotation),
        )
        for one in parameters_of(run)
    ]
    flat.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    flat.__annotations__ = {one.name: one.annotation for one in parameters}
    return flat


def _declared(run: Callable[..., Any]) -> list[Declaration]:
    code, defaults = run.__code__, run.__defaults__ or ()
    names = code.co_varnames[: code.co_argcount]
    every = (NODEFAULT,) * (len(names) - len(defaults)) + defaults
    return [
        Declaration(name, run.__annotations__[name], default)
        for name, default in zip(names, every, strict=True)
    ]


def _group(parameter: Declaration) -> type[Group] | None:
    kind = parameter.annotation
    return kind if isinstance(kind, type) and issubclass(kind, Group) else None


def _fields(group: type[Group]) -> list[Declaration]:
    """Return the options of a group, all of which have defaults."""
    names, defaults = group.__struct_fields__, group.__struct_defaults__
    return [
        Declaration(name, group.__annotations__[name], default)
        for name, default in zip(names, defaults, strict=True)
    ]


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
