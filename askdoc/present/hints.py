"""What a person may have meant by arguments that make no sense, as errors that show what to type.

A question where a file should be, a file where the question should be, a question without quotation
marks: the file system would only say that there is no such file.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from itertools import takewhile

from askdoc.errors import AskdocError
from askdoc.present.sanitize import sanitize

QUERY = "query"
STDIN = "-"
_USAGE = 'Try: askdoc query "QUESTION" PATH'
_FOR_QUERY = frozenset(("ask", "question", "answer"))
_SUFFIXED = re.compile(r"\.\w{1,5}$")
# What a shell would act on between double quotation marks, which read best.
_ACTIVE_IN_QUOTES = re.compile(r'["$`\\!]')


def check_question(words: Sequence[str]) -> None:
    """See that `askdoc query` was given a question and then paths.

    Raises:
        AskdocError: it was not; the error shows what was likely meant.
    """
    if not words:
        raise AskdocError("there is no question", remedy=_USAGE)
    first, rest = words[0], words[1:]
    if _is_there(first) and not rest:
        raise AskdocError(
            "there is no question, only a path", sanitize(first), _try('"QUESTION"', quoted(first))
        )
    if _is_there(first) and not _is_there(rest[0]) and _is_asking(rest[0]):
        meant = [quoted(rest[0]), *map(quoted, [first, *rest[1:]])]
        raise AskdocError("the question goes before the paths", sanitize(first), _try(*meant))
    loose = [first, *takewhile(_is_bare_word, rest)]
    if len(loose) > 1 and not re.search(r"\s|[?]$", first):
        meant = [quoted(" ".join(loose)), *map(quoted, words[len(loose) :])]
        raise AskdocError(
            "a question of several words goes in quotation marks",
            quoted(" ".join(loose)),
            _try(*meant),
        )


def check_paths(words: Sequence[str]) -> None:
    """See that the shell was given paths.

    Raises:
        AskdocError: a question or a mistyped command is among them.
    """
    for word in words:
        if not _is_there(word) and _is_asking(word):
            paths = [quoted(other) for other in words if other != word]
            raise AskdocError(
                "this is a question and no file", quoted(word), _try(quoted(word), *paths)
            )
    if words and not _is_there(words[0]) and _is_nearly_query(words[0]):
        raise AskdocError("there is no such command", sanitize(words[0]), _USAGE)


def quoted(word: str) -> str:
    """A word as one would type it in a shell."""
    shown = sanitize(word)
    if shlex.quote(shown) == shown:
        return shown
    return shlex.quote(shown) if _ACTIVE_IN_QUOTES.search(shown) else f'"{shown}"'


def _try(*words: str) -> str:
    return " ".join(("Try: askdoc", QUERY, *words))


def _is_there(word: str) -> bool:
    return word == STDIN or os.path.exists(word)  # noqa: PTH110 (a Path would change the name)


def _is_asking(word: str) -> bool:
    if word.rstrip().endswith("?"):
        return True
    return bool(re.search(r"\s", word.strip())) and not _SUFFIXED.search(word) and "/" not in word


def _is_bare_word(word: str) -> bool:
    """A word of a question rather than the name of a file."""
    return not _is_there(word) and "/" not in word and "." not in word[:-1]


def _is_nearly_query(word: str) -> bool:
    from difflib import get_close_matches

    return word.lower() in _FOR_QUERY or bool(get_close_matches(word.lower(), [QUERY], cutoff=0.7))
