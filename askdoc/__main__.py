"""Where `python -m askdoc` and the console script `askdoc` begin."""

from __future__ import annotations

import sys

from askdoc.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
