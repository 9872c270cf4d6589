"""Where the time of a question goes: retrieval, the lexical reader, word pieces, the network."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from lab.benchmarks.timing import Result, seconds

RETRIEVING, LEXICAL, TOKENISING, NETWORK = "retrieving", "lexical reader", "tokenising", "network"


class Clock:
    """Seconds by name, of calls as they pass; a call within another counts with the outer one."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._busy = False

    def around(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its time taken."""

        def timed(*given: Any, **named: Any) -> Any:
            if self._busy:
                return work(*given, **named)
            self._busy, began = True, time.perf_counter()
            try:
                return work(*given, **named)
            finally:
                self.spent[name] += time.perf_counter() - began
                self._busy = False

        return timed


class _Tokenizer:
    """A tokenizer whose time is taken; the methods of a real one cannot be replaced."""

    def __init__(self, clock: Clock, tokenizer: Any) -> None:
        self.encode = clock.around(TOKENISING, tokenizer.encode)


def parts(what: str, texts: Mapping[str, str], questions: Sequence[str]) -> Result:
    """Ask the neural reader the questions, the first uncounted; the note tells the parts' means.

    Raises:
        askdoc.ModelError: the model is missing or damaged.
    """
    from askdoc import Assistant
    from askdoc.read.network import Network
    from askdoc.read.neural import NeuralReader

    clock, network = Clock(), Network()
    reader: Any = NeuralReader(network)
    assistant = Assistant.from_texts(texts, reader=reader)
    network.tokenizer = _Tokenizer(clock, network.tokenizer)  # type: ignore[assignment]
    for owner, name, part in (
        (assistant, "search", RETRIEVING),
        (reader._lexical, "judge", LEXICAL),
        (network, "read", NETWORK),
    ):
        vars(owner)[name] = clock.around(part, getattr(owner, name))
    assistant.ask(questions[0])
    clock.spent.clear()
    times = [1000 * seconds(lambda: assistant.ask(question)) for question in questions[1:]]  # noqa: B023
    spent = {
        part: 1000 * clock.spent[part] / len(times)
        for part in (RETRIEVING, LEXICAL, TOKENISING, NETWORK)
    }
    spent["the rest"] = statistics.mean(times) - sum(spent.values())
    note = ", ".join(f"{part} {mean:.1f}" for part, mean in spent.items())
    return Result(what, "ms", statistics.mean(times), min(times), max(times), note=f"means: {note}")
