"""The commands about documents: which there are, which are asked, others besides, fewer."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path, PurePath

from askdoc.assistant import Assistant
from askdoc.errors import AskdocError, LoadError, NoDocuments, UnknownSource
from askdoc.load.walk import STDIN_PATH
from askdoc.model import Extent
from askdoc.present import one_line, sanitize
from askdoc.present.counting import counted
from askdoc.present.listing import documents, names, skipped
from askdoc.reading import load_paths
from askdoc.shell.source_names import chosen, words
from askdoc.shell.state import ShellState
from askdoc.store.telling import option

FOLLOW_LINKS = "--follow-links"
ALL = "all"


def sources(state: ShellState, argument: str) -> str:
    """`/sources [NAME]`: what was read, and what was skipped."""
    state.refresh()
    problems, style = state.everyone.problems, state.style()
    if not argument:
        return documents(state.extents, state.used, problems, style)
    wanted = " ".join(argument.split()).casefold()
    unread = [one for one in problems if wanted in sanitize(one.where).casefold()]
    try:
        meant = set(chosen(state.sources, argument))
    except UnknownSource:
        if not unread:
            raise
        meant = set()
    extents = [one for one in state.extents if one.source in meant]
    return documents(extents, state.used, unread, style)


def use(state: ShellState, argument: str) -> str:
    """`/use NAME...`: ask some documents only; `/use` and `/use all` ask all again."""
    state.refresh()
    if argument.casefold() in ("", ALL):
        state.use(None)
    else:
        meant = chosen(state.sources, argument)
        state.use(meant if len(meant) < len(state.sources) else None)
    return _asked_now(state)


def add(state: ShellState, argument: str) -> str:
    """`/add PATH... [--follow-links]`: read files and folders, for this session."""
    named = words(argument)
    follow = FOLLOW_LINKS in named
    paths = [_path(word) for word in named if word != FOLLOW_LINKS]
    if not paths:
        raise AskdocError("there is nothing to add", remedy="For example: /add notes.txt")
    loaded = load_paths(paths, progress=state.progress, follow_links=follow)
    if not loaded.documents:
        raise _nothing_read(loaded.problems)
    state.refresh()
    before = set(state.sources)
    read = {document.source for document in loaded.documents}
    renamed = _same_files(read - before, before)
    kept = _without(state, renamed) if renamed else state.everyone
    used = None if state.used is None else (state.used - renamed) | read
    state.change(kept.adding(*loaded), used)
    new = [extent for extent in state.extents if extent.source in read - before]
    again = [extent for extent in state.extents if extent.source in read & before]
    lines = [f"Added {names(new)}."] if new else []
    if again:
        lines.append(f"Read again {names(again)}.")
    if renamed:
        lines.append(f"They take the place of {', '.join(map(sanitize, sorted(renamed)))}.")
    lines += [f"{sanitize(d.source)}: {one_line(n)}." for d in loaded.documents for n in d.notes]
    if loaded.problems:
        lines += ["Skipped:", *skipped(loaded.problems)]
    if used is not None:
        lines.append(_asked_now(state))
    if state.is_saved:
        meant = option(state.everyone.index) if state.everyone.index is not None else ""
        lines.append(
            f"The saved index is as it was: askdoc index PATH{meant} would keep them there."
        )
    return "\n".join(lines)


def remove(state: ShellState, argument: str) -> str:
    """`/remove NAME...`: leave documents out, for this session."""
    if not argument:
        raise AskdocError("there is nothing to remove", remedy="For example: /remove notes.txt")
    state.refresh()
    gone = set(chosen(state.sources, argument))
    extents = [extent for extent in state.extents if extent.source in gone]
    used = None if state.used is None else state.used - gone
    state.change(_without(state, gone), used or None)
    still = "The saved index is" if state.is_saved else "The files are"
    lines = [f"Removed {names(extents)}, for this session only. {still} as before."]
    if not state.extents:
        lines.append("There are no documents left to ask; /add PATH adds some.")
    elif used is not None and not used:
        lines.append(f"None is left of those that were asked. {_asked_now(state)}")
    return "\n".join(lines)


def _without(state: ShellState, gone: Collection[str]) -> Assistant:
    """Who asks all documents but these, and still knows what could not be read."""
    everyone = state.everyone
    rest = everyone.only([source for source in state.sources if source not in gone])
    rest.problems = everyone.problems
    return rest


def _asked_now(state: ShellState) -> str:
    if state.used is None:
        return f"Asking all: {_how_many(state.extents)}."
    return f"Asking only {names(state.in_use)}. /use all asks all again."


def _how_many(extents: Sequence[Extent]) -> str:
    sentences = sum(extent.sentences for extent in extents)
    return f"{counted(len(extents), 'document')}, {counted(sentences, 'sentence')}"


def _same_files(new: Collection[str], known: Iterable[str]) -> set[str]:
    """Which of the known names are those of files that have just been read under others."""
    by_name: dict[str, list[str]] = {}
    for path in new:
        by_name.setdefault(PurePath(path).name, []).append(path)
    return {
        name
        for name in known
        if any(_is_same(name, path) for path in by_name.get(PurePath(name).name, ()))
    }


def _is_same(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except (OSError, ValueError):
        return False


def _path(word: str) -> str:
    # Standard input is what is typed here; a file of that name is meant.
    path = os.path.join(os.curdir, word) if word == STDIN_PATH else word  # noqa: PTH118
    return os.path.expanduser(path)  # noqa: PTH111 (a Path would change the name)


def _nothing_read(problems: Sequence[LoadError]) -> AskdocError:
    if len(problems) == 1:
        return problems[0]
    if not problems:
        return NoDocuments("there is nothing to read in it", remedy="Name files, or a folder.")
    return NoDocuments(
        f"none of the {len(problems)} sources could be read", remedy=f"The first: {problems[0]}"
    )
