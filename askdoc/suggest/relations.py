"""Verbs by what stands beside them: a thing, a place, a preposition that belongs to them.

As in `verbs`, each table only bounds how many sentences can be used.
"""

from __future__ import annotations

import re

MEASURES = re.compile(
    r"\b(?:percent|years?|months?|weeks?|days|hours|minutes|seconds|miles|kilomet\w+|met(?:er|re)s"
    r"|feet|inches|dollars|euros|pounds|degrees|times|others|thirds|quarters|halves|centuries"
    r"|the|of|and|or|in|to|an?|as|is|was|more|decades|acres|tons|tonnes|hundred|thousand|million|billion|[a-z]+(?:ous|ss|less|ings?))\b"
)
"""What a number before it measures rather than counts."""

VAGUE = frozenset(
    "take use see know find follow lose need want like love make hold face meet bring leave "
    "get".split()
)
"""Bases that say little of what is done; asked only where nothing better is found."""

TAKING = frozenset(
    "abolish accept achieve acquire add adopt announce approve attack attract award ban book "
    "borrow break bring build burn buy carry catch celebrate change choose clean collect "
    "compose confirm conquer construct contain contribute control cook cover create cross cure "
    "cut deliver demand describe design destroy detect develop dig discover discuss display "
    "donate draw drink drop earn eat employ enable encourage examine exceed exclude explain "
    "explore extract feed fetch fight fill find finish fix follow forget found gather generate "
    "give grow handle harvest hate hear hide hire hold identify illustrate implement import "
    "improve include increase inherit inspect install introduce invent issue join keep kill "
    "lack lay lead leave lend light lose maintain make manage manufacture measure mention "
    "monitor move need notice obtain occupy offer open operate order organize own owe paint "
    "park pay perform pick plan plant possess prepare present preserve press prevent print "
    "produce promise promote propose protect provide publish pull purchase push raise read "
    "receive recommend record recover reduce refuse reject release remember remove rent repair "
    "replace report request require restore return reveal save see sell send serve share shoot "
    "show sign solve spend spoil steal store study submit suggest supply support swallow take "
    "teach throw track translate transport treat trade update use visit want warn wear win "
    "wish write assemble define parse encode render execute verify validate log review recycle "
    "download configure allocate estimate cause check combine complete conduct deposit drive "
    "endanger expect export fund grant insure know like limit load lock love meet mix modify "
    "name reserve select set simulate specify test touch transfer unveil wash weigh bear "
    "deploy deduct refund lower".split()
)
"""Bases of verbs whose object is mostly a thing that one can ask for with "what"."""

NO_OBJECT = frozenset(
    "become remain seem appear feel weigh last cost be have do get let bid lie sit stand come "
    "go prove fall turn mean say think believe wait arrive happen occur live die run sleep "
    "rest stay act count measure equal call know love like want consider total wish hope sound "
    "smell look work walk travel rise return put set lay ask tell name elect appoint".split()
)
"""Bases after which "a" or "the" with a noun is no object, or needs what follows it."""

URGING = frozenset(
    "ask tell order command beg persuade want allow invite advise warn urge force compel "
    "encourage help instruct teach permit require request expect enable remind".split()
)
"""Bases after which somebody is moved "to do" something."""

PERCEIVING = frozenset(
    "see hear watch notice make let help find feel observe leave have keep".split()
)
"""Bases after which an object may have its own verb: "saw the ship sink"."""

GIVING = frozenset(
    "give send show offer bring lend pay teach sell owe promise grant award read".split()
)
"""Bases of verbs that may have two objects: "gave the boy a horse"."""

MOVING = frozenset(
    "go come walk run fly ride sail travel move return climb arrive creep crawl flee swim jump "
    "hurry rush march drive fall sink wander dance leap slip gallop roll step stride hop".split()
)
"""Bases after which "to the castle" says where to."""

STAYING = frozenset(
    "live dwell sleep stay stand lie sit hide work grow settle remain rest study die land meet "
    "take happen begin start end serve hang park".split()
)
"""Bases after which "in the forest" says where."""

PLACED = frozenset(
    "located situated found built born buried held stored kept placed made hidden based "
    "produced installed mounted moored hung parked raised discovered grown displayed published "
    "signed printed written recorded".split()
)
"""Participles after which "in the cellar" says where."""

ATTACHED = {
    "depend": "on", "rely": "on", "consist": "of", "belong": "to", "refer": "to", "lead": "to",
    "contribute": "to", "respond": "to", "apply": "to", "stand": "for", "search": "for",
    "look": "for", "ask": "for", "wait": "for", "pay": "for", "deal": "with", "begin": "with",
    "agree": "on", "decide": "on", "focus": "on", "result": "in", "specialize": "in",
    "believe": "in", "suffer": "from", "derive": "from", "recover": "from", "complain": "about",
    "dream": "of", "worry": "about", "fight": "for", "point": "to", "connect": "to",
    "correspond": "to", "vote": "for", "turn": "into", "care": "for", "hunt": "for",
    "concentrate": "on", "participate": "in", "listen": "to", "talk": "about", "range": "from",
    "differ": "from",
}  # fmt: skip
"""Base -> the preposition that belongs to it: "What does it depend on?"."""

ATTACHED_PASSIVE = {
    "based": "on", "made": "of from", "composed": "of", "known": "for as", "named": "after",
    "called": "", "used": "for as", "written": "in", "licensed": "under", "covered": "with",
    "filled": "with", "surrounded": "by", "caused": "by", "divided": "into", "derived": "from",
    "dedicated": "to", "connected": "to", "equipped": "with", "released": "under", "defined": "as",
    "classified": "as", "regarded": "as", "associated": "with", "formed": "from of by",
    "distributed": "under", "replaced": "by", "turned": "into", "interested": "in",
    "converted": "into", "linked": "to", "followed": "by", "attached": "to", "limited": "to",
    "decorated": "with", "accompanied": "by", "driven": "by", "titled": "", "compiled": "with",
    "tested": "with", "built": "of", "loaded": "with", "packed": "in",
}  # fmt: skip
"""Participle -> the preposition behind which its thing stands: "What is it based on?"."""

ADJECTIVES = {
    "responsible": "for", "suitable": "for", "famous": "for", "known": "for", "similar": "to",
    "equal": "to", "afraid": "of", "proud": "of", "full": "of", "capable": "of",
    "compatible": "with", "ashamed": "of", "fond": "of", "liable": "for", "necessary": "for",
    "useful": "for", "ideal": "for", "essential": "for", "rich": "in", "allergic": "to",
    "dependent": "on", "identical": "to", "familiar": "with", "jealous": "of", "angry": "about",
}  # fmt: skip
"""Adjective -> the preposition that belongs to it: "What is the landlord responsible for?"."""

BEFALLING = frozenset(
    "die fall sink vanish disappear break burn melt drown burst collapse fail freeze explode "
    "crash fade starve perish escape expire stop recover survive shrink overflow "
    "overheat rot".split()
)
"""Bases of verbs that tell what happened to their subject, where no object follows."""

BEFALLEN = frozenset(
    "destroyed demolished stolen sold killed lost rescued arrested repaired closed damaged "
    "injured hurt banned burnt burned broken abandoned eaten captured imprisoned executed "
    "wounded dismissed rejected cancelled delayed postponed approved rebuilt restored replaced "
    "renamed removed expelled poisoned drowned freed saved buried crushed flooded evacuated "
    "murdered assassinated".split()
)
"""Participles that tell what happened to somebody or something."""

FEELING = frozenset(
    "pleased surprised frightened delighted ashamed astonished terrified angry sad happy "
    "afraid glad proud furious lonely jealous weary tired worried disappointed relieved "
    "unafraid grateful excited embarrassed alarmed sorry unhappy miserable overjoyed joyful".split()
)
"""How somebody may feel."""

TELLING = frozenset(
    "say report announce explain state argue claim warn suggest believe conclude decide "
    "promise insist recommend propose declare complain confess learn find hope agree show "
    "notice discover reveal realize confirm think know hear note estimate require mean fear".split()
)
"""Bases after which "that" tells what."""

QUALITIES = frozenset(
    "good great excellent poor bad terrible awful amazing fantastic wonderful beautiful lovely "
    "nice comfortable uncomfortable easy hard difficult simple sturdy flimsy heavy light soft "
    "loud quiet noisy bright dark dim sharp dull strong weak thick thin slow fast quick cheap "
    "expensive delicious tasty bland bitter sweet salty dry wet warm cold hot cool clear crisp "
    "clean dirty reliable unreliable useful useless durable fragile solid smooth rough "
    "friendly rude helpful confusing boring interesting funny sad steep narrow wide small "
    "large big huge tiny perfect fine decent mediocre disappointing impressive superb accurate "
    "inaccurate stiff tight loose clumsy awkward bulky compact lightweight spacious cramped "
    "generous effective ineffective acceptable fresh stale ugly pretty attractive calm rich "
    "modest severe mild moderate high low awesome outstanding horrible exceptional incredible "
    "lousy cheesy predictable gripping".split()
)
"""Adjectives that say what something is like."""

MORE_PEOPLE = frozenset(
    "fisherman farmer miller tailor shoemaker blacksmith smith carpenter hunter huntsman "
    "shepherd witch wizard fairy giant dwarf ogre troll servant maid maiden knight wife "
    "husband father mother brother sister brothers sisters daughters sons boys girls children "
    "men women lad lass youth uncle aunt grandmother grandfather widow stepmother beggar "
    "robber robbers thief thieves sailor sailors gardener baker butcher cook peasant prisoner "
    "hermit sultan duke baron count countess caliph princes tenant landlord landlady guest "
    "guests visitor visitors passenger passengers customer customers client clients employee "
    "employees employer worker workers manager chairman chairwoman chair treasurer secretary "
    "clerk engineer engineers scientists researchers researcher author authors user users "
    "operator operators inspector doctor doctors nurse patient patients student students pupil "
    "pupils teachers driver drivers neighbour neighbours resident residents villagers citizens "
    "parents father-in-law heir heirs pilot pilots buyer seller buyers sellers supplier "
    "contractor contractors lawyers lawyer agent agents minister ministers councillor "
    "councillors member members volunteer volunteers spokesman spokeswoman reporter curator "
    "librarian keeper harbourmaster warden owner owners developers reader readers staff crew "
    "maintainer maintainers coach winner champion".split()
)
"""People by what they are to others or what they do."""
