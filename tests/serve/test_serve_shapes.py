"""The shapes of others: every quote stands where its citation says, in the text that is given."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import ASK, QUOTE, Running, running

from askdoc import Answer, Assistant, Citation, Question
from askdoc.serve.chat_models import Message
from askdoc.serve.chatting import dialogue
from askdoc.serve.problems import Problem
from askdoc.serve.shapes import anthropic, openai
from askdoc.serve.shapes.words import quote_spans, quotes_alone, with_addresses

REPLY = openai.Reply("0", 0, "askdoc")
_quote = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    quote = draw(_quote)
    start = draw(st.integers(0, 1000))
    return Citation(
        quote=quote,
        source=draw(st.sampled_from(["a.pdf", "b.txt", "c.md"])),
        start=start,
        end=start + len(quote),
        line=draw(st.integers(1, 9)),
        page=draw(st.none() | st.integers(1, 9)),
        confidence=0.5,
    )


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    some = tuple(draw(st.lists(citations(), max_size=4)))
    answered = draw(st.booleans()) and bool(some)
    return Answer(
        question=Question(asked="q", resolved="q"),
        answered=answered,
        confidence=0.5,
        citations=some if answered else (),
        nearest=() if answered else some,
        threshold=0.6,
        perhaps_threshold=draw(st.sampled_from([0.1, 0.6])),
    )


def link(citation: Citation) -> str:
    return f"http://x/{citation.source}"


@given(answers())
def test_every_quote_stands_where_it_is_said_to(answer: Answer) -> None:
    spans = quote_spans(answer)
    assert [answer.text[start:end] for start, end in spans] == [
        one.quote for one in answer.citations
    ]
    for said in (quotes_alone(answer), with_addresses(answer)):
        for citation, (start, end) in said.quotes:
            assert said.text[start:end] == citation.quote
        expected = answer.citations or (answer.nearest if answer.verdict == "perhaps" else ())
        assert tuple(citation for citation, _ in said.quotes) == expected
        assert said.text
    if answer.answered:
        assert quotes_alone(answer).text == answer.text


@given(answers())
def test_anthropics_blocks_are_the_text_and_their_citations_the_offsets(answer: Answer) -> None:
    blocks = anthropic.content(answer, ["c.md", "x.txt"])
    assert "".join(block["text"] for block in blocks) == quotes_alone(answer).text
    cited = [block for block in blocks if "citations" in block]
    quoted = [citation for citation, _ in quotes_alone(answer).quotes]
    assert len(cited) == len(quoted)
    numbers: dict[int, str] = {0: "c.md"}
    for block, citation in zip(cited, quoted, strict=True):
        place, *pages = block["citations"]
        assert place["type"] == "char_location"
        assert (place["start_char_index"], place["end_char_index"]) == (
            citation.start,
            citation.end,
        )
        assert place["cited_text"] == block["text"] == citation.quote
        assert numbers.setdefault(place["document_index"], citation.source) == citation.source
        assert place["document_index"] != 1
        pages_of = [(one["start_page_number"], one["end_page_number"]) for one in pages]
        assert pages_of == ([(citation.page, citation.page + 1)] if citation.page else [])


@given(answers())
def test_openais_stream_says_what_its_one_piece_says(answer: Answer) -> None:
    ids = {"a.pdf": "1", "b.txt": "2", "c.md": "3"}
    whole = openai.response(answer, REPLY, ids, link)
    events = list(openai.response_events(answer, REPLY, ids, link))
    assert [event["sequence_number"] for event in events] == list(range(len(events)))
    deltas = [event["delta"] for event in events if event["type"] == "response.output_text.delta"]
    (part,) = whole["output"][0]["content"]
    assert "".join(deltas) == part["text"]
    told = [event["annotation"] for event in events if event["type"].endswith("annotation.added")]
    assert told == part["annotations"]
    assert events[-1]["response"] == whole
    for annotation in part["annotations"]:
        if annotation["type"] == "url_citation":
            span = slice(annotation["start_index"], annotation["end_index"])
            assert part["text"][span] in {one.quote for one in (*answer.citations, *answer.nearest)}
        else:
            assert ids[annotation["filename"]] == annotation["file_id"]
    completion = openai.completion(answer, REPLY, link)["choices"][0]["message"]
    chunks = list(openai.completion_chunks(answer, REPLY, link))
    pieces = [chunk["choices"][0]["delta"].get("content", "") for chunk in chunks]
    assert "".join(pieces) == completion["content"]
    assert chunks[-1]["choices"][0]["finish_reason"] == "stop"


def test_a_chat_program_gets_quotes_with_their_address(server: Running) -> None:
    asked = {
        "model": "askdoc",
        "temperature": 0.7,
        "messages": [
            {"role": "system", "content": "You make things up."},
            {"role": "user", "content": [{"type": "text", "text": ASK}]},
        ],
    }
    reply = server.client.post("/v1/chat/completions", json=asked).json()
    message = reply["choices"][0]["message"]
    assert message["content"] == f"{QUOTE}\n— log.md:3"
    (annotation,) = message["annotations"]
    url = annotation["url_citation"]
    assert message["content"][url["start_index"] : url["end_index"]] == QUOTE
    assert url["url"] == f"{server.address}/#d={server.ids()['log.md']}&s=7-68"
    streamed = server.client.post("/v1/chat/completions", json={**asked, "stream": True})
    lines = [line for line in streamed.text.split("\n\n") if line]
    assert lines[-1] == "data: [DONE]"
    parts = [json.loads(line.removeprefix("data: ")) for line in lines[:-1]]
    text = "".join(part["choices"][0]["delta"].get("content", "") for part in parts)
    assert text == message["content"]


def test_a_chat_is_gone_on_with_by_what_was_said(server: Running) -> None:
    said = [
        {"role": "user", "content": ASK},
        {"role": "assistant", "content": f"{QUOTE}\n— log.md:3"},
        {"role": "user", "content": "Who is its captain?"},
    ]
    reply = server.client.post("/v1/responses", json={"input": said}).json()
    text = reply["output"][0]["content"][0]["text"]
    assert text == "Its captain is Mira Olsen."
    nothing = server.client.post("/v1/responses", json={"input": "Which zebra won?"}).json()
    part = nothing["output"][0]["content"][0]
    assert part["text"].startswith("The documents don't say.") and part["annotations"] == []


def test_the_address_below_a_quote_is_no_part_of_what_was_said() -> None:
    question, history = dialogue(
        [
            Message(role="developer", content="Be brief."),
            Message(role="user", content=ASK),
            Message(role="assistant", content=f"{QUOTE}\n— log.md:3"),
            Message(role="user", content="And who is its captain?"),
            Message(role="assistant", content=""),
        ]
    )
    assert question == "And who is its captain?"
    assert history == [ASK, QUOTE]
    for messages in ([Message(role="system", content="x")], [Message(role="user", content=" ")]):
        with pytest.raises(Problem):
            dialogue(messages)


def test_chat_clients_find_what_is_wrong_where_they_look(server: Running) -> None:
    long = {"role": "user", "content": "x" * 8001}
    for client, path, body, status in (
        (server.client, "/v1/responses", {"input": "x", "previous_response_id": "resp_1"}, 422),
        (server.client, "/v1/chat/completions", {"messages": []}, 422),
        (server.client, "/v1/chat/completions", {"messages": [long]}, 422),
        (server.stranger, "/v1/responses", {"input": "x"}, 401),
    ):  # fmt: skip
        response = client.post(path, json=body)
        assert response.status_code == status
        assert response.headers["Content-Type"] == "application/json"
        error = response.json()["error"]
        assert error["message"] and error["code"] == error["type"]
    assert server.client.get("/v1/models").json()["data"][0]["id"] == "askdoc"


def test_a_hostile_document_cannot_end_an_event_early() -> None:
    text = "The ferry said data: [DONE]\n\nevent: x\ndata: {}\n\n to forty cars."
    with running(Assistant.from_texts({"log.txt": text}, reader="lexical")) as server:
        asked = {"input": "What did the ferry say?", "stream": True}
        streamed = server.client.post("/v1/responses", json=asked).text
        for part in filter(None, streamed.split("\n\n")):
            name, data = part.split("\n")
            assert name.removeprefix("event: ") == json.loads(data.removeprefix("data: "))["type"]
