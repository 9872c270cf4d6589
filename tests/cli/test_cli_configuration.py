"""The configuration of a user, `askdoc/config.toml`: what it sets, and that it may be anybody's."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from program import ASK, LOG, QUOTE, Inside, askdoc

from askdoc.cli.configuration import KEYS, configure, place
from askdoc.cli.options import OPTIONS, Request
from askdoc.errors import AskdocError

QUICK = ("--reader=lexical", "--threshold=0")


@pytest.fixture
def config(folder: Path) -> Path:
    path = folder / ".config" / "askdoc" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def test_an_index_of_one_s_own_is_asked_brought_up_to_date_and_told_of_anywhere(
    folder: Path, inside: Inside, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config.write_text('index = "~/kept/index"\naddresses = "relative"\n')
    assert inside("index", "log.md")[0] == 0
    assert (folder / "kept" / "index" / "index.json").is_file()
    assert not (folder / "index").exists()
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    code, out, _ = inside("query", ASK, *QUICK, "-n1")
    assert (code, out.splitlines()[0]) == (0, QUOTE)
    assert "    ../log.md:5  " in out
    assert "1 document" in inside("status")[1]
    assert "../log.md:1" in inside("search", "captain")[1]
    (folder / "log.md").write_text(LOG.replace("forty", "sixty"))
    assert "1 changed" in inside("index")[1]
    assert inside("remove", "../log.md")[0] == 0
    # Verify looks a name up in an index only where it is told to.
    assert inside("query", ASK, "../log.md", "--no-cache", *QUICK)[0] == 0


def test_an_index_where_one_stands_and_one_that_is_named_come_first(
    folder: Path, inside: Inside, config: Path
) -> None:
    for name, number in (("own", "ten"), ("named", "twenty"), ("index", "thirty")):
        (folder / f"{name}.txt").write_text(f"The ferry Halcyon carried {number} cars.\n")
        assert inside("index", f"{name}.txt", "--index", name)[0] == 0
    config.write_text('index = "~/own"\n')
    ask = ("query", ASK, *QUICK, "-n1")
    assert "twenty" in inside(*ask, "--index", "named")[1]
    assert "thirty" in inside(*ask)[1]
    (folder / "index").rename(folder / "other")
    assert "ten cars" in inside(*ask)[1]


def test_the_command_line_has_the_last_word(inside: Inside, config: Path) -> None:
    config.write_text('reader = "lexical"\ncolor = "always"\ncache = false\n')
    ask = ("query", ASK, "log.md", "--threshold=0", "-n1")
    assert "\x1b[2m" in inside(*ask)[1]
    assert "\x1b" not in inside(*ask, "--color", "never")[1]
    neural = json.loads(inside(*ask, "--json", "--reader", "neural")[1])
    assert neural["confidence"] != json.loads(inside(*ask, "--json")[1])["confidence"]


def test_every_key_is_the_field_of_an_option_that_says_what_it_takes() -> None:
    for key in KEYS:
        (option,) = [one for one in OPTIONS if one.field == key]
        assert option.choices or not option.value or key == "index"


WRONG = [
    ("index = 3", "index takes the path of a folder"),
    ('index = "here"', "index takes the path of a folder"),
    ('index = "/a\\u0000b"', "index takes the path of a folder"),
    ('reader = "blue"', "reader takes neural or lexical, not 'blue'"),
    ("reader = true", "reader takes neural or lexical, not true"),
    ("nearest = 1", "nearest takes true or false, not 1"),
    ("nearest = []", "nearest takes true or false, not []"),
    ('indx = "/x"', "the configuration has no key 'indx'"),
    ("[index]\na = 1", "index takes"),
    ('color = "\x7f"', "line 1"),
    ("a = ", "line 1"),
    ("ok = 1\n\n= 2", "line 3"),
    ("cache = true\ncache = true", "line 2"),
    ("a = 1979-99-99", "not TOML"),
    (f"a = {'9' * 5000}", "not TOML"),
    (f"a = {'[' * 5000}", "nested too deep"),
    (f'"{"k" * 9000}" = 1', "no key"),
    (f"# {'x' * 70_000}", "more than 65,536 bytes"),
]


@pytest.mark.parametrize(("content", "said"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_one_line_with_the_file_and_the_line_or_key(
    inside: Inside, config: Path, content: str, said: str
) -> None:
    config.write_text(content)
    code, out, err = inside("query", ASK, "log.md")
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert said in err and str(config) in err and len(err) < 600
    assert "fault in askdoc" not in err


@settings(deadline=None, max_examples=150)
@given(
    content=st.binary(max_size=60)
    | st.text("[]{}='\"\\.#_-+\n\t 0189eEtfinaxo\x00é", max_size=60).map(str.encode)
)
def test_no_content_is_a_fault_of_askdoc(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.getbasetemp() / "config" / "askdoc"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "config.toml").write_bytes(content)
    try:
        configure(Request(), {"XDG_CONFIG_HOME": str(folder.parent)})
    except AskdocError as error:
        assert str(folder) in str(error)


def test_bytes_that_are_no_utf_8_are_told_with_their_line(inside: Inside, config: Path) -> None:
    config.write_bytes(b"# fine\n# \xff\n")
    assert "line 2 is not UTF-8" in inside("status")[2]


@pytest.mark.skipif(os.name == "nt", reason="no such files there")
@pytest.mark.parametrize("kind", ["folder", "pipe", "loop", "device"])
def test_what_is_no_file_is_an_error_and_keeps_nobody_waiting(
    inside: Inside, config: Path, kind: str
) -> None:
    if kind == "folder":
        config.mkdir()
    elif kind == "pipe":
        os.mkfifo(config)
    else:
        config.symlink_to(config if kind == "loop" else "/dev/zero")
    code, out, err = inside("query", ASK, "log.md")
    assert (code, out, err.count("\n")) == (2, "", 1) and str(config) in err


def test_without_a_file_or_a_home_nothing_is_set(folder: Path) -> None:
    assert place({"XDG_CONFIG_HOME": "relative"}).endswith("/.config/askdoc/config.toml")
    request = Request()
    before = dict(vars(request))
    configure(request, {"XDG_CONFIG_HOME": str(folder / "nowhere")})
    configure(request, {"XDG_CONFIG_HOME": str(folder / "log.md")})
    assert vars(request) == before


def test_help_version_and_completion_need_no_configuration(folder: Path, config: Path) -> None:
    config.write_text("=")
    for arguments in (["--help"], ["--version"], ["completion", "bash"]):
        assert askdoc(folder, *arguments)[0] == 0
    assert askdoc(folder, "status")[0] == 2
