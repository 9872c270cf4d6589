"""A connection on which nothing comes, or whose client takes nothing, is not kept open for ever.

uvicorn only ends connections that were asked something before. So whoever opened as many as there
may be, and said nothing, would keep everybody else out, and need no token for it.
"""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_SECONDS = 20.0
"""How long a request's first lines may take, from the first moment on."""
STALLED_SECONDS = 60.0
"""How long a client may take nothing of what is sent."""


class Protocol(H11Protocol):
    """uvicorn's, with an end to waiting for a client."""

    _head: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a request, and not for ever."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Take what comes: when it is a request, or a little of one."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            _cancel(self._head)
            self._head = None
        elif self._head is None and not self.transport.is_closing():
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing more."""
        _cancel(self._head)
        _cancel(self._stalled)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """See whether the client takes something, now that much waits for it."""
        super().pause_writing()
        self._await_reader()

    def resume_writing(self) -> None:
        """The client has taken most of it."""
        _cancel(self._stalled)
        self._stalled = None
        super().resume_writing()

    def timeout_keep_alive_handler(self) -> None:
        """Close the connection, in the end also where the client does not take what is left."""
        super().timeout_keep_alive_handler()
        if self._stalled is None and self.transport.get_write_buffer_size():
            self._await_reader()

    def _await_head(self) -> None:
        self._head = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _await_reader(self) -> None:
        _cancel(self._stalled)
        left = self.transport.get_write_buffer_size()
        self._stalled = self.loop.call_later(STALLED_SECONDS, self._look, left)

    def _look(self, before: int) -> None:
        if self.transport.get_write_buffer_size() >= before:
            self.transport.abort()
        else:
            self._await_reader()


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
