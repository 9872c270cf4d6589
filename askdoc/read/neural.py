"""The neural reader: a small network that has learned what answers a question.

The lexical reader goes first: it says which windows are worth the network's time, and its score
remains a part of the result, since shared words and rare names are evidence that a small network
weighs less surely. Both scores, with what the network says of each window, make the order of the
sentences; how far the first stands above the rest makes the confidence. What each counts for was
fitted by `lab/training/neural/mix.py` and stands with the model.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from askdoc.english.persons import names_somebody
from askdoc.model import Extract, Hit, Question, Sentence, Span
from askdoc.read import PERHAPS, Contribution
from askdoc.read.aliases import Wordings
from askdoc.read.analysis import analysed
from askdoc.read.definitions import defining, definitions_first
from askdoc.read.features import FEATURES
from askdoc.read.lexical import LEAST_ODDS, LexicalReader, sigmoid, wrong_row_contribution
from askdoc.read.network import SETTINGS, Network, Reading, network
from askdoc.read.pieces import PassagePieces, Window
from askdoc.read.views import WindowView, best_spans, borne_out, likeliest, views_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# How many pieces are read for one question, its own counted with each window: about three tenths
# of a second on one core.
_BUDGET = 2000
# How many sentences are then read again, each with the one before.
_AGAIN = 2
# A quotation is verbatim; that it answers is never certain.
_SUREST = 0.9999
# A lexical score below all that there are.
_LOWEST = -30.0
# Characters of a question that are cut into pieces: no more are looked for, either, and of ten
# million the pieces alone would take gigabytes.
_LONGEST_TYPED = 4_000
# What was read is kept of the last so many times, for whoever asks why.
_READINGS = 8
# How many passages are kept cut between questions: those of the last questions.
_KEPT = 512

# What the order of sentences is made from, one value a sentence. Of its window, and of the sentence
# with the one before: the likeliest span, how far that is above "no answer here", and whether what
# was read answers. Then the lexical reader's score of the window's best sentence and of the
# sentence itself, and what it takes for left-overs and questions.
RANK = (
    "best", "span", "answers", "pair", "pair_span", "pair_answers",
    "window", "lexical", "leftover", "asks",
)  # fmt: skip
# What confidence is told beside them, of the first sentence.
RANK_FEATURES = ("margin", "sentences")
_SINCE = ("elsewhere", "other_year")
# And what the lexical reader misses, or finds amiss, that a network of this size overlooks.
WARNING_FEATURES = ("worst", "lost_names", "denial", "miscounted", "lacking", *_SINCE)
# How far the question's pieces are borne out, by the sentence's window and again with the one
# before: the least of them, and their mean.
BORNE = ("borne", "borne_mean", "pair_borne", "pair_borne_mean")

SURE = (*RANK, *RANK_FEATURES, *WARNING_FEATURES, *BORNE)


class ScoredSentences(NamedTuple):
    """All sentences of the hits, judged.

    `rows` has shape (sentences, len(RANK)), `doubts` (sentences, len(WARNING_FEATURES)), `borne`
    (sentences, len(BORNE)); `read` tells which sentences the network has seen, `shorts` what it
    takes for the answer in each, and `wrong` which are wrong rows of a table.
    """

    sentences: list[Sentence]
    rows: Floats
    doubts: Floats
    borne: Floats
    read: NDArray[np.bool_]
    shorts: list[Span | None]
    wrong: NDArray[np.bool_]


class NeuralReader:
    """Reads with the network that ships; see the module.

    Args:
        model: the network, None for the one that ships.

    Raises:
        ModelError: a file of the model is missing or damaged.
    """

    goes_by_terms = False

    def __init__(self, model: Network | None = None) -> None:
        import numpy as np

        self._network = model or network()
        settings = self._network.settings
        try:
            self.threshold = float(settings["threshold"])
            half = self.threshold * PERHAPS
            self.perhaps_threshold = float(settings.get("perhaps_threshold", half))
            self._named_threshold = float(settings.get("named_threshold", self.threshold))
            self._rank = np.array([settings["rank"][name] for name in RANK], dtype=float)
            # A model that was written before these were looked at does without.
            weights = {**dict.fromkeys(_SINCE, 0.0), **settings["confidence"]}
            self._confidence = np.array([weights[name] for name in (*SURE, "bias")], dtype=float)
        except (KeyError, TypeError, ValueError) as error:
            raise self._network.damaged(SETTINGS) from error
        self._lexical = LexicalReader()
        self._scored = lru_cache(_READINGS)(self.score)
        self._cut = lru_cache(_KEPT)(
            lambda passage: PassagePieces(passage, self._network.tokenizer)
        )

    def threshold_for(self, question: Question) -> float:
        """See `Weighing.threshold_for`: what is not so is worse to say of somebody by name."""
        if names_somebody(question.resolved):
            return max(self.threshold, self._named_threshold)
        return self.threshold

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Extract]:
        """See `Reader.read`."""
        if not hits:
            return []
        if analysed(question.resolved).authorship:
            # Nobody asks a paragraph of an encyclopedia who wrote it: the network has never seen
            # a byline, the lexical reader knows its forms.
            return self._lexical.read(question, hits)
        judged = self._scored(question, tuple(hits))
        scores = judged.rows @ self._rank
        order = _order(scores, judged.read, judged.wrong)
        odds = rank_features(judged, scores) @ self._confidence[:-1] + self._confidence[-1]
        odds[judged.wrong] = LEAST_ODDS
        extracts: list[Extract] = []
        ceiling = _SUREST
        for at in order.tolist():
            ceiling = min(ceiling, sigmoid(float(odds[at])))
            extracts.append(Extract(judged.sentences[at], round(ceiling, 4), judged.shorts[at]))
        return definitions_first(question.resolved, extracts)

    def score(self, question: Question, hits: Sequence[Hit]) -> ScoredSentences:
        """What both readers say of every sentence of the hits' passages, in the hits' order."""
        import numpy as np

        cut = question.resolved[:_LONGEST_TYPED]
        question = Question(asked=question.asked, resolved=cut)
        lexical = self._lexical.score(question, hits)
        asked = Wordings(question.resolved, self._network.tokenizer)
        cuts = [self._cut(hit.passage) for hit in hits]
        firsts = np.cumsum([0, *(len(hit.passage.sentences) for hit in hits)]).tolist()
        worth = np.where(lexical.wrong, -np.inf, lexical.scores)
        chosen = _worth_reading(cuts, firsts, worth, len(asked.typed) + 3)
        seen: dict[int, WindowView] = {}
        for liked, at, window in chosen:
            reading = self._reading(asked, cuts[at], window)
            for number, found in views_of(cuts[at], window, reading, liked):
                known = seen.get(firsts[at] + number)
                if known is None or found.best - found.nothing > known.best - known.nothing:
                    seen[firsts[at] + number] = found
        best = sorted(seen, key=lambda at: (lexical.wrong[at], -seen[at].best, at))[:_AGAIN]
        places = [(at, bisect_right(firsts, at) - 1) for at in best]
        pairs = [(at, cuts[of], cuts[of].around(at - firsts[of], 1)) for at, of in places]
        sentences = [sentence for hit in hits for sentence in hit.passage.sentences]
        rows = np.zeros((len(sentences), len(RANK)))
        rows[:, :3] = best_spans(seen, len(sentences))
        again = self._again(asked, pairs)
        rows[:, 3:6] = best_spans(again, len(sentences))
        window_scores = {at: one.liked for at, one in seen.items()}
        lowest = min(window_scores.values(), default=0.0)
        rows[:, 6] = [window_scores.get(at, lowest) for at in range(len(sentences))]
        rows[:, 7] = lexical.scores
        rows[:, 8:] = lexical.rows[:, [FEATURES.index(name) for name in RANK[8:]]]
        read = np.array([at in seen for at in range(len(sentences))])
        understood = analysed(question.resolved)
        shorts = [
            likeliest(understood, parts, [view[at] for view in (seen, again) if at in view])
            for at, parts in enumerate(lexical.sentences)
        ]
        doubts = lexical.rows[:, [FEATURES.index(name) for name in WARNING_FEATURES]]
        borne = np.hstack([borne_out(seen, len(sentences)), borne_out(again, len(sentences))])
        return ScoredSentences(sentences, rows, doubts, borne, read, shorts, lexical.wrong)

    def contributions(
        self, question: Question, hits: Sequence[Hit], sentence: Sentence
    ) -> list[Contribution]:
        """See `Explaining.contributions`: empty for a sentence that the network was not given."""
        if not hits:
            return []
        if analysed(question.resolved).authorship:
            return self._lexical.contributions(question, hits, sentence)
        judged = self._scored(question, tuple(hits))
        at = next((at for at, one in enumerate(judged.sentences) if one == sentence), None)
        if at is None or not judged.read[at]:
            return []
        values = [*rank_features(judged, judged.rows @ self._rank)[at].tolist(), 1.0]
        found = [
            Contribution(name, value, value * weight)
            for name, value, weight in zip(
                (*SURE, "bias"), values, self._confidence.tolist(), strict=True
            )
        ]
        found += wrong_row_contribution(judged.wrong, at)
        return [*found, *defining(question.resolved, sentence, found)]

    def _again(
        self, asked: Wordings, windows: Sequence[tuple[int, PassagePieces, Window]]
    ) -> dict[int, WindowView]:
        """Sentences read a second time, each in a smaller window, by their numbers.

        A small network is noisy; what it says of a sentence in two surroundings is worth more.
        """
        return {
            at: views_of(cut, window, self._reading(asked, cut, window), 0.0)[-1][1]
            for at, cut, window in windows
        }

    def _reading(self, asked: Wordings, cut: PassagePieces, window: Window) -> Reading:
        given = cut.context(window), cut.ids[window.first : window.after]
        return self._network.read(asked.for_window(cut, window), [given])[0]


def _order(scores: Floats, read: NDArray[np.bool_], wrong: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The sentences best first; those that were not read follow those that were, wrong rows all."""
    import numpy as np

    return np.lexsort((-scores, ~read, wrong))


def rank_features(judged: ScoredSentences, scores: Floats) -> Floats:
    """What confidence is told of each sentence: columns as in `SURE`."""
    import numpy as np

    able = judged.read & ~judged.wrong
    ordered = np.sort(scores[able] if able.any() else scores)[::-1]
    first = ordered[0]
    second = ordered[1] if len(ordered) > 1 else first - 2.0
    others = np.where(scores == first, second, first)
    count = np.full(len(scores), np.log(max(1, judged.read.sum() or len(scores))))
    return np.column_stack([judged.rows, scores - others, count, judged.doubts, judged.borne])


def _worth_reading(
    cuts: Sequence[PassagePieces], firsts: Sequence[int], scores: Floats, beside: int
) -> list[tuple[float, int, Window]]:
    """The windows that the budget goes to: those whose best sentence the lexical reader likes.

    With each comes that sentence's score, and its passage's number. `beside` counts the pieces that
    each window is read with. A window of sentences that are worth nothing (-inf) is read only where
    there is no other, and then it is one.
    """
    liked = [
        (max(scores[firsts[at] + part.sentence] for part in window.parts), at, window)
        for at, cut in enumerate(cuts)
        for window in cut.windows
    ]
    liked.sort(key=lambda one: (-one[0], one[1], one[2].first))
    chosen: list[tuple[float, int, Window]] = []
    left = _BUDGET
    for score, at, window in liked:
        size = window.after - window.first + len(cuts[at].context(window)) + beside
        if chosen and (size > left or score == -inf):
            break
        left -= size
        chosen.append((max(score, _LOWEST), at, window))
    return chosen
