"""Links on terminals: only where they are known to work, and only to files."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.present.links import link, supports_links, uri


@pytest.mark.parametrize(
    ("environ", "supported"),
    [
        ({"TERM": "xterm-256color", "VTE_VERSION": "7001"}, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "4600"}, False),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, False),
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm"}, False),
        ({"TERM": "dumb", "VTE_VERSION": "7001"}, False),
        ({"TERM": "linux"}, False),
        ({}, False),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.4"}, True),
        ({"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a"}, False),
        ({"TERM": "screen", "TMUX": "/tmp/x", "VTE_VERSION": "7001"}, False),
        ({"TERM": "screen.xterm", "STY": "1", "VTE_VERSION": "7001"}, False),
        ({"TERM": "xterm", "WT_SESSION": "1"}, True),
        ({"TERM": "xterm", "KONSOLE_VERSION": "210401"}, True),
        ({"TERM": "dumb", "FORCE_HYPERLINK": "1"}, True),
        ({"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, False),
        ({"TERM": "xterm", "VTE_VERSION": "new"}, False),
    ],
)
def test_which_terminals_get_links(environ: dict[str, str], supported: bool) -> None:
    assert supports_links(environ) is supported


def test_what_is_no_file_is_no_link(tmp_path: Path) -> None:
    assert link("pasted 1:3", "pasted 1") == "pasted 1:3"
    assert link("docs:1", str(tmp_path)) == "docs:1"
    assert link("a\0b", "a\0b") == "a\0b"


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
@given(
    st.binary(min_size=1, max_size=20).filter(lambda name: b"/" not in name and b"\0" not in name)
)
def test_a_link_leads_to_its_file_and_holds_nothing_that_acts(
    tmp_path_factory: pytest.TempPathFactory, name: bytes
) -> None:
    folder = tmp_path_factory.mktemp("links")
    path = Path(os.fsdecode(os.fsencode(folder) + b"/" + b"x" + name))
    path.write_text("x")
    address = uri(str(path))
    assert address.isascii()
    assert address.isprintable()
    assert not set(address) & set(";\x1b\x07 ")
    assert unquote_to_bytes("/" + address.removeprefix("file://").partition("/")[2]) == os.fsencode(
        path
    )
    assert link("text", str(path)) == f"\x1b]8;;{address}\x1b\\text\x1b]8;;\x1b\\"
