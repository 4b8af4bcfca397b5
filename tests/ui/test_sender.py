"""Sending by itself: when it begins, what holds it back, and how it waits longer while nobody answers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.services.submissions import Outbox
from intake_app.sync.worker import SyncReport
from intake_app.ui.network import SystemNetwork
from intake_app.ui.sender import MOST_LOOKS, Ended, Sender, sending_lane


class Network:
    """A network that comes back when it is told to."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], None]] = []

    def when_back(self, call: Callable[[], None]) -> None:
        self.calls.append(call)

    def come_back(self) -> None:
        for call in self.calls:
            call()


class Rounds:
    """Rounds of sending that end as they are told to, and whether a person asked for each."""

    def __init__(self) -> None:
        self.asked: list[bool] = []
        self.problem = ""

    def __call__(self, outbox: Outbox) -> SyncReport:
        self.asked.append(outbox.asked_by_person)
        return SyncReport(problem=self.problem, paused=outbox.held())


@pytest.fixture
def rounds(office: Office) -> Rounds:
    write_server(office.store, ServerSettings("https://central.example/v1/projects/1", "geheim"))
    office.send_round = Rounds()
    office.fetch_round = None
    return office.send_round


def idle(qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not sending_lane().busy)
    QApplication.processEvents()


def test_it_sends_when_somebody_came_in_and_when_the_network_is_back(
    office: Office, rounds: Rounds, qtbot: QtBot
) -> None:
    network = Network()
    sender = Sender(lambda: office, network=network)
    sender.watch()
    idle(qtbot)
    network.come_back()
    idle(qtbot)

    assert rounds.asked == [False, False]


@pytest.mark.parametrize("what", ["nobody", "paused", "talk", "server"])
def test_what_stands_in_the_way(office: Office, rounds: Rounds, qtbot: QtBot, what: str) -> None:
    if what == "paused":
        office.valve.paused = True
    if what == "server":
        write_server(office.store, ServerSettings())
    sender = Sender(lambda: None if what == "nobody" else office, lambda: what == "talk")
    sender.look()
    idle(qtbot)

    assert rounds.asked == []


def test_a_talk_is_no_hindrance_where_that_is_allowed(office: Office, rounds: Rounds, qtbot: QtBot) -> None:
    office.valve.during_talks = True
    Sender(lambda: office, lambda: True).look()
    idle(qtbot)

    assert rounds.asked == [False]


def test_one_round_at_a_time_and_a_person_is_told_how_it_ended(office: Office, rounds: Rounds, qtbot: QtBot) -> None:
    sender = Sender(lambda: office)
    ended: list[tuple[Ended, bool]] = []
    sender.ended.connect(lambda outcome, asked: ended.append((outcome, asked)))
    sender.send_now()
    sender.send_now()
    sender.look()
    idle(qtbot)

    assert rounds.asked == [True]
    assert [asked for _, asked in ended] == [True]


def test_the_waits_grow_while_nobody_answers_and_end_when_the_network_is_back(
    office: Office, rounds: Rounds, qtbot: QtBot
) -> None:
    rounds.problem = "server_unreachable"
    network = Network()
    sender = Sender(lambda: office, network=network)
    sender.look()
    idle(qtbot)
    ticks = []
    for _ in range(8):
        count, before = 0, len(rounds.asked)
        while len(rounds.asked) == before:
            sender._ticked()
            idle(qtbot)
            count += 1
        ticks.append(count)

    assert ticks == [1, 2, 4, 8, 16, 32, MOST_LOOKS, MOST_LOOKS]
    rounds.problem = ""
    network.come_back()
    idle(qtbot)
    assert len(rounds.asked) == 10
    sender._ticked()
    idle(qtbot)
    assert len(rounds.asked) == 11


def test_the_systems_word_about_the_network_wakes_only_after_it_was_away(qapp: QApplication) -> None:
    network = SystemNetwork()
    told: list[str] = []
    network.when_back(lambda: told.append("back"))
    network.listen()
    if network.information is None:
        pytest.skip("this system tells nothing about its network")
    reach = type(network.information).Reachability
    for state in (reach.Online, reach.Disconnected, reach.Online, reach.Online, reach.Local, reach.Unknown):
        network._changed(state)

    assert told in (["back", "back"], ["back", "back", "back"])
