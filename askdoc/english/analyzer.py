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
import string
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import NamedTuple

from askdoc.english.terms import COUNTRY, STOP_WORDS, TERMS, pattern

__all__ = [
    "AUTHOR",
    "AUTHORSHIP",
    "STOP_WORDS",
    "Token",
    "joined_terms",
    "name_in_words",
    "normalize_question",
    "replace_lone_surrogates",
    "terms",
    "tokenize",
]

_LOWER_US = re.compile(r"(?<=\bthe )us\b")
_APART = re.compile(r"[\W_]+")
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


class _Chunks(dict[str, str]):
    """What stands between two white spaces, as written -> its terms, a blank after each.

    Texts repeat "house," and "foo.bar" so much that looking up is far faster than finding words. It
    is exact, because no word but "United States" has white space inside; what does not depend on
    the chunk alone has a mark of `_UNSURE` before its terms. When full it becomes the older half,
    from which chunks come back when they are met again, so that the common ones stay.
    """

    _LIMIT = 200_000
    _LONGEST = 64

    def __init__(self) -> None:
        super().__init__()
        self._older: dict[str, str] = {}

    def __missing__(self, chunk: str) -> str:
        found = self._older.get(chunk)
        if found is None:
            bare = chunk.strip(_AROUND)
            found = self[bare] if bare != chunk else _chunk_terms(chunk)
        if len(chunk) <= self._LONGEST:
            if len(self) >= self._LIMIT:
                self._older = dict(self)
                self.clear()
            self[chunk] = found
        return found


# A chunk may hold a name or begin "United States"; it may give credit.
_PLACED, _CREDITING = _UNSURE = "\x00\x01"
_CLEAR = str.maketrans(dict.fromkeys(_UNSURE))
_chunks = _Chunks()
_CHUNK = re.compile(r"\S*")
# No word has any of these in it, and none looks whether one of them or a blank follows.
_PARTING = "".join(set(map(chr, range(128))) - set(string.ascii_letters + string.digits + "._,'"))
_PARTED = str.maketrans(dict.fromkeys(_PARTING, " "))
# "U.N.'s" differs from "U.N.'s_", but from nothing else does "_" keep words apart.
_PARTED_LOW = str.maketrans(dict.fromkeys(_PARTING + "_", " "))
# No word begins or ends with these; a full stop only where there are others inside.
_AROUND = _PARTING + ",'“”‘’…"
# With these begins what `_CREDIT` finds, or with a word that opens like "reports".
_CREDITING_ENDS = (
    "By", "By:", "ritten", "eport", "eported", "eporting", "uthored", "Words", "words", "tory",
    "Text", "text", "riting",
)  # fmt: skip


def _parted(text: str) -> Iterable[str]:
    """The chunks of a text: what stands between white space or, in ASCII, marks that part words."""
    if text.isascii():  # translating is fast only then
        text = text.translate(_PARTED if "s_" in text else _PARTED_LOW)
    return text.split()


def _chunk_terms(chunk: str) -> str:
    if chunk.isalnum() and chunk.isascii():
        term, stop = TERMS.analyse(chunk)
        joined = "" if stop else term + " "
        if stop and not chunk.islower() and _SPECIAL.match(chunk):
            joined = _PLACED
    else:
        joined = _several_terms(chunk)
    if chunk.endswith("nited"):
        joined = _PLACED + joined
    if chunk.endswith(_CREDITING_ENDS) or chunk.startswith("reports"):
        joined = _CREDITING + joined
    return joined


def _several_terms(chunk: str) -> str:
    found = [term for term, stop in map(TERMS.__getitem__, pattern(chunk).findall(chunk))
             if term and not stop]  # fmt: skip
    joined = "".join([term + " " for term in found])
    if not chunk.islower() and any(True for _ in _namesakes(chunk)):
        joined = _PLACED + joined
    return joined


def terms(text: str) -> list[str]:
    """The terms of a text in order, without function words: what is indexed and looked up."""
    joined = "".join(map(_chunks.__getitem__, _parted(text)))
    # No term has a control character in it: words do not.
    if _PLACED in joined or _CREDITING in joined:
        return _unsure_terms(text, joined)
    return joined.split()


def joined_terms(text: str) -> str:
    """`terms` with a blank between them, for whom a string will do: it takes less time."""
    joined = "".join(map(_chunks.__getitem__, _parted(text)))
    if _PLACED in joined or _CREDITING in joined:
        return " ".join(_unsure_terms(text, joined))
    return joined[:-1]


def _unsure_terms(text: str, joined: str) -> list[str]:
    """The terms of a text some chunk of which has a mark of `_UNSURE` in `joined`."""
    special: dict[int, str] = {}
    doubtful: list[tuple[int, int]] = []
    if _PLACED in joined:
        special = _names(text)
        doubtful = [match.span() for match in COUNTRY.finditer(text)]
    if _CREDITING in joined:
        special |= _credits(text)
    if not special and not doubtful:
        return joined.translate(_CLEAR).split()
    doubtful += [(at, at + 1) for at in special]
    found: list[str] = []
    at = 0
    for start, end in _whole_chunks(text, sorted(doubtful)):
        found += _plain_terms(text[at:start])
        found += _content(_tokenize(text, special, start, end))
        at = end
    found += _plain_terms(text[at:])
    return found


def _plain_terms(text: str) -> list[str]:
    return "".join(map(_chunks.__getitem__, _parted(text))).translate(_CLEAR).split()


def _whole_chunks(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans, which are in order, widened to the white space around them and then joined."""
    wide: list[tuple[int, int]] = []
    for start, end in spans:
        at = wide[-1][1] if wide else 0
        if end <= at:
            continue
        if start < at:
            start = wide.pop()[0]
        else:
            before = text[at:start].rsplit(None, 1)
            if before and not text[start - 1].isspace():
                start -= len(before[-1])
        match = _CHUNK.match(text, end)
        wide.append((start, match.end() if match else end))
    return wide


def tokenize(text: str) -> list[Token]:
    """All words of a text, function words too, with their half-open offsets in `text`."""
    return _tokenize(text, _names(text) | _credits(text), 0, len(text))


def _tokenize(text: str, special: dict[int, str], start: int, end: int) -> list[Token]:
    tokens = []
    for match in pattern(text).finditer(text, start, end):
        term, stop = TERMS[match.group()]
        if special and match.start() in special:
            term, stop = special[match.start()] or term, False
        if term:
            tokens.append(Token(term, match.start(), match.end(), stop))
    return tokens


def _content(tokens: Iterable[Token]) -> list[str]:
    return [token.term for token in tokens if not token.stop]


def _namesakes(text: str) -> Iterator[re.Match[str]]:
    """The function words that are written as names are."""
    for match in _SPECIAL.finditer(text):
        opens = not text[max(0, match.start() - 1) : match.start()].isalnum()
        if opens and TERMS[match.group()][1]:
            yield match


def _names(text: str) -> dict[int, str]:
    """Where function words stand that are names there: offset -> "", for the term is their own."""
    return {match.start(): "" for match in _namesakes(text) if _is_name(text, match)}


def _credits(text: str) -> dict[int, str]:
    """Where a word says who wrote the text: offset -> term."""
    # A loop takes half the time of any().
    for mark in _CREDITED:
        if mark in text:
            break
    else:
        return {}
    return {match.start(match.lastgroup or 0): AUTHOR for match in _CREDIT.finditer(text)}


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
    return word.lower() if special and TERMS[word][1] else word


def name_in_words(source: str) -> str:
    """The name of a file without folders and suffix, in words: "late_fees-2024.pdf" is "late fees
    2024"."""
    return " ".join(_APART.split(PurePath(source).stem)).strip()


def replace_lone_surrogates(text: str) -> str:
    """The text with halves of surrogate pairs, which no encoding takes, as U+FFFD; as long."""
    return _LONE_SURROGATE.sub("\ufffd", text)
