"""Whether a full stop ends a sentence, by the token before it and what follows.

After most abbreviations a sentence may end or go on, and only what follows tells: a number or
another shortened word goes on with a citation, a capital and at once lower case seldom goes on with
a firm's name, and in another language all nouns may have a capital.
"""

from __future__ import annotations

import re

from askdoc.split.abbreviations import (
    is_cut_off,
    is_degree,
    is_elsewhere,
    is_roman,
    is_shortened,
    knowledge,
    may_be_cut_off,
    punkt_ends,
)
from askdoc.split.shelters import OPENERS
from askdoc.split.tongues import GERMAN_STARTS, is_foreign, is_ordinal, starts_foreign

_WORD_AFTER = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*\.?")
_NUMERAL = re.compile(r"[A-Z]{0,3}[-–]?\d\S*|[A-Z]-[A-Z]|[IVXLC]+(?:\.\w+)*|[A-Z]\.?")
# What seldom goes on with a name: a capital, and at once lower case or a colon ("ACTION:").
_CLAUSE = re.compile(r"[“\"]?[A-Z][a-z]+[”\"]? [a-z]|[A-Z]{3,}:")
_HOUSE = re.compile(r"\d[\w-]*(?: [A-Z][\w.'’-]*){1,3} $")
_THING = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Mm]y) $")
_LONGEST_ADDRESS = 40
_SHORT = 4
_WITH_DIGIT = re.compile(r"[A-Z]{0,3}[-–]?\d")
_DATE_GOES_ON = re.compile(r"\d{1,2}\. ?\d{4}\b|\d{4}\b")
_DATE_BEFORE = re.compile(r"(?:^|\D)\d{1,2}\. ?$")
# What the words of citations go on with: "Pen. Code", "Op. & Com.", "Lab. Rel. 12".
_CITED = re.compile(
    r"&|(?:Code|Laws?|Rules?|Stats?|Acts?|Order)\b|[A-Z][\w'’]{0,9}\.|[A-Z]{1,3}[-–]?\d"
)
_NUMBERED = re.compile(r"N[or]s?\.\s?\d")
_PERCENT = re.compile(r"\d[\d.,/]*\s?[%°]")
_JOURNAL = re.compile(r"\d{4};\s?\d")
_ENUMERATED = re.compile(r"\d{1,3}[.)]\s")
_INITIAL = re.compile(r"[A-Z]\.")
# What follows an abbreviation and hardly ever begins a sentence: § 5, 12(b), (2019), [9], (EC).
_GOES_ON = re.compile(r"[§¶#№]|[(\[]?\d|\((?:[a-z]|[A-Z]{2,5}\))")
_TIME = re.compile(
    r"(?:\A|[.!?]\s)\s*(?:(?:At|By|From|Until|Around|About)\s)?\d{1,2}(?:[:.]\d\d)? [ap]\.m\Z"
)
_ORDINAL = re.compile(r"\d{1,3}(?:st|nd|rd|th)")
# What single small letters stand for in other languages: "d. Einheit", "p. Nowak".
_LETTERS = frozenset("dhilmnopstuvz")
_LONGEST_TIME = 24
_LONGEST_BEFORE_LETTER = 24


def first_word(following: str) -> str:
    """The first word of what follows a full stop, empty where none does."""
    word = _WORD_AFTER.match(following.lstrip(OPENERS))
    return word.group() if word else ""


def full_stop_ends(
    text: str, start: int, at: int, token: str, what: str, following: str, low: bool
) -> bool:
    """Whether the full stop at `at` ends a sentence, by the token before it and what follows."""
    if following[0] == "|":
        # A cell of a table's row: "No. |", "9 a.m. |", "1. |".
        return _cell_ends(what, token)
    if what == "ordinary":
        return _ordinary_ends(text, at, token, following, low)
    if what == "number":
        if token == "1" and text.endswith(": ", 0, at - 1):
            return False  # "Plan: 1. Rest. 2. Fluids."
        return not low and following[0] != "§" and not _is_ordinal(text, at, token, following)
    if what == "never" or (what == "et al" and low):
        return False
    if what == "foreign" or is_elsewhere(token):
        if is_foreign(text, at) and not _begins(first_word(following)):
            return False
        if what == "foreign":
            return _ordinary_ends(text, at, token, following, low)
    if low or following[0] in "§¶":
        return False
    if what == "citation":
        return not _is_cited(following)
    return _abbreviation_ends(text, start, at, token, what, following)


def _abbreviation_ends(
    text: str, start: int, at: int, token: str, what: str, following: str
) -> bool:
    """Whether a full stop ends a sentence after an abbreviation, before no lower case."""
    word = first_word(following)
    if what == "et al":
        return _CLAUSE.match(following) is not None or punkt_ends("U.S", word)
    if what == "time":
        known = knowledge()
        if _TIME.search(text[max(start, at - _LONGEST_TIME) : at]):
            return False  # "7:05 p.m. Minutes approved."
        return word.lower().rstrip(".") not in known.time_tail and word not in known.time_goes_on
    if what == "unit":
        if following[0].isdigit() and token in knowledge().before_low:
            return False  # "temp. 38.4, wt. 72 kg"
        if "." in token and following[0].islower():
            return False
        return not is_roman(word) and (
            "." not in token or word.lower() not in knowledge().dose_tail
        )
    goes_on = not following[0].isalpha() and _GOES_ON.match(following) is not None
    if what == "before_number":
        if word == "I" and token.lower() in knowledge().capital_before_number:
            return True  # "We met Jon. I told him."
        if goes_on or _NUMERAL.fullmatch(word):
            return False
        return not _names_number(token, word, following)
    if goes_on and (len(token) == 1 or "." in token or following[0] in "(["):
        return False
    if len(token) == 1 and _is_lettered(text, start, at - 1):
        return True
    if _INITIAL.fullmatch(word):
        return False
    if _CLAUSE.match(following) and _closes(text, at, token, word):
        return True
    if is_degree(token) and text.endswith(", ", 0, at - len(token)):
        return following[0].isupper()
    if word in GERMAN_STARTS and is_foreign(text, at):
        return True
    return punkt_ends(token, word)


def _closes(text: str, at: int, token: str, word: str) -> bool:
    """Whether an abbreviation closes a name or an address, so that what follows is another one."""
    known, low = knowledge(), token.lower()
    begins = at - len(token)
    before = text[max(0, begins - _LONGEST_ADDRESS) : begins]
    if low in known.closes_name:
        # "El Sr. Ruiz", "la S.A. Blanc"
        return (low != "sr" or before.endswith(", ")) and not is_foreign(text, at)
    if low in known.closes_address:
        return before.endswith(", ") or _HOUSE.search(before) is not None
    # "the I.C.U. Extubated on day 3": no state, and no person's initials.
    is_thing = (
        word.endswith("ed")
        and token.count(".") > 0
        and low not in known.may_end
        and token.isupper()
    )
    return is_thing and _THING.search(before) is not None


def _is_cited(following: str) -> bool:
    """Whether a citation or a note goes on: "Pen. Code", "Op. & Com.", "Rec. H12"."""
    return following[0].isdigit() or _CITED.match(following) is not None


def _names_number(token: str, word: str, following: str) -> bool:
    """Whether other words stand between an abbreviation and its number: "Dkt. Entry No. 7"."""
    if _NUMBERED.match(following) and token.lower() not in ("no", "nos"):
        return True
    known, low = knowledge(), token.lower()
    if not token.istitle() or not word[:1].isupper():
        return False
    if low in known.capital_may_end or (
        low in known.may_end and low in known.capital_before_number
    ):
        return not punkt_ends(token, word)
    return low in known.in_citations and _is_cited(following)


def _is_ordinal(text: str, at: int, number: str, following: str) -> bool:
    """Whether a number and its full stop belong to a capitalised noun, as in German."""
    if len(number) <= 2 and (dated := _DATE_GOES_ON.match(following)):
        # "am 1. 4. 1990": the last number alone is no date.
        before = text[max(0, at - len(number) - 4) : at - len(number)]
        return len(dated.group()) > 4 or _DATE_BEFORE.search(before) is not None
    if not following[0].isupper():
        return False
    if is_roman(first_word(following)) and is_foreign(text, at):
        return True
    word, known = first_word(following), knowledge()
    if word.lower() in known.starters or word[:-1].lower() in known.before_name:
        return False
    return is_ordinal(text, at - len(number), number, word)


def _begins(word: str) -> bool:
    """Whether a word often begins a sentence; of "L'art" the first part does."""
    first = word.replace("’", "'").partition("'")
    return (first[0] if first[1] else word).lower() in knowledge().starters or starts_foreign(word)


def _ordinary_ends(text: str, at: int, token: str, following: str, low: bool) -> bool:
    """Whether a full stop ends a sentence after a token that no list of abbreviations has."""
    if not low:
        if len(token) == 1 and token.islower() and following[0].isalnum():
            return _letter_ends(text, at, token, following)
        if is_roman(token) and is_foreign(text, at):
            return _begins(first_word(following))
        if following[0].isalpha() or not _GOES_ON.match(following):
            return True
        if following[0] == "§" and len(token) < _SHORT:
            return False  # "id. § 4"
        if _JOURNAL.match(following) and token[:1].isupper():
            return False
        if may_be_cut_off(token) and not _ENUMERATED.match(following):
            return False
        return token not in knowledge().before_low or not _PERCENT.match(following)
    if not token.islower():
        # A capital may make it an abbreviation that we do not know: "Abt. für".
        return _is_word(token) and not is_roman(token)
    if _ORDINAL.fullmatch(token):
        return False
    if len(token) <= 2 or is_cut_off(token):
        # "npm. npm ...": its writer does not cut it off.
        return len(token) > 2 and first_word(following) == token
    if is_foreign(text, at):
        return False
    return not is_shortened(token) or first_word(following) in knowledge().low_starters


def _cell_ends(what: str, token: str) -> bool:
    """Whether a full stop before the bar between two cells ends a sentence."""
    if what == "number":
        return len(token) > 3
    return what == "ordinary" and not may_be_cut_off(token)


def _letter_ends(text: str, at: int, token: str, following: str) -> bool:
    """Whether a full stop ends a sentence after a single small letter that is no initial."""
    before = text[max(0, at - 3) : at - 2]
    if before.isdigit():
        return not following[0].isdigit()  # "300 g. Dann"
    if _WITH_DIGIT.match(following):
        return False  # "c. F-11", "n. 3"
    if before != "." and token not in _LETTERS:
        return True  # "bokstav b. Klagen"
    return not is_foreign(text, at) or _begins(first_word(following))


def _is_lettered(text: str, start: int, at: int) -> bool:
    """Whether a capital letter at `at` names a thing, as in "plan B", and no person."""
    before = text[max(start, at - _LONGEST_BEFORE_LETTER) : at].split()
    return before != [] and text[at - 1].isspace() and before[-1].lower() in knowledge().lettered


def _is_word(token: str) -> bool:
    """Whether a token with a capital is no abbreviation: the name of a day, or capitals only."""
    return token.lower() in knowledge().time_tail or (len(token) > 1 and token.isupper())
