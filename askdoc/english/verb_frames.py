"""Verb frames: what may stand behind a verb, and by that, what is a verb.

No part of speech is known for sure. None of the tables has to be complete, as each only bounds how
many sentences can be used. The forms of verbs are `askdoc.english.verbs`'.
"""

from __future__ import annotations

from askdoc.english import word_classes as en
from askdoc.english.numbers import CARDINALS, SCALES
from askdoc.english.verbs import ALL_PARTICIPLES, ALL_PASTS, BASES, THIRDS

_OPENING = (
    en.DETERMINERS
    | en.PREPOSITIONS
    | en.PARTICLES
    | CARDINALS.keys()
    | SCALES.keys()
    | {"that", ".", "more", "less", "only"}
)
_BEHIND_VERBS = frozenset("once twice daily weekly monthly too place".split())
# Thirds that are no plural nouns: contains, includes, provides, publishes, approves, identifies
_NO_NOUNS = tuple(
    "tains ludes vides lishes proves reates quires eives ccepts llows ables fies izes".split()
)


def is_verb(word: str) -> bool:
    """True for a word in lower case that is a form of a verb, if also of a noun."""
    forms = (en.AUXILIARIES, ALL_PASTS, THIRDS, BASES, ALL_PARTICIPLES)
    return any(word in some for some in forms)


def opens_object(word: str) -> bool:
    """True for a word in lower case that opens an object or a phrase behind a verb."""
    return word in _OPENING or word[0] in "$€£"


def speaks(word: str) -> bool:
    """True for a form, in lower case, of a verb of `SPEAKING`: "said", "writes"."""
    return ALL_PASTS.get(word, THIRDS.get(word)) in SPEAKING


def may_be_third(word: str, following: str) -> bool:
    """True for the third person of a verb in lower case, by the word after it.

    Most are plural nouns as often: "the ferry crosses twice", "the ferry crosses are of wood".
    """
    if word not in THIRDS or following in en.AUXILIARIES or following in ALL_PASTS:
        return False
    behind = opens_object(following) or following in _BEHIND_VERBS or en.is_adverb(following)
    return behind or word.endswith(_NO_NOUNS)


def pairs(text: str) -> dict[str, list[str]]:
    """From "apply:to made:of|from" to the words that may follow each."""
    parts = (pair.split(":") for pair in text.split())
    return {word: following.split("|") for word, following in parts}


NO_OBJECT = frozenset(
    "appear appoint arrive ask base be become believe call come consider cost count die do elect "
    "equal fall feel get go happen have know last lay let lie like live look love mean measure "
    "name occur prove put relate remain rest return rise run say seem set sit sleep smell stand "
    "stay tell think travel turn wait walk want weigh wish work".split()
)
"""Bases after which "a" or "the" with a noun is no object, or needs what follows it."""
URGING = frozenset(
    "advise allow ask beg command compel enable encourage expect force help instruct invite order "
    "permit persuade remind request require teach tell urge want warn".split()
)
"""Bases after which somebody is moved "to do" something."""
MAKING = frozenset("find get keep leave let make".split())
"""Bases after whose object a clause may go on: "made the law useless"."""
HOLDING = frozenset("include contain require need support provide hold produce use cover".split())
"""Bases whose object tells what is in something, or belongs to it."""
FINDING = frozenset("buy find keep obtain store".split())
"""Bases after whose object "in the office" says where."""
COSTING = frozenset("be cost pay owe earn charge spend receive raise donate".split())
"""Bases after which money is how much."""
MOVING = frozenset(
    "arrive climb come crawl creep dance drive fall flee fly gallop go hop hurry jump leap move "
    "return ride run rush sail sink slip step swim travel walk wander".split()
)
"""Bases after which "to the castle" says where to."""
STAYING = frozenset(
    "begin die dwell end grow hang happen hide land lie live meet park remain rest serve settle "
    "sit sleep stand start stay study take work".split()
)
"""Bases after which "in the forest" says where."""
PLACED = frozenset(
    "based born built buried discovered displayed found grown held hidden hung installed kept "
    "located made moored mounted parked placed printed produced published raised recorded signed "
    "situated stored written".split()
)
"""Participles after which "in the cellar" says where."""
CHANGING = frozenset(
    "abandoned abolished arrested attacked banned broken burnt cancelled captured closed damaged "
    "defeated delayed deleted demolished destroyed disabled dismissed dissolved evacuated expelled "
    "flooded hurt imprisoned injured killed lost merged moved murdered postponed rebuilt rejected "
    "removed renamed repaired replaced rescued restored sold stolen stopped struck sunk suspended "
    "withdrawn wounded".split()
)
"""Participles that say what happened to something."""
SPEAKING = frozenset(
    "accuse admit announce argue ask believe claim deny describe explain marry promise propose "
    "recommend refuse reply say suggest tell think warn write".split()
)
"""Bases of what only people do, and groups of them."""
TELLING = frozenset(
    "agree announce argue believe claim complain conclude confess confirm decide declare discover "
    "estimate explain fear find hear insist know learn mean notice promise propose realize "
    "recommend report require reveal say show state suggest think warn".split()
)
"""Bases after which "that" tells what."""
ATTACHED = pairs(
    "agree:on apply:to ask:for begin:with believe:in belong:to care:for complain:about "
    "concentrate:on connect:to consist:of contribute:to correspond:to deal:with decide:on "
    "depend:on derive:from differ:from fight:for focus:on hunt:for lead:to listen:to "
    "look:for participate:in pay:for point:to recover:from refer:to rely:on respond:to "
    "search:for specialize:in stand:for suffer:from talk:about turn:into vote:for wait:for "
    "worry:about"
)
"""Base -> the preposition that belongs to it: "What does it depend on?"."""
ATTACHED_PASSIVE = pairs(
    "accompanied:by associated:with attached:to based:on built:of caused:by classified:as "
    "compiled:with composed:of connected:to converted:into covered:with decorated:with "
    "dedicated:to defined:as derived:from distributed:under divided:into driven:by entitled:to "
    "equipped:with filled:with followed:by formed:from|of|by known:for|as licensed:under "
    "limited:to linked:to loaded:with made:of|from named:after packed:in released:under "
    "replaced:by surrounded:by tested:with turned:into used:for|as written:in"
)
"""Participle -> the preposition before its thing: "What is it based on?"."""
ADJECTIVES = pairs(
    "afraid:of allergic:to angry:about ashamed:of capable:of compatible:with dependent:on "
    "equal:to essential:for familiar:with famous:for fond:of full:of ideal:for identical:to "
    "jealous:of known:for liable:for necessary:for proud:of responsible:for rich:in similar:to "
    "suitable:for useful:for"
)
"""Adjective -> the preposition that belongs to it: "What is he responsible for?"."""
