"""The forms of the verbs that suggestions know: more than `askdoc.verbs`, and with their present.

A form that is also a common noun, adjective or preposition is only taken for a verb by whoever
looks at the words around it.
"""

from __future__ import annotations

from askdoc.verbs import PARTICIPLES as _PARTICIPLES
from askdoc.verbs import PASTS as _PASTS

# base, past and participle
_IRREGULAR = """
awake awoke awoken; become became become; bend bent bent; bite bit bitten; bleed bled bled; blow
blew blown; breed bred bred; burn burnt burnt; cling clung clung; cost cost cost; creep crept crept;
deal dealt dealt; dig dug dug; do did done; drink drank drunk; feed fed fed; flee fled fled; forget
forgot forgotten; freeze froze frozen; hang hung hung; hit hit hit; hurt hurt hurt; kneel knelt
knelt; lay laid laid; leap leapt leapt; leave left left; let let let; light lit lit; mean meant
meant; overcome overcame overcome; read read read; ring rang rung; set set set; shake shook shaken;
shine shone shone; shut shut shut; sit sat sat; sleep slept slept; slide slid slid; spin spun spun;
spread spread spread; spring sprang sprung; swear swore sworn; sweep swept swept; tear tore torn;
understand understood understood; undertake undertook undertaken; wake woke woken; weep wept wept;
bear bore borne; beg begged begged; grab grabbed grabbed; occur occurred occurred; prefer preferred
preferred; refer referred referred; nod nodded nodded; slip slipped slipped; step stepped stepped;
tap tapped tapped; trap trapped trapped; wrap wrapped wrapped; plug plugged plugged; unplug
unplugged unplugged; stir stirred stirred; ship shipped shipped; skip skipped skipped; swap swapped
swapped; split split split; fit fitted fitted; drag dragged dragged; chop chopped chopped; dip
dipped dipped; hop hopped hopped; pat patted patted; equip equipped equipped; compel compelled
compelled; cancel cancelled cancelled; label labelled labelled; travel travelled travelled; model
modelled modelled; scan scanned scanned; log logged logged; fulfil fulfilled fulfilled; regret
regretted regretted; format formatted formatted; map mapped mapped; omit omitted omitted
"""
_REGULAR = """
host house boast feature rank border flow stretch surround evolve emerge expose invade peak rely
resemble retreat revolve tour voyage warrant wield assist assert attain blame boost capture combat
compose concern conserve consult consume contest contrast cultivate deceive declare decline decorate
delay delight deprive deserve devour disguise disturb divert dominate drown echo educate eliminate
embark emphasize enhance enlarge enrich entrust envy erect evict exhibit exploit facilitate feast
flourish furnish gain glue govern grasp greet guess halt hand hatch heal hoist honour implore
imprison inhabit injure inspect invent invoke launch lean license lodge melt merge milk mine mock
motivate mourn nail neglect negotiate nominate nourish nurse obtain outline parse peep persist
pierce pinch plunge poison polish populate postpone prescribe prevail proceed prohibit prosper pump
pursue rattle recite recruit reflect refine regain reign rejoice relieve renounce rescue reside
retrieve reunite revise revive revolt rinse roam roast rule rust sacrifice salute scare scatter
scratch seal season sew shelter soak soften spark spill splash sponsor stamp starve steer stitch
subdue substitute suck supervise suppress surpass suspend sustain symbolize tempt thrive tie toast
torment transform trick tumble twist unite uproot urge utter vow wail weaken widen wreck comprise
incorporate optimize cache compress extend extract inherit iterate handle import process query retry
store sort summarize double triple prime tilt overheat simmer blink fry bake ferment leak protect
overflow repair rename migrate restart disconnect reconnect press tighten loosen rotate adjust
accompany address afford aim amend amount answer apply arrange assign assume assure attach attract
avoid balance bark belong bless boil book borrow bother bow brush calculate care chase check clean
clear combine comfort command communicate compare compile complain confess connect consider consist
contact contain contribute cook copy correct correspond count cover crash cross cure curse damage
dedicate delete deliver depend deposit derive detect determine differ disable disappear display
divide draft dress dry ease embrace enable enclose engage enjoy ensure enter entertain equal escape
estimate exceed exchange exclude exist expect expire fade fasten fear fetch fill fix float focus
force frighten fund generate grant guarantee guard guide harvest hate heat hesitate hurry ignore
illustrate implement imply indicate inform insure intend invest involve issue kick kiss knock lack
lift limit link load lock look lower manufacture mark match mention mind miss mix modify mount name
need notify number obey operate order output overlook owe park pack peel perform persuade pick point
possess pour praise pray preserve print promote prove provide pull punish push question recall
reckon refill refund refuse regulate reject relate relax release remain remark remind renew repeat
represent reserve resolve respect respond rest retain return reverse reward roar rush sail satisfy
save schedule scream search secure seem seize sample serve shout sigh signal smell smile specify
spoil stare start stay strengthen struggle subscribe suit surprise suspect swallow switch tackle
target taste tend terminate test thank touch trace track trade trust try type unlock update upgrade
utilize vanish view warm wander want wash waste weigh whisper wish wonder worry yell yield assemble
crawl cry climb confuse dare descend drift empty fish gallop gaze hammer haul hunt plough pluck row
scold snatch soar squeeze stroke stumble summon tremble whistle anchor moor dredge review recycle
convert download configure define encode decode render execute initialize compute allocate simulate
encrypt verify validate recommend evaluate award appoint elect unpack
"""
_THIRD = {"be": "is", "have": "has", "do": "does", "go": "goes"}


def _past_of(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + "ed"


def _third_of(base: str) -> str:
    if base in _THIRD:
        return _THIRD[base]
    if base.endswith(("s", "x", "z", "ch", "sh")):
        return base + "es"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ies"
    return base + "s"


_rows = [tuple(row.split()) for row in _IRREGULAR.split(";")]
_regular = _REGULAR.split()
PASTS: dict[str, str] = {
    **{_past_of(base): base for base in _regular},
    **{past: base for base, past, _ in _rows},
    **_PASTS,
}
"""Past -> base: asked -> ask; not of "be"."""
PARTICIPLES: dict[str, str] = {
    **{_past_of(base): _past_of(base) for base in _regular},
    **{participle: past for _, past, participle in _rows},
    **_PARTICIPLES,
}
"""Participle -> past: written -> wrote."""
BASES = frozenset(PASTS.values()) - {"be"}
THIRDS: dict[str, str] = {_third_of(base): base for base in BASES if base != "have"}
"""Third person -> base: asks -> ask; not of "be" and "have"."""
