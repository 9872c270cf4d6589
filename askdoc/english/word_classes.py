"""Classes of English words: pronouns, auxiliaries, and nouns by what they name.

The types of entities are coarse, because pronouns ask for no more: a person ("he", "she"), a group
of people ("they", and often "it"), or anything else ("it").
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

from askdoc.english.background import idf
from askdoc.english.terms import TERMS

EntityType = Literal["person", "group", "thing"]
Gender = Literal["f", "m"]

AUXILIARIES = (
    "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|shall|may|might|must"
)
"""The auxiliary verbs that open a question or follow its first word, as alternatives."""
QUESTION_WORDS = "who|whom|whose|what|which|when|where|why|how"
"""The words that ask, as alternatives."""
PREPOSITIONS = (
    "in|on|at|during|before|after|since|until|for|from|with|by|to|under|between|among|of|about"
    "|against"
)
"""The prepositions that open a phrase of place, time or means, as alternatives."""

MALE = frozenset("he him his himself".split())
FEMALE = frozenset("she her hers herself".split())
NEUTER = frozenset("it its itself".split())
PLURAL = frozenset("they them their theirs themselves".split())
PERSONAL = MALE | FEMALE | NEUTER | PLURAL

_MEN = frozenset(
    "mr sir lord king prince duke earl count baron father brother son husband uncle grandfather "
    "actor man boy emperor monk pope abbot sultan tsar".split()
)
_WOMEN = frozenset(
    "mrs ms miss mme lady dame queen princess duchess countess baroness mother sister daughter "
    "wife aunt grandmother actress woman girl empress nun tsarina".split()
)
_TITLES = frozenset(
    "dr doctor professor prof president chancellor minister senator governor mayor judge general "
    "colonel major captain lieutenant sergeant admiral rev reverend bishop cardinal "
    "archbishop rabbi ambassador envoy secretary chairman chairwoman coach manager director "
    "producer officer jr sr i ii iii iv".split()
)
_PEOPLE = _MEN | _WOMEN | _TITLES
# Nouns of what somebody is or does whose endings don't tell. Many are surnames: no titles.
_ROLES = frozenset(
    "accountant agent architect assistant athlete attorney author baker banker basketball boss "
    "boxer builder butcher buyer carpenter chair character chef chief child clerk client commander "
    "composer conductor cook cricketer critic curator customer dancer dealer designer detective "
    "diplomat driver drummer editor employee employer expert explorer farmer footballer founder "
    "friend gardener golfer guard guest guide head heir hero holder hunter inspector inventor "
    "keeper killer landlord lawyer leader librarian merchant midwife miller miner narrator "
    "neighbour neighbor nurse official owner painter partner patient person philosopher pilot "
    "player plumber poet priest printer prisoner programmer racer rapper reader referee reporter "
    "researcher sailor scholar sculptor seller servant shepherd singer smith soldier speaker "
    "spokesman spokeswoman spouse striker student suspect swimmer tailor teacher tenant thief "
    "trader trainer treasurer victim visitor volunteer waiter weaver witness worker wrestler "
    "writer".split()
)
_ROLE_ENDS = ("ist", "ian", "eer", "woman", "sman", "erman", "keeper")

# What is one thing and several people.
_GROUPS = frozenset(
    "band group duo trio quartet quintet orchestra choir ensemble team club company corporation "
    "firm party union association foundation institute agency ministry department government "
    "parliament senate congress council committee commission court army navy tribe family people "
    "brothers sisters couple crew cast staff league federation gang university school college "
    "hospital church bank network label authority board inc ltd corp records".split()
)
# What people make and give a name to.
_WORKS = frozenset(
    "album ep single song track record film movie show series season episode book novel play "
    "musical opera poem story article report paper game video documentary magazine newspaper "
    "painting memoir autobiography soundtrack tour symphony sitcom program programme".split()
)
_PLACES = frozenset(
    "city town village country state county river lake mountain island bridge road street park "
    "building house castle palace museum station harbour harbor airport region province district "
    "capital hotel inn lane avenue square bay hall farm".split()
)


def is_person_noun(word: str) -> bool:
    """True of a singular common noun for somebody by what he or she is: "miller"."""
    low = word.lower()
    return low in _ROLES or type_of_noun(low) == "person" or low.endswith(_ROLE_ENDS)


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
    """The gender of nearly all who have this given name, as written with its capital."""
    return _given_names().get(word)


def is_common(word: str) -> bool:
    """True of a word that general English has so often that a capital makes it no name."""
    term, stop = TERMS[word]
    return stop or idf(term) < idf("")
