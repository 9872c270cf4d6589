"""Child processes that answer messages, and may crash, hang or hunger without harm to the parent.

What parses users' files runs here, since a damaged file can crash a library, keep it busy for ever,
or make it ask for all memory. A child runs one module, which calls `serve`; it gets bytes and gives
bytes, so that nothing it says can run code in the parent. Only `subprocess` is asked of the system:
a fork would copy the parent's threads and locks, and multiprocessing runs the user's script again.

What a job may use up is processor time, so that a busy machine costs no job anything; the child has
the system count it. The wall clock is only looked at for a child that does nothing any more.

`pool` hands out the work, some jobs at a time where they are small, `process` is one child as the
parent sees it, `watch` keeps the wall clock, and `serving` is what runs in the child.
"""

from __future__ import annotations

from askdoc.workers.pool import Workers, end_all, processors
from askdoc.workers.process import Failure, Outcome
from askdoc.workers.serving import serve

__all__ = ["Failure", "Outcome", "Workers", "end_all", "processors", "serve"]
