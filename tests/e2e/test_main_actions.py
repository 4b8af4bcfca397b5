"""However full the laptop is: to open a place the window asks the store as little with many people as with one."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import Engine, event

from intake_app.bootstrap import open_office, prepare
from intake_app.domain.ids import InstanceId, ParticipantId, ParticipantNumber
from intake_app.paths import resource_dir
from intake_app.services.office import Office
from intake_app.storage.gate import SqlStoreGate
from intake_app.ui import theme
from intake_app.ui.main_window import MainWindow
from intake_app.ui.places import PLACES
from intake_app.ui.screenshots import settle
from tests.fakes.encrypted import CHEAP
from tests.fakes.places import settle as fill_in_place
from tests.services.helps import NT1, played

MANY = 40


def office_of(folder: Path) -> Office:
    store = SqlStoreGate(folder, CHEAP).create("vier losse woorden samen", "Anna", "site_lead", "counsellor")
    fill_in_place(store)
    office = open_office(store)
    office.finish(played(office, NT1))
    return office


def with_many(office: Office) -> None:
    """So many people more, with a finished talk each, and ten records of each that wait to be sent."""
    with office.store.unit_of_work() as uow:
        who, item = uow.participants.list()[0], uow.outbox.waiting()[0]
        talks = uow.instances.of_participant(who.participant_id)
        for number in range(MANY):
            person = ParticipantId(str(uuid.uuid4()))
            number_of = ParticipantNumber(str(10_000_000 + number))
            uow.participants.add(replace(who, participant_id=person, number=number_of, call_name=f"Naam {number}"))
            for talk in talks:
                uow.instances.add(replace(talk, instance_id=InstanceId(f"uuid:{uuid.uuid4()}"), participant_id=person))
            for _ in range(10):
                uow.outbox.add(replace(item, instance_id=InstanceId(f"uuid:{uuid.uuid4()}")))
        uow.commit()


class Questions:
    """Counts what the thread of the window itself asks of a database; the background may ask as much as it likes."""

    def __init__(self) -> None:
        self.count = 0
        self._thread = threading.get_ident()

    def __call__(self, *_told: object) -> None:
        if threading.get_ident() == self._thread:
            self.count += 1


@pytest.fixture
def questions() -> Iterator[Questions]:
    counted = Questions()
    event.listen(Engine, "before_cursor_execute", counted)
    yield counted
    event.remove(Engine, "before_cursor_execute", counted)


def asked(window: MainWindow, questions: Questions) -> dict[str, int]:
    """How much the window asks for each place, and for the first page."""
    found = {}
    for place in PLACES:
        questions.count = 0
        window.show_place(place.code)
        settle(window)
        found[place.code] = questions.count
    questions.count = 0
    window.go_home()
    settle(window)
    found["home"] = questions.count
    return found


def test_a_full_store_is_asked_no_more_than_an_empty_one(
    qapp: QApplication, qtbot, tmp_path: Path, questions: Questions
) -> None:
    prepare()
    theme.apply(qapp, resource_dir())
    office = office_of(tmp_path / "data")
    window = MainWindow(open_office)
    qtbot.addWidget(window)
    window.show()
    window.opened(office)
    settle(window)

    few = asked(window, questions)
    with_many(office)
    many = asked(window, questions)

    assert {code: (few[code], many[code]) for code in few if many[code] > few[code] + 3} == {}
    assert few["send"] > 0
    window.close()
