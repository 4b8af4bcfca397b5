"""A line from laptop to server that cuts, delays, doubles and reorders requests, and writes all of them down."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from random import Random
from threading import Event, Lock, Thread

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_PORTAL = b"<!DOCTYPE html><html><body>Log in to the guest network</body></html>"
_PORTAL_ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(_PORTAL) + _PORTAL
_GATEWAY_ANSWER = b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n"
KINDS = ("before", "half", "answer lost", "answer cut", "delay", "twice", "again later", "overtaken", "portal", "502")
LONGEST_DELAY = 0.03


class BadLine:
    """Listens on this machine (at `port`, or a free one) and passes requests to `target`, a port.

    `share` of them meet trouble. `requests` and `answers` hold every byte that was sent through, `met` how often each
    kind of trouble came.
    """

    def __init__(self, target: int, *, seed: int = 0, share: float = 0.0, port: int = 0) -> None:
        self.requests: list[bytes] = []
        self.answers: list[bytes] = []
        self.met = dict.fromkeys(KINDS, 0)
        self.share = share
        self._target, self._random = target, Random(seed)
        self._later: list[bytes] = []
        self._lock, self._closing = Lock(), Event()
        self._lines: set[socket.socket] = set()
        self._threads: list[Thread] = []
        self._listener = socket.create_server(("127.0.0.1", port))
        self.port: int = self._listener.getsockname()[1]
        self._troubles: dict[str, Callable[[socket.socket, bytes], bool]] = {
            "half": self._half,
            "answer lost": self._answer_lost,
            "answer cut": self._answer_cut,
            "delay": self._delay,
            "twice": self._twice,
            "again later": self._again_later,
            "overtaken": self._overtaken,
            "before": lambda line, request: False,
            "portal": lambda line, request: self._say(line, _PORTAL_ANSWER),
            "502": lambda line, request: self._say(line, _GATEWAY_ANSWER),
        }

    def __enter__(self) -> BadLine:
        self._threads.append(Thread(target=self._accept))
        self._threads[0].start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        hang_up(self._listener)
        self._listener.close()
        with self._lock:
            lines = tuple(self._lines)
        for line in lines:
            hang_up(line)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while not self._closing.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            thread = Thread(target=self._serve, args=(line,))
            self._threads.append(thread)
            with self._lock:
                self._lines.add(line)
            thread.start()

    def _serve(self, line: socket.socket) -> None:
        try:
            while (request := read_message(line)) and self._pass(line, request):
                continue
        except OSError:
            pass
        finally:
            with self._lock:
                self._lines.discard(line)
            hang_up(line)
            line.close()

    def _pass(self, line: socket.socket, request: bytes) -> bool:
        """Deal with one request; False ends the line."""
        with self._lock:
            self.requests.append(request)
            kind = self._random.choice(KINDS) if self._random.random() < self.share else ""
            if kind:
                self.met[kind] += 1
            late = self._later.pop(0) if self._later and self._random.random() < 0.5 else b""
        if late:
            self._forward(late)
        return self._troubles[kind](line, request) if kind else self._say(line, self._forward(request))

    def _forward(self, request: bytes) -> bytes:
        with socket.create_connection(("127.0.0.1", self._target), timeout=10) as server:
            server.sendall(request)
            answer = read_message(server, head_only=request.startswith(b"HEAD "))
        with self._lock:
            self.answers.append(answer)
        return answer

    def _say(self, line: socket.socket, answer: bytes) -> bool:
        line.sendall(answer)
        return bool(answer)

    def _half(self, _line: socket.socket, request: bytes) -> bool:
        with socket.create_connection(("127.0.0.1", self._target), timeout=10) as server:
            server.sendall(request[: len(request) // 2])
        return False

    def _answer_lost(self, _line: socket.socket, request: bytes) -> bool:
        self._forward(request)
        return False

    def _answer_cut(self, line: socket.socket, request: bytes) -> bool:
        answer = self._forward(request)
        line.sendall(answer[: len(answer) // 2])
        return False

    def _delay(self, line: socket.socket, request: bytes) -> bool:
        self._closing.wait(self._random.random() * LONGEST_DELAY)
        return self._say(line, self._forward(request))

    def _twice(self, line: socket.socket, request: bytes) -> bool:
        first = Thread(target=self._forward, args=(request,))
        first.start()
        answer = self._forward(request)
        first.join()
        return self._say(line, answer)

    def _again_later(self, line: socket.socket, request: bytes) -> bool:
        answer = self._forward(request)
        with self._lock:
            self._later.append(request)
        return self._say(line, answer)

    def _overtaken(self, _line: socket.socket, request: bytes) -> bool:
        """The laptop hears nothing; the request reaches the server after others that were sent later."""
        with self._lock:
            self._later.append(request)
        return False


def read_message(line: socket.socket, *, head_only: bool = False) -> bytes:
    """One HTTP message with a length, or as much as came before the line ended."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = line.recv(65536)
        if not piece:
            return data
        data += piece
    head = data.partition(b"\r\n\r\n")[0]
    found = _LENGTH.search(head)
    whole = len(head) + 4 + (int(found[1]) if found and not head_only else 0)
    while len(data) < whole:
        piece = line.recv(65536)
        if not piece:
            return data
        data += piece
    return data


def hang_up(line: socket.socket) -> None:
    """End a line that another thread may be reading."""
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
