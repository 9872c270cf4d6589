"""Questions that are followed from outside, step by step, and given up where nobody waits."""

from __future__ import annotations

from collections.abc import Callable

from askdoc.model import OnStep, Step
from askdoc.serve.limits import Stop

Tell = Callable[[str], None]
"""Told from a thread what is being done: "searching" or "reading"."""


def followed(stop: Stop, tell: Tell | None = None) -> OnStep:
    """What `Assistant.ask` calls before each step.

    Args:
        stop: looked at before each; it raises `Stopped` where nobody waits for the answer.
        tell: told what begins now.
    """

    def on_step(step: Step) -> None:
        stop.check()
        if tell is not None:
            tell(step)

    return on_step
