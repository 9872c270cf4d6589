"""`/copy N`: a sentence and its address, for the terminal to put on its clipboard.

A terminal takes text for the clipboard by an escape sequence, OSC 52, also over SSH, and answers
nothing. So it cannot be known whether it did, only that some never do.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from askdoc.errors import AskdocError
from askdoc.model import Citation
from askdoc.present import one_line
from askdoc.present.address import place
from askdoc.shell.answers import numbered
from askdoc.shell.command import Reply
from askdoc.shell.state import ShellState

MOST_BYTES = 4_096
"""UTF-8 of what is copied: old terminals take no sequence of more than 8 KiB."""
_WITHOUT = ("dumb", "linux", "eterm", "screen")
_BY_HAND = "Select it with the mouse, or /save FILE.md keeps all."


def copy(state: ShellState, argument: str) -> Reply:
    """`/copy [N]`: a sentence that was shown and its address, as one line of plain text.

    Raises:
        AskdocError: there is no such sentence, it is too long, or nobody sits at a terminal.
    """
    number, citation = numbered(state.shown, argument, "/copy", "copy")
    text = copied(citation)
    if not state.style().person:
        raise AskdocError(
            "there is no clipboard to copy to, since the output is no terminal",
            remedy="Keep the conversation: /save FILE.md",
        )
    if not state.clipboard:
        return Reply(f"This terminal takes nothing for a clipboard. {_BY_HAND}\n{text}")
    if len(text.encode()) > MOST_BYTES:
        what = "it is too long for the clipboard of a terminal"
        raise AskdocError(what, place(citation), _BY_HAND)
    said = (
        f"Sentence {number} and its address went to the terminal, for its clipboard. If they don't "
        f"paste, it takes none (tmux: set -g set-clipboard on). {_BY_HAND}"
    )
    return Reply(said, copied=text)


def copied(citation: Citation) -> str:
    """`It carried forty cars. (log.txt:3)`: nothing in it acts, not even the end of a line."""
    page = f", page {citation.page}" if citation.page is not None else ""
    return f"{one_line(citation.quote)} ({place(citation)}{page})"


def sequence(text: str) -> str:
    """What a terminal is sent to put text on its clipboard."""
    return f"\x1b]52;c;{b64encode(text.encode()).decode()}\x07"


def takes_text(environ: Mapping[str, str]) -> bool:
    """Whether this terminal may put text on its clipboard; False where it is known not to."""
    term = environ.get("TERM", "")
    # What runs in tmux calls its terminal a screen.
    is_tmux = "TMUX" in environ
    without = term.split("-")[0].split(".")[0] in _WITHOUT and not is_tmux
    return not without and environ.get("TERM_PROGRAM") != "Apple_Terminal"
