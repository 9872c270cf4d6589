"""Names in questions and answers, and what kind of thing each of them names.

Capitals, quotation marks and the noun beside a name tell most ("the album Blue Coast"); given names
and titles tell the sex. What remains unknown agrees with any pronoun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from unicodedata import normalize

from askdoc.conversation.lexis import (
    GROUPS,
    WORKS,
    Kind,
    Sex,
    kind_of_noun,
    sex_of_given_name,
    sex_of_word,
)
from askdoc.words import STOP_WORDS

_CAP = (
    r"(?:(?:St|Mrs?|Ms|Dr|Sgt|Gen|Col|Capt|Lt|Prof|Rev|Jr|Sr)\.|[A-Z]\.(?:[A-Z]\.)*"
    r"|[^\W\d_a-z][\w'’]*(?:[.-][\w'’]+)*)"
)
_LINK = r"(?:of|the|and|de|la|del|da|di|du|van|von|der|den|bin|al|el|&)"
_NAME = re.compile(rf"{_CAP}(?: (?:{_LINK} ){{0,2}}(?:{_CAP}|\d{{1,3}}\b))*")
_QUOTED = re.compile(r"[\"“]([^\"“”\n]{2,60})[\"”]|(?<!\w)[‘']([A-Z][^'‘’\n]{2,60})[’'](?!\w)")
_WORD_BEFORE = re.compile(r"([^\W\d_]+),? ?[\"“‘']?$")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?:;…] )[\s\"“‘'(\[]*$")
_VERB_AFTER = re.compile(
    r"['’]s\b| (?:himself|herself|itself|also|later|then|first|who|was|is|were|are|has|had|did|does"
    r"|would|could|will|said|says|became|began|won|took|made|got|left|went|[a-z]{2,}ed)\b"
)
_ACCENTS = re.compile("[\u0300-\u036f]")
_POSSESSIVE = re.compile(r"['’]s?$")
_MONTHS = frozenset(
    "january february march april may june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday".split()
)
_NO_NAMES = _MONTHS | frozenset(
    "i yes ok english american british french german spanish italian tv uk us usa".split()
)
_PLURAL_LAST = re.compile(r"[^\W\d_]{3,}(?<![sui])s$")
_JOINED = re.compile(r"\band\b|&")


@dataclass(frozen=True)
class Name:
    """What a name tells: `kind`, `sex` and `plural` are None where it tells nothing about them.

    `noun` is the common noun that stood beside it ("album"), "" where there was none; `article` is
    whether it is written after "the".
    """

    text: str
    kind: Kind | None = None
    sex: Sex | None = None
    plural: bool | None = None
    noun: str = ""
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
        found = re.findall(r"[^\W_]+", plain)
        return frozenset(word for word in found if word not in STOP_WORDS)

    def same(self, other: Name) -> bool:
        """Whether one of the two names may be short for the other."""
        return bool(self.words) and (self.words <= other.words or other.words <= self.words)


def names(text: str) -> list[Name]:
    """The names in a text, in order, none within another."""
    quoted = list(_quoted(text))
    bare = [
        name
        for name in _capitalised(text)
        if not any(name.start < other.end and other.start < name.end for other in quoted)
    ]
    return sorted([*quoted, *bare], key=lambda name: name.start)


def _quoted(text: str) -> Iterator[Name]:
    for match in _QUOTED.finditer(text):
        inner = (match[1] or match[2]).strip(" ,.")
        words = [word for word in inner.split() if word.lower() not in STOP_WORDS]
        if words and sum(word[0].isupper() for word in words) * 2 > len(words) and len(words) < 8:
            noun = _noun_before(text, match.start())
            shown = match.group().replace(',"', '"').replace(",”", "”")
            yield Name(shown, "thing", None, False, noun, False, *match.span())


def _capitalised(text: str) -> Iterator[Name]:
    for match in _NAME.finditer(text):
        start, end = match.span()
        start = _after_function_words(text, start, end)
        bare = _POSSESSIVE.sub("", text[start:end]) if start < end else ""
        if not bare or bare.lower() in _NO_NAMES or (len(bare) < 2):
            continue
        if bare.split()[0].lower() in _MONTHS or (" " not in bare and kind_of_noun(bare)):
            continue
        if _opens_sentence(text, start) and not _is_name_at_opening(bare, text, start + len(bare)):
            continue
        yield _described(bare, text, start, start + len(bare))


def _after_function_words(text: str, start: int, end: int) -> int:
    """Where a name begins whose first words may only have the capital of a sentence's opening."""
    while start < end:
        word = re.match(r"[\w'’]+", text[start:end])
        if (
            word is None
            or word.group().lower().replace("’", "'").replace("'", "") not in STOP_WORDS
        ):
            return start
        if word.group().lower() in ("the", "a", "an") and start + word.end() < end:
            # "The Who" is all function words, and a name within a sentence.
            rest = text[start + word.end() : end].split()
            if all(part.lower() in STOP_WORDS for part in rest) and not _opens_sentence(
                text, start
            ):
                return start
        gap = re.match(r",? *", text[start + word.end() : end])
        start += word.end() + (gap.end() if gap else 0)
    return end


def _opens_sentence(text: str, at: int) -> bool:
    return _OPENS_SENTENCE.search(text[max(0, at - 8) : at]) is not None


def _is_name_at_opening(bare: str, text: str, end: int) -> bool:
    """Whether a first word would have its capital elsewhere, too: a subject and its verb tell."""
    if " " in bare or not bare.isalpha() or (bare.isupper() and len(bare) > 1):
        return True
    if sex_of_given_name(bare) or len(text) <= len(bare) + 2:
        return True
    return not bare.endswith(("s", "ly", "ing")) and _VERB_AFTER.match(text, end) is not None


def _noun_before(text: str, at: int) -> str:
    before = _WORD_BEFORE.search(text[max(0, at - 24) : at])
    noun = before[1].lower() if before else ""
    return noun if noun in WORKS or noun in GROUPS else ""


def _described(bare: str, text: str, start: int, end: int) -> Name:
    name = describe(bare)
    noun = _noun_before(text, start)
    before = text[max(0, start - 4) : start].lower() == "the "
    if before and name.kind is None and _PLURAL_LAST.search(bare):
        name = replace(name, kind="group", plural=True)
    if noun in WORKS:
        name = replace(name, kind="thing", sex=None, plural=False)
    elif noun:
        name = replace(name, kind="group", sex=None, plural=True)
    return replace(name, noun=noun, article=before, start=start, end=end)


def describe(bare: str) -> Name:
    """A name by itself, without what stands around it."""
    words = bare.split() or [""]
    first, last = words[0], words[-1]
    sex = sex_of_word(first) or (sex_of_given_name(first) if len(words) < 4 else None)
    if kind_of_noun(last) in ("group", "thing") and len(words) > 1:
        plural = kind_of_noun(last) == "group"
        return Name(bare, kind_of_noun(last), None, plural)
    if kind_of_noun(first) == "person" or (sex and not _JOINED.search(bare)):
        return Name(bare, "person", sex, False)
    if _JOINED.search(bare):
        return Name(bare, None, None, True)
    if first == "The" or (_PLURAL_LAST.search(last) and len(words) > 1):
        return Name(bare, None if first == "The" else "group", None, None)
    return Name(bare)


def possessive(text: str) -> str:
    """A name as an owner: "Marsh's", "the Cardinals'"."""
    if text.endswith(('"', "”")):
        return f"{text[:-1]}'s{text[-1]}"
    return f"{text}'" if text.endswith("s") else f"{text}'s"
