"""Say what a question is about that names nothing and nobody: "What happened in 1997?" """

from __future__ import annotations

import re

from askdoc.conversation.cohesion import carries_on
from askdoc.conversation.focus import Focus
from askdoc.conversation.lexis import PERSONAL
from askdoc.conversation.mentions import names
from askdoc.conversation.turns import Talk

_FEWEST = 3  # words; what is shorter leaves out more than the topic
_WORD = re.compile(r"[^\W_]+")
_HAPPENED = re.compile(r"\bhappen(?:s|ed)?\b(?! (?:to|with|next to)\b)", re.I)
_END = re.compile(r"\s*([?.!]*)\s*$")
_ABOUT_TEXT = re.compile(r"\b(?:article|section|passage|page|text|document|story|here)s?\b", re.I)
_BARE_POINTER = re.compile(
    r"\b(?:this|that)(?:['’]s|\W*$| (?:an?|the|all|of|was|is|did|become|happen|cause|mean|make)\b)",
    re.I,
)
_ENDS_IN_NOUN = re.compile(
    r"\b(?:the|any|some|an?|this|that|these|those|which|what|many)(?: [^\W\d_]+){1,3}$", re.I
)
_ENDS_IN_VERB = re.compile(r"\b(?:do|go|well|released|held|made|called|formed|[a-z]+ed)$", re.I)
_ENDS_IN_PREPOSITION = re.compile(r"\b(?:of|to|for|with|by|from|than)$", re.I)


def may_carry(question: str, focus: Focus, about_text: bool = False) -> bool:
    """Whether a question names nothing of its own that it could be about.

    What is asked of the text itself ("this article") is not about the topic, unless `about_text`.
    """
    words = {word.lower() for word in _WORD.findall(question)}
    topic = focus.topic
    return not (
        topic is None
        or len(words) < _FEWEST
        or words & PERSONAL
        or _BARE_POINTER.search(question)
        or words & topic.words
        or (_ABOUT_TEXT.search(question) and not about_text)
        or names(question)
    )


def carry_topic(question: str, focus: Focus, talk: Talk) -> str:
    """The question with the topic added, where nothing else ties it to the conversation."""
    topic = focus.topic
    if topic is None or not may_carry(question, focus) or not carries_on(question, talk):
        return question
    happened = _HAPPENED.search(question)
    if happened is None and not focus.headed:
        # "The lease" is the page's where a page is the topic; among documents it just is.
        return question
    if happened is not None:
        at = happened.end()
        return f"{question[:at]} to {topic.shown}{question[at:]}"
    end = _END.search(question)
    body = question[: end.start()] if end else question
    if _ENDS_IN_PREPOSITION.search(body):
        return question
    noun = _ENDS_IN_NOUN.search(body) and not _ENDS_IN_VERB.search(body)
    link = "of" if noun else "in" if topic.kind == "thing" else "for"
    return f"{body} {link} {topic.shown}{(end[1] if end else '') or '?'}"
