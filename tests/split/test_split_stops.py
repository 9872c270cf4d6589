"""Full stops after which a sentence ends or goes on: bars of tables, closed names, dates."""

from __future__ import annotations

import pytest

from split.cases import sentences


@pytest.mark.parametrize("cell", ["No.", "9 a.m.", "1.", "etc.", "Qty.", "q.6h."])
def test_a_row_was_cut_at_an_abbreviation_before_a_bar(cell: str) -> None:
    row = f"Rope, 10 mm | {cell} | Harbour master"
    assert sentences(row) == [row]


def test_a_sentence_in_a_cell_still_ends_before_the_bar() -> None:
    assert sentences("The pump failed. | Nobody knew.") == ["The pump failed.", "| Nobody knew."]


@pytest.mark.parametrize(
    "caption",
    [
        "Figure 3. The berth in 1912.",
        "Table 2: Fees by year",
        "Fig. 4 – The dock",
        "Chart 1: Ships",
    ],
)
def test_a_caption_in_a_block_was_joined_with_the_running_text(caption: str) -> None:
    before = "The berth lies north of the pier and was dredged in the year before the war began."
    after = "Its depth is nine metres at low water, and no ship of the line has ever run aground."
    assert sentences(f"{before}\n{caption}\n{after}") == [before, caption, after]


@pytest.mark.parametrize("reference", ["in", "from", "(see"])
def test_a_wrapped_reference_to_a_figure_is_no_caption(reference: str) -> None:
    line = (
        f"The depth of the berth was measured each year, and all the figures are given {reference}"
    )
    text = (
        f"{line}\nTable 2. They hold for the whole of the north dock as it was before the war was"
    )
    assert sentences(text)[0].startswith("The depth")
    assert "Table 2" in sentences(text)[0]


@pytest.mark.parametrize("form", ["Inc.", "Ltd.", "plc.", "GmbH.", "L.L.C."])
def test_a_firm_that_ends_a_sentence_swallowed_the_next(form: str) -> None:
    assert sentences(f"He sued Brandt & Holm {form} Costs were reserved.") == [
        f"He sued Brandt & Holm {form}",
        "Costs were reserved.",
    ]
    whole = f"Brandt {form} Chairwoman Lucie Roy resigned."
    assert sentences(whole) == [whole]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("line", "following"),
    [
        ("Die Sitzung beginnt am 3.", "Oktober um 18 Uhr im Rathaus der Stadt."),
        ("The harbour is run by Dr.", "Holm, who has been there since the flood."),
        ("The rule is that of Art.", "12 of the treaty, which nobody has read."),
    ],
)
def test_a_line_that_ends_in_an_abbreviation_was_a_sentence(
    line: str, following: str, end: str
) -> None:
    assert sentences(f"{line}{end}{following}") == [f"{line}{end}{following}"]


@pytest.mark.parametrize(
    "date", ["3. mai 2011", "3. května 2011", "3. toukokuuta", "3. 5. 2011", "12. Mai 1971"]
)
def test_dates_of_other_languages_are_whole(date: str) -> None:
    assert sentences(f"Oslo {date} Praha.") == [f"Oslo {date} Praha."]


@pytest.mark.parametrize(
    "messages",
    [
        ["[19:31, 3/5/2024] Ann: At 5. Bring it.", "[19:33, 3/5/2024] +44 7700 900123: Yes. Ok."],
        ["2024-05-03T19:31:02Z Ann: At 5. Bring it.", "2024-05-03T19:33:02Z Tom: Yes. Ok."],
        ["Ann Hollis, 10:14 AM\nAt 5. Bring it.", "Tom Berg, 10:16 AM\nYes. Ok."],
        ["Ann Hollis\n10:14 AM\nAt 5. Bring it.", "Tom Berg\n10:16 AM\nYes. Ok."],
        ["Ann  Mar 5th at 9:41 AM\nAt 5. Bring it.", "Tom  Mar 5th at 9:43 AM\nYes. Ok."],
        ["(9:12:03 PM) ann: At 5. Bring it.", "(9:12:55 PM) tom: Yes. Ok."],
        ["Ann (00:12): At 5. Bring it.", "Tom (00:20): Yes. Ok."],
        ["09:12:03 -!- ann has joined #dock", "09:12:55 <tom> Hi. Ok."],
    ],
)
def test_messages_whose_stamps_were_not_known_were_cut_as_prose(messages: list[str]) -> None:
    assert sentences("\n".join(messages)) == messages
