"""A sentence -> subject, verb and the rest, where it has one of a few plain forms.

    In 1887, | the harbour board | built | a lighthouse on the north mole, which still stands.
    lead       subject             verb    rest (to the first comma)

No parser: a subject is a name or "the" with a few words, a verb is one of a table, and whatever
does not fit exactly is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from askdoc.model import Sentence, Span
from askdoc.read.kinds import Kind, candidates
from askdoc.suggest.names import NAME, PEOPLE, Names
from askdoc.suggest.verbs import SAYING
from askdoc.text import STOP_WORDS
from askdoc.verbs import PARTICIPLES, PASTS

_SHORTEST, _LONGEST = 30, 600
# Letters with which English is written, and marks that do nothing.
_PLAIN = re.compile(
    r"[A-Za-zÀ-Þ`\"“'‘][A-Za-z0-9À-ɏ ,.;:()'’‘\"“”%$£€–—/&`*_+=<>@#!?~\[\]{}|\\-]+[.!][\"”'’)]?"
)
# The number of a clause or the mark of an item: "3.", "2.1", "(a)", "-".
_NUMBERED = re.compile(
    r"(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.):]|\d+(?:\.\d+)+|[-*•–]) +(?=\S)"
)
# Whoever says "we" or points to what stands before cannot be understood alone.
_TIED = re.compile(
    r"\b(?:I|me|my|we|us|our|you|your|he|him|his|she|her|hers|they|them|their|it|its|itself|himself"
    r"|herself|themselves|this|these|that|those|there|here|such|so|another|other|others|same|"
    r"former|latter|also|then|thus|however|not|never|no|(?:above|below)(?! \d)|following|both"
    r"|either|neither|each)\b",
    re.I,
)
_NO_NOUNS = frozenset("first second third last next one two three rest result".split())
_AUX = frozenset({"is", "are", "was", "were", "has", "have", "had"})
_NAME = re.compile(NAME)
_WORD = r"(?:[A-Za-zÀ-ɏ][\w-]*)"
# "The old harbour board of Port Ellery", and what may follow.
_THE = re.compile(r"[Tt]he ((?:[A-Za-zÀ-ɏ][\w-]* ){1,8})")
# "A pilot boat", of which something is said that holds for all.
_KIND = re.compile(r"An? ((?:[a-z][\w-]* ){0,2}[a-z][\w-]*)(?= is an? )")
# "The U.S. president", before a verb
_NOUN = re.compile(r" ([a-z]+) ([a-z]+)\b")
_ADVERB = re.compile(
    r" (?:later|since|also|then|first|finally|originally|officially|\w{3,}ly)(?= )"
)
_CLAUSE_END = re.compile(
    r"[,:](?!\d)|[;(]|[\"“”]| [–—-]+ |\.$"
    r"| (?:which|who|whom|whose|that|where|when|while|whereas|because|although|though|but|if|since"
    r"|after|before|until|as|so|and|or|than)\b"
)
_MODAL = frozenset("would will could can may might must should".split())
_FIRST_WORD = re.compile(r" ([a-z]+)\b")
_OPEN = ('"', "“", "”", " as", " so", " than")
_JOINING = (" and", " or", " but")
_LAST_WORD = re.compile(r"(?:\b(?:an?|the|very|of)|^)(?: [a-z]+)$")
_ADJECTIVE = re.compile(
    r" (?!which|who|where|when|while|and|or|but|in|on|at|with|by|an?|the)[a-z]+"
)
_LEAD = re.compile(r"(?:In|On)(?: the)?(?: (?:early|late))? ")
_LEAD_END = re.compile(r",? (?=[A-Z]|the )")
_FAR = 30
_OPENING = re.compile(
    r"(?:At|In|On|After|During|Before|Under|With|By|For|From|According|When|While|Although|Since"
    r"|Despite|Following|Unlike|Later|Finally|Eventually|However)\b"
)
_COMMA = re.compile(r", (?=[A-Z]|the )")
_ASIDE = re.compile(r" \([^()]{1,80}\)(?= )|, (?:an?|the|who|which) [^,()]{3,80},(?= )")
# "PORT ELLERY, May 3 (Reuters) - The"
_DATELINE = re.compile(r"[A-Z][^()]{0,40}\([A-Z]\w+\) [–—-]+ ")
_THAT = re.compile(r"(?: (?:in|on|at|during) [^,;:()\"“”]{3,30}?)?(?P<that>) that ")
_SAID = re.compile(
    r" (?:said|reported|announced|explained|stated|added|argued|claimed|warned|suggested)"
    r"(?: on [A-Z][a-z]+day)? that "
)
_VERB = re.compile(r" ([a-z]+) ")


class Line:
    """A sentence on one line, and where each of its characters stands in the document."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        marked = _NUMBERED.match(sentence.text)
        words = list(re.compile(r"\S+").finditer(sentence.text, marked.end() if marked else 0))
        self.text = " ".join(word[0] for word in words)
        self._at = [
            at for word in words for at in range(sentence.start + word.start(),
                                                 sentence.start + word.end() + 1)
        ]  # fmt: skip

    def place(self, span: Span) -> Span:
        """A span of the line, which is not empty, as one of the document."""
        return Span(self._at[span.start], self._at[span.end - 1] + 1)


class Clause(NamedTuple):
    """The main clause of a line, as spans of it.

    `place` is where the subject stands. `verb` is a form of "be" or "have", a past, or, behind an
    `auxiliary` "has" or "had", a participle; `rest` runs from behind it to the first comma or
    conjunction, `lead` is a date before the clause, `named` tells whether the subject is a name,
    `person` whether it is somebody, `said` where what was said begins.
    """

    line: Line
    subject: str
    place: Span
    named: bool
    person: bool
    auxiliary: str
    verb: str
    rest: Span
    lead: Span | None
    said: int | None


def stands_alone(words: str) -> bool:
    """Whether words can be understood without what stands before them."""
    return _TIED.search(words) is None


def usable(sentence: Sentence) -> Line | None:
    """A sentence that may be asked about: plain, whole, neither short nor long."""
    if not _SHORTEST <= sentence.end - sentence.start <= _LONGEST:
        return None
    line = Line(sentence)
    text = line.text
    # What begins inside a quotation has an odd mark.
    closed = text.count('"') % 2 == 0 and text.count("“") == text.count("”")
    return line if closed and _PLAIN.fullmatch(text) else None


def rest_of(line: Line, start: int, noun: bool = False) -> Span | None:
    """From an offset to the first mark or conjunction; None where it cannot end there.

    `noun` tells that only a noun can stand there, after which any "that" opens a relative clause.
    """
    text, joined = line.text, False
    for ends in _CLAUSE_END.finditer(text, start):
        following = _FIRST_WORD.match(text, ends.end())
        verb = following is not None and (following[1] in _AUX or following[1] in PASTS)
        if ends[0] in _JOINING and not verb:
            joined = True  # "bread and butter" cannot be cut, "fell and was rebuilt" can.
            continue
        rest = text[start : ends.start()]
        if joined and any(word in _AUX or word in PASTS for word in rest.split()[1:]):
            return None
        relative = noun or verb or (following is not None and following[1] in _MODAL)
        if ends[0] in _OPEN or (ends[0] == " that" and not relative):
            return None
        if ends[0] == "," and is_cut(text, start, ends.start()):
            return None
        words = rest.split()
        if words and (words[-1] in STOP_WORDS or words[-1] == "till"):
            return None
        return Span(start, ends.start())
    return None


def is_cut(text: str, start: int, end: int) -> bool:
    """Whether a span ends inside a noun phrase, at its comma: "a tall, narrow house"."""
    comma = text[end : end + 1] == "," and _ADJECTIVE.match(text, end + 1)
    return bool(comma and _LAST_WORD.search(text[start:end]))


def clauses(line: Line, names: Names) -> Iterator[Clause]:
    """The main clause with which a line begins, and what it says that somebody said."""
    text, at, lead = line.text, 0, None
    if opening := _DATELINE.match(text):
        at = opening.end()
    if opening := _LEAD.match(text, at):
        for date in candidates(Kind.DATE, text[: opening.end() + _FAR]):
            following = _LEAD_END.match(text, date.end)
            if date.start == opening.end() and following:
                at, lead = following.end(), date
    starts = [at]
    if lead is None and _OPENING.match(text, at):
        starts = [comma.end() for comma in _COMMA.finditer(text, at)]
    for start in starts:
        if (found := _clause(line, start, lead, names)) is not None:
            if found.named or start == at:
                yield found
            break
    for said in _SAID.finditer(text, at):
        quoted = text.count('"', 0, said.end()) % 2
        if not quoted and (found := _clause(line, said.end(), None, names)) is not None:
            yield found


def _clause(line: Line, at: int, lead: Span | None, names: Names) -> Clause | None:
    """The clause that begins at an offset, if it has a form that is known."""
    found = _subject(line.text, at, names)
    if found is None:
        return None
    subject, named, end = found
    aside = _ASIDE.match(line.text, end)
    at = _after_adverb(line.text, aside.end() if aside else end)
    verb = _VERB.match(line.text, at)
    if verb is None or not (verb[1] in _AUX or verb[1] in PASTS):
        return None
    auxiliary = ""
    if verb[1] in ("has", "have", "had"):
        main = _VERB.match(line.text, _after_adverb(line.text, verb.end() - 1))
        if main and main[1] in PARTICIPLES:
            auxiliary, verb = verb[1], main
    start = _after_adverb(line.text, verb.end() - 1) + 1
    that = _THAT.match(line.text, start - 1) if verb[1] in SAYING else None
    if that is not None:
        rest: Span | None = Span(start, max(start, that.start("that")))
    else:
        rest = rest_of(line, start, noun=verb[1] in ("is", "was"))
    if rest is None:
        return None
    person = names.is_person(subject) if named else subject.split()[-1] in PEOPLE
    place = Span(end - len(subject), end)
    said = that.end() if that else None
    return Clause(line, subject, place, named, person, auxiliary, verb[1], rest, lead, said)


def _after_adverb(text: str, at: int) -> int:
    adverb = _ADVERB.match(text, at)
    return adverb.end() if adverb else at


def _subject(text: str, at: int, names: Names) -> tuple[str, bool, int] | None:
    """The subject that begins at an offset, whether it is a name, and where it ends."""
    if (the := _THE.match(text, at)) and not the[1][0].isupper():
        words = the[1].split()
        # The shortest that a verb follows.
        for size in range(1, len(words) + 1):
            end = at + 4 + len(" ".join(words[:size]))
            following = text[end + 1 :].split(" ", 1)[0]
            if (following in _AUX or following in PASTS) and _is_noun(words[:size]):
                return f"the {' '.join(words[:size])}", False, end
        return None
    if (kind := _KIND.match(text, at)) and _is_noun(kind[1].split()):
        return f"{kind[0][0].lower()}{kind[0][1:]}", False, kind.end()
    article = re.compile("[Tt]he (?=[A-Z])").match(text, at)
    match = _NAME.match(text, article.end() if article else at)
    if match is None or match[0].split()[0] in ("A", "An", "The"):
        return None
    if not names.is_name(match[0]):
        return None
    noun = _NOUN.match(text, match.end()) if article else None
    if noun and (noun[2] in _AUX or noun[2] in PASTS) and _is_noun([noun[1]]):
        return f"the {match[0]} {noun[1]}", False, noun.end(1)
    return f"the {match[0]}" if article else match[0], True, match.end()


def _is_noun(words: list[str]) -> bool:
    """Whether the words between "the" and a verb can be a noun with what belongs to it."""
    inner = [word for word in words if word not in ("of", "the")]
    if words[-1] in ("of", "the") or not inner:
        return False
    return not any(
        word in STOP_WORDS or word in _NO_NOUNS or word in PASTS or word in PARTICIPLES
        or word.endswith(("ly", "ed"))
        for word in inner
    )  # fmt: skip
