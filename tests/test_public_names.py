"""What users may import, and what importing it costs."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

import askdoc

NAMES = [
    "Answer",
    "AskdocError",
    "Assistant",
    "Citation",
    "Conversation",
    "Document",
    "Hit",
    "Passage",
    "Question",
    "ShortAnswer",
    "__version__",
    "load_paths",
    "load_text",
    "resolve",
]


def test_the_public_names_are_these() -> None:
    assert sorted(askdoc.__all__) == sorted(NAMES)
    assert dir(askdoc) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_each_public_name_is_there(name: str) -> None:
    assert getattr(askdoc, name) is getattr(askdoc, name)
    assert name == "__version__" or getattr(askdoc, name).__name__ == name


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Asistant"):
        _ = askdoc.Asistant


def _loaded_after(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after this code."""
    done = subprocess.run(
        [sys.executable, "-c", f"import sys, json\n{code}\nprint(json.dumps(sorted(sys.modules)))"],
        capture_output=True,
        text=True,
        check=True,
    )
    return {name.partition(".")[0] for name in json.loads(done.stdout.splitlines()[-1])}


HEAVY = {
    "nltk",
    "pydantic",
    "numpy",
    "prompt_toolkit",
    "rank_bm25",
    "markdown_it",
    "charset_normalizer",
    "Stemmer",
}


@pytest.mark.parametrize("code", ["import askdoc", "import askdoc.cli", "import askdoc.errors"])
def test_importing_askdoc_imports_nothing_heavy(code: str) -> None:
    assert not HEAVY & _loaded_after(code)


def test_the_library_needs_neither_the_shell_nor_a_network() -> None:
    loaded = _loaded_after(
        "import socket\n"
        "socket.socket = socket.create_connection = None\n"
        "from askdoc import Assistant\n"
        "assistant = Assistant.from_texts({'a': 'The bridge in the U.S. fell. It was old.'})\n"
        "assert assistant.ask('What fell?', threshold=0.0).citations"
    )
    assert "askdoc" in loaded
    assert not loaded & {"prompt_toolkit", "markdown_it", "charset_normalizer", "tqdm", "sacrebleu"}
