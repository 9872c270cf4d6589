"""Whether a question wants more than one sentence, and which further sentences add something.

"What did they discuss?" may be told over three sentences, "When did they meet?" by one. A further
sentence has to be nearly as sure as the best, be about what the question is about, and say
something that was not said yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from askdoc import lexicon
from askdoc.model import Extract
from askdoc.text import STOP_WORDS, terms
from askdoc.verbs import PARTICIPLES, PAST_OF, PASTS

_DOES = r"(?:did|does|do|has|have|had|must|may|can|could|should|shall|will|would)"
_TELLS = (
    r"(?:say|said|tell|told|talk|discuss|explain|announce|argue|claim|demand|promise|propose|offer"
    r"|recommend|suggest|agree|decide|do|done|doing|change|need|want|include|contain|provide|require"
    r"|report|write|criticize|complain|learn|find|found|happen|achieve|build|built|make|made|invent"
    r"|cover|mention|know|known|see|seen|receive|bring|brought|buy|bought|sell|sold)"
)
_PLURAL = r"[a-z]{3,}(?<![suiy'])s|people|men|women|children"
_SEVERAL = re.compile(
    rf"(?![^?]*\b(?:known as|called|named)\b)\W*(?:and |but |so )?(?:what(?: else)? {_DOES} [^?]*\b{_TELLS}(?:ed|ing)?\b(?! (?:for|as)\b)"
    rf"|what(?: else)? (?:happened|changed|went wrong)\b"
    rf"|(?:what|which|who) (?:are|were) (?:the |all |[\w.]+['’]s? |some |their |his |her |its )?"
    rf"(?:[\w-]+ ){{0,3}}?(?:{_PLURAL})\b"
    rf"|(?:what|which) (?:other |kinds? of |types? of |two |three |four |several |of the )?"
    rf"(?!(?:{_DOES}|is|was)\b)(?:[\w-]+ )?(?!(?:{_DOES}|is|was)\b)(?:{_PLURAL}) "
    rf"|(?:list|name|tell|describe|explain|summari[sz]e|how did [^?]* (?:react|respond|change))\b)",
    re.I,
)
_DOER = re.compile(
    rf"\W*(?:and |but |so )?what(?: else)? {_DOES} ([^?]*?) {_TELLS}(?:ed|ing)?\b", re.I
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_AUXILIARIES = frozenset(
    "is are was were has have had will would may must can could should shall does do did".split()
)
_PRESENT = frozenset(f"{base}s" for base in PAST_OF) | PAST_OF.keys()
_SAYING = frozenset("said says added replied wrote writes explained argued".split())
_HEADING = 5  # words
_LEAST_SHARE = 0.6  # of the best sentence's confidence
_LIKE = 0.65  # of a sentence's terms that stand in another: a near-repeat
_FEWEST_NEW = 2
_MOST = 5
_OPENS_WITH_PRONOUN = re.compile(r"\W*(?:he|she|it|they|his|her|its|their|this|these)\b", re.I)
_NEXT = 3  # characters between a sentence and the one before it


def wants_several(question: str) -> bool:
    """Whether a question asks for what may stand in more than one sentence."""
    return _SEVERAL.match(question) is not None


def further(question: str, sure: Sequence[Extract]) -> list[Extract]:
    """The best extract and those after it that add to it, most sure first."""
    best = sure[0]
    asked = _weighted(question)
    least = _covered(asked, best)
    doer = _doer(question)
    kept = [best]
    for extract in sure[1:]:
        if len(kept) == _MOST or extract.confidence < _LEAST_SHARE * best.confidence:
            break
        if _is_heading(extract) or not adds(extract, kept):
            continue
        about = _covered(asked, extract) >= least and _does(doer, extract.sentence.text)
        if about or (doer and _goes_on(extract, sure, asked, least)):
            kept.append(extract)
    return kept


def adds(extract: Extract, kept: Iterable[Extract]) -> bool:
    """Whether a sentence says what none of the others does: other words, another short answer."""
    said = set(terms(extract.sentence.text))
    short = _short(extract)
    for other in kept:
        theirs = set(terms(other.sentence.text))
        common = len(said & theirs)
        if common >= _LIKE * min(len(said), len(theirs)) or len(said - theirs) < _FEWEST_NEW:
            return False
        if short and (short <= _short(other) or short >= _short(other) > set()):
            return False
    return True


def in_reading_order(extracts: Sequence[Extract]) -> list[Extract]:
    """Those of one document in its order; documents in the order of their surest sentence."""
    order: dict[str, int] = {}
    for extract in extracts:
        order.setdefault(extract.sentence.document.source, len(order))
    return sorted(
        extracts, key=lambda one: (order[one.sentence.document.source], one.sentence.start)
    )


def coverage(question: str, extract: Extract) -> float:
    """How much of a question's terms, by their weights, a sentence has, in [0, 1]."""
    asked = _weighted(question)
    return _covered(asked, extract) / (sum(asked.values()) or 1.0)


def _weighted(question: str) -> dict[str, float]:
    return {term: lexicon.idf(term) for term in terms(question) if term not in STOP_WORDS}


def _covered(asked: dict[str, float], extract: Extract) -> float:
    said = {*terms(extract.sentence.text)}
    return sum(weight for term, weight in asked.items() if term in said)


def _goes_on(
    extract: Extract, sure: Sequence[Extract], asked: dict[str, float], least: float
) -> bool:
    """Whether a sentence goes on about what the one before it is about: "They must also ..." """
    if not _OPENS_WITH_PRONOUN.match(extract.sentence.text):
        return False
    document, start, _ = extract.sentence
    return any(
        other.sentence.document.source == document.source
        and 0 <= start - other.sentence.end <= _NEXT
        and _covered(asked, other) >= least
        for other in sure
    )


def _is_heading(extract: Extract) -> bool:
    """Whether it is a heading, or a line as short as one and without an end."""
    document, start, _ = extract.sentence
    text = extract.sentence.text.strip()
    return document.is_heading(start) or (
        len(text.split()) <= _HEADING and not text.endswith((".", "!", "?", '"', "”"))
    )


def _doer(question: str) -> str:
    """The last word of who or what does it in "What did Ada Marsh say?", "" in other questions."""
    found = _DOER.match(question)
    words = _WORD.findall(found[1]) if found else []
    return words[-1] if words and words[-1].lower() not in STOP_WORDS else ""


def _does(doer: str, sentence: str) -> bool:
    """Whether the doer stands before or behind a verb, and is not only spoken to or of."""
    if not doer or _OPENS_WITH_PRONOUN.match(sentence):
        return True
    named = rf"\b{re.escape(doer)}\b"
    adverb = r"(?:(?:[a-z]+ly|also|then|later|soon) )?"
    after = re.finditer(rf"{named}\)? {adverb}(\w+)", sentence, re.I)
    before = re.finditer(rf"(\w+) (?:[A-Z][\w.]* )*{named}", sentence)
    return any(_is_verb(found[1].lower()) for found in after) or any(
        found[1].lower() in _SAYING for found in before
    )


def _is_verb(word: str) -> bool:
    return word in PASTS or word in PARTICIPLES or word in _AUXILIARIES or word in _PRESENT


def _short(extract: Extract) -> set[str]:
    if extract.short is None:
        return set()
    return set(terms(extract.sentence.document.part(extract.short.start, extract.short.end)))
