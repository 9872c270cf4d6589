"""What all tests stand on."""

from __future__ import annotations

import signal

# A shell that starts the tests in its background has them ignore Ctrl-C, and every program that
# they start inherits that: tests of what Ctrl-C does would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
