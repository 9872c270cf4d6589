"""`askdoc completion`: what makes a shell complete commands, options, their values and paths.

Written from the tables of commands and options, so that it knows what they know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from askdoc.cli import ANSWERED
from askdoc.cli.options import COMMANDS, EVERYWHERE, NAMED, OPTIONS, SHELL, SHELLS, Option, Request
from askdoc.cli.streams import put

_FOLDERS, _FILES = ("DIR", "DIR|URL"), ("FILE",)


def completion(request: Request) -> int:
    """Print the script of a shell."""
    put(_SCRIPTS[request.paths[0]]())
    return ANSWERED


def _bash() -> str:
    return f"""\
# askdoc's completion for bash: eval "$(askdoc completion bash)"
_askdoc() {{
    local cur="${{COMP_WORDS[COMP_CWORD]}}" prev="" command="" word i after=
    local -a words=()
    COMPREPLY=()
    # "--reader=x" comes as three words.
    [[ $cur == "=" ]] && cur=""
    (( COMP_CWORD > 0 )) && prev="${{COMP_WORDS[COMP_CWORD - 1]}}"
    [[ $prev == "=" && COMP_CWORD -gt 1 ]] && prev="${{COMP_WORDS[COMP_CWORD - 2]}}"
    [[ ${{COMP_WORDS[COMP_CWORD]}} == "=" ]] && prev="${{COMP_WORDS[COMP_CWORD - 1]}}"
    for (( i = 1; i < COMP_CWORD; i++ )); do
        word="${{COMP_WORDS[i]}}"
        [[ $word == "--" ]] && after=1
        [[ -n $command || -n $after ]] && continue
        case "$word" in
            {"|".join(NAMED)}) command="$word" ;;
        esac
    done
    if [[ -z $after ]]; then
        case "$prev" in
{_lines(12, (_bash_value(one) for one in OPTIONS if one.value))}
        esac
    fi
    if [[ -z $after && $cur == -* ]]; then
        case "$command" in
{_lines(12, (_bash_options(name) for name in ("", *NAMED)))}
        esac
        COMPREPLY=( $(compgen -W "${{words[*]}}" -- "$cur") )
        return
    fi
    if [[ $command == completion ]]; then
        COMPREPLY=( $(compgen -W "{" ".join(SHELLS)}" -- "$cur") )
        return
    fi
    if [[ -z $command && -z $after ]]; then
        COMPREPLY=( $(compgen -W "{" ".join(NAMED)}" -- "$cur") )
    fi
    _askdoc_paths -f
}}
_askdoc_paths() {{
    local path
    compopt -o filenames 2> /dev/null
    while IFS= read -r path; do
        COMPREPLY+=( "$path" )
    done < <(compgen "$1" -- "$cur")
}}
complete -F _askdoc askdoc
"""


def _bash_value(option: Option) -> str:
    if option.choices:
        done = f'COMPREPLY=( $(compgen -W "{" ".join(option.choices)}" -- "$cur") ); return'
    elif option.value in _FOLDERS:
        done = "_askdoc_paths -d; return"
    elif option.value in _FILES:
        done = "_askdoc_paths -f; return"
    else:
        done = "return"  # Nobody knows what.
    return f"{option.name}) {done} ;;"


def _bash_options(command: str) -> str:
    return f'"{command}") words=( {" ".join(_names(command))} ) ;;'


def _zsh() -> str:
    commands = [f"{_quoted(f'{_colon(one.name)}:{one.help}')}" for one in COMMANDS
                if one.name != SHELL]  # fmt: skip
    return f"""\
#compdef askdoc
# askdoc's completion for zsh: eval "$(askdoc completion zsh)", after compinit
_askdoc() {{
    local word command=
    local -a commands options
    commands=(
{_lines(8, commands)}
    )
    for word in "${{(@)words[2,CURRENT-1]}}"; do
        case "$word" in
            {"|".join(NAMED)}) command=$word; break ;;
        esac
    done
    case "$command" in
{_lines(8, (_zsh_options(name) for name in ("", *NAMED)))}
    esac
    case "$command" in
        "") _arguments -S $options '1: :_askdoc_first' '*: :_files' ;;
        completion) _arguments -S $options '1: :(completion)' '2: :({" ".join(SHELLS)})' ;;
        *) _arguments -S $options '*: :_files' ;;
    esac
}}
_askdoc_first() {{
    _describe command commands
    _files
}}
compdef _askdoc askdoc
"""


def _zsh_options(command: str) -> str:
    specs = [_zsh_option(one) for one in OPTIONS if (command or SHELL) in one.commands]
    specs += [_quoted(f"{name}[{_bracket(said)}]") for name, said in _everywhere()]
    return f'"{command}") options=( {" ".join(specs)} ) ;;'


def _zsh_option(option: Option) -> str:
    told = f"{option.name}{'=' if option.value and option.name.startswith('--') else ''}"
    told += f"[{_bracket(option.help)}]"
    if option.value:
        action = f"({' '.join(option.choices)})" if option.choices else ""
        action = action or ("_files -/" if option.value in _FOLDERS else "")
        action = action or ("_files" if option.value in _FILES else " ")
        told += f":{option.value}:{action}"
    return _quoted(f"*{told}")


def _fish() -> str:
    lines = [
        "# askdoc's completion for fish: askdoc completion fish | source",
        f"set -g __askdoc_commands {' '.join(NAMED)}",
    ]
    first = "not __fish_seen_subcommand_from $__askdoc_commands"
    lines += [
        f"complete -c askdoc -n '{first}' -a {one.name} -d {_quoted(one.help)}"
        for one in COMMANDS
        if one.name != SHELL
    ]
    shells = " ".join(SHELLS)
    lines.append(f"complete -c askdoc -n '__fish_seen_subcommand_from completion' -f -a '{shells}'")
    for option in OPTIONS:
        conditions = [f"__fish_seen_subcommand_from {name}" for name in option.commands
                      if name != SHELL]  # fmt: skip
        conditions += [first] if SHELL in option.commands else []
        lines.append(f"complete -c askdoc -n '{'; or '.join(conditions)}' {_fish_option(option)}")
    lines += [f"complete -c askdoc {_fish_name(n)} -d {_quoted(said)}" for n, said in _everywhere()]
    return "\n".join(lines) + "\n"


def _fish_option(option: Option) -> str:
    told = _fish_name(option.name)
    if option.choices:
        told += f" -x -a '{' '.join(option.choices)}'"
    elif option.value in _FOLDERS:
        told += " -x -a '(__fish_complete_directories)'"
    elif option.value:
        told += " -r" if option.value in _FILES else " -x"
    return f"{told} -d {_quoted(option.help)}"


def _fish_name(name: str) -> str:
    return f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}"


def _names(command: str) -> list[str]:
    """The options of a command, "" for the shell, in the order of the table."""
    own = [one.name for one in OPTIONS if (command or SHELL) in one.commands]
    return [*own, *(name for name, _ in _everywhere())]


def _everywhere() -> list[tuple[str, str]]:
    return [
        (name, said) for names, said in EVERYWHERE for name in names.split(", ") if name != "--"
    ]


def _quoted(text: str) -> str:
    """A text between apostrophes, as bash, zsh and fish understand them all."""
    return "'" + text.replace("\\", "\\\\").replace("'", "'\\''") + "'"


def _colon(text: str) -> str:
    return text.replace(":", r"\:")


def _bracket(text: str) -> str:
    return text.replace("[", r"\[").replace("]", r"\]").replace(":", r"\:")


def _lines(indent: int, lines: Iterable[str]) -> str:
    return "\n".join(" " * indent + line for line in lines)


_SCRIPTS: dict[str, Callable[[], str]] = {"bash": _bash, "zsh": _zsh, "fish": _fish}
