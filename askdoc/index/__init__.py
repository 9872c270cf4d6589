"""Build and update a saved index: files on one side, `askdoc.store` on the other.

`plan` finds what is new, changed, moved or gone; `building` has that read, split and analysed
(`askdoc.reading`) and puts what comes back into the index, some files at a time, which
`committing` commits; `build` says which index, which paths (`named`), and who may write it;
`survey` tells what an index holds.
"""

from askdoc.index.api import remove, update
from askdoc.index.indexer import Report
from askdoc.index.status import Status, status, unread

__all__ = ["Report", "Status", "remove", "status", "unread", "update"]
