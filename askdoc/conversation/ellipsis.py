"""Elliptical questions completed from the question before: "Why?", "And in May?", "With whom?"

A question word takes the place of the old one, a date or a name of a date or a name, a noun phrase
of the one at the end. What can't be done cleanly isn't done.
"""

from __future__ import annotations

import re

from askdoc.conversation.clause_inversion import Clause, clipped, inverted, parse
from askdoc.conversation.history import Turn
from askdoc.english import word_classes as en
from askdoc.english.dates import MONTHS, WEEKDAYS
from askdoc.english.names import Name, names
from askdoc.english.terms import STOP_WORDS
from askdoc.english.verbs import PARTICIPLES, PASTS

_LEAD = r"\W*(?:(?:and|but|so|or|ok|okay|then) )*"
_ADVERB = r"(?:for |since |until )?(?:why|when|where|how(?: (?:long|often|soon|so))?)"
# "And when was that?", "Why then?"
_BARE = re.compile(
    rf"{_LEAD}({_ADVERB})(?: (?:was|is|were) (?:that|this|it)| did (?:that|this|it) happen"
    r"| exactly| then| so)?\W*",
    re.I,
)
_WHY_NOT = re.compile(rf"{_LEAD}why not\W*", re.I)
# "With whom?", "For how much?", "How many tons?"
_ASKING = re.compile(
    rf"{_LEAD}({en.PREPOSITION} (?:whom?|what|which|where|when|how (?:much|many|long))"
    r"(?: [a-z]+)?|(?:how many|how much|what|which) (?!ones?\b)[a-z]{3,}(?: [a-z]{3,})?)\W*",
    re.I,
)
# "What about the roof?", "And in May?", "In May?"
_ABOUT = re.compile(rf"{_LEAD}(?:what|how) about (.+?)\W*", re.I)
_AND = re.compile(rf"\W*(?:(?:and|but|or) (.+?)|({en.PREPOSITION} .+?))\W*", re.I)
_PREPOSITION = re.compile(rf"{en.PREPOSITION}\b", re.I)
_DETERMINED = rf"(?:{en.any_of(en.DETERMINERS)}|[\w.-]+['’]s)"
_NOUNS = r"[a-z][\w-]*(?: [a-z][\w-]*){0,2}"
_NOUN_PHRASE = re.compile(rf"(?:{_DETERMINED} )?{_NOUNS}")
_AT_END = re.compile(rf"\b{_DETERMINED} {_NOUNS}$", re.I)
# "the mine cost"
_NOUN_SUBJECT = re.compile(
    rf"{_DETERMINED} (?:(?!{_DETERMINED} )[a-z][\w-]* ){{1,2}}([a-z]{{3,}})", re.I
)
_HOW_MANY = re.compile(rf"\W*(how (?:many|much)) (?!{en.AUXILIARY}\b)[a-z-]+(?= )", re.I)
_DATE = re.compile(
    rf"\b(?:{en.any_of(month.title() for month in MONTHS)}(?: \d{{1,2}}(?:st|nd|rd|th)?)?"
    rf"(?:,? \d{{4}})?|[12]\d{{3}}s?|{en.any_of(day.title() for day in WEEKDAYS)})\b"
)
_VERB = re.compile(rf"\b(?:{en.AUXILIARY}|be|been|{en.QUESTION_WORD})\b", re.I)
_LONGEST = 8  # words of a fragment


def is_elliptical(question: str) -> bool:
    """True of a question that may leave out what was asked before it."""
    if len(question.split()) > _LONGEST:
        return False
    forms = (_BARE, _WHY_NOT, _ABOUT)
    whole = any(form.fullmatch(question) for form in forms)
    return whole or bool(_asking(question)) or bool(_phrase(question))


def complete(question: str, last: Turn) -> str:
    """The whole question that a fragment stands for; the fragment where that can't be made out.

    `last` is the turn before, whose question stands alone.
    """
    before, answer = last.question, last.answer
    if _WHY_NOT.fullmatch(question):
        return _with_not(before) or question
    if (bare := _BARE.fullmatch(question)) is not None:
        return _with_adverb(bare[1], before, answer) or question
    if asking := _asking(question):
        return _with_asking(asking, before, answer) or question
    phrase = _phrase(question)
    return (phrase and _with_phrase(phrase, before)) or question


def _phrase(question: str) -> str:
    """The phrase that a fragment consists of: "in May" of "And in May?"; "" where it asks."""
    found = _ABOUT.fullmatch(question) or _AND.fullmatch(question)
    phrase = next(filter(None, found.groups()), "") if found else ""
    return "" if _VERB.search(phrase) else phrase


def _asking(question: str) -> str:
    found = _ASKING.fullmatch(question)
    return found[1] if found and not re.search(rf"\b{en.AUXILIARY}\b", found[1]) else ""


def _with(asked: str, clause: Clause) -> str:
    whole = f"{asked} {clause.auxiliary} {clause.rest}?".lstrip()
    return f"{whole[0].upper()}{whole[1:]}"


def _with_adverb(adverb: str, before: str, answer: str) -> str | None:
    """ "Why?" after "Did Marsh sell it?": "Why did Marsh sell it?" """
    adverb = re.sub(r"(?i)how so", "how", adverb.lower())
    clause = inverted(before, answer) or parse(before)
    if clause is None:
        return None
    word = clause.asked.split()[-1].lower() if clause.asked else ""
    if word == "where" and clause.is_copular and not adverb.startswith(("where", "how")):
        return None  # "Why is the boat?"
    adverbial = re.fullmatch(rf"(?:.* )?(?:{_ADVERB})|how [a-z]+", clause.asked, re.I)
    counted = re.match(r"how (?:many|much) ", clause.asked, re.I)
    if not word or (adverbial and not counted):
        return _with(adverb, clause)
    if clause.auxiliary in en.BE or clause.rest.startswith("to "):
        return None
    return _with(adverb, clause._replace(rest=f"{clause.rest} {clipped(answer) or 'that'}"))


def _with_not(before: str) -> str | None:
    """ "Why not?" after "Did Marsh sell it?": "Why didn't Marsh sell it?" """
    clause = parse(before)
    if clause is None or clause.asked:
        return None
    auxiliary = clause.auxiliary
    if not auxiliary.endswith("n't"):
        auxiliary = {"can": "can't", "will": "won't"}.get(auxiliary, f"{auxiliary}n't")
    return _with("why", clause._replace(auxiliary=auxiliary))


def _with_asking(asking: str, before: str, answer: str) -> str | None:
    """ "With whom?" after "When did Marsh leave?": "With whom did Marsh leave?" """
    noun = asking.split()[0].lower() in ("how", "what", "which")
    clause = (None if noun else inverted(before, answer)) or parse(before)
    if clause is None or clause.is_copular or clause.rest.lower().endswith(" do"):
        return None
    if noun and clause.asked.split()[:1] not in (["What"], ["Which"], ["Who"]):
        return None
    return _with(asking, clause)


def _with_phrase(phrase: str, before: str) -> str | None:
    """ "And in May?" after "What did Marsh sell in April?": "What did Marsh sell in May?" """
    body = before.rstrip(" ?.!")
    preposition = _PREPOSITION.match(phrase)
    if preposition is not None:
        ends = re.search(rf" {preposition.group()} (?:\S+ ?){{1,5}}$", body, re.I)
        alike = ends and (_DATE.search(ends.group()) is None) == (_DATE.search(phrase) is None)
        return f"{body[: ends.start()] if ends and alike else body} {phrase}?"
    date, old = _DATE.search(phrase), _DATE.search(body)
    if date is not None and old is not None:
        return f"{body[: old.start()]}{phrase}{body[old.end() :]}?"
    new = list(names(f"x {phrase}"))
    if len(new) == 1:
        return _with_name(new[0], body)
    return None if new or not _NOUN_PHRASE.fullmatch(phrase) else _with_nouns(phrase, body)


def _with_name(new: Name, body: str) -> str | None:
    """ "And the Guardian?" after "Who owns the Times?": "Who owns the Guardian?" """
    known = list(names(body))
    alike = [name for name in known if name.type == new.type] or known[:1]
    if not alike or any(new.same(name) for name in known):
        return None
    start = alike[0].start - len("the ") * alike[0].article
    return f"{body[:start]}{new.shown}{body[alike[0].end :]}?"


def _with_nouns(phrase: str, body: str) -> str | None:
    """ "And the roof?" after "How old is the wall?": "How old is the roof?" """
    bare = " " not in phrase
    counted = _HOW_MANY.match(body)
    if bare and phrase.lower() in STOP_WORDS:
        return None
    if bare and counted is not None:
        return f"{counted[1]} {phrase} {body[counted.end() :].lstrip()}?"
    clause = parse(body)
    subject = _NOUN_SUBJECT.fullmatch(clause.rest) if clause and clause.asked else None
    if clause is not None and subject is not None and clause.auxiliary not in en.BE:
        auxiliary = clause.auxiliary
        if auxiliary in ("do", "does"):
            auxiliary = "do" if en.is_plural(phrase.split()[-1]) else "does"
        return _with(clause.asked, Clause("", auxiliary, f"{phrase} {subject[1]}"))
    old = None if bare else _AT_END.search(body)
    if old is None or any(map(_is_verb, old.group().lower().split()[1:])):
        return None
    return f"{body[: old.start()]}{phrase}?"


def _is_verb(word: str) -> bool:
    return word in PASTS or word in PARTICIPLES or _VERB.fullmatch(word) is not None
