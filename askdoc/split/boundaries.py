"""Where the sentences of a stretch of running text end.

Punkt decides about full stops after abbreviations and initials (`abbreviations`). Alone it cuts
quotations in two, sends "she asked" off on its own after a question mark and takes every "U.S." for
what it is most often, so rules stand around it: what a quotation or bracket holds stays together
(`shelters`), what opens a clause stays with it (`leads`), and what may end a sentence ends it only
where the next word often starts one (`stops`).

Punkt is asked only about tokens that it could decide either way; about all others its answer is
known (a full stop after an ordinary word ends the sentence), and asking costs 30 microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from askdoc.split.abbreviations import (
    is_cut_off,
    is_plain,
    is_roman,
    kind,
    knowledge,
)
from askdoc.split.leads import LEAD_STARTS, LONGEST_LABEL, is_label, lead
from askdoc.split.shelters import OPENERS, shelters
from askdoc.split.stops import first_word, full_stop_ends
from askdoc.split.tongues import is_ordinal

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
_REPORTED = re.compile(r"(?:[A-Z][\w.'’-]*\s+){1,4}([a-z]+)\b")
_ITEM = re.compile(r"[a-z]|[ivx]{2,4}")
_I = re.compile(r"I\b")
_TOKEN_START = re.compile(r"[—–/(\[\"“]")
# French and Italian articles: "l'art. 5", "dell'ing. Rossi".
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|(?:[dns]e|[ads]|co|da|su)ll)['’](?=\w\w)", re.IGNORECASE)
_LONGEST_TOKEN = 40
_LONGEST_LEAD = 12


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
    word = first_word(following)
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
    return full_stop_ends(text, start, match.start(), token, what, following, low)


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
    elif following.startswith("-- ") or following[0] in "=≥≤±&":
        return False
    else:
        starts_low = _starts_low(following)
        low = starts_low and not _are_notes(text, start, end)
    is_item = what == "number" or (token.islower() and _ITEM.fullmatch(token))
    if is_item and _leads_line(text, start, at - 1 - len(token)):
        return False
    if starts_low and token.islower() and what in ("never", "before_number"):
        return False
    return full_stop_ends(text, start, at - 1, token, what, following, low)


def _leads_line(text: str, start: int, at: int) -> bool:
    """Whether a number is that of a list's item, as in "1. Mix the flour"."""
    return at - start <= _LONGEST_LEAD and not text[start:at].strip(" \t#>-*•(")


def _are_notes(text: str, start: int, end: int) -> bool:
    """Whether a text begins in lower case, so that its later sentences may as well."""
    lead = text[start : min(end, start + _LONGEST_LEAD)].lstrip(_BEFORE_LETTER)
    return lead[:1].islower() and not lead[1:2].isupper()


def _starts_low(following: str) -> bool:
    """Whether the text goes on in lower case; a brand such as "iPhone" counts as a capital."""
    word = following if following[0].isalnum() else first_word(following)
    return word[:1].islower() and not word[1:2].isupper()


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
