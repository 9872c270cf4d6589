"""Names in short and nouns with "the": "Marsh" for Ada Marsh, "the album" for the album Blue Coast.

And questions that name nothing at all and carry on about the topic: "What happened in 1997?"
"""

from __future__ import annotations

import re

from askdoc.conversation.focus import Focus
from askdoc.conversation.lexis import GROUPS, WORKS, is_common
from askdoc.conversation.mentions import Name, names
from askdoc.conversation.turns import Talk
from askdoc.words import STOP_WORDS

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NOUN = re.compile(
    rf"\b(the|this|that)\s+({'|'.join(sorted(WORKS | GROUPS))})\b(?!['’]?s? +[A-Z\"“])", re.I
)

_MENTION = re.compile(r"\b([Tt]he|[Tt]hat|[Tt]his) ([a-z]{3,})\b(?! of\b)(?!['’])")
_CAPITAL = r"[A-Z](?:[\w'’-]|\.(?=\w))*(?:(?<=\.[A-Z])\.)?"
_RECENT = 3  # turns


def expand_names(question: str, focus: Focus) -> str:
    """The question with a person's full name in place of the first surname or given name."""
    topic = focus.topic
    if not focus.headed or topic is None or topic.kind != "person" or " " not in topic.text:
        return question
    low = question.lower()
    if topic.text.lower() in low:
        return question
    for word in _WORD.finditer(question):
        bare = re.sub(r"['’]s?$", "", word.group())
        if not _short_for(bare, topic) or not (bare[0].isupper() or not is_common(bare)):
            continue
        others = [n for n in names(question) if n.start <= word.start() < n.end]
        if others and not others[0].words <= topic.words:
            return question
        if others:
            start, end = others[0].start, others[0].end
        else:
            start, end = word.start(), word.start() + len(bare)
        return question[:start] + topic.text + question[end:]
    return question


def expand_mentions(question: str, talk: Talk) -> str:
    """ "The report" as it was first spoken of: "the Wall Street Journal report"."""
    for match in _MENTION.finditer(question):
        noun = match[2]
        if talk.headings or noun.lower() in STOP_WORDS or names(match[2]):
            continue
        full = re.compile(rf"\b(?:[Tt]he|[Aa]n?) ((?:{_CAPITAL} )+)(?i:{re.escape(noun)})\b")
        for turn in reversed(talk.turns[-_RECENT:]):
            found = [*full.finditer(turn.question), *full.finditer("\n".join(turn.answers))]
            if found:
                named = f"{match[1]} {found[0][1]}{_as_written(found[0].group(), noun)}"
                return f"{question[: match.start()]}{named}{question[match.end() :]}"
    return question


def _as_written(mention: str, noun: str) -> str:
    """The noun with the capital that it has in a name: "the U.S. Army"."""
    return mention[-len(noun) :]


def _short_for(word: str, topic: Name) -> bool:
    parts = topic.text.split()
    return word.lower() in (parts[0].lower(), parts[-1].lower()) and len(word) > 2


def expand_nouns(question: str, focus: Focus) -> str:
    """The question with the name of what "the band" or "this album" means put behind the noun."""
    here = names(question)
    for match in _NOUN.finditer(question):
        name = focus.work(match[2].lower())
        if name is None or any(name.same(other) for other in here):
            continue
        noun = match[2]
        if noun.lower() in name.text.lower().split():
            return question[: match.start()] + name.shown + question[match.end() :]
        return f"{question[: match.start()]}the {noun} {name.text}{question[match.end() :]}"
    return question
