"""Quotations and brackets that are opened and closed: no sentence ends inside them.

A mark that is never closed shelters nothing, so that a stray one does no harm.
"""

from __future__ import annotations

import re

OPENERS = "\"'“‘«‹»›„‚([{*_¿¡-–—•"
# »German« and «French»; Swedish and Finnish open and close with the same »mark».
_PAIRS = {
    "“": "”", "«": "»", "»": "«»", "„": "“”\"", "(": ")", "[": "]", "‘": "’", '"': '"', "'": "'",
}  # fmt: skip
# An apostrophe inside a word neither opens nor closes.
_PAIRED = re.compile("[“”«»„(‘’\"')\\[\\]](?<![^\\W_]['’])")
# A quotation or bracket longer than this was left open by mistake.
_LONGEST = {"(": 400, "[": 400}
_LONGEST_QUOTATION = 1500


def shelters(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of quotations and brackets inside `text[start:end]`, outermost only."""
    found: list[tuple[int, int]] = []
    opened, mark = -1, ""
    for match in _PAIRED.finditer(text, start, end):
        at = match.start()
        char = text[at]
        if mark and at - opened > _LONGEST.get(mark, _LONGEST_QUOTATION):
            mark = ""
        if mark and char in _PAIRS[mark] and (char in ")]" or _can_close(text, at, end, mark)):
            found.append((opened, at + 1))
            mark = ""
        elif (
            (not mark or char == mark)
            and char in _PAIRS
            and (char in "([" or _can_open(text, at, start, end))
        ):
            opened, mark = at, char
    return found


def _can_open(text: str, at: int, start: int, end: int) -> bool:
    """Whether a mark may open: not an apostrophe, an inch mark or a mark that closes."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    if text[at] in "«»":
        # After a word or a mark it closes, as » does before a blank or a mark.
        opens = text[at] == "«" or after.isalnum() or after in OPENERS
        return opens and not before.isalnum() and before not in ".,!?;:…"
    if text[at] in "\"'‘":
        return not before.isalnum() and before not in ".,!?;:" and not after.isspace()
    return True


def _can_close(text: str, at: int, end: int, mark: str) -> bool:
    """Whether a mark may close what `mark` opened: an apostrophe inside a word does not."""
    if text[at] in "'’":
        after = text[at + 1] if at + 1 < end else " "
        return not after.isalnum() and text[at - 1] in ".,!?…"
    if text[at] == '"' or text[at] == mark:
        return not text[at - 1].isspace()
    return True
