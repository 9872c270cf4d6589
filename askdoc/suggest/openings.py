"""Forms of whole lines: "When the bell rings, ...", "To stop the pump, ...", "... because ...".

A part of the line is taken into the question word by word, and the other part answers it.
"""

from __future__ import annotations

import re

from askdoc.model import Span
from askdoc.suggest.asking import Made
from askdoc.suggest.clauses import Line, stands_alone
from askdoc.suggest.forms import BASES
from askdoc.suggest.names import Names
from askdoc.suggest.predicates import Predicate, predicate
from askdoc.suggest.tokens import MODALS, is_finite, is_verb, tokens

_OPENING = re.compile(
    r"(?P<word>When|After|Before|If|As soon as|Once|Whenever|While) (?P<clause>[^,;:()\"“”]{8,80}),"
    r" (?:then )?(?P<main>[^\"“”;]{10,})"
)
_CLOSING = re.compile(
    r"(?P<main>.{12,}?),? (?P<word>when|if|after|as soon as) (?P<clause>[^,;:()\"“”.]{10,80})[.!]$"
)
_PURPOSE = re.compile(
    r"To (?P<do>(?P<verb>[a-z]+) [^,;:()\"“”]{3,60}), (?:please |simply |just |first )?"
    r"(?P<main>(?P<first>[a-z]+) .{6,})"
)
_BECAUSE = re.compile(r",? because (?!of\b)(?P<reason>[^.;]{8,})")
_BECAUSE_FIRST = re.compile(r"(?:Because|Since|As) (?P<reason>[^,;:()\"“”]{8,90}), (?=[a-zA-Z])")
_IN_ORDER = re.compile(r" (?P<reason>(?:in order to|so that|so as to) [^.;]{8,})")
_MEANS = re.compile(
    r"(?:The (?:term|word|abbreviation|name|acronym) )?[\"“']?(?P<name>[A-Z][\w-]*(?: [A-Za-z][\w-]*)"
    r"{0,2})[\"”']? (?P<verb>means|stands for|refers to) (?P<what>[^.;]{6,})"
)
_DEFINES = re.compile(
    r"[`\"]?(?P<name>[a-zA-Z][\w.+-]{1,20})[`\"]? (?:\([^()]{2,60}\) )?is "
    r"(?P<what>(?:an?|the) [a-z][^.;]{10,})"
)
_CALLED = re.compile(r"(?P<subject>(?:The|A|An) [a-z]+(?: [a-z]+)?) (?:is|was) called (?P<what>[^.;,]{3,40})")
_CONDITIONAL = frozenset("should would could might".split())
_SPOKE = re.compile(
    r"[\"“](?P<said>[^\"“”]{15,}?)[,.!?][\"”] (?P<verb>said|cried|answered|replied|asked|shouted) "
    r"(?P<who>the (?:[a-z]+ )?[a-z]+|[A-Z][a-z]+)(?=[.,;])"
)
_I = {"you": "I", "your": "my", "yours": "mine", "yourself": "myself"}


def whole(line: Line, names: Names) -> Made:
    """The questions that are made from a line as a whole."""
    yield from _happened(line, names)
    yield from _how_to(line)
    yield from _why_first(line, names)
    for pattern, asks in ((_MEANS, "means"), (_DEFINES, "is")):
        if (match := pattern.match(line.text)) and _is_term(match["name"], names):
            span = Span(*match.span("what"))
            if asks == "is":
                yield f"what is {match['name']}", "is", span
            else:
                verb = {"means": "mean", "stands for": "stand for", "refers to": "refer to"}
                yield f"what does {match['name']} {verb[match['verb']]}", "means", span
    for match in _SPOKE.finditer(line.text):
        who = match["who"]
        if who.split()[0][0].isupper() and not names.is_name(who):
            continue
        base = {"said": "say", "cried": "cry", "answered": "answer", "replied": "reply",
                "asked": "ask", "shouted": "shout"}[match["verb"]]  # fmt: skip
        if stands_alone(who):
            yield f"what did {who} {base}", "said", Span(*match.span("said"))


def _is_term(name: str, names: Names) -> bool:
    """Whether a word at a line's start is the name of what the text is about."""
    low = name.lower()
    if not stands_alone(name) or is_verb(low) or low in ("what", "who", "which", "where", "one"):
        return False
    return names.is_name(name) or not name[0].isupper() or name.isupper()


def _happened(line: Line, names: Names) -> Made:
    """ "When the bell rings, the doors close" -> "What happens when the bell rings?" """
    for pattern in (_OPENING, _CLOSING):
        match = pattern.match(line.text)
        if match is None:
            continue
        word, clause = match["word"].lower(), match["clause"]
        if clause.count(" ") > 10:
            continue
        start, main = match.start("clause"), match["main"]
        first = main.split()[0].lower()
        span = Span(match.start("main"), match.end("main"))
        if pattern is _CLOSING and word in ("after", "if") and "?" in main:
            continue
        if word in ("if", "when", "before", "after", "once", "as soon as"):
            instructed = first in BASES and not is_finite(first) and pattern is _OPENING
            mine = " ".join(_I.get(part, part) for part in clause.split())
            mine = re.sub(r"\bI are\b", "I am", mine)
            if instructed and stands_alone(re.sub(r"\b(?:I|my|mine)\b", "", mine)):
                yield f"what should I do {word} {mine}", "do", span
                continue
        found = predicate(line, tokens(line.text[:match.end("clause")] + " ."), _at(line, start), names)
        if found is None or not stands_alone(clause) or found.tense in _CONDITIONAL:
            continue
        if pattern is _CLOSING and (word == "as soon as" or first in BASES):
            continue
        happen = "happened" if found.tense == "past" else "happens"
        if word == "if" and happen == "happened":
            continue
        said = clause if not _indefinite(found) else clause
        yield f"what {happen} {word} {said}", "happens", span


def _indefinite(found: Predicate) -> bool:
    return found.line.text[found.place.start : found.place.end].lower().startswith(("a ", "an "))


def _at(line: Line, start: int) -> int:
    """Which token of a line begins at an offset."""
    return sum(1 for token in tokens(line.text) if token.start < start)


def _how_to(line: Line) -> Made:
    """ "To stop the pump, press the button" -> "How do I stop the pump?" """
    match = _PURPOSE.match(line.text)
    if match is None or match["verb"] not in BASES or match["verb"] in ("mean", "say"):
        return
    first = match["first"]
    if (first in BASES and not is_finite(first)) or first == "you":
        do = " ".join(_I.get(part, part) for part in match["do"].split())
        if stands_alone(re.sub(r"\b(?:I|my|mine|myself)\b", "", do)):
            yield f"how do I {do}", "how", Span(*match.span("main"))


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
