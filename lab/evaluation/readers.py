"""The readers that are measured, each in the assistant that users hold."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from askdoc import Answer, Assistant
from askdoc.read import Reader, reader

if TYPE_CHECKING:
    from askdoc.read.network import Network

NEURAL = "neural"


class MeasuredAssistant:
    """The assistant that users hold, with the threshold that its reader has by default.

    Told the threshold, the lab asks once and knows both the ranking and what a user is given.
    """

    def __init__(self, texts: dict[str, str], reader: Reader) -> None:
        self._assistant = Assistant.from_texts(texts, reader=reader)
        self.threshold = reader.threshold

    def ask(self, question: str, *, limit: int, threshold: float | None) -> Answer:
        """See `askdoc.Assistant.ask`."""
        return self._assistant.ask(question, limit=limit, threshold=threshold)


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


def build_assistant(texts: dict[str, str], *, reader: str, model: Path | None) -> MeasuredAssistant:
    """What is measured by default; `reader` and `model` as in `make_reader`."""
    return MeasuredAssistant(texts, make_reader(reader, model))
