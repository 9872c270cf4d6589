"""What holds for the sentences of any text, and what is asked of the layout around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import DOCUMENTS, LONG_RUNS, PROSE, TEXTS, UNTIMED

from askdoc.model import Document, Sentence
from askdoc.split import split
from askdoc.split.sentences import LONGEST
from split.cases import sentences


def check(document: Document) -> list[Sentence]:
    """Assert everything that a user of sentences may rely on; the sentences in order."""
    blocks = split(document)
    assert all(blocks)
    found = [sentence for block in blocks for sentence in block]
    end = 0
    for sentence in found:
        assert sentence.document is document
        assert end <= sentence.start < sentence.end <= len(document.text)
        assert sentence.text == sentence.text.strip()
        assert sentence.text
        assert len(sentence.text) <= LONGEST
        assert not document.text[end : sentence.start].strip()
        end = sentence.end
    assert not document.text[end:].strip()
    return found


@UNTIMED
@given(DOCUMENTS)
def test_sentences_hold_everything_but_white_space(document: Document) -> None:
    check(document)


@UNTIMED
@given(LONG_RUNS, st.sampled_from(["", ".", "\n", "\n\n", " ‖"]))
def test_no_sentence_is_endless(run: str, end: str) -> None:
    found = check(Document(f"Before it. {run}{end}", "a"))
    assert len(found) >= len(run) // LONGEST


@UNTIMED
@given(DOCUMENTS)
def test_splitting_again_gives_the_same(document: Document) -> None:
    spans = [[sentence[1:] for sentence in block] for block in split(document)]
    again = Document(document.text, document.source)
    assert [[sentence[1:] for sentence in block] for block in split(again)] == spans


@UNTIMED
@given(PROSE, PROSE)
def test_a_blank_line_always_cuts(above: str, below: str) -> None:
    blocks = split(Document(f"{above}\n\n{below}", "a"))
    assert [block[0].start for block in blocks] == [0, len(above) + 2]
    assert [sentence.text for sentence in blocks[0]] == sentences(above)
    assert [sentence.text for sentence in blocks[1]] == sentences(below)


@UNTIMED
@given(st.lists(PROSE, min_size=1, max_size=4))
def test_the_kind_of_line_end_changes_nothing(paragraphs: list[str]) -> None:
    plain = sentences("\n\n".join(paragraphs))
    assert sentences("\r\n\r\n".join(paragraphs)) == plain
    assert sentences("\r\r".join(paragraphs)) == plain
    assert sentences("\n \t\n".join(paragraphs)) == plain


@UNTIMED
@given(TEXTS.filter(lambda text: "\r" not in text), st.sampled_from(["\r\n", "\r"]))
def test_a_file_from_another_system_has_the_same_sentences(text: str, end: str) -> None:
    here = [sentence.replace("\n", end) for sentence in sentences(text)]
    assert sentences(text.replace("\n", end)) == here


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_wrapped_text_flows_over_its_line_ends(end: str) -> None:
    lines = [
        "The council of the harbour town met on Monday to hear what the",
        "divers had found under the bridge. They were told that nothing",
        "of the old pier was left. Nobody asked what it would cost.",
    ]
    whole = " ".join(lines)
    folded = [" ".join(sentence.split()) for sentence in sentences(end.join(lines))]
    assert folded == sentences(whole)
    assert len(folded) == 3


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_one_line_paragraphs_are_cut_at_their_line_ends(end: str) -> None:
    lines = [
        "ADVERTISEMENT",
        "The council voted on Monday to sell the lighthouse after years of dispute, and nobody in"
        " the room was surprised, because the lamp had been dark since the storm of 2006 and no"
        " one could name a use for it",
        "Sign up here",
        "Reporting by Ann Hollis; Editing by Tom Berg",
    ]
    assert sentences(end.join(lines)) == lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\r\n ", []),
        ("word", ["word"]),
        ("  One.  ", ["One."]),
        ("...", ["..."]),
        ("One. . . .", ["One. . . ."]),
        ("One.\n\nTwo", ["One.", "Two"]),
        ("He left.  \u3000 She stayed.", ["He left.", "She stayed."]),
        ('"Stop. Now," she said. He did.', ['"Stop. Now," she said.', "He did."]),
        ("她走了。他留下。", ["她走了。", "他留下。"]),
        ("He is in the U.S. Senate now.", ["He is in the U.S. Senate now."]),
        ("He moved to the U.S. She did not.", ["He moved to the U.S.", "She did not."]),
        ("\ufeffOne. Two.", ["\ufeffOne.", "Two."]),
        ("One.\x00 Two.", ["One.\x00 Two."]),
    ],
)
def test_small_texts(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected
    check(Document(text, "a"))


def test_an_orphan_mark_never_stands_alone() -> None:
    for text in ('He said "no. " Then he left.', "One. ” Two.", "(One. ) Two.", "One.\n”\nTwo."):
        assert not [piece for piece in sentences(text) if not any(map(str.isalnum, piece))], text


@pytest.mark.parametrize("over", [-1, 0, 1, 2])
def test_a_word_as_long_as_a_sentence_may_be(over: int) -> None:
    found = check(Document("a" * (LONGEST + over), "a"))
    assert len(found) == (1 if over <= 0 else 2)


@pytest.mark.parametrize(("opening", "closing"), [('"', '"'), ("“", "”"), ("(", ")"), ("«", "»")])
def test_a_mark_left_open_swallows_no_page(opening: str, closing: str) -> None:
    """A stray mark and the next one, pages later, are no quotation."""
    between = "It rained all day. Nobody came. " * 100
    found = sentences(f"He said {opening}no more. {between}Then he said yes.{closing} He left.")
    assert len(found) >= 200


@pytest.mark.parametrize(
    "expected",
    [
        ["Er klopfte.", "»Komm herein. Es ist kalt.«", "Er kam.", "»Gut.«", "Dann ging er."],
        ["»Wer ist da?« fragte sie.", "»Ich. Mach auf!«", "Sie schwieg."],
        ["„Setz dich. Iss.“", "Er aß.", "„Gut.“", "Er ging."],
        ["Han sagde: „Kom ind. Det er koldt.”", "Hun kom."],
        ['„Komm herein. Es ist kalt."', "Er kam."],
        ["Hän sanoi: »Tule. On kylmä.»", "Mies tuli.", "»Hyvä.»", "Sitten hän lähti."],
        ["Elle dit : « Viens. Il fait froid. »", "Il vint.", "Il mangea."],
        ["Elle dit\xa0: «\xa0Viens. Il fait froid.\xa0»", "Il vint."],
        ["«Ven. Hace frío.»", "Él vino."],
    ],
)
def test_quotations_of_other_languages_end_with_marks_that_open_in_english(
    expected: list[str],
) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize("mark", "«»„“”‹›")
def test_a_foreign_mark_left_alone_swallows_nothing(mark: str) -> None:
    for opening in (f"He said {mark}no more.", f"He said no{mark} more.", f"He said no.{mark}"):
        assert len(sentences(f"{opening} It rained. Nobody came. She left.")) >= 3


def test_a_full_width_full_stop_before_a_digit_is_a_decimal_point() -> None:
    expected = ["体温は３６．５度です。", "気圧は1013．2です．", "終わり。", "5人来た。"]
    assert sentences("".join(expected)) == expected


def test_square_brackets_keep_what_they_hold_together() -> None:
    expected = [
        "He left [the minutes say 3 May. See Annex B.] without a word.",
        "[Editor's note: this is old. Beware.]",
        "She stayed.[2]",
        "It rained.",
    ]
    assert sentences(" ".join(expected)) == expected


def test_a_square_bracket_left_open_swallows_no_page() -> None:
    between = "It rained all day. Nobody came. " * 20
    assert len(sentences(f"He left [sic. {between}She stayed] there.")) >= 40


def test_a_german_street_and_its_number_stay_together() -> None:
    expected = ["The firm is at Lindenstr. 14, Berlin.", "It moved from Hauptstr. 3a in May."]
    assert sentences(" ".join(expected)) == expected


def test_an_approximate_number_stays_with_its_abbreviation() -> None:
    assert sentences("We met at approx. 5 pm. She came.") == [
        "We met at approx. 5 pm.",
        "She came.",
    ]


@pytest.mark.parametrize(
    "expected",
    [
        ["the meeting is at 5 p.m. on Monday.", "bring your ID.", "it starts on time, ok."],
        ["Meet me on Monday.", "bring your ID.", "it starts at nine."],
        ["ask Tom.", "then call Mary Ann.", "they know."],
        ["- ask Tom.", "then call him."],
        ["be there at 5.", "it starts on time."],
        ["see you at 5 p.m. on friday.", "come at 6 p.m.", "bring cake."],
        ["is it in March?", "tell me.", "no way!", "it is."],
        ['"is it on?" she asked.', "then we left."],
    ],
)
def test_notes_in_lower_case_are_cut_after_capitals_too(expected: list[str]) -> None:
    assert sentences(" ".join(expected)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The Abt. für Recht of the town wrote to the Proc. of the Society in May.",
        "The U.S. army and the St. of all times met Mr. van Dyk at No. 7.",
        "They met at 5 p.m. on Monday.",
        "Yahoo! is a firm.",
    ],
)
def test_lower_case_after_an_abbreviation_still_goes_on(text: str) -> None:
    assert sentences(text) == [text]
