"""A reader whose confidences are known, so that no test stands on one near a threshold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from askdoc.model import Extract, Hit, Question, Sentence, Span


class FixedReader:
    """Says of each sentence what it is told: words in it -> confidence, 0.0 where none is there.

    Its threshold is 0.5, and what reaches 0.2 has a real chance.
    """

    goes_by_terms = False
    threshold = 0.5
    perhaps_threshold = 0.2

    def __init__(self, confidences: Mapping[str, float]) -> None:
        self._confidences = confidences
        self.asked: list[str] = []

    def read(self, question: Question, hits: Sequence[Hit]) -> list[Extract]:
        """See `Reader.read`; the short answer is the words, unless they are all of a sentence."""
        self.asked.append(question.resolved)
        sentences = [sentence for hit in hits for sentence in hit.passage.sentences]
        found = [self._extract(sentence) for sentence in sentences]
        return sorted(found, key=lambda one: -one.confidence)

    def _extract(self, sentence: Sentence) -> Extract:
        known = {words: sure for words, sure in self._confidences.items() if words in sentence.text}
        if not known:
            return Extract(sentence, 0.0)
        words = max(known, key=lambda one: known[one])
        at = sentence.start + sentence.text.index(words)
        short = None if words == sentence.text else Span(at, at + len(words))
        return Extract(sentence, known[words], short)
