"""The HTTP side of the trial receiver: requests in, Central's three dressings of answers out."""

from __future__ import annotations

import json
import re
import socket
import sys
import time
from dataclasses import dataclass
from email.utils import formatdate
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, unquote, urlsplit

from intake_app.safe_xml import serialize
from intake_app.sync.answers import RESPONSE_NAMESPACE
from intake_app.sync.form_list import md5_of
from intake_app.sync.trial_entities import integrity, stamp_of
from intake_app.sync.trial_forms import add_child, empty_document, form_list, manifest
from intake_app.sync.trial_rules import NOTICE, Verdict

if TYPE_CHECKING:
    from intake_app.sync.trial_receiver import TrialReceiver

MISSING_PART = "Required multipart POST field xml_submission_file missing."
BAD_MULTIPART = json.dumps({"message": "Multipart form content failed to parse.", "code": 400.39}).encode()
PORTAL_PAGE = b"<!DOCTYPE html><html><head><title>Welcome</title></head><body>Please log in.</body></html>"
_PLACE = re.compile(r"/v1(?:/key/(?P<key>[^/]+))?/projects/1(?P<call>/.*)")
_CALLS = re.compile(
    r"(?P<form>/forms/[^/]+/versions/[^/]+?)(?P<what>\.xml|/manifest|/integrity|/attachments/(?P<file>.+))"
)


class Drop(StrEnum):
    """Where the line breaks."""

    NOT = "not"
    BEFORE = "before"
    AFTER = "after"
    """The record is kept; the answer breaks off in its middle."""


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with the next request of this method.

    `portal` is the login page of a guest network with status 200; `status` with `text` an answer in Central's
    dressing without looking at the request; `location` a redirect; `hold` keeps the request waiting until the
    event is set (or the receiver closes) before it goes on, as usual or with one of these. `truncate` loses half of
    the body on the way in; `duplicate` lets the same request come in twice; `delay` waits so many seconds.
    """

    method: str = "POST"
    status: int = 0
    text: str = ""
    nature: str = ""
    location: str = ""
    portal: bool = False
    drop: Drop = Drop.NOT
    hold: Event | None = None
    truncate: bool = False
    duplicate: bool = False
    delay: float = 0.0


class LoopbackServer(ThreadingHTTPServer):
    """Listens on 127.0.0.1 and nowhere else; `stop` leaves no thread and no open line behind."""

    daemon_threads = False
    block_on_close = True
    allow_reuse_address = sys.platform != "win32"  # on Windows it would let a second program share the port

    def __init__(self, port: int, receiver: TrialReceiver) -> None:
        self.receiver = receiver
        self._lines: set[socket.socket] = set()
        self._lines_lock = Lock()
        super().__init__(("127.0.0.1", port), _Handler)

    @property
    def port(self) -> int:
        """The port it listens on, chosen by the system when 0 was asked."""
        return self.server_port

    def serve(self) -> None:
        """Answer until `stop`."""
        self.serve_forever(poll_interval=0.05)

    def stop(self, *, running: bool) -> None:
        """End serving and break what is still open."""
        if running:
            self.shutdown()
        with self._lines_lock:
            for line in self._lines:
                _hang_up(line)
        self.server_close()

    def process_request(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """Remember the line, so that `stop` can break it."""
        if isinstance(request, socket.socket):
            with self._lines_lock:
                self._lines.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        """Forget the line."""
        if isinstance(request, socket.socket):
            with self._lines_lock:
                self._lines.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is everyday business; anything else is printed."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed is narrower than the socket


class _Handler(BaseHTTPRequestHandler):
    server: LoopbackServer
    protocol_version = "HTTP/1.1"
    server_version = "intake-app-trial-receiver"
    sys_version = ""
    wbufsize = 65536  # head and body in one piece: in two, Nagle's algorithm makes each answer wait for 40 ms
    disable_nagle_algorithm = True
    _broken = False

    def do_HEAD(self) -> None:
        self._handle()

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is logged: an address may hold a key."""

    def _handle(self) -> None:
        receiver = self.server.receiver
        receiver.note(self.command, self.path, self.headers.items())
        self._broken = False
        fault = receiver.take_fault(self.command)
        if fault is not None and fault.delay:
            receiver.closing.wait(fault.delay)
        if fault is not None and self._went_wrong(fault):
            return
        body = self._body()
        place = _PLACE.fullmatch(urlsplit(self.path).path)
        if body is None:
            self._send(413, b"<html><body>413 Request Entity Too Large</body></html>", "text/html")
        elif place is None:
            self._send(200 if self.path == "/" else 404, f"This is a {NOTICE}.\n".encode(), "text/plain")
        elif self.headers.get("X-OpenRosa-Version") != "1.0":
            self._say(Verdict(400, "Required header X-OpenRosa-Version missing or not 1.0."), open_rosa=False)
        else:
            refusal = receiver.refusal(self._token(place["key"]))
            if refusal is not None:
                self._say(refusal, open_rosa=False)
            else:
                self._call(place["call"], body, place["key"], fault)

    def _went_wrong(self, fault: Fault) -> bool:
        """Do what the fault says; True when the request is thereby dealt with."""
        if fault.drop is Drop.BEFORE:
            self.close_connection = True
            _hang_up(self.connection)
            return True
        self._broken = fault.drop is Drop.AFTER
        if not (fault.portal or fault.location or fault.status):
            return False
        self._body()
        if fault.hold is not None:
            fault.hold.wait()
        if fault.portal:
            self._send(fault.status or 200, PORTAL_PAGE, "text/html")
        elif fault.location:
            self._send(fault.status or 302, b"", "text/plain", {"Location": fault.location})
        else:
            self._say(Verdict(fault.status, fault.text), nature=fault.nature)
        return True

    def _call(self, call: str, body: bytes, key: str | None, fault: Fault | None) -> None:
        receiver = self.server.receiver
        project = f"{receiver.host_url}/v1{f'/key/{key}' if key else ''}/projects/1"
        if call == "/submission" and self.command == "HEAD":
            self._send(204, b"", "")
        elif call == "/submission" and self.command == "POST":
            self._submission(body, fault)
        elif call == "/formList" and self.command == "GET":
            self._give(form_list(receiver.forms, project), "text/xml")
        else:
            self._form_file(call, project)

    def _submission(self, body: bytes, fault: Fault | None) -> None:
        hold = fault.hold if fault else None
        if fault is not None and fault.truncate:
            body = body[: len(body) // 2]
        if self.headers.get("Content-Encoding", "identity") != "identity":
            self._send(400, BAD_MULTIPART, "application/json")
            return
        parts = read_multipart(self.headers.get("Content-Type", ""), body)
        if parts is None:
            self._send(400, BAD_MULTIPART, "application/json")
            return
        xml = parts.get("xml_submission_file")
        if xml is None:
            self._say(Verdict(400, MISSING_PART))
            return
        files = {name: content for name, content in parts.items() if name != "xml_submission_file"}
        verdict = self.server.receiver.take_in(xml, hold, files)
        if fault is not None and fault.duplicate:
            verdict = self.server.receiver.take_in(xml, None, files)
        if verdict.status == 500:
            self._send(500, json.dumps({"message": verdict.text}).encode(), "application/json")
        else:
            self._say(verdict)

    def _form_file(self, call: str, project: str) -> None:
        found = _CALLS.fullmatch(call)
        receiver = self.server.receiver
        form = next((one for one in receiver.forms if found and one.path == found["form"]), None)
        if found is None or form is None or self.command != "GET":
            self._say(Verdict(404, "Could not find the resource you were looking for."))
        elif found["what"] == ".xml":
            self._give(form.xml, "application/xml")
        elif found["what"] == "/manifest":
            self._give(manifest(form, project, stamp_of(receiver.entity_csv(form.entity_list))), "text/xml")
        elif found["what"] == "/integrity":
            names = parse_qs(urlsplit(self.path).query).get("id", [""])[0].split(",")
            self._give(integrity(receiver.entities.deleted(form.entity_list, names)), "text/xml")
        elif form.entity_list and unquote(found["file"]) == f"{form.entity_list}.csv":
            content = receiver.entity_csv(form.entity_list)
            self._give(content, "text/csv", stamp_of(content))
        elif unquote(found["file"]) in form.media:
            self._give(form.media[unquote(found["file"])], "application/octet-stream")
        else:
            self._say(Verdict(404, "Could not find the resource you were looking for."))

    def _give(self, content: bytes, kind: str, stamp: str = "") -> None:
        etag = f'"{stamp or md5_of(content)}"'
        if self.headers.get("If-None-Match") == etag:
            self._send(304, b"", "", {"ETag": etag})
        else:
            self._send(200, content, kind, {"ETag": etag})

    def _say(self, verdict: Verdict, *, open_rosa: bool = True, nature: str = "") -> None:
        root = empty_document("OpenRosaResponse", RESPONSE_NAMESPACE)
        add_child(root, "message", verdict.text).set("nature", nature or ("error" if verdict.status >= 300 else ""))
        self._send(verdict.status, serialize(root), "text/xml", open_rosa=open_rosa)

    def _send(
        self, status: int, body: bytes, kind: str, more: dict[str, str] | None = None, *, open_rosa: bool = True
    ) -> None:
        headers = {"X-Trial-Receiver": NOTICE, **(more or {})}
        if kind:
            headers["Content-Type"] = kind
        if open_rosa and kind != "text/html":
            headers["X-OpenRosa-Version"] = "1.0"
            headers["X-OpenRosa-Accept-Content-Length"] = str(self.server.receiver.accepted_length)
        if status not in (204, 304):
            headers["Content-Length"] = str(len(body))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self._broken:
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.close_connection = True
            _hang_up(self.connection)
        elif self.command != "HEAD":
            self.wfile.write(body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        shown = time.time() if timestamp is None else timestamp
        return formatdate(shown + self.server.receiver.clock_skew.total_seconds(), usegmt=True)

    def _body(self) -> bytes | None:
        """The whole request body; None when it is larger than what we take, and then the line ends."""
        length = int(self.headers.get("Content-Length") or 0)
        if length > self.server.receiver.accepted_length:
            self.close_connection = True
            return None
        return self.rfile.read(length)

    def _token(self, key: str | None) -> str:
        query = parse_qs(urlsplit(self.path).query).get("st", [""])[0]
        bearer = self.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        return bearer or (unquote(key) if key else query)


def read_multipart(content_type: str, body: bytes) -> dict[str, bytes] | None:
    """The files of a multipart form by part name (a part without a file name is passed over, as Central does).

    None when the closing boundary is missing: the request was cut off.
    """
    found = re.search(r'boundary="?([^";]+)"?', content_type)
    if not content_type.startswith("multipart/form-data") or found is None:
        return {}
    delimiter = rb"\r\n--" + re.escape(found[1].encode("latin-1")) + rb"(?=--|[ \t]*\r\n)"
    pieces = re.split(delimiter, b"\r\n" + body)
    if not pieces[-1].startswith(b"--"):
        return None
    files = {}
    for piece in pieces[1:-1]:
        head, _, content = piece.partition(b"\r\n\r\n")
        header = head.decode("utf-8", "replace")
        name = re.search(r'[;\s]name="([^"]*)"', header)
        if name is not None and re.search(r'[;\s]filename="', header):
            files[name[1]] = content
    return files


def _hang_up(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
