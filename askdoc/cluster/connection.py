"""One connection to a cluster: a request goes out, its reply comes in, and neither takes for ever.

Whoever answers is not believed. A reply has a deadline in all, however slowly it drips, and a cap
on its bytes; a redirect is not followed; no proxy is asked. A connection without TLS goes to this
machine alone, and TLS is always verified.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import selectors
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

from askdoc.cluster.address import Address, harmless
from askdoc.cluster.credentials import CA, Credentials
from askdoc.errors import ClusterMisnamed

_PORTION = 1 << 16
# A machine that is there takes a connection at once, however much it has to do.
_CONNECT_SECONDS = 5.0


class Interrupted(Exception):
    """No reply came.

    Attributes:
        what: what went wrong.
        remedy: what to do about it.
        passing: whether it may be otherwise in a moment.
        sent: whether the cluster may have got the request all the same.
        late: whether it took too long.
    """

    def __init__(
        self,
        what: str,
        remedy: str = "",
        *,
        passing: bool = False,
        sent: bool = True,
        late: bool = False,
    ) -> None:
        super().__init__(what)
        self.what, self.remedy = what, remedy
        self.passing, self.sent, self.late = passing, sent, late


class ReplyTooLarge(Interrupted):
    """The reply has more bytes than are taken."""


class Connection:
    """A connection that is kept, to be used by one thread at a time."""

    def __init__(
        self, address: Address, context: ssl.SSLContext | None, clock: Callable[[], float]
    ) -> None:
        """Make ready; a connection is made with the first request.

        Args:
            address: the cluster.
            context: of TLS, made by `trusting`; None for plain HTTP.
            clock: seconds that only grow.
        """
        self._deadline = _Deadline(clock)
        self._http = _Http(address, context, self._deadline)

    @property
    def is_open(self) -> bool:
        """Whether it can be used again: it was used before, and the other side is still there."""
        held = self._http.sock
        if held is None:
            return False
        with selectors.DefaultSelector() as selector:
            selector.register(held, selectors.EVENT_READ)
            # Nothing was asked: what there is to be read is its end, or would be taken for the
            # reply to the next request.
            return not selector.select(0)

    def exchange(
        self,
        method: str,
        target: str,
        body: bytes | None,
        headers: dict[str, str],
        *,
        seconds: float,
        most: int,
    ) -> tuple[int, bytes]:
        """Send a request and read its reply.

        Args:
            method: such as "GET".
            target: the path and query, as they go over the line.
            body: what is sent with it.
            headers: names and values.
            seconds: how long it may take in all.
            most: how many bytes the reply's body may have.

        Returns:
            The status and the body.

        Raises:
            Interrupted: there is no reply, or no whole one. The connection is closed.
        """
        self._deadline.start(seconds)
        try:
            if not self.is_open:
                self.close()
                self._connect()
            return self._converse(method, target, body, headers, most)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Close it; it opens again with the next request."""
        self._http.close()

    def _connect(self) -> None:
        try:
            self._http.connect()
        except ssl.SSLCertVerificationError as error:
            why = harmless(error.verify_message or "not valid")
            remedy = f"Have it renewed, or name who may vouch for it in {CA}."
            raise Interrupted(
                f"the cluster's certificate cannot be trusted ({why})", remedy, sent=False
            ) from None
        except ssl.SSLEOFError:
            raise Interrupted("the connection was cut", passing=True, sent=False) from None
        except ssl.SSLError as error:
            why = harmless(error.reason or "no TLS")
            remedy = "See that https and the port are right."
            raise Interrupted(f"no TLS can be spoken ({why})", remedy, sent=False) from None
        except (socket.gaierror, UnicodeError) as error:
            passing = getattr(error, "errno", None) == socket.EAI_AGAIN
            remedy = "See that the address is right."
            raise Interrupted("no such host", remedy, passing=passing, sent=False) from None
        except TimeoutError:
            raise Interrupted(
                "no connection in time", passing=True, sent=False, late=True
            ) from None
        except OSError as error:
            why = harmless(error.strerror or "no connection").lower()
            remedy = "See that the cluster runs and that the address is right."
            raise Interrupted(
                f"nothing answers there ({why})", remedy, passing=True, sent=False
            ) from None

    def _converse(
        self, method: str, target: str, body: bytes | None, headers: dict[str, str], most: int
    ) -> tuple[int, bytes]:
        try:
            # Who stops listening before the end may have said why: that the request is too large,
            # or that nobody of this name is known.
            with suppress(BrokenPipeError, ConnectionResetError):
                self._http.request(method, target, body, headers)
            reply = self._http.getresponse()
            return reply.status, _read(reply, most)
        except TimeoutError:
            raise Interrupted("no reply in time", passing=True, late=True) from None
        except (ConnectionError, http.client.RemoteDisconnected, http.client.IncompleteRead):
            raise Interrupted("the connection was cut", passing=True) from None
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
            raise Interrupted("the connection was cut", passing=True) from None
        except (http.client.HTTPException, ssl.SSLError, ValueError):
            # What came instead may hold anything, and is not repeated.
            raise Interrupted(
                "what answers there speaks no HTTP that can be understood",
                "See that the scheme and the port are right.",
            ) from None
        except OSError as error:
            why = harmless(error.strerror or "no connection").lower()
            raise Interrupted(f"the connection was lost ({why})", passing=True) from None


def trusting(address: Address, credentials: Credentials | None) -> ssl.SSLContext | None:
    """How TLS is verified, which it always is; None for plain HTTP, on this machine.

    Raises:
        ClusterMisnamed: the file of certificates cannot be read.
    """
    if address.scheme != "https":
        return None
    authority = credentials.authority if credentials else None
    try:
        return ssl.create_default_context(cafile=str(authority) if authority else None)
    except (OSError, ValueError):
        raise ClusterMisnamed(
            "no certificates can be read from this file", str(authority), f"See {CA}."
        ) from None


def _read(reply: http.client.HTTPResponse, most: int) -> bytes:
    """A reply's body, whole."""
    if reply.length is not None and reply.length > most:
        raise ReplyTooLarge(f"the reply is larger than {most} bytes")
    portions, size = [], 0
    while portion := reply.read(_PORTION):
        size += len(portion)
        if size > most:
            raise ReplyTooLarge(f"the reply is larger than {most} bytes")
        portions.append(portion)
    # http.client says nothing where a body is shorter than was said, or where the connection ended
    # among the headers.
    if reply.length or (reply.length is None and not reply.chunked and not size):
        raise http.client.IncompleteRead(b"")
    return b"".join(portions)


class _Deadline:
    """When a request has to be done."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._until = clock, 0.0

    def start(self, seconds: float) -> None:
        self._until = self._clock() + seconds

    def left(self) -> float:
        """Seconds that are left, more than none.

        Raises:
            TimeoutError: none are.
        """
        left = self._until - self._clock()
        if left <= 0:
            raise TimeoutError
        return left


class _Http(http.client.HTTPConnection):
    """A connection whose every step keeps to one deadline."""

    def __init__(
        self, address: Address, context: ssl.SSLContext | None, deadline: _Deadline
    ) -> None:
        super().__init__(address.host, address.port)
        self._address, self._context, self._deadline = address, context, deadline
        if context is not None:
            # The port is left out of the Host header where it is this one.
            self.default_port = 443

    def connect(self) -> None:
        seconds = min(self._deadline.left(), _CONNECT_SECONDS)
        try:
            held = socket.create_connection((self.host, self.port), seconds)
        except TimeoutError:
            raise OSError(None, "no connection in time") from None
        try:
            held.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._context is not None:
                held.settimeout(self._deadline.left())
                held = self._context.wrap_socket(held, server_hostname=self.host)
            # "localhost" is what the system's table says it is.
            elif not ipaddress.ip_address(held.getpeername()[0].split("%")[0]).is_loopback:
                raise OSError(None, "TLS is on off loopback")
        except BaseException:
            held.close()
            raise
        self.sock = cast("socket.socket", _TimedSocket(held, self._deadline))


class _TimedSocket:
    """What http.client uses of a socket, with a deadline for all of it instead of for each step."""

    def __init__(self, held: socket.socket, deadline: _Deadline) -> None:
        self._held, self._deadline = held, deadline

    def sendall(self, content: bytes) -> None:
        left = memoryview(content)
        while left:
            self._held.settimeout(self._deadline.left())
            left = left[self._held.send(left[:_PORTION]) :]

    def makefile(self, mode: str) -> io.BufferedReader:
        # The socket's own file keeps it open until all was read.
        raw = self._held.makefile("rb", buffering=0)
        return io.BufferedReader(_TimedReader(raw, self._held, self._deadline))

    def fileno(self) -> int:
        return self._held.fileno()

    def close(self) -> None:
        self._held.close()


class _TimedReader(io.RawIOBase):
    def __init__(self, raw: socket.SocketIO, held: socket.socket, deadline: _Deadline) -> None:
        self._raw, self._held, self._deadline = raw, held, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._held.settimeout(self._deadline.left())
        return self._raw.readinto(buffer)

    def close(self) -> None:
        self._raw.close()
        super().close()
