"""The command line: parse, ask, present, exit code.

Only `sys` is imported at the top, and everything else where it is used, so that `askdoc --help` and
a mistyped option cost little more than starting Python. That is also why the arguments are parsed
with `getopt`, which is small, and why the help is written out: it is what a person reads first.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # Type checkers take it as true; `typing` costs as much as Python itself.
if TYPE_CHECKING:
    from collections.abc import Sequence
    from getopt import GetoptError

    from askdoc.assistant import Assistant
    from askdoc.errors import AskdocError

ANSWERED, NOT_SAID, FAILED = 0, 1, 2
# As shells report a program that was ended by SIGINT or SIGPIPE.
INTERRUPTED, PIPE_CLOSED = 130, 141

HELP = """\
Ask your documents a question, get their own sentences back, with the place.

  askdoc query QUESTION [PATH...]   one question
  askdoc [PATH...]                  many questions, in a shell

A PATH is a file or a folder, or - for standard input. Without one, askdoc
reads the folder seeds/ if there is one here.

Options:
  --reader NAME     neural: a small network that reads, or lexical: by shared
                    words alone, much faster, and finds less (neural)

Options of query:
  -n N              give up to N sentences (1)
  --json            give everything as JSON
  --threshold X     how sure an answer has to be, from 0 (never refuse) to 1
  --color WHEN      auto, always or never (auto; NO_COLOR=1 means never)

  -h, --help        this text
  --version         the version
  --                what follows is no option, even if it begins with -

The exit code is 0 if the documents answer, 1 if they don't say, 2 on an error.
Into a pipe go two lines a sentence: the sentence, then four spaces and its
place, offsets and confidence.

  askdoc query "Who signed the treaty?" treaty.txt notes/
  pbpaste | askdoc query "When was it signed?" -
"""

QUERY = "query"
SEEDS = "seeds"
STDIN = "-"
_LONG_OPTIONS = ("json", "threshold=", "reader=", "color=")
_OPTIONS = ("--json", "--threshold", "--reader", "--color", "--help", "--version", "-n")
_READING = "Reading ..."
_COLORS = ("auto", "always", "never")
_READERS = ("neural", "lexical")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code. No exception leaves it."""
    try:
        code = _run(list(sys.argv[1:] if arguments is None else arguments))
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt:
        _say("")
        code = INTERRUPTED
    except BrokenPipeError:
        code = PIPE_CLOSED
    except Exception as error:
        from askdoc.present.failure import as_line

        _say(as_line(error))
        code = FAILED
    _let_go_of_output()
    return code


class Request:
    """What the arguments ask for; None where the library's default holds."""

    def __init__(self) -> None:
        self.command = "shell"
        self.question = ""
        self.paths: list[str] = []
        self.limit: int | None = None
        self.threshold: float | None = None
        self.reader: str | None = None
        self.json = False
        self.color = "auto"


def _run(arguments: list[str]) -> int:
    # Told before anything is parsed, so that it is told at once and whatever else is wrong.
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    if "--help" in options or "-h" in options:
        _put(HELP)
        return ANSWERED
    if "--version" in options:
        from askdoc import __version__

        _put(f"askdoc {__version__}\n")
        return ANSWERED
    request = parse(arguments)
    # What a stream cannot carry is shown as an escape rather than being an error.
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(errors="backslashreplace")
    return _query(request) if request.command == QUERY else _shell(request)


# Parsing


def parse(arguments: Sequence[str]) -> Request:
    """The request that the arguments make.

    Raises:
        AskdocError: they make none.
    """
    from getopt import GetoptError, gnu_getopt

    from askdoc.present.hints import check_paths, check_question

    try:
        options, words = gnu_getopt(list(arguments), "n:", list(_LONG_OPTIONS))
    except GetoptError as error:
        raise _bad_option(error) from None
    request = Request()
    if words[:1] == [QUERY] and arguments[0] != "--":
        check_question(words[1:])
        request.command, request.question, request.paths = QUERY, words[1], words[2:]
    else:
        check_paths(words)
        request.paths = words
    for name, value in options:
        _take_option(request, name, value)
    return request


def _take_option(request: Request, name: str, value: str) -> None:
    if request.command != QUERY and name != "--reader":
        raise _usage("this option is for one question", name, 'Try: askdoc query "QUESTION" PATH')
    if name == "-n":
        if not (value.isascii() and value.isdigit() and len(value) < 10 and int(value) > 0):
            raise _usage("-n takes a number from 1 up, not", value, "For example: -n 3")
        request.limit = int(value)
    elif name == "--threshold":
        request.threshold = _probability(value)
    elif name == "--color":
        if value not in _COLORS:
            raise _usage("--color takes auto, always or never, not", value)
        request.color = value
    elif name == "--reader":
        if value not in _READERS:
            raise _usage("--reader takes neural or lexical, not", value)
        request.reader = value
    else:
        request.json = True


def _probability(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= 1.0:
        raise _usage(
            "--threshold takes a number from 0 to 1, not", value, "For example: --threshold 0.5"
        )
    return number


def _bad_option(error: GetoptError) -> AskdocError:
    from difflib import get_close_matches

    # The message is `option --name ...`, the only place that has the dashes.
    name = error.msg.split()[1]
    if name in _OPTIONS:
        return _usage(error.msg.removeprefix("option "), "", "askdoc --help shows how.")
    near = get_close_matches(name, _OPTIONS, n=1)
    remedy = (
        f"Did you mean {near[0]}?" if near else "A word that begins with - goes after a lone --"
    )
    return _usage("unknown option", name, remedy)


def _usage(what: str, where: str, remedy: str = "") -> AskdocError:
    from askdoc.errors import AskdocError

    return AskdocError(what, where, remedy)


# Doing


def _query(request: Request) -> int:
    """One question; that the documents don't say is an answer, and goes where answers go."""
    assistant = _load(request)
    from askdoc.assistant import DEFAULT_LIMIT
    from askdoc.present import as_json, as_text, style_for
    from askdoc.present.progress import patience

    with patience(_READING, sys.stderr):
        answer = assistant.ask(
            _without_surrogates(request.question),
            limit=DEFAULT_LIMIT if request.limit is None else request.limit,
            threshold=request.threshold,
        )
    style = style_for(sys.stdout, request.color)
    if request.json:
        _put(as_json(answer, indent=2 if style.width else None, ascii_only=_is_limited()) + "\n")
    else:
        _put(as_text(answer, style) + "\n")
    return ANSWERED if answer.answered else NOT_SAID


def _shell(request: Request) -> int:
    from askdoc.shell import converse, where_to_ask

    questions = where_to_ask(documents_on_stdin=STDIN in request.paths)
    return converse(_load(request), questions)


def _load(request: Request) -> Assistant:
    """Read the paths, or the seeds where none are named, and say what was not read as it stands."""
    from io import BytesIO

    from askdoc.assistant import DEFAULT_READER, Assistant
    from askdoc.present.harmless import one_line
    from askdoc.present.progress import patience
    from askdoc.present.style import is_terminal

    paths = request.paths
    reader = DEFAULT_READER if request.reader is None else request.reader
    if STDIN in paths and is_terminal(sys.stdin):
        _say("askdoc: reading what you type or paste; Ctrl-D at the start of a line ends it.")
        # Read up to the first Ctrl-D; whoever reads until nothing comes would need a second.
        assistant = Assistant.from_paths(
            paths, stdin=BytesIO(sys.stdin.buffer.read()), reader=reader
        )
    else:
        with patience(_READING, sys.stderr):
            assistant = Assistant.from_paths(paths or _seeds(), reader=reader)
    for document in assistant.documents:
        for note in document.notes:
            _say(f"askdoc: {one_line(document.source)}: {one_line(note)}.")
    for problem in assistant.problems:
        _say(f"askdoc: {one_line(str(problem))}")
    return assistant


def _seeds() -> list[str]:
    from pathlib import Path

    from askdoc.errors import NoDocuments

    if not Path(SEEDS).is_dir():
        raise NoDocuments(
            "nothing to read, since no path was named and there is no folder here",
            f"{SEEDS}/",
            'Try: askdoc query "QUESTION" PATH, or: askdoc PATH',
        )
    return [SEEDS]


def _without_surrogates(text: str) -> str:
    """Arguments may hold bytes that are not UTF-8, which Python keeps as lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")


# The streams, any of which may be closed, full, or unable to carry the text


def _put(text: str) -> None:
    """Write to standard output, now, so that a failure is known before the exit code is."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _usage(
            "cannot write the answer", error.strerror or str(error), "Check where it goes."
        ) from None


def _say(line: str) -> None:
    """Write a line to standard error; there is nobody left to tell if that fails."""
    try:
        if sys.stderr is not None:
            sys.stderr.write(line + "\n")
            sys.stderr.flush()
    except OSError:
        return


def _is_limited() -> bool:
    """Whether standard output carries less than all of Unicode."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    return not encoding.lower().startswith("utf")


def _let_go_of_output() -> None:
    """See that Python, when it ends, does not fail on what could not be written."""
    import os

    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
