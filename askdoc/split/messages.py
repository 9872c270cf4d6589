"""Messages of a chat: who said it, what was said, and the stamp, as programs write them out.

A message is short, its full stops are those of talk, and without its speaker it says little: so it
is one sentence, together with the line or the words that name who sent it. Known by their shape are
WhatsApp (iOS, Android), Telegram, Signal, Slack, Teams, Zoom, Discord and the logs of IRC and
Matrix clients; a log of a program, which has a stamp and no speaker, is not meant.
"""

from __future__ import annotations

import re

LONGEST_MESSAGE = 600
"""In code points: a longer one is cut as other text is, its first sentence with the speaker."""

_MONTH = r"(?:[A-Z][a-zäéûç]{2,8}|[a-zéûç]{3,8})\.?"
_WEEKDAY = r"(?:Today|Yesterday|(?:[MTWFS][a-z]{2}|[A-Z][a-z]{2,5}day)\.?)"
_DAY = (
    r"(?:\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|\d{1,2}-[A-Z][a-z]{2}-\d{2,4}"
    rf"|{_WEEKDAY}(?!,? [A-Z\d][a-z\d]*\.? [A-Z\d][a-z]*,? \d)"
    rf"|(?:{_WEEKDAY},? )?(?:\d{{1,2}}\.? {_MONTH}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?)"
    r"(?:,? \d{4})?)"
)
_HALF = r"(?:[\s\u202f]?[AaPp]\.?[Mm]\.?)"
_ZONE = r"(?: [A-Z]{3,4}(?=\]))"
_TIME = (
    r"\d{1,2}[:.]\d\d(?::\d\d(?:[.,]\d{1,3})?)?"
    rf"(?:{_HALF}|Z|[+-]\d\d:?\d\d)?{_ZONE}?"
)
_AT = r"(?:,?\s(?:at|um|à|kl\.)\s|[,T]?\s|T)"
_STAMP = rf"(?:(?:{_DAY}{_AT})?{_TIME}|{_TIME}, {_DAY})(?: \| [Ee]dited {_TIME})?"
_NICK = r"<[ @+%~&]?[^<>\s/][^<>\s]{0,30}>"
_NAME = r"[^\W\d_][^\n:;.!?\[\]<>|]{0,30}(?:\. ?[^\n:;.!?\[\]<>|]{1,30})?"
_SPEAKER = rf"(?:{_NICK}\s|-!-\s|\*{{1,3}}\s|(?:-->|<--|--)\s|-[^\s-]{{1,30}}-\s|\S{{1,20}}\s+\|\s)"
_MESSAGE = re.compile(
    rf"[\u200e\u200f]?(?:\[{_STAMP}\](?:\s(?:{_SPEAKER}|\u200e)|\s?[^\n:\[\]]{{1,40}}:(?:\s|$))"
    rf"|\({_STAMP}\)\s(?:{_SPEAKER}|[^\n:\[\]()]{{1,40}}:\s)"
    rf"|{_DAY},?\s{_TIME}\s[-–]\s"
    rf"|{_STAMP}\s+(?:{_SPEAKER}|From\s[^\n:]{{1,80}}:(?:\s|$))"
    rf"|{_DAY}{_AT}{_TIME}\s+(?:-\s)?{_NAME}:\s"
    # Log files name programs there, a schedule has no seconds.
    rf"|\d{{1,2}}:\d\d:\d\d{_HALF}?\s{_NAME}:\s"
    rf"|{_STAMP}\s[^\s<>]{{1,30}}>\s|{_STAMP}\t[@+]?[a-z][\w|-]{{0,20}}\t|{_STAMP}\t(?:-->|<--|--)\t"
    rf"|{_NICK}\s(?=[\w\"'“]))"
)
_NAMED = re.compile(rf"{_NAME}\s(?:\({_DAY}{_AT}{_TIME}\)|\[{_DAY}{_AT}{_TIME}\]):\s")
# In a block of its own these may as well be the items of a schedule.
_TIMED = re.compile(
    rf"{_NAME}\d{{0,3}}\s(?:\({_TIME}\)|\[{_TIME}\]|{_TIME}):\s|{_TIME}\s{_NAME}:\s|{_NAME}:\s\[{_STAMP}\]\s"
)
_WHO = (
    r"(?:[^\W\d_][\w'’-]{0,30}|[A-Z][\w.'’-]{0,30}"
    r"(?: (?:(?:al|bin|da|de|del|der|di|dos|du|el|la|le|ten|van|von) ){0,2}"
    r"[A-Z(\d][\w.'’)/-]{0,30}){1,3})"
)
# Lines that hold nothing but the speaker and the stamp.
_HEAD = re.compile(
    rf"(?:\[{_STAMP}\]\s{_NAME}"
    rf"|{_NAME},?\s\[{_STAMP}\]:?"
    rf"|{_NAME}\s[—–·]\s(?:{_DAY}{_AT})?{_TIME}"
    rf"|{_WHO}, (?:{_DAY}{_AT})?{_TIME}(?:, Edited)?"
    rf"|{_WHO}\s+{_DAY}{_AT}{_TIME}|[a-z][\w-]{{0,20}} {_TIME}"
    rf"|{_WHO}\s+(?:APP\s+)?\d{{1,2}}:\d\d(?::\d\d)?{_HALF}"
    rf"|{_WHO}(?:\s\s+|\t)(?:APP\s+)?\d{{1,2}}:\d\d(?::\d\d)?)(?:\s\(edited\))?$"
)
_WHO_ALONE = re.compile(rf"{_WHO}$")
_WHEN_ALONE = re.compile(rf"(?:[—–·]\s)?(?:{_DAY}{_AT})?{_TIME}(?:\s\(edited\))?$")
_STAMPED = re.compile(rf"(?:(?:{_DAY}){_AT})?(?<!\d){_TIME}(?: \| [Ee]dited {_TIME})?")
MESSAGE_STARTS = frozenset("[(<\u200e\u200f0123456789")
_MONTHS = frozenset("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
_HEAD_ENDS = frozenset("Mmd]):0123456789")
_LONGEST_HEAD = 80
_LONGEST_WHEN = 32


def is_message(line: str) -> bool:
    """Whether a line without white space before it opens a message and says something."""
    if line[:1] in MESSAGE_STARTS:
        return _MESSAGE.match(line) is not None
    head = line[:_LONGEST_HEAD]
    return ("): " in head or "]: " in head) and _NAMED.match(line) is not None


def openers(lines: list[str]) -> list[int]:
    """Which of a block's lines open a message, in order; none where the block is no chat.

    Args:
        lines: without the white space around them.
    """
    found: list[int] = []
    bare = nicks = timed = 0
    for at, line in enumerate(lines):
        if (line[:1] in MESSAGE_STARTS or line[:3] in _MONTHS) and _MESSAGE.match(line):
            nicks += line[0] == "<"
        elif nicks and line[:2] == "* ":
            nicks += 1
        elif ":" not in line[:_LONGEST_HEAD]:
            continue
        elif (line[-1] in _HEAD_ENDS or line[0] == "[") and _is_when(lines, at):
            at, bare = at - 1, bare + 1
        elif (line[-1] in _HEAD_ENDS or line[0] == "[") and _HEAD.match(line):
            bare += 1
        elif ": " not in line[:_LONGEST_HEAD]:
            continue
        elif _TIMED.match(line):
            timed += 1
        elif not _NAMED.match(line):
            continue
        found.append(at)
    if not found or (nicks == len(found) and (nicks < 2 or 5 * nicks < 4 * len(lines))):
        return []  # "<b> is bold"
    if timed == len(found) and timed < 2:
        return []
    # A single line such as "Doors open 7:30 pm" is the head of no message: chats have many, or one
    # that stands first.
    if bare == len(found) and (len(lines) < 2 or bare == len(lines) or (found[0] > 0 and bare < 2)):
        return []
    return found


def _is_when(lines: list[str], at: int) -> bool:
    """Whether a line is a stamp alone, below the name of who sent the message."""
    line = lines[at]
    return (
        0 < at < len(lines) - 1
        and len(line) <= _LONGEST_WHEN
        and _WHEN_ALONE.match(line) is not None
        and _WHO_ALONE.match(lines[at - 1]) is not None
    )


def stamp(text: str) -> tuple[int, int] | None:
    """Where the stamp of a message stands, which says when it was sent and never what was said.

    Args:
        text: a sentence.
    """
    line, _, below = text.partition("\n")
    if is_message(line) or (below and _HEAD.match(line)):
        found = _STAMPED.search(line)
    else:
        below = below.partition("\n")[0]
        is_when = _WHEN_ALONE.match(below.strip()) and _WHO_ALONE.match(line)
        found = _STAMPED.search(text, len(line), len(line) + 1 + len(below)) if is_when else None
    if found is None:
        return None
    start, end = found.span()
    return start - (text[start - 1 : start] in ("[", "(")), end + (
        text[end : end + 1] in ("]", ")")
    )
