"""The one analyzer: how words become terms, for the index and for the question alike.

A word that a person would call the same must become the same term wherever it stands, or retrieval
loses the answer: "U.S." and "United States", "Café" and "cafe", "1,500" and "1500", "twelve" and
"12", "Mexico's" and "Mexico", "trafficking" and "traffickers". Scripts that write no spaces between
words (Chinese, Japanese kana, Thai, Lao, Khmer, Burmese) give one term a character, which is where
Unicode (UAX #29) puts the default boundaries of most of them.

A few words are function words or not by where they stand: Will said that it will rain in May, which
the IT team may like; and "By" above an article says who wrote it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

import Stemmer

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

_SAME = {
    "usa": "u.s", "jan": "january", "feb": "february", "apr": "april",
    "aug": "august", "sept": "september", "oct": "october", "nov": "november", "dec": "december",
    "grey": "gray",
}  # fmt: skip
_CARDINALS = (
    "zero - two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
_SAME |= {word: str(value) for value, word in enumerate(_CARDINALS) if word != "-"}
_SAME |= {word: str(10 * (at + 3)) for at, word in enumerate(
    "thirty forty fifty sixty seventy eighty ninety".split())}  # fmt: skip
_SAME |= {word: str(at + 3) for at, word in enumerate(
    "third fourth fifth sixth seventh eighth ninth tenth".split())}  # fmt: skip

_POSSESSIVE = re.compile(r"['’]s$")
_CLITIC = re.compile(r"'(?:s|re|ll|ve|d|m)$")
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu)'(?=[^\W\d_]{3})")
_ORDINAL = re.compile(r"^(\d+)(?:st|nd|rd|th|s)$")
_ACCENTS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u200d]")
_LOWER_US = re.compile(r"(?<=\bthe )us\b")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")

# Function words that are names as well, as they are then written; beside them whatever stands in
# capitals among words that do not (IT, WHO), unless it is what people stress (NOT, MUST).
_NAMESAKES = frozenset({"Will", "May", "More", "Most"})
_OPEN_STATEMENTS = frozenset({"Will", "May"})
_STRESSED = frozenset(
    "A I A AN AND ANY ALL ALSO ARE BE BOTH BUT BY EVERY EACH FEW FOR FROM IF IN IS JUST MANY MAY "
    "MORE MOST MUCH MUST NEVER NO NOR NOT NOW OF OFF ON ONCE ONE ONLY OR OUT OVER SAME SO STILL "
    "THAT THE THEN THIS TO TOO UP VERY WAS WERE WILL WITH YOU".split()
)
_SPECIAL = re.compile(r"[A-Z](?:[A-Z]{1,4}|ill|ay|ore|ost)(?![^\W_]|['’](?!s\b))")
_STARTS_AFTER = re.compile(r"(?:^|[.!?:;\n\r\"“”‘(*>|–—-])[\s\"'“‘(\[*_]*$")
_SENTENCE_END = re.compile(r"[.!?\n]")
_FAR, _NEAR = 300, 40
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[^\w\n]*$")
_WORD_AFTER = re.compile(r"[^\w\n]*([^\W\d_]+)")

# "By Jane Doe, Staff Writer" on a line of its own, "Written by ...", "Jane Doe reports".
_NAME = r"(?![a-z\d_])\w[\w.'’-]*"
_ROLE = rf"(?:{_NAME}|and|of|the|for|in|at|with|de|van|von|&|staff|writer|reporter|correspondent)"
_LINE = r"^[ \t>*_#–—-]{0,8}"
_CREDIT = re.compile(
    rf"{_LINE}(?P<by>By):?[ \t]+(?=[^\W\d_]){_NAME}(?:[ \t,|]+(?:{_ROLE}|\d[\d,:]*)){{0,15}}[ \t]*$"
    r"|(?:^|[;|•·–—(])[ \t>*_]*(?:[Aa]dditional )?"
    r"(?:[Ww]ritten|[Rr]eport(?:ed|ing)?|[Aa]uthored|[Ww]ords|[Ss]tory|[Tt]ext|[Ww]riting)"
    rf"[ \t]+(?P<credit>by):?[ \t]+(?=[^\W\d_]){_NAME}"
    rf"|{_LINE}{_NAME}(?:[ \t]+{_NAME}){{1,4}}[ \t]+(?P<verb>reports)\b"
    rf"(?:[ \t]+from[ \t]+{_NAME}(?:[ \t]+{_NAME}){{0,3}})?\.?[ \t]*$",
    re.M,
)
# Looked for first: most texts credit nobody, and plain strings are found much faster.
_CREDITED = (
    "By", "ritten by", "eporting by", "eported by", "uthored by", "ords by", "tory by", "ext by",
    "riting by", " reports",
)  # fmt: skip
AUTHOR = "author"
"""The term of a "by" that names who wrote a document."""
AUTHORSHIP = frozenset(
    {AUTHOR, "authorship", "bylin", "journalist", "report", "writ", "write", "writer", "written",
     "wrote"}
)  # fmt: skip
"""The terms by which people ask who wrote a document."""

_LONGEST_QUESTION = 4_000
_MOST_TERMS = 300


class Token(NamedTuple):
    """A word of a text: its term, its place in that text, and whether it is a function word."""

    term: str
    start: int
    end: int
    stop: bool


class _Terms(dict[str, tuple[str, bool]]):
    """Word as written -> (term, is a function word), worked out once a word.

    Stemming is the slow part and texts repeat themselves; the size is bounded, in words and in
    what a word may be long, because a hostile text need not.
    """

    _LIMIT = 200_000
    _LONGEST = 64

    def __init__(self) -> None:
        super().__init__()
        self._stem = Stemmer.Stemmer("english").stemWord

    def __missing__(self, word: str) -> tuple[str, bool]:
        found = self._analyse(word)
        if len(word) <= self._LONGEST:
            if len(self) >= self._LIMIT:
                self.clear()
            self[word] = found
        return found

    def _analyse(self, word: str) -> tuple[str, bool]:
        # The only words with white space in them are those of `_COUNTRY`.
        if _POSSESSIVE.sub("", word) == "US" or len(word.split()) > 1:
            return "u.s", False
        plain = unicodedata.normalize("NFKD", word).casefold().replace("’", "'")
        if not plain.isascii():
            plain = _ACCENTS.sub("", plain)
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
        if plain in _SAME:
            same = _SAME[plain]
            return (self._stem(same) if same.isalpha() else same), False
        return self._stem(plain) or plain, plain in STOP_WORDS


_terms = _Terms()


def _pattern(text: str) -> re.Pattern[str]:
    return _WORD if text.isascii() else _ANY_WORD


def tokenize(text: str) -> list[Token]:
    """All words of a text, function words too, with their half-open offsets in `text`."""
    return _tokenize(text, _by_place(text))


def _tokenize(text: str, special: dict[int, str]) -> list[Token]:
    tokens = []
    for match in _pattern(text).finditer(text):
        term, stop = _terms[match.group()]
        if special and match.start() in special:
            term, stop = special[match.start()] or term, False
        if term:
            tokens.append(Token(term, match.start(), match.end(), stop))
    return tokens


def terms(text: str) -> list[str]:
    """The terms of a text in order, without function words: what is indexed and looked up."""
    special = _by_place(text)
    if special:
        return [token.term for token in _tokenize(text, special) if not token.stop]
    found = map(_terms.__getitem__, _pattern(text).findall(text))
    return [term for term, stop in found if term and not stop]


def _by_place(text: str) -> dict[int, str]:
    """Where words stand that are terms by their place only: offset -> term, "" for their own."""
    found = {}
    for match in _SPECIAL.finditer(text):
        opens = not text[max(0, match.start() - 1) : match.start()].isalnum()
        if opens and _terms[match.group()][1] and _is_name(text, match):
            found[match.start()] = ""
    if any(mark in text for mark in _CREDITED):
        for match in _CREDIT.finditer(text):
            found[match.start(match.lastgroup or 0)] = AUTHOR
    return found


def _is_name(text: str, match: re.Match[str]) -> bool:
    """Whether a function word that is written as a name is one where it stands."""
    word, start, end = match.group(), *match.span()
    if word not in _NAMESAKES:
        return word not in _STRESSED and not _among_capitals(text, start, end)
    if _STARTS_AFTER.search(text[max(0, start - 12) : start]) is None:
        return True
    # At a sentence's start both have a capital: "Will he go?" asks, and "Will said so." does not.
    ends = _SENTENCE_END.search(text, end, end + _FAR)
    return word in _OPEN_STATEMENTS and not (ends and ends.group() == "?")


def _among_capitals(text: str, start: int, end: int) -> bool:
    """Whether the words beside it on its line stand in capitals too, or there are none."""
    before = _WORD_BEFORE.search(text, max(0, start - _NEAR), start)
    after = _WORD_AFTER.match(text, end, end + _NEAR)
    return all(word[1].isupper() for word in (before, after) if word)


def normalize_question(question: str) -> str:
    """A question as it is looked up: its white space folded, cut after a few hundred terms.

    A lower-case "the us" is read as the country. Where every word has a capital they tell no names,
    and neither does that of a first word: function words are then written small.
    """
    words = question[:_LONGEST_QUESTION].split()
    if not any(word[0].islower() for word in words):
        words = [_small(word) for word in words]
    elif not words[1:2] or not words[1][0].isdigit():  # "May 3" is a date wherever it stands
        words[:1] = map(_small, words[:1])
    text = _LOWER_US.sub("US", " ".join(words))
    if len(text) > _MOST_TERMS:
        content = [token for token in tokenize(text) if not token.stop]
        if len(content) > _MOST_TERMS:
            text = text[: content[_MOST_TERMS].start]
    return text


def _small(word: str) -> str:
    special = word in _OPEN_STATEMENTS or (word.isupper() and word not in ("I", "IT"))
    return word.lower() if special and _terms[word][1] else word


def replace_lone_surrogates(text: str) -> str:
    """The text with halves of surrogate pairs, which no encoding takes, as U+FFFD; as long."""
    return _LONE_SURROGATE.sub("\ufffd", text)
