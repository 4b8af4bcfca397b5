"""A follow-up that two laptops corrected: refused at the centre, chosen about in the window, one record after it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app.bootstrap import Sender, open_office, prepare
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import ParticipantId
from intake_app.paths import resource_dir
from intake_app.services.follow_up_end import finish_follow_up
from intake_app.services.follow_up_talk import begin_follow_up, correct_follow_up
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.sync.envelope import Envelopes
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.ui import theme
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.case_card import CaseCardPage
from intake_app.ui.pages.desk import DeskPage
from intake_app.ui.pages.envelope import EnvelopePage
from intake_app.ui.pages.people import PeoplePage
from intake_app.ui.screenshots import settle
from tests.e2e.conftest import PASSPHRASE
from tests.fakes.encrypted import CHEAP
from tests.fakes.envelopes import QUICK
from tests.services.helps import MORNING, NT1, leaves, make_office, played, told

REACHED = {"reached": "yes", "step_result": "busy", "outcome": "language_digital"}
PATIENCE = 30_000
Open = Callable[[Office], MainWindow]


@dataclass
class Laptop:
    """A data folder of its own, opened, closed and opened again."""

    folder: Path
    office: Office
    who: ParticipantId
    store: SqlStore

    def pass_time(self, minutes: int) -> None:
        assert isinstance(self.office.clock, FixedClock)
        self.office.clock.moment += timedelta(minutes=minutes)

    def correct(self, **answers: str) -> None:
        self.pass_time(10)
        again = correct_follow_up(self.office, self.who)
        told(again, answers)
        assert finish_follow_up(self.office, again).stored

    def send(self) -> set[str]:
        report = self.office.send()
        assert report is not None
        return {one.code for one in report.failed}

    def start_again(self) -> None:
        """The program is closed, and the passphrase is typed again."""
        self.store.close()
        self.store = SqlStoreGate(self.folder, CHEAP).unlock(PASSPHRASE)
        self.office = office_of(self.store, self.office.clock.now())

    def copied(self, folder: Path) -> Laptop:
        """The same data put back on a second laptop, as from a backup."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("*.lock"))
        store = SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE)
        return Laptop(folder, office_of(store, self.office.clock.now()), self.who, store)


def office_of(store: SqlStore, moment: object = MORNING) -> Office:
    clock = FixedClock(moment)  # type: ignore[arg-type]  # a moment
    return replace(make_office(store, clock), envelopes=Envelopes(QUICK), send_round=Sender(store, clock))


@pytest.fixture
def receiver() -> Iterator[TrialReceiver]:
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as running:
        yield running


@pytest.fixture
def laptops(tmp_path: Path, receiver: TrialReceiver) -> Iterator[tuple[Laptop, Laptop]]:
    """Both know the same person and the same follow-up; the other one corrected it first, and then this one."""
    store = SqlStoreGate(tmp_path / "here", CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    office = office_of(store)
    write_server(store, ServerSettings(receiver.base_url, receiver.token, trial=True))
    talk = played(office, NT1, practice=True)
    assert office.finish(talk).stored
    here = Laptop(tmp_path / "here", office, talk.talk.header.participant_id, store)
    here.pass_time(14 * 24 * 60)
    begun = begin_follow_up(office, here.who)
    told(begun, REACHED)
    assert finish_follow_up(office, begun).stored
    assert not here.send()
    there = here.copied(tmp_path / "there")
    there.correct(outcome="work", meter_result="higher")
    assert not there.send()
    here.pass_time(60)
    here.correct(outcome="volunteer")
    assert here.send() == {"edit_out_of_date"}
    yield here, there
    here.store.close()
    there.store.close()


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot) -> Iterator[Open]:
    """The real window over an office; the one before it goes, its store stays open."""
    prepare()
    theme.apply(qapp, resource_dir(), size=theme.TextSize.NORMAL, scheme=theme.Scheme.LIGHT)
    windows: list[MainWindow] = []

    def leave() -> None:
        while windows:
            window = windows.pop()
            window.talks.let_go()
            window.office = None
            window.close()

    def show(office: Office) -> MainWindow:
        leave()
        window = MainWindow(open_office)
        qtbot.addWidget(window)
        window.show()
        window.opened(office)
        windows.append(window)
        return window

    yield show
    leave()


def page_of(qtbot: QtBot, window: MainWindow, kind: type) -> object:
    qtbot.waitUntil(lambda: isinstance(window.page, kind), timeout=PATIENCE)
    settle(window.page)
    return window.page


def people_of(qtbot: QtBot, window: MainWindow) -> PeoplePage:
    window.show_place("people")
    page = page_of(qtbot, window, PeoplePage)
    assert isinstance(page, PeoplePage)
    return page


def versions(receiver: TrialReceiver, form_id: str) -> list[bytes]:
    """The versions of a record at the centre; one unbroken line."""
    found = [one for one in receiver.received if one.form_id == form_id and b"<kind>caseload<" not in one.xml]
    assert [one.deprecated_id for one in found] == ["", *[one.instance_id for one in found[:-1]]]
    return [one.xml for one in found]


def given(qtbot: QtBot, window: MainWindow, file: Path, xml: bytes) -> EnvelopePage:
    """What the Werkcentrum gave is opened, from the line of the person."""
    file.write_bytes(xml)
    page = page_of(qtbot, window, EnvelopePage)
    assert isinstance(page, EnvelopePage)
    page._choose_file = lambda _: str(file)
    page.open_button.click()
    qtbot.waitUntil(page.go_desk.isVisible, timeout=PATIENCE)
    settle(page)
    return page


def desk_of(qtbot: QtBot, window: MainWindow) -> DeskPage:
    desk = page_of(qtbot, window, DeskPage)
    assert isinstance(desk, DeskPage)
    qtbot.waitUntil(lambda: bool(desk.questions), timeout=PATIENCE)
    return desk


def test_a_follow_up_that_came_too_late_is_chosen_about_and_goes_on_after_a_restart(
    laptops: tuple[Laptop, Laptop], opened: Open, receiver: TrialReceiver, qtbot: QtBot, tmp_path: Path
) -> None:
    here, _ = laptops
    window = opened(here.office)
    people = people_of(qtbot, window)
    (line,) = people.overtaken_buttons
    line.click()
    given(qtbot, window, tmp_path / "a.xml", versions(receiver, "follow_up")[-1])
    page = given(qtbot, window, tmp_path / "b.xml", versions(receiver, "status")[-1])
    assert page.go_desk.isVisible()
    people = people_of(qtbot, window)
    assert not people.meeting_buttons
    people.overtaken_buttons[0].click()
    desk = desk_of(qtbot, window)
    shown = {one.key: [card.answer.pair.dutch for card in one.grid.cards] for one in desk.questions}
    assert shown["/data/u03_outcome"] == ["Vrijwilligerswerk", "Betaald werk"]
    outcome, meter = sorted(desk.questions, key=lambda one: "meter" in one.key)
    outcome.grid.card("here").click()
    assert desk.count.text() == "Nog 1 keuze."
    assert not desk.ready.isEnabled()

    here.start_again()
    window = opened(here.office)
    people_of(qtbot, window).overtaken_buttons[0].click()
    desk = desk_of(qtbot, window)
    outcome, meter = sorted(desk.questions, key=lambda one: "meter" in one.key)
    assert outcome.grid.values() == ["here"]
    meter.grid.card("there").click()
    here.pass_time(5)
    desk.ready.click()
    people = page_of(qtbot, window, PeoplePage)
    assert isinstance(people, PeoplePage)
    assert "Er is weer één vervolggesprek. De verbetering wacht op versturen." in window.message.what.pair.dutch
    assert not people.overtaken_buttons

    assert not here.send()
    assert here.office.outbox().waiting() == ()
    newest = leaves(versions(receiver, "follow_up")[-1])
    assert (newest["u03_outcome"], newest["u05f_meter"]) == (["volunteer"], ["higher"])
    assert [len(versions(receiver, form_id)) for form_id in ("follow_up", "status")] == [3, 4]


def test_the_choices_of_two_laptops_at_once_end_with_one_record(
    laptops: tuple[Laptop, Laptop], opened: Open, receiver: TrialReceiver, qtbot: QtBot, tmp_path: Path
) -> None:
    here, _ = laptops
    third = here.copied(tmp_path / "third")
    there = versions(receiver, "follow_up")[-1]
    for laptop, side in ((here, "here"), (third, "there")):
        window = opened(laptop.office)
        people_of(qtbot, window).overtaken_buttons[0].click()
        given(qtbot, window, tmp_path / "a.xml", there).go_desk.click()
        desk = desk_of(qtbot, window)
        for one in desk.questions:
            one.grid.card(side).click()
        laptop.pass_time(5)
        desk.ready.click()
        page_of(qtbot, window, PeoplePage)
    assert not here.send()
    assert third.send() == {"edit_out_of_date"}

    window = opened(third.office)
    people_of(qtbot, window).overtaken_buttons[0].click()
    given(qtbot, window, tmp_path / "b.xml", versions(receiver, "follow_up")[-1]).go_desk.click()
    desk = desk_of(qtbot, window)
    for one in desk.questions:
        one.grid.card("there").click()
    third.pass_time(5)
    desk.ready.click()
    page_of(qtbot, window, PeoplePage)
    assert not third.send()
    assert len(versions(receiver, "follow_up")) == 4
    assert leaves(versions(receiver, "follow_up")[-1])["u03_outcome"] == ["volunteer"]
    third.store.close()


def test_choices_about_a_follow_up_that_is_open_lead_to_its_card(
    laptops: tuple[Laptop, Laptop], opened: Open, receiver: TrialReceiver, qtbot: QtBot, tmp_path: Path
) -> None:
    here, _ = laptops
    correct_follow_up(here.office, here.who)
    window = opened(here.office)
    people_of(qtbot, window).overtaken_buttons[0].click()
    given(qtbot, window, tmp_path / "a.xml", versions(receiver, "follow_up")[-1]).go_desk.click()
    desk = desk_of(qtbot, window)
    for one in desk.questions:
        one.grid.card("there").click()
    desk.ready.click()
    people = page_of(qtbot, window, PeoplePage)
    assert isinstance(people, PeoplePage)
    assert "dat nog open is" in window.message.what.pair.dutch
    people.overtaken_buttons[0].click()
    page_of(qtbot, window, CaseCardPage)
    going_on = begin_follow_up(here.office, here.who)
    assert going_on.talk.answers.text("outcome") == "work"
    here.pass_time(5)
    finish_follow_up(here.office, going_on)
    assert not here.send()
    assert len(versions(receiver, "follow_up")) == 3
