"""SQLite's rollback journal, looked at before SQLite does.

What a killed writer left is undone from the journal when the catalogue is next opened for writing.
A journal may end with the name of another file, for transactions over several databases, and SQLite
deletes that file when it has undone what there was. askdoc writes one database and never such a
name, so a journal that has one was made to do harm.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

from askdoc.store.gate import CATALOG, JOURNAL, open_plain
from askdoc.store.telling import damaged, unwritable

_MAGIC = bytes.fromhex("d9d505f920a163d7")
# Magic; records; nonce; pages of the database before; bytes of a sector and of a page.
_HEADER = struct.Struct(">8sIIIII")
_SECTORS = range(32, 2**16 + 1)
_PAGES = range(512, 2**16 + 1)
_MOST = 2**40


def check_journal(data: Path) -> None:
    """See that undoing what a killed writer left changes the catalogue and nothing else.

    Raises:
        IndexDamaged: what stands there is no journal of askdoc's.
        IndexUnwritable: it cannot be looked at.
    """
    try:
        with open_plain(data / JOURNAL, _MOST) as file:
            head = file.read(_HEADER.size)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - len(_MAGIC)))
            tail = file.read(len(_MAGIC))
    except FileNotFoundError:
        return
    except ValueError as error:
        raise damaged(data, str(error)) from None
    except OSError as error:
        raise unwritable(error, data) from None
    if size > len(_MAGIC) and tail == _MAGIC:
        raise damaged(data, f"{JOURNAL} names another file")
    # SQLite takes nothing from a journal that does not begin as one.
    if len(head) == _HEADER.size and head.startswith(_MAGIC):
        _check_header(data, head)


def _check_header(data: Path, head: bytes) -> None:
    """The file would be made so long as this says."""
    _, _, _, pages, sector, page = _HEADER.unpack(head)
    try:
        size = (data / CATALOG).lstat().st_size
    except OSError as error:
        raise unwritable(error, data) from None
    # askdoc's catalogue never gets smaller, so it was no larger before than it is now.
    if sector not in _SECTORS or page not in _PAGES or pages * page > size:
        raise damaged(data, f"{JOURNAL} was changed")
