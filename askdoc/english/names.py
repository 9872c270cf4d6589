"""Proper names in a text, and the type, gender and number of what each of them names.

Capitals tell most; given names and titles tell the gender. What remains unknown
agrees with any pronoun.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from unicodedata import normalize

from askdoc.english import word_classes as en
from askdoc.english.dates import CALENDAR
from askdoc.english.terms import STOP_WORDS
from askdoc.english.verb_frames import speaks

# "Dr.", "J.R.", "O'Neill", "Saint-Just"
_CAPITALISED = (
    rf"(?:(?:{en.SHORT_TITLE}|Jr|Sr)\.|[A-Z]\.(?:[A-Z]\.)*|[^\W\d_a-z][\w'’]*(?:[.-][\w'’]+)*)"
)
_LINK = r"(?:of|the|and|de|la|del|da|di|du|van|von|der|den|bin|al|el|&)"
# "Anna van der Berg", "Barrow & Sons", "Apollo 11"
_MORE = rf"(?: (?:{_LINK} ){{0,2}}{_CAPITALISED}| \d{{1,3}}\b)"
NAME = re.compile(rf"{_CAPITALISED}{_MORE}*")
# Nobody has more names; without a bound a long run of capitals is tried from each of them on.
_ACTS = re.compile(rf"(?<![\w'’])({_CAPITALISED}{_MORE}{{0,9}}) (was born|[a-z]+)\b")
_INSIDE = re.compile(r"(?<=[a-z,] )[A-Z][\w'’-]+")
_COMMON = re.compile(r"\b[a-z]+\b")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:;…] )[\s\"“‘'(\[]*$")
# "'s", " was", " opened": what stands behind the subject of a sentence.
_VERB_AFTER = re.compile(
    r"['’]s\b| (?:himself|herself|itself|also|later|then|first|who|was|is|were|are|has|had|did|does"
    r"|would|could|will|said|says|became|began|won|took|made|got|left|went|[a-z]{2,}ed)\b"
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_POSSESSIVE = re.compile(r"['’]s?$")
_NO_NAMES = CALENDAR | frozenset(
    "i yes ok english american british french german spanish italian tv uk us usa".split()
)
_JOINED = re.compile(r"\band\b|&")
_AND = re.compile(r",? and |&")
# What a surname begins with: "Pierre" is not short for "St. Pierre".
_PARTICLES = frozenset("de la da di du van von der den bin al el st st. saint ste ste. le".split())
_WORD = re.compile(r"[^\W_]+")
_FEWEST_LETTERS = 5  # of the longest word of a heading; what is shorter may stand for something
NO_PERSON = frozenset("of the and & for in".split())
"""Words within a name that is no person's."""


@dataclass(frozen=True)
class Name:
    """What a name tells: `type`, `gender` and `plural` are None where it tells nothing about them.

    `article` is set where it is written after "the". `start` and `end` are offsets in the text that
    it was found in.
    """

    text: str
    type: en.EntityType | None = None
    gender: en.Gender | None = None
    plural: bool | None = None
    article: bool = False
    start: int = 0
    end: int = 0

    @property
    def shown(self) -> str:
        """The name as it stands within a sentence."""
        return f"the {self.text}" if self.article else self.text

    @property
    def words(self) -> frozenset[str]:
        """Its words in lower case, but for function words."""
        plain = _ACCENTS.sub("", normalize("NFKD", _POSSESSIVE.sub("", self.text.lower())))
        return frozenset(_WORD.findall(plain)) - STOP_WORDS

    def same(self, other: Name) -> bool:
        """True where one of the two names may be short for the other."""
        return bool(self.words) and (self.words <= other.words or other.words <= self.words)


def names_apart(sentence: str) -> Iterator[Name]:
    """The names of a sentence, each by itself and without the titles that stand before it.

    "U.S. President Donald Trump" is the name of a person, Donald Trump, after a title, and "Ada and
    Karl Weber" are two names. Only a title, or a given name with a surname, makes it a person's.
    """
    for joined in names(sentence):
        at = joined.start
        for part in _AND.split(sentence[joined.start : joined.end]):
            bare = _without_home(part.strip())
            start = sentence.find(bare, at)
            at = start + len(bare)
            if bare and bare[0].isupper():
                alone = bare == joined.text
                yield _untitled(joined if alone else describe(bare), bare, start, at)


def _without_home(bare: str) -> str:
    """A full name without where its bearer lives: "Ada Marsh of Mill Lane"."""
    head, of, _ = bare.partition(" of ")
    person = of and " " in head and describe(head).type == "person"
    return head if person and en.gender_of_given_name(head.split()[0]) else bare


def _untitled(name: Name, bare: str, start: int, end: int) -> Name:
    words = bare.split()
    title = next((at for at in reversed(range(len(words))) if en.is_title(words[at])), None)
    if title is None or title + 1 == len(words) or name.type == "group":
        whole = len(words) > 1 and NO_PERSON.isdisjoint(words) and not en.gender_of_word(words[0])
        type_ = None if name.type == "person" and not whole else name.type
        return replace(name, type=type_, start=start, end=end)
    rest = " ".join(words[title + 1 :])
    told = describe(rest)
    gender = told.gender or en.gender_of_word(words[title])
    begins = end - len(rest)
    return replace(told, type="person", gender=gender, plural=False, start=begins, end=end)


def names(text: str) -> Iterator[Name]:
    """The names in a text, in order."""
    for match in NAME.finditer(text):
        start, end = match.span()
        start = _after_function_words(text, start, end)
        bare = _POSSESSIVE.sub("", text[start:end]) if start < end else ""
        if len(bare) < 2 or bare.lower() in _NO_NAMES or bare.split()[0].lower() in CALENDAR:
            continue
        if (" " not in bare and en.type_of_noun(bare)) or _is_heading(bare):
            continue
        end = start + len(bare)
        opens = _OPENS_SENTENCE.search(text[max(0, start - 8) : start])
        if opens and not _is_name_at_opening(bare, text, end):
            continue
        name = describe(bare)
        article = text[max(0, start - 4) : start].lower() == "the "
        if article and name.type is None and en.is_plural(bare):
            name = replace(name, type="group", plural=True)
        yield replace(name, article=article, start=start, end=end)


def _is_heading(bare: str) -> bool:
    """True of common words in capitals: "LEASE AGREEMENT", but neither "JANE ROE" nor "NASA"."""
    words = _WORD.findall(bare.lower())
    longest = max(map(len, words), default=0)
    return bare.isupper() and longest >= _FEWEST_LETTERS and all(map(en.is_common, words))


def _after_function_words(text: str, start: int, end: int) -> int:
    """Where a name begins whose first words may only have the capital of a sentence's opening."""
    while start < end:
        word = re.match(r"[\w'’]+", text[start:end])
        if word is None or re.sub("['’]", "", word.group().lower()) not in STOP_WORDS:
            return start
        gap = re.match(r",? *", text[start + word.end() : end])
        start += word.end() + (gap.end() if gap else 0)
    return end


def _is_name_at_opening(bare: str, text: str, end: int) -> bool:
    """True of a first word that would have its capital elsewhere, too, as a subject's."""
    if " " in bare or not bare.isalpha() or (bare.isupper() and len(bare) > 1):
        return True
    if en.gender_of_given_name(bare) or len(text) <= len(bare) + 2:
        return True
    return not bare.endswith(("s", "ly", "ing")) and _VERB_AFTER.match(text, end) is not None


def describe(bare: str) -> Name:
    """A name by itself, without what stands around it."""
    words = bare.split() or [""]
    first, last = words[0], words[-1]
    given = en.gender_of_given_name(first) if len(words) < 4 else None
    gender = en.gender_of_word(first) or given
    courtesy = first.lower().rstrip(".") in en.COURTESY_TITLES  # "Mr. Hall"
    type_ = en.type_of_noun(last) if len(words) > 1 and not courtesy else None
    if type_ in ("group", "thing"):
        return Name(bare, type_, None, type_ == "group")
    if en.is_title(first) or (gender and not _JOINED.search(bare)):
        return Name(bare, "person", gender, False)
    if _JOINED.search(bare):
        return Name(bare, None, None, True)
    if first == "The" or (en.is_plural(last) and len(words) > 1):
        return Name(bare, None if first == "The" else "group", None, None)
    return Name(bare)


def surname(text: str) -> str:
    """The last part of a name, with its particle: "St. Pierre" of "Georges St. Pierre"."""
    words = text.split()
    at = len(words) - 1
    while at > 0 and words[at - 1].lower() in _PARTICLES:
        at -= 1
    return " ".join(words[at:])


def is_short_form(one: str, other: str) -> bool:
    """True of one name and another in short: a surname, a given name, no middle name."""
    short, long = sorted((one.lower().split(), other.lower().split()), key=len)
    if len(short) > 1 and " ".join(short) != surname(" ".join(long)):
        return set(short) <= set(long)
    whole = " ".join(short)
    parts = (" ".join(long), long[0], surname(" ".join(long)))
    return whole == parts[0] or (whole in parts and NO_PERSON.isdisjoint(long))


def possessive(text: str) -> str:
    """A name as an owner: "Marsh's", "the Cardinals'"."""
    return f"{text}'" if text.endswith("s") else f"{text}'s"


class KnownNames:
    """What the capitals of some texts tell of names.

    `known` counts the words with a capital inside a sentence, `common` holds those without one, and
    `people` the last words of names whose bearers speak, were born or have a title.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.known: Counter[str] = Counter()
        self.people: set[str] = set()
        self.common: set[str] = set()
        for text in texts:
            self.known.update(_INSIDE.findall(text))
            self.common.update(_COMMON.findall(text))
            for name, verb in _ACTS.findall(text):
                last = _bearer(name)
                acts = verb == "was born" or speaks(verb) or en.is_title(name.split()[0])
                if acts and not en.type_of_noun(last):
                    self.people.add(last)
        self.people -= {word.capitalize() for word in STOP_WORDS}

    def is_name(self, words: str) -> bool:
        """True for capitalized words at a sentence's start that are more than its first word."""
        first, *others = words.split()
        low = first.lower()
        if others and en.is_title(first):
            return True
        if low in STOP_WORDS or low.rstrip("s") in STOP_WORDS:
            return False
        return self.known[first] > 0 or (bool(others) and low not in self.common)

    def is_proper(self, word: str) -> bool:
        """True for a word that keeps its capital inside a sentence: "African", "TIPS"."""
        known = self.known[word] > 0 and word.lower() not in self.common
        return known or word[1:] != word[1:].lower()

    def is_person(self, words: str) -> bool:
        """True for the name of somebody, by what it says itself or by what the texts say."""
        told = " " in words and describe(words).type == "person"
        return told or _bearer(words) in self.people


def _bearer(name: str) -> str:
    """The word that tells whose a name is: "Harald" of "King Harald of Norway"."""
    return name.partition(" of ")[0].split()[-1]
