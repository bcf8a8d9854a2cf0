"""Usage errors in one line: the nearest command or option, and options that were given twice."""

from typing import Any

from typer.core import TyperCommand

from partnerreg.base.errors import Failure
from partnerreg.base.printable import clean


class Command(TyperCommand):
    """A command that refuses an unknown option, and one of a single value that is given twice."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments; raises `Failure` (2) for wrong options."""
        parser = self.make_parser(ctx)
        try:
            _, _, order = parser.parse_args(args=list(args))
        except Exception as error:
            name = getattr(error, "option_name", None)
            if name is None or not hasattr(error, "possibilities"):
                raise
            raise self._unknown(str(name)) from None
        seen = set()
        for parameter in order:
            takes_one = parameter.param_type_name == "option" and not (
                parameter.multiple or getattr(parameter, "is_flag", False)
            )
            if takes_one and parameter in seen:
                option = max(parameter.opts, key=len)
                raise Failure(f"{option} is given twice", hint="give it once")
            seen.add(parameter)
        return super().parse_args(ctx, args)

    def _unknown(self, option: str) -> Failure:
        from partnerreg.base.suggest import nearest  # noqa: PLC0415  (rarely needed)

        opts = {name for one in self.params for name in one.opts} | {"--help"}
        near = nearest(option.strip("-"), tuple(sorted(n[2:] for n in opts if n[:2] == "--")))
        hint = f"did you mean --{near}?" if near else f"try partnerreg {self.name} --help"
        return Failure(f"{self.name} has no option {clean(option)}", hint=hint)


def unknown_command(name: str, known: tuple[str, ...]) -> Failure:
    """Return the failure that names the command that was probably meant."""
    from partnerreg.base.suggest import nearest  # noqa: PLC0415  (rarely needed)

    near = nearest(name, known)
    hint = f"did you mean {near}?" if near else "partnerreg --help names the commands"
    return Failure(f"there is no command {clean(name)}", hint=hint)
