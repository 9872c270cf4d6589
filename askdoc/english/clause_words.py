"""English lexicon of the suggestions: tokens, closed word classes, verb frames, nouns of people.

No part of speech is known for sure. Each table is of words that end a phrase, of words that cannot
be part of one, or of words of one meaning; none has to be complete, as each only bounds how many
sentences can be used. The forms of verbs are `askdoc.english.verbs`'.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from askdoc.english.verbs import ALL_PARTICIPLES as PARTICIPLES
from askdoc.english.verbs import ALL_PASTS as PASTS
from askdoc.english.verbs import BASES, THIRDS

# "Dr.", "U.S.", "std::map", "20.5", "o'clock", "$4.20"
_TOKEN = re.compile(
    r"(?:St|Dr|Mr|Mrs|Ms|Prof|Gen|Capt)\.(?= [A-Z])|(?:[A-Z]\.){2,}(?= [A-Za-z])"
    r"|[\w`]+(?:(?:::|[.,:/@+-])[\w`]+|['’][a-z]+)*"
    r"|[$€£]\d[\d.,]*\d|[$€£]\d|%|\S"
)

THE = frozenset("the a an".split())
NUMBERS = frozenset(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand million one".split()
)
DETERMINERS = THE | NUMBERS | frozenset("its their his her no some any all each every many".split())
BE = frozenset("is are was were".split())
HAVE = frozenset("has have had".split())
MODALS = frozenset("must shall may can will should would could might cannot".split())
PREPOSITIONS = frozenset(
    "in on at during with for from by under near through against about into over throughout to "
    "of between among along across around behind beside above below within without until till "
    "upon after before towards toward onto off inside outside beyond per via since despite "
    "except like down up out".split()
)
JOINING = frozenset("and or but nor".split())
RELATIVE = frozenset(
    "which who whom whose that where when while whereas because although though if since "
    "unless as so than whether what how why lest".split()
)
NOT = frozenset("not never no hardly scarcely neither nor n't".split())
# What says how or when, and may stand before a verb.
_ADVERBS = frozenset(
    "also then often always usually now still soon once first finally later already just even "
    "almost sometimes together only therefore thus again".split()
)
_OPENING = DETERMINERS | PREPOSITIONS | {"to", "that", ".", "more", "less", "only"}
_BEHIND_VERBS = frozenset("once twice daily weekly monthly too place".split())
# Thirds that are no plural nouns: contains, includes, provides, publishes, approves, identifies
_NO_NOUNS = tuple(
    "tains ludes vides lishes proves reates quires eives ccepts llows ables fies izes".split()
)
_NO_ADVERBS = frozenset("family assembly supply reply monopoly july italy fly ally jelly".split())


class Token(NamedTuple):
    """A word or a mark of a line, and where it stands there."""

    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.text.lower()

    @property
    def word(self) -> bool:
        return self.text[0].isalnum() or self.text[0] in "$€£`"


def tokens(text: str) -> list[Token]:
    """The words and marks of a line, in order."""
    return [Token(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]


def is_adverb(word: str) -> bool:
    """True for an adverb, in lower case, that may stand between a subject and its verb."""
    return word in _ADVERBS or (len(word) > 4 and word.endswith("ly") and word not in _NO_ADVERBS)


def is_finite(word: str) -> bool:
    """True for an auxiliary or modal verb in lower case, in a finite form."""
    return word in BE or word in HAVE or word in MODALS or word in ("did", "does", "do")


def is_verb(word: str) -> bool:
    """True for a word in lower case that is a form of a verb, if also of a noun."""
    return is_finite(word) or any(word in forms for forms in (PASTS, THIRDS, BASES, PARTICIPLES))


def opens_object(word: str) -> bool:
    """True for a word in lower case that opens an object or a phrase behind a verb."""
    return word in _OPENING or word[0] in "$€£"


def breaks(token: Token) -> bool:
    """True for a mark or a relative pronoun: a phrase ends before it."""
    return (not token.word and token.text not in ("%", "-", "'", "’")) or token.low in RELATIVE


def may_be_third(word: str, following: str) -> bool:
    """True for the third person of a verb in lower case, by the word after it.

    Most are plural nouns as often: "the ferry crosses twice", "the ferry crosses are of wood".
    """
    if word not in THIRDS or is_finite(following) or following in PASTS:
        return False
    behind = opens_object(following) or following in _BEHIND_VERBS or is_adverb(following)
    return behind or word.endswith(_NO_NOUNS)


def is_number(word: str) -> bool:
    """True for a cardinal number in lower case that is no year: "twelve", "1,200"."""
    digits = word.replace(",", "").isdigit() and len(word) != 4
    return digits or (word in NUMBERS and word != "one")


def is_person(noun: str) -> bool:
    """True for a noun of people in lower case, singular or plural."""
    return noun in PEOPLE or noun.removesuffix("s") in PEOPLE


PEOPLE = frozenset(
    "activist actor actress agent architect artist aunt author baker banker baron beggar bishop "
    "blacksmith boy brother businessman butcher buyer caliph captain carpenter chair chairman "
    "chairwoman champion chemist children citizens clerk client coach composer contractor cook "
    "councillor count countess crew curator customer daughter developer diplomat director doctor "
    "driver duke dwarf economist emperor employee employer engineer explorer fairy farmer father "
    "father-in-law fisherman founder gardener general giant girl governor grandfather grandmother "
    "guest harbourmaster heir hermit historian hunter huntsman husband inspector inventor "
    "investor journalist judge keeper king knight lad landlady landlord lass lawyer leader "
    "librarian maid maiden maintainer man manager mathematician mayor member men merchant miller "
    "minister monk mother musician neighbour novelist nurse officer ogre operator owner painter "
    "parents passenger patient peasant philosopher physicist pilot player poet politician "
    "president priest prince prisoner professor pupil queen reader reporter researcher resident "
    "robber sailor scholar scientist secretary seller servant shepherd shoemaker singer sister "
    "smith soldier son spokesman spokeswoman staff stepmother student sultan supplier surgeon "
    "tailor teacher tenant thief thieves treasurer troll uncle user villagers visitor volunteer "
    "warden widow wife winner witch wizard woman women worker writer youth".split()
)
"""People by what they are to others or what they do."""
TIMES = frozenset(
    "bit care chance day days evening friday home hour hours look lot minute minutes moment "
    "monday month months morning night once part place saturday sunday thursday time times today "
    "tomorrow tuesday turn way wednesday week weeks while year years yesterday".split()
)
"""Nouns that stand where a place or a thing might, and are neither."""


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
    "dedicated:to defined:as derived:from distributed:under divided:into driven:by "
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
