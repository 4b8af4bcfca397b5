"""One HTTP exchange with the central server: our headers, our limits, and failures as errors of ours."""

from __future__ import annotations

import socket
import ssl
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import Any

import certifi
import httpx

from intake_app.domain.clock import Clock
from intake_app.errors import (
    AnswerLost,
    AnswerTooLong,
    CertificateRefused,
    NotTheServer,
    ServerUnreachable,
    SyncError,
)
from intake_app.sync.address import is_loopback
from intake_app.sync.parts import FilePart, multipart

MEGABYTE = 1_000_000
ANSWER_LIMIT = MEGABYTE
KEEP_ALIVE_SECONDS = 2.0  # Central closes an idle line after 5 s: let go of it first

_BEFORE_SENDING = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError)


@dataclass(frozen=True)
class Timeouts:
    """How long we wait, in seconds; the first three are those of ODK Collect.

    `whole` bounds one answer from its first byte to its last: a server that gives a byte a minute has no end else.
    """

    connect: float = 30.0
    read: float = 60.0
    write: float = 60.0
    whole: float = 600.0


@dataclass(frozen=True)
class Answer:
    """What came back: status, headers (names in any case) and the whole body."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)
    url: str = field(default="", repr=False)


class Wire:
    """A line to one server. The token travels in a header and appears in no address, error, log or repr."""

    def __init__(self, base_url: str, token: str, timeouts: Timeouts, clock: Clock) -> None:
        self._host = httpx.URL(base_url).host
        self._clock = clock
        self._whole = timeouts.whole
        self._hung_up = False
        self._sockets: list[socket.socket] = []
        self._known: tuple[tuple[str, str], httpx.URL] = (("", ""), httpx.URL())
        self._client = httpx.Client(
            headers={
                "Authorization": f"Bearer {token}",
                "X-OpenRosa-Version": "1.0",
                "User-Agent": "intake-app",
                "Accept-Encoding": "gzip",
            },
            verify=_trust(base_url),
            follow_redirects=False,
            trust_env=not is_loopback(self._host),
            timeout=httpx.Timeout(timeouts.read, connect=timeouts.connect, write=timeouts.write),
            limits=httpx.Limits(max_connections=2, keepalive_expiry=KEEP_ALIVE_SECONDS),
        )

    def __repr__(self) -> str:
        return f"Wire({self._host})"

    def close(self) -> None:
        """Hang up when nothing is under way any more."""
        self._client.close()

    def hang_up(self) -> None:
        """From any thread and for good: what is under way ends at once, as if the line had broken.

        A line that is still being laid cannot be cut; it is as soon as it stands.
        """
        self._hung_up = True
        for one in self._sockets:
            _cut(one)

    def ask(self, method: str, url: str, *, etag: str = "", limit: int = ANSWER_LIMIT) -> Answer:
        """HEAD or GET. Raises ServerUnreachable, or AnswerTooLong beyond `limit` bytes."""
        request = self._client.build_request(method, url, headers=self._moment(etag), extensions=self._traced())
        return self._exchange(request, limit)

    def post(self, url: str, parts: Sequence[FilePart], device_id: str) -> Answer:
        """POST a multipart form. Raises ServerUnreachable, or AnswerLost when it may have arrived."""
        body = multipart(parts)
        request = self._client.build_request(
            "POST",
            self._address(url, device_id),
            content=iter(body.pieces),
            headers={**self._moment(""), "Content-Type": body.kind, "Content-Length": str(body.length)},
            extensions=self._traced(),
        )
        return self._exchange(request, ANSWER_LIMIT)

    def _address(self, url: str, device_id: str) -> httpx.URL:
        """Taken apart once for all records of a round."""
        if (url, device_id) != self._known[0]:
            whole = httpx.URL(url)
            self._known = (url, device_id), whole.copy_merge_params({"deviceID": device_id}) if device_id else whole
        return self._known[1]

    def _traced(self) -> dict[str, Any]:
        return {"trace": self._heard}

    def _heard(self, event: str, told: Mapping[str, Any]) -> None:
        """What the library says while it works: each new line is remembered, so that it can be cut."""
        if event not in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            return
        laid = told["return_value"].get_extra_info("socket")
        self._sockets = [*(one for one in self._sockets if one.fileno() >= 0), laid]
        if self._hung_up:
            _cut(laid)

    def _moment(self, etag: str) -> dict[str, str]:
        headers = {"Date": format_datetime(self._clock.now(), usegmt=True)}
        if etag:
            headers["If-None-Match"] = etag
        return headers

    def _exchange(self, request: httpx.Request, limit: int) -> Answer:
        if self._hung_up:
            raise ServerUnreachable(host=self._host)
        # The errors of httpx carry the request and with it the token: ours are raised outside the handler.
        try:
            response = self._client.send(request, stream=True)
            try:
                return self._read(response, limit)
            finally:
                response.close()
        except httpx.RequestError as found:
            problem = self._problem(found, request.method)
        raise problem

    def _read(self, response: httpx.Response, limit: int) -> Answer:
        """The whole body, unpacked piece by piece: a few bytes of gzip can stand for gigabytes."""
        started = time.monotonic()
        body = bytearray()
        for piece in _unpacked(response, limit):
            body += piece
            if len(body) > limit:
                raise AnswerTooLong(status=response.status_code)
            if time.monotonic() - started > self._whole:
                raise httpx.ReadTimeout("", request=response.request)
        return Answer(response.status_code, response.headers, bytes(body), str(response.request.url))

    def _problem(self, found: httpx.RequestError, method: str) -> SyncError:
        if _is_tls(found, ssl.SSLCertVerificationError):
            return CertificateRefused(host=self._host, status=0)
        if isinstance(found, httpx.DecodingError) or _is_tls(found, ssl.SSLError):
            return NotTheServer(status=0)
        if method == "POST" and not isinstance(found, _BEFORE_SENDING):
            return AnswerLost(host=self._host)
        return ServerUnreachable(host=self._host)


def _unpacked(response: httpx.Response, limit: int) -> Iterator[bytes]:
    """The pieces of the body, gzip undone, none longer than `limit` and a byte. Raises NotTheServer."""
    packed = response.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("", "identity", "gzip"):
        raise NotTheServer(status=response.status_code)
    if packed != "gzip":
        yield from response.iter_raw()
        return
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        for piece in response.iter_raw():
            yield unpack.decompress(piece, limit + 1)
    except zlib.error:
        raise NotTheServer(status=response.status_code) from None


def _cut(line: socket.socket) -> None:
    """End a line that another thread may be reading; for TLS without a farewell, which could wait as well."""
    with suppress(OSError):
        socket.socket.shutdown(line, socket.SHUT_RDWR)


def _is_tls(found: BaseException, kind: type[ssl.SSLError]) -> bool:
    """Whether a certificate or handshake stands behind the failure: somebody else holds the other end."""
    cause: BaseException | None = found
    while cause is not None:
        if isinstance(cause, kind):
            return True
        cause = cause.__cause__ or cause.__context__
    return False


def _trust(base_url: str) -> ssl.SSLContext:
    """The computer's own list of authorities, which offices extend, and certifi's for computers whose list is thin.

    Without HTTPS (this machine itself) nobody is trusted: loading the lists takes a tenth of a second.
    """
    if not base_url.startswith("https:"):
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context = ssl.create_default_context()
    context.load_verify_locations(certifi.where())
    return context
