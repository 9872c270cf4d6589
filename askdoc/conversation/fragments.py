"""Questions that leave out what the question before them said: "Why?", "And in February?"

The one before is taken over and the fragment put where what it replaces stood: another question
word, another date, place or name. What can't be done cleanly isn't done.
"""

from __future__ import annotations

import re

from askdoc.conversation.lexis import AUXILIARIES
from askdoc.conversation.mentions import Name, names
from askdoc.conversation.nouns import plural_of
from askdoc.conversation.places import place_of
from askdoc.conversation.swaps import is_swap, swap
from askdoc.conversation.turning import clipped, is_participle, turn_round
from askdoc.conversation.turns import Turn

_AUX = rf"{AUXILIARIES}|isn't|aren't|wasn't|weren't|don't|doesn't|didn't|won't|can't|couldn't"
_ADVERB = (
    r"why|when|where|how|how long|how often|how soon|since when|until when|for how long|how so"
)
_LEAD = r"\W*(?:and |but |so |or |ok |okay |then )*"
_THAT = (
    r"(?: (?:was|is|were) (?:that|this|it)| did (?:that|this|it) happen| exactly| then| not| so)?"
)
_BARE = re.compile(rf"{_LEAD}({_ADVERB}){_THAT}\W*", re.I)
_HOW = re.compile(rf"(?:(?:by|for|with|in|at|on|to|from) )?(?:{_ADVERB}|how [a-z]+)", re.I)
_WHERE_IS = re.compile(r"\W*(?:and )?where (is|are|was|were) ([^? ]+(?: [^? ]+){0,3})\W*", re.I)
_WHY_NOT = re.compile(rf"{_LEAD}why not\W*", re.I)
_COUNT = re.compile(
    rf"{_LEAD}(how many|how much|which|which ones|what kinds?|such as)(?: of (?:them|those))?\W*",
    re.I,
)
_ELSE = re.compile(rf"{_LEAD}(?:any ?thing|what|who|where|when|why) else\W*", re.I)
_ABOUT = re.compile(rf"{_LEAD}(?:what|how) about ([^?]+?)\W*", re.I)
_PREPOSITION = "in|on|at|during|before|after|since|until|for|from|with|by|to|under|between|among"
_PHRASE = re.compile(
    rf"\W*(?:and|but|or) ((?:{_PREPOSITION}) [^?]+?|[^?]+?)\W*|\W*((?:{_PREPOSITION}) [^?]+?)\W*",
    re.I,
)
_POLAR = re.compile(rf"\W*({_AUX}) ([^?]+?)\W*", re.I)
_ASKED = re.compile(
    rf"\W*((?:(?:by|for|with|in|at|on|to|from) )?(?:{_ADVERB})|(?:by|for) how (?:much|many|long)"
    r"|how (?!many\b|much\b)[a-z]+"
    r"|(?:what|which|who|whom|whose|how many|how much)(?: [^?]*?)?)"
    rf" ({_AUX}) ([^?]+?)\W*",
    re.I,
)
_SUBJECT = re.compile(r"\W*(who|what) (?!else\b)([^?]+?)\W*", re.I)
_OBJECT = re.compile(r"(.+?) (?:any|some|a|an|many|several)(?: other)? ([^?]+)", re.I)
_DATE = re.compile(
    r"\b(?:(?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)(?: \d{1,2}(?:st|nd|rd|th)?)?(?:,? \d{4})?"
    r"|[12]\d{3}s?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
_VERB = re.compile(rf"\b(?:{_AUX}|who|what|when|where|why|how|which)\b", re.I)
_SEVERAL = re.compile(r"\b(?:[a-z]{3,} )?[a-z]{3,}(?<![suiy'])s\b(?! of\b)")
_LONGEST = 8  # words of a fragment


def is_fragment(question: str) -> bool:
    """Whether a question may leave out what was asked before it."""
    if len(question.split()) > _LONGEST:
        return False
    return (
        any(shape.fullmatch(question) for shape in (_BARE, _COUNT, _ELSE, _ABOUT))
        or _phrase(question) is not None
        or is_swap(question)
    )


def complete(question: str, before: str, last: Turn | None) -> str:
    """The whole question that a fragment stands for; the fragment where that can't be made out.

    `before` is the question before it, standing alone; `last` is that turn with its answer.
    """
    swapped = swap(question, before, last.answer if last else "")
    if swapped is not None:
        return swapped
    if _WHY_NOT.fullmatch(question):
        return _with_not(before) or question
    bare = _BARE.fullmatch(question)
    if bare is not None:
        return _with_adverb(bare[1], before, last) or question
    count = _COUNT.fullmatch(question)
    if count is not None:
        found = _with_count(count[1], before)
        return found or _with_listed(count[1], before, last) or question
    if _ELSE.fullmatch(question):
        return _with_else(before) or question
    about = _ABOUT.fullmatch(question)
    phrase = about[1] if about else _phrase(question)
    return (_with_phrase(phrase, before) if phrase else None) or question


def _phrase(question: str) -> str | None:
    match = _PHRASE.fullmatch(question)
    phrase = (match[1] or match[2]) if match else None
    return None if phrase is None or _VERB.search(phrase) else phrase


def _with_adverb(adverb: str, before: str, last: Turn | None) -> str | None:
    """ "Why?" after "Did Marsh sell it?": "Why did Marsh sell it?" """
    adverb = {"how so": "how"}.get(adverb.lower(), adverb.lower()).capitalize()
    polar = _POLAR.fullmatch(before)
    if polar is not None:
        return f"{adverb} {polar[1].lower()} {polar[2]}?"
    answer = last.answer if last else ""
    where = _WHERE_IS.fullmatch(before)
    born = where is not None and is_participle(where[2].split()[-1])
    if where is not None and not born and not adverb.startswith(("Where", "How")):
        place = place_of(last) if last else ""
        return f"{adverb} {where[1]} {where[2]} {place}?" if place else None
    turned = turn_round(before, answer)
    if turned is not None:
        return f"{adverb} {turned.auxiliary} {turned.rest}?"
    asked = _ASKED.fullmatch(before)
    short = clipped(answer)
    if asked is not None:
        if re.match(r"who\b", asked[1], re.I) and asked[3].startswith("to "):
            return None
        rest = f"{asked[2].lower()} {asked[3]}"
        if _HOW.fullmatch(asked[1]):
            return f"{adverb} {rest}?"
        if re.fullmatch(r"is|are|was|were", asked[2], re.I):
            return None
        return f"{adverb} {rest} {short or 'that'}?"
    subject = _SUBJECT.fullmatch(before)
    named = names(f"x {short}")
    if subject is not None and len(named) == 1 and len(named[0].text) >= len(short) - 4:
        return f"{adverb} was it that {short} {subject[2]}?"
    return None


def _with_count(words: str, before: str) -> str | None:
    """ "How many?" after "Did Marsh have any ships?": "How many ships did Marsh have?" """
    polar = _POLAR.fullmatch(before)
    parts = _OBJECT.fullmatch(polar[2]) if polar else None
    if polar is None or parts is None:
        return None
    asked = {"which ones": "which", "such as": "which"}.get(words.lower(), words.lower())
    if asked.startswith("what kind"):
        asked += " of"
    one = re.search(r" an? ", polar[2], re.I) is not None and " " not in parts[2]
    what = plural_of(parts[2]) if one and asked == "how many" else parts[2]
    return f"{asked.capitalize()} {what} {polar[1].lower()} {parts[1]}?"


def _with_not(before: str) -> str | None:
    """ "Why not?" after "Did Marsh sell it?": "Why didn't Marsh sell it?" """
    polar = _POLAR.fullmatch(before)
    if polar is None:
        return None
    auxiliary = polar[1].lower()
    if not auxiliary.endswith("n't"):
        auxiliary = {"can": "can't", "will": "won't"}.get(auxiliary, f"{auxiliary}n't")
    return f"Why {auxiliary} {polar[2]}?"


def _with_listed(words: str, before: str, last: Turn | None) -> str | None:
    """ "Which ones?" after an answer that tells of several: "Which ships did Marsh sell?" """
    listed = _SEVERAL.findall(last.answer) if last else []
    asked = _ASKED.fullmatch(before)
    subject = _SUBJECT.fullmatch(before)
    if not listed or (asked is None and subject is None):
        return None
    word = {"which ones": "which", "such as": "which"}.get(words.lower(), words.lower())
    if word not in ("which", "how many"):
        return None
    what = f"{word.capitalize()} {listed[-1]}"
    if asked is not None:
        return None if re.fullmatch(_ADVERB, asked[1], re.I) else f"{what} {asked[2]} {asked[3]}?"
    return f"{what} {subject[2]}?" if subject is not None else None


def _with_else(before: str) -> str | None:
    match = re.fullmatch(rf"\W*(what|who|where) ((?:{_AUX}) [^?]+?)\W*", before, re.I)
    if match is None or re.match(r"(?:is|are|was|were) ", match[2], re.I):
        return None
    rest = re.sub(r"^else ", "", match[2])
    return f"{match[1].capitalize()} else {rest}?"


def _with_phrase(phrase: str, before: str) -> str | None:
    """ "And in May?" after "What did Marsh sell in April?": "What did Marsh sell in May?" """
    body = before.rstrip(" ?.!")
    preposition = re.match(rf"(?:{_PREPOSITION})\b", phrase, re.I)
    if preposition is not None:
        ends = re.search(rf" {preposition.group()} (?:\S+ ?){{1,5}}$", body, re.I)
        kept = body[: ends.start()] if ends and _alike(ends.group(), phrase) else body
        return f"{kept} {phrase}?"
    date, old = _DATE.search(phrase), _DATE.search(body)
    if date is not None and old is not None:
        return f"{body[: old.start()]}{phrase}{body[old.end() :]}?"
    new = names(f"x {phrase}")
    replaced = _counterpart(new[0], names(body)) if new and len(new) == 1 else None
    if replaced is not None:
        return f"{body[: replaced.start]}{new[0].text}{body[replaced.end :]}?"
    return None


def _alike(one: str, other: str) -> bool:
    """Whether two phrases are both dates or both not."""
    return (_DATE.search(one) is None) == (_DATE.search(other) is None)


def _counterpart(new: Name, known: list[Name]) -> Name | None:
    """The name in a question that another name takes the place of."""
    alike = [name for name in known if name.kind == new.kind]
    return alike[0] if alike and not any(new.same(name) for name in known) else None
