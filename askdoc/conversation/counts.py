"""Put in what is counted or chosen from: "How many did she want?", "Which one burned down?"

It is the thing of several that the last questions spoke of.
"""

from __future__ import annotations

import re

from askdoc.conversation.lexis import AUXILIARIES
from askdoc.conversation.nouns import plural_of, several
from askdoc.conversation.turns import Talk

_COUNTED = re.compile(rf"\W*(?:and |but |so )?how many(?= (?:{AUXILIARIES})\b)", re.I)
_CHOSEN = re.compile(r"(?P<lead>\W*(?:and |but |so )?)which ones?\b(?! of\b)(?=\s+[a-z])", re.I)
_RECENT = 3  # turns


def name_counted(question: str, talk: Talk) -> str:
    """The question with what it counts or chooses from, as it is where that can't be told."""
    if talk.headings:
        return question
    counted = _COUNTED.match(question)
    chosen = _CHOSEN.match(question)
    if counted is None and chosen is None:
        return question
    noun = _several(talk)
    if not noun:
        return question
    if counted is not None:
        return f"{counted.group()} {noun}{question[counted.end() :]}"
    lead = chosen["lead"] if chosen else ""
    which = "which" if lead.strip() else "Which"
    return f"{lead}{which} of the {noun}{question[chosen.end() :] if chosen else ''}"


def _several(talk: Talk) -> str:
    for turn in reversed(talk.turns[-_RECENT:]):
        found = several(turn.question)
        if found:
            return plural_of(found)
    return ""
