"""Forms of whole lines: "When the bell rings, ...", "To stop the pump, ...", "... because ...".

A part of the line is taken into the question word by word, and the other part answers it.
"""

from __future__ import annotations

import re

from askdoc.model import Span
from askdoc.suggest.clauses import Line, stands_alone
from askdoc.suggest.forms import BASES, PASTS
from askdoc.suggest.names import PEOPLE, Names
from askdoc.suggest.phrases import Made
from askdoc.suggest.predicates import Predicate, predicate
from askdoc.suggest.relations import MORE_PEOPLE
from askdoc.suggest.subjects import is_noun, is_unknown
from askdoc.suggest.tokens import MODALS, is_finite, is_verb, tokens
from askdoc.text import STOP_WORDS

_OPENING = re.compile(
    r"(?P<word>When|After|Before|If|As soon as|Once|Whenever|While) (?P<clause>[^,;:()\"“”]{8,80}),"
    r" (?:then )?(?P<main>[^\"“”;]{10,})"
)
_CLOSING = re.compile(
    r"(?P<main>.{12,}?)(?<![,\d]) (?P<word>when|if|after|as soon as) "
    r"(?P<clause>[^,;:()\"“”.]{10,80})[.!]$"
)
_PURPOSE = re.compile(
    r"To (?P<do>(?P<verb>[a-z]+) [^,;:()\"“”]{3,60}), (?:please |simply |just |first )?"
    r"(?P<main>(?P<first>[a-z]+) .{6,})"
)
_BECAUSE = re.compile(r",? because (?!of\b)(?P<reason>[^.;]{8,})")
_BECAUSE_FIRST = re.compile(r"(?:Because|Since|As) (?P<reason>[^,;:()\"“”]{8,90}), (?=[a-zA-Z])")
_IN_ORDER = re.compile(r" (?P<reason>(?:in order to|so that|so as to) [^.;]{8,})")
_MEANS = re.compile(
    r"(?:The (?:term|word|abbreviation|name|acronym) )?[\"“']?(?P<name>[A-Z][\w-]*"
    r"(?: [A-Za-z][\w-]*){0,2})[\"”']? (?P<verb>means|stands for|refers to) (?P<what>[^.;]{6,})"
)
_DEFINES = re.compile(
    r"[`\"]?(?P<name>[a-zA-Z][\w.+-]{1,20})[`\"]? (?:\([^()]{2,60}\) )?is "
    r"(?P<what>(?:an?|the) [a-z][^.;]{10,})"
)
_CALLED = re.compile(
    r"(?P<subject>(?:The|A|An) [a-z]+(?: [a-z]+)?) (?:is|was) called (?P<what>[^.;,]{3,40})"
)
_MEANING = {"means": "mean", "stands for": "stand for", "refers to": "refer to"}
_WAS = ("was", "were", "had")
_CONDITIONAL = frozenset("should would could might".split())
_SAYS = "said|cried|answered|replied|asked|shouted|explained|warned"
_WHO = "(?:[Tt]he (?:[a-z]+ )?[a-z]+|(?:[A-Z][a-z]+ )?[A-Z][a-z]+)"
_SPOKE = re.compile(
    rf"[\"“](?P<said>[^\"“”]{{15,}}?)[,.!?][\"”] (?:(?P<verb>{_SAYS}) (?P<who>{_WHO})"
    rf"|(?P<first>{_WHO}) (?P<second>{_SAYS}))(?=[.,;])"
)
_DO = re.compile(
    r"(?P<do>[A-Z][a-z]+ (?:the|an?|your|all) [^,;:()\"“”]{3,40}?) "
    r"(?:(?P<often>every (?:[a-z]+ )?(?:day|week|month|year|hour)s?|(?:once|twice) an? [a-z]+)"
    r"|(?P<where>(?:in|on|under|behind) (?:the|an?) [^,;:()\"“”]{3,40}?))"
    r"(?:,? (?:because|during|before|after|until|when|if|so) .*)?[.!]"
)
_PUTTING = frozenset(
    "store keep place put hang park install leave heat lay mount save dry cook bake attach".split()
)
_ME = re.compile(r"\b(?:I|my|mine|myself)\b")
_SPOKE_SINGLE = re.compile(
    rf"['‘](?P<said>[^\"“”]{{15,}}?)[,.!?]['’] (?:(?P<verb>{_SAYS}) (?P<who>{_WHO})"
    rf"|(?P<first>{_WHO}) (?P<second>{_SAYS}))(?=[.,;])"
)
_THERE = re.compile(
    r"(?:[^\"“”;:]{0,60}?\b)?[Tt]here (?:once )?(?P<verb>lived|dwelt|stood|hung|grew|reigned) "
    r"(?P<what>(?:an?|the|two|three|four|seven) [^,;:.\"“”]{3,60}?) "
    r"(?P<where>(?:in|on|near|under|by|at) (?:the|an?|[A-Z])[^,;:.\"“”]{2,40})(?=[,;.])"
)
_I = {"you": "I", "your": "my", "yours": "mine", "yourself": "myself"}


def whole(line: Line, names: Names) -> Made:
    """The questions that are made from a line as a whole."""
    yield from _happened(line, names)
    yield from _how_to(line)
    yield from _regularly(line)
    yield from _why_first(line, names)
    if (match := _MEANS.match(line.text)) and _is_term(match["name"], names):
        verb = _MEANING[match["verb"]]
        yield f"what does {match['name']} {verb}", "means", Span(*match.span("what"))
    if (match := _DEFINES.match(line.text)) and _is_term(match["name"], names):
        yield f"what is {match['name']}", "is", Span(*match.span("what"))
    yield from _there(line)
    spoke = _SPOKE_SINGLE.match(line.text)
    for match in [spoke] if spoke else _SPOKE.finditer(line.text):
        who, verb = match["who"] or match["first"], match["verb"] or match["second"]
        if who.startswith("The "):
            who = "the" + who[3:]
        elif who[0].isupper() and not names.is_name(who):
            continue
        if stands_alone(who) and (is_noun(who.split()[-1]) or not who.startswith("the ")):
            yield f"what did {who} {PASTS[verb]}", "said", Span(*match.span("said"))


def _there(line: Line) -> Made:
    """ "There lived an old man in a hut" -> "Who lived in a hut?" """
    match = _THERE.match(line.text)
    if match is None:
        return
    nouns = match["what"].lower().split()
    who = any(word in PEOPLE | MORE_PEOPLE for word in nouns) or match["verb"] == "reigned"
    if who or match["verb"] in ("stood", "hung", "grew"):
        span = Span(*match.span("what"))
        yield f"{'who' if who else 'what'} {match['verb']} {match['where']}", "who", span


def _is_term(name: str, names: Names) -> bool:
    """Whether a word at a line's start is the name of what the text is about."""
    low = name.lower()
    if not stands_alone(name) or is_verb(low) or low in ("what", "who", "which", "where", "one"):
        return False
    if not name[0].isupper():
        return is_unknown(low) or any(mark.isdigit() for mark in name)
    return names.is_name(name) or name.isupper()


def _happened(line: Line, names: Names) -> Made:
    """ "When the bell rings, the doors close" -> "What happens when the bell rings?" """
    if match := _OPENING.match(line.text):
        word, clause, main = match["word"].lower(), match["clause"], match["main"]
        span = Span(*match.span("main"))
        mine = re.sub(r"\bI are\b", "I am", _mine(clause))
        if _instructs(main):
            past = any(PASTS.get(part, part) != part or part in _WAS for part in clause.split())
            past = past or clause.split()[0].endswith("ing")
            if word != "while" and not past and stands_alone(_ME.sub("", mine)):
                yield f"what should I do {word} {mine}", "do", span
            return
    elif match := _CLOSING.match(line.text):
        word, clause, span = match["word"], match["clause"], Span(*match.span("main"))
        if _instructs(match["main"]) or word == "as soon as":
            return
    else:
        return
    tense = _tense(line, clause, match.start("clause"), names)
    if tense and stands_alone(clause) and not (word == "if" and tense == "past"):
        happen = "happened" if tense == "past" else "happens"
        yield f"what {happen} {word} {clause}", "happens", span


def _tense(line: Line, clause: str, start: int, names: Names) -> str | None:
    """Whether a clause of its own is of the past or not; None where it may be no clause."""
    words = clause.split()
    if not re.match(r"(?:the|an?) [a-z]", clause) and not names.is_name(words[0]):
        return None
    text = line.text[: start + len(clause)] + " ."
    if len(words) > 11 or words[-1] in STOP_WORDS - {"up", "down", "off", "out", "on"}:
        return None
    found = predicate(Line(line.sentence), tokens(text), _at(line, start), names)
    if found is None or found.tense in _CONDITIONAL:
        return None
    return found.tense


def _instructs(main: str) -> bool:
    """Whether words begin with what somebody should do."""
    words = main.lower().split()
    if words[0] in ("please", "simply", "just", "then", "first") and len(words) > 1:
        words = words[1:]
    if words[0] in BASES and not is_finite(words[0]):
        return True
    verb = words[0].isalpha() and words[0] not in STOP_WORDS
    verb = verb and not words[0].endswith(("ed", "s", "ing", "ly"))
    return verb and len(words) > 1 and words[1] in ("the", "a", "an", "your", "all")


def _mine(words: str) -> str:
    """What is said to the reader as the reader says it: "your key" -> "my key"."""
    return " ".join(_I.get(word, word) for word in words.split())


def _at(line: Line, start: int) -> int:
    """Which token of a line begins at an offset."""
    return sum(1 for token in tokens(line.text) if token.start < start)


def _how_to(line: Line) -> Made:
    """ "To stop the pump, press the button" -> "How do I stop the pump?" """
    match = _PURPOSE.match(line.text)
    if match is None or match["verb"] in STOP_WORDS | {"mean", "say"}:
        return
    if _instructs(match["main"]) or match["first"] == "you":
        do = _mine(match["do"])
        if stands_alone(_ME.sub("", do)):
            yield f"how do I {do}", "how", Span(*match.span("main"))


def _regularly(line: Line) -> Made:
    """ "Clean the filter every week." -> "How often should I clean the filter?" """
    match = _DO.fullmatch(line.text)
    if match is None or not _instructs(match["do"]):
        return
    do = match["do"]
    do = _mine(do[0].lower() + do[1:])
    if stands_alone(_ME.sub("", do)):
        if match["where"] and do.split()[0] not in _PUTTING:
            return
        asks = "how often" if match["often"] else "where"
        yield (
            f"{asks} should I {do}",
            asks,
            Span(*match.span("often" if match["often"] else "where")),
        )


def _why_first(line: Line, names: Names) -> Made:
    """ "Because the mill was shut, the miller left" -> "Why did the miller leave?" """
    match = _BECAUSE_FIRST.match(line.text)
    if match is None:
        return
    words = tokens(line.text)
    found = predicate(line, words, _at(line, match.end()), names)
    clause = match["reason"].split()
    if found is None or not any(is_finite(word) or is_verb(word) for word in clause):
        return
    if match[0].startswith(("As", "Since")) and found.tense == "past":
        return  # "Since the war ended" may say when
    if found.text() and len(found.words) <= 7:
        yield f"why {found.ask(found.text())}", "why", Span(*match.span("reason"))


def why(found: Predicate) -> Made:
    """ "The miller left because the mill was shut" -> "Why did the miller leave?" """
    if found.tense in MODALS - {"must", "can", "will"}:
        return
    end = found.words[-1].end if found.words else found.ends
    for pattern in (_BECAUSE, _IN_ORDER):
        match = pattern.match(found.line.text, end)
        if match and len(found.words) <= 7 and (found.words or pattern is _BECAUSE):
            if found.verb == "be" and not found.words:
                continue
            yield f"why {found.ask(found.text())}", "why", Span(*match.span("reason"))
            return
