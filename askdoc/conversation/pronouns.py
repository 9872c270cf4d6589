"""Anaphoric pronouns of a question, replaced by their antecedents.

A pronoun that a name or another pronoun within the same question explains stays: "When did Marsh
sell his boat?" says whose boat it was. One does not: beside a name as its verb's subject "him" is
somebody else.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from askdoc.conversation.antecedents import Antecedents, pronoun_class
from askdoc.english import word_classes as en
from askdoc.english.names import Name, names, possessive
from askdoc.english.terms import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLITIC = re.compile(r"['’](?:s|d|ll|ve|re)$", re.I)
# An "it" that stands for nothing: "is it true", "how long does it take", "made it hard to".
_EXPLETIVE = re.compile(
    r"\b(?:is|was|isn['’]t|be) it (?:\w+ )?(?:that|to|true|known|clear|said|like|when|if)\b"
    r"|\b(?:say|said|do|did|mean|meant) it\b(?=\W*$| (?:in|on|for|with|by|at|before|after|again"
    r"|because|so|to|was|is|all|that)\b)"
    r"|\b(?:do|does|did|will|would) it (?:take|say|mention|state|tell|explain|matter|happen|rain"
    r"|mean (?:when|if|to|that|for)|cost to)\b"
    r"|\bit (?:says?|said|takes?|took|happens?|seems?|turns out|(?:is|was) (?:\w+ )?to)\b"
    r"|\b(?:makes?|made|making|finds?|found|thinks?|thought) it (?:\w+ )?[a-z]+ (?:to|for|that)\b"
    r"|\bas it (?:is|was|does|did|has)\b|\bwhat it (?:means?|meant|is|was|takes?)\b"
    r"|\b(?:how far|what time) (?:is|was) it\b|\bmake it (?:to|big|into)\b",
    re.I,
)
_OBJECTS = frozenset("him her them it".split())
# "her own mill", but not "tell her that"
_OWNED = re.compile(
    rf" +(?!(?:{'|'.join(sorted(STOP_WORDS - {'own', 'other', 'most', 'more'}))})\b)\w", re.I
)


class _Pronoun(NamedTuple):
    word: str
    start: int
    end: int
    possessive: bool

    @property
    def kind(self) -> str:
        return pronoun_class(self.word)


def replace_pronouns(question: str, antecedents: Antecedents) -> str:
    """The question with names in place of the pronouns that nothing within it explains."""
    here = list(names(question))
    settled: set[str] = set()
    put_in: list[Name] = []
    pieces: list[str] = []
    at = 0
    for pronoun in unexplained(question, here, antecedents):
        name = antecedents.of(pronoun.word, [*here, *put_in])
        # Of two pronouns of one class the second goes on to mean what the first does.
        if pronoun.kind in settled or name is None or name.shown.lower() in question.lower():
            continue
        settled.add(pronoun.kind)
        put_in.append(name)
        pieces += [question[at : pronoun.start], _shown(name, pronoun)]
        at = pronoun.end
    return "".join([*pieces, question[at:]])


def unexplained(question: str, here: list[Name], antecedents: Antecedents) -> list[_Pronoun]:
    """The pronouns that nothing within the question explains."""
    explained: set[str] = set()
    found = []
    for pronoun in _pronouns(question):
        beside = [name for name in here if name.end <= pronoun.start]
        if pronoun.kind in explained or _explained(pronoun, beside, question, antecedents):
            explained.add(pronoun.kind)
        else:
            found.append(pronoun)
    return found


def _pronouns(question: str) -> list[_Pronoun]:
    """The personal pronouns of a question but for expletives and what is within quotes."""
    expletives = [match.span() for match in _EXPLETIVE.finditer(question)]
    found = []
    for match in _WORD.finditer(question):
        bare = _CLITIC.sub("", match.group())
        low, start = bare.lower(), match.start()
        if low not in en.PERSONAL or low.endswith(("self", "selves")) or bare == "IT":
            continue
        empty = low == "it" and any(first <= start < after for first, after in expletives)
        if empty or _within_quotes(question, start):
            continue
        owned = low in ("her", "his") and _OWNED.match(question, match.end())
        owns = low in ("its", "their", "hers", "theirs") or bool(owned)
        found.append(_Pronoun(bare, start, start + len(bare), owns))
    return found


def _within_quotes(question: str, at: int) -> bool:
    """True of a place between quotation marks: in a title, or in what somebody said."""
    before, behind = question[:at], question[at:]
    straight, curly = before.count('"') % 2, before.count("“") - before.count("”")
    return (straight > 0 and '"' in behind) or (curly > 0 and "”" in behind)


def _explained(
    pronoun: _Pronoun, before: list[Name], question: str, antecedents: Antecedents
) -> bool:
    """True where a name or noun before the pronoun is its antecedent."""
    agreeing = [name for name in before if antecedents.may_mean(pronoun.kind, name, len(before))]
    if not agreeing:
        return _explained_by_noun(pronoun, question)
    if pronoun.word.lower() not in _OBJECTS or pronoun.possessive:
        return True
    # "What did Marsh tell him?": an object beside its verb isn't that verb's subject.
    between = question[agreeing[-1].end : pronoun.start].split()
    return len(between) > 2 or len(agreeing) > 1


# "a small boat", "which river"
_PHRASE = re.compile(
    r"\b(?:an?|the|every|each|any|some|which|what|most|many|no|this|that|one|two|three)\s+"
    r"((?:[^\W\d_]+\s+){0,2}?)([^\W\d_]{3,})\b(?!\s+of\b)",
    re.I,
)
_SAYS = re.compile(
    r"\bwho\s+(?:said|stated|announced|claimed|thought|believed|felt|knew|argued|admitted|wrote)\b"
)
_CLAUSE = re.compile(
    r"\b(?:that|when|if|because|after|before|while|and|than|who|which|can|to)\b[^,]*$"
)
# "How many games did they ...": what is asked for is never the subject behind it.
_FRONTED = re.compile(
    rf"\W*(?:(?:{en.PREPOSITION}|and|but) )?{en.QUESTION_WORD}\b"
    rf"(?:(?!\b{en.AUXILIARY}\b)[^,])*\b{en.AUXILIARY} (?:also |ever )?"
)
# "When a bill passes, what does it become?"
_LED = re.compile(r"\W*(?:when|if|after|before|because|although|while|since|as) (?:\w+ ){2,}\w+,")
# "Who sold its ships?"
_WHO_OWN = re.compile(
    rf"\W*(?:who|which \w+|what \w+)(?! (?:{en.AUXILIARY}|else)\b) \w+ (?:\w+ )?$"
)


def _explained_by_noun(pronoun: _Pronoun, question: str) -> bool:
    """True where a common noun, or "who", before the pronoun is its antecedent."""
    low = question[: pronoun.start].lower()
    if _FRONTED.fullmatch(low):
        return False
    owned = pronoun.possessive and _WHO_OWN.match(low)
    if pronoun.kind in ("it", "they") and (owned or _LED.match(low)):
        return True
    opening = low.find(" ") + 1  # a first "can" or "which" opens the question, not a clause
    is_object = pronoun.word.lower() in _OBJECTS and not pronoun.possessive
    if is_object and not _CLAUSE.search(low, opening):
        return False
    if _SAYS.search(low):
        return True
    found = [match[2] for match in _PHRASE.finditer(low) if match[2] not in STOP_WORDS]
    if pronoun.kind == "it":
        return any(not (en.is_person_noun(n) or en.is_plural(n)) for n in found)
    people = any(map(en.is_person_noun, found))
    return people or (pronoun.kind == "they" and any(map(en.is_plural, _WORD.findall(low))))


def _shown(name: Name, pronoun: _Pronoun) -> str:
    text = name.shown
    if pronoun.start == 0:
        text = text[0].upper() + text[1:]
    return possessive(text) if pronoun.possessive else text
