"""Keep something up to date with files that change: a saved index, verdicts on saved answers.

`events` is told by the system where something may have changed, in the `folders` that are watched;
`loop` waits until it is quiet and has it looked at, and has everything looked at from time to time,
since a hint may be lost. `indexing` updates a saved index, always by `index.update`, and `answers`
checks saved answers, always by `verify.verify`.
"""

from __future__ import annotations

from askdoc.watch.answers import Checked, watch_answers
from askdoc.watch.indexing import Updated, watch

__all__ = ["Checked", "Updated", "watch", "watch_answers"]
