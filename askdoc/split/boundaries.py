"""Where the sentences of a stretch of running text end.

Punkt decides about full stops after abbreviations and initials (`abbreviations`). Alone it cuts
quotations in two, sends "she asked" off on its own after a question mark and takes every "U.S." for
what it is most often, so rules stand around it: what a quotation or bracket holds stays together
(`shelters`), what opens a clause stays with it (`leads`), and what may end a sentence ends it only
where the next word often starts one.

Punkt is asked only about tokens that it could decide either way; about all others its answer is
known (a full stop after an ordinary word ends the sentence), and asking costs 30 microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from askdoc.split.abbreviations import (
    is_cut_off,
    is_degree,
    is_elsewhere,
    is_plain,
    is_roman,
    is_shortened,
    kind,
    knowledge,
    may_be_cut_off,
    punkt_ends,
)
from askdoc.split.leads import LEAD_STARTS, LONGEST_LABEL, is_label, lead
from askdoc.split.shelters import OPENERS, shelters
from askdoc.split.tongues import GERMAN_STARTS, is_foreign, is_ordinal, starts_foreign

_BEFORE_LETTER = OPENERS + " \t\n\r\xa0" + "0123456789.,:/#>)]+"
_CLOSERS = "\"'”’»›«‹“)]}*_」』）〉》"
_FINAL = "!?…‽。！？｡．؟۔।॥։"
_MARK, _WIDE_MARK = "[.!?…‽]", "[。！？｡؟۔।॥։]"
# Where a sentence may end. A run of marks is entered at its start only: hostile runs must not be
# tried from each position. The first character is matched before what may not stand before it is
# looked at, since only patterns that begin with a set are searched for at the speed of a set.
_CANDIDATE = re.compile(
    r"[.!?…‽。！？｡؟۔।॥։．](?:"
    rf"(?:(?<=\.)(?<!\.\s\.)(?:\s\.)++|(?<={_MARK})(?<!{_MARK}{_MARK}){_MARK}*+)"
    r"[\"'”’»›«‹“)\]}*_]*+(?:[ \xa0\u202f]»)?(?:\[\w{1,4}\])*+(?=\s)"
    rf"|(?:(?<={_WIDE_MARK})|(?<=．)(?!\d))(?:{_WIDE_MARK}|．(?!\d))*+[」』”’）〉》\"»)]*+)"
)
_WORD_AFTER = re.compile(r"[^\W_]+(?:[.'’&-][^\W_]+)*\.?")
_REPORTED = re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,4}([a-z]+)\b")
_ITEM = re.compile(r"[a-z]|[ivx]{2,4}")
_I = re.compile(r"I\b")
_NUMERAL = re.compile(r"[A-Z]{0,3}[-–]?\d\S*|[IVXLC]+(?:\.\w+)*|[A-Z]\.?")
# What seldom goes on with a name: a capital, and at once lower case or a colon ("ACTION:").
_CLAUSE = re.compile(r"[A-Z][a-z]+ [a-z]|[A-Z]{3,}:")
_HOUSE = re.compile(r"\d[\w-]*(?: [A-Z][\w.'’-]*){1,3} $")
_THING = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Oo]ur|[Mm]y) $")
_LONGEST_ADDRESS = 40
_WITH_DIGIT = re.compile(r"[A-Z]{0,3}[-–]?\d")
_DATE_GOES_ON = re.compile(r"\d{1,2}\. ?\d{4}\b|\d{4}\b")
_DATE_BEFORE = re.compile(r"(?:^|\D)\d{1,2}\. ?$")
# What the words of citations go on with: "Pen. Code", "Op. & Com.", "Lab. Rel. 12".
_CITED = re.compile(r"&|(?:Code|Laws?|Rules?|Stats?|Acts?|Order)\b|[A-Z][\w'’]{0,9}\.|[A-Z]{1,3}[-–]?\d")
_NUMBERED = re.compile(r"N[or]s?\.\s?\d")
_PERCENT = re.compile(r"\d[\d.,/]*\s?[%°]")
_JOURNAL = re.compile(r"\d{4};\s?\d")
_ENUMERATED = re.compile(r"\d{1,3}[.)]\s")
_INITIAL = re.compile(r"[A-Z]\.")
_TOKEN_START = re.compile(r"[—–/(\[\"“]")
# French and Italian articles: "l'art. 5", "dell'ing. Rossi".
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|(?:[dns]e|[ads]|co|da|su)ll)['’](?=\w\w)", re.IGNORECASE)
# What follows an abbreviation and hardly ever begins a sentence: § 5, 12(b), (2019), [9], (EC).
_GOES_ON = re.compile(r"[§¶#№]|[(\[]?\d|\((?:[a-z]|[A-Z]{2,5}\))")
_TIME = re.compile(r"\s*\d{1,2}(?:[:.]\d\d)? [ap]\.m", re.IGNORECASE)
# What single small letters stand for in other languages: "d. Einheit", "p. Nowak".
_LETTERS = frozenset("dhilmnopstuvz")
_LONGEST_TOKEN = 40
_LONGEST_TIME = 12
_LONGEST_LEAD = 12
_LONGEST_BEFORE_LETTER = 24


def first_mark(text: str, start: int, end: int) -> int:
    """Where something inside `text[start:end]` first looks like a sentence's end, -1: nowhere."""
    found = _CANDIDATE.search(text, start, end)
    return -1 if found is None else found.start()


def ends(text: str, start: int, end: int, first: int) -> Iterator[int]:
    """The offsets after which a new sentence begins inside `text[start:end]`, in order.

    Args:
        text: the whole text.
        start: where the stretch begins.
        end: where it ends.
        first: its first mark, as `first_mark` gives it.
    """
    held = shelters(text, start, end)
    opening = lead(text, start, end) if text[start : start + 2] in LEAD_STARTS else None
    begun, led = start, opening.end if opening else start
    shelter = 0
    for match in _CANDIDATE.finditer(text, first, end):
        mark, at = match.span()
        if at <= led:
            continue
        if held:
            while shelter < len(held) and held[shelter][1] <= at:
                shelter += 1
            if shelter < len(held) and held[shelter][0] < at:
                continue
        # By far the commonest case, decided without looking further.
        if at == mark + 1 and _ends_plainly(text, begun, mark):
            yield at
            begun = at
            continue
        if at - begun <= LONGEST_LABEL and not text[at - 2].islower() and is_label(text, begun, at):
            continue
        if _is_end(text, start, end, match):
            yield at
            begun = at


def _ends_plainly(text: str, begun: int, at: int) -> bool:
    """Whether a full stop stands between an ordinary word or a bracket and a capital."""
    if text[at] != ".":
        return False
    if text[at - 1] not in ")]":
        word = text[text.rfind(" ", max(begun, at - _LONGEST_TOKEN), at) + 1 : at]
        if "\n" in word:
            word = word[word.rfind("\n") + 1 :]
        if not is_plain(word):
            return False
    elif at - begun < LONGEST_LABEL:
        return False
    after = text[at + 2 : at + 3]
    if after in " \n":
        after = text[at + 1 : at + _LONGEST_TOKEN].lstrip(" \n")[:1]
    return after.isupper()


def is_finished(line: str) -> bool:
    """Whether a line ends as a sentence does: with a mark that is not an abbreviation's."""
    bare = line.rstrip(_CLOSERS)
    if bare[-1:] != ".":
        return bare[-1:] in _FINAL and bare != ""
    return kind(_token_before(bare, 0, len(bare) - 1)) in ("ordinary", "number", "unit", "foreign")


def hangs(line: str, following: str) -> bool:
    """Whether a line ends in an abbreviation or an ordinal that the following line goes on with."""
    if line[-1:] != "." or " " not in following:
        return False
    token = _token_before(line, 0, len(line) - 1)
    what = kind(token)
    if what == "never":
        return following[0].isalpha()
    if what == "before_number":
        return following[0].isdigit()
    at = len(line) - 1 - len(token)
    word = _first_word(following)
    return what == "number" and at > 0 and is_ordinal(f"{line} {following}", at, token, word)


def _is_end(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    mark = match.group()
    at = match.end()
    following = text[at : min(end, at + 120)].lstrip()
    if not following:
        return False
    if mark == ".":
        return _single_ends(text, start, end, at, following)
    if mark[0] in "。！？｡．؟۔।॥։":
        return True
    starts_low = _starts_low(following)
    low = starts_low and not _are_notes(text, start, end)
    bare = mark.rstrip("[]_*0123456789")
    quoted = bare[-1:] in "\"'”’»›«‹“" and bare != ""
    if "!" in mark or "?" in mark or "‽" in mark:
        return not low and not (quoted and (starts_low or _is_reported(following)))
    if mark.startswith(("..", "…", ". .")):
        return not starts_low and _I.match(following) is None
    if quoted and not (mark in (".'", ".’") and following[0].isupper()):
        return not low
    if (low and bare[-1:] in (")", "]")) or following.startswith("-- "):
        return False
    token = _token_before(text, start, match.start())
    what = kind(token)
    if quoted:
        return what in ("ordinary", "number", "unit", "time") or "." in token  # "Pls.' Resp."
    if what == "number" and _leads_line(text, start, match.start() - len(token)):
        return False
    if starts_low and token.islower() and what in ("never", "before_number"):
        return False
    return _full_stop_ends(text, start, match.start(), token, what, following, low)


def _single_ends(text: str, start: int, end: int, at: int, following: str) -> bool:
    """Whether a full stop that ends at `at`, with white space after it, ends a sentence."""
    token = _token_before(text, start, at - 1)
    what = kind(token)
    is_letter = len(token) == 1 and token.islower()
    if is_letter and following[1:2] == ".":
        return False  # "z. B.", "a. a. O."
    if following[0].isupper():
        if what == "ordinary" and not is_letter and not is_roman(token):
            return not (following[1:2] == "." and is_cut_off(token))
        starts_low = low = False
    elif following.startswith("-- "):
        return False
    elif following[0] in "=≥≤±&":
        return False
    else:
        starts_low = _starts_low(following)
        low = starts_low and not _are_notes(text, start, end)
    is_item = what == "number" or (token.islower() and _ITEM.fullmatch(token))
    if is_item and _leads_line(text, start, at - 1 - len(token)):
        return False
    if starts_low and token.islower() and what in ("never", "before_number"):
        return False
    return _full_stop_ends(text, start, at - 1, token, what, following, low)


def _leads_line(text: str, start: int, at: int) -> bool:
    """Whether a number is that of a list's item, as in "1. Mix the flour"."""
    return at - start <= _LONGEST_LEAD and not text[start:at].strip(" \t#>-*•(")


def _are_notes(text: str, start: int, end: int) -> bool:
    """Whether a text begins in lower case, so that its later sentences may as well."""
    lead = text[start : min(end, start + _LONGEST_LEAD)].lstrip(_BEFORE_LETTER)
    return lead[:1].islower() and not lead[1:2].isupper()


def _starts_low(following: str) -> bool:
    """Whether the text goes on in lower case; a brand such as "iPhone" counts as a capital."""
    word = following if following[0].isalnum() else _first_word(following)
    return word[:1].islower() and not word[1:2].isupper()


def _first_word(following: str) -> str:
    word = _WORD_AFTER.match(following.lstrip(OPENERS))
    return word.group() if word else ""


def _token_before(text: str, start: int, at: int) -> str:
    """The token that a full stop at `at` ends, without it; empty after white space."""
    low = max(start, at - _LONGEST_TOKEN)
    blank = text.rfind(" ", low, at)
    word = text[blank + 1 if blank >= 0 else low : at]
    if word.isalnum():
        return word
    piece = text[low:at]
    if not piece or piece[-1].isspace():
        return ""
    token = piece.split()[-1].lstrip(OPENERS)
    if token.isalnum():
        return token
    token = _TOKEN_START.split(token)[-1]
    return _ELISION.sub("", token, count=1) if "'" in token or "’" in token else token


def _is_reported(following: str) -> bool:
    """Whether a name and a verb of saying follow: they belong to the quotation before them."""
    reported = _REPORTED.match(following)
    return reported is not None and reported.group(1) in knowledge().speech_verbs


def _full_stop_ends(
    text: str, start: int, at: int, token: str, what: str, following: str, low: bool
) -> bool:
    """Whether the full stop at `at` ends a sentence, by the token before it and what follows."""
    if following[0] == "|":
        # A cell of a table's row: "No. |", "9 a.m. |", "1. |".
        return _cell_ends(what, token)
    if what == "ordinary":
        return _ordinary_ends(text, at, token, following, low)
    if what == "number":
        if token == "1" and text[at - 3 : at - 1] == ": ":
            return False  # "Plan: 1. Rest. 2. Fluids."
        return not low and following[0] != "§" and not _is_ordinal(text, at, token, following)
    if what == "never" or (what == "et al" and low):
        return False
    if what == "foreign" or is_elsewhere(token):
        if is_foreign(text, at) and not _begins(_first_word(following)):
            return False
        if what == "foreign":
            return _ordinary_ends(text, at, token, following, low)
    if low or following[0] in "§¶":
        return False
    if what == "citation":
        return not _is_cited(following)
    word = _first_word(following)
    if what == "et al":
        return _CLAUSE.match(following) is not None or punkt_ends("U.S", word)
    if what == "time":
        known = knowledge()
        if at - start <= _LONGEST_TIME and _TIME.fullmatch(text, start, at):
            return False  # "7:05 p.m. Minutes approved."
        return word.lower().rstrip(".") not in known.time_tail and word not in known.time_goes_on
    if what == "unit":
        if following[0].isdigit() and token in knowledge().before_low:
            return False  # "temp. 38.4, wt. 72 kg"
        if "." in token and following[0].islower():
            return False
        return not is_roman(word) and ("." not in token or word.lower() not in knowledge().dose_tail)
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
    if is_degree(token) and text[at - len(token) - 2 : at - len(token)] == ", ":
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
    is_thing = word.endswith("ed") and token.count(".") > 0 and low not in known.may_end and token.isupper()
    return is_thing and _THING.search(before) is not None


def _is_cited(following: str) -> bool:
    """Whether a citation or a note goes on: "Pen. Code", "Op. & Com.", "Rec. H12"."""
    return following[0].isdigit() or _CITED.match(following) is not None


def _names_number(token: str, word: str, following: str) -> bool:
    """Whether other words stand between an abbreviation and its number: "Dkt. Entry No. 7"."""
    if _NUMBERED.match(following) and token.lower() not in ("no", "nos"):
        return True
    known, low = knowledge(), token.lower()
    if not token.istitle():
        return False
    if low in known.capital_may_end or low in known.may_end & known.capital_before_number:
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
    if is_roman(_first_word(following)) and is_foreign(text, at):
        return True
    word, known = _first_word(following), knowledge()
    if word.lower() in known.starters or word[:-1].lower() in known.before_name:
        return False
    return is_ordinal(text, at - len(number), number, word)


def _begins(word: str) -> bool:
    """Whether a word often begins a sentence, in English or German."""
    first = word.replace("’", "'").partition("'")
    return (first[0] if first[1] else word).lower() in knowledge().starters or starts_foreign(word)


def _ordinary_ends(text: str, at: int, token: str, following: str, low: bool) -> bool:
    """Whether a full stop ends a sentence after a token that no list of abbreviations has."""
    if not low:
        if len(token) == 1 and token.islower() and following[0].isalnum():
            return _letter_ends(text, at, token, following)
        if is_roman(token) and is_foreign(text, at):
            return _begins(_first_word(following))
        if following[0].isalpha() or not _GOES_ON.match(following):
            return True
        if _JOURNAL.match(following) and token[0].isupper():
            return False
        if may_be_cut_off(token) and not _ENUMERATED.match(following):
            return False
        return token not in knowledge().before_low or not _PERCENT.match(following)
    if not token.islower():
        # A capital may make it an abbreviation that we do not know: "Abt. für".
        return _is_word(token) and not is_roman(token)
    if len(token) <= 2 or is_cut_off(token):
        # "npm. npm ...": its writer does not cut it off.
        return len(token) > 2 and _first_word(following) == token
    if is_foreign(text, at):
        return False
    return not is_shortened(token) or _first_word(following) in knowledge().low_starters


def _cell_ends(what: str, token: str) -> bool:
    """Whether a full stop before the bar between two cells ends a sentence."""
    if what == "number":
        return len(token) > 3
    return what == "ordinary" and not may_be_cut_off(token)


def _letter_ends(text: str, at: int, token: str, following: str) -> bool:
    """Whether a full stop ends a sentence after a single small letter that is no initial."""
    if text[at - 3 : at - 2].isdigit():
        return not following[0].isdigit()  # "300 g. Dann"
    if _WITH_DIGIT.match(following):
        return False  # "c. F-11", "n. 3"
    if text[at - 3 : at - 2] != "." and token not in _LETTERS:
        return True  # "bokstav b. Klagen"
    return not is_foreign(text, at) or _begins(_first_word(following))


def _is_lettered(text: str, start: int, at: int) -> bool:
    """Whether a capital letter at `at` names a thing, as in "plan B", and no person."""
    before = text[max(start, at - _LONGEST_BEFORE_LETTER) : at].split()
    return before != [] and text[at - 1].isspace() and before[-1].lower() in knowledge().lettered


def _is_word(token: str) -> bool:
    """Whether a token with a capital is no abbreviation: the name of a day, or capitals only."""
    return token.lower() in knowledge().time_tail or (len(token) > 1 and token.isupper())
