"""Saved answers that are checked again whenever they, or the files that they cite, change."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from askdoc.errors import AskdocError, ClusterFailed, ClusterUnreachable, LoadError, SourceTooLarge
from askdoc.load.files import read_bytes
from askdoc.load.walk import Found, walk
from askdoc.model import Answer
from askdoc.verify import LONGEST_FILE, Standing, Verdict, indexed, read_answers, verify
from askdoc.verify.sources import Locate, NoFile, path_of
from askdoc.watch.loop import Hints, Looked, Loop, Notice

_SUFFIX = ".json"
# A cluster that does not answer is asked again after so many seconds.
_AGAIN_SECONDS = 30.0

_State = tuple[int, ...] | None
"""What tells a file from what it was before; None where it is not there."""


class Checked(NamedTuple):
    """A file of saved answers, as they stand now.

    `answers` is how many it holds, `verdicts` has those on all citations in it, and `fallen` the
    numbers, from 1, of the answers that do not stand.
    """

    name: str
    answers: int
    verdicts: Sequence[Verdict]

    @property
    def fallen(self) -> list[int]:
        stands = Standing.STANDS
        return sorted({one.answer for one in self.verdicts if one.standing is not stands})


class _Kept(NamedTuple):
    """A file of answers that was read: its state then, and those of what it cites."""

    state: _State
    answers: Sequence[Answer]
    cited: dict[str, _State]
    checked: Checked


def watch_answers(
    path: str | os.PathLike[str],
    *,
    on_check: Callable[[list[Checked], list[Checked]], None],
    on_notice: Notice,
    stop: threading.Event,
    index: str | os.PathLike[str] | None = None,
) -> None:
    """Check the saved answers in a folder, and again whenever something changes, until stopped.

    Args:
        path: the folder, or one file of answers. Files below the folder count whose name ends in
            .json, but for hidden ones; what is no saved answer is told, once, and passed over.
        on_check: is told of all files of answers by name, and of those among them about which the
            verdicts are not what they were; the first time, and when there are such or some went.
        on_notice: is told, once each, what is to be known and stops nothing.
        stop: ends it, from any thread.
        index: where sources are looked up, as `verify.indexed` does.

    Raises:
        SourceNotFound: there is nothing at the path when it begins.
        IndexNotFound, IndexOutdated, IndexDamaged, ClusterError: the index cannot be used.
    """
    Loop(_Answers(os.fspath(path), on_check, on_notice, index), stop, on_notice).run()


@dataclass
class _Answers:
    """Saved answers, looked at by checking them; the first fields are as above."""

    path: str
    on_check: Callable[[list[Checked], list[Checked]], None]
    on_notice: Notice
    index: str | os.PathLike[str] | None = None
    _kept: dict[str, _Kept] = field(default_factory=dict)
    _problems: dict[str, _State] = field(default_factory=dict)
    _unanswered: str = ""
    _is_first: bool = True

    def paths(self) -> Sequence[str]:
        cited = {path for kept in self._kept.values() for path in kept.cited}
        # A folder that somebody's answer cites, the whole disk say, is not watched for it.
        files = [path for path in sorted(cited) if not os.path.isdir(path)]  # noqa: PTH112
        return [os.path.abspath(path) for path in (self.path, *files)]  # noqa: PTH100

    def look(self, hints: Hints) -> Looked:
        # Files are compared with what they were, whatever is hinted at: there are few.
        before, self._kept = self._kept, {}
        read = dict(self._read(before))
        try:
            locate = self._locate(_sources(chain.from_iterable(a for _, a in read.values())))
        except (ClusterUnreachable, ClusterFailed) as problem:
            if self._is_first:
                raise
            if str(problem) != self._unanswered:
                self.on_notice(problem)
            self._kept, self._unanswered = before, str(problem)
            return Looked(again=_AGAIN_SECONDS)
        self._unanswered = ""
        for name, (state, answers) in read.items():
            self._kept[name] = _checked(name, state, answers, locate, before.get(name))
        changed = [
            kept.checked
            for name, kept in self._kept.items()
            if name not in before or kept.checked.verdicts != before[name].checked.verdicts
        ]
        if self._is_first or changed or before.keys() != self._kept.keys():
            self._is_first = False
            self.on_check([kept.checked for kept in self._kept.values()], changed)
        return Looked()

    def _locate(self, names: Collection[str]) -> Locate | None:
        return None if self.index is None else indexed(self.index, names)

    def _read(
        self, before: dict[str, _Kept]
    ) -> Iterator[tuple[str, tuple[_State, Sequence[Answer]]]]:
        """The files that hold answers, and these; what was read before is not read again."""
        problems, self._problems = self._problems, {}
        for found in walk([self.path]):
            if isinstance(found, LoadError):
                if self._is_first and not os.path.lexists(self.path):
                    raise found
                self._tell(found, None, problems)
            elif isinstance(found, Found) and (
                found.folder is None or found.path.lower().endswith(_SUFFIX)
            ):
                state, kept = _state(found.path), before.get(found.source)
                if kept is not None and kept.state == state:
                    yield found.source, (state, kept.answers)
                    continue
                try:
                    yield found.source, (state, _answers(found))
                except AskdocError as problem:
                    self._tell(problem, state, problems)

    def _tell(self, problem: AskdocError, state: _State, before: dict[str, _State]) -> None:
        line = str(problem)
        if line not in before or before[line] != state:
            self.on_notice(problem)
        self._problems[line] = state


def _checked(
    name: str,
    state: _State,
    answers: Sequence[Answer],
    locate: Locate | None,
    before: _Kept | None,
) -> _Kept:
    """The answers of a file as they stand; they are checked where something is another now."""
    cited = {path: _state(path) for path in _paths(_sources(answers), locate)}
    if before is not None and (before.state, before.cited) == (state, cited):
        return before
    verdicts = verify(answers, locate=locate)
    return _Kept(state, answers, cited, Checked(name, len(answers), verdicts))


def _sources(answers: Iterable[Answer]) -> set[str]:
    return {one.source for answer in answers for one in (*answer.citations, *answer.nearest)}


def _answers(found: Found) -> list[Answer]:
    data = read_bytes(found.path, found.source, found.within)
    if len(data) > LONGEST_FILE:
        raise SourceTooLarge(
            f"not a saved answer (it is larger than {LONGEST_FILE // 2**20} MiB)",
            found.source,
            "Split it into smaller files.",
        )
    return read_answers(data, found.source)


def _paths(names: Iterable[str], locate: Locate | None) -> Iterator[str]:
    """The files that are cited; what is no file has none."""
    for name in sorted(names):
        with suppress(NoFile):
            yield path_of(name, locate)


def _state(path: str) -> _State:
    try:
        status = os.stat(path)  # noqa: PTH116 (a Path would change the name)
    except (OSError, ValueError):
        return None
    return (
        status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns,
    )  # fmt: skip
