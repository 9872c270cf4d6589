"""An answer as a notebook shows it: all of the document's text, and no markup but ours."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from present_samples import NOWHERE, QUOTE, WINE, answer_of, cite, cite_words, refusal

from askdoc.model import Answer, Document, Question, Span
from askdoc.present import one_line, sanitize

ROOT = Path(__file__).parents[2]
OURS = {"div", "p", "strong", "small", "ol", "li", "blockquote", "mark", "bdi"}
MARKUP = st.lists(
    st.sampled_from(
        ["<script>", "</mark>", "<!--", "-->", "<![CDATA[", "&lt;", "&#0;", "&", '"', "'", "<", ">",
         "</blockquote>", "$x$", "\\(", "\u202e", "\x00", "\x1b[2J", "\r\n", " ", "word", "<img "]
    ),
    min_size=1,
).map("".join)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), MARKUP)


class Page(HTMLParser):
    """What a browser would see: elements with their attributes, and the text of each kind."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.odd: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.open.append(tag)
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        if self.open.pop() != tag:
            self.odd.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        for tag in set(self.open):
            self.texts[tag][-1] += data

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def handle_decl(self, decl: str) -> None:
        self.odd.append(decl)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)

    def unknown_decl(self, data: str) -> None:
        self.odd.append(data)

    def check(self) -> None:
        assert not self.odd
        assert not self.open
        assert {tag for tag, _ in self.elements} <= OURS
        attributes = [pair for _, found in self.elements for pair in found.items()]
        assert {name for name, _ in attributes} <= {"class", "dir"}


def page(answer: Answer) -> Page:
    found = Page(answer._repr_html_())
    found.check()
    return found


@given(TEXTS, TEXTS, st.data())
def test_whatever_a_document_holds_is_shown_and_does_nothing(
    text: str, name: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    short = Span(start, data.draw(st.integers(start, len(text))))
    document = Document(text, name)
    citation = cite(document, 0, len(text), short, heading=name)
    shown = page(answer_of(citation))
    assert shown.texts["blockquote"] == [one_line(text)]
    marked = one_line(text[short.start : short.end])
    assert shown.texts.get("mark", []) == ([marked] if marked else [])
    # The HTML standard reads a line end of any kind as a line feed; there is none here to be read.
    assert shown.texts["bdi"] == [f"{sanitize(name)}:1", one_line(name)]
    near = page(refusal(citation))
    assert near.texts["blockquote"] == [one_line(text)]
    assert "mark" not in near.texts


def test_quote_mark_and_address() -> None:
    citation = cite_words(QUOTE, "two tugs", page=2, heading="Port log")
    citation = citation.model_copy(update={"place": "slide 3"})
    shown = page(answer_of(citation))
    assert shown.texts["blockquote"] == [
        "He asked for two tugs to hold the stern, because the wind had risen."
    ]
    assert shown.texts["mark"] == ["two tugs"]
    assert shown.texts["p"] == ["log/port.txt:3, page 2, slide 3, under Port log, 83% sure"]


def test_several_citations_are_a_list_in_their_order() -> None:
    shown = page(answer_of(cite_words(QUOTE), cite_words("Nobody was hurt.")))
    assert [one.split(".")[0] for one in shown.texts["li"]] == [
        "He asked for two tugs to hold the stern, because the wind had risen",
        "Nobody was hurt",
    ]
    assert "ol" not in page(answer_of(cite_words(QUOTE))).texts


def test_a_refusal_says_so_and_marks_nothing() -> None:
    assert page(refusal()).texts["div"] == ["The documents don't say."]
    shown = page(refusal(cite_words(QUOTE, "two tugs")))
    assert shown.texts["strong"] == ["The documents don't say."]
    assert "Nearest, but not an answer:" in shown.texts["p"]
    assert shown.texts["blockquote"][0].startswith("He asked for two tugs")
    assert "mark" not in shown.texts


def test_a_refusal_says_what_is_missing() -> None:
    shown = page(refusal(cite_words(QUOTE), missing=NOWHERE))
    said = "'Eiffel Tower', 'O'Brien' and '<wine>' stand nowhere in them."
    assert shown.texts["p"][0] == f"The documents don't say. {said}"
    shown = page(refusal(cite_words(QUOTE), missing=WINE, incomplete=True))
    assert shown.texts["strong"] == ["What was read so far doesn't say."]
    shown = page(refusal(no_question=True))
    assert shown.texts["strong"] == ["I only quote."]
    assert shown.texts["p"][0].startswith("I only quote. Ask for ")


def test_perhaps_is_said_before_what_has_a_chance() -> None:
    near = cite_words(QUOTE, "two tugs", confidence=0.2)
    shown = page(refusal(near, perhaps_threshold=0.1, missing=WINE))
    assert shown.texts["strong"] == ["Perhaps:"]
    assert shown.texts["mark"] == ["two tugs"]
    assert shown.texts["p"][-1] == "Nothing about 'wine' or 'vin\\x1b' stands near 'France'."


def test_the_question_is_shown_where_it_was_understood_as_another() -> None:
    answer = answer_of(cite_words(QUOTE))
    assert "asking:" not in answer._repr_html_()
    question = Question(asked="And why?", resolved="Why did he ask for <two> tugs?")
    shown = page(answer.model_copy(update={"question": question}))
    assert shown.texts["p"][0] == "asking: Why did he ask for <two> tugs?"


def test_formulas_are_not_typeset_in_prices() -> None:
    document = Document("It costs $5 or $6.", "prices.txt")
    classes = page(answer_of(cite(document, 0, 18))).elements[0][1]["class"]
    assert classes == "tex2jax_ignore mathjax_ignore"  # as MathJax 2 and 3 are told


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """What a real kernel gives for cells that ask the sample documents."""
    reason = "needs a notebook kernel: pip install nbclient ipykernel"
    nbclient = pytest.importorskip("nbclient", reason=reason)
    nbformat = pytest.importorskip("nbformat", reason=reason)
    jupyter_client = pytest.importorskip("jupyter_client", reason=reason)
    pytest.importorskip("ipykernel", reason=reason)
    cells = [
        "import askdoc\nassistant = askdoc.Assistant.from_paths('seeds')",
        "assistant.ask('What did Sheinbaum ask Trump to help stop?')",
        "assistant.ask('Who won the chess tournament in Reykjavik?')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    with pytest.MonkeyPatch.context() as patch:
        for variable in ("JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(variable, str(tmp_path_factory.mktemp("kernel")))
        # Sockets of files: the tests open no network.
        manager = jupyter_client.AsyncKernelManager(kernel_name="python3", transport="ipc")
        folder = {"metadata": {"path": str(ROOT)}}
        nbclient.NotebookClient(notebook, km=manager, timeout=60, resources=folder).execute()
    return [cell["outputs"] for cell in json.loads(nbformat.writes(notebook))["cells"]]


def test_a_real_notebook_shows_answers(outputs: list[Any]) -> None:
    assert outputs[0] == []
    answered, refused = (found[0]["data"]["text/html"] for found in outputs[1:])
    shown = Page("".join(answered))
    shown.check()
    assert "stop the flow of weapons" in shown.texts["blockquote"][0]
    assert shown.texts["mark"][0] in shown.texts["blockquote"][0]
    assert shown.texts["p"][-1].startswith("seeds/sheinbaum-trump-call.txt:")
    refusal_shown = Page("".join(refused))
    refusal_shown.check()
    assert refusal_shown.texts["strong"] == ["The documents don't say."]
