"""What a question asks for, and where a text holds something of that kind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import TEXTS, UNTIMED

from askdoc.english.answer_types import AnswerType, candidates, expected

ASKED = {
    AnswerType.PERSON: [
        "Who built the bridge?",
        "who's the mayor?",
        "Who’s the mayor?",
        "Whom did she call?",
        "Whose idea was it?",
        "WHO BUILT IT",
        "To whom was it sold?",
        "Who said when it would end?",
    ],
    AnswerType.DATE: [
        "When did the bridge fall?",
        "What year was the bridge built?",
        "In which century did he live?",
        "What time does it open?",
        "On which day did it start?",
        "How long ago did it fall?",
        "Since when has it stood?",
        "Tell me when she fell.",
    ],
    AnswerType.PLACE: [
        "Where is the bridge?",
        "Which city did she leave?",
        "In which country did he die?",
        "What town is it near?",
        "where",
    ],
    AnswerType.NUMBER: [
        "How many people died?",
        "How much did it cost?",
        "how old is she?",
        "How long is the bridge?",
        "How often does it open?",
        "What percentage voted?",
        "What was the price?",
        "What is the population of Ostrava?",
        "What number of lamps was lit?",
    ],
    AnswerType.REASON: [
        "Why did it fall?",
        "How come nobody asked?",
        "For what reason did she leave?",
        "What caused the flood?",
        "What is the reason for it?",
    ],
    AnswerType.ANY: [
        "What did she say?",
        "Did the bridge fall?",
        "How did it fall?",
        "Which president signed it?",
        "Describe the whole show.",
        "What stands elsewhere?",
        "Was it somewhat old?",
        "Is the whenever clause used?",
        "桥是谁建造的？",
        "",
    ],
}


@pytest.mark.parametrize(
    ("question", "kind"),
    [(question, kind) for kind, questions in ASKED.items() for question in questions],
)
def test_kind_of_a_question(question: str, kind: AnswerType) -> None:
    assert expected(question) is kind


@pytest.mark.parametrize(
    ("kind", "text", "found"),
    [
        (AnswerType.PERSON, "the bridge was built by Mary Quint.", ["Mary Quint"]),
        (AnswerType.PERSON, "The lamp, said Ann de la Cruz, was lit.", ["Ann de la Cruz"]),
        (AnswerType.PERSON, "On Monday Owen left.", ["Owen"]),
        (AnswerType.PERSON, "the council met again in March.", []),
        (AnswerType.PLACE, "He moved from Rome to New York in March.", ["Rome", "New York"]),
        (AnswerType.PLACE, "It stands near the Elbe.", ["Elbe"]),
        (AnswerType.PLACE, "In Port Ellery nobody slept.", ["Port Ellery"]),
        (AnswerType.PLACE, "Owen slept.", []),
        (AnswerType.DATE, "It fell on May 3, 1998.", ["May 3, 1998"]),
        (AnswerType.DATE, "It fell on 3 May 1998.", ["3 May 1998"]),
        (AnswerType.DATE, "It fell on 2021-03-04.", ["2021-03-04"]),
        (AnswerType.DATE, "It stood until 1998.", ["1998"]),
        (AnswerType.DATE, "It fell in the 19th century.", ["19th century"]),
        (AnswerType.DATE, "It fell yesterday.", ["yesterday"]),
        (AnswerType.DATE, "It stood from 1907 to 1911.", ["from 1907 to 1911"]),
        (AnswerType.DATE, "He may march home with 5000 men.", []),
        (AnswerType.NUMBER, "It cost $4.5 million.", ["$4.5 million"]),
        (AnswerType.NUMBER, "Of 1,500 people, 40% came.", ["1,500", "40%"]),
        (AnswerType.NUMBER, "Twenty-one men and three dogs.", ["Twenty-one", "three"]),
        (AnswerType.NUMBER, "It is 3.14.", ["3.14"]),
        (AnswerType.NUMBER, "One of them fell in 1998.", []),
        (AnswerType.NUMBER, "Nobody came.", []),
        # The number of a clause was taken for the count.
        (AnswerType.NUMBER, "2.1 The client shall pay within 30 days.", ["30 days"]),
        (AnswerType.NUMBER, "3. Fees are 5%.", ["5%"]),
        (AnswerType.NUMBER, "(4) The fee is $81k.", ["$81k"]),
        (AnswerType.NUMBER, "7 The fee is due twice.", ["twice"]),
        (AnswerType.NUMBER, "12 Angry Men came out.", ["12"]),
        (AnswerType.NUMBER, "2.1 Million came.", ["2.1 Million"]),
        # "No one" was the number one.
        (AnswerType.NUMBER, "No one came, and the one who left fell.", []),
        (AnswerType.NUMBER, "Only one came.", ["one"]),
        # A time of day was a count.
        (AnswerType.NUMBER, "It left at 4:15 a.m. with 3 dogs.", ["3"]),
        (AnswerType.DATE, "It left at 4:15 a.m. on Monday.", ["4:15 a.m.", "Monday"]),
        (AnswerType.DATE, "It opens at 9 am, not at 17:30.", ["9 am", "17:30"]),
        (AnswerType.DATE, "They won 3:1.", []),
        # The unit was cut off.
        (AnswerType.NUMBER, "It is 300 feet long.", ["300 feet"]),
        (AnswerType.NUMBER, "It took six weeks, or 12 percent.", ["six weeks", "12 percent"]),
        (AnswerType.NUMBER, "It covers 3.5 square miles.", ["3.5 square miles"]),
        (AnswerType.NUMBER, "He is 40 years old and has 2 sons.", ["40 years old", "2"]),
        # A label, an adjective or a common word that opens a sentence was a person.
        (AnswerType.PERSON, "Attendees: Ann Lee, Tom Berg", ["Ann Lee", "Tom Berg"]),
        (AnswerType.PERSON, "Airborne surveillance helped Owen.", ["Owen"]),
        (AnswerType.PERSON, "Critics said so.", []),
        (AnswerType.PERSON, "Written by Ann Lee", ["Ann Lee"]),
        (AnswerType.PERSON, "Owen said so.", ["Owen"]),
        (AnswerType.PERSON, "Lindqvist, who left, was glad.", ["Lindqvist"]),
        (AnswerType.PERSON, "Sanders has gone.", ["Sanders"]),
        # The full stop of "Co." was lost.
        (AnswerType.PERSON, "the firm Calder & Co. built it.", ["Calder & Co."]),
        (
            AnswerType.PERSON,
            "it was built by Acme Inc. for Owen Lee Jr. in May.",
            ["Acme Inc.", "Owen Lee Jr."],
        ),
        (AnswerType.REASON, "It fell because the river rose.", ["because the river rose"]),
        (AnswerType.REASON, "She left due to rain; he stayed.", ["due to rain"]),
        (AnswerType.REASON, "They came to mend the lamp.", ["to mend the lamp"]),
        (AnswerType.REASON, "It fell.", []),
        (AnswerType.ANY, "Mary left Rome in 1998 because of 3 dogs.", []),
    ],
)
def test_candidates_in_a_text(kind: AnswerType, text: str, found: list[str]) -> None:
    assert [text[span.start : span.end] for span in candidates(kind, text)] == found


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("In March 2019 the bridge fell.", "March 2019"),
        ("It was sold by March 2, after the flood.", "March 2"),
        ("It stood since June 1911.", "June 1911"),
        ("It was mended last January 5.", "January 5"),
    ],
)
def test_a_date_is_found_whole(text: str, date: str) -> None:
    assert any(date in text[span.start : span.end] for span in candidates(AnswerType.DATE, text))


def test_names_in_a_line_of_credits() -> None:
    text = "Reporting by Ann Hollis; Editing by Tom Berg"
    found = [text[span.start : span.end] for span in candidates(AnswerType.PERSON, text)]
    assert {"Ann Hollis", "Tom Berg"} <= set(found)


def test_a_title_alone_is_no_name() -> None:
    text = "the lamp was lit by Dr. Osei."
    found = [text[span.start : span.end] for span in candidates(AnswerType.PERSON, text)]
    assert any("Osei" in name for name in found)
    assert "Dr" not in found


@UNTIMED
@given(st.sampled_from(list(AnswerType)), TEXTS)
def test_candidates_lie_in_the_text_in_order(kind: AnswerType, text: str) -> None:
    end = 0
    for span in candidates(kind, text):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip()
        end = span.end


@UNTIMED
@given(TEXTS)
def test_any_text_may_be_a_question(text: str) -> None:
    assert expected(text) is expected(text.upper()) or not text.isascii()


@pytest.mark.parametrize("kind", AnswerType)
@pytest.mark.parametrize(
    "piece",
    "A|A |a|1|1,|1.|$|Jan |January 1|in |In |of the |Al de la |because |since |to |one-|'|19"
    "|x-teenth|and |12th of |1998 and |between |2.1 The |one |no one |4:15 |4:15 a.m. |3 weeks "
    "|American |Co. |1 A".split("|"),
)
def test_a_sentence_made_to_be_slow(kind: AnswerType, piece: str) -> None:
    text = piece * (20_000 // len(piece))
    assert all(0 <= span.start < span.end <= len(text) for span in candidates(kind, text))
    expected(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("American soldiers came.", []),
        ("The Mexican army met Owen.", ["Owen"]),
        ("Then Owen, who left, spoke.", ["Owen"]),
        ("Then Owen rested.", ["Owen"]),
        ("Then Owen was glad.", ["Owen"]),
        ("Then Owen plays.", ["Owen"]),
        ("Then Mary Quint soldiers on.", ["Mary Quint"]),
        ("It was Owen", ["Owen"]),
    ],
)
def test_a_word_that_only_says_of_what_kind_is_no_name(text: str, names: list[str]) -> None:
    """The president of Mexico was "American", of the soldiers who would not come."""
    assert [text[span.start : span.end] for span in candidates(AnswerType.PERSON, text)] == names
