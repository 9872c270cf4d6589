"""What a session at the shell holds: the documents, which of them are asked, what was said so far.

The commands are functions from a `ShellState` and an argument to text; all that they change is
here. Whatever is changed is changed at the end, so that a command that is stopped changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from askdoc.assistant import Assistant
from askdoc.conversation import Conversation
from askdoc.errors import AskdocError, NoDocuments
from askdoc.model import Answer, Citation, Extent
from askdoc.present import Style

_NOTHING_ASKED = "nothing was asked yet"


class ShellState:
    """What one session at the shell holds.

    Args:
        assistant: who answers.
        style: tells how the text has to look now; asked for each reply, since windows are resized.
        nearest: whether a pipe, too, gets the sentences that came near.
        clipboard: whether the terminal may take text for its clipboard.

    Attributes:
        everyone: asks all documents of the session.
        style: as given.
        nearest: as given.
        clipboard: as given.
        talk: the conversation; its assistant asks the documents that are in use.
        answerer: who answered the last question.
        shown: the sentences that were shown for it, in the order of their numbers.
        progress: told how many files were read, by commands that read some.
        suggestions: questions that were suggested, by whose numbers they can be asked.
        is_suggesting: whether questions are suggested at all.
        is_stale: whether what is asked has changed since they were.
        held_back: whether these came near without answering, and were not printed into a pipe.
    """

    def __init__(
        self,
        assistant: Assistant,
        style: Callable[[], Style],
        *,
        nearest: bool = False,
        clipboard: bool = False,
    ) -> None:
        self.everyone = assistant
        self.style = style
        self.nearest = nearest
        self.clipboard = clipboard
        self.talk = Conversation(assistant)
        self.answerer = assistant
        self.shown: tuple[Citation, ...] = ()
        self.progress: Callable[[int], None] | None = None
        self.suggestions: list[str] = []
        self.is_suggesting = self.is_stale = False
        self.held_back = False
        self._asking = assistant
        self._extents: list[Extent] | None = None
        self._in_use: list[Extent] | None = None
        self._used: frozenset[str] | None = None

    @property
    def last(self) -> Answer | None:
        """The last answer of the conversation."""
        return self.talk.answers[-1] if self.talk.answers else None

    @property
    def answers(self) -> list[Answer]:
        """All answers of the conversation.

        Raises:
            AskdocError: there are none.
        """
        if not self.talk.answers:
            raise AskdocError(_NOTHING_ASKED, remedy="Ask a question first.")
        return self.talk.answers

    @property
    def asking(self) -> Assistant:
        """Who asks the documents that are in use.

        Raises:
            NoDocuments: there are none.
        """
        if not len(self._asking.documents):
            raise NoDocuments("there are no documents left to ask", remedy="/add PATH adds some.")
        return self._asking

    @property
    def extents(self) -> list[Extent]:
        """How much there is of each document of the session."""
        if self._extents is None:
            self._extents = self.everyone.extents
        return self._extents

    @property
    def in_use(self) -> list[Extent]:
        """How much there is of each document that is asked."""
        if self._used is None:
            return self.extents
        if self._in_use is None:
            self._in_use = [one for one in self.extents if one.source in self._used]
        return self._in_use

    @property
    def sources(self) -> list[str]:
        """The names of the documents, each once."""
        return list(dict.fromkeys(extent.source for extent in self.extents))

    @property
    def is_saved(self) -> bool:
        """Whether a saved index is asked."""
        return self.everyone.index is not None

    @property
    def used(self) -> frozenset[str] | None:
        """The documents that are asked; None where all are."""
        return self._used

    def ask(self, question: str, *, exact: bool = False) -> Answer:
        """The answer to a question, after which the sentences it shows can be opened."""
        self.talk.assistant = self.asking
        answer = self.talk.ask(question, exact=exact)
        self.answerer = self._asking
        self.shown = answer.citations or answer.nearest
        self.held_back = not answer.citations and not self.style().person and not self.nearest
        return answer

    def forget(self) -> None:
        """Forget the conversation; the documents stay."""
        self.talk.reset()
        self.shown, self.held_back = (), False

    def refresh(self) -> None:
        """Look anew at which documents there are: somebody may have updated a saved index."""
        self._extents = self._in_use = None

    def use(self, sources: Collection[str] | None) -> None:
        """Ask only these documents; None is all."""
        self._change(self.everyone, sources)

    def change(self, everyone: Assistant, used: Collection[str] | None) -> None:
        """Have other documents from now on.

        Args:
            everyone: asks all of them.
            used: those to ask; None is all.
        """
        self._change(everyone, used)
        self.refresh()

    def _change(self, everyone: Assistant, used: Collection[str] | None) -> None:
        asking = everyone if used is None else everyone.only(used)
        self.everyone, self._asking = everyone, asking
        self._used = None if used is None else frozenset(used)
        self._in_use = None
        # Their numbers must not ask for what is no longer asked.
        self.suggestions, self.is_stale = [], True
        self.talk.assistant = asking
