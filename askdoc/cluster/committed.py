"""What is committed to an index in a cluster, read and replaced: the document of the state."""

from __future__ import annotations

from askdoc.cluster.address import harmless
from askdoc.cluster.client import Client
from askdoc.cluster.layout import (
    STATE,
    written,
)
from askdoc.cluster.searching import failed
from askdoc.cluster.state import ClusterState, Outdated, pack, unpack
from askdoc.errors import (
    ClusterError,
    IndexBusy,
    IndexNotFound,
    IndexOutdated,
)
from askdoc.store.state import State
from askdoc.store.telling import REBUILD, damaged, option

_TRIES = 20


class Committed:
    """The state of an index as the cluster has it, and what it takes to replace it.

    Attributes:
        found: the state.
        sequence, term: by which OpenSearch tells whether somebody replaced it.
    """

    def __init__(self, found: ClusterState, sequence: int, term: int) -> None:
        self.found, self.sequence, self.term = found, sequence, term


def look(client: Client) -> Committed:
    """What is committed now.

    Raises:
        IndexNotFound: there is no index.
        IndexOutdated: another version of askdoc made it.
        IndexDamaged: what stands there is not what was written.
    """
    address = client.address
    reply = client.request("GET", f"/{address.name}/_doc/{STATE}", allowed=(404,))
    try:
        if reply.status == 404 or not reply.body["found"]:
            raise IndexNotFound(
                "there is no saved index",
                str(address),
                f"Make one: askdoc index PATH...{option(address)}",
            )
        found = unpack(reply.body["_source"])
        sequence, term = reply.body["_seq_no"], reply.body["_primary_term"]
        if type(sequence) is not int or type(term) is not int:
            raise ValueError("its state has no number")
    except Outdated:
        raise IndexOutdated(
            "the saved index was made by another version of askdoc",
            str(address),
            f"{REBUILD}{option(address)}",
        ) from None
    except (LookupError, TypeError, ValueError) as error:
        raise damaged(address, harmless(str(error))) from None
    return Committed(found, sequence, term)


def replaced(
    client: Client, before: Committed, found: ClusterState, *, tries: int = _TRIES
) -> Committed:
    """Replace a state that was read by another.

    Raises:
        IndexBusy: it is not there any more, so that this can never be done.
        ClusterError: the cluster does not answer. It may have been done, or may yet be.
    """
    document = pack(found)
    error: ClusterError | None = None
    for _ in range(tries):
        query = {
            "if_seq_no": str(before.sequence), "if_primary_term": str(before.term),
            "require_alias": "true",
        }  # fmt: skip
        try:
            reply = client.request(
                "PUT", f"/{written(client.address.name)}/_doc/{STATE}", document, query=query,
                allowed=(409,), again=False,
            )  # fmt: skip
        except ClusterError as problem:
            error = problem
        else:
            if reply.status != 409:
                return Committed(found, *_position(client, reply.body))
        # Whether it, or an earlier try, was done, only the state itself can tell.
        now = look(client)
        if now.found == found:
            return now
        if _is_only_prolonged(before.found, now.found, found):
            before = now
        elif (now.sequence, now.term) != (before.sequence, before.term):
            raise busy(client, "it has taken over")
    raise error or failed(client, "it does not let its state be replaced")


def _is_only_prolonged(before: ClusterState, now: ClusterState, found: ClusterState) -> bool:
    """Whether the one who replaces a state has had the right for longer, and has not been told."""
    mine, there = found.lease or before.lease, now.lease
    return (
        mine is not None
        and there is not None
        and mine.owner == there.owner
        and there.until > 0  # it was not given back meanwhile
        and now._replace(lease=None) == before._replace(lease=None)
    )


def _position(client: Client, body: object) -> tuple[int, int]:
    """By what a document can be replaced that was read or written."""
    told = body if isinstance(body, dict) else {}
    sequence, term = told.get("_seq_no"), told.get("_primary_term")
    if type(sequence) is not int or type(term) is not int:
        raise failed(client, "its state has no number")
    return sequence, term


def busy(client: Client, how_long: str) -> IndexBusy:
    """That another writer has the right."""
    return IndexBusy(
        f"somebody else is writing the saved index ({how_long})",
        str(client.address),
        "Try again when they have finished; questions can be asked meanwhile.",
    )


def unread(client: Client) -> Committed:
    """The state as nothing, where it cannot be read: only by what it can be replaced.

    Raises:
        IndexNotFound: there is none.
    """
    address = client.address
    reply = client.request("GET", f"/{address.name}/_doc/{STATE}", allowed=(404,))
    if reply.status == 404:
        remedy = f"Make one: askdoc index PATH...{option(address)}"
        raise IndexNotFound("there is no saved index", str(address), remedy)
    return Committed(ClusterState(State()), *_position(client, reply.body))
