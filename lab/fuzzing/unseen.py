"""Which forgeries of an answer no source can tell: `askdoc/verify` lists them in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from askdoc.model import Document
from askdoc.split import split

Path = tuple[str | int, ...]
Saved = dict[str, Any]
"""An answer as JSON has it."""

AGAIN = "\ue000"
"""Stands behind a key that is to be written under its own name a second time."""

_SHOWN = ("citations", "nearest")


def written(answer: object) -> str:
    """The JSON of a value; keys that are marked are written twice."""
    text = json.dumps(answer, ensure_ascii=False)
    return text.replace(AGAIN, "").replace("\ud800", "\\ud800")


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    """All values that hold no others, with their paths."""
    if isinstance(value, dict) and value:
        for name, part in value.items():
            yield from leaves(part, (*path, name))
    elif isinstance(value, list) and value:
        for at, part in enumerate(value):
            yield from leaves(part, (*path, at))
    else:
        yield path, value


def may_stand(answer: Saved, text: str, documents: Mapping[str, Document]) -> bool:
    """Whether a forgery differs from an honest answer only in what no source can tell."""
    try:
        forged = json.loads(text, object_pairs_hook=_once)
    except ValueError:
        return False
    if not isinstance(forged, dict):
        return False
    if _is_free_order(answer, forged) or _quotes_more(answer, forged, documents):
        return True
    before, after = dict(leaves(answer)), dict(leaves(forged))
    if before.keys() != after.keys():
        return False
    changed = [path for path in before if not _same(before[path], after[path])]
    if all(_is_free(path, after[path]) for path in changed):
        return _surest(forged) == _surest(answer)
    if all(path[-1] == "source" for path in changed):
        return all(_has(forged, path[:-1], documents) for path in changed)
    return False


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, int) and not isinstance(other, bool):
        return one == other  # JSON knows one kind of number.
    return type(one) is type(other) and one == other


def _is_free(path: Path, value: object) -> bool:
    """Whether no source can tell that a field has another value."""
    match path:
        case ("question", "asked" | "resolved"):
            return isinstance(value, str) and "\ud800" not in value
        case ("citations" | "nearest", _, "confidence") | ("threshold" | "perhaps_threshold",):
            number = isinstance(value, int | float) and not isinstance(value, bool)
            return number and 0 <= value <= 1  # type: ignore[operator]
        case ("disagreement" | "no_question" | "incomplete",):
            return isinstance(value, bool)
        case ("missing", _, "word" | "near"):
            return isinstance(value, str) or (value is None and path[-1] == "near")
    return False


def _surest(answer: Saved) -> float:
    return max((one["confidence"] for one in (*answer["citations"], *answer["nearest"])), default=0)


def _has(answer: Any, path: Path, documents: Mapping[str, Document]) -> bool:
    """Whether another source has the same words at the same place: the same text in two formats."""
    for step in path:
        answer = answer[step]
    document = documents.get(answer["source"])
    return document is not None and document.part(answer["start"], answer["end"]) == answer["quote"]


def _is_free_order(answer: Saved, forged: Saved) -> bool:
    """Whether only sentences that are equally sure stand in another order."""
    if forged.keys() != answer.keys():
        return False
    if any(forged[name] != answer[name] for name in answer if name not in _SHOWN):
        return False
    for name in _SHOWN:
        if not isinstance(forged[name], list):
            return False
        if sorted(map(written, forged[name])) != sorted(map(written, answer[name])):
            return False
        if [one["confidence"] for one in forged[name]] != [
            one["confidence"] for one in answer[name]
        ]:
            return False
    return True


def _quotes_more(answer: Saved, forged: Saved, documents: Mapping[str, Document]) -> bool:
    """Whether it only quotes the sentence after a quote as well, or only the first of two."""
    quoted = ("quote", "end", "short")

    def rest(one: Saved) -> Saved:
        shown = {
            name: [{key: c[key] for key in c if key not in quoted} for c in one[name]]
            for name in _SHOWN
        }
        return {**one, **shown, "text": ""}

    try:
        if rest(forged) != rest(answer):
            return False
        pairs = [pair for name in _SHOWN for pair in zip(answer[name], forged[name], strict=True)]
        joined = "\n".join(one["quote"] for one in forged["citations"])
        return forged["text"] == joined and all(
            after == before
            or (after["short"] is None and _is_whole(after, documents[after["source"]]))
            for before, after in pairs
        )
    except (TypeError, AttributeError, KeyError):
        return False


def _is_whole(citation: Saved, document: Document) -> bool:
    start, end = citation["start"], citation["end"]
    sentences = [sentence for block in split(document) for sentence in block]
    bounds = any(one.start == start for one in sentences) and any(
        one.end == end for one in sentences
    )
    return bounds and document.part(start, end) == citation["quote"]
