"""Wrong and hostile arguments: an error that says what to do, and never a fault of askdoc."""

from __future__ import annotations

import json
from typing import Any

import anyio
import pytest
from calling import LOG, call, over, words
from hypothesis import given, settings
from hypothesis import strategies as st
from mcp_types import CallToolResult

from askdoc.mcp.server import make_server
from askdoc.mcp.stdio import mended

WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("nothing" * 999, {}, "There are: ask, search, read, documents, verify."),
    ("index", {"paths": ["."]}, "--allow-index"),
    ("ask", {}, "question is missing"),
    ("ask", {"question": 3}, "question: "),
    ("ask", {"question": "x" * 8001}, "at most 8000 characters"),
    ("ask", {"question": "?!"}, "Ask in plain words."),
    ("ask", {"question": "Who?", "limit": 0}, "limit: "),
    ("ask", {"question": "Who?", "threshold": 1.5}, "threshold: "),
    ("ask", {"question": "Who?", "sources": ["../../etc/passwd"]}, "There are: log.md"),
    ("ask", {"question": "Who?", "history": [{"q": "x"}]}, "history.0.question is missing"),
    ("ask", {"query": "Who?"}, "no argument query. It takes question, history?"),
    ("search", {"words": " "}, "Ask in plain words."),
    ("search", {"words": "x", "limit": 10**30}, "limit: "),
    ("read", {"source": "/etc/passwd"}, "There are: log.md"),
    ("read", {"source": "../log.md"}, "There are: log.md"),
    ("read", {"source": "log.md\0"}, "There are: log.md"),
    ("read", {"source": "log.md", "start": 10**6}, "Read from an earlier one on."),
    ("read", {"source": "log.md", "start": -1}, "start: "),
    ("read", {"source": "log.md", "cursor": "5/-3"}, "Give next_cursor"),
    ("read", {"source": "log.md", "cursor": "٣/٤"}, "Give next_cursor"),
    ("read", {"source": "log.md", "cursor": "9" * 5000}, "cursor: "),
    ("verify", {}, "Give quotes with their sources"),
    ("verify", {"answer": {"question": "x"}}, "Give all that ask gave"),
    ("verify", {"answer": []}, "answer: "),
    ("verify", {"quotes": [{"quote": "", "source": "log.md"}]}, "quotes.0.quote: "),
]


@pytest.mark.parametrize(("name", "arguments", "said"), WRONG)
def test_a_wrong_call_is_an_error_that_says_what_to_do(
    name: str, arguments: dict[str, Any], said: str
) -> None:
    result = call(over({"log.md": LOG}), name, **arguments)
    text = words(result)
    assert result.is_error and said in text
    assert "Traceback" not in text and "fault in askdoc" not in text and "pydantic" not in text
    assert len(text) < 1000


ODD = st.text(max_size=20) | st.sampled_from(
    [
        "\0",
        "x" * 9000,
        "../..",
        "/etc/passwd",
        "log.md",
        "{}",
        "[]",
        "1/2",
        "null",
        "\ud800",
        "\x1b",
    ]
)
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD, inner, max_size=3),
    max_leaves=6,
)
NAMES = st.sampled_from(["question", "history", "sources", "limit", "threshold", "words", "source",
                         "start", "cursor", "containing", "answer", "quotes", "paths"])  # fmt: skip
SERVER = make_server(over({"log.md": LOG}))
TOOLS = st.sampled_from(["ask", "search", "read", "documents", "verify"])


@settings(deadline=None, max_examples=40)
@given(TOOLS, st.dictionaries(NAMES, ANY, max_size=3))
def test_no_call_at_all_is_a_fault_of_askdoc(name: str, arguments: dict[str, Any]) -> None:
    # Not by the client, which can't send a lone surrogate.
    result = anyio.run(SERVER.call_tool, name, arguments)
    assert isinstance(result, CallToolResult)
    text = words(result)
    text.encode("utf-8")  # The server's output would end with a lone surrogate.
    assert "fault in askdoc" not in text and "Traceback" not in text


@given(st.text(st.characters()), st.booleans())
def test_a_line_with_half_a_character_is_mended_and_any_other_left(text: str, ascii: bool) -> None:
    line = json.dumps({"a": [text]}, ensure_ascii=True).encode() + b"\n"
    if not ascii:
        line = json.dumps({"a": [text]}, ensure_ascii=False).encode("utf-8", "replace") + b"\n"
    found = json.loads(mended(line).decode("utf-8"))["a"][0]
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if ascii and whole == text:
        assert found == text
    found.encode("utf-8")
    assert mended(b'{"a": "\\ud800\n') == b'{"a": "\\ud800\n'
