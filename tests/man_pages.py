"""The man pages, made of the commands themselves: one for the program, one for each command."""

import inspect

from partnerreg.cli.app import command
from partnerreg.cli.main import COMMANDS
from partnerreg.cli.manual import PAGES

EXIT = (
    ("0", "fine"),
    ("1", "findings: errors, --check, --exit-code, faulty records left out of a report"),
    ("2", "usage: an unknown option, value or id"),
    ("3", "environment: no registry, a file that cannot be read or written"),
    ("130", "interrupted"),
)
ENVIRONMENT = (
    ("PARTNERREG_REGISTRY", "the registry's folder, where --registry does not name it"),
    ("NO_COLOR", "no colour, unless --color says so"),
    ("XDG_CACHE_HOME", "where the cache lies; ~/.cache without it"),
    ("PAGER, LESS", "what help shows its pages with"),
    ("VISUAL, EDITOR", "what new --edit opens"),
    ("CI", "where it is set, nothing is asked"),
)


def man_pages() -> dict[str, str]:
    """Every man page by the name of its file."""
    made = {"partnerreg.1": _program()}
    made |= {f"partnerreg-{name}.1": _command(name) for name in COMMANDS}
    return made


def _program() -> str:
    lines = [
        '.TH PARTNERREG 1 "" partnerreg "User Commands"',
        ".SH NAME",
        _text("partnerreg - a registry of partnerships and memberships in plain files"),
        ".SH SYNOPSIS",
        r".B partnerreg",
        r"\fICOMMAND\fR [\fIOPTION\fR]...",
        ".SH DESCRIPTION",
        _text(
            "Keeps each agreement as one small YAML file in git, checks it, adds up who pays what "
            "in which year, and tells what runs out next."
        ),
        ".SH COMMANDS",
    ]
    for name, summary in COMMANDS.items():
        lines += [".TP", rf"\fBpartnerreg\-{_text(name)}\fR(1)", _text(summary)]
    lines += [".SH MANUAL", _text("Shown by partnerreg help PAGE:")]
    for name, about in PAGES.items():
        lines += [".TP", rf"\fB{_text(name)}\fR", _text(about)]
    return (
        "\n".join([*lines, *_pairs("EXIT STATUS", EXIT), *_pairs("ENVIRONMENT", ENVIRONMENT)])
        + "\n"
    )


def _command(name: str) -> str:
    made = command(name)
    usage = " ".join(
        one.metavar or one.name.upper() for one in made.params if one.param_type_name == "argument"
    )
    lines = [
        f'.TH PARTNERREG-{name.upper()} 1 "" partnerreg "User Commands"',
        ".SH NAME",
        _text(f"partnerreg-{name} - {COMMANDS[name].rstrip('.').lower()}"),
        ".SH SYNOPSIS",
        rf".B partnerreg {_text(name)}",
        (_text(usage) + " " if usage else "") + r"[\fIOPTION\fR]...",
        ".SH DESCRIPTION",
        _text(inspect.cleandoc(made.help or "")),
    ]
    groups: dict[str, list] = {}
    for one in made.params:
        is_argument = one.param_type_name == "argument"
        heading = "Arguments" if is_argument else made.headings.get(one.name, "Options")
        groups.setdefault(heading, []).append(one)
    for heading, options in groups.items():
        lines.append(f".SH {_text(heading.upper())}")
        for one in options:
            is_flag = getattr(one, "is_flag", False)
            spelt = ", ".join(sorted(one.opts, key=len))
            if one.param_type_name == "argument":
                spelt = one.metavar or one.name.upper()
            elif not is_flag and one.metavar:
                spelt += f" {one.metavar}"
            lines += [".TP", rf"\fB{_text(spelt)}\fR", _text(one.help or "")]
    if made.examples:
        lines.append(".SH EXAMPLES")
        for line, answer in made.examples:
            lines += [".TP", _text(answer), rf"partnerreg {_text(line)}"]
    lines += [".SH SEE ALSO", r"\fBpartnerreg\fR(1), partnerreg help"]
    return "\n".join(lines) + "\n"


def _pairs(heading: str, pairs) -> list[str]:
    lines = [f".SH {heading}"]
    for name, meaning in pairs:
        lines += [".TP", rf"\fB{_text(name)}\fR", _text(meaning)]
    return lines


def _text(text: str) -> str:
    """Escape what roff would read as its own: backslashes, hyphens, dots and quotes in front."""
    lines = text.replace("\\", r"\e").replace("-", r"\-").split("\n")
    return "\n".join(rf"\&{one}" if one[:1] in {".", "'"} else one or ".PP" for one in lines)
