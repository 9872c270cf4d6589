"""How a word becomes a term, wherever it stands: spellings, numbers, accents and stems.

`analyzer` says which words a text has and which of them are names by their place.
"""

from __future__ import annotations

import re
import unicodedata

import Stemmer

from askdoc.english.dates import MONTHS
from askdoc.english.numbers import CARDINALS, ORDINALS

# Vowel signs and other marks that are part of a word but that `\w` does not match.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u0900-\u0963\u0971-\u0df3\u1cd0-\u1cff\u200d"
)
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3040-\u309f"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_ACRONYM = r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_])|['’]s\b)?|[^\W\d_]\.[^\W\d_](?![^\W_])"
_COUNTRY = r"[Uu]nited\s+[Ss]tates\b(?:\s+of\s+America\b)?(?:['’]s?(?!\w))?"
_NUMBER = r"\d+(?:[.,]\d+)*[^\W_]*"
COUNTRY = re.compile(_COUNTRY)
"""The only words that have white space inside."""
_WORD = re.compile(rf"{_ACRONYM}|{_COUNTRY}|{_NUMBER}|[^\W_]+(?:['’][^\W_]+)*")
_ANY_WORD = re.compile(
    rf"{_ACRONYM}|{_COUNTRY}|{_NUMBER}|[{_UNSPACED}]"
    rf"|(?:(?![{_UNSPACED}_])[\w{_MARKS}])+(?:['’](?:(?![{_UNSPACED}_])[\w{_MARKS}])+)*"
)

_FUNCTION_WORDS = """
a about above after again against all also although am among an and another any anybody anyone
anything are arent around as at be became because been before being below between both but by can
cannot cant could couldnt did didnt do does doesnt doing dont down during each either else ever
every few for from further get gets getting got had hadnt has hasnt have havent having he her here
hers herself him himself his how however i if in into is isnt it its itself just let like many may
me might mine more most much must mustnt my myself neither no nobody nor not nothing now of off
often on once one only onto or other others ought our ours ourselves out over own per please quite
rather really same shall she should shouldnt since so some somebody someone something still such
than that the their theirs them themselves then there these they this those though through thus to
too toward towards under until up upon us very via was wasnt we were werent what whatever when
whenever where wherever whether which while who whoever whom whose why will with within without
wont would wouldnt yet you your yours yourself yourselves ie eg etc
"""
STOP_WORDS = frozenset(_FUNCTION_WORDS.split())

_SAME = {"usa": "u.s", "grey": "gray"} | {
    short: month
    for short in ("jan", "feb", "apr", "aug", "sept", "oct", "nov", "dec")
    for month in MONTHS
    if month.startswith(short)
}
# "One" is a pronoun as well, "second" a time, and "first" is said of much that is not counted.
_SAME |= {word: str(value) for word, value in CARDINALS.items() if value != 1}
_SAME |= {word: str(value) for word, value in ORDINALS.items() if value > 2}

_POSSESSIVE = re.compile(r"['’]s$")
_CLITIC = re.compile(r"'(?:s|re|ll|ve|d|m)$")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)'(?=[^\W\d_]{3})")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|s)$")
_ACCENTS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u200d]")


class Terms(dict[str, tuple[str, bool]]):
    """Word as written -> (term, is a function word), worked out once a word.

    Stemming is the slow part and texts repeat themselves; the size is bounded, in words and in
    what a word may be long, because a hostile text need not.
    """

    _LIMIT = 100_000
    _LONGEST = 64

    def __init__(self) -> None:
        super().__init__()
        # Without its own memory, which only costs time behind this one.
        self._stem = Stemmer.Stemmer("english", 0).stemWord

    def __missing__(self, word: str) -> tuple[str, bool]:
        found = self.analyse(word)
        if len(word) <= self._LONGEST:
            if len(self) >= self._LIMIT:
                self.clear()
            self[word] = found
        return found

    def analyse(self, word: str) -> tuple[str, bool]:
        """The same as `self[word]`, without looking or keeping."""
        if word.isascii() and word != "US":
            if word.isalpha():
                return self._plain(word.lower())
            if word.isdigit():
                return word, False
        if _POSSESSIVE.sub("", word) == "US" or len(word.split()) > 1:
            return "u.s", False
        plain = unicodedata.normalize("NFKD", word).casefold().replace("’", "'")
        if not plain.isascii():
            # A few ligatures are whole phrases; a term is one word to whoever joins or parts them.
            plain = "".join(_ACCENTS.sub("", plain).split())
        if "." in plain and not plain[0].isdigit():
            letters = _CLITIC.sub("", plain).replace(".", "")
            # Two letters keep their full stop, so that "U.S." and the pronoun "us" stay apart.
            dotted = "u.s" if letters in ("us", "usa") else letters
            return dotted, letters in ("eg", "ie")
        plain = _CLITIC.sub("", plain)
        plain = _ELISION.sub("", plain).replace("'", "")
        if plain[:1].isdigit():
            plain = plain.replace(",", "")
            return _ORDINAL.sub(r"\1", plain), False
        return self._plain(plain)

    def _plain(self, plain: str) -> tuple[str, bool]:
        """The term of a word in lower case, without accents and apostrophes."""
        if plain in _SAME:
            same = _SAME[plain]
            return (self._stem(same) if same.isalpha() else same), False
        return self._stem(plain) or plain, plain in STOP_WORDS


TERMS = Terms()
"""The memo that all of askdoc shares."""


def pattern(text: str) -> re.Pattern[str]:
    """What finds the words of a text; any other gives the same on ASCII, in twice the time."""
    return _WORD if text.isascii() else _ANY_WORD
