"""`partnerreg completion`."""

from typing import Annotated

from partnerreg.cli.declare import Argument

EXAMPLES = (
    ("completion bash > ~/.local/share/bash-completion/completions/partnerreg", "for bash"),
    ("completion zsh > ~/.zfunc/_partnerreg", "for zsh, where ~/.zfunc is in fpath"),
    ("completion fish > ~/.config/fish/completions/partnerreg.fish", "for fish"),
)


def run(
    shell: Annotated[str, Argument(help="bash, zsh or fish.", metavar="SHELL")],
) -> int:
    """Completion for bash, zsh or fish: commands, options, values and the registry's ids."""
    from partnerreg.cli.app import command
    from partnerreg.cli.completion import SHELLS, words
    from partnerreg.cli.main import COMMANDS
    from partnerreg.cli.output import write
    from partnerreg.cli.shells import script
    from partnerreg.reports.arguments import known_value

    known_value("completion", shell, SHELLS)
    write(script(shell, words({name: command(name) for name in COMMANDS}, COMMANDS)), None)
    return 0
