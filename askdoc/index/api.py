"""Make, update and empty a saved index: what the command line asks for.

`building` does the work within an index; here is which folder, which roots, and who may write.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from askdoc.errors import (
    LoadError,
    NoDocuments,
    SavedIndexError,
    SourceNotFound,
    SourceUnreadable,
)
from askdoc.index.diff import is_below, united
from askdoc.index.indexer import Building, Listener, Report
from askdoc.index.named import own, remember
from askdoc.index.places import Place, place_of
from askdoc.load.walk import displayable
from askdoc.store.state import State
from askdoc.store.telling import option
from askdoc.workers import processors

STDIN = "-"
_SHOWN = 8


def update(
    folder: str | os.PathLike[str],
    paths: Iterable[str | os.PathLike[str]] | str | os.PathLike[str] = (),
    *,
    rebuild: bool = False,
    follow_links: bool = False,
    progress: Listener | None = None,
    processes: int | None = None,
    hints: Iterable[str | os.PathLike[str]] | None = None,
) -> Report:
    """Make a saved index, or bring it up to date with the files that it was made of.

    Args:
        folder: where the index is, or is to be: its folder, or its address in a cluster.
        paths: files and folders to index; none: all that this user named before for an index in
            this folder. What only the index says was named is not read. A file that is named
            itself is tried again where it could not be read, and may take longer if it is alone.
        rebuild: whether to read everything again.
        follow_links: whether links are followed that lead out of a folder that was named. It is
            not remembered: an update without it takes out what was found through such links.
        progress: is told how far it has come, after each file.
        processes: how many files are read at a time, by default as many as there are processors;
            0 reads them in this process, without its protection against damaged files.
        hints: None, or where files may have changed since the last update, for another look at what
            stands at and below these paths alone. Then nothing is tried again for having been
            named, and a path that is gone is a problem, and no error, however few were named.

    Raises:
        IndexBusy: somebody else is writing it.
        IndexUnwritable: there is no room, or no right to write.
        IndexOutdated, IndexDamaged: it cannot be used any more; `rebuild` makes it anew.
        NoDocuments: nothing was named, now or before by this user.
        SourceNotFound: the only path that was named is not there.
        ClusterError: the cluster that holds it cannot be used, or did not do all that was asked.
    """
    given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    roots = [(os.path.abspath(path), os.fspath(path)) for path in given]
    _check_roots(roots, again=hints is not None)
    named = [path for path, _ in roots] if hints is None else []
    place = place_of(folder)
    if not roots and not place.is_index():
        raise _nothing_named(place)
    with place.writing(anew=rebuild):
        remember(place.where, roots)
        before, foreign = _roots_before(place, forgiving=rebuild and bool(roots))
        if foreign and not roots and (rebuild or not before):
            raise _not_yours(foreign, place)
        left_out = foreign if rebuild or not roots else []
        roots = roots or before
        if not roots:
            raise _nothing_named(place)
        is_new = not place.is_index()
        fresh = rebuild or is_new
        if rebuild:
            roots = united(before, roots)
        # Until its first run has come to its end, it says that it is not complete.
        state = State(roots=tuple(roots), unfinished=tuple(path for path, _ in roots))
        made = place.begun(state, seen=not rebuild) if fresh else place.opened()
        with made as (catalog, commits):
            report = Building(catalog, commits, place.without, progress).run(
                roots,
                processors() if processes is None else processes,
                named=named,
                follow_links=follow_links,
                hints=None if hints is None or fresh else list(map(os.path.abspath, hints)),
            )
        report.problems += [_left_out(name, place) for name in left_out]
    return report


def remove(
    folder: str | os.PathLike[str], paths: Sequence[str | os.PathLike[str]]
) -> tuple[int, list[LoadError]]:
    """Take files and all below folders out of a saved index: how many, and what was not in it.

    Raises:
        IndexNotFound, IndexBusy, IndexUnwritable, IndexOutdated, IndexDamaged, ClusterError: as for
            `update`.
    """
    place = place_of(folder)
    place.look()  # Before there is a lock where there is no index.
    with place.writing(), place.opened() as (catalog, commits):
        gone: set[int] = set()
        problems: list[LoadError] = []
        roots = [os.fsencode(os.path.abspath(path)) for path in paths]
        sources = list(catalog.sources())
        for path, root in zip(paths, roots, strict=True):
            below = {source.id for source in sources if is_below(source.path, root)}
            if not below:
                problems.append(
                    SourceNotFound("it is not in the saved index", os.fspath(path),
                                   f"askdoc status{option(place.where)} shows what is.")
                )  # fmt: skip
            gone |= below
        Building(catalog, commits, place.without).forget(sorted(gone), roots)
    return len(gone), problems


def _naming(place: Place) -> str:
    """The command by which something is named for an index."""
    return f"askdoc index PATH...{option(place.where)}"


def _nothing_named(place: Place) -> NoDocuments:
    remedy = f"Name files or folders: {_naming(place)}"
    return NoDocuments("no documents were named", remedy=remedy)


def _check_roots(roots: list[tuple[str, str]], *, again: bool) -> None:
    if any(name == STDIN for _, name in roots):
        raise SourceUnreadable(
            "standard input cannot be kept in an index", STDIN, "Save it to a file and name that."
        )
    if any(not name for _, name in roots):
        # Its absolute path would be that of the current folder.
        raise SourceNotFound("no such file or folder", "", "Check the name: it is empty.")
    if len(roots) == 1 and not again and not os.path.lexists(roots[0][0]):
        raise SourceNotFound(
            "no such file or folder",
            roots[0][1],
            "Check the name; askdoc remove takes what is gone out of the index.",
        )


def _roots_before(place: Place, forgiving: bool) -> tuple[list[tuple[str, str]], list[str]]:
    """What this user named before; and the names of what the index says somebody else did.

    If need be, only as far as the index tells.
    """
    if not place.is_index():
        return [], []
    try:
        roots = place.roots()
    except SavedIndexError:
        # Whoever makes it anew names the paths again.
        if not forgiving:
            raise
        return [], []
    mine = list(own(place.where).named.items())
    before: list[tuple[str, str]] = []
    foreign = []
    for path, name in roots:
        given = _name_below(path, mine)
        if given is not None:
            before.append((path, given))
        else:
            foreign.append(name)
            below = os.fsencode(path)
            before += [one for one in mine if is_below(os.fsencode(one[0]), below)]
    return before, foreign


def _name_below(path: str, mine: list[tuple[str, str]]) -> str | None:
    """What a path is called that was named, or stands below one that was; None where it does not.

    Not what the index calls it: a file must not be cited under a name that is not its own.
    """
    for root, name in reversed(mine):
        if is_below(os.fsencode(path), os.fsencode(root)):
            below = os.path.relpath(path, root)
            return name if below == os.curdir else os.path.join(name, below)
    return None


def _not_yours(names: list[str], place: Place) -> NoDocuments:
    shown = ", ".join(names[:_SHOWN]) + (" and others" if len(names) > _SHOWN else "")
    return NoDocuments(
        "what the saved index was made of was not named by you, so it is not read",
        displayable(shown),
        f"Name what is to be read: {_naming(place)}",
    )


def _left_out(name: str, place: Place) -> LoadError:
    return SourceUnreadable(
        "it is not read, since it was not named by you for this index",
        displayable(name),
        f"Name it to have it read: {_naming(place)}",
    )
