"""Closing the window does not wait for a server that says nothing; what was under way goes again, and arrives once."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from threading import Event, Thread
from time import monotonic

import pytest
from pytestqt.qtbot import QtBot

from intake_app.bootstrap import Sender as Round
from intake_app.central import Lines
from intake_app.domain.ids import InstanceId
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.ui.sender import CLOSING_MS, Sender
from tests.fakes import records

HEAD = b"HTTP/1.1 204 No Content\r\nX-OpenRosa-Accept-Content-Length: 10000000\r\n\r\n"
XML = "<data><meta><instanceID>{}</instanceID></meta></data>"


class Silent:
    """Says that it is there, and then takes a record without a word."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.taken, self.lines = Event(), list[socket.socket]()
        self.thread = Thread(target=self._serve)
        self.thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}/v1/projects/1"

    def _serve(self) -> None:
        line, _ = self.listener.accept()
        self.lines.append(line)
        while data := line.recv(65536):
            if data.startswith(b"HEAD "):
                line.sendall(HEAD)
            else:
                self.taken.set()

    def close(self) -> None:
        self.listener.close()
        for line in self.lines:
            line.close()
        self.thread.join()


@pytest.fixture
def silent() -> Iterator[Silent]:
    server = Silent()
    yield server
    server.close()


def test_the_window_closes_while_a_server_says_nothing(office: Office, silent: Silent, qtbot: QtBot) -> None:
    with office.store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.outbox.add(records.item("uuid:a", xml=XML.format("uuid:a").encode()))
        uow.commit()
    write_server(office.store, ServerSettings(silent.address, "geheim"))
    lines = Lines()
    office.send_round, office.fetch_round = Round(office.store, office.clock, lines), None
    office.valve.hang_up = lines.hang_up
    sender = Sender(lambda: office)
    sender.send_now()
    qtbot.waitUntil(silent.taken.is_set)
    began = monotonic()

    assert sender.finish()
    assert monotonic() - began < CLOSING_MS / 1000
    with office.store.unit_of_work() as uow:
        kept = uow.outbox.some([InstanceId("uuid:a")])[InstanceId("uuid:a")]
    assert (kept.attempts, kept.last_problem, kept.set_apart) == (1, "answer_lost", False)
