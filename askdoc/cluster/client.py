"""A thin client of OpenSearch: what is sent again where that helps, and replies that are whole.

Sent again are those that were answered with 429, 502, 503 or 504 or not in time, for half a minute
after the first such failure, and those that met nobody or lost their connection, as while a node
starts again; where nobody was ever met, the address may be wrong, and some seconds are enough. All
of askdoc's requests may be repeated, as their ids are fixed and changes compare what they replace,
but for one whose verdict is needed: `again=False`.
"""

from __future__ import annotations

import json
import os
import time
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from copy import copy
from types import MappingProxyType, TracebackType
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from askdoc.cluster.address import Address
from askdoc.cluster.bulk import portions, take_results
from askdoc.cluster.connection import Connection, Interrupted, ReplyTooLarge, trusting
from askdoc.cluster.credentials import PASSWORD, TOKEN, USER, Credentials
from askdoc.cluster.replies import PASSING, parsed, reason, whole
from askdoc.cluster.tries import Tries
from askdoc.errors import (
    ClusterError,
    ClusterFailed,
    ClusterRefused,
    ClusterReplyLost,
    ClusterUnreachable,
)

__all__ = ["Client", "Reply", "whole"]

# How long somebody is looked for at an address where nobody was met yet.
_SEARCH_SECONDS = 5.0
_LARGEST_REPLY = 256 << 20
# Well under the 10 MB that the smallest of hosted clusters take at once.
_PORTION = 5 << 20
_NOTHING: Mapping[str, str] = MappingProxyType({})


class Reply(NamedTuple):
    """What came back.

    Attributes:
        status: of HTTP.
        body: the JSON, an object or an array; None of a HEAD request.
    """

    status: int
    body: Any


class Client:
    """Asks one cluster, from as many threads as want to; each has a connection while it asks."""

    def __init__(
        self,
        address: Address,
        credentials: Credentials | None = None,
        *,
        timeout: float = 30.0,
        patience: float = 30.0,
        largest_reply: int = _LARGEST_REPLY,
        portion: int = _PORTION,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Make ready to ask; no connection is made yet.

        Args:
            address: the cluster.
            credentials: who asks; they were looked up for this address.
            timeout: seconds that one try may take in all.
            patience: seconds after a first failure in which a request may be tried again.
            largest_reply: bytes that a reply may have.
            portion: bytes that `bulk` sends at once; a larger operation goes alone.
            clock: seconds that only grow.
            sleep: waits for some seconds.

        Raises:
            ClusterMisnamed: the file of certificates cannot be read.
            ValueError: the credentials are another cluster's.
        """
        if credentials is not None and credentials.address[:3] != address[:3]:
            raise ValueError("these credentials were looked up for another cluster")
        self.address, self._credentials = address, credentials
        self._timeout, self._patience = timeout, patience
        self._largest, self._portion = largest_reply, portion
        self._clock, self._sleep = clock, sleep
        self._context = trusting(address, credentials)
        self._idle: deque[Connection] = deque()
        self._process = os.getpid()
        self._met = False

    def request(
        self,
        method: str,
        path: str,
        body: object | None = None,
        *,
        query: Mapping[str, str] = _NOTHING,
        allowed: Collection[int] = (),
        again: bool = True,
    ) -> Reply:
        """Send a request and check its reply.

        Args:
            method: such as "GET".
            path: such as "/NAME/_search", not percent-encoded yet.
            body: what is sent as JSON, or bytes, which are lines of JSON.
            query: names and values of parameters.
            allowed: statuses beside 2xx that are returned.
            again: whether it may be sent again. Where not, it goes out at most once, and is an
                error of its own where the cluster may have done it without saying so.

        Raises:
            ClusterUnreachable: no connection, or no reply in time.
            ClusterReplyLost: with `again=False`, it was sent, and what came of it is not known.
            ClusterRefused: 401 or 403.
            ClusterFailed: any other status, or a reply that is no JSON or too large.
        """
        target = quote(path, safe="/_-.,*:~") + ("?" + urlencode(query) if query else "")
        content, headers = self._prepared(body)
        tries = self._tries()
        while True:
            try:
                status, reply = self._once(method, target, content, headers, again)
            except Interrupted as why:
                if why.sent and not again:
                    raise self._lost(why.what) from None
                known = self._met or why.late
                seconds = self._patience if known else min(_SEARCH_SECONDS, self._patience)
                if why.passing and tries.more(seconds):
                    continue
                raise self._unreachable(why) from None
            self._met = True
            passing = status in PASSING and status not in allowed
            if passing and again and tries.more(self._patience):
                continue
            try:
                return self._checked(method, status, reply, allowed)
            except ClusterFailed as error:
                said_no = 400 <= status < 500 and status not in (408, 429)
                if again or said_no:
                    raise
                raise self._lost(error.what) from None

    def search(
        self, index: str, body: object, *, query: Mapping[str, str] = _NOTHING
    ) -> dict[str, Any]:
        """Search an index, or several with commas between, all of it or not at all.

        Raises:
            ClusterError: as `request`; ClusterFailed too where a part of the index did not answer.
        """
        query = {"allow_partial_search_results": "false", **query}
        try:
            return whole(self.request("POST", f"/{index}/_search", body, query=query).body)
        except ClusterFailed as error:
            raise self._failed(self.hidden(error.what), error.remedy) from None

    def bulk(
        self,
        lines: Sequence[bytes],
        *,
        query: Mapping[str, str] = _NOTHING,
        allowed: Collection[int] = (),
        again: bool = True,
    ) -> list[dict[str, Any]]:
        """Send many operations, in portions; those that the cluster had no room for go again.

        Args:
            lines: JSON without line ends: an action, and its source where it has one.
            query: names and values of parameters.
            allowed: statuses of an operation beside 2xx that are returned.
            again: as in `request`.

        Returns:
            What came of each operation, in order: what stands under its action, with its "status".

        Raises:
            ClusterError: as `request`; ClusterFailed too where one operation failed. Others may
                have been done.
            ValueError: an action is none, or lacks its source.
        """
        results: list[dict[str, Any]] = []
        for portion in portions(lines, self._portion):
            waiting, tries = portion, self._tries()
            while waiting:
                content = b"".join(one.content for one in waiting)
                body = self.request("POST", "/_bulk", content, query=query, again=again).body
                try:
                    waiting, why = take_results(waiting, body, allowed)
                except ClusterFailed as error:
                    raise self._failed(self.hidden(error.what)) from None
                if waiting and not tries.more(self._patience):
                    raise self._failed(self.hidden(why))
            results += [one.result for one in portion]
        return results

    def hasty(self, seconds: float) -> Client:
        """The same client, which does not wait for longer than this for a reply."""
        other = copy(self)
        other._timeout = other._patience = seconds
        return other

    def count(self, index: str, body: object) -> int:
        """Count documents in an index, in all of it or not at all.

        Raises:
            ClusterError: as `search`.
        """
        try:
            count = whole(self.request("POST", f"/{index}/_count", body).body).get("count")
        except ClusterFailed as error:
            raise self._failed(self.hidden(error.what), error.remedy) from None
        if type(count) is not int:
            raise self._failed("the cluster's reply is not one to a count")
        return count

    def close(self) -> None:
        """Close the connections that nobody uses; another request opens one again."""
        while self._idle:
            self._idle.pop().close()

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _once(
        self,
        method: str,
        target: str,
        content: bytes | None,
        headers: dict[str, str],
        again: bool,
    ) -> tuple[int, bytes]:
        """One try, on a connection that nobody uses meanwhile."""
        # A child process must not write between its parent's words.
        if self._process != os.getpid():
            self._idle, self._process = deque(), os.getpid()
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = Connection(self.address, self._context, self._clock)
        if not again:
            # What is sent just when the server closes a connection that it had long enough might
            # have been read, or might not.
            connection.close()
        kept = connection.is_open
        ask = (method, target, content, headers)
        try:
            reply = connection.exchange(*ask, seconds=self._timeout, most=self._largest)
        except Interrupted as why:
            if not kept or why.late or not why.passing:
                raise
            reply = connection.exchange(*ask, seconds=self._timeout, most=self._largest)
        self._idle.append(connection)
        return reply

    def _prepared(self, body: object | None) -> tuple[bytes | None, dict[str, str]]:
        headers = {"Accept": "application/json"}
        if self._credentials is not None and self._credentials.authorization:
            headers["Authorization"] = self._credentials.authorization
        if body is None:
            return None, headers
        if isinstance(body, bytes):
            headers["Content-Type"] = "application/x-ndjson"
            return body, headers
        headers["Content-Type"] = "application/json"
        return encoded(body), headers

    def _checked(self, method: str, status: int, content: bytes, allowed: Collection[int]) -> Reply:
        fine = 200 <= status < 300 or status in allowed
        try:
            body = parsed(content)
        except ValueError as error:
            if fine:
                raise self._failed(f"the cluster's reply is no JSON ({error})") from None
            body = None
        if not fine:
            raise self._refusal(status, body)
        if method != "HEAD" and not isinstance(body, dict | list):
            raise self._failed("the cluster's reply is no object of JSON")
        return Reply(status, body)

    def _refusal(self, status: int, body: Any) -> ClusterError:
        why, where = self._why(status, body), str(self.address)
        if status == 401:
            remedy = f"Set {USER} and {PASSWORD}, or {TOKEN}, to what it knows."
            return ClusterRefused("the cluster does not know who asks", where, remedy)
        # A disk that is full, or an index that was closed for writing, is nobody's right.
        if status == 403 and "cluster_block_exception" not in why:
            remedy = "Have this user given the right."
            return ClusterRefused(f"the cluster does not allow this ({why})", where, remedy)
        if 300 <= status < 400:
            remedy = "Name the address that it leads to, if you trust it."
            return self._failed(f"the cluster leads elsewhere ({status})", remedy)
        if status == 413:
            return self._failed(f"the request is too large for the cluster ({why})")
        return self._failed(f"the cluster did not do what was asked ({why})")

    def _why(self, status: int, body: Any) -> str:
        said = reason(body)
        return self.hidden(f"{status}, {said}" if said else str(status))

    def hidden(self, text: str) -> str:
        """A text of the cluster without what nobody is to know, should it repeat that."""
        return self._credentials.hidden(text) if self._credentials is not None else text

    def _failed(self, what: str, remedy: str = "") -> ClusterFailed:
        return ClusterFailed(what, str(self.address), remedy or "See what the cluster's log says.")

    def _unreachable(self, why: Interrupted) -> ClusterError:
        remedy = why.remedy or "See that the cluster runs, and try again."
        kind = ClusterFailed if isinstance(why, ReplyTooLarge) else ClusterUnreachable
        return kind(why.what, str(self.address), remedy)

    def _lost(self, what: str) -> ClusterReplyLost:
        remedy = "Look whether it was done, and try again."
        return ClusterReplyLost(
            f"whether it was done is not known ({what})", str(self.address), remedy
        )

    def _tries(self) -> Tries:
        return Tries(self._clock, self._sleep)


def encoded(body: object) -> bytes:
    """JSON in UTF-8, in one line: a request's body, or a line of `Client.bulk`.

    Raises:
        ValueError: there is a number in it that JSON has not.
    """
    line = json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    try:
        return line.encode()
    except UnicodeEncodeError:  # half a character, which JSON can say in no other way
        return json.dumps(body, separators=(",", ":"), allow_nan=False).encode()
