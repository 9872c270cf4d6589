"""Links to files on terminals (OSC 8), where these are known to support them.

A terminal that does not know the escape would show the address twice, so it is not tried. The form
and the list of terminals follow egmontkob's "Hyperlinks in terminal emulators".
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from askdoc.present.sanitize import sanitize

_PROGRAMS = frozenset(
    ("iterm.app", "wezterm", "vscode", "hyper", "ghostty", "rio", "tabby", "mintty", "warpterminal")
)
_TERMS = ("xterm-kitty", "alacritty", "foot", "contour", "xterm-ghostty", "wezterm")
# The first versions that know links.
_VTE, _KONSOLE, _TMUX = 5000, 201200, (3, 4)
_PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")


def supports_links(environ: Mapping[str, str]) -> bool:
    """Whether the terminal that an environment tells of knows links.

    `FORCE_HYPERLINK` overrules: 0 means no, anything else yes.
    """
    forced = environ.get("FORCE_HYPERLINK")
    if forced:
        return forced != "0"
    term, program = environ.get("TERM", ""), environ.get("TERM_PROGRAM", "").lower()
    if term in ("", "dumb", "linux"):
        return False
    if "TMUX" in environ or program == "tmux":
        # What is around tmux says nothing about what comes through it.
        return program == "tmux" and _version(environ.get("TERM_PROGRAM_VERSION", "")) >= _TMUX
    if term.startswith("screen") or "STY" in environ:
        return False
    return (
        program in _PROGRAMS
        or term.startswith(_TERMS)
        or any(name in environ for name in ("WT_SESSION", "KITTY_WINDOW_ID", "DOMTERM"))
        or _number(environ.get("VTE_VERSION", "")) >= _VTE
        or _number(environ.get("KONSOLE_VERSION", "")) >= _KONSOLE
    )


def link(text: str, source: str) -> str:
    """The text as a link to a file, as it is where the source is no file here."""
    address = uri(source)
    return f"\x1b]8;;{address}\x1b\\{text}\x1b]8;;\x1b\\" if address else text


def uri(source: str) -> str:
    """A file's address, every character in it that is not plain escaped; "" of what is no file."""
    try:
        path = Path(source).absolute()
        if not path.is_file():
            return ""
        raw = os.fsencode(path)
    except (OSError, ValueError):
        return ""
    if os.name == "nt":
        raw = b"/" + raw.replace(b"\\", b"/")
    quoted = "".join(chr(byte) if byte in _PLAIN else f"%{byte:02X}" for byte in raw)
    # The host's name lets a terminal see that the file is not on the machine it runs on.
    return f"file://{_host()}{quoted}"


def _host() -> str:
    name = os.uname().nodename if hasattr(os, "uname") else ""
    return (
        name if sanitize(name) == name and name.replace("-", "").replace(".", "").isalnum() else ""
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _version(text: str) -> tuple[int, ...]:
    """3.4a -> (3, 4)."""
    parts = text.split(".")[:2]
    digits = ["".join(char for char in part if char.isascii() and char.isdigit()) for part in parts]
    return tuple(int(part or 0) for part in digits)
