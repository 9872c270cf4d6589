"""A question that names a party, of a contract that says "the Tenant"."""

from __future__ import annotations

import pytest

from askdoc import Assistant, Document
from askdoc.read.aliases import in_words_of

HEAD = (
    "This Lease is made between Harbour Estates Limited (the “Landlord”) and Brightwater\n"
    "Cycles LLP (the “Tenant”).\n\n"
)
RENT = "The Tenant shall pay a yearly rent of €24,600 in equal monthly instalments."
ROOF = "The Landlord repairs the roof, the outside walls and the heating."


@pytest.mark.parametrize(
    ("question", "passage", "read"),
    [
        ("What does Brightwater Cycles pay?", RENT, "What does the Tenant pay?"),
        ("What does Brightwater Cycles LLP pay?", RENT, "What does the Tenant pay?"),
        ("Is the Harbour Estates' roof safe?", ROOF, "Is the Landlord' roof safe?"),
        # What names the party itself is read as it was asked, and so is what names neither.
        ("What does Brightwater Cycles pay?", HEAD, "What does Brightwater Cycles pay?"),
        ("What does Brightwater Cycles pay?", ROOF, "What does Brightwater Cycles pay?"),
        ("What does Brightwaters pay?", RENT, "What does Brightwaters pay?"),
    ],
)
def test_a_passage_is_asked_in_its_documents_words(question: str, passage: str, read: str) -> None:
    assert in_words_of(Document(HEAD + RENT + "\n" + ROOF, "lease.txt"), question, passage) == read


PARTIES = """Lease between **Harbour Estates Limited** (the ‘Landlord’) and Anne
Roe and Tom Roe (together the “Tenant”), and Kestrel GmbH ("Surety").

Agent: Vell Mills Ltd
The Agent is paid by the Landlord; what the Agent says binds.

"""


@pytest.mark.parametrize(
    ("question", "passage", "read"),
    [
        ("What does Kestrel pay?", "The Surety pays.", "What does the Surety pay?"),
        ("Does Kestrel GmbH's duty end?", "The Surety pays.", "Does the Surety's duty end?"),
        ("What does Ms Roe pay?", "The Tenant pays.", "What does the Tenant pay?"),
        ("What does Ms Quill pay?", "The Tenant pays.", "What does Ms Quill pay?"),
        ("Who pays Vell Mills?", "The Agent is paid.", "Who pays the Agent?"),
        (
            "What does Anne Roe owe the Harbour Estates Ltd?",
            "The Tenant owes the Landlord nothing.",
            "What does the Tenant owe the Landlord?",
        ),
    ],
)
def test_parties_are_named_in_many_ways(question: str, passage: str, read: str) -> None:
    assert in_words_of(Document(PARTIES, "lease.md"), question, passage) == read


def test_a_party_is_asked_for_by_name() -> None:
    assistant = Assistant.from_texts({"lease.txt": f"{HEAD}{RENT}\n\n{ROOF}\n"})
    rent = assistant.ask("What is the rent of Brightwater Cycles?")
    assert rent.answered and rent.citations[0].quote == RENT
    repairs = assistant.ask("What does Harbour Estates repair?")
    assert repairs.answered and repairs.citations[0].quote == ROOF
    assert not assistant.ask("What does Harbour Estates pay to Brightwater Cycles?").answered
