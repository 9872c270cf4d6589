"""What a block's lines are: running text that was wrapped, paragraphs of a line each, or rows.

Rows (of a table without rules, a CSV file, a log, a postal address, a form) hold a fact each and no
full stop, so that nothing but their look keeps them apart. Prose whose lines all happen to begin
with a capital must not be torn, so a look counts only if prose hardly ever has it: cells, time
stamps, names of fields, or capitals all the way down a block that neither ends as a sentence does
nor has the even right edge of wrapped text.
"""

from __future__ import annotations

import re
from collections import Counter

from askdoc.lazy import lazy
from askdoc.split.boundaries import is_finished

# Wider than terminals and mail programs wrap: beyond it a line is a paragraph of its own.
_WIDEST_WRAP = 130
# Prose is hardly ever wrapped to lines as short as this.
_NARROWEST_WRAP = 40
# Lines indented as far as this, with their middles below each other, were centred.
_CENTRED = 8
_UNEVEN = 6
# A line this much shorter than its block's widest was ended on purpose.
_SLACK = 3

_LONGEST_WORD = 80
_URL = re.compile(r"[a-z]{2,12}://|www\.")
_WORDS_THAT_GO_ON = frozenset(
    "a an and as at by for from her his in its nor of on or our than that the their to was were "
    "with who which "
    "das dem der des ein eine einem einen einer eines im mit und von zum zur "
    "con del el en las los para por que una y au aux dans du et le les pour sur une".split()
)
_LONGEST_GOING_ON = 8
_LONGEST_LABEL = 40
# With these a line of verse takes up the sentence of the line before; a row does not begin so.
_VERSE = re.compile(
    r"(?:And|As|Because|But|Nor|Of|Or|Than|That|Then|Though|Till|Until|When|Where|Which|While|Who"
    r"|Whom|Whose|With)\b"
)
_WIDE = "   "
_GAP = re.compile(r"\S {3,}\S")
# Commas and semicolons of a CSV file; not those of 1,500 or of “No,” he said.
_DELIMITER = re.compile(r"(?<!\d)[,;](?=[\w,;])|[,;](?=[^\W\d])|\"[,;] ?\"")
_STAMP = re.compile(
    r"[\[(<]?(?:\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}:\d\d|[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d"
    r"|\d{1,3}(?:\.\d{1,3}){3})(?!\w)"
)
_STAMP_STARTS = frozenset("[(<0123456789")
_FIELD = re.compile(r"[^\W\d_][\w.'’/&-]{0,30}+(?: [\w.'’/&-]{1,30}+){0,4}:\s+\S")
_LABEL_ALONE = re.compile(r"[^\W\d_][\w.'’/&-]{0,30}+(?: [\w.'’/&-]{1,30}+){0,5}:")
_ITEM_OPENS = re.compile(r"[-+–—]\s|(?:[a-z]|[ivx]{2,4})[.)]\s|\(\w{1,4}\)\s")
QUESTION = re.compile(r"[QA]\d{0,3}[.:)]\s")
"""What opens a question or its answer in a list of them."""
TURN = re.compile(r"[^\W\d_][\w.-]{0,19}: \S")
"""A turn of talk: who speaks, by one name, and what is said."""
_BEFORE_ROW = "\"'“„«(+#"


def goes_on(line: str) -> bool:
    """Whether a line ends so that it was going to go on, however short it is."""
    if line[-1:] in ",–—&-":
        return True
    return line[-_LONGEST_GOING_ON:].rpartition(" ")[2] in _WORDS_THAT_GO_ON


def goes_low(line: str) -> bool:
    """Whether a line begins in lower case, as one that goes on does; not an address or a brand."""
    return line[:1].islower() and not line[1:2].isupper() and _URL.match(line) is None


def are_rows(line: str, following: str) -> bool:
    """Whether two lines are cut into cells alike: by bars, tabs, wide gaps or bare commas."""
    if (" | " in line and " | " in following) or ("\t" in line and "\t" in following):
        return True
    if not (_WIDE in line or ("," in line and "," in following)
            or (";" in line and ";" in following)):  # fmt: skip
        return False
    low = following[:1].islower()
    if not low and _WIDE in line and _GAP.search(line) and _GAP.search(following):
        return True
    if not (("," in line and "," in following) or (";" in line and ";" in following)):
        return False
    if " " not in line and " " not in following:
        return True
    count = len(_DELIMITER.findall(line))
    return count > low and count == len(_DELIMITER.findall(following))


def is_label(line: str) -> bool:
    """Whether a line is nothing but the name of a field or a section, with its colon."""
    return line[-1:] == ":" and _LABEL_ALONE.fullmatch(line) is not None


class Block:
    """The lines between two blank lines, and what they have in common.

    Args:
        text: the whole block.
        lines: its lines in order, without their ends but with the blanks before them.
        margin: how many blanks more stand before the first line.
    """

    def __init__(self, text: str, lines: list[str], margin: int) -> None:
        self._raw, self._margin = lines, margin
        self.lines = list(map(str.strip, lines))
        """The lines without the white space around them."""
        self.may_have_cells = (
            "\t" in text
            or " | " in text
            or _WIDE in text
            or '", "' in text
            or _has_bare(text, ",")
            or ";" in text
        )
        """Whether anything in the block could part cells: asked of all lines together."""
        has_colon = ":" in text
        self.may_have_fields = has_colon or self.lines[0][:1] in _STAMP_STARTS
        """Whether any line could be an entry of a log or a field of a form."""
        self.may_talk = has_colon and TURN.match(text) is not None
        """Whether the first line could be a turn of talk."""

    def has_room_before(self, at: int) -> bool:
        """Whether the first word of a line would have fitted on the line before it."""
        word = self.lines[at].split(None, 1)[:1]
        needed = 1 + (min(len(word[0]), _LONGEST_WORD) if word else 0) + _SLACK
        if self._lengths[at - 1] + needed > self._width:
            return False
        # Whoever indented all lines but the first may not have counted the blanks.
        return len(self.lines[at - 1]) + needed <= self._bare_width

    def is_entry(self, at: int) -> bool:
        """Whether a line opens an entry of a log, or a field of a form or an e-mail's header."""
        line, following = self.lines[at - 1], self.lines[at]
        if self._is_log:
            return _STAMP.match(following) is not None
        if ":" not in following or not following[0].isupper():
            return False
        if not _FIELD.match(following) and not is_label(following):
            return False
        return _FIELD.match(line) is not None or (self._is_form and not goes_on(line))

    def is_beside_rows(self, at: int) -> bool:
        """Whether a line that is no row stands below or above rows of cells: a note, a title."""
        barred = [" | " in line for line in self.lines[max(0, at - 2) : at + 2]]
        if at < 2:
            barred.insert(0, False)
        return barred[:3] == [True, True, False] or barred[1:] == [False, True, True]

    def is_labelled(self, at: int) -> bool:
        """Whether a line is the value of the label that is all of the line before it."""
        line, following = self.lines[at - 1], self.lines[at]
        if not line[0].isupper() or not is_label(line) or ":" in following[:_LONGEST_LABEL]:
            return False
        below = self.lines[at + 1] if at + 1 < len(self.lines) else ""
        return len(following) >= _NARROWEST_WRAP or not below or is_label(below)

    def opens_caption(self, at: int) -> bool:
        """Whether a line that looks like a caption is one, and no reference that was wrapped."""
        line = self.lines[at - 1]
        if line[-1:] in ".:!?":
            return True
        return not goes_on(line) and (
            ":" in self.lines[at][:_LONGEST_LABEL] or self.has_room_before(at)
        )

    def items(self, mark: str) -> int:
        """How many lines open like a list's items that have marks such as this one."""
        return self._items["a" if mark.islower() else mark]

    @lazy
    def is_unwrapped(self) -> bool:
        """Whether each line is a paragraph, as in a web page or a word processor's export."""
        return self._width > _WIDEST_WRAP

    @lazy
    def is_questions(self) -> bool:
        """Whether lines open with the Q and the A of questions and answers."""
        opened = {line[0] for line in self.lines if QUESTION.match(line)}
        return len(opened) == 2

    @lazy
    def is_talk(self) -> bool:
        """Whether most lines are turns of talk, as in "ann: where are you?"."""
        turns = sum(TURN.match(line) is not None for line in self.lines)
        return turns > 1 and 3 * turns >= 2 * len(self.lines)

    @lazy
    def is_centred(self) -> bool:
        """Whether the lines are those of a title page, each in the middle."""
        if self._lengths[0] - len(self.lines[0]) < _CENTRED:
            return False
        indents = list(map(int.__sub__, self._lengths, map(len, self.lines)))
        if min(indents) < _CENTRED:
            return False
        # Twice the offset of each line's middle.
        middles = list(map(int.__add__, indents, self._lengths))
        even = max(middles) - min(middles) <= _UNEVEN
        return max(indents) > min(indents) and even

    @lazy
    def is_rows(self) -> bool:
        """Whether lines that could be wrapped text are none: each says something of its own."""
        if self.is_centred:
            return True
        if len(self.lines) < 3 or not _opens_row(self.lines[1]) or not _opens_row(self.lines[-1]):
            return False
        first, *others = self.lines
        if not all(map(_opens_row, others)):
            return False
        last = others[-1]
        if last[-1:] in ":;" or goes_on(last) or is_finished(last):
            return False
        if any(_VERSE.match(line) for line in others):
            return False
        if self.is_narrow:
            return True
        word = first.partition(" ")[0]
        return all(line.partition(" ")[0] == word for line in others) or any(
            self.has_room_before(at) for at in range(1, len(self.lines))
        )

    @lazy
    def is_narrow(self) -> bool:
        """Whether its lines are too short for prose that was wrapped."""
        return self._bare_width < _NARROWEST_WRAP

    @lazy
    def _lengths(self) -> list[int]:
        """Of the lines, with the blanks before them but not those after."""
        lengths = list(map(len, map(str.rstrip, self._raw)))
        lengths[0] += self._margin
        return lengths

    @lazy
    def _bare_width(self) -> int:
        widest = max(map(len, self.lines))
        if widest <= self._width:
            return widest
        return max(len(line) for line in self.lines if len(line) <= self._width)

    @lazy
    def _width(self) -> int:
        """The length of the widest line; one that has no blank could not have been wrapped."""
        widest = max(self._lengths)
        if widest <= _WIDEST_WRAP and " " in self.lines[self._lengths.index(widest)]:
            return widest
        sizes = zip(self.lines, self._lengths, strict=True)
        lengths = [length for line, length in sizes if " " in line] or self._lengths
        widest = max(lengths)
        # One line of a table or a long address makes no paragraphs of the lines around it.
        if widest > _WIDEST_WRAP and 3 * sum(map(goes_low, self.lines[1:])) >= len(self.lines) - 1:
            return max((length for length in lengths if length <= _WIDEST_WRAP), default=widest)
        return widest

    @lazy
    def _is_log(self) -> bool:
        return _STAMP.match(self.lines[0]) is not None

    @lazy
    def _is_form(self) -> bool:
        return _FIELD.match(self.lines[0]) is not None

    @lazy
    def _items(self) -> Counter[str]:
        opened = (line[0] for line in self.lines if _ITEM_OPENS.match(line))
        return Counter("a" if mark.islower() else mark for mark in opened)


def _has_bare(text: str, mark: str) -> bool:
    """Whether a mark stands anywhere without a blank or a line end after it."""
    count = text.count(mark)
    return count > 0 and count > text.count(mark + " ") + text.count(mark + "\n")


def _opens_row(line: str) -> bool:
    first = line[:1] if line[:1] not in _BEFORE_ROW else line.lstrip(_BEFORE_ROW)[:1]
    return first.isupper() or first.isdigit() or _URL.match(line) is not None
