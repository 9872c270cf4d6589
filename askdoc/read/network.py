"""The network that ships with askdoc: loaded from its own folder, checked, run on one core.

A window goes in behind its question; for every piece comes out how likely an answer begins and ends
there, and for the window how likely it answers at all. What the network is, what it was trained on
and how to make it again is told by `model/CARD.md`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from askdoc.errors import ModelError
from askdoc.read.wordpiece import WordPiece

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

WEIGHTS, VOCABULARY, SETTINGS = "reader.onnx", "vocab.txt", "reader.json"
OUTPUTS = ("start", "end", "answers", "borne")
# The vocabulary's numbers for the pieces that stand around question and passage.
_CLS, _SEP = 101, 102


class Reading(NamedTuple):
    """What the network says of one window, as logits.

    `start` and `end` have one value for each piece of the passage; `nothing` is what start and end
    of "no answer here" get together, to be compared with the sum of a span's; `answers` is for the
    window as a whole. `borne` has one value for each piece of the question: how far the window
    bears it out, 0 for all where the network was not trained to tell.
    """

    start: Floats
    end: Floats
    nothing: float
    answers: float
    borne: Floats


class Network:
    """The loaded network.

    Raises:
        ModelError: a file of the model is missing, damaged, or cannot be run.
    """

    def __init__(self, folder: Traversable | None = None) -> None:
        self._folder = folder or resources.files("askdoc.read") / "model"
        self.settings = self._load_settings()
        self._session = self._load_session()
        self.tokenizer = self._load_tokenizer()

    def read(
        self, question: Sequence[int], windows: Sequence[tuple[Sequence[int], Sequence[int]]]
    ) -> list[Reading]:
        """What the network says of each window of pieces, in their order.

        A window comes as its context, which may be empty, and its passage.

        One at a time: together they are no quicker on one core, take memory, and share the range
        that activations are rounded in, so that what is said of one would depend on the others.
        """
        return [self._run(question, *window) for window in windows]

    def _run(
        self, question: Sequence[int], context: Sequence[int], passage: Sequence[int]
    ) -> Reading:
        import numpy as np

        before = [_CLS, *question, _SEP, *context, *([_SEP] if context else [])]
        pieces = [*before, *passage, _SEP]
        offset = len(before)
        types = np.zeros((1, len(pieces)), dtype=np.int32)
        types[0, len(question) + 2 :] = 1
        ids = np.array([pieces], dtype=np.int32)
        given = {"ids": ids, "types": types, "mask": np.ones_like(ids)}
        start, end, answers, borne = self._session.run(OUTPUTS, given)
        return Reading(
            start[0, offset:-1],
            end[0, offset:-1],
            float(start[0, 0] + end[0, 0]),
            float(answers[0]),
            borne[0, 1 : len(question) + 1],
        )

    def _bytes(self, name: str) -> bytes:
        file = self._folder / name
        try:
            return file.read_bytes()
        except OSError as error:
            raise self._broken("a file of the model is missing", name) from error

    def _checked(self, name: str) -> bytes:
        raw = self._bytes(name)
        if sha256(raw).hexdigest() != self.settings["sha256"][name]:
            raise self.damaged(name)
        return raw

    def damaged(self, name: str) -> ModelError:
        """The error to raise where this file does not hold what it should."""
        return self._broken("a file of the model is damaged", name)

    def _broken(self, what: str, name: str) -> ModelError:
        remedy = "Install askdoc again, or ask with --reader lexical."
        return ModelError(what, str(self._folder / name), remedy)

    def _load_settings(self) -> dict[str, Any]:
        try:
            settings: dict[str, Any] = json.loads(self._bytes(SETTINGS))
            settings["sha256"][WEIGHTS], settings["sha256"][VOCABULARY]
        except (ValueError, KeyError, TypeError) as error:
            raise self.damaged(SETTINGS) from error
        return settings

    def _load_session(self) -> Any:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        # A second thread gains little on windows this small, and takes a core from the user.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # The file's operators are fused already.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        raw = self._checked(WEIGHTS)
        try:
            return onnxruntime.InferenceSession(raw, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # onnxruntime's own exceptions share no base
            raise self._broken("the model cannot be run", WEIGHTS) from error

    def _load_tokenizer(self) -> WordPiece:
        words = self._checked(VOCABULARY).decode("utf-8").split("\n")
        return WordPiece({word: number for number, word in enumerate(words) if word})


@cache
def network() -> Network:
    """The network, loaded once."""
    return Network()
