"""Line ends: text that was wrapped flows over them, rows and list items are cut at them.

The two pull against each other, so each rule is tested from both sides: rows of every kind stay
apart, and prose of several languages comes out the same at whatever width it was wrapped.
"""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import UNTIMED

from split.cases import sentences

PROSE = {
    "news": (
        "The harbour town of Port Ellery sold its lighthouse on Monday, 14 May 2012, after the"
        " North Ellery Trust and the Calder Bank had each withdrawn their offers. Mayor Ruth"
        " Callan, who moved there from the U.S. in 1998, called the sale a disgrace. Nobody from"
        " the Trust came. In 2013 the tower was opened again as an inn with 12 rooms; the Calder"
        " Hotel Group runs it. It pays the town £1,500 a year, or 3.5% of what it takes."
    ),
    "contract": (
        "This Agreement is made on 3 May 2023 between Castell Foods Limited, a company"
        " incorporated in England and Wales under No. 4471902, of 12 Dock Road, Port Ellery (the"
        " “Supplier”), and Brandt & Sons GmbH, of Lindenstr. 14, 10969 Berlin (the “Client”). The"
        " Supplier shall deliver the Goods to the Client at the Place of Delivery within 30 Days"
        " of each Order. Title in the Goods passes to the Client on Payment of the Price in full"
        " under Clause 7 [subject to Schedule 2. See Annex B.] and not before."
    ),
    "names": (
        "Present were Ann Hollis, Tom Berg, Carys Pugh, Owen Lindqvist, Mary Adeyemi, Hanna Vogt,"
        " Lena Okafor, Miriam Osei, J. K. Brandt, Ruth Callan and Asha Dlamini. Apologies came"
        " from Peter Stone, Ida Holm and Max Frey. The Chair read the Minutes of the Annual"
        " General Meeting of Friday 4 June 2021 in the Old Town Hall of Saint Anne, Jersey."
    ),
    "German": (
        "Die Gemeinde Altenbruch hat am Montag den Verkauf der alten Mühle an die Familie"
        " Petersen beschlossen. Bürgermeister Jens Kröger sprach von einem Abschied ohne Not. Die"
        " Mühle war seit dem Sturm im Januar 2007 außer Betrieb, weil der Kreis Cuxhaven das Geld"
        " für neue Flügel nicht geben wollte. Herr Petersen will dort Brot backen. Die Kinder der"
        " Grundschule Altenbruch haben ihm schon Rezepte geschickt: Rosinenbrot, Schwarzbrot und"
        " Zimtschnecken."
    ),
    "Spanish": (
        "El Ayuntamiento de Puerto Claro vendió el lunes el viejo faro a la Fundación Ribera,"
        " según dijo la alcaldesa Carmen Ruiz. Nadie de la Fundación asistió al pleno. El faro"
        " llevaba apagado desde 2006. Los vecinos de la Calle Mayor, que pagaron la campaña, se"
        " reunirán en Casa Lola para decidir si recurren. ¿Quién pagará la pintura? Eso no lo"
        " sabe nadie."
    ),
}


def folded(text: str) -> list[str]:
    return [" ".join(sentence.split()) for sentence in sentences(text)]


@pytest.mark.parametrize("name", PROSE)
@pytest.mark.parametrize("end", ["\n", "\n    "])
def test_prose_is_the_same_at_whatever_width_it_was_wrapped(name: str, end: str) -> None:
    whole = sentences(PROSE[name])
    for width in range(45, 121):
        wrapped = end.join(textwrap.wrap(PROSE[name], width, break_on_hyphens=False))
        assert folded(wrapped) == whole, width


@UNTIMED
@given(st.sampled_from(sorted(PROSE)), st.integers(45, 100), st.data())
def test_any_stretch_of_wrapped_prose_flows(name: str, width: int, data: st.DataObject) -> None:
    """Paragraphs of two or three lines, in which all lines may begin with a name."""
    whole = sentences(PROSE[name])
    first = data.draw(st.integers(0, len(whole) - 1))
    some = whole[first : first + data.draw(st.integers(1, 3))]
    assert folded(textwrap.fill(" ".join(some), width, break_on_hyphens=False)) == some


ROWS = {
    "table from a web page, cells parted by bars": [
        "Season | Hours | Price",
        "April | 10 am to 5 pm | 9.50",
        "October | 11 am to 3 pm | 7",
    ],
    "table with tabs": ["Name\tAge\tTown", "Ann Lee\t42\tParis", "bob ray\t17\tRome"],
    "table with columns of blanks": ["Apples      3.50", "Pears       4.20", "Plums       5.00"],
    "comma-separated values": ["name,age,city", "Bob,42,Paris", "alice,37,Rome", "Carol,29,Oslo"],
    "values with quotation marks and gaps": [
        "id,name,note",
        '1,"Smith, John",tall',
        '2,"Lee, Ann",short',
        "3,,none",
    ],
    "values that are all in quotation marks": [
        '"moth", "yes", "brown"',
        '"bee", "yes", "black"',
        '"wasp", "no", "black"',
    ],
    "values with semicolons": ["name;age", "Otto;43", "Anna;51"],
    "log with dates": [
        "2024-05-03 12:00:01 INFO Server started on port 8080",
        "2024-05-03 12:00:02 WARN Disk almost full on /dev/sda",
        "2024-05-03 12:00:09 ERROR Out of memory",
    ],
    "log of the system": [
        "May  3 12:00:01 web1 sshd[711]: Accepted key for root",
        "May  3 12:00:02 web1 sshd[711]: Session opened for root",
        "May 13 12:00:07 web1 cron[12]: Job started",
    ],
    "log of a web server": [
        '10.0.0.7 - - [03/May/2024:12:00:01] "GET / HTTP/1.1" 200',
        '10.0.0.9 - - [03/May/2024:12:00:04] "GET /a HTTP/1.1" 404',
    ],
    "chat with times": ["[12:00] <ann> hello there", "[12:01] <bob> Hi ann", "[12:02] <ann> Fine"],
    "log with levels": [
        "ERROR cannot open the file of users for reading",
        "ERROR cannot open the file of groups for reading",
        "ERROR cannot open the file of hosts for reading",
    ],
    "postal address": [
        "Dr. Miriam Osei",
        "Castell Foods Limited",
        "12 Dock Road",
        "Port Ellery PE1 4QX",
        "United Kingdom",
    ],
    "business card": [
        "John Smith",
        "CEO, Acme Corp.",
        "12 Main Street",
        "Springfield, IL 62701",
        "Phone: 555-1234",
        "Email: bob@acme.example",
    ],
    "German address": ["Frau Anna Schmidt", "Lindenstraße 14", "10969 Berlin"],
    "Spanish address": ["Sra. Carmen Ruiz", "Calle de Alcalá 14, 3º B", "28014 Madrid", "España"],
    "signatures": [
        "Signed for the Supplier: Dr. Miriam Osei",
        "Signed for the Client: J. K. Brandt",
    ],
    "fields of several words": [
        "Date of birth: 3 May 1961",
        "Place of birth: Ostrava",
        "Mother's maiden name: Holm",
    ],
    "opening hours": ["Opening hours", "Monday 9 to 5", "Tuesday 9 to 5", "Sunday closed"],
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", ROWS)
def test_rows_were_one_sentence(name: str, end: str) -> None:
    """Lines of tables, logs, addresses and forms are alike in length, as wrapped lines are."""
    assert sentences(end.join(ROWS[name])) == ROWS[name]


def test_an_entry_of_a_log_keeps_its_further_lines() -> None:
    text = "12:00:01 It broke in the\n  worker of the pool\n12:00:07 It was\n  started again"
    assert folded(text) == ["12:00:01 It broke in the worker of the pool",
                            "12:00:07 It was started again"]  # fmt: skip


def test_a_field_keeps_its_further_lines() -> None:
    text = "Subject: The long and winding road to the harbour\nof Port Ellery\nDate: Monday"
    assert folded(text) == [
        "Subject: The long and winding road to the harbour of Port Ellery",
        "Date: Monday",
    ]


@pytest.mark.parametrize(
    "text",
    [
        # All lines begin with a capital, but the last one ends a sentence.
        "It was sold by Mayor Ruth\nCallan and the Old Harbour\nTrust.",
        "Der Vertrag gilt für die\nFirma Brandt und ihre\nTöchter.",
        # Dates and numbers, as in accounts of a season.
        "The old bridge over the Calder was closed from May\n1998 until the end of\n2003.",
        # Verse: a line that begins with "And" takes up the one before.
        "The lamp that stood upon the wall,\nAnd all the ships that passed below,\nWere lost",
        # A wrapped title: no full stop, but the even edge of wrapped text.
        "The Agreement between Castell Foods Limited,\nBrandt & Sons of Berlin and the Norwegian\n"
        "Shipping Company",
        # A thousands separator, a decimal comma and a closing quotation mark make no CSV file.
        "The town counted 12,500 people on that day and\n3,200 houses",
        "Im Mai stieg der Preis um 3,5 Prozent, danach\n4,2 Prozent und 5,1 Prozent",
        "“No,” said Ann Hollis to the man at the door,\n“Never,” and she shut it",
    ],
)
def test_prose_that_looks_like_rows_is_not_torn(text: str) -> None:
    assert folded(text) == [" ".join(text.split())]


ADDRESS = "https://example.org/reports/" + "minutes/" * 14 + "a-name-that-nobody-can-read.html"


def test_one_long_address_made_a_sentence_of_each_line_of_its_paragraph() -> None:
    text = (
        "The committee met on Monday to discuss the budget for the next\nyear and agreed to cut"
        " travel. The chairman, who had been ill for\nthree weeks, said the cuts were needed."
        f" Details are at\n{ADDRESS}\nand will be sent to all members by the secretary, who is"
        " away until\nFriday."
    )
    assert folded(text) == [
        "The committee met on Monday to discuss the budget for the next year and agreed to cut"
        " travel.",
        "The chairman, who had been ill for three weeks, said the cuts were needed.",
        f"Details are at {ADDRESS} and will be sent to all members by the secretary, who is away"
        " until Friday.",
    ]


def test_one_long_line_made_a_sentence_of_each_line_of_its_paragraph() -> None:
    """A line that was edited after wrapping, wider than any program wraps."""
    text = (
        "The committee met on Monday to discuss the budget for the next year and agreed to cut"
        " travel and to close, at the end of the year, the office\nin Ostrava. The chairman, who"
        " had been ill for three weeks, said\nthe cuts were needed. He thanked Mary Adeyemi and"
        " Owen\nLindqvist for their work."
    )
    assert folded(text) == sentences(" ".join(text.split()))


def test_a_paragraph_of_one_line_that_is_an_address_stands_alone() -> None:
    lines = ["A paragraph " + "of many words " * 10 + "without an end", ADDRESS, "Sign up here"]
    assert sentences("\n".join(lines)) == lines


@pytest.mark.parametrize(
    "text",
    [
        "He was born in the village of Ashford and moved to London at the age of\n65. She came.",
        "The case is described in the second part of this report on page\n12. It was closed.",
        "The set of all triples that were found at the time is written (a, b,\nc) in most books.",
        "All members of the European Union met the board of the Monetary Fund\n(IMF) in May.",
        "The plan that all of them had made in the spring of the year before\n– which failed –"
        " was dropped.",
        "The plan that all of them had made in the spring of the year before\n- which failed -"
        " was dropped.",
        "The plan that all of them had made in the spring of the year before\n— it failed — was"
        " dropped.",
    ],
)
def test_a_number_letter_or_dash_that_was_wrapped_opened_a_list(text: str) -> None:
    assert folded(text) == sentences(text.replace("\n", " "))


@pytest.mark.parametrize(
    "lines",
    [
        ["Bring these:", "1. two blankets,", "2. one lamp, and", "3. matches"],
        ["1. two blankets, and", "2. one lamp"],
        ["Things to bring along for the trip", "1. boots", "2. a hat"],
        ["9. the lamp of the tower and", "10. its key"],
        ["Either of the following:", "a) the tenant or", "b) the landlord"],
        ["Either of these persons, whoever is first, namely", "(a) the tenant or", "(b) the lord"],
        ["i. the lamp of the old tower;", "ii. its key", "iii. all of the oil", "iv. the oars."],
        ["a. the lamp", "b. its key"],
        ["Shopping", "– milk", "– eggs"],
        ["Shopping", "- milk"],
        ["– What do you want?", "– Nothing."],
        ["He asked her:", "— Nothing?"],
        ["• Fruit", "– apples", "• Bread"],
        ["Bring along", "* matches"],
    ],
)
def test_the_items_of_a_list_are_cut(lines: list[str]) -> None:
    assert sentences("\n".join(lines)) == lines


def test_the_lines_of_a_title_page_were_one_sentence() -> None:
    """Centred lines: the shorter ones seem to have had no room for what follows."""
    lines = ["THE HARBOUR LICENCE OF PORT ELLERY", "Version 2.1, February 1999", "Second Printing"]
    page = "\n".join(line.center(72).rstrip() for line in lines)
    assert sentences(f"Before.\n\n{page}\n\nAfter.") == ["Before.", *lines, "After."]


def test_an_indented_paragraph_seemed_to_have_room_on_its_first_line() -> None:
    """The blanks before the first line belong to it, though they end the blank line above."""
    for width in range(45, 100):
        lines = textwrap.wrap(PROSE["contract"], width, break_on_hyphens=False)
        text = "Before.\n\n" + "\n".join(" " * 12 + line for line in lines)
        assert folded(text) == ["Before.", *sentences(PROSE["contract"])]
