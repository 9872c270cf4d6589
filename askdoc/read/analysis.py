"""A question taken apart, once: its terms, what each weighs, and the kind of answer it expects."""

from __future__ import annotations

import re
from functools import lru_cache

from askdoc.english import background
from askdoc.english.analyzer import AUTHOR, AUTHORSHIP, Token, normalize_question, tokenize
from askdoc.english.answer_types import AnswerType, expected

# "What does the article say about ...": words about the document, not about what is in it.
_ABOUT_DOCUMENT = re.compile(
    r"\b(?:(?:according to|in|from|of) )?(?:the|this|that)"
    r" (?:article|text|document|story|passage|page)\b",
    re.I,
)
_FOCUS_LEAD = re.compile(r"(?:\w+ ){0,3}?(?:what|which|how many|how much)\s+", re.I)
# "What kind of treaty": the treaty is what is asked about.
_EMPTY_FOCUS = frozenset({"kind", "type", "sort", "name", "form"})
_COUNT = re.compile(
    r"\bhow (?:many|much|old|tall|heavy)\b|\b(?:what|which) (?:is|was|are|were) the (?:\w+ )?"
    r"(?:number|percentage|proportion|population|age|height|weight|length|distance|speed)\b",
    re.I,
)
_NEGATION = re.compile(
    r"\b(?:not|never|no|none|nor|neither|without|cannot|nobody|nothing|rarely|hardly|unable"
    r"|fail(?:ed|s)?|refus\w+|reject\w+|avoid\w*|lack\w*)\b|n['’]t\b",
    re.I,
)


def is_negated(text: str) -> bool:
    """Whether a text denies something: "not", "never", "refused", "without"."""
    return _NEGATION.search(text) is not None


# So many of the last questions are kept taken apart, other wordings of one included.
_KEPT = 16


class QuestionAnalysis:
    """What is known of a question, for all steps to its answer; get one with `analysed`.

    Attributes:
        normal: the question as it is looked up.
        words: all its words, at their places in `normal`.
        own: the terms that are looked for, each once, in order; empty without content words.
        text: the question, without what only says that a document is asked.
        tokens: its words but for function words, at their places in `text`.
        kind: the kind of answer that the question expects.
        terms: the question's terms, each once, in order.
        weights: idf of each term, in the order of `terms`; `total` is their sum, never 0.
        focus: the term that "what", "which" or "how many" asks about, if there is one.
        capitals: the terms that stand in capitals inside the question, as names do.
        counts: whether only a number, or a word such as "several", can answer.
        authorship: where all it asks is who wrote the document, further terms that tell so.
        negated: whether the question denies something.
    """

    def __init__(self, question: str) -> None:
        self.normal = text = normalize_question(question)
        self.words = words = tokenize(text)
        self.own = list(dict.fromkeys(token.term for token in words if not token.stop))
        kept = _ABOUT_DOCUMENT.sub(" ", text)
        if kept != text:
            about = tokenize(kept)
            kept, words = (text, words) if all(one.stop for one in about) else (kept, about)
        tokens = [token for token in words if not token.stop]
        self.text, self.tokens = kept, tokens
        self.kind: AnswerType = expected(text)
        self.terms = list(dict.fromkeys(token.term for token in tokens))
        self.authorship: frozenset[str] = frozenset()
        if self.kind is AnswerType.PERSON and self.terms and AUTHORSHIP.issuperset(self.terms):
            # "Who wrote this?" asks for the byline, and not for who wrote something in the text.
            self.authorship = AUTHORSHIP - {"report"} | {*self.terms}
            self.terms = [AUTHOR]
        self.weights = [background.idf(term) for term in self.terms]
        self.total = sum(self.weights) or 1.0
        self.weight = dict(zip(self.terms, self.weights, strict=True))
        self.capitals = {t.term for t in tokens if t.start > 0 and kept[t.start].isupper()}
        self.numerals = {term for term in self.terms if term[0].isdigit()}
        self.focus = _focus(kept)
        self.counts = _COUNT.search(text) is not None
        self.negated = is_negated(text)


@lru_cache(_KEPT)
def analysed(question: str) -> QuestionAnalysis:
    """A question taken apart, once however many steps ask; what is given is not to be changed."""
    return QuestionAnalysis(question)


def _focus(question: str) -> str | None:
    lead = _FOCUS_LEAD.match(question)
    if lead is None:
        return None
    following: list[Token] = tokenize(question[lead.end() :])
    for token in following[:4]:
        if token.stop and token.term not in ("the", "of", "a", "other", "more"):
            return None
        if not token.stop and token.term not in _EMPTY_FOCUS:
            return token.term
    return None
