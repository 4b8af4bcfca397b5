from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from intake_app.errors import InputError, IntakeError, UnexpectedFailure
from intake_app.ui.tasks import BackgroundLane


@pytest.fixture
def lane(qtbot: QtBot) -> BackgroundLane:
    made = BackgroundLane()
    yield made
    assert made.close(5000)


def test_work_is_done_elsewhere_and_told_on_the_gui_thread(lane: BackgroundLane, qtbot: QtBot) -> None:
    where: list[threading.Thread] = []
    told: list[tuple[int, threading.Thread]] = []

    def work() -> int:
        where.append(threading.current_thread())
        return 42

    lane.run(work, lambda value: told.append((value, threading.current_thread())))
    qtbot.waitUntil(lambda: bool(told))

    assert told == [(42, threading.main_thread())]
    assert where[0] is not threading.main_thread()


def test_writes_take_turns_in_the_order_they_came(lane: BackgroundLane, qtbot: QtBot) -> None:
    order: list[int] = []

    with qtbot.waitSignal(lane.busy_changed, check_params_cb=lambda busy: not busy):
        for number in range(20):
            lane.run(lambda number=number: order.append(number))

    assert order == list(range(20))


def test_an_error_of_ours_arrives_as_it_is(lane: BackgroundLane, qtbot: QtBot) -> None:
    failures: list[IntakeError] = []

    def work() -> None:
        raise InputError(reason="x")

    lane.run(work, failed=failures.append)
    qtbot.waitUntil(lambda: bool(failures))

    assert type(failures[0]) is InputError


def test_an_unforeseen_error_arrives_without_its_text(lane: BackgroundLane, qtbot: QtBot) -> None:
    def work() -> None:
        raise ValueError("Fatima, 06 12345678")

    with qtbot.waitSignal(lane.failed) as told:
        lane.run(work)

    error = told.args[0]
    assert isinstance(error, UnexpectedFailure)
    assert error.params == {"kind": "ValueError"}
    assert "Fatima" not in str(error)


def test_after_an_error_the_lane_goes_on(lane: BackgroundLane, qtbot: QtBot) -> None:
    told: list[str] = []

    def broken() -> None:
        raise InputError(reason="x")

    lane.run(broken, failed=lambda error: told.append("failed"))
    lane.run(lambda: "fine", told.append)
    qtbot.waitUntil(lambda: len(told) == 2)

    assert told == ["failed", "fine"]


def test_closing_finishes_what_was_given(qtbot: QtBot) -> None:
    lane = BackgroundLane()
    done: list[int] = []
    told: list[int] = []
    for number in range(5):
        lane.run(lambda number=number: done.append(number), told.append)

    assert lane.close(5000)

    assert done == list(range(5))
    assert told == []
    assert not lane.busy
