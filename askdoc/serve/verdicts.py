"""Whether saved answers stand: what is sent to be checked, and what is said of it."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, RootModel

from askdoc.model import Answer
from askdoc.verify import Verdict


class VerifyRequest(RootModel[Answer | tuple[Answer, ...]]):
    """An answer as askdoc gave it, or a list of answers, with all their fields and no others."""


class VerifyReply(BaseModel):
    """A verdict for each citation, and whether all of them stand."""

    model_config = ConfigDict(frozen=True)

    all_stand: bool
    verdicts: tuple[Verdict, ...] = Field(description="in the order of the answers' citations")
