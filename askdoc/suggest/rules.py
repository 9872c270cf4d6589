"""A clause -> questions whose answer stands in it, in forms that are kept as they stand or cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from askdoc.model import Sentence, Span
from askdoc.read.kinds import Kind, candidates
from askdoc.suggest.asking import asked
from askdoc.suggest.clauses import Clause, Line, clauses, rest_of, stands_alone
from askdoc.suggest.names import NAME, PEOPLE, Names
from askdoc.suggest.openings import whole, why
from askdoc.suggest.predicates import predicates
from askdoc.suggest.relations import MEASURES
from askdoc.suggest.verbs import HAPPENING, MAKING, PLACING, STAYING
from askdoc.text import tokenize
from askdoc.verbs import PARTICIPLES, PASTS

_MOST_WORDS, _FEWEST_CONTENT = 11, 2
_BE = frozenset({"is", "are", "was", "were"})
_HAVE = {"has": "does", "have": "do", "had": "did"}
_PREPOSITION = re.compile(
    r" (?:in|on|at|during|with|for|from|by|under|near|through|against|about|into|over|throughout)\b"
)
_COUNTED = re.compile(
    r"(?:(?:about|around|nearly|almost|over|some|more than|at least) )?"
    r"(?P<number>(?:\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    r"|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundreds|thousands)"
    r"(?:[ -](?:one|two|three|four|five|six|seven|eight|nine|hundred|thousand|million|billion))*) "
    r"(?P<things>(?:[a-z-]{3,} ){0,2}?(?:[a-z]{3,}s|people|men|women|children))"
    r"(?=[ .,;])",
    re.I,
)
# The reader's own words were looked at by the rule that gave them.
_ALLOWED = re.compile(r" (?:are|were) there\b|(?:should|do) I\b.*")
_CLEAN = re.compile(r"[A-Za-z0-9À-ɏ ,.;'’%$£€/&-]+(?<![ .;,'’])\?")
_OWN = re.compile(r"\b(?:his|her|its|their)\b(?= [a-z])")
_OWN_MARK = "\0"
# What needs no second word to say what it is about.
_FEW = "means,like,duty,when,where,is,befell,felt,did,how much,how long,how often"
_PLAIN_KINDS = frozenset(_FEW.split(","))
_THERE = re.compile(r"(?:In [^,]{3,30}, t|T)here (?P<verb>are|were) ")
_WHEN = re.compile(
    r"(?: later| earlier| again| once)? (?:in|on)(?: the)?(?: (?:early|late|mid))? $"
)
_PLACE = re.compile(rf" (?:in|at|near) (?P<name>(?:the )?{NAME})(?=$| )")
_BY = re.compile(rf"(?P<verb>[a-z]+) by (?P<name>(?:the )?{NAME})(?=$| (?:in|at|on|for|during) )")
_BECAUSE = re.compile(r" because (?!of\b)(?P<reason>[^.;]+)")
_PERSON = re.compile(rf"\b(?:{'|'.join(sorted(PEOPLE))})\b")
_THING = re.compile(r"(?:an?|the|several|many|some) [a-z]|[a-z]{3,}ing ")
_WHOM = re.compile(rf"(?P<whom>{NAME}|the [a-z]+) (?P<how>for|to) ")
# "A reform aimed", without at what.
_HANGING = re.compile(r"\w \w+(?:ed|ing)$")
_STOP = re.compile(r"[,;:.](?= |$)")
_DEFINED = re.compile(r"(?!a (?:bit|little|lot|few)\b)(?:an?|the|one of the) [a-z]")


class Candidate(NamedTuple):
    """A question, the sentence it was made from, and the words there that answer it."""

    question: str
    kind: str
    sentence: Sentence
    answer: Span


def questions(line: Line, names: Names) -> Iterator[Candidate]:
    """The questions that the rules make from a sentence."""
    made = [*_counted_first(line), *whole(line, names)]
    for found in clauses(line, names):
        for rule in (_said,) if found.said is not None else _RULES:
            made += rule(found)
    for one in predicates(line, names):
        # "The man told his wife": his can only be the man's there.
        for words, kind, span in (*asked(one), *why(one)):
            before, subject, after = words.partition(one.subject)
            if stands_alone(before + subject + _OWN.sub("", after)):
                made.append((_OWN_MARK + words, kind, span))
    for words, kind, span in made:
        checked = words.startswith(_OWN_MARK)
        question = " ".join(words.removeprefix(_OWN_MARK).split()) + "?"
        question = question[0].upper() + question[1:]
        content = [token for token in tokenize(question[:-1]) if not token.stop]
        if (
            len(question.split()) <= _MOST_WORDS
            and len(content) >= (1 if kind in _PLAIN_KINDS else _FEWEST_CONTENT)
            and (checked or stands_alone(_ALLOWED.sub("", question)))
            and _CLEAN.fullmatch(question)
        ):
            yield Candidate(question, kind, line.sentence, line.place(span))


_Made = Iterator[tuple[str, str, Span]]


def _text(found: Clause) -> str:
    return found.line.text[found.rest.start : found.rest.end]


def _short(words: str, most: int = 6) -> str:
    """The words, cut before prepositions until there are few enough."""
    while len(words.split()) > most:
        cuts = [cut.start() for cut in _PREPOSITION.finditer(words) if cut.start() > 0]
        if not cuts:
            break
        words = words[: cuts[-1]]
    return "" if _HANGING.search(words) else words


def _turned(found: Clause, rest: str) -> str | None:
    """The clause as it stands after a question word: "was the bridge built", "did he go"."""
    if found.auxiliary:
        return f"{found.auxiliary} {found.subject} {found.verb} {rest}"
    if found.verb in _BE:
        return f"{found.verb} {found.subject} {rest}"
    if found.verb in PASTS and found.verb != "had":
        return f"did {found.subject} {PASTS[found.verb]} {rest}"
    return None


def _passive(found: Clause, rest: str) -> bool:
    return found.verb in _BE and rest.split(" ", 1)[0] in PARTICIPLES


def _who(found: Clause) -> _Made:
    """ "Rollo led the raiders" -> "Who led the raiders?" """
    rest = _short(_text(found))
    known = found.auxiliary or (found.verb in PASTS and found.verb != "had")
    if found.person and known and rest and not rest.startswith("to ") and len(rest.split()) > 1:
        yield f"who {found.auxiliary} {found.verb} {rest}", "who", found.place


def _by(found: Clause) -> _Made:
    """ "The bridge was built by Calder" -> "Who built the bridge?" """
    match = _BY.match(_text(found))
    if match is None or found.verb not in _BE or match["verb"] not in PARTICIPLES:
        return
    if candidates(Kind.DATE, match["name"]):
        return
    name = Span(*match.span("name"))
    place = Span(found.rest.start + name.start, found.rest.start + name.end)
    yield f"who {PARTICIPLES[match['verb']]} {found.subject}", "who", place


def _when(found: Clause) -> _Made:
    """ "In 1887 the board built a light" -> "When did the board build a light?" """
    rest = _text(found)
    if found.auxiliary or not (_passive(found, rest) or found.verb in PASTS):
        return
    if found.lead is not None and (turned := _turned(found, _short(rest))):
        yield f"when {turned}", "when", found.lead
        return
    for date in candidates(Kind.DATE, rest):
        before = _WHEN.search(" " + rest[: date.start])
        what = rest[: max(0, before.start() - 1)] if before else ""
        turned = _turned(found, what)
        if before and turned and (what or found.verb in HAPPENING):
            at = found.rest.start
            yield f"when {turned}", "when", Span(at + date.start, at + date.end)
            return


def _where(found: Clause) -> _Made:
    """ "Owen was born in Calder" -> "Where was Owen born?" """
    rest = _text(found)
    word = rest.split(" ", 1)[0]
    passive = _passive(found, rest) and word in PLACING
    match = _PLACE.match(rest, len(word)) if passive else None
    if match is not None:
        turned = _turned(found, word)
    elif found.verb in STAYING and not found.auxiliary:
        match = _PLACE.match(" " + rest)
        turned = _turned(found, "")
    if match is None or turned is None or candidates(Kind.DATE, match["name"]):
        return
    shift = found.rest.start - (0 if passive else 1)
    span = match.span("name")
    yield f"where {turned}", "where", Span(shift + span[0], shift + span[1])


def _what(found: Clause) -> _Made:
    """ "Owen invented a lamp in 1887" -> "What did Owen invent in 1887?" """
    rest = _text(found)
    past = PARTICIPLES.get(found.verb) if found.auxiliary else found.verb
    if past not in MAKING or not _THING.match(rest):
        return
    cut = _PREPOSITION.search(rest)
    thing = rest[: cut.start()] if cut else rest
    after = ""
    for date in candidates(Kind.DATE, rest):
        if before := _WHEN.search(rest[: date.start]):
            after = rest[before.start() : date.end]
        break
    span = Span(found.rest.start, found.rest.start + len(thing))
    yield f"what {_turned(found, after)}", "what", span


def _said(found: Clause) -> _Made:
    """ "Owen said on Monday that it rained" -> "What did Owen say on Monday?" """
    start = found.said or 0
    ends = _STOP.search(found.line.text, start)
    span = Span(start, ends.start() if ends else len(found.line.text))
    yield f"what {_turned(found, _text(found))}", "what", span


def _asked(found: Clause) -> _Made:
    """ "Owen asked Carys for help" -> "What did Owen ask Carys for?" """
    match = _WHOM.match(_text(found))
    if found.verb != "asked" or match is None:
        return
    whom, how = match["whom"], "to do" if match["how"] == "to" else "for"
    span = Span(found.rest.start + match.end(), found.rest.end)
    if span.start < span.end:
        yield f"what {_turned(found, f'{whom} {how}')}", "what", span


def _is(found: Clause) -> _Made:
    """ "The pilot is a small boat" -> "What is the pilot?" """
    rest = _text(found)
    if found.verb not in ("is", "was") or not _DEFINED.match(rest) or len(rest.split()) < 3:
        return
    span = found.rest
    if found.named:
        person = found.person or _PERSON.search(rest) is not None
        # A name of which something was is mostly somebody's.
        if not person and found.verb == "was" and not found.subject.startswith("the "):
            return
        yield f"{'who' if person else 'what'} {found.verb} {found.subject}", "what", span
    elif found.subject.startswith(("a ", "an ")) or re.search(r" of .*[A-Z]", found.subject):
        yield f"what {found.verb} {found.subject}", "what", span


def _is_name(found: Clause) -> _Made:
    """ "The capital of Ostrava is Calder" -> "What is the capital of Ostrava?" """
    rest = _text(found)
    match = re.match(rf"{NAME}$", rest)
    if found.verb in ("is", "was") and " of " in found.subject and match and not found.named:
        yield f"what {found.verb} {found.subject}", "what", found.rest


def _why(found: Clause) -> _Made:
    """ "Owen left Calder because the mill closed" -> "Why did Owen leave Calder?" """
    text = found.line.text
    match = _BECAUSE.match(text, found.rest.end)
    turned = _turned(found, _text(found)) if match else None
    if match and turned and _text(found):
        yield f"why {turned}", "why", Span(*match.span("reason"))


def _has(found: Clause) -> _Made:
    """ "The fleet has twelve ships" -> "How many ships does the fleet have?" """
    rest = _text(found)
    match = _COUNTED.match(rest)
    if match is None or MEASURES.search(match["things"].lower()):
        return
    if not re.match(r"$| (?:in|on|at|of|to|for|from|with|and|by)\b", rest[match.end() :]):
        return
    if found.auxiliary:
        turned = _turned(found, "") or ""
    elif found.verb in _HAVE:
        turned = f"{_HAVE[found.verb]} {found.subject} have"
    elif found.verb in PASTS:
        turned = f"did {found.subject} {PASTS[found.verb]}"
    else:
        return
    after = _short(rest[match.end() :], 4)
    if after.strip().startswith(("of ", "to ", "and ")) or len(after.split()) > 4:
        after = ""
    span = Span(found.rest.start + match.start("number"), found.rest.start + match.end("number"))
    yield f"how many {match['things']} {turned}{after}", "how many", span


def _counted_first(line: Line) -> _Made:
    """ "Twelve ships sank in May" -> "How many ships sank in May?" """
    opening = _THERE.match(line.text)
    at = opening.end() if opening else 0
    match = _COUNTED.match(line.text, at)
    if match is None or MEASURES.search(match["things"].lower()):
        return
    ending = rest_of(line, match.end())
    rest = line.text[match.end() : ending.end] if ending else ""
    span = Span(*match.span("number"))
    if opening and re.match(r" (?:in|on|at|for) ", rest):
        rest = _short(rest)
        yield f"how many {match['things']} {opening['verb']} there{rest}", "how many", span
        return
    verb, _, after = rest.strip().partition(" ")
    passive = verb in ("were", "are") and after.split(" ", 1)[0] in PARTICIPLES
    if not opening and after and (passive or verb in PASTS):
        yield f"how many {match['things']} {verb} {_short(after)}", "how many", span


_RULES: tuple[Callable[[Clause], _Made], ...] = (
    _when, _who, _by, _where, _has, _why, _is, _is_name, _asked, _what,
)  # fmt: skip
