"""Classes of English words: function words, titles, and nouns by what they name.

The types of entities are coarse, because pronouns ask for no more: a person ("he", "she"), a group
of people ("they", and often "it"), or anything else ("it").
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Literal

from askdoc.english.background import idf
from askdoc.english.dates import WEEKDAYS
from askdoc.english.terms import STOP_WORDS, TERMS

EntityType = Literal["person", "group", "thing"]
Gender = Literal["f", "m"]


def any_of(words: Iterable[str]) -> str:
    """An expression for any of some words, the longer ones first: "(?:cannot|can)"."""
    return f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"


BE = frozenset("is are was were".split())
HAVE = frozenset("has have had".split())
DO = frozenset("do does did".split())
MODALS = frozenset("can cannot could will would should shall may might must".split())
AUXILIARIES = BE | HAVE | DO | MODALS
"""The verbs that open a question or follow its first word."""
AUXILIARY = any_of(AUXILIARIES)
NEGATIONS = frozenset("not never no hardly scarcely neither nor n't".split())

QUESTION_WORDS = frozenset("who whom whose what which when where why how".split())
QUESTION_WORD = any_of(QUESTION_WORDS)
SUBORDINATORS = QUESTION_WORDS | frozenset(
    "that while whereas because although though if since unless as so than whether lest".split()
)
"""The words that a dependent clause begins with."""
CONJUNCTIONS = frozenset("and or but nor".split())

ARTICLES = frozenset("the a an".split())
DEMONSTRATIVES = frozenset("this that these those".split())
POSSESSIVES = frozenset("its their his her my our your".split())
QUANTIFIERS = frozenset("no some any all each every many several most both".split())
DETERMINERS = ARTICLES | DEMONSTRATIVES | POSSESSIVES | QUANTIFIERS

PREPOSITIONS = frozenset(
    "in on at during with for from by under near through against about into over throughout to "
    "of between among along across around behind beside above below within without until till "
    "upon after before towards toward onto off inside outside beyond per via since despite "
    "except".split()
)
PREPOSITION = any_of(PREPOSITIONS)
PARTICLES = frozenset("up down out like".split())
"""Prepositions at times, which no question begins with: "Like what?"."""

MALE = frozenset("he him his himself".split())
FEMALE = frozenset("she her hers herself".split())
NEUTER = frozenset("it its itself".split())
PLURAL = frozenset("they them their theirs themselves".split())
PERSONAL = MALE | FEMALE | NEUTER | PLURAL
"""The pronouns of the third person."""
SPEAKERS = frozenset("i me my mine we us our ours you your yours".split())
"""The pronouns of the first and second person."""

TIMES = frozenset(WEEKDAYS) | frozenset(
    "bit care chance day days evening home hour hours look lot minute minutes moment month months "
    "morning night once part place time times today tomorrow turn way week weeks while year years "
    "yesterday".split()
)
"""Nouns that stand where a place or a thing might, and are neither."""

# What may stand between a subject and its verb and says how or when.
_ADVERBS = frozenset(
    "also then often always usually now still soon once first finally later already just even "
    "almost sometimes together only therefore thus again".split()
)
_NO_ADVERBS = frozenset("family assembly supply reply monopoly july italy fly ally jelly".split())

COURTESY_TITLES = frozenset("mr mrs ms miss mx dr prof professor sir dame lord lady".split())
"""What a surname may be called by, whoever bears it."""
TITLES = COURTESY_TITLES | frozenset(
    "rev reverend father sister judge justice captain capt commander colonel major sergeant "
    "sheriff constable inspector senator president governor mayor minister chancellor".split()
)
"""With offices and ranks: whoever is called so is somebody."""
COMPANY_ENDINGS = tuple(
    "Ltd Limited Inc Incorporated Corp Corporation LLC LLP LP PLC plc GmbH AG SE".split()
)
"""What ends a company's name and no other; "Company" and "Co" are also words."""
SHORT_TITLE = any_of("Dr Mr Mrs Ms Prof Gen Sen Rep Gov St Lt Col Capt Sgt Rev Hon".split())
"""The titles that are written with a full stop."""

_MEN = frozenset(
    "mr sir lord king prince duke earl count baron father brother son husband uncle grandfather "
    "actor man boy emperor monk pope abbot sultan tsar".split()
)
_WOMEN = frozenset(
    "mrs ms miss mme lady dame queen princess duchess countess baroness mother sister daughter "
    "wife aunt grandmother actress woman girl empress nun tsarina".split()
)
_PEOPLE = TITLES | _MEN | _WOMEN | frozenset(
    "doctor general gen col sgt lt lieutenant admiral bishop cardinal archbishop rabbi ambassador "
    "envoy secretary chairman chairwoman coach manager director producer officer jr sr "
    "i ii iii iv".split()
)  # fmt: skip
# Nouns of what somebody is or does whose endings don't tell. Many are surnames: no titles.
_ROLES = frozenset(
    "accountant agent architect assistant athlete attorney author baker banker basketball beggar "
    "blacksmith boss boxer builder businessman butcher buyer caliph carpenter chair champion "
    "character chef chief child citizen clerk client commander composer conductor contractor cook "
    "councillor cricketer critic curator customer dancer dealer designer detective developer "
    "diplomat driver drummer dwarf editor employee employer expert explorer fairy farmer "
    "father-in-law fisherman footballer founder friend gardener giant golfer guard guest guide "
    "head heir hermit hero holder hunter huntsman inspector inventor investor keeper killer knight "
    "lad landlady landlord lass lawyer leader maid maiden maintainer member merchant midwife "
    "miller miner narrator neighbour neighbor novelist nurse official ogre operator owner painter "
    "parent partner passenger patient peasant person philosopher pilot player plumber poet priest "
    "printer prisoner programmer pupil racer rapper reader referee reporter researcher resident "
    "robber sailor scholar sculptor seller servant shepherd shoemaker singer smith soldier speaker "
    "spouse stepmother striker student supplier surgeon suspect swimmer tailor teacher tenant "
    "thief trader trainer treasurer troll user victim villager visitor volunteer waiter warden "
    "weaver widow winner witch witness wizard worker wrestler writer youth".split()
)
_ROLE_ENDS = ("ist", "ian", "eer", "woman", "sman", "erman", "ceman", "reman", "keeper")
_NO_ROLES = frozenset("consist guardian persist subsist".split())

# What is one thing and several people.
_GROUPS = frozenset(
    "band group duo trio quartet quintet orchestra choir ensemble team club company corporation "
    "firm party union association foundation institute agency ministry department government "
    "parliament senate congress council committee commission court army navy tribe family people "
    "brothers sisters couple crew cast staff league federation gang university school college "
    "hospital church bank network label authority board inc ltd corp records "
    "faculty republic kingdom empire office society".split()
)
# What people make and give a name to.
_WORKS = frozenset(
    "album ep single song track record film movie show series season episode book novel play "
    "musical opera poem story article report paper game video documentary magazine newspaper "
    "painting memoir autobiography soundtrack tour symphony sitcom program programme "
    "treaty war act".split()
)
_PLACES = frozenset(
    "city town village country state county river lake mountain island bridge road street park "
    "building house castle palace museum station harbour harbor airport region province district "
    "capital hotel inn lane avenue square bay hall farm".split()
)

_IRREGULAR_PLURALS = frozenset("people men women children mice police feet teeth thieves".split())
_SINGULAR_ENDS = ("ss", "us", "is", "ics", "news", "'s", "’s")


def is_plural(noun: str) -> bool:
    """True of a noun that looks plural."""
    low = noun.lower()
    if low in _IRREGULAR_PLURALS or low.endswith(("women", "smen", "ermen", "cemen", "remen")):
        return True
    plural = len(low) > 3 and low.endswith("s") and not low.endswith(_SINGULAR_ENDS)
    return plural and low not in STOP_WORDS


def is_adverb(word: str) -> bool:
    """True for an adverb, in lower case, that may stand between a subject and its verb."""
    return word in _ADVERBS or (len(word) > 4 and word.endswith("ly") and word not in _NO_ADVERBS)


def is_person_noun(word: str) -> bool:
    """True of a singular common noun for somebody by what he or she is: "miller"."""
    low = word.lower()
    if low in _ROLES or low in _PEOPLE:
        return True
    return len(low) > 6 and low.endswith(_ROLE_ENDS) and low not in _NO_ROLES


def is_people(noun: str) -> bool:
    """True of a common noun for people, one or several: "miller", "millers", "women"."""
    low = noun.lower()
    one = low[:-3] + "man" if low.endswith("men") else low.removesuffix("s")
    irregular = low in ("children", "thieves", "crew", "staff")
    return irregular or is_person_noun(low) or is_person_noun(one)


def is_title(word: str) -> bool:
    """True of a word that stands before somebody's name: "President", "Dr.", "Queen"."""
    return type_of_noun(word) == "person" and len(word) > 1 and not word.endswith("I")


def gender_of_word(word: str) -> Gender | None:
    """The gender that a title, a noun or a pronoun tells: "f" for "Queen", "m" for "his"."""
    low = word.lower().rstrip(".")
    if low in _MEN or low in MALE:
        return "m"
    return "f" if low in _WOMEN or low in FEMALE else None


def type_of_noun(word: str) -> EntityType | None:
    """The type of what a title or a common noun names; None for others, and for occupations."""
    low = word.lower().rstrip(".")
    if low in _PEOPLE:
        return "person"
    if low in _GROUPS or (low.endswith("s") and low[:-1] in _PEOPLE):
        return "group"
    return "thing" if low in _WORKS or low in _PLACES else None


@cache
def _given_names() -> dict[str, Gender]:
    raw = resources.files("askdoc.data").joinpath("given_names.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in raw.splitlines() if not line.startswith("#"))
    genders: dict[str, Gender] = {"f": "f", "m": "m"}
    return {name: genders[letter] for letter, names in rows for name in names.split()}


def gender_of_given_name(word: str) -> Gender | None:
    """The gender of nearly all who have this given name, written with a capital or in capitals."""
    shouted = word.isupper() and len(word) > 2
    return _given_names().get(word.capitalize() if shouted else word)


def is_common(word: str) -> bool:
    """True of a word that general English has so often that a capital makes it no name."""
    term, stop = TERMS[word]
    return stop or idf(term) < idf("")
