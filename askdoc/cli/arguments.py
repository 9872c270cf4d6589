"""The request that the arguments make, by the tables in `options`.

They are parsed with `getopt`, which is small; argparse costs as much as starting Python.
"""

from __future__ import annotations

from askdoc.cli.options import (
    COMPLETION,
    HELP,
    LOADING,
    NAMED,
    OPTIONS,
    QUERY,
    SHELL,
    SHELLS,
    STDIN,
    VERSION,
    Option,
    Request,
)
from askdoc.errors import AskdocError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from getopt import GetoptError

_MANY, _TABLES = "--questions", ("markdown", "csv")
_USAGE = 'Try: askdoc query "QUESTION" PATH'
_BY_NAME = {option.name: option for option in OPTIONS}
_NAMES = (*_BY_NAME, *HELP, *VERSION)
# As getopt wants them: letters in a row, and words without their dashes.
_LETTERS = "".join(f"{name[1:]}:" for name in _BY_NAME if not name.startswith("--"))
_WORDS = [
    name[2:] + ("=" if option.value else "")
    for name, option in _BY_NAME.items()
    if name.startswith("--")
]


def parse(arguments: Sequence[str]) -> Request:
    """The request that the arguments make.

    Raises:
        AskdocError: they make none.
    """
    from getopt import GetoptError, gnu_getopt

    try:
        options, words = gnu_getopt(list(arguments), _LETTERS, _WORDS)
    except GetoptError as error:
        raise _bad_option(error) from None
    request = Request()
    many = any(name == _MANY for name, _ in options)
    _take_words(request, words, arguments[:1] != ["--"], many)
    for name, value in options:
        option = _BY_NAME[name]
        _check_is_for(option, request.command)
        option.set(request, value)
    _check_together(request)
    return request


def _check_together(request: Request) -> None:
    """See that what was asked for can be had at once."""
    if request.format in _TABLES and request.command not in (QUERY, "search"):
        remedy = "Try: --format json"
        raise AskdocError(f"askdoc {request.command} gives no {request.format}", "", remedy)
    if request.context and request.json:
        raise AskdocError(
            "JSON is the answer as the library gives it, without sentences around it",
            "-C",
            "Leave out -C, or --json; start and end tell where each sentence stands.",
        )
    if request.questions and request.format == "text":
        raise AskdocError(
            "answers to many questions are given in JSON, markdown or csv", "--format text",
            "Leave it out for a line of JSON each.",
        )  # fmt: skip
    if request.questions == STDIN and STDIN in request.paths:
        raise AskdocError(
            "standard input is either the questions or a document",
            STDIN,
            "Save one of them to a file and name that.",
        )
    asks_paths = request.command in LOADING and request.paths and not request.watch
    if request.index is not None and asks_paths:
        raise AskdocError(
            "paths and a saved index are asked one at a time, not both",
            request.index,
            "Leave out the paths, or --index.",
        )
    if request.watch and request.json:
        raise AskdocError("--watch gives lines of text", "--json", "Leave out one of the two.")


def _take_words(request: Request, words: list[str], may_be_command: bool, many: bool) -> None:
    from askdoc.present.hints import check_paths, check_question

    if not (words and words[0] in NAMED and may_be_command):
        check_paths(words)
        request.paths = words
        return
    request.command, rest = words[0], words[1:]
    if request.command == QUERY and many:
        request.paths = rest
    elif request.command == QUERY:
        check_question(rest)
        request.question, request.paths = rest[0], rest[1:]
    elif request.command == "search":
        if not rest:
            raise AskdocError("there are no words to search", remedy="Try: askdoc search WORDS")
        request.question = " ".join(rest)
    elif request.command == COMPLETION:
        if len(rest) != 1 or rest[0] not in SHELLS:
            what = "completion takes the name of a shell"
            raise AskdocError(what, remedy=f"One of: {', '.join(SHELLS)}.")
        request.paths = rest
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


def _check_is_for(option: Option, command: str) -> None:
    if command in option.commands:
        return
    if command == SHELL and QUERY in option.commands:
        raise AskdocError("this option is for one question", option.name, _USAGE)
    what = "the shell" if command == SHELL else f"askdoc {command}"
    remedy = "askdoc --help tells what there is."
    raise AskdocError(f"{what} has no such option", option.name, remedy)


def _bad_option(error: GetoptError) -> AskdocError:
    from difflib import get_close_matches

    # The message is `option --name ...`, the only place that has the dashes.
    name = error.msg.split()[1]
    if name in _NAMES:
        return AskdocError(error.msg.removeprefix("option "), "", "askdoc --help shows how.")
    near = get_close_matches(name, _NAMES, n=1)
    remedy = (
        f"Did you mean {near[0]}?" if near else "A word that begins with - goes after a lone --"
    )
    return AskdocError("unknown option", name, remedy)
