"""What a counsellor reads where something met at the desk is gone, since its consent was taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.consent import ConsentCode
from intake_app.paths import resource_dir
from intake_app.services.requests import carried_out, requests
from intake_app.services.rights import take_back
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.ui.pages.desk import DeskPage
from intake_app.ui.presenters.keeping import request_rows, told_above
from intake_app.ui.screenshots import settle
from tests.services.laptop import Laptop
from tests.services.test_met_smaller import LIVES_HERE, LIVES_THERE, NEEDS_HERE, NEEDS_THERE, met

Shown = Callable[..., QWidget]
PATIENCE = 20_000


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as receiver:
        made = Laptop(tmp_path / "data", receiver)
        yield made
        made.store.close()


def desk(laptop: Laptop, name: str, shown: Shown, qtbot: QtBot) -> DeskPage:
    page = DeskPage(laptop.office, laptop.who, name)
    shown(page, 1366, 768)
    qtbot.waitUntil(lambda: page.presenter.meeting is not None and not page.busy.isVisible(), timeout=PATIENCE)
    settle(page)
    return page


def test_the_desk_says_that_a_part_is_gone_and_asks_the_rest(laptop: Laptop, shown: Shown, qtbot: QtBot) -> None:
    meeting = met(laptop, (NEEDS_HERE, NEEDS_THERE), (LIVES_HERE, LIVES_THERE))
    assert not desk(laptop, meeting.name, shown, qtbot).message.isVisible()
    laptop.take_back(ConsentCode.NEEDS)
    page = desk(laptop, meeting.name, shown, qtbot)
    assert page.message.isVisible()
    assert "geen toestemming voor, of niet meer" in page.message.what.pair.dutch
    assert "Kies alleen wat hieronder staat" in page.message.what_to_do.pair.dutch
    assert len(page.questions) == 1


def test_above_the_receipt_stands_that_a_choice_fell_away(laptop: Laptop) -> None:
    met(laptop, (NEEDS_HERE, NEEDS_THERE))
    laptop.later()
    receipt = take_back(laptop.office, laptop.who, ConsentCode.NEEDS)
    assert "U hoeft daar dus niet meer te kiezen" in told_above(receipt, gone=False)
    laptop.later()
    again = take_back(laptop.office, laptop.who, ConsentCode.ORIGIN)
    assert told_above(again, gone=False) == ""
    assert "gewist" in told_above(again, gone=True)


def test_what_was_asked_at_once_is_one_line_until_all_of_it_is_done(laptop: Laptop) -> None:
    laptop.take_back(ConsentCode.CONTACT)
    asked = requests(laptop.office.store)
    assert len(asked) == 2
    ((first, line),) = request_rows(asked)
    assert line.badge == "wacht op het Werkcentrum"
    ((_, half),) = request_rows((replace(asked[0], done_at=laptop.clock.now()), asked[1]))
    assert half.badge == "wacht op het Werkcentrum"
    carried_out(laptop.office.store, first.instance_id, laptop.clock.now())
    ((_, done),) = request_rows(requests(laptop.office.store))
    assert done.badge == "klaar"
