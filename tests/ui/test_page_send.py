from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.ids import FormId
from intake_app.errors import ServerAddressWrong, ServerRefused
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.services.sending import read_valve
from intake_app.services.submissions import Outbox
from intake_app.sync.worker import SyncReport, run_once
from intake_app.ui.pages.send import SendPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.presenters.send import error_of, rows, told
from intake_app.ui.screenshots import settle
from intake_app.ui.sender import Ended, Sender, sending_lane
from tests.fakes import records

Shown = Callable[..., QWidget]
XML = "<data xmlns:orx='http://openrosa.org/xforms'><orx:meta><orx:instanceID>{}</orx:instanceID></orx:meta></data>"


@dataclass
class Server:
    """A server that takes everything, but refuses the records it is told to."""

    refuses: tuple[str, ...] = ()
    wait: threading.Event = field(default_factory=threading.Event)

    def check(self) -> None:
        assert self.wait.wait(10)

    def submit(self, item: object) -> object:
        if item.instance_id in self.refuses:
            raise ServerRefused(status=409, text="Form is closed.")
        return records.receipt(item.instance_id)


@pytest.fixture
def with_rows(office: Office) -> Office:
    """Three records of one person wait: a talk, a plan, a status."""
    write_server(office.store, ServerSettings("https://central.example/v1/projects/1", "geheim"))
    with office.store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        for number, form in enumerate(("intake", "plan", "status")):
            name = f"uuid:{form}"
            uow.instances.add(replace(records.instance(name, minutes=number), form_id=FormId(form)))
            item = records.item(name, xml=XML.format(name).encode(), minutes=number)
            uow.outbox.add(replace(item, form_id=FormId(form)))
        uow.commit()
    return office


def sending(office: Office, server: Server) -> Office:
    def once(outbox: Outbox) -> SyncReport:
        return run_once(outbox, server, records.NOON, asked_by_person=True, paused=outbox.held)

    office.send_round = once
    return office


def words_on(page: QWidget) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def idle(qtbot: QtBot) -> None:
    """Sending is over, and what it changed is on the page."""
    qtbot.waitUntil(lambda: not sending_lane().busy)
    qtbot.waitUntil(lambda: not lane().busy)
    pages = [one for one in QApplication.allWidgets() if isinstance(one, SendPage)]
    qtbot.waitUntil(lambda: all(page.settled for page in pages))


def send(qtbot: QtBot, page: SendPage) -> None:
    qtbot.mouseClick(page.send, Qt.MouseButton.LeftButton)
    idle(qtbot)


def test_what_waits_is_listed_by_form_day_and_number_and_never_by_name(with_rows: Office, shown: Shown) -> None:
    page = SendPage(with_rows)
    shown(page)

    told_here = words_on(page)
    assert all(word in told_here for word in ("Gesprek", "Plan", "Stand van zaken", "4711-2085", "2 mrt"))
    assert "Samira" not in told_here


def test_the_page_says_that_nothing_leaves_without_consent(office: Office, shown: Shown) -> None:
    page = SendPage(office)
    shown(page)

    assert "Zonder toestemming gaat er niets weg." in words_on(page)


def test_sending_empties_the_list_and_shows_what_arrived(with_rows: Office, shown: Shown, qtbot: QtBot) -> None:
    server = Server()
    server.wait.set()
    page = SendPage(sending(with_rows, server))
    shown(page)

    send(qtbot, page)

    assert page.message.what.pair.dutch == "3 verslagen zijn aangekomen."
    assert with_rows.outbox().waiting() == ()
    assert "Van u wacht niets." in words_on(page)
    assert "aangekomen" in words_on(page)
    assert not page.send.isEnabled()


def test_the_page_stays_alive_while_it_sends_and_sends_once(with_rows: Office, shown: Shown, qtbot: QtBot) -> None:
    server = Server()
    page = SendPage(sending(with_rows, server))
    shown(page)
    qtbot.mouseClick(page.send, Qt.MouseButton.LeftButton)
    page.outgoing.send_now()

    qtbot.waitUntil(lambda: page.message.what.pair.dutch == "De verslagen worden verstuurd …")
    assert page.pause.isEnabled()
    server.wait.set()
    idle(qtbot)

    assert len(with_rows.outbox().receipts()) == 3


def test_pausing_stops_in_the_middle_of_the_queue_and_holds_until_it_is_lifted(
    with_rows: Office, shown: Shown, qtbot: QtBot
) -> None:
    page = SendPage(with_rows)

    class Slow(Server):
        def submit(self, item: object) -> object:
            if not with_rows.valve.paused:
                with_rows.valve.paused = True
            return super().submit(item)

    server = Slow()
    server.wait.set()
    sending(with_rows, server)
    shown(page)

    send(qtbot, page)

    assert len(with_rows.outbox().receipts()) == 1
    assert not page.send.isEnabled()
    assert page.pause.accessibleName() == "Ga door met versturen"
    page.outgoing.look()
    assert not page.outgoing.underway
    qtbot.mouseClick(page.pause, Qt.MouseButton.LeftButton)
    idle(qtbot)
    assert page.send.isEnabled()
    assert not read_valve(with_rows.store).paused


def test_the_pause_switch_is_kept(with_rows: Office, shown: Shown, qtbot: QtBot) -> None:
    page = SendPage(with_rows)
    shown(page)

    qtbot.mouseClick(page.pause, Qt.MouseButton.LeftButton)
    idle(qtbot)

    assert read_valve(with_rows.store).paused
    assert "Versturen staat op pauze." in words_on(page)


def test_a_long_queue_is_shown_a_few_at_a_time(with_rows: Office, shown: Shown, qtbot: QtBot) -> None:
    with with_rows.store.unit_of_work() as uow:
        for number in range(30):
            uow.outbox.add(records.item(f"uuid:more-{number}", minutes=10 + number))
        uow.commit()
    page = SendPage(with_rows)
    shown(page)

    assert "1 tot en met 12 van 33" in words_on(page)
    looks = [one for one in page.findChildren(QAbstractButton) if "Bekijk wat er gaat" in one.accessibleName()]
    assert len(looks) == 12
    qtbot.mouseClick(page.later, Qt.MouseButton.LeftButton)
    idle(qtbot)
    assert "13 tot en met 24 van 33" in words_on(page)
    assert page.earlier.isEnabled()


def test_each_record_says_why_it_waits(with_rows: Office) -> None:
    assert all("zodra er verbinding is" in row.problem for row in rows(with_rows, {}))
    write_server(with_rows.store, ServerSettings("http://127.0.0.1:9/v1/projects/1", "geheim", trial=True))
    assert all("nooit naar een proefserver" in row.problem for row in rows(with_rows, {}))
    write_server(with_rows.store, ServerSettings())
    assert all("tot er een server is ingesteld" in row.problem for row in rows(with_rows, {}))


def test_the_last_good_moment_and_the_last_trouble_are_told_after_a_new_start(
    with_rows: Office, shown: Shown, qtbot: QtBot
) -> None:
    server = Server()
    server.wait.set()
    page = SendPage(sending(with_rows, server))
    shown(page)
    assert "Nog nooit gelukt" in words_on(page)

    send(qtbot, page)

    again = SendPage(with_rows)
    shown(again)
    assert "Voor het laatst gelukt" in words_on(again)


def test_a_record_set_apart_shows_the_servers_own_words(with_rows: Office, shown: Shown, qtbot: QtBot) -> None:
    server = Server(refuses=("uuid:plan",))
    server.wait.set()
    page = SendPage(sending(with_rows, server))
    shown(page)

    send(qtbot, page)

    assert page.message.what.pair.dutch == "1 verslag vraagt uw hulp."
    assert "De server zegt: “Form is closed.”" in words_on(page)
    assert "hulp nodig" in words_on(page)


def test_a_record_set_apart_earlier_still_says_what_to_do(with_rows: Office) -> None:
    with with_rows.store.unit_of_work() as uow:
        item = uow.outbox.get("uuid:plan")
        uow.outbox.save_attempt(replace(item, last_problem="server_refused", set_apart=True))
        uow.commit()

    row = next(row for row in rows(with_rows, {}) if row.apart)

    assert row.problem == "De server neemt dit verslag niet aan. Vraag de beheerder om hulp en noem de code."


def test_a_lost_line_names_the_server_it_was_about(with_rows: Office) -> None:
    with with_rows.store.unit_of_work() as uow:
        uow.outbox.save_attempt(replace(uow.outbox.get("uuid:plan"), last_problem="server_unreachable"))
        uow.commit()

    problems = [row.problem for row in rows(with_rows, {}) if "central.example" in row.problem]

    assert len(problems) == 1


def test_an_address_that_cannot_be_used_is_told_in_words(with_rows: Office, shown: Shown, qtbot: QtBot) -> None:
    def wrong(_outbox: Outbox) -> SyncReport:
        raise ServerAddressWrong(problem="https_needed")

    with_rows.send_round = wrong
    page = SendPage(with_rows)
    shown(page)

    send(qtbot, page)

    assert page.message.what.pair.dutch.startswith("Dit adres van de server kan niet gebruikt worden")
    assert len(with_rows.outbox().waiting()) == 3


def test_without_a_server_the_page_asks_for_one(with_rows: Office, shown: Shown, qtbot: QtBot) -> None:
    write_server(with_rows.store, ServerSettings())
    page = SendPage(with_rows)
    shown(page)

    send(qtbot, page)

    assert page.message.what.pair.dutch == "Er is nog geen server ingesteld."


@pytest.mark.parametrize(
    ("report", "kind"),
    [
        (SyncReport(sent=("a",)), "good"),
        (SyncReport(), "good"),
        (SyncReport(waiting=2), "info"),
        (SyncReport(sent=("a",), set_apart=1), "warning"),
        (SyncReport(waiting=2, problem="server_unreachable", problem_params={"host": "central.example"}), "warning"),
    ],
)
def test_every_outcome_is_a_sentence_and_says_how_it_stands(report: SyncReport, kind: str) -> None:
    outcome = told(report)

    assert outcome.kind == kind
    assert outcome.what.endswith(".")
    assert outcome.then.endswith(".")
    assert "{" not in outcome.what + outcome.then


def test_a_code_that_is_not_known_is_still_an_error_with_words() -> None:
    assert error_of("from_a_newer_version", {}).code == "sync_failed"


def test_everything_on_the_page_is_in_reach(
    with_rows: Office, shown: Shown, keyboard_complaints: Callable[[QWidget], list[str]]
) -> None:
    page = SendPage(with_rows)
    shown(page)

    assert keyboard_complaints(page) == []


def test_who_comes_while_a_round_is_under_way_sees_how_it_stands(with_rows: Office, shown: Shown, qtbot: QtBot) -> None:
    sender = Sender(lambda: with_rows)
    sender.underway = True
    page = SendPage(with_rows, sender)
    assert not page.settled
    shown(page)
    settle(page)
    sender.underway = False
    sender.ended.emit(Ended(), False)

    assert page.pause.accessibleName()
    assert "Gesprek" in words_on(page)
    assert page.send.isEnabled()
