"""Notebooks: cells in their order, code as in a source file, results that are text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import outline

from askdoc.errors import EmptySource, LoadError, UnsupportedFormat
from askdoc.load.text.ipynb import load_ipynb
from askdoc.model import Document


def cell(kind: str, source: Any, **more: Any) -> dict[str, Any]:
    return {"cell_type": kind, "metadata": {}, "source": source, **more}


def read(*cells: Any, **more: Any) -> Document:
    notebook = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **more}
    return load_ipynb(json.dumps(notebook).encode(), "a.ipynb")


TABLE = (
    "<table><thead><tr><th></th><th>port</th><th>tons</th></tr></thead>"
    "<tbody><tr><th>0</th><td>Kesk</td><td>40</td></tr>"
    "<tr><th>1</th><td>Vell</td><td>55</td></tr></tbody></table>"
)


def test_cells_are_places_and_markdown_has_headings() -> None:
    document = read(
        cell("markdown", ["# Tides\n", "\n", "High water is at *noon*."]),
        cell("code", "def tide():\n    return 40\n", outputs=[]),
        cell("raw", "Left as it is."),
        cell("markdown", "## Method\nWe measured."),
    )
    assert document.text == (
        "# Tides\n\nHigh water is at *noon*.\n\ndef tide():\n    return 40\n\nLeft as it is.\n\n"
        "## Method\nWe measured."
    )
    assert [(heading.level, heading.title) for heading in document.headings] == [
        (1, "Tides"),
        (2, "Method"),
    ]
    assert document.place_at(document.text.index("return")) == "cell 2"
    assert document.place_at(document.text.index("measured")) == "cell 4"


@pytest.mark.parametrize(
    ("output", "shown"),
    [
        ({"output_type": "stream", "text": ["The tide\n", "is 40.\n"]}, "The tide\nis 40."),
        ({"output_type": "execute_result", "data": {"text/plain": "40"}}, "40"),
        (
            {"data": {"text/plain": "   port\n0  Kesk", "text/html": [TABLE]}},
            "1 | port: Vell | tons: 55",
        ),
        ({"data": {"text/html": "<b>40</b>", "text/plain": "40"}}, "40"),
        ({"data": {"image/png": "iVBO", "text/plain": "<Figure size 640x480>"}}, ""),
        ({"ename": "KeyError", "evalue": "'x'", "traceback": ["\x1b[31m----"]}, "KeyError: 'x'"),
        ({"output_type": "stream", "text": "\x1b[1;31mred\x1b[0m"}, "red"),
        ({"data": {"application/json": {"a": 1}}}, ""),
        ({"data": "odd", "text": {}}, ""),
    ],
)
def test_results_that_are_text(output: Any, shown: str) -> None:
    text = read(cell("code", "x = 1", outputs=[output])).text
    assert text.removeprefix("x = 1").strip().splitlines()[-1:] == shown.splitlines()[-1:]


def test_notebooks_of_long_ago() -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Tides"]},
        {"cell_type": "code", "input": "x = 1", "outputs": [{"text": "40"}], "language": "python"},
    ]
    old = {"worksheets": [{"cells": cells}], "nbformat": 3}
    document = load_ipynb(json.dumps(old).encode(), "a.ipynb")
    assert document.text == "Tides\n\nx = 1\n\n40"
    assert outline(document) == [(2, "Tides")]


@pytest.mark.parametrize("data", [b"{}", b"[]", b"x", b"[" * 99_999, b'{"cells": 5}', b'{"cells":'])
def test_what_is_no_notebook(data: bytes) -> None:
    with pytest.raises(UnsupportedFormat, match=r"not a notebook: a\.ipynb"):
        load_ipynb(data, "a.ipynb")
    with pytest.raises(EmptySource):
        read(cell("code", " \n", outputs=[]))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["cells", "source", "outputs", "data", "text/html", "text", "ename"])
            | st.just("cell_type"),
            inner | st.sampled_from(["markdown", "heading", "# a\n<table><tr><td>b"]),
            max_size=4,
        )
    ),
    max_leaves=20,
)


@settings(deadline=None)
@given(VALUES)
def test_any_notebook_gives_a_document_or_a_clear_refusal(value: Any) -> None:
    try:
        document = load_ipynb(json.dumps({"cells": value}).encode(), "a.ipynb")
    except LoadError as problem:
        assert problem.where == "a.ipynb"
    else:
        assert document.text.strip()
        assert all(0 <= h.span.start < h.span.end <= len(document.text) for h in document.headings)
