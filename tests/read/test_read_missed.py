"""What of a question a sentence lacks, and whether its document has it elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askdoc.load import load_text
from askdoc.model import Document, Hit
from askdoc.read.analysis import QuestionAnalysis
from askdoc.read.features import FEATURES, features
from askdoc.read.parts import PassageParts
from askdoc.split import group, split


def seen(question: str, document: Document) -> dict[str, dict[str, float]]:
    """The features of each sentence, by its text."""
    passages = list(group(split(document)))
    hits = [Hit(passage, 1.0) for passage in passages]
    table = features(
        QuestionAnalysis(question), hits, [PassageParts(passage) for passage in passages]
    )
    texts = [sentence.text for passage in passages for sentence in passage.sentences]
    rows = [dict(zip(FEATURES, row, strict=True)) for row in table.tolist()]
    return dict(zip(texts, rows, strict=True))


BOUNTY = """The commissioners received ten dollars for each person.

Their office was small. It stood by the river. The roof leaked.

Catchers brought people in from the north."""
TEN = "The commissioners received ten dollars for each person."


def test_what_the_document_has_beside_something_else_tells_that_something_else_was_asked() -> None:
    """QuestionAnalysis what a catcher got, a sentence on commissioners was cited with 66%."""
    asked = "How many dollars did a catcher receive?"
    assert seen(asked, Document(BOUNTY, "a"))[TEN]["elsewhere"] > 0.0
    asked = "How many dollars did a commissioner receive?"
    assert seen(asked, Document(BOUNTY, "a"))[TEN]["elsewhere"] == 0.0


def test_a_word_that_stands_nowhere_may_be_another_word_for_one_that_does() -> None:
    asked = "How many dollars did an arbiter pocket?"
    assert seen(asked, Document(BOUNTY, "a"))[TEN]["elsewhere"] == 0.0


def test_what_stands_just_before_or_in_the_heading_is_not_elsewhere() -> None:
    text = "# Catchers\n\nBrandl led them. He was paid ten dollars."
    found = seen("How much was Brandl of the catchers paid?", load_text(text, "a.md"))
    assert found["He was paid ten dollars."]["elsewhere"] == 0.0


@pytest.mark.parametrize(
    ("asked", "text", "lost"),
    [
        # Named in full once, by surname then.
        ("How old is Vikram Pereira?", "Vikram Pereira is gone. / Mr Pereira, 57, led it.", 0.0),
        ("How old is Vikram Pereira's dog?", "Vikram Pereira left. / Pereira's dog is 57.", 0.0),
        # Somebody else is called so as well, or alone.
        (
            "How old is Vikram Pereira?",
            "Vikram Pereira is gone. So is Ana Pereira. / Ms Pereira, 57, led it.",
            1.0,
        ),
        ("How old is Vikram Pereira?", "Ana Pereira is gone. / Ms Pereira, 57, led it.", 1.0),
        ("How old is Vikram Pereira?", "All are gone. / Mr Pereira, 57, led it.", 1.0),
        # Acronyms, written out in the question or in the text.
        ("Does the HUD led it?", "The Secretary of Housing and Urban Development led it.", 0.0),
        ("Did the Government Accountability Office see it?", "The GAO led it.", 0.0),
        ("Did the Government Accountability Office see it?", "The EPA led it.", 3.0),
        ("Does the HUD led it?", "The Secretary of Housing led it.", 1.0),
        ("Does the HUD led it?", "They had understood, and led it.", 1.0),
    ],
)
def test_a_name_in_other_words_is_not_lost(asked: str, text: str, lost: float) -> None:
    above, _, below = text.rpartition(" / ")
    found = seen(asked, load_text(f"# One\n\n{above or 'Nothing.'}\n\n# Two\n\n{below}", "a.md"))
    (row,) = [row for sentence, row in found.items() if below in sentence]
    assert row["lost_names"] == lost


@pytest.mark.parametrize(
    ("asked", "text", "other"),
    [
        ("What was paid to Open Door in 2024?", "# 2023\n\nOpen Door was paid 9,000.", 1.0),
        ("What was paid to Open Door in 2023?", "# 2023\n\nOpen Door was paid 9,000.", 0.0),
        ("What was paid to Open Door?", "# 2023\n\nOpen Door was paid 9,000.", 0.0),
        ("What was paid in 2024?", "# 2023\n\nIn 2024 Open Door was paid 9,000.", 0.0),
        ("What was paid in 2024?", "# Grants\n\nIn 2023 Open Door was paid 9,000.", 1.0),
        ("What was paid in 2024?", "# Grants\n\nIt was 2024. Paid were, since 2019, 9,000.", 0.0),
        ("What is due under the 2024 plan?", "# Plan of 2024\n\n9,000 is due by 2030.", 0.0),
    ],
)
def test_another_year_is_told_by_what_is_nearest(asked: str, text: str, other: float) -> None:
    found = seen(asked, load_text(text, "a.md"))
    (row,) = [row for sentence, row in found.items() if "9,000" in sentence]
    assert row["other_year"] == other


TABLE = """# Statement

Amounts are in dollars.

| Source | Total 2023 | Total 2022 |
|---|---|---|
| Grants | 310,000 | 185,550 |
| Dinner | 9,000 | 8,000 |
"""


def test_a_row_holds_the_names_of_its_columns() -> None:
    """Also where its passage begins above the table: a year that names a column was missed."""
    found = seen("What were the grants in 2022?", load_text(TABLE, "a.md"))
    row = found["| Grants | 310,000 | 185,550 |"]
    assert row["other_year"] == 0.0
    assert row["elsewhere"] == 0.0
    assert row["worst"] < 0.1
    assert seen("What were the grants in 2021?", load_text(TABLE, "a.md"))[
        "| Grants | 310,000 | 185,550 |"
    ]["other_year"] == pytest.approx(1.0)


_WORDS = st.sampled_from(
    "Ana Pereira HUD Housing Urban Development 2023 2024 left led the of".split()
)
_TEXTS = st.lists(_WORDS, min_size=1, max_size=12).map(lambda words: " ".join(words) + ".")


@given(asked=_TEXTS, paragraphs=st.lists(_TEXTS, min_size=1, max_size=4))
def test_what_is_lacking_is_bounded_by_what_was_asked(asked: str, paragraphs: list[str]) -> None:
    for row in seen(asked, Document("\n\n".join(paragraphs), "a")).values():
        assert 0.0 <= row["elsewhere"] <= 1.0 + 1e-9
        assert 0.0 <= row["lost_names"] <= len(QuestionAnalysis(asked).capitals)
        assert row["other_year"] in (0.0, 1.0)
        assert row["exact"] + row["elsewhere"] <= 1.0 + 1e-9
