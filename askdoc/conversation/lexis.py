"""What single words tell about what they name: its kind, sex and number.

Kinds are coarse, because pronouns ask for no more: a person (he, she), a group of people (they, and
often it), anything else (it).
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

from askdoc.lexicon import idf
from askdoc.words import TERMS

Kind = Literal["person", "group", "thing"]
Sex = Literal["f", "m"]

AUXILIARIES = (
    "is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|shall|may|might|must"
)
"""The auxiliary verbs that open a question or follow its first word, as alternatives."""

MALE = frozenset("he him his himself".split())
FEMALE = frozenset("she her hers herself".split())
NEUTER = frozenset("it its itself".split())
PLURAL = frozenset("they them their theirs themselves".split())
PERSONAL = MALE | FEMALE | NEUTER | PLURAL
POSSESSIVE = frozenset("his her its their".split())
DEMONSTRATIVE = frozenset("this that these those".split())

_MEN = frozenset(
    "mr sir lord king prince duke earl count baron father brother son husband uncle grandfather "
    "actor man boy emperor monk pope abbot sultan tsar".split()
)
_WOMEN = frozenset(
    "mrs ms miss mme lady dame queen princess duchess countess baroness mother sister daughter "
    "wife aunt grandmother actress woman girl empress nun tsarina".split()
)
_PEOPLE = frozenset(
    "dr doctor professor prof president chancellor minister senator governor mayor judge general "
    "colonel major captain lieutenant sergeant admiral saint st rev reverend bishop cardinal "
    "archbishop rabbi singer musician composer conductor guitarist drummer rapper politician "
    "lawyer author writer poet novelist painter artist sculptor architect scientist physicist "
    "chemist biologist mathematician philosopher historian economist engineer inventor explorer "
    "athlete player footballer cricketer baseball basketball boxer wrestler golfer swimmer racer "
    "driver coach manager director producer comedian model journalist character soldier officer "
    "ambassador envoy secretary spokesman spokeswoman chairman chairwoman jr sr i ii iii iv".split()
)
_ROLES = frozenset(
    "accountant agent assistant attorney author baker banker bishop boss builder butcher buyer "
    "carpenter chair chef chief child clerk client commander cook curator customer dancer dealer "
    "dentist designer detective diplomat editor employee employer expert farmer fisherman founder "
    "friend gardener goalkeeper guard guest guide head heir hero holder hunter inspector keeper "
    "killer landlord leader librarian merchant midwife miller miner mother narrator neighbour "
    "neighbor nurse officer official owner painter partner patient person pilot plumber priest "
    "printer prisoner professor programmer reader referee reporter researcher sailor scholar "
    "seller servant "
    "shepherd smith speaker spouse striker student suspect tailor teacher tenant thief "
    "trader trainer treasurer victim villager visitor volunteer waiter weaver witness worker "
    "writer".split()
)
_ROLE_ENDS = ("ist", "ian", "eer", "woman", "sman", "erman")


def is_person_noun(word: str) -> bool:
    """Whether a common noun in the singular names somebody by what he or she is."""
    low = word.lower()
    return low in _ROLES or kind_of_noun(low) == "person" or low.endswith(_ROLE_ENDS)


GROUPS = frozenset(
    "band group duo trio quartet quintet orchestra choir ensemble team club company corporation "
    "firm party union association foundation institute agency ministry department government "
    "parliament senate congress council committee commission court army navy tribe family people "
    "brothers sisters couple crew cast staff league federation gang university school college "
    "hospital church bank network label authority board inc ltd corp records".split()
)
"""Nouns of what is one thing and several people."""
WORKS = frozenset(
    "album ep single song track record film movie show series season episode book novel play "
    "musical opera poem story article report paper game video documentary magazine newspaper "
    "painting memoir autobiography soundtrack tour symphony sitcom program programme".split()
)
"""Nouns of what people make and give a name to."""
PLACES = frozenset(
    "city town village country state county river lake mountain island bridge road street park "
    "building house castle palace museum station harbour harbor airport region province district "
    "capital hotel inn lane avenue square bay hall farm".split()
)


def sex_of_word(word: str) -> Sex | None:
    """What a title or a noun like "Queen" or "his" tells about somebody's sex."""
    low = word.lower().rstrip(".")
    if low in _MEN or low in MALE:
        return "m"
    return "f" if low in _WOMEN or low in FEMALE else None


def kind_of_noun(word: str) -> Kind | None:
    """The kind of what a common noun or a title names, None where it isn't known."""
    low = word.lower().rstrip(".")
    if low in _MEN or low in _WOMEN or low in _PEOPLE:
        return "person"
    if low in GROUPS or (low.endswith("s") and low[:-1] in _MEN | _WOMEN | _PEOPLE):
        return "group"
    return "thing" if low in WORKS or low in PLACES else None


@cache
def _given_names() -> dict[str, Sex]:
    raw = resources.files("askdoc.data").joinpath("given_names.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in raw.splitlines() if not line.startswith("#"))
    sexes: dict[str, Sex] = {"f": "f", "m": "m"}
    return {name: sexes[sex] for sex, names in rows for name in names.split()}


def sex_of_given_name(word: str) -> Sex | None:
    """Whose given name a word nearly always is, as written with its capital."""
    return _given_names().get(word)


def is_common(word: str) -> bool:
    """Whether general English has this word often enough that a capital makes it no name."""
    term, stop = TERMS[word]
    return stop or idf(term) < idf("")
