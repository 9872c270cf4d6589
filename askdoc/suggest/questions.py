"""Questions from a sentence: from each of its clauses, and from a few forms of whole sentences.

Nothing is reworded: a question keeps the subject, the verb and at most one phrase behind the
object, or it is not made. A part of the sentence answers it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from askdoc.english import verb_frames as frames
from askdoc.english import word_classes as en
from askdoc.english.analyzer import STOP_WORDS, tokenize
from askdoc.english.answer_types import AnswerType, candidates
from askdoc.english.dates import DEADLINE, DURATION, OFTEN
from askdoc.english.names import NAME, KnownNames, describe
from askdoc.english.numbers import MONEY, SCALES, is_number, unit_of
from askdoc.english.verbs import BASES
from askdoc.model import Sentence, Span
from askdoc.suggest import patterns
from askdoc.suggest.clauses import Clause, clauses
from askdoc.suggest.line import Line, as_reader, stands_alone
from askdoc.suggest.subjects import takes_are

_MOST_WORDS, _FEWEST_CONTENT = 11, 2
_CLEAN = re.compile(r"[A-Za-z0-9À-ɏ ,.;'’%$£€/&+-]+(?<![ .;,'’])\?")
# "The man told his wife": his can only be the man's there.
_OWN = re.compile(r"\b(?:his|her|its|their)\b(?= [a-z])")
_READER = re.compile(r"\b(?:I|my|mine|myself)\b")
# What needs no second word to say what it is about: "What does IPX8 mean?"
_SHORT_KINDS = frozenset(
    ("means", "when", "where", "is", "how much", "how often", "how long", "happened")
)
_OPENS_NOUN = en.ARTICLES | (en.POSSESSIVES - en.SPEAKERS) | en.QUANTIFIERS
_PREPOSITIONS = en.PREPOSITIONS | en.PARTICLES
_SMALL = STOP_WORDS | _PREPOSITIONS

# "by turning the key", but not "by evening"
_BY_DOING = re.compile(r"\bby [a-z]+ing (?:the|an?|[a-z]+ing|[A-Za-z`]).+")
_DATED = re.compile(r"\b(?:on|in|by|before|since|until)(?: the)?(?: (?:early|late))? $", re.I)
_TOLD = re.compile(r" that (?P<told>[^.;!]{12,})")
_BECAUSE = re.compile(
    r",? (?P<reason>(?:because (?!of\b)|in order to |so that |so as to )[^.;]{8,})"
)
_IS_THING = re.compile(r"(?:an?|the|one of the) (?!(?:bit|little|lot|few|same|case)\b)[a-z]")
# What a number does not count, beside units: "three quarters", "six times".
_PARTS = SCALES.keys() | {"others", "thirds", "quarters", "halves", "times"}

Made = Iterator[tuple[str, str, Span]]


class Candidate(NamedTuple):
    """A question, its kind, the sentence it was made from, and the words there that answer it."""

    question: str
    kind: str
    sentence: Sentence
    answer: Span


def questions(line: Line, names: KnownNames) -> Iterator[Candidate]:
    """The questions that are made from a sentence."""
    made = [(question, kind, span, stands_alone(_READER.sub("", question)))
            for question, kind, span in patterns.questions(line, names)]  # fmt: skip
    for found in clauses(line, names):
        whole = found.words and not found.line.is_cut(*found.span())
        for rule in (*_WORDLESS, *(_WORDED if whole else ())):
            for question, kind, span in rule(found):
                if found.subject.text.split()[0] in ("I", "my"):
                    question = as_reader(question)
                before, subject, after = _READER.sub("", question).partition(found.subject.text)
                alone = stands_alone(before + subject + _OWN.sub("", after))
                made.append((question, kind, span, alone))
    for asked, kind, span, alone in made:
        question = " ".join(asked.split()) + "?"
        content = sum(not token.stop for token in tokenize(question))
        if (
            alone
            and len(question.split()) <= _MOST_WORDS
            and content >= (1 if kind in _SHORT_KINDS else _FEWEST_CONTENT)
            and _CLEAN.fullmatch(question)
        ):
            yield Candidate(
                question[0].upper() + question[1:], kind, line.sentence, line.place(span)
            )


def _noun_end(found: Clause, start: int = 0) -> int:
    """End of the noun phrase that begins with a word: before a preposition, or the last word."""
    low = found.low
    for at in range(start + 1, len(low)):
        if (low[at] in _PREPOSITIONS and low[at] != "of") or low[at] in en.CONJUNCTIONS:
            return at
        if en.is_adverb(low[at]) and at + 1 < len(low):
            return at
    return len(low)


def _head(found: Clause, end: int) -> str:
    """The head of the noun phrase that the complement begins with: "house" in "house of stone"."""
    return found.low[next((at for at in range(1, end) if found.low[at] == "of"), end) - 1]


def _date_phrase(found: Clause, at: int) -> str:
    """The date that begins with a word, short enough to keep: "in 1887"."""
    end = _noun_end(found, at) if at < len(found.words) else at
    text = found.text(at, end)
    dated = (
        2 <= end - at <= 5
        and _DATED.match(f"{found.low[at]} ")
        and candidates(AnswerType.DATE, text)
    )
    return text if dated else ""


def _moved(found: Clause, start: int, end: int) -> Span:
    """A span of what follows the verb, as one of the line."""
    return Span(found.words[0].start + start, found.words[0].start + end)


def _when(found: Clause) -> Made:
    """ "The office closes at 5 p.m." -> "When does the office close?" """
    text, opening = found.text(), found.line.text[: found.subject.place.start]
    if found.verb == "be" or _TOLD.match(found.line.text, found.predicate.end):
        return
    for date in candidates(AnswerType.DATE, opening):
        leads = _DATED.fullmatch(opening[: date.start]) and opening[date.end :] in (", ", " ")
        if leads and len(found.words) <= 7:
            yield f"when {found.ask(text)}", "when", date
            return
    phrases = [(match.start(), *match.span()) for match in DEADLINE.finditer(text)]
    dates = (
        (_DATED.search(text[: date.start]), date) for date in candidates(AnswerType.DATE, text)
    )
    phrases += [(before.start(), *date) for before, date in dates if before]
    for cut, start, end in phrases:
        kept = text[:cut].split()
        plain = not kept or kept[-1].lower() not in STOP_WORDS
        if plain and len(kept) <= 6 and not candidates(AnswerType.DATE, text[:cut]):
            yield f"when {found.ask(' '.join(kept))}", "when", _moved(found, start, end)
            return


def _how(found: Clause) -> Made:
    """ "The ferry crosses twice a day" -> "How often does the ferry cross?" """
    text = found.text()
    for kind, form in (("how often", OFTEN), ("how long", DURATION), ("how", _BY_DOING)):
        if (match := form.search(text)) is None:
            continue
        kept = text[: match.start()].split()
        lasts = match[0].startswith("for ") or (not kept and found.verb in ("take", "last"))
        told = len(kept) <= 5 and (not kept or kept[-1] not in STOP_WORDS)
        if told and (lasts or kind != "how long"):
            yield f"{kind} {found.ask(' '.join(kept))}", kind, _moved(found, *match.span())
    if found.verb in frames.COSTING and (match := MONEY.match(text)):
        rest = _date_phrase(found, len(match[0].split()))
        yield f"how much {found.ask(rest)}", "how much", _moved(found, *match.span())


def _where(found: Clause) -> Made:
    """ "The old man lived in a hut" -> "Where did the old man live?" """
    # "You can find the form in the office": the place stands behind the object.
    at = _noun_end(found) if found.verb in frames.FINDING and not found.passive else 0
    if at + 1 >= len(found.words):
        return
    low, end = found.low[at:], _noun_end(found, at) - at
    place, named = found.text(at + 1, at + end), found.words[at + 1].text[0].isupper()
    if not (named or (end > 2 and low[1] in _OPENS_NOUN)) or low[end - 1] in en.TIMES:
        return
    inside = low[0] in ("in", "at", "on", "near", "under", "behind", "beside", "above")
    toward = low[0] in ("to", "into", "through", "onto", "towards", "across")
    if found.passive or found.verb == "be":
        known = inside and (found.verb in frames.PLACED or (named and found.verb == "be"))
    else:
        stays = found.verb in frames.STAYING or at > 0
        known = (inside and stays) or (toward and found.verb in frames.MOVING)
    if known and not en.is_people(low[end - 1]) and not candidates(AnswerType.DATE, place):
        yield f"where {found.ask(found.text(0, at))}", "where", found.span(at, at + end)


def _attached(found: Clause) -> Made:
    """ "The price depends on the season" -> "What does the price depend on?" """
    low, at = found.low, 0
    following = (frames.ATTACHED_PASSIVE if found.passive else frames.ATTACHED).get(found.verb, [])
    if found.verb == "be" and len(low) > 2:
        following, at = frames.ADJECTIVES.get(low[0], []), 1
    if low[at] not in following or at + 1 >= len(low):
        return
    end = _noun_end(found, at + 1)
    thing = low[at + 1 : end]
    vague = thing[0] in en.TIMES | {"this", "that", "it", "them"} or thing in (["the"], ["a"])
    if not (vague or en.is_people(thing[-1]) or NAME.fullmatch(found.text(at + 1, end))):
        yield f"what {found.ask(found.text(0, at + 1))}", "attached", found.span(at + 1)


def _told(found: Clause) -> Made:
    """ "The report found in May that the quay leaks" -> "What did the report find in May?" """
    match = _TOLD.match(found.line.text, found.predicate.end)
    brief = not found.words or (len(found.words) <= 4 and found.low[0] in ("on", "in", "at", "to"))
    if match and brief and found.verb in frames.TELLING and not found.passive:
        yield f"what {found.ask(found.text())}", "told", Span(*match.span("told"))


def _is(found: Clause) -> Made:
    """ "A pilot boat is a small vessel" -> "What is a pilot boat?" """
    text, subject = found.text(), found.subject
    if found.verb != "be" or found.tense not in ("present", "past") or subject.text == "I":
        return
    titled = subject.named and re.fullmatch(r"(?:[A-Z][a-z.]+ ?)+", subject.text)  # no "VBA"
    person = subject.person or (titled and en.is_people(_head(found, _noun_end(found))))
    known = subject.named or len(subject.text.split()) > 2
    known = known or (subject.text.islower() and not subject.text.startswith(("the ", "my ")))
    valued = (
        " of " in subject.text and NAME.fullmatch(text) and not candidates(AnswerType.DATE, text)
    )
    defined = _IS_THING.match(text) and len(found.words) > 2 and known
    if valued or (defined and (subject.named if person else found.tense == "present")):
        yield f"{'who' if person else 'what'} {found.ask()}", "is", found.span()


def _counted(found: Clause) -> Made:
    """ "The council collected 900 signatures" -> "How many signatures did the council collect?" """
    end = _noun_end(found)
    if found.passive or found.verb == "be" or not is_number(found.low[0]):
        return
    if _is_counted(found.low[1:end]):
        asked = f"how many {found.text(1, end)} {found.ask(_date_phrase(found, end))}"
        yield asked, "how many", found.span(0, 1)


def _number_of(found: Clause) -> Made:
    """ "Twelve boats sank in May" -> "How many boats sank in May?" """
    number, _, things = found.subject.text.partition(" ")
    end = found.words[_noun_end(found) - 1].end if found.words else found.ends
    rest = found.line.text[len(number) : end]
    first = is_number(number.lower()) and not found.subject.place.start
    if first and _is_counted(things.split()) and not set(",(") & set(rest):
        yield f"how many {rest}", "how many", Span(0, len(number))


def _is_counted(things: list[str]) -> bool:
    """True for a countable noun phrase behind a number, no measure: "ships", not "miles"."""
    if not 1 <= len(things) <= 3 or not all(map(str.isalpha, things)) or not takes_are(things):
        return False
    units = [unit_of(word) for word in things]
    measured = any(unit and unit[0] not in ("mass", "volume") for unit in units)
    return not measured and _PARTS.isdisjoint(things)


def _object(found: Clause) -> Made:
    """ "The fox saw a crow on the roof" -> "What did the fox see?" """
    low, end = found.low, _noun_end(found)
    to = end < len(low) and low[end] == "to"
    if found.passive or not found.subject.head:
        return
    if to and found.verb in frames.URGING and low[-1] != "to" and low[end + 1] in BASES | {"be"}:
        yield f"what {found.ask(found.text(0, end))} to do", "urged", found.span(end + 1)
    if found.verb in frames.NO_OBJECT | (frames.URGING - frames.HOLDING) or (
        found.verb in frames.MAKING and end > 2
    ):
        return
    head = _head(found, end)
    opened = end > 1 and (low[0] in _OPENS_NOUN | {"one"} or is_number(low[0]))
    bare = (head.endswith("s") or found.verb in frames.HOLDING) and found.words[0].text.islower()
    bare = bare and low[0] not in _SMALL and not en.is_adverb(low[0])
    if (opened or bare) and head not in en.TIMES | STOP_WORDS:
        asks = "who" if en.is_people(head) and found.tense == "past" else "what"
        yield f"{asks} {found.ask(_date_phrase(found, end))}", "object", found.span(0, end)


def _who(found: Clause) -> Made:
    """ "The miller sold the old mill" -> "Who sold the old mill?" """
    low, end, subject = found.low, _noun_end(found), found.subject
    if found.passive or subject.plural or not (subject.person and found.tense == "past"):
        return
    opened = low[0] in _OPENS_NOUN or found.words[0].text[0].isupper()
    known = opened and found.verb not in frames.NO_OBJECT | frames.URGING
    placed = low[0] in _PREPOSITIONS and found.verb in frames.MOVING | frames.STAYING
    if (known or placed) and 2 <= end <= 6 and low[end - 1] not in _SMALL:
        yield f"who {found.form} {found.text(0, end)}", "who", subject.place


def _by(found: Clause) -> Made:
    """ "The house was destroyed by a fire" -> "What destroyed the house?" """
    low = found.low
    near = low[:5] if found.tense == "past" else low[:1]
    if not found.passive or "by" not in near or low[-1] == "by":
        return
    at = low.index("by") + 1
    end = _noun_end(found, at - 1)
    agent, named = found.text(at, end), found.words[end - 1].text[0].isupper()
    told = named or (low[at] in en.ARTICLES | en.QUANTIFIERS and end > at + 1)
    if told and not candidates(AnswerType.DATE, agent):
        somebody = named and (found.tense == "past" or describe(agent).type == "person")
        asks = "who" if somebody or en.is_people(low[end - 1]) else "what"
        yield f"{asks} {found.active} {found.subject.text}", "who", found.span(at, end)


def _happened(found: Clause) -> Made:
    """ "The house was sold in May" -> "What happened to the house?" """
    definite = found.subject.named or found.subject.text.startswith("the ")
    if found.passive and found.tense == "past" and found.verb in frames.CHANGING and definite:
        yield f"what happened to {found.subject.text}", "happened", found.predicate


def _why(found: Clause) -> Made:
    """ "The miller left because the mill was shut" -> "Why did the miller leave?" """
    match = _BECAUSE.match(found.line.text, found.predicate.end)
    surely = found.tense not in en.MODALS - {"must", "can", "will"}
    if match and surely and len(found.words) <= 7 and (found.words or found.verb != "be"):
        yield f"why {found.ask(found.text())}", "why", Span(*match.span("reason"))


_WORDLESS: tuple[Callable[[Clause], Made], ...] = (_told, _why, _number_of, _happened)
# These need words behind the verb, and none left out of them.
_WORDED: tuple[Callable[[Clause], Made], ...] = (
    _when, _how, _where, _attached, _is, _counted, _object, _who, _by,
)  # fmt: skip
