"""A folder that cannot be written, as tantivy wants it: with room for a lock.

tantivy locks a file in the index's folder even to read it, and there may be no right to do so: the
index stands on a medium that cannot be written, or belongs to somebody else. So it gets a temporary
folder with links to the files.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

# What an OSError says of a place that cannot be written.
UNWRITABLE = r"Read-only|Permission denied|Operation not permitted"


class Mirror:
    """A temporary folder of links to the files in another one; removed when it is let go of."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._temporary = TemporaryDirectory(prefix="askdoc-")
        self.path = Path(self._temporary.name)
        self.follow()

    def follow(self) -> None:
        """Link what has come since."""
        for file in self._folder.absolute().iterdir():
            link = self.path / file.name
            if file.suffix != ".lock" and not link.is_symlink():
                link.symlink_to(file)
