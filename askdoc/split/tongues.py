"""Texts in other languages, as far as their full stops differ from those of English.

askdoc reads English, but a quote that ends in the middle of a date is wrong in any language. German
writes ordinals as a number and a full stop before nouns that all have a capital, so there the words
around decide; looked at only where a full stop is in doubt.
"""

from __future__ import annotations

import re

_AROUND = 160
_DATED = re.compile(r"\d{1,2}\.\s+[^\W\d_]+\.?\s+\d{4}\b")
# Words with letters that English has not, as far as they count.
_MARKED = re.compile(r"[^\W\d_A-Za-z][a-z]|[a-z][^\W\d_A-Za-z]")
_MOST_MARKED = 2
_ENGLISH = frozenset(
    "the of and to is it that for with by from he she they his her their at be this have has are"
    " were which not but as on".split()
)
_GERMAN = frozenset(
    "der die das und ist den dem des ein eine einen einem einer eines im am vom zum zur mit von für"
    " auf nicht auch wird wurde werden wurden sich bei nach aus sie er es sind war dass über durch"
    " seit als oder bis um ihr sein seine ihre hat haben kann dazu vgl gem abs nr nur wenn"
    " inkl zzgl bzw ggf usw evtl".split()
)
_OTHER = frozenset(
    # French, Spanish, Italian, Portuguese
    "le la les des du et est une pour dans sur au aux par qui que ne pas ce cette il elle ont été à"
    " el los las con del se una es lo su fue al di che della dei il è nel nella non sono gli"
    " da dos das em uma com não ao pela é os foi"
    # Dutch, Danish, Norwegian, Swedish
    " het een van voor zijn wordt niet aan bij og det som på av til er af var ikke med den de ved"
    " och att jf jfr på är inte fra från ble blev etter efter kl"
    # Polish, Czech
    " na nie jest się oraz przez dnia roku przy zm ul je ve byl byla podle dne jsou".split()
)
_LETTERS = frozenset("yewziv")
_MONTHS = frozenset(
    "Januar Jänner Februar Feber März Mai Juni Juli Oktober Dezember Jan Feb Mrz Okt Dez".split()
)
_SHARED_MONTHS = frozenset("April August September November Apr Aug Sept Sep Nov".split())
_STARTERS = frozenset(
    "der die das den dem des ein eine einen einer es er sie wir ich ihr im am in zum zur bei mit"
    " nach für auf aus von vom vor seit wenn als da so doch und aber oder auch nur noch nun hier"
    " dort heute damals danach dann dabei damit dieser diese dieses jeder jede alle viele mehr kein"
    " keine nicht was wer wie wo warum ob weil während nachdem bevor durch gegen ohne um über unter"
    " zwischen man sein seine ihre unser vgl siehe laut frau herr beide zwei drei vier"
    " alles".split()
)
_OTHER_STARTERS = frozenset(
    "le la les un une il elle ils elles on ce cette ces c l en au aux tout tous puis mais ne ni sa"
    " el los las lo se su sus este esta no para según ver véase entró todos nadie hay son fue"
    " gli lo non è si vedi nel nella della del questo questa manca"
    " o os as ao em na nas não foi ver"
    " het een dit dat deze zij ze hij er zie men niet"
    " den det de han hun hon en et ett der ved se jf jfr for i på dette denne"
    " w z na nie to ten ta po od za jest są sąd"
    " v ve je na se po od za to ten ta žaloba viz".split()
)
# In capitals these begin a German sentence and no English one.
GERMAN_STARTS = frozenset(word.capitalize() for word in _STARTERS) - {"In", "So", "Was", "Man"}


def is_ordinal(text: str, at: int, number: str, word: str) -> bool:
    """Whether a number, its full stop and the next word belong together as in "am 3. Oktober".

    Args:
        text: the whole text.
        at: where the number begins.
        number: its digits.
        word: the next word, which begins with a capital.
    """
    if len(number) > 3 or not word:
        return False
    bare = word.rstrip(".")
    if _DATED.match(text, at) and bare in _MONTHS and int(number) <= 31:
        return True
    if bare in _MONTHS or bare in _SHARED_MONTHS:
        if int(number) > 31:
            return False
        if bare in ("Mai", "Jan", "Feb", "Juli", "Juni") or bare in _SHARED_MONTHS:
            return _german_around(text, at)
        return True
    return bare.lower() not in _STARTERS and _german_around(text, at)


def is_foreign(text: str, at: int) -> bool:
    """Whether the words around are rather of another European language than English."""
    words = _words(text, at)
    english = len(_ENGLISH & words)
    other = len(_GERMAN & words) + len(_OTHER & words)
    if english < other + _MOST_MARKED:
        around = text[max(0, at - _AROUND) : at + _AROUND]
        other += min(_MOST_MARKED, len(_MARKED.findall(around)))
    if other:
        # Alone these are as often the letters of a figure or a formula.
        other += len(_LETTERS & words)
    return other > max(1, english)


def starts_foreign(word: str) -> bool:
    """Whether a word often begins a sentence in another European language than English."""
    low = word.lower()
    return low in _STARTERS or low in _OTHER_STARTERS


def _german_around(text: str, at: int) -> bool:
    words = _words(text, at)
    german = len(_GERMAN & words)
    return german >= 2 and german > len(_ENGLISH & words) and german >= len(_OTHER & words)


def _words(text: str, at: int) -> set[str]:
    """The words around an offset, in lower case."""
    around = text[max(0, at - _AROUND) : at + _AROUND].lower()
    return set(around.replace(".", " ").replace(",", " ").split())
