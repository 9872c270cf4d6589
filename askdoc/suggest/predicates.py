"""Who does what, anywhere in a line: a subject of a known form, its verb, and what follows.

    Last week | the old fox | did | see | a crow on the roof | , and ...
                subject       verb        rest

Wider than `clauses`, which only looks at how a line begins, but for names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from askdoc.model import Span
from askdoc.suggest.clauses import Line
from askdoc.suggest.finite import FiniteVerb, finite_verb
from askdoc.suggest.forms import PASTS, THIRDS
from askdoc.suggest.names import PEOPLE, Names
from askdoc.suggest.relations import MORE_PEOPLE
from askdoc.suggest.subjects import LINKING, PASSING, POINTING, is_plural, is_subject, is_unknown
from askdoc.suggest.tokens import (
    HAVE,
    JOINING,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVE,
    THE,
    Token,
    breaks,
    is_adverb,
    is_finite,
    is_verb,
    opens_object,
    tokens,
)  # fmt: skip
from askdoc.text import STOP_WORDS

_LONGEST = 8


class Predicate(NamedTuple):
    """A clause: the subject as a question says it, the verb's base, and the span of what follows.

    `tense` is "past", "present", a modal verb, or for the perfect "has", "have" or "had"; `form` is
    the verb as it stands there, and `verb` its base; `plural` tells how the present is asked;
    `named` and `person` say what the subject is; `place` is where it stands; `passive` tells that
    the verb is a participle after "be", and `verb` and `form` then that participle. A clause with
    a form of "be" alone has `verb` "be". `ends` is where the verb ends, and
    `words` are those that follow it.
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
    "one then now at so soon once next that in on after but and yet still meanwhile finally "
    "every early late this suddenly without with by from for during before".split()
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
        verb = finite_verb(words, at + 1, found.plural)
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
            verb = finite_verb(words, behind, is_plural([word.low for word in words[at:end]]))
            if verb is None or not is_subject(words[at:end], at == 0, names):
                return None
            rest = _rest(words, verb.after)
            return None if rest is None else _made(line, words, at, end, verb, rest, names)
        if not token.word:
            return None
        if token.low in RELATIVE | PRONOUNS | (STOP_WORDS - PASSING):
            return None
        if not (is_verb(token.low) or is_adverb(token.low)):
            continue
        plural = is_plural([word.low for word in words[at:end]])
        verb = finite_verb(words, end, plural)
        if verb is None:
            if is_finite(token.low):
                return None
            continue
        if not is_subject(words[at:end], at == 0, names):
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
    line: Line, words: list[Token], at: int, end: int, verb: FiniteVerb, rest: tuple[Token, ...],
    names: Names,
) -> Predicate:  # fmt: skip
    text = line.text[words[at].start : words[end - 1].end]
    low = [word.low for word in words[at:end]]
    named = all(word.text[0].isupper() for word in words[at:end] if word.low not in LINKING)
    named = named and low[0] not in ("a", "an") and (low[0] == "the" or names.is_name(text))
    if low[0] in ("a", "an") and verb.tense == "past":
        text = "the" + text[len(low[0]) :]  # once told of, it is known
    elif low[0] in POINTING:
        text = "the" + text[len(low[0]) :]
    elif (
        not named
        and low[0] not in names.common
        and (is_unknown(low[0]) or (len(low) == 1 and not is_plural(low)))
    ):
        pass  # it may be a name that stands here only
    elif not named and (words[at].text == "A" or not words[at].text.isupper()):
        text = text[0].lower() + text[1:]
    elif low[0] == "the":
        text = "the" + text[3:]
    linked = next((i for i, word in enumerate(low) if i and word in LINKING), len(low))
    head = low[linked - 1]
    person = names.is_person(text) if named else head in PEOPLE | MORE_PEOPLE
    place = Span(words[at].start, words[end - 1].end)
    return Predicate(
        line, text, head, place, named, person, is_plural(low), verb.tense, verb.base,
        words[verb.after - 1].low, verb.passive, words[verb.after - 1].end, rest,
    )  # fmt: skip
