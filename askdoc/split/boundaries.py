"""Where the sentences of a stretch of running text end.

NLTK's Punkt decides about full stops after abbreviations and initials, with parameters from our
own data file (`askdoc/data/sentences.toml`): nothing is downloaded or trained on a user's machine.
Alone it cuts quotations in two, sends "she asked" off on its own after a question mark and takes
every "U.S." for what it is most often, so rules stand around it: what a quotation or bracket holds
stays together, and what may end a sentence ends it only where the next word often starts one.

Punkt is asked only about tokens that it could decide either way; about all others its answer is
known (a full stop after an ordinary word ends the sentence), and asking costs 30 microseconds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import Any, NamedTuple

_OPENERS = "\"'“‘«‹»›„‚([{*_¿¡-–—•"
_BRACKETS = ")]}"
_BEFORE_LETTER = _OPENERS + " \t\n\r\xa0" + "0123456789.,:/#>)]+"
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
_NUMERAL = re.compile(r"\d\S*|[IVXLC]+|[A-Z]\.?")
_INITIAL = re.compile(r"[A-Z]\.")
_INITIALS = re.compile(r"[A-Z]|(?:[^\W\d_]\.)+[^\W\d_]")
_TOKEN_START = re.compile(r"[—–/(\[\"“]")
_LONGEST_TOKEN = 40
_LONGEST_LEAD = 12

# »German« and «French»; Swedish and Finnish open and close with the same »mark».
_PAIRS = {
    "“": "”", "«": "»", "»": "«»", "„": "“”\"", "(": ")", "[": "]", "‘": "’", '"': '"', "'": "'",
}  # fmt: skip
_PAIRED = re.compile("[“”«»„(‘’\"')\\[\\]]")
# A quotation or bracket longer than this was left open by mistake.
_LONGEST = {"(": 400, "[": 400}
_LONGEST_QUOTATION = 1500


class _Knowledge(NamedTuple):
    """The data file, as sets of lower-case words without their final full stop."""

    before_name: frozenset[str]
    never_last: frozenset[str]
    before_number: frozenset[str]
    unit: frozenset[str]
    may_end: frozenset[str]
    capital_only: frozenset[str]
    time_tail: frozenset[str]
    time_goes_on: frozenset[str]
    speech_verbs: frozenset[str]
    starters: frozenset[str]


@cache
def _knowledge() -> _Knowledge:
    raw = resources.files("askdoc.data").joinpath("sentences.toml").read_text("utf-8")
    data = tomllib.loads(raw)
    return _Knowledge(*(frozenset(data[name].split()) for name in _Knowledge._fields))


@cache
def _punkt() -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    known = _knowledge()
    parameters = PunktParameters()
    parameters.abbrev_types = set(
        known.before_name | known.never_last | known.before_number | known.may_end | known.unit
    )
    parameters.sent_starters = set(known.starters)
    for word in known.starters:
        # "Seen in lower case": Punkt then takes a capital for the start of a sentence.
        parameters.ortho_context[word] = 1 << 5
    return PunktSentenceTokenizer(parameters)


@lru_cache(maxsize=50_000)
def _punkt_ends(before: str, after: str) -> bool:
    """Whether Punkt ends a sentence between a token, its full stop and the next word."""
    return bool(_punkt().text_contains_sentbreak(f"{before}. {after}"))


def may_end(text: str, start: int, end: int) -> bool:
    """Whether anything inside `text[start:end]` looks like the end of a sentence at all."""
    return _CANDIDATE.search(text, start, end) is not None


def ends(text: str, start: int, end: int) -> Iterator[int]:
    """The offsets after which a new sentence begins inside `text[start:end]`, in order."""
    shelters = _shelters(text, start, end)
    shelter = 0
    for match in _CANDIDATE.finditer(text, start, end):
        at = match.end()
        while shelter < len(shelters) and shelters[shelter][1] <= at:
            shelter += 1
        if shelter < len(shelters) and shelters[shelter][0] < at:
            continue
        if _is_end(text, start, end, match):
            yield at


def is_finished(line: str) -> bool:
    """Whether a line ends as a sentence does: with a mark that is not an abbreviation's."""
    bare = line.rstrip(_CLOSERS)
    if bare[-1:] != ".":
        return bare[-1:] in _FINAL and bare != ""
    return _kind(_token_before(bare, 0, len(bare) - 1)) in ("ordinary", "number", "unit")


def _shelters(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Quotations and brackets that are opened and closed, outermost only: no sentence ends inside.

    A mark that is never closed shelters nothing, so that a stray one does no harm.
    """
    found: list[tuple[int, int]] = []
    opened, mark = -1, ""
    for match in _PAIRED.finditer(text, start, end):
        at, char = match.start(), match.group()
        if mark and at - opened > _LONGEST.get(mark, _LONGEST_QUOTATION):
            mark = ""
        if mark and char in _PAIRS[mark] and _can_close(text, at, end, mark):
            found.append((opened, at + 1))
            mark = ""
        elif char in _PAIRS and _can_open(text, at, start, end) and (not mark or char == mark):
            opened, mark = at, char
    return found


def _can_open(text: str, at: int, start: int, end: int) -> bool:
    """Whether a mark may open: not an apostrophe, an inch mark or a mark that closes."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if text[at] in "«»":
        # After a word or a mark it closes, as » does before a blank or a mark.
        opens = text[at] == "«" or after.isalnum() or after in _OPENERS
        return opens and not before.isalnum() and before not in ".,!?;:…"
    if text[at] in "\"'‘":
        return not before.isalnum() and before not in ".,!?;:" and not after.isspace()
    return True


def _can_close(text: str, at: int, end: int, mark: str) -> bool:
    """Whether a mark may close what `mark` opened: an apostrophe inside a word does not."""
    if text[at] in "'’":
        after = text[at + 1] if at + 1 < end else " "
        return not after.isalnum() and text[at - 1] in ".,!?…"
    if text[at] == '"' or text[at] == mark:
        return not text[at - 1].isspace()
    return True


def _is_end(text: str, start: int, end: int, match: re.Match[str]) -> bool:
    mark = match.group()
    at = match.end()
    token = _token_before(text, start, match.start()) if mark[0] == "." else ""
    if mark == ".":
        # By far the commonest cases, decided without looking further.
        kind = _kind(token)
        if kind == "ordinary" and text[at] in " \n" and text[at + 1 : at + 2].isupper():
            return True
        is_item = kind == "number" or (len(token) <= 4 and _ITEM.fullmatch(token))
        if is_item and _leads_line(text, start, at - 1 - len(token)):
            return False
    following = text[at : min(end, at + 120)].lstrip()
    if not following:
        return False
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
    if quoted:
        return not low
    if _kind(token) == "number" and _leads_line(text, start, match.start() - len(token)):
        return False
    return _full_stop_ends(token, following, low)


def _leads_line(text: str, start: int, at: int) -> bool:
    """Whether a number is that of a list's item, as in "1. Mix the flour"."""
    return at - start <= _LONGEST_LEAD and not text[start:at].strip(" \t#>-*•(")


def _are_notes(text: str, start: int, end: int) -> bool:
    """Whether a text begins in lower case, so that its later sentences may as well."""
    lead = text[start : min(end, start + _LONGEST_LEAD)].lstrip(_BEFORE_LETTER)
    return lead[:1].islower() and not lead[1:2].isupper()


def _starts_low(following: str) -> bool:
    """Whether the text goes on in lower case; a brand such as "iPhone" counts as a capital."""
    word = _first_word(following)
    return word[:1].islower() and not word[1:2].isupper()


def _first_word(following: str) -> str:
    word = _WORD_AFTER.match(following.lstrip(_OPENERS))
    return word.group() if word else ""


def _token_before(text: str, start: int, at: int) -> str:
    """The token that a full stop at `at` ends, without it; empty after white space."""
    piece = text[max(start, at - _LONGEST_TOKEN) : at]
    if not piece or piece[-1].isspace():
        return ""
    word = piece[piece.rfind(" ") + 1 :]
    if word.isalnum():
        return word
    token = piece.split()[-1].lstrip(_OPENERS)
    return token if token.isalnum() else _TOKEN_START.split(token)[-1]


def _is_reported(following: str) -> bool:
    """Whether a name and a verb of saying follow: they belong to the quotation before them."""
    reported = _REPORTED.match(following)
    return reported is not None and reported.group(1) in _knowledge().speech_verbs


def _full_stop_ends(token: str, following: str, low: bool) -> bool:
    kind = _kind(token)
    if kind == "ordinary":
        # A capital may make it an abbreviation that we do not know: "Abt. für".
        return not low or (len(token) > 2 and token.islower()) or _is_word(token)
    if kind == "number":
        return not low
    if low or kind == "never":
        return False
    word = _first_word(following)
    if kind == "before_number":
        return _NUMERAL.fullmatch(word) is None
    if kind == "time":
        known = _knowledge()
        return word.lower().rstrip(".") not in known.time_tail and word not in known.time_goes_on
    if kind == "unit":
        return True
    if _INITIAL.fullmatch(word):
        return False
    # Punkt knows single initials; of unknown ones such as "J.R.R." it is asked about the last.
    is_known = len(token) == 1 or token.lower() in _knowledge().may_end
    return _punkt_ends(token if is_known else token[-1], word)


def _is_word(token: str) -> bool:
    """Whether a token with a capital is no abbreviation: the name of a day, or capitals only."""
    return token.lower() in _knowledge().time_tail or (len(token) > 1 and token.isupper())


@lru_cache(maxsize=50_000)
def _kind(token: str) -> str:
    """What a token before a full stop is; "ordinary" where the full stop only ends the sentence."""
    low, known = token.lower(), _knowledge()
    if token.isdigit():
        return "number"
    if low in ("a.m", "p.m"):
        return "time"
    if low in known.unit and not token[:1].isupper():
        return "unit"
    if len(token) == 1 and token.isupper():
        return "either"
    if low in known.before_number or low.endswith("str"):
        # "Lindenstr. 14": an address, short for a German street's name.
        return "before_number"
    if low in known.capital_only and token.islower():
        return "ordinary"
    if low in known.before_name or low in known.never_last:
        return "never"
    if low in known.may_end or _INITIALS.fullmatch(token):
        return "either"
    return "ordinary"
