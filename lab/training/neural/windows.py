"""What a question is trained on: windows of its text, of texts that look like it, and batches.

A group is what one question sees at once: a window that answers, a window that does not, and mostly
the same window under a question that was changed until nothing answers it. Windows are of every
size from a sentence to a passage, since that is what retrieval gives to read, and most of them
stand behind the line that tells of what document they are.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from lab.training.neural.texts import Asked, Ids, Range, Text
from lab.training.neural.unanswerable import Changer

CLS, SEP = 101, 102
LONGEST_QUESTION = 48
LONGEST_WINDOW = 272
UNKNOWN = -1.0
# How often a window is read without the line that tells where it stands, as pasted text is.
_WITHOUT_CONTEXT = 0.25
# How often a question's twin is asked of the same window, where there is one.
_WITH_TWIN = 0.8
# A twin that shares less than this with its question asks for something else altogether.
_ALIKE = 0.6
# How many questions are drawn together, so that windows of like length fill a batch.
_POOL = 1500
_FEW_WORDS = re.compile(
    r"\b(?:what|which|who|whom|is|are|was|were|did|does|do|the|a|an|of|in|to|for|has|have|had|by)\b",
    re.IGNORECASE,
)


class Window(NamedTuple):
    """Pieces of a question and of a part of a text; spans are ranges within that part.

    `context` stands before the part. `borne` tells of each piece of the question whether the part
    bears it out (1), or is what makes it unanswerable (0); empty where nobody knows. `weak` spans
    hold the answer somewhere.
    """

    question: list[int]
    passage: Ids
    spans: list[tuple[int, int, float]]
    context: list[int] = []  # noqa: RUF012 (never changed)
    borne: tuple[float, ...] = ()
    weak: bool = False

    @property
    def before(self) -> int:
        """How many pieces stand before the passage."""
        return len(self.question) + 2 + (len(self.context) + 1 if self.context else 0)

    def __len__(self) -> int:
        return self.before + len(self.passage) + 1


@dataclass
class Batch:
    """Arrays of shape (windows, pieces); `group` numbers the question of each window.

    `start` and `end` are distributions over a window's pieces, all on the first one (which stands
    for "no answer") where nothing answers. `passage` is 1 on the pieces of the passage. `borne` is
    told for the question's pieces (see `Window`), UNKNOWN elsewhere. `weak`, of shape (windows,),
    is 1 where `start` and `end` are sets of pieces among which the answer begins and ends.
    """

    ids: NDArray[np.int64]
    types: NDArray[np.int64]
    mask: NDArray[np.float32]
    passage: NDArray[np.float32]
    start: NDArray[np.float32]
    end: NDArray[np.float32]
    borne: NDArray[np.float32]
    weak: NDArray[np.float32]
    group: NDArray[np.int64]

    @property
    def tokens(self) -> int:
        return int(self.ids.size)


def collate(groups: Sequence[Sequence[Window]]) -> Batch:
    windows = [window for group in groups for window in group]
    longest = -(-max(map(len, windows)) // 8) * 8
    shape = (len(windows), longest)
    ids, types = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    mask, passage = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    start, end = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    borne = np.full(shape, UNKNOWN, np.float32)
    for row, window in enumerate(windows):
        before, length = window.before, len(window)
        context = [*window.context, SEP] if window.context else []
        ids[row, :length] = [CLS, *window.question, SEP, *context, *window.passage.tolist(), SEP]
        types[row, len(window.question) + 2 : length] = 1
        mask[row, :length] = 1.0
        passage[row, before : length - 1] = 1.0
        borne[row, 1 : 1 + len(window.borne)] = window.borne
        for first, after, weight in window.spans:
            if window.weak:
                start[row, before + first : before + after] = 1.0
                end[row, before + first : before + after] = 1.0
            else:
                start[row, before + first] += weight
                end[row, before + after - 1] += weight
        if not window.spans:
            start[row, 0] = end[row, 0] = 1.0
    start /= start.sum(axis=1, keepdims=True)
    end /= end.sum(axis=1, keepdims=True)
    weak = np.array([window.weak and bool(window.spans) for window in windows], np.float32)
    number = np.repeat(np.arange(len(groups)), [len(group) for group in groups])
    return Batch(ids, types, mask, passage, start, end, borne, weak, number)


class Sampler:
    """Draws groups and batches; the same seed draws the same.

    Args:
        asked: the questions, each with its share: how often it is drawn an epoch, at most 1.
        tokens: pieces a batch, padding counted.
        without: "context", "twins", both or neither: what no window gets, to see what it brings.
    """

    def __init__(
        self,
        asked: Sequence[tuple[Asked, float]],
        changer: Changer,
        tok: Any,
        tokens: int = 3072,
        seed: int = 7,
        without: Collection[str] = (),
    ) -> None:
        self._asked = asked
        self._texts = [one.text for one, _ in asked]
        self._changer = changer
        self._tok = tok
        self._tokens = tokens
        self._seed = seed
        self._without = frozenset(without)

    def pools(self, epoch: int) -> int:
        return -(-len(self._drawn(epoch)) // _POOL)

    def batches(self, epoch: int, pool: int) -> list[Batch]:
        """The batches of one pool of one epoch, in the order of training."""
        chance = random.Random(f"{self._seed}/{epoch}/{pool}")
        drawn = self._drawn(epoch)[pool * _POOL : (pool + 1) * _POOL]
        groups = [self._group(self._asked[at][0], chance) for at in drawn]
        groups.sort(key=lambda group: max(map(len, group)))
        made: list[list[list[Window]]] = []
        waiting: list[list[Window]] = []
        longest = count = 0
        for group in groups:
            longest = max(longest, *map(len, group))
            if waiting and (count + len(group)) * longest > self._tokens:
                made.append(waiting)
                waiting, longest, count = [], max(map(len, group)), 0
            waiting.append(group)
            count += len(group)
        made.append(waiting)
        chance.shuffle(made)
        return [collate(groups) for groups in made]

    def _drawn(self, epoch: int) -> list[int]:
        chance = random.Random(f"{self._seed}/{epoch}")
        drawn = [at for at, (_, share) in enumerate(self._asked) if chance.random() < share]
        chance.shuffle(drawn)
        return drawn

    def _group(self, asked: Asked, chance: random.Random) -> list[Window]:
        question = self._pieces(_as_typed(asked.question, chance))
        small = chance.random() < 0.45
        which = -1 if chance.random() < _WITHOUT_CONTEXT else chance.randrange(6)
        if "context" in self._without:
            which = -1
        kept = chance.choice(asked.spans)[:2] if asked.spans else None
        at = _window(asked.text, kept, small, chance)
        group = [_cut(question, asked.text, at, asked.spans, which, asked.weak)]
        draw = chance.random()
        if asked.rivals and draw < 0.6:
            rival = asked.rivals[int(len(asked.rivals) * chance.random() ** 1.5)]
            group.append(_cut(question, rival, _window(rival, None, small, chance), [], which))
        elif draw < 0.8 and asked.spans:
            group.extend(self._beside(asked, question, small, which, chance))
        elif draw < 0.88:
            other = chance.choice(self._texts)
            if other is not asked.text:
                group.append(_cut(question, other, _window(other, None, small, chance), [], which))
        if asked.spans and "twins" not in self._without:
            twin = self._twin(asked, chance)
            if twin is not None:
                group.append(self._paired(group[0], twin, asked))
        return group

    def _twin(self, asked: Asked, chance: random.Random) -> str | None:
        """What is asked in the question's stead, None for this time nothing."""
        draw = chance.random()
        if asked.twin is not None and draw < _WITH_TWIN:
            return asked.twin
        return self._changer.change(asked, chance) if draw < 0.35 else None

    def _paired(self, window: Window, twin: str, asked: Asked) -> Window:
        """The same window under the twin; both then know which pieces are borne out."""
        plain, pieces = self._pieces(asked.question), self._pieces(twin)
        borne: tuple[float, ...] = ()
        match = SequenceMatcher(None, plain, pieces, autojunk=False)
        if match.ratio() >= _ALIKE:
            told = [0.0] * len(pieces)
            for _, first, size in match.get_matching_blocks():
                told[first : first + size] = [1.0] * size
            borne = tuple(told) if 0.0 in told else ()
        return Window(pieces, window.passage, [], window.context, borne)

    def _beside(
        self, asked: Asked, question: list[int], small: bool, which: int, chance: random.Random
    ) -> Iterator[Window]:
        """A window of the same text from which the sentences that answer were left out."""
        free = [
            (start, end)
            for start, end in asked.text.sentences
            if not any(first < end and start < after for first, after, _ in asked.spans)
        ]
        if free:
            begin = chance.randrange(len(free))
            ranges = free[begin : begin + (chance.randint(1, 3) if small else 6)]
            known = asked.text.raw[
                asked.text.starts[ranges[0][0]] : asked.text.ends[ranges[-1][1] - 1]
            ]
            passage = np.concatenate([asked.text.ids[start:end] for start, end in ranges])
            if not any(a.casefold() in known.casefold() for a in asked.answers) or len(free) == 1:
                context = _context(asked.text, which)
                yield Window(question, passage[:LONGEST_WINDOW], [], context)

    def _pieces(self, question: str) -> list[int]:
        ids: list[int] = self._tok.encode(question, add_special_tokens=False).ids
        return ids[:LONGEST_QUESTION]


def _as_typed(question: str, chance: random.Random) -> str:
    """Sometimes as people type into a search box: no question mark, or hardly a function word."""
    draw = chance.random()
    if draw < 0.2:
        return question.rstrip("? ")
    if draw < 0.26:
        few = " ".join(_FEW_WORDS.sub(" ", question.rstrip("? ")).split())
        return few if len(few.split()) >= 2 else question
    return question


def _window(text: Text, kept: Range | None, small: bool, chance: random.Random) -> Range:
    """A range of whole sentences around `kept`, or anywhere: a few of them, or a passage."""
    sentences = text.sentences
    if kept is None:
        place = chance.randrange(len(sentences))
    else:
        place = next((n for n, (_, end) in enumerate(sentences) if kept[0] < end), -1)
    if small:
        size = chance.choice((1, 1, 2, 3, 4))
        first = max(0, place - chance.randrange(size))
        last = min(len(sentences), first + size) - 1
    else:
        start, end = next((p for p in text.passages if sentences[place][0] < p[1]), (0, 0))
        inside = [n for n, (begin, _) in enumerate(sentences) if start <= begin < end]
        first, last = inside[0], inside[-1]
    start, end = sentences[first][0], sentences[last][1]
    if kept is not None:
        start, end = min(start, kept[0]), max(end, kept[1])
    if end - start > LONGEST_WINDOW:
        around = kept[0] if kept else sentences[place][0]
        start = max(start, around - chance.randrange(LONGEST_WINDOW // 2))
        end = min(end, start + LONGEST_WINDOW)
    return start, end


def _cut(
    question: list[int],
    text: Text,
    at: Range,
    spans: Sequence[tuple[int, int, float]],
    which: int,
    weak: bool = False,
) -> Window:
    start, end = at
    inside = [(s - start, e - start, w) for s, e, w in spans if start <= s and e <= end]
    borne = (1.0,) * len(question) if inside else ()
    return Window(question, text.ids[start:end], inside, _context(text, which), borne, weak)


def _context(text: Text, which: int) -> list[int]:
    """One of the lines that may stand before a window of this text; -1: none."""
    return text.contexts[which % len(text.contexts)] if which >= 0 and text.contexts else []
