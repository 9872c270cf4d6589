"""What a whole conversation is about: the page it is on, or what its first question names.

Nothing says outright whether that is somebody, a group or a thing. Its name, a hint in brackets
after it, and the pronouns that are used from then on tell it together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from askdoc.conversation.apart import apart
from askdoc.conversation.lexis import FEMALE, MALE, Kind, kind_of_noun
from askdoc.conversation.mentions import Name, describe, names
from askdoc.conversation.turns import Talk, Turn

_WORD = re.compile(r"[^\W_]+")
_HINT = re.compile(r"\s*\(([^()]*)\)\s*$")
_GROUP_SUBJECT = re.compile(
    r"\bthe (?:band|group|duo|team|company|album|film|movie|song|show|book)\b"
)
_SECTION_PART = re.compile(r"^[\d\s'’s,–-]+:\s*|\s*\([^()]*\)\s*$|:?\s*[\d–-]{4,}$")


def texts_of(turns: Iterable[Turn]) -> Iterable[str]:
    """All that was said in some turns, in order."""
    for turn in turns:
        yield turn.question
        yield turn.answer


def topic_of(talk: Talk, heard: str) -> Name | None:
    """What the conversation is about: its first heading, or else what its first question names."""
    if talk.headings:
        heading = talk.headings[0]
        hint = _HINT.search(heading)
        bare = _HINT.sub("", heading) or heading
        if len(bare.split()) > 8 or bare.endswith((".", "!")):
            found = names(heading)
            return found[0] if found else None
        return _judged(bare, hint[1] if hint else "", talk, heard)
    for turn in reversed(talk.turns):
        found = list(apart(turn.question))
        if found:
            told = talk.known.tell(found[0])
            if told != found[0]:
                return told
            return _judged(found[0].text, found[0].noun, talk, heard, found[0])
    return None


def _judged(bare: str, hint: str, talk: Talk, heard: str, name: Name | None = None) -> Name:
    """The topic, with the kind that its name, a hint in brackets and pronouns give it together."""
    style = re.search(r",.*\b(?:\d|[Dd]uke|[Ee]arl|[Cc]ount|[Bb]aron|[Ll]ord|[Jj]r)", bare)
    bare = bare.split(",")[0] if style else bare
    name = name or describe(bare)
    everywhere = [word.lower() for word in _WORD.findall(heard)]
    men, women = (sum(word in sexed for word in everywhere) for sexed in (MALE, FEMALE))
    noun = next((word.lower() for word in _WORD.findall(hint) if kind_of_noun(word)), "")
    asked = [word.lower() for turn in talk.turns for word in _WORD.findall(turn.question)]
    score = _looks_like_person(name, noun, bare) + 3.0 * bool(style)
    score += min(3, 2 * sum(word in MALE or word in FEMALE for word in asked))
    score += min(1.0, 0.5 * (men + women)) - 1.0 * ("they" in asked)
    score -= 2.0 * bool(called(" ".join(asked))) + 0.5 * bool(called(heard))
    sex = name.sex
    if men != women and (men + women > 2 or sex is None):
        sex = "m" if men > women else "f"
    kind: Kind | None = name.kind
    if score > 1.0:
        return replace(name, kind="person", sex=sex, plural=False, noun="")
    if kind in (None, "person") or noun:
        kind = kind_of_noun(noun) if noun and kind_of_noun(noun) != "person" else None
        if kind is None and score < 0 and "they" in asked:
            kind = "group"
    sex = sex if kind is None and not noun else None
    return replace(name, kind=kind, sex=sex, plural=None, noun=noun)


def _looks_like_person(name: Name, noun: str, bare: str) -> float:
    """How much a name and the noun given with it speak for somebody (above 0) or not (below)."""
    score = {"person": 3.0, "group": -2.0, "thing": -2.0}.get(name.kind or "", 0.0)
    if noun:
        score += 4.0 if kind_of_noun(noun) == "person" else -4.0
    score -= 3.0 * (name.article or bare.startswith("The "))
    return score + 1.5 * (2 <= len(bare.split()) <= 3 and bare.replace(" ", "").isalpha())


def called(text: str) -> str:
    """The noun by which a text speaks of a group or a work: "band" where it has "the band"."""
    found = _GROUP_SUBJECT.search(text)
    return found.group().split()[-1] if found else ""


def section_heading(talk: Talk) -> str:
    """The second heading, without the years that stand beside it; "" where there is none."""
    return _SECTION_PART.sub("", talk.headings[1]).strip() if talk.headings[1:] else ""


def section_of(talk: Talk) -> Name | None:
    """What the second heading names, where it is a name: "1982: Blue Coast"."""
    bare = section_heading(talk)
    found = next((name for name in names(f"x {bare}") if name.text == bare), None)
    if found is not None and re.search(r"\d{4}", talk.headings[1]):
        return replace(found, kind="thing")
    return found
