"""Rich Text Format, read from its first byte to its last with one stack and no recursion.

An RTF file is control words, groups and bytes; what a word means depends on the group it stands in.
Groups that hold no text of the page (fonts, pictures, what newer programs have added under `\\*`)
are passed over; of texts that stand twice, for older programs, one is read.
"""

from __future__ import annotations

import re

from askdoc.errors import EmptySource, UnsupportedFormat
from askdoc.load.common.raised import Rise
from askdoc.load.common.symbols import symbol
from askdoc.load.office import rtf_words as words
from askdoc.load.office.rtf_story import Look, Story
from askdoc.load.office.rtf_tables import CODECS_OF_PROGRAMS, DEFAULT_CODEC, Head, codec_of_page
from askdoc.load.office.rtf_words import State
from askdoc.load.office.writer import ONLY_MARGINS, Writer
from askdoc.model import Document

_TOKEN = re.compile(
    rb"([^\\{}\r\n\x00]+)"  # 1: bytes of text
    rb"|\\([a-zA-Z]{1,32})(-?[0-9]{1,10})?[ ]?"  # 2, 3: a control word and its number
    rb"|\\'([0-9a-fA-F]{2})"  # 4: a byte of text
    rb"|\\([^a-zA-Z])"  # 5: a control symbol
    rb"|([{}])",  # 6
    re.DOTALL,
)
_DEEPEST = 10_000


def load_rtf(data: bytes, source: str) -> Document:
    """A document of what an RTF file shows: text, lists with their numbers, tables, notes.

    Comments, deleted and hidden text are left out, and so are headers and footers where there is
    other text. Pages are not known.

    Raises:
        UnsupportedFormat: it is no RTF file.
        EmptySource: there is no text in it.
    """
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data.strip():
        raise EmptySource(
            "there is no text in it", source, "Give a file that has some, or leave it out."
        )
    if not start.startswith(b"{\\rtf"):
        raise UnsupportedFormat("not an RTF file", source, "Check what it is, or leave it out.")
    writer = Writer()
    _Reader(source, Story(writer.write)).read(data)
    if not writer.is_empty:
        return writer.document(source)
    _Reader(source, Story(writer.write_once), margins=True).read(data)
    return writer.document(source, (ONLY_MARGINS,))


class _Reader:
    """Takes the tokens of one file in order; `margins`: headers and footers as well."""

    def __init__(self, source: str, story: Story, *, margins: bool = False) -> None:
        self._margins = margins
        self._source = source
        self._story = story
        self._state = State()
        self._stack: list[State] = []
        self._marked = False  # the group has begun with `\*`
        self._to_skip = 0  # characters that only repeat a Unicode one
        self._bytes = bytearray()  # not yet decoded
        self._codec = DEFAULT_CODEC
        self._default_font: int | None = None
        self._head = Head()
        self._note_kind = "footnote"

    def read(self, data: bytes) -> None:
        at = data.index(b"{")
        match = _TOKEN.match
        while at < len(data):
            token = match(data, at)
            if token is None:  # a line end, a NUL, a backslash at the very end
                at += 1
                continue
            at = token.end()
            if token[1] is not None:
                self._raw(token[1])
            elif token[2] is not None:
                word = token[2].decode("ascii")
                number = int(token[3]) if token[3] is not None else None
                if word == "bin":
                    at += min(max(0, number or 0), len(data) - at)
                else:
                    self._word(word, number)
            elif token[4] is not None:
                self._raw(bytes.fromhex(token[4].decode("ascii")))
            elif token[5] is not None:
                self._control_symbol(token[5])
            elif token[6] == b"{":
                self._open()
            else:
                if len(self._stack) <= 1:
                    break
                self._close()
        self._flush()
        self._story.finish(self._look())

    def _open(self) -> None:
        self._flush()
        self._to_skip = 0
        self._marked = False
        if len(self._stack) >= _DEEPEST:
            raise UnsupportedFormat(
                f"its groups are nested more than {_DEEPEST} deep",
                self._source,
                "No program writes such files; leave it out.",
            )
        self._stack.append(self._state)
        self._state = self._state.inner()
        if self._state.kind == words.STYLES:
            self._head.start_style()

    def _close(self) -> None:
        self._flush()
        self._to_skip = 0
        self._marked = False
        state = self._state
        if state.holds == words.NOTE:
            self._story.close_note(self._note_kind, self._look())
        elif state.holds == words.BOX:
            self._story.close_box(self._look())
        if self._stack:
            self._state = self._stack.pop()

    def _look(self) -> Look:
        state = self._state
        level = self._head.styles.level(state.style)
        if state.outline is not None:
            level = state.outline + 1 if 0 <= state.outline < 9 else 0
        depth = state.depth if state.in_table else 0
        return Look(level, self._head.styles.is_contents(state.style), depth)

    def _raw(self, data: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            self._to_skip -= skipped
            data = data[skipped:]
        if self._state.kind != words.SKIPPED and data:
            self._bytes += data

    def _flush(self) -> None:
        """Bytes become text, in the code page of the font that they are set in."""
        if not self._bytes:
            return
        data = bytes(self._bytes)
        self._bytes.clear()
        font = self._head.font(self._state.font)
        if self._state.kind in (words.FONTS, words.STYLES):
            self._text(data.decode(self._codec, "replace"))
        elif font is not None and font.is_symbol:
            self._text("".join(symbol(byte, font.name) for byte in data))
        else:
            codec = (font.codec if font is not None else None) or self._codec
            self._text(data.decode(codec, "replace"))

    def _text(self, text: str) -> None:
        state = self._state
        if state.kind == words.TEXT:
            if not (state.hidden or state.deleted):
                self._story.add(text, state.bold, state.rise)
        elif state.kind == words.LABEL:
            self._story.add_label(text)
        elif state.kind == words.FONTS:
            self._head.font_text(text)
        elif state.kind == words.STYLES:
            self._head.style_text(text)

    def _control_symbol(self, sign: bytes) -> None:
        if sign == b"*":
            self._marked = True
        elif sign in b"\r\n":
            self._word("par", None)
        elif sign in words.SYMBOLS:
            if self._to_skip:
                self._to_skip -= 1
            else:
                self._flush()
                self._text(words.SYMBOLS[sign])

    def _word(self, word: str, number: int | None) -> None:
        if self._to_skip and word not in ("u", "uc"):
            self._to_skip -= 1
            return
        self._flush()
        marked, self._marked = self._marked, False
        state = self._state
        if word in words.MARGINS and self._margins and state.kind == words.TEXT:
            self._start_flow(words.BOX)
        elif word in words.SKIPPED_GROUPS or (marked and word not in words.READ_THOUGH_MARKED):
            if state.kind != words.SKIPPED:
                state.around = state.kind
            state.kind = words.SKIPPED
        elif word == "ud":
            state.kind = state.around
        elif state.kind == words.SKIPPED:
            return
        elif state.kind == words.FONTS:
            self._head.font_word(word, number)
        elif state.kind == words.STYLES:
            self._head.style_word(word, number)
        else:
            self._text_word(word, number)

    def _text_word(self, word: str, number: int | None) -> None:
        """A word where text may stand: characters, ends of paragraphs and cells, notes."""
        state, story = self._state, self._story
        if word in words.CHARACTERS:
            self._text(words.CHARACTERS[word])
        elif word == "u":
            self._unicode(number or 0)
        elif word in words.LINES:
            if state.kind == words.TEXT and not (state.hidden or state.deleted):
                story.line_end()
        elif word in ("par", "sect"):
            if state.kind == words.TEXT:
                story.end_paragraph(self._look())
        elif word in ("cell", "row", "nestcell", "nestrow"):
            look = self._look()
            look.depth = max(2, state.depth) if word[0] == "n" else 1
            if word.endswith("cell"):
                story.end_cell(look)
            else:
                story.end_row(look)
        elif word in words.ROW_WORDS:
            story.row_word(word, number, nested=state.in_nested_form)
        elif word == "chftn":
            if not state.hidden:
                story.note_mark()
        elif word in ("footnote", "shptxt", "dptxbxtext"):
            self._start_flow(words.NOTE if word == "footnote" else words.BOX)
        elif word == "ftnalt":
            self._note_kind = "endnote"
        else:
            self._state_word(word, number)

    def _start_flow(self, kind: str) -> None:
        state = self._state
        if not state.holds:
            state.holds = kind
            state.in_table, state.depth, state.style, state.outline = False, 1, 0, None
            self._note_kind = "footnote"
            self._story.open(is_note=kind == words.NOTE)

    def _unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        font = self._head.font(self._state.font)
        if font is not None and font.is_symbol:
            self._text(symbol(code, font.name))
        elif 0x20 <= code <= 0x10FFFF:
            self._text(chr(code))
        self._to_skip = self._state.skip

    def _state_word(self, word: str, number: int | None) -> None:
        """A word that changes how what follows is taken, up to the end of its group."""
        state = self._state
        on = number != 0
        if word == "pard":
            state.style, state.outline, state.in_table, state.depth = 0, None, False, 1
        elif word == "plain":
            state.bold = state.hidden = state.deleted = False
            state.rise = Rise.NONE
            state.font = self._default_font
        elif word == "b":
            state.bold = on
        elif word in words.RISES or word == "nosupersub":
            state.rise = words.RISES.get(word, Rise.NONE) if on else Rise.NONE
        elif word == "v":
            state.hidden = on
        elif word == "deleted":
            state.deleted = on
        elif word == "f":
            state.font = number
        elif word == "uc":
            state.skip = min(max(0, 1 if number is None else number), 16)
        elif word == "s":
            state.style = number or 0
        elif word == "outlinelevel":
            state.outline = number
        elif word == "intbl":
            state.in_table = True
        elif word == "itap":
            state.depth = max(1, number or 0)
            state.in_table = bool(number)
        elif word == "nesttableprops":
            state.in_nested_form = True
        else:
            self._group_word(word, number)

    def _group_word(self, word: str, number: int | None) -> None:
        """A word that says what its group holds, or what holds for the file."""
        if word in ("listtext", "pntext"):
            self._state.kind = words.LABEL
        elif word == "fonttbl":
            self._state.kind = words.FONTS
        elif word == "stylesheet":
            self._state.kind = words.STYLES
        elif word == "deff":
            self._default_font = self._state.font = number
        elif word == "ansicpg" and number is not None:
            self._codec = codec_of_page(number)
        elif word in CODECS_OF_PROGRAMS:
            self._codec = CODECS_OF_PROGRAMS[word]
