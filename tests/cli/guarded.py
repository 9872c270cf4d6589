"""A gate before a cluster: TLS, and who has neither the password nor the token is turned away."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import trustme

USER, PASSWORD, TOKEN = "reader", "s3cret-Passw0rd", "t0ken-of-the-reader"
ALLOWED = (
    "Basic " + base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode(),
    f"Bearer {TOKEN}",
)
SECRETS = (PASSWORD, TOKEN, *(one.split()[1] for one in ALLOWED))
_HELD = ("content-type", "content-length", "accept")


class Guarded(ThreadingHTTPServer):
    """Passes on what it is asked by whom it knows.

    Args:
        cluster: the URL of a node.
        context: of TLS.

    Attributes:
        turned_away: how many requests it has refused.
    """

    daemon_threads = True

    def __init__(self, cluster: str, context: ssl.SSLContext) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.node = urlsplit(cluster).netloc
        self.turned_away = 0

    @property
    def url(self) -> str:
        return f"https://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever does not trust its certificate goes away in the middle of a sentence."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Guarded

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.headers.get("Authorization") not in ALLOWED:
            self.server.turned_away += 1
            said = {"error": f"who is {self.headers.get('Authorization')}?", "status": 401}
            self._reply(401, json.dumps(said).encode())
            return
        headers = {name: self.headers[name] for name in _HELD if name in self.headers}
        node = http.client.HTTPConnection(self.server.node, timeout=60)
        try:
            node.request(self.command, self.path, body or None, headers)
            reply = node.getresponse()
            self._reply(reply.status, reply.read())
        finally:
            node.close()

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815

    def _reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is said."""


@contextmanager
def guarded(cluster: str, pem: Path) -> Iterator[Guarded]:
    """The gate, and in a file who vouches for it."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    with Guarded(cluster, context) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
