"""Where `python -m askdoc` and the console script `askdoc` begin."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["main"]


def main() -> int:
    """Run the command line; the exit code. Ctrl-C has no traceback, also before and after that."""
    shown, ignored = sys.excepthook, sys.unraisablehook

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            shown(kind, error, trace)

    def ignore(what: sys.UnraisableHookArgs) -> None:
        if not issubclass(what.exc_type, KeyboardInterrupt):
            ignored(what)

    sys.excepthook, sys.unraisablehook = show, ignore
    from askdoc.cli import main as run

    return run()


if __name__ == "__main__":
    sys.exit(main())
