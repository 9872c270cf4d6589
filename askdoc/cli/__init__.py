"""The command line: parse, ask, present, exit code.

Only what is small is imported at the top, and everything else where it is used, so that `askdoc
--help` and a mistyped option cost little more than starting Python. `arguments` says what is meant,
`asking` answers, `keeping` sees to the saved index, `streams` knows what can go wrong with those.
"""

from __future__ import annotations

import sys

from askdoc.cli.streams import let_go_of_output, put, say

TYPE_CHECKING = False  # Type checkers take it as true; `typing` costs as much as Python itself.
if TYPE_CHECKING:
    from collections.abc import Sequence

ANSWERED, NOT_SAID, FAILED = 0, 1, 2
# As shells report a program that was ended by SIGINT or SIGPIPE.
INTERRUPTED, PIPE_CLOSED = 130, 141

HELP = """\
Ask your documents a question, get their own sentences back, with the place.

  askdoc query QUESTION [PATH...]   one question
  askdoc [PATH...]                  many questions, in a shell
  askdoc index [PATH...]            read files once, ask them for ever; run it
                                    again when they have changed
  askdoc search WORDS               passages of the saved index, unread
  askdoc status                     what the saved index holds
  askdoc remove PATH...             take files out of the saved index
  askdoc verify FILE                whether a saved answer, FILE as --json
                                    gives it, still stands in its sources

A PATH is a file or a folder, or - for standard input. Without one, askdoc asks
the saved index, or else the folder seeds/ if there is one here.

Options:
  --index DIR       where the saved index is (index; verify: none)
  --reader NAME     neural: a small network that reads, or lexical: by shared
                    words alone, much faster, and finds less (neural)
  -n N              query, search: give at most N (5; 10)
  --json            query, search, status, verify: give everything as JSON
  --threshold X     query: how sure to be, from 0 (never refuse) to 1
  --nearest         query, shell: where the documents don't say, give a pipe,
                    too, the sentences that came near
  --rebuild         index: read everything again
  --follow-links    query, shell, index: also follow links that lead out of a
                    folder named as PATH
  --no-cache        query, shell: keep nothing of the files that are read
  --no-suggestions  shell: suggest no questions
  --show-now        verify: show what the files have now instead of a quote
  --color WHEN      auto, always or never (auto; NO_COLOR=1 means never)

  -h, --help        this text
  --version         the version
  --                what follows is no option, even if it begins with -

The exit code is 0 if the documents answer, 1 if they don't or only perhaps do,
2 on an error, or if nothing was found in a saved index that is not complete.
After verify it is 0 if all stands, 1 if not, 2 if FILE is not a sound answer.
Into a pipe go two lines a sentence: the sentence, then four spaces and its
place, offsets and confidence.

  askdoc query "Who signed the treaty?" treaty.pdf notes/
  askdoc index ~/reports && askdoc query "When was the bridge closed?"
"""


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
    if "--help" in options or "-h" in options:
        put(HELP)
        return ANSWERED
    if "--version" in options:
        from askdoc import __version__

        put(f"askdoc {__version__}\n")
        return ANSWERED
    from askdoc.cli.arguments import parse

    request = parse(arguments)
    # What a stream cannot carry is shown as an escape rather than being an error.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    if request.command in ("query", "shell", "search"):
        from askdoc.cli import asking

        return int(getattr(asking, request.command)(request))
    from askdoc.cli import keeping

    return int(getattr(keeping, request.command)(request))
