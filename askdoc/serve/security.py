"""Who is let in: the names that the server answers to, whose pages may ask, who knows the token.

All of it is looked at before anything of a request is used, and the headers that keep a browser
from doing harm are set on every reply. There are no CORS headers: no other site's page may read.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import re
import socket
from collections.abc import Collection
from contextlib import suppress
from time import monotonic
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from askdoc.serve.problems import Problem, reply, shown
from askdoc.serve.settings import Settings, is_loopback

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
OPEN = frozenset(("/healthz", "/readyz"))
"""What is told to everybody who may call the server at all."""
UPLOADS = "/api/uploads/"

# What must not stand twice, since two programs might go by different ones.
_ONCE = (
    "host", "origin", "authorization", "x-api-key", "content-type", "content-length", "accept",
    "if-none-match",
)  # fmt: skip
_HOST = re.compile(r"(\[[0-9a-f:.]{2,45}\]|[a-z0-9._-]{1,255})(?::[0-9]{1,5})?")
_JSON = re.compile(r"application/json(?:\s*;\s*charset=\"?utf-8\"?)?", re.IGNORECASE)
_FORM = re.compile(r"application/x-www-form-urlencoded(?:\s*;.*)?", re.IGNORECASE)
_MOST_FIELDS = 100
# A file may take so many times as long to come as another body.
_UPLOAD_TIMES = 10
# Bytes and seconds of a body that is read for nothing, so that the reply to it is seen.
_DRAINED, _DRAINED_SECONDS = 16 * 2**20, 5.0


class Guard:
    """Stands before an application, and lets in what may come in.

    Args:
        app: the application.
        settings: how the server is set up.
        forms: paths that a form of the server's own page may be sent to.
    """

    def __init__(self, app: ASGIApp, settings: Settings, forms: Collection[str] = ()) -> None:
        self._app, self._settings, self._forms = app, settings, frozenset(forms)
        self._token = settings.token.encode()
        # Cookies go to all ports of a machine: who else gets it does not learn the token by it.
        self._secret = hmac.new(self._token, b"cookie", hashlib.sha256).hexdigest().encode()
        self._cookie = f"askdoc-{settings.port}"
        self._entry = settings.entry.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or reply with what is wrong about it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = _with_headers(send)
        try:
            refusal = self._looked_at(scope)
        except Problem as problem:
            refusal = shown(problem) if _is_navigation(scope) else reply(problem, scope["path"])
        if refusal is not None:
            if _length(Headers(scope=scope)) <= _DRAINED:
                await _drain(receive)
            await refusal(scope, receive, guarded)
            return
        await self._app(scope, self._limited(scope, receive), guarded)

    def _looked_at(self, scope: Scope) -> Response | None:
        """Nothing where a request is let in; a reply where that is not what it is for.

        Raises:
            Problem: it is not let in.
        """
        headers = Headers(scope=scope)
        for name in _ONCE:
            if len(headers.getlist(name)) > 1:
                raise Problem("bad-request", "the header stands twice", name, "Send it once.")
        self._check_host(headers)
        self._check_origin(headers, scope)
        if scope["path"] not in OPEN:
            entered = self._check_token(headers, scope)
            if entered is not None:
                return entered
        self._check_body(headers, scope)
        return None

    def _check_host(self, headers: Headers) -> None:
        called = headers.get("host", "").lower()
        match = _HOST.fullmatch(called)
        if match is None or not self._is_own(match[1]):
            raise Problem(
                "misdirected",
                "the server is not called so",
                ascii(called[:100])[1:-1],
                "Use the address that askdoc serve printed; --allow-host adds a name.",
            )

    def _is_own(self, name: str) -> bool:
        bare = name.strip("[]")
        if is_loopback(bare) or bare in self._settings.hosts:
            return True
        if not self._settings.addresses:
            return False
        try:
            ipaddress.ip_address(bare)
        except ValueError:
            return bare == socket.gethostname().lower()
        return True

    def _check_origin(self, headers: Headers, scope: Scope) -> None:
        """A page of another site may send requests, but not here."""
        origin = headers.get("origin")
        own = {f"{scheme}://{headers['host'].lower()}" for scheme in ("http", "https")}
        site, mode = headers.get("sec-fetch-site"), headers.get("sec-fetch-mode")
        # With "no-referrer" a browser does not say of a form where it was, but that it was here.
        own_form = scope["path"] in self._forms and origin == "null" and site == "same-origin"
        foreign = origin is not None and origin.lower() not in own and not own_form
        # Following a link from elsewhere is no more than opening the address.
        followed = mode == "navigate" and scope["method"] in ("GET", "HEAD")
        if foreign or (site in ("cross-site", "same-site") and not followed):
            raise Problem(
                "foreign-origin",
                "a page of another site sent this request",
                ascii((origin or site or "")[:100])[1:-1],
                "Ask from the server's own page, or from a program that sends no Origin.",
            )

    def _check_token(self, headers: Headers, scope: Scope) -> Response | None:
        if not self._token:
            return None
        given = headers.get("authorization", "")
        scheme, _, bearer = given.partition(" ")
        shown = [bearer.strip()] if scheme.lower() == "bearer" else []
        shown.append(headers.get("x-api-key", ""))
        # All are compared, so that the time it takes tells nothing.
        known = [hmac.compare_digest(one.encode("utf-8", "replace"), self._token) for one in shown]
        known += [
            hmac.compare_digest(one.encode("utf-8", "replace"), self._secret)
            for one in _cookies(headers, self._cookie)
        ]
        entered = self._entered(scope)
        if entered is not None:
            return entered
        if any(known):
            return None
        raise Problem(
            "unauthorized",
            "the token is missing or wrong",
            remedy="Open the address that askdoc serve printed, or send its token: "
            "Authorization: Bearer TOKEN",
            headers={"WWW-Authenticate": "Bearer"},
        )

    def _entered(self, scope: Scope) -> Response | None:
        """A cookie for who has the token in the address, and the address without it."""
        if scope["method"] not in ("GET", "HEAD") or scope["path"] != "/":
            return None
        try:
            text = scope["query_string"].decode("ascii")
            query = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
        except ValueError:
            return None
        tokens = [value for name, value in query if name == "token"]
        if len(tokens) != 1:
            return None
        if not self._opens(tokens[0].encode("utf-8", "replace")):
            return None
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        response = RedirectResponse(f"/?{rest}" if rest else "/", status_code=303)
        response.set_cookie(
            self._cookie, self._secret.decode(), path="/", httponly=True, samesite="strict"
        )
        return response

    def _opens(self, token: bytes) -> bool:
        """Whether the page is opened by it: the token, or once by what stands for it."""
        is_entry = bool(self._entry) and hmac.compare_digest(token, self._entry)
        if is_entry:
            self._entry = b""
        return hmac.compare_digest(token, self._token) or is_entry

    def _check_body(self, headers: Headers, scope: Scope) -> None:
        method, path = scope["method"], scope["path"]
        kind = headers.get("content-type", "").strip()
        if _length(headers) > self._most(scope):
            raise _too_large(self._most(scope))
        if method != "POST" or _JSON.fullmatch(kind):
            return
        if path in self._forms and _FORM.fullmatch(kind):
            # A browser tells where a form was; what does not tell may be anything.
            if headers.get("origin") is None:
                raise Problem(
                    "foreign-origin", "a form was sent without its origin", "", "Send it as JSON."
                )
            return
        raise Problem(
            "not-json",
            "the body is not sent as JSON",
            ascii(kind[:100])[1:-1],
            "Send it with Content-Type: application/json",
        )

    def _most(self, scope: Scope) -> int:
        is_upload = scope["method"] == "PUT" and scope["path"].startswith(UPLOADS)
        return self._settings.upload if is_upload else self._settings.body

    def _limited(self, scope: Scope, receive: Receive) -> Receive:
        """What a client sends, of which there is an end, and which does not take for ever."""
        most = self._most(scope)
        times = _UPLOAD_TIMES if most > self._settings.body else 1
        until = monotonic() + times * self._settings.seconds
        taken, ended = 0, False

        async def limited() -> Message:
            nonlocal taken, ended
            if ended:
                return await receive()
            try:
                async with asyncio.timeout(max(0.0, until - monotonic())):
                    message = await receive()
            except TimeoutError:
                raise Problem("bad-request", "the body came too slowly", "", "Try again.") from None
            taken += len(message.get("body", b""))
            ended = not message.get("more_body", False)
            if taken > most:
                if not ended:
                    ended = True
                    await _drain(receive)
                raise _too_large(most)
            return message

        return limited


def _is_navigation(scope: Scope) -> bool:
    """Whether a person opens the page, rather than a program asking."""
    headers = Headers(scope=scope)
    return scope["path"] == "/" and "text/html" in headers.get("accept", "")


def _length(headers: Headers) -> int:
    """The bytes that a body is said to have; 0 where that is not said."""
    length = headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


async def _drain(receive: Receive) -> None:
    """Take what a client still sends, within bounds: one that is cut off sees no reply."""
    taken = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(_DRAINED_SECONDS):
            while taken < _DRAINED:
                message = await receive()
                taken += len(message.get("body", b""))
                if not message.get("more_body", False):
                    return


def _too_large(most: int) -> Problem:
    return Problem(
        "body-too-large",
        f"the body has more than {most // 2**20} MiB",
        "",
        "Send less at a time.",
        headers={"Connection": "close"},
    )


def _cookies(headers: Headers, name: str) -> list[str]:
    """The values of all cookies of a name."""
    parts = ";".join(headers.getlist("cookie")).split(";")[:_MOST_FIELDS]
    pairs = (part.strip().partition("=") for part in parts)
    return [value for key, _, value in pairs if key == name]


def _with_headers(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store")
        await send(message)

    return guarded
