"""What a command says of itself, and of options that are wrong."""

from collections.abc import Mapping
from typing import Any

from typer.core import TyperCommand

from partnerreg.base.errors import Failure
from partnerreg.base.printable import clean


class Command(TyperCommand):
    """A command whose help is in groups, and that refuses what it cannot mean with a guess.

    `headings` gives the group of each option by its name in Python; `examples` are command lines
    after `partnerreg`, each with what it answers.
    """

    headings: Mapping[str, str] = {}
    examples: tuple[tuple[str, str], ...] = ()

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments and options, in groups, and the examples."""
        groups: dict[str, list[tuple[str, str]]] = {"Arguments": []}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            is_argument = parameter.param_type_name == "argument"
            heading = "Arguments" if is_argument else self.headings.get(parameter.name or "")
            if record is not None:  # --help itself stands with the last ones
                groups.setdefault(heading or list(groups)[-1], []).append(record)
        for heading, records in groups.items():
            if records:
                with formatter.section(heading):
                    formatter.write_dl(records)
        if self.examples:
            with formatter.section("Examples"):
                for line, answer in self.examples:
                    formatter.write(f"  {answer}\n    partnerreg {line}\n")

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments; raises `Failure` (2) for wrong options."""
        parser = self.make_parser(ctx)
        try:
            _, excess, order = parser.parse_args(args=list(args))
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
        asks_for_help = any(one.name == "help" for one in order)
        if excess and not asks_for_help:
            raise self._excess(excess[0])
        return super().parse_args(ctx, args)

    def _unknown(self, option: str) -> Failure:
        from partnerreg.base.suggest import nearest  # noqa: PLC0415  (rarely needed)

        opts = {name for one in self.params for name in one.opts} | {"--help"}
        near = nearest(option.strip("-"), tuple(sorted(n[2:] for n in opts if n[:2] == "--")))
        hint = f"did you mean --{near}?" if near else f"try partnerreg {self.name} --help"
        return Failure(f"{self.name} has no option {clean(option)}", hint=hint)

    def _excess(self, argument: str) -> Failure:
        from partnerreg.cli.guesses import arguments_for  # noqa: PLC0415  (rarely needed)

        meant = arguments_for(self.name or "", argument)
        hint = f"did you mean {meant}?" if meant else f"try partnerreg {self.name} --help"
        return Failure(f"{self.name} does not take {clean(argument)}", hint=hint)


def unknown_command(name: str, known: tuple[str, ...]) -> Failure:
    """Return the failure that names the command that was probably meant."""
    from partnerreg.cli.guesses import command_for  # noqa: PLC0415  (rarely needed)

    meant = command_for(name, known)
    hint = f"did you mean partnerreg {meant}?" if meant else "partnerreg help names the commands"
    return Failure(f"there is no command {clean(name)}", hint=hint)
