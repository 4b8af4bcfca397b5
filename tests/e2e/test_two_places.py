"""One person in two places: a plan on a stick, changed in both, made one at the desk, and followed by the centre."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app.bootstrap import Downloader, Sender, open_office, prepare
from intake_app.central import Caseload
from intake_app.domain.caseload import entity_id
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import InstanceId
from intake_app.paths import resource_dir
from intake_app.services.continuing import reopen_finished
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.sync.envelope import Envelopes
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.ui import theme
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.desk import DeskPage
from intake_app.ui.pages.envelope import EnvelopePage
from intake_app.ui.pages.people import PeoplePage
from intake_app.ui.screenshots import settle
from tests.e2e.conftest import PASSPHRASE
from tests.fakes.encrypted import CHEAP
from tests.fakes.envelopes import QUICK
from tests.services.helps import MORNING, NT1, leaves, make_office, played, told

GOAL_HERE, GOAL_THERE, STEP_THERE = "Ik wil kok worden", "Ik wil bij een bakker werken", "Ik bel de bakker"
AT_THE_END = {"alone": "two_of_us", "consent_form": "on_screen", "know_step": "yes", "status": "complete"}
PATIENCE = 30_000
Open = Callable[[Office], MainWindow]


@pytest.fixture
def receiver() -> Iterator[TrialReceiver]:
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as running:
        yield running


@pytest.fixture
def laptop(tmp_path: Path, receiver: TrialReceiver) -> Iterator[Callable[[str, str], Office]]:
    """A data folder of its own with its own keys, connected to the receiver."""
    stores: list[SqlStore] = []

    def made(name: str, who: str) -> Office:
        store = SqlStoreGate(tmp_path / name, CHEAP).create(PASSPHRASE, who, "site_lead", "counsellor")
        stores.append(store)
        office = make_office(store, FixedClock(MORNING))
        write_server(store, ServerSettings(receiver.base_url, receiver.token, trial=True))
        folder = tmp_path / f"{name}-forms"
        sender, fetch = Sender(store, office.clock), Downloader(folder, office.clock)
        extra = {"send_round": sender, "fetch_round": fetch, "caseload": Caseload(folder)}
        return replace(office, envelopes=Envelopes(QUICK), **extra)

    yield made
    for store in stores:
        store.close()


@pytest.fixture
def opened(qapp: QApplication, qtbot: QtBot) -> Iterator[Open]:
    """The real window over an office; the one before it goes, its store stays open."""
    prepare()
    theme.apply(qapp, resource_dir(), size=theme.TextSize.NORMAL, scheme=theme.Scheme.LIGHT)
    windows: list[MainWindow] = []

    def show(office: Office) -> MainWindow:
        window = MainWindow(open_office)
        qtbot.addWidget(window)
        window.show()
        window.opened(office)
        windows.append(window)
        return window

    yield show
    for window in windows:
        window.talks.let_go()
        window.office = None
        window.close()


def page_of(qtbot: QtBot, window: MainWindow, kind: type) -> object:
    qtbot.waitUntil(lambda: isinstance(window.page, kind), timeout=PATIENCE)
    return window.page


def pass_time(office: Office, minutes: int) -> None:
    clock = office.clock
    assert isinstance(clock, FixedClock)
    clock.moment += timedelta(minutes=minutes)


def given(qtbot: QtBot, window: MainWindow, plan_number: str, stick: Path) -> Path:
    """A plan goes on the stick, through the page."""
    before = set(stick.iterdir())
    window.show_place("stick")
    page = page_of(qtbot, window, EnvelopePage)
    assert isinstance(page, EnvelopePage)
    page._choose_folder = lambda _: str(stick)
    page.plan_number.set_text(plan_number)
    page.find_plan.click()
    page.give[0].click()
    qtbot.waitUntil(lambda: "Het plan kan mee" in page.message.what.pair.dutch, timeout=PATIENCE)
    (file,) = set(stick.iterdir()) - before
    return file


def taken(qtbot: QtBot, window: MainWindow, file: Path, number: str, code: str) -> EnvelopePage:
    """A plan comes from the stick, with number and code of the participant's paper."""
    window.show_place("stick")
    page = page_of(qtbot, window, EnvelopePage)
    assert isinstance(page, EnvelopePage)
    page._choose_file = lambda _: str(file)
    page.number.set_text(number)
    page.code.set_text(code)
    page.open_button.click()
    qtbot.waitUntil(lambda: page.go_on.isVisible() or page.go_desk.isVisible(), timeout=PATIENCE)
    return page


def test_a_plan_goes_to_another_place_and_comes_back_changed(
    laptop: Callable[[str, str], Office], opened: Open, receiver: TrialReceiver, qtbot: QtBot, tmp_path: Path
) -> None:
    here, there = laptop("here", "Anneke"), laptop("there", "Bilal")
    stick = tmp_path / "stick"
    stick.mkdir()
    talk = played(here, NT1, practice=True)
    number = talk.number
    assert here.finish(talk).stored
    assert not here.send().failed
    there.fetch_new()

    window = opened(there)
    window.show_place("people")
    people = page_of(qtbot, window, PeoplePage)
    settle(window)
    assert isinstance(people, PeoplePage)
    people.search.setText(number)
    assert f"Nummer {number} is bekend bij" in people.elsewhere.text()

    first = here.stored_plan(f"{number}-1")
    file = given(qtbot, opened(here), first.plan_number, stick)

    pass_time(there, 60)
    page = taken(qtbot, window, file, number, first.handover_code)
    page.go_on.click()
    qtbot.waitUntil(lambda: window.talk is not None, timeout=PATIENCE)
    conversation = window.talk.conversation
    told(conversation, {"explained": "clear", "consent_record": "yes", "consent_central": "yes"})
    told(conversation, {"goal": GOAL_THERE, "step": STEP_THERE, "share_consent": "yes", **AT_THE_END})
    assert there.finish(conversation).stored
    window.talks.let_go()
    assert not there.send().failed
    second = there.stored_plan(f"{number}-2")
    back = given(qtbot, window, second.plan_number, stick)

    pass_time(here, 120)
    again = reopen_finished(here, talk.talk.instance_id)
    told(again, {**AT_THE_END, "goal": GOAL_HERE})
    assert here.finish(again).stored
    assert not here.send().failed

    pass_time(here, 60)
    window = opened(here)
    taken(qtbot, window, back, number, second.handover_code).go_desk.click()
    desk = page_of(qtbot, window, DeskPage)
    assert isinstance(desk, DeskPage)
    qtbot.waitUntil(lambda: bool(desk.questions), timeout=PATIENCE)
    goal, step = desk.questions
    assert [card.answer.pair.dutch for card in goal.grid.cards] == [GOAL_HERE, GOAL_THERE]
    assert "Bilal" in desk.presenter.meeting.there.counsellor
    goal.grid.card("there").click()
    desk.undo.click()
    goal.grid.card("here").click()
    step.grid.card("there").click()
    desk.ready.click()
    page_of(qtbot, window, PeoplePage)
    settle(window)
    assert "Er is weer één plan" in window.message.what.pair.dutch
    assert not here.send().failed

    plans = [one for one in receiver.received if one.form_id == "plan"]
    mine = [one for one in plans if one.root_id == plans[0].root_id]
    assert [bool(one.deprecated_id) for one in mine] == [False, True, True]
    assert mine[2].deprecated_id == mine[1].instance_id
    settled = leaves(mine[2].xml)
    assert settled["goal"] == [GOAL_HERE]
    assert STEP_THERE in settled["step_label"]
    assert len(plans) == 4
    row = receiver.entities.of("caseload")[entity_id(number)]
    assert row.current.data["number"] == number
    assert set(row.current.data) == {"number", "status", "next_date"}
    assert not receiver.entities.errors


def test_a_correction_that_came_too_late_is_settled_sent_and_accepted(
    laptop: Callable[[str, str], Office], opened: Open, receiver: TrialReceiver, qtbot: QtBot, tmp_path: Path
) -> None:
    here = laptop("here", "Anneke")
    stick = tmp_path / "stick"
    stick.mkdir()
    talk = played(here, NT1, practice=True)
    number = talk.number
    assert here.finish(talk).stored
    assert not here.send().failed
    there = copied(here, tmp_path / "here", tmp_path / "copy")

    pass_time(there, 60)
    corrected(there, talk.talk.instance_id, GOAL_THERE)
    assert not there.send().failed
    pass_time(here, 120)
    corrected(here, talk.talk.instance_id, GOAL_HERE)
    late = here.send()
    assert {one.code for one in late.failed} == {"edit_out_of_date"}
    with here.store.unit_of_work() as uow:
        before = {one.instance_id: one.xml for one in uow.instances.list()}

    plan = there.stored_plan(f"{number}-2")
    file = given(qtbot, opened(there), plan.plan_number, stick)
    window = opened(here)
    window.show_place("people")
    people = page_of(qtbot, window, PeoplePage)
    settle(window)
    assert isinstance(people, PeoplePage)
    (button,) = people.overtaken_buttons
    button.click()
    page_of(qtbot, window, EnvelopePage)
    taken(qtbot, window, file, number, plan.handover_code)
    window.show_place("people")
    people = page_of(qtbot, window, PeoplePage)
    settle(window)
    assert isinstance(people, PeoplePage)
    pass_time(here, 60)
    people.overtaken_buttons[0].click()
    desk = page_of(qtbot, window, DeskPage)
    assert isinstance(desk, DeskPage)
    qtbot.waitUntil(lambda: bool(desk.questions), timeout=PATIENCE)
    (goal,) = desk.questions
    goal.grid.card("there").click()
    desk.ready.click()
    people = page_of(qtbot, window, PeoplePage)
    settle(window)
    assert "De verbetering wacht op versturen" in window.message.what.pair.dutch
    assert isinstance(people, PeoplePage)
    assert not people.overtaken_buttons

    sent = here.send()
    assert (sent.failed, sent.waiting, sent.set_apart) == ((), 0, 0)
    for form_id in ("intake", "participant", "plan", "status"):
        chain = [one for one in receiver.received if one.form_id == form_id]
        mine = [one for one in chain if one.root_id == chain[0].root_id]
        assert [one.deprecated_id for one in mine] == ["", mine[0].instance_id, mine[1].instance_id]
        with here.store.unit_of_work() as uow:
            assert {one.instance_id: one.status for one in uow.outbox.receipts()}[mine[2].instance_id] == 201
    settled = next(one for one in reversed(receiver.received) if one.form_id == "plan")
    assert leaves(settled.xml)["goal"] == [GOAL_THERE]
    with here.store.unit_of_work() as uow:
        assert before.items() <= {one.instance_id: one.xml for one in uow.instances.list()}.items()
    there.store.close()


def copied(office: Office, folder: Path, copy: Path) -> Office:
    """The same data put back on a second laptop, as from a backup, with the same account."""
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("*.lock"))
    store = SqlStoreGate(copy, CHEAP).unlock(PASSPHRASE)
    assert isinstance(office.clock, FixedClock)
    clock = FixedClock(office.clock.moment)
    return replace(make_office(store, clock), envelopes=Envelopes(QUICK), send_round=Sender(store, clock))


def corrected(office: Office, talk: InstanceId, goal: str) -> None:
    again = reopen_finished(office, talk)
    told(again, {**AT_THE_END, "goal": goal})
    assert office.finish(again).stored
