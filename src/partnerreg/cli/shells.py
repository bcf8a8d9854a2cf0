"""Completion scripts for bash, zsh and fish, in which every option and its values stand.

The scripts run nothing of partnerreg's: ids are the names of files in the registry's folders, so
that a key press costs a few milliseconds.
"""

from partnerreg.cli.completion import AGREEMENTS, FILES, ORGANISATIONS, RECORDS, Word


def script(shell: str, known: tuple[Word, ...]) -> str:
    """Return the script that a shell is to load."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](known)


_FIND = r"""
# The registry: --registry, PARTNERREG_REGISTRY, else the first one upwards from here.
__partnerreg_folder() {
  local at=$1
  at=${at:-$PARTNERREG_REGISTRY}
  if [ -n "$at" ]; then
    if [ ! -f "$at/settings.yaml" ]; then at=$at/registry; fi
    printf '%s' "$at"
    return
  fi
  at=$PWD
  while [ -n "$at" ]; do
    if [ -f "$at/settings.yaml" ]; then printf '%s' "$at"; return; fi
    if [ -f "$at/registry/settings.yaml" ]; then printf '%s' "$at/registry"; return; fi
    at=${at%/*}
  done
}

# The ids of records: the names of files, where they are ids.
__partnerreg_ids() {
  local root
  root=$(__partnerreg_folder "$1")
  shift
  if [ -z "$root" ]; then return; fi
  (cd -- "$root" 2>/dev/null && find "$@" -name '*.yaml' -type f 2>/dev/null) |
    LC_ALL=C sed -n 's|^.*/\([a-z0-9][a-z0-9-]*\)\.yaml$|\1|p'
}
"""

_FOLDERS = {
    ORGANISATIONS: "organisations",
    AGREEMENTS: "partnerships memberships",
    RECORDS: "organisations partnerships memberships",
}


def _bash(known: tuple[Word, ...]) -> str:
    commands = " ".join(word.name for word in known)
    lines = [
        '# partnerreg: completion for bash. Load it with: eval "$(partnerreg completion bash)"',
        _FIND,
        "_partnerreg() {",
        "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}",
        "  local command=${COMP_WORDS[1]} registry= options= arguments= values= i head=",
        "  COMPREPLY=()",
        '  if [ "$cur" = = ]; then cur=; prev=${COMP_WORDS[COMP_CWORD-1]}',
        '  elif [ "$prev" = = ]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi',
        "  for ((i = 1; i < COMP_CWORD; i++)); do",
        '    if [ "${COMP_WORDS[i]}" = --registry ]; then registry=${COMP_WORDS[i+1]}; fi',
        "  done",
        '  if [ "$COMP_CWORD" -eq 1 ]; then',
        f'    COMPREPLY=($(compgen -W "{commands} --help --version" -- "$cur"))',
        "    return",
        "  fi",
        '  case "$command" in',
    ]
    for word in known:
        names = " ".join(option.names[-1] for option in word.options)
        lines.append(
            f"    {word.name}) options='{names}' arguments='{' '.join(word.arguments)}' ;;"
        )
    lines += ["  esac", '  case "$command $prev" in']
    for word in known:
        for option in word.options:
            if option.takes_value:
                patterns = "|".join(f"'{word.name} {name}'" for name in option.names)
                lines.append(f"    {patterns}) values='{' '.join(option.values) or '@none'}' ;;")
    lines += [
        "  esac",
        '  if [ -z "$values" ]; then',
        '    case "$cur" in -*) values=$options ;; *) values=$arguments ;; esac',
        "  fi",
        "  # Several values are parted by commas: the last one is completed.",
        '  case "$prev" in',
        "    --by|--columns|--missing)",
        '      case "$cur" in *,*) head=${cur%,*},; cur=${cur##*,} ;; esac ;;',
        "  esac",
        '  case "$values" in',
        "    @none) return ;;",
        "    @files)",
        '      COMPREPLY=($(compgen -f -- "$cur")); compopt -o filenames 2>/dev/null; return ;;',
    ]
    lines += [
        f'    {kind}) values=$(__partnerreg_ids "$registry" {folders}) ;;'
        for kind, folders in _FOLDERS.items()
    ]
    lines += [
        "  esac",
        '  COMPREPLY=($(compgen -P "$head" -W "$values" -- "$cur"))',
        "}",
        "complete -F _partnerreg partnerreg",
    ]
    return "\n".join(lines) + "\n"


def _zsh(known: tuple[Word, ...]) -> str:
    lines = [
        "#compdef partnerreg",
        '# partnerreg: completion for zsh. Load it with: eval "$(partnerreg completion zsh)"',
        _FIND,
        "_partnerreg() {",
        "  local context state state_descr line registry",
        "  typeset -A opt_args",
        "  registry=${words[${words[(i)--registry]}+1]}",
        "  if (( CURRENT == 2 )); then",
        "    local -a commands=(",
    ]
    lines += [f"      {_quoted(f'{word.name}:{word.help}')}" for word in known]
    lines += ["    )", "    _describe command commands", "    return", "  fi"]
    lines += ["  local command=$words[2]", "  shift words", "  (( CURRENT-- ))"]
    lines += ['  case "$command" in']
    for word in known:
        specs = []
        for option in word.options:
            text = option.help.replace("[", "(").replace("]", ")").replace(":", " –")
            action = (
                f":{option.names[-1].strip('-')}:{_zsh_action(option.names[-1], option.values)}"
            )
            tail = f"[{text}]{action if option.takes_value else ''}"
            specs += [_quoted(f"*{name}{tail}") for name in option.names]
        if word.arguments:
            specs.append(_quoted(f"*:argument:{_zsh_action('', word.arguments)}"))
        lines.append(f"    {word.name}) _arguments -s {' '.join(specs)} ;;")
    lines += ["  esac", "}", 'if [ "$funcstack[1]" = _partnerreg ]; then _partnerreg']
    lines += ["else compdef _partnerreg partnerreg; fi"]
    return "\n".join(lines) + "\n"


def _zsh_action(name: str, values: tuple[str, ...]) -> str:
    if not values:
        return " "
    if values == (FILES,):
        return "_files"
    if values[0] in _FOLDERS:
        return f'{{compadd -- ${{(f)"$(__partnerreg_ids "$registry" {_FOLDERS[values[0]]})"}}}}'
    if name in {"--by", "--columns", "--missing"}:
        return f"_values -s , value {' '.join(values)}"
    return f"({' '.join(values)})"


def _fish(known: tuple[Word, ...]) -> str:
    lines = [
        "# partnerreg: completion for fish. Load it with: partnerreg completion fish | source",
        _FISH_IDS,
        "complete -c partnerreg -f",
    ]
    for word in known:
        begins = "__fish_use_subcommand"
        lines.append(f"complete -c partnerreg -n {begins} -a {word.name} -d {_quoted(word.help)}")
    for word in known:
        when = f"-n '__fish_seen_subcommand_from {word.name}'"
        for option in word.options:
            short = "".join(f" -s {name[1:]}" for name in option.names if name[:2] != "--")
            long = "".join(f" -l {name[2:]}" for name in option.names if name[:2] == "--")
            value = _fish_values(option.values) if option.takes_value else ""
            lines.append(
                f"complete -c partnerreg {when}{short}{long}{value} -d {_quoted(option.help)}"
            )
        if word.arguments:
            lines.append(f"complete -c partnerreg {when}{_fish_values(word.arguments, ' -f')}")
    return "\n".join(lines) + "\n"


_FISH_IDS = r"""
# The ids of records: the names of files in the registry, where they are ids.
function __partnerreg_ids
    set -l words (commandline -opc)
    set -l at $PARTNERREG_REGISTRY
    set -l place (contains -i -- --registry $words)
    and set at $words[(math $place + 1)]
    if test -n "$at"
        test -f "$at/settings.yaml"; or set at "$at/registry"
    else
        set at $PWD
        while test -n "$at"
            test -f "$at/settings.yaml"; and break
            if test -f "$at/registry/settings.yaml"
                set at "$at/registry"
                break
            end
            set at (string replace -r '/[^/]*$' '' -- $at)
        end
    end
    test -n "$at"; or return
    for kind in $argv
        find $at/$kind -name '*.yaml' -type f 2>/dev/null
    end | string replace -rf '^.*/([a-z0-9][a-z0-9-]*)\.yaml$' '$1'
end
"""


def _fish_values(values: tuple[str, ...], only: str = " -x") -> str:
    if not values:
        return " -x"
    if values == (FILES,):
        return " -r -F" if only == " -x" else " -F"
    if values[0] in _FOLDERS:
        return f"{only} -a '(__partnerreg_ids {_FOLDERS[values[0]]})'"
    return f"{only} -a {_quoted(' '.join(values))}"


def _quoted(text: str) -> str:
    """Return text in single quotes, for every shell here."""
    return "'" + text.replace("'", "’") + "'"
