"""The readers that are measured, each in the assistant that users hold."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from askdoc import Answer, Assistant
from askdoc.index import update
from askdoc.model import Question
from askdoc.read import Reader, reader, threshold

if TYPE_CHECKING:
    from askdoc.read.network import Network

NEURAL = "neural"


class MeasuredAssistant:
    """The assistant that users hold, with the thresholds that its reader has by default.

    Told these, the lab asks once and knows both the ranking and what a user is given.
    """

    def __init__(self, texts: dict[str, str], reader: Reader) -> None:
        self._assistant = Assistant.from_texts(texts, reader=reader)
        self._reader = reader

    def threshold_for(self, question: str) -> float:
        """The least confidence with which a question is answered by default."""
        return threshold(self._reader, Question(asked=question, resolved=question))

    def ask(self, question: str, *, limit: int, threshold: float | None) -> Answer:
        """See `askdoc.Assistant.ask`."""
        return self._assistant.ask(question, limit=limit, threshold=threshold)


class SavedAssistant:
    """The same over a saved index of the texts, each of which is a file for as long as it takes."""

    def __init__(self, texts: dict[str, str], reader: Reader) -> None:
        self._folder = TemporaryDirectory()
        place = Path(self._folder.name)
        files = place / "texts"
        files.mkdir()
        # Numbered, so that their order is that of the texts, which breaks ties.
        self._names = {str(files / f"{at:06}.txt"): name for at, name in enumerate(texts)}
        for path, text in zip(self._names, texts.values(), strict=True):
            Path(path).write_bytes(text.encode("utf-8"))
        update(place / "index", files, processes=0)
        self._assistant = Assistant.open(place / "index", reader=reader)
        self._reader = reader

    def threshold_for(self, question: str) -> float:
        """The least confidence with which a question is answered by default."""
        return threshold(self._reader, Question(asked=question, resolved=question))

    def ask(self, question: str, *, limit: int, threshold: float | None) -> Answer:
        """See `askdoc.Assistant.ask`; citations have the names of the texts."""
        answer = self._assistant.ask(question, limit=limit, threshold=threshold)
        return answer.model_copy(
            update={
                part: tuple(
                    citation.model_copy(update={"source": self._names[citation.source]})
                    for citation in getattr(answer, part)
                )
                for part in ("citations", "nearest")
            }
        )


@cache
def _network(folder: Path) -> Network:
    from askdoc.read.network import Network

    return Network(folder)


def make_reader(name: str, model: Path | None) -> Reader:
    """The reader of this name, one of `askdoc.read.READERS`.

    `model` is the folder of the network that the neural reader reads with, None for the one that
    ships with askdoc; a network is loaded once a process.

    Raises:
        ModelError: the network is missing or damaged.
        ValueError: there is no such reader.
    """
    if name == NEURAL and model is not None:
        from askdoc.read.neural import NeuralReader

        return NeuralReader(_network(model))
    return reader(name)


def build_assistant(
    texts: dict[str, str], *, reader: str, model: Path | None, saved: bool = False
) -> MeasuredAssistant | SavedAssistant:
    """What is measured by default; `reader` and `model` as in `make_reader`.

    `saved` asks a saved index of the texts rather than the texts in memory.
    """
    build = SavedAssistant if saved else MeasuredAssistant
    return build(texts, make_reader(reader, model))
