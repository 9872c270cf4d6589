"""The command line: parse, ask, present, exit code.

Only what is small is imported at the top, and everything else where it is used, so that `askdoc
--help` and a mistyped option cost little more than starting Python. `options` has the tables of
commands and options, `arguments` says by them what is meant, and `helping` what there is; `asking`
answers, `keeping` sees to the saved index, `streams` knows what can go wrong with those.
"""

from __future__ import annotations

import sys

from askdoc.cli.options import COMMANDS, COMPLETION, HELP, VERSION
from askdoc.cli.streams import let_go_of_output, put, say

TYPE_CHECKING = False  # Type checkers take it as true; `typing` costs as much as Python itself.
if TYPE_CHECKING:
    from collections.abc import Sequence

ANSWERED, NOT_SAID, FAILED = 0, 1, 2
# As shells report a program that was ended by SIGINT or SIGPIPE.
INTERRUPTED, PIPE_CLOSED = 130, 141


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code. No exception leaves it."""
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        say("")
        code = INTERRUPTED
    except BrokenPipeError:
        code = PIPE_CLOSED
    except Exception as error:
        from askdoc.present.failure import as_line

        say(as_line(error))
        code = FAILED
    let_go_of_output()
    return code


def _run(arguments: list[str]) -> int:
    # Told before anything is parsed, so that it is told at once and whatever else is wrong.
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if any(name in options for name in HELP):
        from askdoc.cli.helping import help_text

        put(help_text())
        return ANSWERED
    if any(name in options for name in VERSION):
        from askdoc import __version__

        put(f"askdoc {__version__}\n")
        return ANSWERED
    from importlib import import_module

    from askdoc.cli.arguments import parse

    request = parse(arguments)
    if request.command != COMPLETION:
        from askdoc.cli.configuration import configure

        configure(request)
    # What a stream cannot carry is shown as an escape rather than being an error.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    module = next(one.module for one in COMMANDS if one.name == request.command)
    command = getattr(import_module(f"askdoc.cli.{module}"), request.command)
    return int(command(request))
