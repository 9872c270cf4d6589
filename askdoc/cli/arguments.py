"""What the arguments ask for.

They are parsed with `getopt`, which is small; argparse costs as much as starting Python.
"""

from __future__ import annotations

from askdoc.errors import AskdocError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from getopt import GetoptError

QUERY, SHELL, STDIN = "query", "shell", "-"
COMMANDS = (QUERY, "index", "search", "status", "remove", "verify")
_ASKING, _GIVING = (QUERY, SHELL), (QUERY, "search", "status", "verify")
_EVERY = (*COMMANDS, SHELL)
_FOR = {
    "-n": (QUERY, "search"),
    "--json": _GIVING,
    "--threshold": (QUERY,),
    "--nearest": _ASKING,
    "--reader": _ASKING,
    "--no-cache": _ASKING,
    "--no-suggestions": (SHELL,),
    "--rebuild": ("index",),
    "--follow-links": (*_ASKING, "index"),
    "--index": _EVERY,
    "--show-now": ("verify",),
    "--color": _GIVING,
}
"""Which commands an option is for."""
_VALUED = ("threshold=", "reader=", "color=", "index=")
_FLAGS = (
    "json", "nearest", "rebuild", "follow-links", "no-cache", "no-suggestions", "show-now",
)  # fmt: skip
_LONG_OPTIONS = (*_VALUED, *_FLAGS)
OPTIONS = (*_FOR, "--help", "--version")
_COLORS = ("auto", "always", "never")
_READERS = ("neural", "lexical")
_USAGE = 'Try: askdoc query "QUESTION" PATH'


class Request:
    """What the arguments ask for; None where the library's default holds."""

    def __init__(self) -> None:
        self.command = SHELL
        self.question = ""
        self.paths: list[str] = []
        self.index: str | None = None
        self.limit: int | None = None
        self.threshold: float | None = None
        self.reader: str | None = None
        self.json = False
        self.nearest = False
        self.rebuild = False
        self.follow_links = False
        self.cache = True
        self.suggestions = True
        self.show_now = False
        self.color = "auto"


def parse(arguments: Sequence[str]) -> Request:
    """The request that the arguments make.

    Raises:
        AskdocError: they make none.
    """
    from getopt import GetoptError, gnu_getopt

    try:
        options, words = gnu_getopt(list(arguments), "n:", list(_LONG_OPTIONS))
    except GetoptError as error:
        raise _bad_option(error) from None
    request = Request()
    _take_words(request, words, arguments[:1] != ["--"])
    for name, value in options:
        _take_option(request, name, value)
    if request.index is not None and request.command in _ASKING and request.paths:
        raise AskdocError(
            "paths and a saved index are asked one at a time, not both",
            request.index,
            "Leave out the paths, or --index.",
        )
    return request


def _take_words(request: Request, words: list[str], may_be_command: bool) -> None:
    from askdoc.present.hints import check_paths, check_question

    if not (words and words[0] in COMMANDS and may_be_command):
        check_paths(words)
        request.paths = words
        return
    request.command, rest = words[0], words[1:]
    if request.command == QUERY:
        check_question(rest)
        request.question, request.paths = rest[0], rest[1:]
    elif request.command == "search":
        if not rest:
            raise AskdocError("there are no words to search", remedy="Try: askdoc search WORDS")
        request.question = " ".join(rest)
    elif request.command == "status" and rest:
        raise AskdocError("status takes no path", rest[0], "Try: askdoc status")
    elif request.command == "remove" and not rest:
        raise AskdocError("there is nothing to remove", remedy="Try: askdoc remove PATH")
    elif request.command == "verify" and len(rest) != 1:
        raise AskdocError(
            "verify takes one file",
            remedy='Try: askdoc query "QUESTION" PATH --json > answer.json; '
            "askdoc verify answer.json",
        )
    else:
        request.paths = rest


def _take_option(request: Request, name: str, value: str) -> None:
    if request.command not in _FOR[name]:
        if request.command == SHELL and QUERY in _FOR[name]:
            raise AskdocError("this option is for one question", name, _USAGE)
        what = "the shell" if request.command == SHELL else f"askdoc {request.command}"
        raise AskdocError(f"{what} has no such option", name, "askdoc --help tells what there is.")
    if name == "-n":
        if not (value.isascii() and value.isdigit() and len(value) < 10 and int(value) > 0):
            raise AskdocError("-n takes a number from 1 up, not", value, "For example: -n 3")
        request.limit = int(value)
    elif name == "--threshold":
        request.threshold = _probability(value)
    elif name == "--color":
        if value not in _COLORS:
            raise AskdocError("--color takes auto, always or never, not", value)
        request.color = value
    elif name == "--reader":
        if value not in _READERS:
            raise AskdocError("--reader takes neural or lexical, not", value)
        request.reader = value
    elif name == "--index":
        request.index = value
    elif name == "--nearest":
        request.nearest = True
    elif name == "--rebuild":
        request.rebuild = True
    elif name == "--follow-links":
        request.follow_links = True
    elif name == "--no-cache":
        request.cache = False
    elif name == "--no-suggestions":
        request.suggestions = False
    elif name == "--show-now":
        request.show_now = True
    else:
        request.json = True


def _probability(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = -1.0
    if not 0.0 <= number <= 1.0:
        raise AskdocError(
            "--threshold takes a number from 0 to 1, not", value, "For example: --threshold 0.5"
        )
    return number


def _bad_option(error: GetoptError) -> AskdocError:
    from difflib import get_close_matches

    # The message is `option --name ...`, the only place that has the dashes.
    name = error.msg.split()[1]
    if name in OPTIONS:
        return AskdocError(error.msg.removeprefix("option "), "", "askdoc --help shows how.")
    near = get_close_matches(name, OPTIONS, n=1)
    remedy = (
        f"Did you mean {near[0]}?" if near else "A word that begins with - goes after a lone --"
    )
    return AskdocError("unknown option", name, remedy)
