"""A private folder with what is committed, for tantivy to open.

tantivy reads its list and takes a lock in the folder that it opens. The index's own folder may
belong to somebody else, or stand on a medium that cannot be written, and its list may be newer than
what is committed. So tantivy gets a temporary folder with the committed list and links to the very
files that were checked. It has them in memory when it has opened them: then the folder goes.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from askdoc.store.gate import META

# Where the system gives a name to an open file, whatever becomes of the name that it was opened by.
_OPEN_FILES = Path("/proc/self/fd")


@contextmanager
def mirror(folder: Path, listing: str, files: Mapping[str, BinaryIO]) -> Iterator[Path]:
    """A temporary folder with tantivy's list and links to its files; it is removed afterwards.

    Args:
        folder: where the files are.
        listing: tantivy's list.
        files: those on the list, opened.

    Raises:
        OSError: there is no place for temporary files.
    """
    with TemporaryDirectory(prefix="askdoc-", ignore_cleanup_errors=True) as temporary:
        place = Path(temporary)
        (place / META).write_text(listing, encoding="utf-8")
        by_number = _OPEN_FILES.is_dir()
        for name, file in files.items():
            target = _OPEN_FILES / str(file.fileno()) if by_number else folder.absolute() / name
            _link(place / name, target, folder / name)
        yield place


def _link(link: Path, target: Path, file: Path) -> None:
    """A link to a file, or where there are none another name for it, or a copy."""
    try:
        link.symlink_to(target)
    except (OSError, NotImplementedError):
        try:
            os.link(file, link)
        except OSError:
            shutil.copyfile(file, link)
