"""Subtitles (SubRip and WebVTT) as what was said, in one running text that knows its times.

A sentence often runs over several cues, so cues are joined by spaces; a new line begins where
somebody else speaks and a new paragraph after a pause. Captions made by a machine have no full
stops: there a paragraph is a few cues. Each cue's start is a place, named by its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.common.decode import decode
from askdoc.load.common.markup import decode_references
from askdoc.model import Document, Place

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?"
_TIMING = re.compile(rf"^[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}(?![\d:]).*$", re.MULTILINE)
_BLANK = re.compile(r"\n[ \t]*\n")
_NUMBER = re.compile(r"\n[ \t]*\d+[ \t]*\n?\Z")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]+([^<>]+)>")
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]*>|</?v>|<[\d:.]+>|\{\\[^{}\n]*\}")
_OPENS_LINE = re.compile(r"[-–—]\s*\S|>>")
_FINISHED = re.compile(r"[.!?…。！？♪\])][\"'”’»)]*$")
_FIRST_OF_NO_SPACES = "\u3000"  # scripts from here on are written without spaces
_INVISIBLE = str.maketrans("\xa0", " ", "\ufeff\xad\u200b\u200e\u200f\u202a\u202b\u202c")

_PAUSE = 2.0
_MACHINE_PAUSE, _MACHINE_CUES = 1.0, 6
"""Seconds of silence, or cues, that end a paragraph."""
_FEW_ENDS = 0.08
_MANY_REPEATS = 0.25


@dataclass(frozen=True)
class _Cue:
    """When a cue is shown, in seconds, and its lines; a speaker is named where one changes."""

    start: float
    end: float
    lines: tuple[tuple[str, str], ...]  # speaker and words

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(words for _, words in self.lines)


def load_subtitles(data: bytes, source: str) -> Document:
    """A document of what is said, with a place for each cue ("0:01:05").

    Raises:
        UnsupportedFormat: the bytes are not text, or not subtitles.
        EmptySource: no cue says anything.
    """
    text, notes = decode(data, source)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", " ")
    cues = [cue for cue in _cues(text) if cue.lines]
    if not cues:
        if _TIMING.search(text) is None:
            raise UnsupportedFormat(
                "no subtitles are in it", source, "Give it the suffix of its format."
            )
        raise EmptySource("no subtitle has text", source, "Give a file that has some.")
    written = _Writer(cues)
    return Document(written.text, source, notes=notes, places=tuple(written.places))


def _cues(text: str) -> Iterator[_Cue]:
    timings = list(_TIMING.finditer(text))
    is_vtt = text.lstrip("\ufeff \n\t").startswith("WEBVTT")
    ends = [*(timing.start() for timing in timings[1:]), len(text)]
    for timing, end in zip(timings, ends[: len(timings)], strict=True):
        body = text[timing.end() : end]
        if is_vtt:
            # A comment, a style sheet or the next cue's name follows.
            blank = _BLANK.search(body)
            body = body[: blank.start()] if blank else body
        elif end < len(text):
            body = _NUMBER.sub("", body)
        groups = timing.groups()
        yield _Cue(_seconds(groups[:4]), _seconds(groups[4:]), tuple(_lines(body)))


def _seconds(groups: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, fraction = (int(group or 0) for group in groups)
    return hours * 3600 + minutes * 60 + seconds + fraction / float(10 ** len(groups[3] or ""))


def _lines(body: str) -> Iterator[tuple[str, str]]:
    speaker = ""
    for line in body.split("\n"):
        voice = _VOICE.search(line)
        if voice:
            speaker = " ".join(decode_references(voice[1]).split())
        words = decode_references(_TAG.sub("", line)).translate(_INVISIBLE)
        if words := " ".join(words.split()):
            yield speaker, words


class _Writer:
    """Writes cues one after the other, and marks where each begins."""

    def __init__(self, cues: list[_Cue]) -> None:
        self.places: list[Place] = []
        self._parts: list[str] = []
        self._length = 0
        self._speaker = ""
        ends = sum(_FINISHED.search(cue.lines[-1][1]) is not None for cue in cues)
        self._by_machine = ends < _FEW_ENDS * len(cues)
        pairs = pairwise(cues)
        # The line before stands above a new one; a chorus only repeats.
        repeats = sum(0 < _repeated(before, cue) < len(cue.lines) for before, cue in pairs)
        rolls = repeats > 1 and repeats >= _MANY_REPEATS * len(cues)
        before: _Cue | None = None
        in_paragraph, last_end = 0, 0.0
        for cue in cues:
            same = before is not None and (cue.start, cue.lines) == (before.start, before.lines)
            known = _repeated(before, cue) if before is not None and rolls else 0
            lines = () if same else cue.lines[known:]
            if lines:
                paragraph = self._is_paragraph(cue.start - last_end, in_paragraph)
                in_paragraph = 1 if paragraph else in_paragraph + 1
                self._write(cue.start, lines, paragraph)
            before, last_end = cue, cue.end
        self.text = "".join(self._parts)

    def _is_paragraph(self, pause: float, cues: int) -> bool:
        if self._by_machine:
            return pause >= _MACHINE_PAUSE or cues >= _MACHINE_CUES
        return pause >= _PAUSE and _FINISHED.search(self._parts[-1]) is not None if cues else False

    def _write(self, start: float, lines: tuple[tuple[str, str], ...], paragraph: bool) -> None:
        name = _clock(start)
        for at, (speaker, words) in enumerate(lines):
            changes = speaker not in ("", self._speaker)
            gap = "\n" if changes or _OPENS_LINE.match(words) else " "
            if gap == " " and self._parts:
                gap = "" if min(self._parts[-1][-1], words[0]) >= _FIRST_OF_NO_SPACES else " "
            if at == 0 and paragraph:
                gap = "\n\n"
            self._append(gap if self._parts else "")
            if at == 0 and (not self.places or self.places[-1].name != name):
                self.places.append(Place(self._length, name))
            if changes:
                self._append(f"{speaker}: ")
                self._speaker = speaker
            self._append(words)

    def _append(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)


def _repeated(before: _Cue, cue: _Cue) -> int:
    """How many lines of a cue are still those that the one before ended with."""
    old, new = before.words, cue.words
    for count in range(min(len(old), len(new), 4), 0, -1):
        if old[-count:] == new[:count]:
            return count
    return 0


def _clock(seconds: float) -> str:
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}"
