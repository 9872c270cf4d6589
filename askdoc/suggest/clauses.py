"""Shallow parser of clauses: a noun phrase as subject, its finite verb, and the complement.

    Last week | the old fox | did | see | a crow on the roof | , and ...
                subject       verb        rest

A clause may begin anywhere in a line; whatever does not fit exactly is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from askdoc.english import word_classes as en
from askdoc.english.names import KnownNames
from askdoc.english.numbers import is_number
from askdoc.english.verb_frames import is_verb, may_be_third, opens_object
from askdoc.english.verbs import ALL_PARTICIPLES, ALL_PASTS, BASES, THIRDS, third_of
from askdoc.model import Span
from askdoc.suggest.line import Line, Token, tokens
from askdoc.suggest.subjects import BREAKING, Subject, subject, takes_are

_LONGEST = 9  # words of a subject
_ASIDE = 16  # words of "who owns the mill" between commas
# "One day the king left": the clause stands behind a few words that do without a comma.
_LEADS = frozenset(
    "one then now at so soon once next that in on after but and yet still finally every early late "
    "this without with by from for during before".split()
)


class FiniteVerb(NamedTuple):
    """A verb with its helpers: `tense` and the others as in `Clause`; `after` follows it."""

    tense: str
    base: str
    passive: bool
    after: int


class Clause(NamedTuple):
    """A clause: its subject, its verb's base, and what follows.

    `tense` is "past", "present", a modal verb, or for the perfect "has", "have" or "had"; `form` is
    the verb as it stands there, and `verb` its base; `passive` tells that the verb is a participle
    after "be", and `verb` and `form` then that participle. A clause with a form of "be" alone has
    `verb` "be". `ends` is where the verb ends, and `words` are those that follow it.
    """

    line: Line
    subject: Subject
    tense: str
    verb: str
    form: str
    passive: bool
    ends: int
    words: tuple[Token, ...]

    def ask(self, rest: str = "") -> str:
        """The clause as it stands after a question word: "did the fox see", "is the dog"."""
        words = self.subject.text
        plural, past = self.subject.plural and words != "I", self.tense == "past"
        be = ("were" if past else "are") if plural else "was" if past else "is"
        be = "am" if be == "is" and words == "I" else be
        do = "did" if past else "do" if self.subject.plural else "does"
        if self.tense in en.HAVE:
            asked = f"{self.tense} {words} {'been ' if self.passive else ''}{self.form} {rest}"
        elif self.tense in en.MODALS:
            asked = f"{self.tense} {words} {'be ' if self.passive else ''}{self.verb} {rest}"
        elif self.passive:
            asked = f"{be} {words} {self.verb} {rest}"
        else:
            asked = (
                f"{be} {words} {rest}" if self.verb == "be" else f"{do} {words} {self.verb} {rest}"
            )
        return asked.rstrip()

    def text(self, start: int = 0, end: int | None = None) -> str:
        """The words from one to before another, as the line has them."""
        chosen = self.words[start:end]
        return self.line.text[chosen[0].start : chosen[-1].end] if chosen else ""

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The span in the line of the words from one to before another; there is at least one."""
        chosen = self.words[start:end]
        return Span(chosen[0].start, chosen[-1].end)

    @property
    def low(self) -> list[str]:
        """The words in lower case."""
        return [word.low for word in self.words]

    @property
    def active(self) -> str:
        """The verb of a passive clause as its agent takes it: "has sold" of "has been sold"."""
        past = ALL_PARTICIPLES[self.verb]
        if self.tense in en.HAVE:
            return f"{'had' if self.tense == 'had' else 'has'} {self.verb}"
        if self.tense == "past":
            return past
        base = ALL_PASTS.get(past, "be")
        return f"{self.tense} {base}" if self.tense in en.MODALS else third_of(base)

    @property
    def predicate(self) -> Span:
        """The verb and what follows it, as a span of the line."""
        end = self.words[-1].end if self.words else self.ends
        return Span(self.ends - len(self.form), end)


def clauses(line: Line, names: KnownNames) -> Iterator[Clause]:
    """The clauses of a line whose subject has a known form, outside quotations, in order."""
    words = tokens(line.text)
    quoted = False
    for at, token in enumerate(words):
        if at == 0 and token.text in "'‘":
            return  # whoever speaks there may go on to the end
        if token.text in '"“”':
            quoted = not quoted if token.text == '"' else token.text == "“"
        if quoted or not token.word or not _may_begin(words, at):
            continue
        if found := (_order(line, words) if at == 0 else None) or clause(line, words, at, names):
            yield found


def _order(line: Line, words: list[Token]) -> Clause | None:
    """A line that begins with an imperative and its object, as what its reader should do."""
    verb = words[0].low
    if verb not in BASES or words[0].text == verb or len(words) < 3:
        return None
    if words[1].low not in en.DETERMINERS and not is_number(words[1].low):
        return None
    rest, reader = _rest(words, 1), Subject("I", "", Span(0, 0), True, False, False)
    return Clause(line, reader, "should", verb, verb, False, words[0].end, rest) if rest else None


def clause(line: Line, words: list[Token], at: int, names: KnownNames) -> Clause | None:
    """The clause that begins with a word, if it has a known form."""
    for end in range(at + 1, min(at + _LONGEST + 1, len(words))):
        token = words[end]
        behind = _behind_aside(words, end) if token.text in ",(" else None
        if behind is None:
            if not token.word or token.low in BREAKING:
                return None
            if not (is_verb(token.low) or en.is_adverb(token.low)):
                continue
        verb = finite_verb(words, behind or end, takes_are([word.low for word in words[at:end]]))
        if verb is None and behind is None and token.low not in en.AUXILIARIES:
            continue
        found = subject(line.text, words[at:end], at == 0, names) if verb else None
        rest = _rest(words, verb.after) if verb and found else None
        if verb is None or found is None or rest is None:
            return None
        if verb.tense == "past":
            found = found.definite()  # once told of, it is known
        last = words[verb.after - 1]
        return Clause(line, found, verb.tense, verb.base, last.low, verb.passive, last.end, rest)
    return None


def finite_verb(words: list[Token], at: int, plural: bool) -> FiniteVerb | None:
    """The verb that begins with a word, if it can be one there."""
    at = _behind_adverbs(words, at)
    if at + 1 >= len(words) or words[at + 1].low in en.NEGATIONS:
        return None
    low, following = words[at].low, words[at + 1].low
    after = _behind_adverbs(words, at + 1)
    main = words[after].low if after < len(words) else ""
    if low in en.MODALS:
        if main == "be" and after + 1 < len(words) and words[after + 1].low in ALL_PARTICIPLES:
            return FiniteVerb(low, words[after + 1].low, True, after + 2)
        return FiniteVerb(low, main, False, after + 1) if main in BASES or main == "be" else None
    if low in en.BE:
        tense = "past" if low in ("was", "were") else "present"
        if main in ALL_PARTICIPLES:
            return FiniteVerb(tense, main, True, after + 1)
        return FiniteVerb(tense, "be", False, at + 1)
    if low in en.HAVE:
        if main == "been":
            done = words[after + 1].low if after + 1 < len(words) else ""
            return FiniteVerb(low, done, True, after + 2) if done in ALL_PARTICIPLES else None
        if main in ALL_PARTICIPLES:
            return FiniteVerb(low, ALL_PASTS[ALL_PARTICIPLES[main]], False, after + 1)
        if main == "to" or after > at + 1:
            return None
        return FiniteVerb("past" if low == "had" else "present", "have", False, at + 1)
    if words[at].text != low:
        return None
    if low in ALL_PASTS:
        if ALL_PASTS[low] == low and not opens_object(following):
            return None
        return FiniteVerb("past", ALL_PASTS[low], False, at + 1)
    if not plural and may_be_third(low, following):
        return FiniteVerb("present", THIRDS[low], False, at + 1)
    if plural and low in BASES and opens_object(following):
        return FiniteVerb("present", low, False, at + 1)
    return None


def _behind_adverbs(words: list[Token], at: int) -> int:
    return next((to for to in range(at, len(words)) if not en.is_adverb(words[to].low)), len(words))


def _may_begin(words: list[Token], at: int) -> bool:
    """True at the start, and behind a mark or a conjunction that a clause may follow."""
    if at == 0:
        return True
    before = words[at - 1]
    opened = words[at].low in en.ARTICLES or (before.text.isdigit() and words[at].text[0].isupper())
    if words[0].low in _LEADS and at <= 4 and opened:
        lead = {word.low for word in words[:at]}
        return before.low not in en.PREPOSITIONS and en.AUXILIARIES.isdisjoint(lead)
    if before.low in en.CONJUNCTIONS:
        return words[at].low in en.ARTICLES or words[at].text[0].isupper()
    return before.text in ".,;:—–-" or before.low in ("that", "because", "then", "so")


def _behind_aside(words: list[Token], at: int) -> int | None:
    """Position behind an apposition: ", who owns the mill," or "(NO)"; None if there is none."""
    closing = ")" if words[at].text == "(" else ","
    first = words[at + 1] if at + 1 < len(words) else words[at]
    if closing == "," and first.low not in en.ARTICLES | {"who", "which"} and first.text.islower():
        return None
    for end in range(at + 2, min(at + _ASIDE, len(words) - 1)):
        if words[end].text == closing:
            return end + 1
        if not words[end].word:
            return None
    return None


def _rest(words: list[Token], at: int) -> tuple[Token, ...] | None:
    """The complement, up to the next clause or mark; None if the verb before it was none."""
    rest: list[Token] = []
    for here, token in enumerate(words[at:], at):
        if token.low in ("and", "but") and here + 2 < len(words):
            following = words[here + 1].text
            if ALL_PASTS.get(following, following) != following:
                break
            if following in THIRDS and opens_object(words[here + 2].low):
                break
        if token.breaks:
            if token.text in '"“”(' and not rest:
                return None
            break
        # "The men killed were sailors": what seemed the verb was none.
        if token.text in en.AUXILIARIES and not any(word.low in en.CONJUNCTIONS for word in rest):
            return None
        rest.append(token)
    while rest and rest[-1].low in en.CONJUNCTIONS:
        rest.pop()
    return tuple(rest)
