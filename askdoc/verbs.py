"""Common verbs and their forms: enough to see that a word is a verb, and to turn a sentence round.

A word that is no form of these is not taken for a verb, so the tables only bound how many sentences
and questions can be taken apart. Verbs whose past is spelt a common noun or adjective are left out.
"""

from __future__ import annotations

from typing import NamedTuple

# base, past and participle
_IRREGULAR = """
be was been; begin began begun; bring brought brought; build built built; buy bought bought; catch
caught caught; choose chose chosen; come came come; draw drew drawn; drive drove driven; eat ate
eaten; fall fell fallen; fight fought fought; find found found; fly flew flown; forbid forbade
forbidden; get got got; give gave given; go went gone; grow grew grown; have had had; hear heard
heard; hide hid hidden; hold held held; keep kept kept; know knew known; lead led led; lend lent
lent; lose lost lost; make made made; meet met met; overthrow overthrew overthrown; pay paid paid;
ride rode ridden; rise rose risen; run ran run; say said said; see saw seen; seek sought sought;
sell sold sold; send sent sent; shoot shot shot; show showed shown; sing sang sung; sink sank
sunk; speak spoke spoken; spend spent spent; stand stood stood; steal stole stolen; strike struck
struck; swim swam swum; take took taken; teach taught taught; tell told told; think thought
thought; throw threw thrown; win won won; withdraw withdrew withdrawn; write wrote written; admit
admitted admitted; commit committed committed; control controlled controlled; permit permitted
permitted; plan planned planned; ban banned banned; stop stopped stopped; drop dropped dropped;
rob robbed robbed; transfer transferred transferred; die died died; lie lay lain; break broke
broken; wear wore worn; cut cut cut; put put put
"""
_REGULAR = """
abandon abolish accept accuse achieve acquire adopt advise agree allow announce appear appoint
approve argue arrest arrive ask assassinate attack attend award base believe bury call capture
carry cause celebrate change claim climb close collect complete compose conclude conduct confirm
conquer construct continue convert create criticize cross crown dance decide defeat defend deliver
demand demolish deny describe design destroy develop direct discover discuss dismiss dissolve
donate earn elect employ enact encourage end establish evacuate examine execute expand expel
explain explore export express fail finance finish follow form found free gather govern graduate
happen help hire hunt identify import imprison improve include increase inherit insist inspire
install introduce invade invent invite join jump kill land last launch learn like listen live
locate love maintain manage marry measure merge move murder nominate notice object observe obtain
occupy occur offer open operate oppose order organize originate own paint pass perform photograph
place plant play predict prepare present preserve prevent proclaim produce promise promote propose
protect protest provide publish purchase pursue raise reach realize receive recognize recommend
record recover reduce refuse reject release remember remove rename rent repair repeal replace
reply report request require rescue resign restore retire return reveal ruin rule score select
sentence separate serve settle share sign sponsor start state study submit succeed suffer suggest
supply support surrender surround survive suspend talk testify threaten train translate travel
treat turn unite unveil use visit vote wait warn watch welcome work worship wound
"""


class Forms(NamedTuple):
    """The forms of a verb that questions need."""

    base: str
    past: str
    participle: str


def _regular(base: str) -> Forms:
    if base.endswith("e"):
        past = base + "d"
    elif base.endswith("y") and base[-2] not in "aeiou":
        past = base[:-1] + "ied"
    else:
        past = base + "ed"
    return Forms(base, past, past)


_ALL = [
    *(Forms(*forms.split()) for forms in _IRREGULAR.split(";") if forms.strip()),
    *(_regular(base) for base in _REGULAR.split()),
    Forms("bear", "bore", "born"),
]
PASTS = {forms.past: forms.base for forms in _ALL if forms.base != "be"}
"""Past -> base: asked -> ask."""
PARTICIPLES = {forms.participle: forms.past for forms in _ALL if forms.base not in ("be", "have")}
"""Participle -> past: written -> wrote."""
PAST_OF = {forms.base: forms.past for forms in _ALL}
"""Base -> past: ask -> asked."""
