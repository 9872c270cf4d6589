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


# Verbs that only whoever looks at the words around a form can tell: many are nouns as well.
_IRREGULAR_TOO = """
awake awoke awoken; bear bore borne; become became become; bend bent bent; bite bit bitten; bleed
bled bled; blow blew blown; breed bred bred; burn burnt burnt; cling clung clung; cost cost cost;
creep crept crept; deal dealt dealt; dig dug dug; do did done; drink drank drunk; feed fed fed; flee
fled fled; forget forgot forgotten; freeze froze frozen; hang hung hung; hit hit hit; hurt hurt
hurt; kneel knelt knelt; lay laid laid; leap leapt leapt; leave left left; let let let; light lit
lit; mean meant meant; overcome overcame overcome; read read read; ring rang rung; set set set;
shake shook shaken; shine shone shone; shut shut shut; sit sat sat; sleep slept slept; slide slid
slid; spin spun spun; spread spread spread; spring sprang sprung; swear swore sworn; sweep swept
swept; tear tore torn; understand understood understood; undertake undertook undertaken; wake woke
woken; weep wept wept; split split split; rebuild rebuilt rebuilt; feel felt felt; burst burst
burst; shrink shrank shrunk; outgrow outgrew outgrown
"""
_REGULAR_TOO = """
accompany add address adjust afford aim allocate amend amount anchor answer apply arrange assemble
assert assign assist associate assume assure attach attain attract avoid bake balance bark belong
blame bless blink boast boil book boost border borrow bother bow brush cache calculate care charge
chase check classify clean clear collapse combat combine comfort command communicate compare compile
complain compress comprise compute concentrate concern confess configure confuse connect conserve
consider consist consult consume contact contain contest contrast contribute cook copy correct
correspond count cover crash crawl crush cry cultivate cure curse damage dare deceive declare
decline decode decorate dedicate deduct define delay delete delight depend deploy deposit deprive
derive descend deserve detect determine devour differ disable disappear disconnect disguise display
distribute disturb divert divide dominate double download draft dredge dress drift drown dry dwell
ease echo educate eliminate embark embrace emerge emphasize empty enable enclose encode encrypt
endanger engage enhance enjoy enlarge enrich ensure enter entertain entitle entrust envy equal erect
escape estimate evaluate evict evolve exceed exchange exclude exhibit exist expect expire explode
exploit expose extend extract facilitate fade fasten fear feast feature ferment fetch fill fish fix
float flood flourish flow focus force frighten fry fund furnish gain gallop gaze generate glue grant
grasp greet guarantee guard guess guide halt hammer hand handle harvest hatch hate haul heal heat
hesitate hoist honour host house hurry ignore illustrate implement implore imply incorporate
indicate inform inhabit initialize injure inspect instruct insure intend invest invoke involve issue
iterate kick kiss knock lack leak lean license lift limit link load lock lodge look loosen lower
manufacture mark match melt mention migrate milk mind mine miss mix mock modify monitor moor
motivate mount mourn nail name need neglect negotiate notify nourish number nurse obey optimize
outline output overflow overheat overlook owe pack park parse participate peak peel peep perish
persist persuade pick pierce pinch plough pluck plunge point poison polish populate possess postpone
pour praise pray prescribe press prevail prime print proceed process prohibit prosper prove pull
pump punish push query question rank rattle recall recite reckon reconnect recruit recycle refill
refine reflect refund regain regulate reign rejoice relate relax relieve rely remain remark remind
render renew renounce repeat represent resemble reserve reside resolve respect respond rest restart
retain retreat retrieve retry reunite reverse review revise revive revolt revolve reward rinse roam
roar roast rotate row rush rust sacrifice sail salute sample satisfy save scare scatter schedule
scold scratch scream seal search season secure seem seize sew shelter shout sigh signal simmer
simulate situate smell smile snatch soak soar soften solve sort spark specialize specify spill
splash spoil squeeze stamp stare starve stay steer stitch store strengthen stretch stroke struggle
stumble subdue subscribe substitute suck suit summarize summon supervise suppress surpass surprise
suspect sustain swallow switch symbolize tackle target taste tempt tend terminate test thank thrive
tie tighten tilt toast torment touch tour trace track trade transform transport tremble trick triple
trust try tumble twist type unlock unpack update upgrade uproot urge utilize utter validate vanish
verify view vow voyage wail walk wander want warm warrant wash waste weaken weigh whisper whistle
widen wield wish wonder worry wreck yell yield
"""
# The last letter is doubled: begged.
_DOUBLED = """
beg cancel chop compel dip drag equip expel fit format fulfil grab hop label log map model nod omit
pat plug prefer refer regret rot scan ship skip slip step stir swap tap trap unplug wrap
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

_MORE = [
    *(Forms(base, base + base[-1] + "ed", base + base[-1] + "ed") for base in _DOUBLED.split()),
    *(_regular(base) for base in _REGULAR_TOO.split()),
    *(Forms(*forms.split()) for forms in _IRREGULAR_TOO.split(";")),
]
ALL_PASTS = {forms.past: forms.base for forms in _MORE} | PASTS
"""Past -> base, with the verbs whose forms are also other words; not of "be"."""
ALL_PARTICIPLES = {forms.participle: forms.past for forms in _MORE} | PARTICIPLES
"""Participle -> past, with the verbs whose forms are also other words."""
BASES = frozenset(ALL_PASTS.values())
"""The bases of them all."""


def third_of(base: str) -> str:
    """The third person of a base: "asks" of "ask"."""
    if base.endswith(("s", "x", "z", "ch", "sh")) or base in ("do", "go"):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2] not in "aeiou" else base + "s"


THIRDS = {third_of(base): base for base in BASES if base != "have"}
"""Third person -> base: asks -> ask; not of "be" and "have"."""
