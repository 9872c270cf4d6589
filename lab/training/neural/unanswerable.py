"""Questions that look answerable and are not, made from questions that are.

SQuAD 2.0's unanswerable questions were written by people who changed a name, a number, a word into
its opposite, or asked about something that the paragraph does not tell (Rajpurkar et al. 2018,
table 1). What they put for what is learned from pairs of theirs; rules make further changes of the
same kinds, of every question.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from lab.training.neural.texts import Asked

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,]*\d|\d")
_NAME = re.compile(r"(?<!^)(?<![.?!] )\b[A-Z][\w'’-]+(?:\s(?:of\s(?:the\s)?)?[A-Z][\w'’-]+)*")
_AUXILIARY = re.compile(
    r"\b(did|does|do|is|are|was|were|can|could|will|would|should|has|have|had)\b", re.IGNORECASE
)
# So many words, put for others at least so often, are worth putting again: what was put once is
# mostly about the one text.
_LONGEST_EDIT = 3
_OFTEN = 3
_WH = re.compile(r"^(?:what|which|who|whom|whose|when|where|why|how)\b", re.IGNORECASE)

_OPPOSITES = [
    tuple(pair.split("/"))
    for pair in """
    first/last most/least more/less more/fewer before/after largest/smallest biggest/smallest
    highest/lowest high/low higher/lower large/small larger/smaller big/small long/short
    longest/shortest longer/shorter old/new older/younger oldest/youngest oldest/newest early/late
    earlier/later earliest/latest north/south northern/southern east/west eastern/western
    increase/decrease increased/decreased increasing/decreasing rise/fall rose/fell
    began/ended begin/end begins/ends start/stop started/stopped started/ended open/close
    opened/closed win/lose won/lost wins/loses support/oppose supported/opposed accept/reject
    accepted/rejected allow/forbid allowed/forbidden include/exclude included/excluded
    gain/lose gained/lost give/receive gave/received sell/buy sold/bought teach/learn
    taught/learned cause/prevent caused/prevented build/destroy built/destroyed create/destroy
    created/destroyed strong/weak stronger/weaker strongest/weakest best/worst better/worse
    good/bad rich/poor hot/cold warm/cool dry/wet fast/slow faster/slower fastest/slowest
    easy/difficult hard/easy light/heavy inside/outside above/below over/under upper/lower
    top/bottom left/right front/back near/far nearest/farthest public/private male/female
    men/women man/woman boy/girl father/mother son/daughter brother/sister husband/wife king/queen
    positive/negative legal/illegal possible/impossible common/rare popular/unpopular
    successful/unsuccessful major/minor majority/minority maximum/minimum always/never
    all/none with/without internal/external direct/indirect active/inactive modern/ancient
    urban/rural formal/informal arrive/leave arrived/left enter/leave entered/left join/leave
    joined/left appear/disappear appeared/disappeared agree/disagree agreed/disagreed
    like/dislike liked/disliked love/hate loved/hated remember/forget friend/enemy
    friends/enemies war/peace life/death born/dead lived/died import/export imports/exports
    input/output buyer/seller teacher/student employer/employee plaintiff/defendant
    expensive/cheap safe/dangerous happy/sad clean/dirty full/empty thick/thin wide/narrow
    deep/shallow simple/complex natural/artificial permanent/temporary voluntary/mandatory
    """.split()
]


class Changer:
    """Changes questions so that their text no longer answers them.

    Args:
        asked: where other names, and words that stand in the same surroundings, are taken from.
        edits: pairs of a question and what a person made of it.
    """

    def __init__(self, asked: Iterable[Asked], edits: Iterable[tuple[str, str]] = ()) -> None:
        self._edits: dict[str, list[str]] = defaultdict(list)
        learned = [made for pair in edits for made in _learned(*pair)]
        often = Counter(new for _, new in learned)
        for old, new in learned:
            if often[new] >= _OFTEN:
                self._edits[old].append(new)
        self._names: dict[str, list[str]] = defaultdict(list)
        self._alike: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._opposite: dict[str, list[str]] = defaultdict(list)
        for one, other in _OPPOSITES:
            self._opposite[one].append(other)
            self._opposite[other].append(one)
        for question in asked:
            for name in _NAME.findall(question.question):
                self._names[question.text.title].append(name)
            words = [word.casefold() for word in _WORD.findall(question.question)]
            for before, word, after in zip(words, words[1:], words[2:], strict=False):
                if len(word) > 3:
                    self._alike[before, after].append(word)

    def change(self, asked: Asked, chance: random.Random) -> str | None:
        """The question with one change, None where no rule applies."""
        ways = [
            self._edited, self._name, self._number, self._turned, self._denied, self._replaced
        ]  # fmt: skip
        # What a person did once, and words in the same surroundings, make the most natural changes;
        # they come first more often.
        natural = {self._edited: 0.4, self._replaced: 0.6}
        order = sorted(ways, key=lambda way: chance.random() * natural.get(way, 1.0))
        order.sort(key=lambda way: way == self._denied and chance.random() < 0.85)
        for way in order:
            made = way(asked, chance)
            if made is not None and made != asked.question:
                return made
        return None

    def _edited(self, asked: Asked, chance: random.Random) -> str | None:
        words = list(_WORD.finditer(asked.question))
        found = [
            (words[first].start(), words[last].end())
            for first in range(1, len(words))
            for last in range(first, min(len(words), first + _LONGEST_EDIT))
            if asked.question[words[first].start() : words[last].end()].casefold() in self._edits
        ]
        if not found:
            return None
        start, end = chance.choice(found)
        old = asked.question[start:end]
        new = chance.choice(self._edits[old.casefold()])
        fresh = [w for w in _WORD.findall(new) if w not in old.casefold()]
        if not fresh or any(_holds(asked.text.raw, word) for word in fresh if len(word) > 3):
            return None
        return (
            asked.question[:start] + (new.title() if old.istitle() else new) + asked.question[end:]
        )

    def _name(self, asked: Asked, chance: random.Random) -> str | None:
        found = list(_NAME.finditer(asked.question))
        if not found:
            return None
        at = chance.choice(found)
        known = asked.text.raw.casefold()
        if chance.random() < 0.4:
            others = [name for name in _NAME.findall(asked.text.raw) if len(name) > 3]
        else:
            others = [n for n in self._names[asked.text.title] if n.casefold() not in known]
        others = [o for o in others if o.casefold() not in asked.question.casefold()]
        others = [o for o in others if not any(o in answer for answer in asked.answers)]
        return _put(asked.question, at, chance.choice(others)) if others else None

    def _number(self, asked: Asked, chance: random.Random) -> str | None:
        found = [at for at in _WORD.finditer(asked.question) if at[0].isdecimal()]
        if not found:
            return None
        at = chance.choice(found)
        value = int(at[0])
        if 1000 <= value <= 2100:
            other = value + chance.choice([-100, -20, -11, -10, -7, -4, -2, -1, 1, 2, 3, 5, 10, 30])
        else:
            other = max(2, value + chance.choice([-3, -2, -1, 1, 2, 4, 10]))
        return None if str(other) in asked.text.raw else _put(asked.question, at, str(other))

    def _turned(self, asked: Asked, chance: random.Random) -> str | None:
        words = list(_WORD.finditer(asked.question))
        found = [at for at in words if at[0].casefold() in self._opposite]
        if not found:
            return None
        at = chance.choice(found)
        other = chance.choice(self._opposite[at[0].casefold()])
        return None if _holds(asked.text.raw, other) else _put(asked.question, at, other)

    def _denied(self, asked: Asked, chance: random.Random) -> str | None:
        at = _AUXILIARY.search(asked.question)
        if at is None or not _WH.match(asked.question) or " not " in asked.question:
            return None
        if at[0].casefold() in ("is", "are", "was", "were") or chance.random() < 0.5:
            said = chance.choice([f"{at[0]} not", f"{at[0]} never"])
            if at[0].casefold() in ("did", "does", "do"):
                said = f"{at[0]}n't"
            return _put(asked.question, at, said)
        return _put(asked.question, at, f"{at[0]}n't" if at[0].casefold() != "will" else "won't")

    def _replaced(self, asked: Asked, chance: random.Random) -> str | None:
        words = list(_WORD.finditer(asked.question))
        places = list(range(1, len(words) - 1))
        chance.shuffle(places)
        for place in places:
            word = words[place]
            if len(word[0]) < 4 or not _holds(asked.text.raw, word[0][:5]):
                continue
            others = self._alike[words[place - 1][0].casefold(), words[place + 1][0].casefold()]
            others = [o for o in others if not _holds(asked.text.raw, o[:5])]
            others = [o for o in others if o[:4] != word[0].casefold()[:4]]
            if len(others) >= 2:
                return _put(asked.question, word, chance.choice(others))
        return None


def _learned(before: str, after: str) -> Iterator[tuple[str, str]]:
    """The words that a person put for others, if that is all the change."""
    old, new = before.casefold().split(), after.casefold().split()
    match = SequenceMatcher(None, old, new, autojunk=False)
    changed = [code for code in match.get_opcodes() if code[0] != "equal"]
    if len(changed) != 1:
        return
    kind, first, last, begin, end = changed[0]
    if kind == "insert" and first:
        # "was written" -> "was never written"
        first, begin = first - 1, begin - 1
    if kind != "delete" and last - first <= _LONGEST_EDIT and end - begin <= _LONGEST_EDIT + 1:
        yield " ".join(old[first:last]).strip("?.,"), " ".join(new[begin:end]).strip("?.,")


def _holds(text: str, word: str) -> bool:
    return word.casefold() in text.casefold()


def _put(question: str, at: re.Match[str], other: str) -> str:
    if at.start() == 0:
        other = other[:1].upper() + other[1:]
    return question[: at.start()] + other + question[at.end() :]


def examples(changer: Changer, asked: Sequence[Asked], seed: int = 0) -> list[tuple[str, str]]:
    """What becomes of some questions, to look at."""
    chance = random.Random(seed)
    return [(one.question, changer.change(one, chance) or "-") for one in asked]
