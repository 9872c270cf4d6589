"""Put names in place of the pronouns of a question.

A pronoun that a name or another pronoun within the same question explains stays: "When did Marsh
sell his boat?" says whose boat it was. One does not: beside a name as its verb's subject "him" is
somebody else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from askdoc.conversation.focus import Focus
from askdoc.conversation.lexis import (
    FEMALE,
    MALE,
    NEUTER,
    PERSONAL,
    PLURAL,
    Sex,
    kind_of_noun,
)
from askdoc.conversation.mentions import Name, names, possessive
from askdoc.words import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLITIC = re.compile(r"['’](?:s|d|ll|ve|re)$", re.I)
_EXPLETIVE = re.compile(
    r"\b(?:is|was|isn['’]t|wasn['’]t|be) it (?:\w+ )?(?:that|to|true|possible|known|clear|said)\b"
    r"|\b(?:say|said|do|did|mean|meant) it\b(?=\W*$| (?:in|on|for|with|by|at|before|after|again"
    r"|because|so|to|was|is|all|that)\b)"
    r"|\b(?:do|does|did|will|would) it (?:take|say|mention|state|tell|list|explain|matter|happen"
    r"|rain)\b"
    r"|\bit (?:says?|said|states?|mentions?|take|takes|took|happens?|seems?|turns out)\b"
    r"|\b(?:is|was|how) (?:\w+ )?it (?:like|when|if|for \w+ to)\b"
    r"|\b(?:is|was) it (?:\w+ )?(?:called|known as|considered|named) (?:when|if|to)\b"
    r"|\b(?:makes?|made|making|finds?|found|finding|thinks?|thought) it (?:not )?"
    r"(?:(?:a|an|very|more|so|too) )?[a-z]+ (?:to|for|that)\b|\bit (?:is|was) (?:\w+ )?to\b"
    r"|\bas it (?:is|was|does|did|has)\b|\bwhat it (?:means?|meant|is|was|takes?)\b"
    r"|\b(?:does|did) it mean (?:when|if|to|that|for)\b|\bit is (?:\w+ )?(?:possible|likely)\b"
    r"|\bis it (?:[a-z]+ or )[a-z]+ to\b|\b(?:did|does|will) it cost to\b"
    r"|\bhow far (?:is|was) it (?:from|to)\b"
    r"|\bwhat time (?:is|was) it\b|\bmake it (?:to|big|into)\b",
    re.I,
)
_NOUN_AND_VERB = re.compile(
    rf" (?!(?:{'|'.join(sorted(STOP_WORDS))})\b)[a-z]{{4,}}(?<!ed)(?<!s) [a-z]"
)
_SUBJECT_AND_OBJECT = re.compile(r"they (?:\w+ ){1,3}them\b", re.I)
_OBJECTS = frozenset("him her them it".split())
_NO_NOUN = frozenset(
    "in on at to for from with by of as and or but when while after before than".split()
)


@dataclass(frozen=True)
class _Pronoun:
    word: str
    start: int
    end: int
    possessive: bool

    @property
    def classes(self) -> frozenset[str]:
        low = self.word.lower()
        return next((each for each in (MALE, FEMALE, PLURAL) if low in each), NEUTER)


def replace_pronouns(question: str, focus: Focus) -> str:
    """The question with names in place of the pronouns that nothing within it explains."""
    here = names(question)
    done: list[frozenset[str]] = []
    meanings: list[Name] = []
    pieces: list[str] = []
    at = 0
    for pronoun in _pronouns(question):
        if pronoun.classes in done or _expletive(question, pronoun):
            continue
        if not focus.headed and _SUBJECT_AND_OBJECT.match(question, pronoun.start):
            continue  # They are others than those whom they do something to.
        beside = [name for name in here if name.end <= pronoun.start]
        if not focus.headed:
            beside = [name for name in beside if not _modifies(name, question)]
        if _explained(pronoun, beside, question, focus):
            done.append(pronoun.classes)
            continue
        meant = _topic_told(pronoun, question, focus)
        meant = meant or focus.meant_by(pronoun.word, [*here, *meanings])
        if meant is None or (not focus.headed and meant.shown.lower() in question.lower()):
            continue
        done.append(pronoun.classes)
        meanings.append(meant)
        pieces += [question[at : pronoun.start], _shown(meant, pronoun, question)]
        at = pronoun.end
    return "".join([*pieces, question[at:]])


def _modifies(name: Name, question: str) -> bool:
    """Whether a name only says which: "the Leith coach" is no Leith."""
    return name.article and _NOUN_AND_VERB.match(question, name.end) is not None


def _topic_told(pronoun: _Pronoun, question: str, focus: Focus) -> Name | None:
    """Whom "Can you tell me more about this?" is about, though nobody is a this."""
    about = pronoun.word.lower() in ("this", "that") and "about" in question.lower()
    return focus.topic if about and focus.headed else None


def _pronouns(question: str) -> list[_Pronoun]:
    words = list(_WORD.finditer(question))
    found = []
    for number, match in enumerate(words):
        if _within_quotes(question, match.start()):
            continue
        bare = _CLITIC.sub("", match.group())
        low = bare.lower()
        if low in ("this", "that") and _points(question, match):
            found.append(_Pronoun(bare, match.start(), match.end(), False))
            continue
        if (
            low not in PERSONAL
            or low.endswith(("self", "selves"))
            or (bare.isupper() and low == "it")
        ):
            continue
        following = words[number + 1] if number + 1 < len(words) else None
        possessive = low in ("his", "its", "their")
        if low in ("her", "his") and following is not None:
            gap = question[match.end() : following.start()]
            possessive = not gap.strip() and following.group().lower() not in STOP_WORDS - {
                "own",
                "other",
                "most",
                "more",
            }
        if low in ("hers", "theirs"):
            possessive = True
        found.append(_Pronoun(bare, match.start(), match.start() + len(bare), possessive))
    return found


def _within_quotes(question: str, at: int) -> bool:
    """Whether a place is between quotation marks: in a title, or in what somebody said."""
    before, behind = question[:at], question[at:]
    straight = before.count('"') % 2 == 1 and '"' in behind
    return straight or (before.count("“") > before.count("”") and "”" in behind)


_VERB_BEFORE = re.compile(r"\b(?:was|is|did|does|has|about)\s+$", re.I)
_NO_NOUN_AFTER = re.compile(
    r"\s+(?:an?|the|well|very|ever|become|get|go|do|have|make|win|chart|sell|come|reach|receive"
    r"|released|received|considered|called|[a-z]+ful)\b",
    re.I,
)


def _points(question: str, match: re.Match[str]) -> bool:
    """Whether "this" or "that" stands for a thing: "Was this a hit?", not "Was this song a hit?"

    What happened ("When was that?") is no thing that has a name.
    """
    before = _VERB_BEFORE.search(question, 0, match.start())
    if before is None:
        return False
    if before.group().lower().startswith("about"):
        return not question[match.end() :].strip(" ?.!")
    return _NO_NOUN_AFTER.match(question, match.end()) is not None


def _expletive(question: str, pronoun: _Pronoun) -> bool:
    if pronoun.word.lower() != "it":
        return False
    return any(m.start() <= pronoun.start < m.end() for m in _EXPLETIVE.finditer(question))


def _explained(pronoun: _Pronoun, before: list[Name], question: str, focus: Focus) -> bool:
    """Whether a name before the pronoun is what it stands for."""
    sexes: dict[frozenset[str], Sex] = {MALE: "m", FEMALE: "f"}
    agreeing = []
    for name in before:
        known = next((n for n in focus.everyone() if n.same(name)), name)
        if pronoun.classes in sexes:
            fits = known.kind in (None, "person") and known.sex in (None, sexes[pronoun.classes])
        elif pronoun.classes is PLURAL:
            fits = known.kind != "person" or len(before) > 1
        else:
            fits = known.kind != "person"
        if fits:
            agreeing.append(name)
    if not agreeing:
        return _explained_by_noun(pronoun, question)
    if pronoun.word.lower() not in _OBJECTS or pronoun.possessive:
        return True
    # "What did Marsh tell him?": an object beside its verb isn't that verb's subject.
    between = question[agreeing[-1].end : pronoun.start].split()
    return len(between) > 2 or len(agreeing) > 1


_PHRASE = re.compile(
    r"\b(?:an?|the|every|each|any|some|which|what|most|many|no|this|that|one|two|three)\s+"
    r"((?:[^\W\d_]+\s+){0,2}?)([^\W\d_]{3,})\b(?!\s+of\b)",
    re.I,
)
_PLURAL = re.compile(r"\b([^\W\d_]{2,}[^\W\d_suia]s|people|men|women|children)\b")
_SAYS = re.compile(
    r"\bwho\s+(?:said|stated|announced|claimed|thought|believed|felt|knew|argued|admitted|wrote)\b"
)
_PERSONISH = re.compile(
    r"(?:er|or|ist|ian|eer|[^u]man|person|[dt]ent|kid|baby|child|boy|girl|guy)$"
)


def _explained_by_noun(pronoun: _Pronoun, question: str) -> bool:
    """Whether a common noun, or "who", before the pronoun is what it stands for."""
    low = question[: pronoun.start].lower()
    if _FRONTED.fullmatch(low):
        return False
    if _LED.match(low) and pronoun.classes in (NEUTER, PLURAL):
        return True
    if pronoun.possessive and pronoun.classes in (NEUTER, PLURAL) and _WHO_OWN.match(low):
        return True
    opening = low.find(" ") + 1  # a first "can" or "which" opens the question, not a clause
    clause = _CLAUSE.search(low, opening)
    if pronoun.word.lower() in _OBJECTS and not pronoun.possessive and not clause:
        return False
    if _SAYS.search(low) or (pronoun.word.lower() == "their" and _WHO_DID.match(low)):
        return True
    nouns = [match[2] for match in _PHRASE.finditer(low) if match[2] not in STOP_WORDS]
    if pronoun.classes is PLURAL:
        return bool(_PLURAL.search(low)) or any(_is_person(noun) for noun in nouns)
    if pronoun.classes is NEUTER:
        return any(kind_of_noun(n) != "person" and not _PLURAL.fullmatch(n) for n in nouns)
    return any(_is_person(noun) for noun in nouns)


def _is_person(noun: str) -> bool:
    return kind_of_noun(noun) == "person" or _PERSONISH.search(noun) is not None


_CLAUSE = re.compile(
    r"\b(?:that|when|if|because|after|before|while|and|than|who|which|can|to)\b[^,]*$"
)
# "How many games did they ...": what is asked for is never the subject behind it.
_FRONTED = re.compile(
    r"\W*(?:(?:in|on|at|for|from|by|to|with|of|and|but) )?(?:what|which|how|whose|who|why|when"
    r"|where)\b"
    r"(?:(?!\b(?:did|does|do|was|were|is|are|has|have|had)\b)[^,])*"
    r"\b(?:did|does|do|was|were|is|are|has|have|had|would|will|could|can|should) (?:also |ever )?"
)
# "When a bill passes, what does it become?"
_LED = re.compile(
    r"\W*(?:when|if|after|before|because|although|though|while|since|as|once|the) (?:\w+ ){2,}\w+,"
)
# "Who sold its ships?"
_WHO_OWN = re.compile(
    r"\W*(?:who|which \w+|what \w+)"
    r"(?! (?:is|are|was|were|do|does|did|has|have|had|else|can|will)\b)"
    r" \w+ (?:\w+ )?$|\W*who (?:is|are|was|were) (?!the\b)\w+ (?:\w+ )?(?:to|for|by|of|with|in)"
    r" (?:\w+ )?$"
)
_WHO_DID = re.compile(
    r"\W*who\s+(?!is\b|are\b|was\b|were\b|do\b|does\b|did\b|has\b|have\b|had\b|else\b)\w+"
)


def _shown(name: Name, pronoun: _Pronoun, question: str) -> str:
    text = name.shown
    if pronoun.start == 0:
        text = text[0].upper() + text[1:]
    return possessive(text) if pronoun.possessive else text
