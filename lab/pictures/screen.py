"""A terminal's screen: what a person sees after a program has written to it.

Knows what the shell and prompt-toolkit write: text, cursor movements, erasing, weight and reverse
video, hyperlinks (OSC 8), the alternate screen. Whatever else is asked of it is passed over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple
from unicodedata import category, east_asian_width

_SEQUENCE = re.compile(
    r"\x1b\[(?P<private>[?>=]?)(?P<numbers>[0-9;:]*)[ -/]*(?P<command>[@-~])"
    r"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b(?P<single>[()#][0-9A-Za-z]|[0-9A-Z=>a-z|}~\\])"
    r"|(?P<control>[\x00-\x1f\x7f])"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
)
_ALTERNATE = ("1049", "1047", "47")


@dataclass(frozen=True)
class Look:
    """How characters are shown."""

    bold: bool = False
    dim: bool = False
    underlined: bool = False
    reverse: bool = False
    link: str = ""


class Cell(NamedTuple):
    """One place of the screen; the second half of a wide character holds an empty text."""

    text: str = " "
    look: Look = Look()


class Screen:
    """What is seen, and what has scrolled away above it.

    Args:
        rows: of the screen.
        columns: of the screen.
    """

    def __init__(self, rows: int = 24, columns: int = 80) -> None:
        self.rows, self.columns = rows, columns
        self.above: list[list[Cell]] = []
        self.cells = self._blank(rows)
        self.row = self.column = 0
        self._look = Look()
        self._saved = (0, 0)
        self._main: tuple[list[list[Cell]], int, int] | None = None
        self._rest = ""

    @property
    def lines(self) -> list[str]:
        """The rows as text, without the blanks at their ends."""
        return ["".join(cell.text for cell in row).rstrip() for row in self.cells]

    @property
    def text(self) -> str:
        """The screen as text, without empty rows at the end."""
        return "\n".join(self.lines).rstrip("\n")

    @property
    def everything(self) -> str:
        """What has scrolled away, then the screen."""
        above = ["".join(cell.text for cell in row).rstrip() for row in self.above]
        return "\n".join([*above, *self.lines]).rstrip("\n")

    @property
    def is_alternate(self) -> bool:
        """Whether a full-screen program has it."""
        return self._main is not None

    def feed(self, written: str) -> None:
        """Take in what a program wrote; a sequence may come in pieces."""
        text = self._rest + written
        at = 0
        for found in _SEQUENCE.finditer(text):
            if found.start() != at:
                break
            if found["command"]:
                self._command(found["private"], found["numbers"], found["command"])
            elif found["osc"] is not None:
                self._operating_system(found["osc"])
            elif found["single"]:
                self._single(found["single"])
            elif found["control"]:
                if found["control"] == "\x1b":
                    break
                self._control(found["control"])
            else:
                for char in found["text"]:
                    self._put(char)
            at = found.end()
        self._rest = text[at:]

    def resize(self, rows: int, columns: int) -> None:
        """Another size: what no longer fits is cut off, at the top and on the right."""
        kept = self.cells[max(0, self.row + 1 - rows) :][:rows]
        self.row -= max(0, self.row + 1 - rows)
        self.rows, self.columns = rows, columns
        self.cells = [(row + self._blank(1)[0])[:columns] for row in kept]
        self.cells += self._blank(rows - len(self.cells))
        self.column = min(self.column, columns - 1)

    def _blank(self, rows: int) -> list[list[Cell]]:
        return [[Cell()] * self.columns for _ in range(rows)]

    def _put(self, char: str) -> None:
        if category(char) in ("Mn", "Me", "Cf"):
            return
        wide = 2 if east_asian_width(char) in "WF" else 1
        if self.column + wide > self.columns:
            self.column = 0
            self._down()
        self.cells[self.row][self.column] = Cell(char, self._look)
        if wide == 2:
            self.cells[self.row][self.column + 1] = Cell("", self._look)
        self.column += wide

    def _down(self) -> None:
        if self.row + 1 < self.rows:
            self.row += 1
            return
        if self._main is None:
            self.above.append(self.cells[0])
        self.cells = [*self.cells[1:], *self._blank(1)]

    def _control(self, char: str) -> None:
        if char == "\n":
            self._down()
        elif char == "\r":
            self.column = 0
        elif char == "\b":
            self.column = max(0, self.column - 1)
        elif char == "\t":
            self.column = min(self.columns - 1, (self.column // 8 + 1) * 8)

    def _single(self, char: str) -> None:
        if char == "7":
            self._saved = (self.row, self.column)
        elif char == "8":
            self.row, self.column = self._saved
        elif char == "M":
            self.row = max(0, self.row - 1)

    def _operating_system(self, content: str) -> None:
        if content.startswith("8;"):
            self._look = replace(self._look, link=content.split(";", 2)[-1])

    def _command(self, private: str, numbers: str, command: str) -> None:
        given = [int(number) if number else 0 for number in re.split(r"[;:]", numbers)]
        first = given[0]
        if private:
            if command in "hl" and numbers in _ALTERNATE:
                self._alternate(command == "h")
        elif command in "ABCDEFG`d":
            self._move(command, max(1, first))
        elif command in "Hf":
            column = given[1] if given[1:] else 1
            self.row = min(max(1, first), self.rows) - 1
            self.column = min(max(1, column), self.columns) - 1
        elif command in "JK":
            self._erase(command, first)
        elif command == "m":
            for number in given:
                self._shine(number)

    def _move(self, command: str, steps: int) -> None:
        if command in "AF":
            self.row = max(0, self.row - steps)
        elif command in "BE":
            self.row = min(self.rows - 1, self.row + steps)
        elif command == "C":
            self.column = min(self.columns - 1, self.column + steps)
        elif command == "D":
            self.column = max(0, min(self.column, self.columns - 1) - steps)
        elif command in "G`":
            self.column = min(self.columns, steps) - 1
        elif command == "d":
            self.row = min(self.rows, steps) - 1
        if command in "EF":
            self.column = 0

    def _erase(self, command: str, how: int) -> None:
        row, at = self.cells[self.row], min(self.column, self.columns)
        start, end = {0: (at, self.columns), 1: (0, at + 1)}.get(how, (0, self.columns))
        row[start:end] = [Cell()] * (end - start)
        row[self.columns :] = []
        if command == "J" and how == 0:
            self.cells[self.row + 1 :] = self._blank(self.rows - self.row - 1)
        elif command == "J" and how == 1:
            self.cells[: self.row] = self._blank(self.row)
        elif command == "J":
            self.cells = self._blank(self.rows)

    def _shine(self, number: int) -> None:
        link = self._look.link
        changed = {
            0: Look(link=link),
            1: replace(self._look, bold=True),
            2: replace(self._look, dim=True),
            4: replace(self._look, underlined=True),
            7: replace(self._look, reverse=True),
            22: replace(self._look, bold=False, dim=False),
            24: replace(self._look, underlined=False),
            27: replace(self._look, reverse=False),
        }
        self._look = changed.get(number, self._look)

    def _alternate(self, on: bool) -> None:
        if on and self._main is None:
            self._main = (self.cells, self.row, self.column)
            self.cells, self.row, self.column = self._blank(self.rows), 0, 0
        elif not on and self._main is not None:
            self.cells, self.row, self.column = self._main
            self._main = None
