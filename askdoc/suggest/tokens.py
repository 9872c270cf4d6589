"""The words of a line and what each can be in a clause: enough to find where phrases end.

No part of speech is known for sure, so each table is of words that end a phrase or of words that
cannot be part of one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from askdoc.suggest.forms import BASES, PARTICIPLES, PASTS, THIRDS

_TOKEN = re.compile(
    r"(?:St|Dr|Mr|Mrs|Ms|Prof|Gen|Capt)\.(?= [A-Z])"
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
PRONOUNS = frozenset(
    "i me my mine we us our you your he him his she her hers they them their it its itself "
    "himself herself themselves myself yourself ourselves this these those there here such one "
    "another other others same former latter both either neither each everyone everything "
    "something nothing nobody somebody anyone anything".split()
)
NOT = frozenset("not never no hardly scarcely neither nor n't".split())
MARKS = re.compile(r"[^\w\s$€£]")
# What says how or when, and may stand before a verb.
_ADVERBS = frozenset(
    "also then often always usually now still soon once first finally later already just even "
    "almost sometimes together only therefore thus again".split()
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
    """Whether a word in lower case may stand between a subject and its verb."""
    return word in _ADVERBS or (len(word) > 4 and word.endswith("ly") and word not in _NO_ADVERBS)


def is_finite(word: str) -> bool:
    """Whether a word in lower case can only be the finite verb of a clause."""
    return word in BE or word in HAVE or word in MODALS or word in ("did", "does", "do")


def is_verb(word: str) -> bool:
    """Whether a word in lower case may be a verb in any of its forms."""
    return (
        word in PASTS or word in THIRDS or word in BASES or word in PARTICIPLES or is_finite(word)
    )


# Plural nouns as often as verbs.
PLURALS = frozenset(
    "plans runs costs calls offers reports works uses needs claims reviews names lists moves "
    "stops visits votes records results returns matches rules shows starts states studies "
    "talks plants prices orders marks links lights limits locks looks loads issues forms "
    "forces fields ends drinks drops drives designs damages covers copies controls checks "
    "changes causes breaks books bears attacks answers amounts aims views tests tastes stores "
    "steps stays springs shops shares shapes sets sights signs signals samples sails rows "
    "rings rests requests releases prints points places picks parks packs pulls notes notices "
    "minds measures lays kinds hunts hopes homes guides guards grants functions fears "
    "estimates doubts dances cures crosses crowns counts cries burns brushes benefits bends "
    "balances awards addresses models maps filters logs cooks trades numbers times means "
    "tracks traps touches supports supplies stares screams replies promises processes "
    "objects".split()
)


_AFTER_VERBS = frozenset(("to", "that", ".", "more", "less", "only"))


def opens_object(word: str) -> bool:
    """Whether after a word that may be a verb this one, in lower case, makes it one."""
    return (
        word in DETERMINERS
        or word in ("to", "that", ".", "more", "less", "only")
        or word in PREPOSITIONS
        or word[0] in "$€£"
    )


def breaks(token: Token) -> bool:
    """Whether a token ends whatever phrase it follows."""
    return (not token.word and token.text not in ("%", "-", "'", "’")) or token.low in RELATIVE


def may_be_third(word: str, following: str) -> bool:
    """Whether a word in lower case is the third person of a verb, by the word after it."""
    if word not in THIRDS:
        return False
    if word in PLURALS:
        return opens_object(following)
    return not is_finite(following) and following not in PASTS
