"""Who does what, anywhere in a line: a subject of a known form, its verb, and what follows.

    Last week | the old fox | did | see | a crow on the roof | , and ...
                subject       verb        rest

Wider than `clauses`, which only looks at how a line begins, but for names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from askdoc.lexicon import idf
from askdoc.model import Span
from askdoc.suggest.clauses import Line
from askdoc.suggest.forms import BASES, PARTICIPLES, PASTS, THIRDS
from askdoc.suggest.names import PEOPLE, Names
from askdoc.suggest.relations import MORE_PEOPLE
from askdoc.suggest.tokens import (
    BE,
    HAVE,
    JOINING,
    MODALS,
    NOT,
    NUMBERS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    THE,
    Token,
    breaks,
    is_adverb,
    is_finite,
    is_verb,
    may_be_third,
    opens_object,
    tokens,
)  # fmt: skip
from askdoc.text import STOP_WORDS

# Nouns that say nothing without what stood before, and what only looks like a noun.
_EMPTY = frozenset(
    "thing things way ways fact reason reasons problem problems result results case cases time "
    "times day days point part rest end first second third last next latter former number lot "
    "idea one ones others kind sort result matter question answer moment purpose difference "
    "example following above left right most least only whole good bad old young new poor rich "
    "small big great little same best worst more less hand men people effect topic section chapter "
    "page table figure list item items note sentence paragraph link two three year years month "
    "months week weeks morning evening night words word opposite others dead sick truth".split()
)
_ADJECTIVE = ("ous", "ful", "less", "ive", "ible", "ical", "ly", "ing", "ed", "est")
_NOUNS_IN_ING = frozenset(
    "king building morning evening wedding painting meeting string ring thing spring wing clothing "
    "ceiling setting warning parking training funding duckling sibling dumpling opening".split()
)
_LONGEST = 8
_LINKING = frozenset("of for in on from to with at".split())


class Predicate(NamedTuple):
    """A clause: the subject as a question says it, the verb's base, and the span of what follows.

    `tense` is "past", "present", a modal verb, or for the perfect "has", "have" or "had"; `form` is
    the verb as it stands there, and `verb` its base; `plural` tells how the present is asked; `named`
    and `person` say what the subject is; `place` is where it stands; `passive` tells that the verb
    is a participle after "be", and `verb` and `form` then that participle. A clause with a form of "be" alone
    has `verb` "be". `ends` is where the verb ends, and `words` are those that follow it.
    """

    line: Line
    subject: str
    head: str
    place: Span
    named: bool
    person: bool
    plural: bool
    tense: str
    verb: str
    form: str
    passive: bool
    ends: int
    words: tuple[Token, ...]

    @property
    def be(self) -> str:
        """The form of "be" that a question begins with."""
        past = self.tense == "past"
        return ("were" if past else "are") if self.plural else ("was" if past else "is")

    def ask(self, rest: str = "") -> str:
        """The clause as it stands after a question word: "did the fox see", "is the dog"."""
        if self.tense in HAVE:
            return f"{self.tense} {self.subject} {self.form} {rest}".rstrip()
        if self.tense not in ("past", "present"):
            verb = f"be {self.verb}" if self.passive else self.verb
            return f"{self.tense} {self.subject} {verb} {rest}".rstrip()
        if self.passive:
            return f"{self.be} {self.subject} {self.verb} {rest}".rstrip()
        if self.verb == "be":
            return f"{self.be} {self.subject} {rest}".rstrip()
        do = "did" if self.tense == "past" else "do" if self.plural else "does"
        return f"{do} {self.subject} {self.verb} {rest}".rstrip()

    def text(self, start: int = 0, end: int | None = None) -> str:
        """The words from one to before another, as the line has them."""
        chosen = self.words[start:end]
        return self.line.text[chosen[0].start : chosen[-1].end] if chosen else ""

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The span in the line of the words from one to before another; there is at least one."""
        chosen = self.words[start:end]
        return Span(chosen[0].start, chosen[-1].end)


class _Verb(NamedTuple):
    tense: str
    base: str
    passive: bool
    after: int


def predicates(line: Line, names: Names) -> Iterator[Predicate]:
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
        found = predicate(line, words, at, names)
        if found is not None:
            yield found
            yield from _continued(found, words)


_LEADS = frozenset(
    "one then now at so soon once next that in on after but and yet still meanwhile finally every "
    "early late this suddenly without with by from for during before".split()
)


def _continued(found: Predicate, words: list[Token]) -> Iterator[Predicate]:
    """What the same subject does next: "The king rose | and gave the boy a horse"."""
    for _ in range(3):
        end = found.words[-1].end if found.words else found.ends
        at = next((at for at, word in enumerate(words) if word.start >= end), len(words))
        if at < len(words) and words[at].text == ",":
            at += 1
        if at + 2 >= len(words) or words[at].low not in ("and", "but"):
            return
        verb = _verb(words, at + 1, found.plural)
        if verb is None or verb.tense != found.tense or verb.passive != found.passive:
            return
        rest = _rest(words, verb.after)
        if rest is None:
            return
        last = words[verb.after - 1]
        found = found._replace(
            verb=verb.base, form=last.low, passive=verb.passive, ends=last.end, words=rest
        )
        yield found


def _may_begin(words: list[Token], at: int) -> bool:
    """Whether a clause may begin here: at the start, or behind a mark or a word that opens one."""
    if at == 0:
        return True
    before = words[at - 1]
    if words[0].low in _LEADS and at <= 4 and words[at].low in ("the", "a", "an"):
        return before.low not in PREPOSITIONS and not any(is_finite(w.low) for w in words[:at])
    if before.low in JOINING:
        return words[at].low in THE or words[at].text[0].isupper()
    return before.text in (",", ";", ":", "—", "–", "-") or before.low in (
        "that", "because", "then", "so",
    )  # fmt: skip


def predicate(line: Line, words: list[Token], at: int, names: Names) -> Predicate | None:
    """The clause that begins with a word, if it has a known form."""
    for end in range(at + 1, min(at + _LONGEST + 2, len(words))):
        token = words[end]
        if token.text == "," and (behind := _behind_aside(words, end)):
            verb = _verb(words, behind, _is_plural([word.low for word in words[at:end]]))
            if verb is None or not _is_subject(words[at:end], at == 0, names):
                return None
            rest = _rest(words, verb.after)
            return None if rest is None else _made(line, words, at, end, verb, rest, names)
        if not token.word:
            return None
        if token.low in RELATIVE | PRONOUNS | (STOP_WORDS - _PASSING):
            return None
        if not (is_verb(token.low) or is_adverb(token.low)):
            continue
        plural = _is_plural([word.low for word in words[at:end]])
        verb = _verb(words, end, plural)
        if verb is None:
            if is_finite(token.low):
                return None
            continue
        if not _is_subject(words[at:end], at == 0, names):
            return None
        rest = _rest(words, verb.after)
        return None if rest is None else _made(line, words, at, end, verb, rest, names)
    return None


def _behind_aside(words: list[Token], at: int) -> int | None:
    """Where it goes on behind ", who owns the mill," or None if there is no such aside."""
    if at + 1 >= len(words) or words[at + 1].low not in ("who", "which", "the", "a", "an"):
        return None
    for end in range(at + 3, min(at + 16, len(words) - 1)):
        if words[end].text == ",":
            return end + 1
        if not words[end].word:
            return None
    return None


_PASSING = frozenset(
    "of for in on from to with at and the a an is are was were has have had must shall may can "
    "will should would could might cannot do does did first once also often then".split()
)


def _verb(words: list[Token], at: int, plural: bool) -> _Verb | None:
    """The verb that begins with a word, if it can be one there."""
    while at < len(words) and is_adverb(words[at].low):
        at += 1
    if at + 1 >= len(words):
        return None
    low, following = words[at].low, words[at + 1].low
    if following in NOT:
        return None
    if low in MODALS:
        after = at + 1
        while after < len(words) and is_adverb(words[after].low):
            after += 1
        base = words[after].low if after < len(words) else ""
        if base == "be" and after + 1 < len(words) and words[after + 1].low in PARTICIPLES:
            return _Verb(low, words[after + 1].low, True, after + 2)
        return _Verb(low, base, False, after + 1) if base in BASES or base == "be" else None
    if low in BE:
        tense = "past" if low in ("was", "were") else "present"
        after = at + 1
        while after < len(words) and is_adverb(words[after].low):
            after += 1
        if after < len(words) and words[after].low in PARTICIPLES:
            return _Verb(tense, words[after].low, True, after + 1)
        return _Verb(tense, "be", False, at + 1)
    if low in HAVE:
        if following in ("been", "to") or is_adverb(following):
            return None
        if following in PARTICIPLES:
            return _Verb(low, PASTS[PARTICIPLES[following]], False, at + 2)
        return _Verb("past" if low == "had" else "present", "have", False, at + 1)
    if low in PASTS and words[at].text == low:
        if PASTS[low] == low and not opens_object(following):
            return None
        return _Verb("past", PASTS[low], False, at + 1)
    if words[at].text != low:
        return None
    if not plural and may_be_third(low, following):
        return _Verb("present", THIRDS[low], False, at + 1)
    if plural and low in BASES and opens_object(following):
        return _Verb("present", low, False, at + 1)
    return None


def _is_plural(words: list[str]) -> bool:
    """Whether a subject takes "are", as far as its form tells."""
    linked = next((at for at, word in enumerate(words) if at and word in _LINKING), len(words))
    if "and" in words:
        return True
    head = words[linked - 1]
    return head in ("people", "men", "women", "children", "mice", "police") or (
        head.endswith("s") and not head.endswith(("ss", "us", "is", "'s", "’s", "news", "ics"))
    )


# What is pointed at in a text is "the" pan for whoever asks about it.
_POINTING = frozenset("this these my our".split())
_KIN = frozenset(
    "friend friends kid kids dad mom mum family boss cousin group team baby dog cat".split()
)


def _is_subject(words: list[Token], first: bool, names: Names) -> bool:
    """Whether words before a verb are a noun phrase that is understood alone."""
    low = [word.low for word in words]
    many = low[0] in ("most", "many", "several", "some", "all") and _is_plural(low)
    opened = low[0] in THE or low[0] in NUMBERS or many or low[0] in _POINTING
    inner = low[1:] if opened else low
    if not inner or any(word in PRONOUNS or word in NOT for word in inner):
        return False
    linked = next((at for at, word in enumerate(inner) if word in _LINKING), len(inner))
    head = inner[linked - 1] if linked else ""
    if low[0] in _POINTING and head in PEOPLE | MORE_PEOPLE | _KIN:
        return False
    if linked == 0 or inner[-1] in _PASSING or inner[-1] in PREPOSITIONS:
        return False
    if not _is_noun(head) or not _is_noun(inner[-1]):
        return False
    if any(
        word in THE and inner[at - 1] not in _LINKING | {"and"} for at, word in enumerate(inner)
    ):
        return False
    if opened:
        return "and" not in inner or low[0] == "the"
    text = " ".join(word.text for word in words)
    if words[0].text[0].isupper() and "and" not in low and linked == len(inner):
        named = all(word.text[0].isupper() for word in words)
        if named and not (len(words) == 1 and low[0] in names.common):
            plural = _is_plural(low)
            if len(words) > 1 and plural and not names.known[words[0].text]:
                return False  # "Individual Huguenots"
            if names.is_name(text) or (first and len(words) == 1 and plural):
                return True
    if first and len(words) == 1 and not is_verb(low[0]) and low[0] not in STOP_WORDS:
        # "Latin is", "Precipitation falls", "diff.pl reads"
        return words[0].text[0].isupper() or idf(low[0]) >= idf("")
    # "Visitors", "Local boats", at the start only: further inside it may be anything.
    return first and len(words) <= 3 and _is_plural(low) and low[0] not in STOP_WORDS


def _is_noun(word: str) -> bool:
    if word in _EMPTY or word in STOP_WORDS or is_adverb(word) or word in PASTS:
        return False
    if word.endswith("ing"):
        return word in _NOUNS_IN_ING
    return not word.endswith(_ADJECTIVE)


_MAY_OPEN = frozenset("before after until till since like".split())


def _rest(words: list[Token], at: int) -> tuple[Token, ...] | None:
    """What follows a verb, to the first mark or word that opens another clause; None if broken."""
    rest: list[Token] = []
    for here, token in enumerate(words[at:], at):
        if token.low in ("and", "but") and here + 2 < len(words):
            following = words[here + 1].text
            if following in PASTS and PASTS[following] != following:
                break
            if following in THIRDS and opens_object(words[here + 2].low):
                break
        if token.text == "-" or token.text in ("'", "’", "%"):
            rest.append(token)
            continue
        if breaks(token):
            if token.text in ('"', "“", "”", "(") and not rest:
                return None
            break
        # "The men killed were sailors": what seemed the verb was none.
        if is_finite(token.text) and not any(word.low in JOINING for word in rest):
            opened = [i for i, word in enumerate(rest) if word.low in _MAY_OPEN]
            if not opened:
                return None
            rest = rest[: opened[-1]]
            break
        rest.append(token)
    while rest and rest[-1].low in JOINING:
        rest.pop()
    return tuple(rest)


def _made(
    line: Line, words: list[Token], at: int, end: int, verb: _Verb, rest: tuple[Token, ...],
    names: Names,
) -> Predicate:  # fmt: skip
    text = line.text[words[at].start : words[end - 1].end]
    low = [word.low for word in words[at:end]]
    named = all(word.text[0].isupper() for word in words[at:end] if word.low not in _LINKING)
    named = named and low[0] not in ("a", "an") and (low[0] == "the" or names.is_name(text))
    if low[0] in ("a", "an") and verb.tense == "past":
        text = "the" + text[len(low[0]) :]  # once told of, it is known
    elif low[0] in _POINTING:
        text = "the" + text[len(low[0]) :]
    elif not named and low[0] not in names.common and idf(low[0]) >= idf(""):
        pass  # it may be a name that stands here only
    elif not named and (words[at].text == "A" or not words[at].text.isupper()):
        text = text[0].lower() + text[1:]
    elif low[0] == "the":
        text = "the" + text[3:]
    linked = next((i for i, word in enumerate(low) if i and word in _LINKING), len(low))
    head = low[linked - 1]
    person = names.is_person(text) if named else head in PEOPLE | MORE_PEOPLE
    place = Span(words[at].start, words[end - 1].end)
    return Predicate(
        line, text, head, place, named, person, _is_plural(low), verb.tense, verb.base,
        words[verb.after - 1].low, verb.passive, words[verb.after - 1].end, rest,
    )  # fmt: skip
