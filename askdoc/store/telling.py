"""What is wrong with a saved index, in the user's words."""

from __future__ import annotations

import os
import shlex

from askdoc.errors import IndexChanged, IndexDamaged, IndexUnwritable

REBUILD = "Make it anew: askdoc index --rebuild PATH..."


def unwritable(error: BaseException, folder: str | os.PathLike[str]) -> IndexUnwritable:
    """That the index could not be written."""
    reason = getattr(error, "strerror", None) or str(error)
    return IndexUnwritable(
        f"cannot write the saved index ({reason[:1].lower()}{reason[1:].rstrip('.')})",
        shown(folder),
        "Make room or change the folder's rights, then run the command again: what was saved "
        "before is still there.",
    )


def damaged(folder: str | os.PathLike[str], why: str) -> IndexDamaged:
    """That the index does not hold what was written."""
    remedy = f"{REBUILD}{option(folder)}"
    return IndexDamaged(f"the saved index is damaged ({why})", shown(folder), remedy)


def changed(folder: str | os.PathLike[str]) -> IndexChanged:
    """That something has left the index."""
    return IndexChanged("the saved index was updated meanwhile", shown(folder), "Ask again.")


def option(index: str | os.PathLike[str]) -> str:
    """What a command has to be given besides, for it to mean this index: " --index URL" where it is
    in a cluster; "" for a folder."""
    named = os.fspath(index)
    return f" --index {shlex.quote(named)}" if named.startswith(("http://", "https://")) else ""


def shown(path: str | os.PathLike[str]) -> str:
    """A path that can be printed."""
    return os.fspath(path).encode("utf-8", "backslashreplace").decode("utf-8")
