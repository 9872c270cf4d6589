"""Fragments that swap a part of the question before: "And the roof?", "With whom?", "How many?"

What they replace is found by its form: a noun phrase takes the place of the one at the end, a
question word of its own the place of the old one.
"""

from __future__ import annotations

import re

from askdoc.conversation.lexis import AUXILIARIES, is_person_noun
from askdoc.conversation.nouns import is_plural
from askdoc.conversation.turning import is_participle, turn_round
from askdoc.verbs import PARTICIPLES, PASTS
from askdoc.words import STOP_WORDS

_LEAD = r"\W*(?:(?:and|but|so|or|ok|then|what about|how about) )*"
_DETERMINED = r"(?:the|an?|this|that|these|those|any|some|his|her|its|their|my|our|[\w.-]+['’]s)"
_NOUNS = r"[a-z][\w-]*(?: [a-z][\w-]*){0,2}"
_NOUN_PHRASE = re.compile(rf"{_LEAD}({_DETERMINED} {_NOUNS})\W*", re.I)
_AT_END = re.compile(rf"\b{_DETERMINED} {_NOUNS}\W*$", re.I)
_VERB = re.compile(rf"\b(?:{AUXILIARIES}|be|been|who|what|when|where|why|how|which|that)\b", re.I)
_ASKING = re.compile(
    rf"{_LEAD}((?:in|on|at|for|from|to|with|by|about|of|since|until|under|against|after|before"
    r"|between) (?:whom?|what|which"
    r"|where|when|how much|how many|how long)(?: [a-z]+)?"
    r"|(?:how many|how much|what|which) (?!ones?\b)[a-z]{3,}(?: [a-z]{3,})?)\W*",
    re.I,
)
_SAID = re.compile(
    rf"\W*(?:(?:in|on|at|for|from|to|with|by|of) )?(?P<asked>(?:what|which|who|whom|when|where|why"
    rf"|how)(?: (?!(?:{AUXILIARIES})\b)[^? ]+){{0,3}}?) (?P<auxiliary>{AUXILIARIES})"
    r" (?P<rest>[^?]+?)\W*",
    re.I,
)
_POLAR = re.compile(rf"\W*(?P<auxiliary>{AUXILIARIES}) (?P<rest>[^?]+?)\W*", re.I)
_STRANDED = re.compile(rf"{_LEAD}(who|what|where) (of|with|from|for|to|about|against|in)\W*", re.I)
_DOES = re.compile(
    rf"(?P<asked>\W*(?:how|what|when|where|why)(?: [a-z]+)?) (?P<auxiliary>do|does|did|will|can)"
    rf" {_DETERMINED} {_NOUNS} (?P<verb>[a-z]{{3,}})\W*",
    re.I,
)
_DO = re.compile(r"\b(?:i|we|you|they|he|she|it|\w+) do\b", re.I)
_BARE_NOUN = re.compile(r"\W*(?:and|what about|how about) ([a-z]{3,}(?: [a-z]{3,})?)\W*", re.I)
_HOW_MANY = re.compile(rf"\W*(how (?:many|much)) (?!(?:{AUXILIARIES})\b)[a-z-]+(?= )", re.I)
_NAMED_SUBJECT = re.compile(
    rf"(\W*(?:[A-Za-z]+ ){{1,3}}(?:{AUXILIARIES})) ((?:[A-Z][\w'’.-]* )+)(.+)$"
)
_LONGEST = 5  # words


def is_swap(question: str) -> bool:
    """Whether a question is no more than a noun phrase, or a question word with a noun."""
    if len(question.split()) > _LONGEST + 2:
        return False
    bare = _BARE_NOUN.fullmatch(question)
    if _STRANDED.fullmatch(question):
        return True
    return bare is not None or _asking(question) is not None or _noun_phrase(question) is not None


def swap(question: str, before: str, answer: str = "") -> str | None:
    """The question before with the fragment in its place, None where nothing tells which place.

    `answer` is what the question before was answered with.
    """
    stranded = _STRANDED.fullmatch(question)
    if stranded is not None:
        return _with_stranded(stranded, before)
    asking = _asking(question)
    if asking is not None:
        return _with_asking(asking, before, answer)
    counted = _counted(question, before)
    if counted is not None:
        return counted
    phrase = _noun_phrase(question)
    bare = _BARE_NOUN.fullmatch(question)
    if phrase is not None or (bare is not None and bare[1].lower() not in STOP_WORDS):
        subject = _as_subject(phrase or (bare[1] if bare else ""), before)
        if subject is not None:
            return subject
    old = _AT_END.search(before.rstrip(" ?.!")) if phrase else None
    if phrase is not None and is_person_noun(phrase.split()[-1]):
        named = _NAMED_SUBJECT.match(before)
        if named is not None:
            return f"{named[1]} {phrase} {named[3].rstrip(' ?.!')}?"
    if phrase is None or old is None or any(map(_is_verb, old.group().lower().split()[1:])):
        return None
    return f"{before[: old.start()]}{phrase}?"


def _acts(said: re.Match[str]) -> bool:
    """Whether somebody does something, or something is done, in a question."""
    copula = said["auxiliary"].lower() in ("is", "are", "was", "were")
    return not copula or any(map(is_participle, said["rest"].split()))


def _with_stranded(asking: re.Match[str], before: str) -> str | None:
    """ "What of?" after "When did Marsh die?": "What did Marsh die of?" """
    said = _SAID.fullmatch(before) or _POLAR.fullmatch(before)
    if said is None or said["rest"].endswith(f" {asking[2]}"):
        return None
    return f"{asking[1].capitalize()} {said['auxiliary'].lower()} {said['rest']} {asking[2]}?"


def _as_subject(phrase: str, before: str) -> str | None:
    """ "And the island?" after "How much does the mine cost?": "How much does the island cost?" """
    said = _DOES.fullmatch(before)
    if said is None:
        return None
    auxiliary = said["auxiliary"].lower()
    if auxiliary in ("do", "does"):
        auxiliary = "do" if is_plural(phrase.split()[-1]) else "does"
    return f"{said['asked']} {auxiliary} {phrase} {said['verb']}?"


def _counted(question: str, before: str) -> str | None:
    """ "And doctors?" after "How many nurses are there?": "How many doctors are there?" """
    bare = _BARE_NOUN.fullmatch(question)
    asked = _HOW_MANY.match(before) if bare else None
    if bare is None or asked is None or bare[1].lower() in STOP_WORDS | {"then", "now"}:
        return None
    return f"{asked[1]} {bare[1]} {before[asked.end() :].lstrip()}"


def _noun_phrase(question: str) -> str | None:
    found = _NOUN_PHRASE.fullmatch(question)
    return found[1] if found and not _VERB.search(found[1].partition(" ")[2]) else None


def _is_verb(word: str) -> bool:
    return word in PASTS or word in PARTICIPLES or _VERB.fullmatch(word) is not None


def _asking(question: str) -> str | None:
    found = _ASKING.fullmatch(question)
    return found[1] if found and not re.search(rf"\b(?:{AUXILIARIES})\b", found[1]) else None


def _with_asking(asking: str, before: str, answer: str) -> str | None:
    """ "With whom?" after "When did Marsh leave?": "With whom did Marsh leave?" """
    noun = asking.split()[0].lower() in ("how", "what", "which")
    turned = None if noun else turn_round(before, answer)
    if turned is not None:
        return f"{asking[0].upper()}{asking[1:]} {turned.auxiliary} {turned.rest}?"
    said = _SAID.fullmatch(before)
    whole = said or _POLAR.fullmatch(before)
    if whole is None or not _acts(whole) or _DO.match(whole["rest"]):
        return None
    if noun and (said is None or said["asked"].split()[0].lower() not in ("what", "which", "who")):
        return None
    if noun and whole["auxiliary"].lower() in ("is", "was") and len(whole["rest"].split()) < 3:
        return None
    return f"{asking[0].upper()}{asking[1:]} {whole['auxiliary'].lower()} {whole['rest']}?"
