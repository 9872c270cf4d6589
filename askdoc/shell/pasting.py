"""Text that is pasted: a question over two lines is one line, anything longer may be a document."""

from __future__ import annotations

from itertools import count

from askdoc.load import load_text
from askdoc.present import sanitize
from askdoc.present.counting import counted
from askdoc.shell.state import ShellState
from askdoc.verify.sources import PASTED

_FEWEST_LINES = 3
_LONGEST_LINE = 600  # characters; what is longer is no question


def is_document(text: str) -> bool:
    """Whether a pasted text is more than a question."""
    lines = [line for line in text.split("\n") if line.strip()]
    return len(lines) >= _FEWEST_LINES or len(text) > _LONGEST_LINE


def as_line(text: str) -> str:
    """A pasted text as part of a question."""
    return " ".join(text.split())


def paste(state: ShellState, text: str) -> str:
    """Have a pasted text as a document of the session.

    Raises:
        LoadError: there is nothing to read in it.
    """
    state.refresh()
    known = set(state.sources)
    name = next(name for name in (f"{PASTED}{at}" for at in count(1)) if name not in known)
    document = load_text(text, name)
    used = None if state.used is None else state.used | {name}
    state.change(state.everyone.adding([document]), used)
    (extent,) = (one for one in state.extents if one.source == name)
    return (
        f"Added “{sanitize(name)}”, {counted(extent.sentences, 'sentence')}, for this session. "
        f"/remove {name} takes it out again."
    )
