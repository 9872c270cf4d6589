"""Questions over HTTP: the answer that the library gives, conversations, events, and being gone."""

from __future__ import annotations

import json
import socket
import threading
from pathlib import Path

import pytest
from fixed_reader import FixedReader
from running import ASK, LONGEST, QUOTE, TEXTS, HeldReader, Running, running

from askdoc import Answer, Assistant
from askdoc.index import update
from askdoc.serve.conversations import Conversations
from askdoc.serve.limits import Stop
from askdoc.serve.problems import Problem


def test_the_answer_is_the_librarys_to_the_letter(server: Running) -> None:
    assistant = Assistant.from_texts(TEXTS, reader="lexical")
    for question in (
        ASK,
        "Which zebra won the chess tournament?",
        "Summarize this.",
        "\0 cars \x9b",
    ):
        for more in ({}, {"limit": 1}, {"threshold": 0.0, "limit": 3}, {"threshold": 1.0}):
            response = server.ask(question, **more)
            assert response.status_code == 200
            expected = assistant.ask(question, **more).model_dump_json()
            assert response.text.startswith('{"answer":' + expected + ",")
            assert json.loads(response.text)["answer"] == json.loads(expected)


def test_a_quote_stands_in_the_text_that_its_document_is_given_by(server: Running) -> None:
    reply = server.ask().json()
    (citation,) = reply["answer"]["citations"]
    assert citation["quote"] == QUOTE
    id = reply["documents"][citation["source"]]
    asked = {"start": citation["start"], "end": citation["end"]}
    text = server.client.get(f"/api/documents/{id}/text", params=asked).json()
    assert text["text"] == QUOTE
    assert text["line"] == citation["line"]


def test_that_the_documents_dont_say_is_an_answer(server: Running) -> None:
    answer = server.answer("Which zebra won the chess tournament?")
    assert not answer.answered and not answer.citations
    assert {one.word for one in answer.missing} >= {"zebra"}


def test_sources_restrict_by_name_or_by_id(server: Running) -> None:
    for name in ("mill.txt", server.ids()["mill.txt"]):
        answer = server.answer("When was it?", threshold=0.0, limit=9, sources=[name])
        assert {one.source for one in answer.citations} == {"mill.txt"}
    response = server.ask(sources=["mill.txt", "nothing.txt"])
    assert response.status_code == 404
    problem = response.json()
    assert problem["type"] == "/problems/unknown-source" and problem["where"] == "nothing.txt"


def test_search_explain_suggest(server: Running) -> None:
    found = server.client.post("/api/search", json={"words": "ferry captain"}).json()["passages"]
    assert found[0]["source"] == "log.md" and "Halcyon" in found[0]["text"]
    assert found[0]["document"] == server.ids()["log.md"]
    only = {"words": "built ferry", "sources": ["mill.txt"], "limit": 1}
    (one,) = server.client.post("/api/search", json=only).json()["passages"]
    assert one["source"] == "mill.txt"
    answer = server.ask().json()["answer"]
    explained = server.client.post("/api/explain", json={"answer": answer, "citation": 1}).json()
    assert explained["citation"] == answer["citations"][0]
    assert [word["word"] for word in explained["words"] if word["where"] == "sentence"]
    forged = {"answer": {**answer, "incomplete": 0}}
    assert server.client.post("/api/explain", json=forged).status_code == 422
    too_many = {"answer": answer, "citation": 999}
    assert server.client.post("/api/explain", json=too_many).status_code == 422
    for question in server.client.get("/api/suggestions").json()["questions"]:
        assert server.answer(question).answered


def test_a_conversation_is_gone_on_with_by_its_id(server: Running) -> None:
    begun = server.client.post("/api/conversations", json={})
    assert begun.status_code == 201
    id = begun.json()["id"]
    server.answer(ASK, conversation=id)
    reply = server.ask("Who is its captain?", conversation=id).json()
    assert reply["conversation"] == id
    answer = Answer.model_validate(reply["answer"])
    assert answer.question.asked == "Who is its captain?"
    assert "Halcyon" in answer.question.resolved
    exact = server.answer("Who is its captain?", conversation=id, exact=True)
    assert exact.question.resolved == "Who is its captain?"
    kept = server.client.get(f"/api/conversations/{id}").json()
    assert [one["question"]["asked"] for one in kept["answers"]] == [
        ASK, "Who is its captain?", "Who is its captain?",
    ]  # fmt: skip
    other = server.client.post("/api/conversations", json={}).json()["id"]
    alone = server.answer("Who is its captain?", conversation=other)
    assert alone.question.resolved == "Who is its captain?"
    assert server.client.delete(f"/api/conversations/{id}").status_code == 204
    for response in (
        server.ask(conversation=id),
        server.client.get(f"/api/conversations/{id}"),
        server.client.delete(f"/api/conversations/{id}"),
    ):
        assert response.status_code == 404
        assert response.json()["type"] == "/problems/unknown-conversation"


def test_conversations_are_neither_too_many_nor_too_old(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 0.0
    monkeypatch.setattr("askdoc.serve.conversations.monotonic", lambda: now)
    kept = Conversations(most=3, idle=10.0)
    assistant = Assistant.from_texts(TEXTS, reader="lexical")
    first, second, third = (kept.begin(assistant) for _ in range(3))
    assert kept.get(first.id) is first  # So the second was used longest ago.
    fourth = kept.begin(assistant)
    with pytest.raises(Problem):
        kept.get(second.id)
    now = 9.0
    assert kept.get(third.id) is third
    now = 11.0
    assert len(kept) == 1
    for gone in (first, fourth):
        with pytest.raises(Problem):
            kept.get(gone.id)
    assert kept.get(third.id) is third


def events(text: str) -> list[tuple[str, str]]:
    found = []
    for part in text.removesuffix("\n\n").split("\n\n"):
        name, data = part.split("\n")
        found.append((name.removeprefix("event: "), data.removeprefix("data: ")))
    return found


def test_events_tell_what_is_done_and_then_the_answer(server: Running) -> None:
    accept = {"Accept": "text/event-stream"}
    response = server.client.post("/api/ask", json={"question": ASK}, headers=accept)
    assert response.headers["Content-Type"].startswith("text/event-stream")
    told = events(response.text)
    names = [name for name, _ in told]
    assert names[:2] == ["searching", "reading"] and names[-1] == "answer"
    assert told[-1][1] == server.ask().text
    refused = server.client.post("/api/ask", json={"question": "..."}, headers=accept)
    name, data = events(refused.text)[-1]
    assert name == "problem" and json.loads(data)["type"] == "/problems/question-error"
    assert server.client.post("/api/ask", json={}, headers=accept).status_code == 422


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json"])
def test_a_client_that_is_gone_stops_the_reading(
    accept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped, ask = threading.Event(), Stop.ask

    def tell(stop: Stop) -> None:
        ask(stop)
        stopped.set()

    monkeypatch.setattr(Stop, "ask", tell)
    # Texts of more portions than one: the first is being read when the client goes.
    texts = {f"{at}.txt": f"Ferry {at} carried cars. " * 30 for at in range(40)}
    reader = HeldReader()
    with running(Assistant.from_texts(texts, reader=reader), workers=1) as server:
        body = json.dumps({"question": "Which ferry carried cars?", "threshold": 0.0, "limit": 100})
        with socket.create_connection(("127.0.0.1", server.settings.port), LONGEST) as client:
            client.sendall(
                f"POST /api/ask HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\n"
                f"Authorization: Bearer {server.settings.token}\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                f"{body}".encode()
            )
            reader.wait_until_begun()
        assert stopped.wait(LONGEST)
        reader.go_on.set()
        # The one thread is free again only when what it did has ended.
        assert server.ask("Who sank?").status_code == 200
    assert reader.asked.count("Which ferry carried cars?") == 1


def test_two_questions_are_read_at_once() -> None:
    reader = HeldReader()
    with running(Assistant.from_texts(TEXTS, reader=reader), workers=2) as server:
        threads = [threading.Thread(target=server.ask) for _ in range(2)]
        for thread in threads:
            thread.start()
        for _ in threads:
            reader.wait_until_begun()
        # And what is no question waits for none of them.
        assert server.client.get("/api/documents").status_code == 200
        reader.go_on.set()
        for thread in threads:
            thread.join(LONGEST)


def test_an_update_of_the_index_is_seen_and_has_another_tag(tmp_path: Path) -> None:
    (tmp_path / "log.txt").write_text("The ferry carried forty cars.")
    folder = tmp_path / "index"
    update(folder, tmp_path / "log.txt", processes=0)
    reader = FixedReader({"forty": 0.9, "fifty": 0.9})
    with running(Assistant.open(folder, reader=reader)) as server:
        assert server.answer("How many cars?").text == "The ferry carried forty cars."
        before = server.client.get("/api/documents")
        known = {"If-None-Match": before.headers["ETag"]}
        for path in ("/api/documents", "/api/status", "/api/suggestions"):
            same = server.client.get(path, headers=known)
            assert same.status_code == 304 and not same.content
        (tmp_path / "log.txt").write_text("The ferry carried fifty cars or more.")
        assert server.ask("How many cars?").json()["changed"] == {
            str(tmp_path / "log.txt"): "has changed"
        }
        update(folder, processes=0)
        after = server.client.get("/api/documents", headers=known)
        assert after.status_code == 200 and after.headers["ETag"] != known["If-None-Match"]
        answer = server.answer("How many cars?")
        assert answer.text == "The ferry carried fifty cars or more."
        # The document is the same one: an address with its id goes on being good.
        ids = [one["id"] for one in before.json()["documents"]]
        assert [one["id"] for one in after.json()["documents"]] == ids
        text = server.client.get(f"/api/documents/{ids[0]}/text").json()
        assert text["text"] == "The ferry carried fifty cars or more."


def test_verify_reads_only_files_that_are_asked(tmp_path: Path) -> None:
    log, secret = tmp_path / "log.txt", tmp_path / "secret.txt"
    log.write_text("The ferry carried forty cars.")
    secret.write_text("The ferry carried forty cars.")
    with running(Assistant.from_paths([log], reader="lexical")) as server:
        answer = server.answer("How many cars did the ferry carry?").model_dump(mode="json")
        reply = server.client.post("/api/verify", json=answer).json()
        assert reply["all_stand"] and reply["verdicts"][0]["standing"] == "stands"
        forged = json.loads(json.dumps(answer).replace(str(log), str(secret)))
        (verdict,) = server.client.post("/api/verify", json=forged).json()["verdicts"]
        assert verdict["standing"] == "uncheckable"
        assert verdict["detail"] == "no document that is asked has this name"
        log.write_text("The ferry carried fifty cars.")
        both = server.client.post("/api/verify", json=[answer, answer]).json()
        assert [one["standing"] for one in both["verdicts"]] == ["changed", "changed"]
        assert not both["all_stand"]
        edited = {**answer, "answered": False}
        response = server.client.post("/api/verify", json=edited)
        assert response.status_code == 422 and "contradicts" in response.json()["detail"]


def test_metrics_count_and_tell_nothing_of_what_was_asked(server: Running) -> None:
    before = server.client.get("/metrics").text
    server.ask("Which xylophone did the Halcyon carry?", sources=["log.md"])
    server.client.get("/api/documents", params={"q": "xylophone"})
    text = server.client.get("/metrics").text
    assert "xylophone" not in text and "Halcyon" not in text and "log.md" not in text
    assert server.settings.token not in text

    def count(told: str) -> int:
        name = 'askdoc_requests_total{method="POST",path="/api/ask",status="200"} '
        return sum(int(line.removeprefix(name)) for line in told.splitlines() if name in line)

    assert count(text) == count(before) + 1
    assert "\naskdoc_answer_seconds_count " in text and 'le="+Inf"' in text
