"""Whether a hyphen at a line's end belongs to the word, or only to the line.

The document itself knows best: the word stands elsewhere in one piece, or with its hyphen. Else
general English tells, and where that does not know the word a line is taken to have broken it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from askdoc.english.analyzer import terms
from askdoc.english.background import idf

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ENDS_BROKEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$")
_BEGINS = re.compile(r"[^\W\d_]+")
_UNKNOWN = 9.2  # idf of what stands in a handful of sentences or none


class Joiner:
    """Puts lines together as the words of one document ask for."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: set[str] = set()
        broken = False
        for line in lines:
            words = _WORD.findall(line.replace("\xad", ""))
            ends_broken = line.endswith(("-", "\xad"))
            self._words.update(
                word.casefold() for word in words[int(broken) : -1 if ends_broken else None]
            )
            broken = ends_broken

    def join(self, lines: list[str]) -> str:
        """The lines as one."""
        text = ""
        for line in lines:
            text = self.put(text, line)
        return text.replace("\xad", "")

    def put(self, text: str, line: str) -> str:
        """A text and the line that goes on with it."""
        if not text or not line:
            return text + line
        if text[-1] == "\xad":
            return text[:-1] + line
        if line.startswith("//") and text[-1] == ":":
            return text + line
        ending, begin = _ENDS_BROKEN.search(text[-80:]), _BEGINS.match(line)
        if ending is None:
            dash = text[-1] in "—–/" and text[-2:-1] != " " and text[-1] != "–"
            glued = dash or (text[-1] == "-" and text[-2:-1].isalnum() and line[0].isalnum())
            return text + line if glued else f"{text} {line}"
        if begin is None:
            return text + line if line[0].isdigit() else f"{text} {line}"
        if self._is_one_word(ending[1], begin[0]):
            return text[:-1] + line
        suspended = begin[0] in ("and", "or", "und", "oder", "to", "et", "y")
        return f"{text} {line}" if suspended else text + line

    def _is_one_word(self, first: str, second: str) -> bool:
        joined, hyphened = f"{first}{second}".casefold(), f"{first}-{second}".casefold()
        if joined in self._words:
            return True
        if hyphened in self._words:
            return False
        if second[0].isupper() and not first.isupper():
            return False
        if known_word(joined):
            return True
        last = first.rpartition("-")[2]
        # Two words that stand alone elsewhere, with none that they make together.
        alone = all(self._stands(word.casefold()) for word in (last, second))
        return not (alone and min(len(last), len(second)) > 1)

    def _stands(self, word: str) -> bool:
        return word in self._words or known_word(word)


@lru_cache(maxsize=10_000)
def known_word(word: str) -> bool:
    """Whether general English knows a word, in whatever form."""
    found = terms(word)
    return not found or (len(found) == 1 and idf(found[0]) < _UNKNOWN)
