"""The conflict desk for a follow-up: the line that leads to it, both answers in plain words, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.ids import ParticipantId
from intake_app.services.follow_up_end import finish_follow_up
from intake_app.services.follow_up_talk import correct_follow_up
from intake_app.services.meeting import Meeting
from intake_app.services.overtaken import Overtaken, overtaken_edits
from intake_app.sync.envelope import Envelopes
from intake_app.ui.pages.desk import DeskPage
from intake_app.ui.pages.envelope import EnvelopePage
from intake_app.ui.pages.people import PeoplePage
from intake_app.ui.presenters.follow_ups import outcome_told
from intake_app.ui.presenters.late import late_lines
from intake_app.ui.screenshots import settle
from intake_app.ui.widgets import TextLabel
from tests.fakes.envelopes import QUICK
from tests.services.helps import told
from tests.services.test_follow_up_desk import Two, late, receiver, two
from tests.ui.accessible import complaints

__all__ = ["late", "receiver", "two"]
Shown = Callable[..., QWidget]


def desk_of(late: Two, met: Meeting, shown: Shown) -> DeskPage:
    page = DeskPage(late.here.office, met.participant_id, met.name)
    settle(shown(page, 1280, 720))
    return page


def words_of(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(TextLabel)]


def test_a_screen_reader_and_the_tab_key_meet_everything_in_order(late: Two, shown: Shown) -> None:
    for met in late.meet(late.here, "follow_up", "status"):
        assert complaints(desk_of(late, met, shown)) == []


def test_who_it_is_and_which_talk_stands_above_both_answers(late: Two, shown: Shown) -> None:
    page = desk_of(late, late.meet(late.here, "follow_up")[0], shown)
    words = words_of(page)
    assert any("Truus Verzonnen" in one and "gesprek van maandag 15 maart 2027" in one for one in words)
    (question,) = page.questions
    assert [card.answer.pair.dutch for card in question.grid.cards] == ["Vrijwilligerswerk", "Betaald werk"]
    assert page.count.text() == "Nog 1 keuze."
    assert not page.ready.isEnabled()
    question.grid.card("there").click()
    assert page.ready.isEnabled()
    page.undo.click()
    assert not page.ready.isEnabled()


def test_that_a_choice_ends_the_other_answers_is_told_before_it_is_made(two: Two, shown: Shown) -> None:
    two.there.correct(reached="no")
    two.there.send()
    two.here.correct(outcome="volunteer")
    two.here.send()
    page = desk_of(two, two.meet(two.here, "follow_up")[0], shown)
    assert "Kiest u “Nee”? Dan vervallen de vragen over wat er besproken is." in words_of(page)
    first, *rest = page.questions
    first.grid.card("there").click()
    assert not any(one.isEnabled() for one in rest)
    assert page.ready.isEnabled()
    page.undo.click()
    assert all(one.isEnabled() for one in rest)
    assert not page.ready.isEnabled()


def test_counts_ask_nothing_and_go_on_with_one_press(late: Two, shown: Shown, qtbot: QtBot) -> None:
    page = desk_of(late, late.meet(late.here, "status")[0], shown)
    assert not page.questions
    assert not page.undo.isVisible()
    assert page.count.text() == ""
    with qtbot.waitSignal(page.settled) as done:
        page.ready.click()
    assert done.args == ["Wat hier staat, geldt nu. Het wacht op versturen."]


def test_what_is_left_after_the_choice_is_told(late: Two, shown: Shown, qtbot: QtBot) -> None:
    page = desk_of(late, late.meet(late.here, "follow_up")[0], shown)
    page.questions[0].grid.card("here").click()
    late.here.pass_time(minutes=5)
    with qtbot.waitSignal(page.settled) as done:
        page.ready.click()
    assert done.args == [
        "Er is weer één vervolggesprek. De verbetering wacht op versturen. "
        "Wat erbij hoort, blijft nog apart. Hieronder staat wat u kunt doen."
    ]


def test_one_line_for_each_person_leads_to_the_file_and_then_to_the_desk(
    late: Two, shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    office = replace(late.here.office, envelopes=Envelopes(QUICK))
    people = PeoplePage(office)
    settle(shown(people, 1366, 768))
    (line,) = people.overtaken_buttons
    assert "“Vervolggesprek” en “Stand en telling”" in line.accessibleDescription() + line.accessibleName()
    with qtbot.waitSignal(people.envelopes_requested):
        line.click()
    file = tmp_path / "verslag.xml"
    file.write_bytes(late.at_centre("follow_up")[-1])
    stick = EnvelopePage(office, opening=True, choose_file=lambda _: str(file))
    settle(shown(stick, 1366, 768))
    assert stick.open_button.mapTo(stick, stick.open_button.rect().bottomLeft()).y() < 768
    stick.open_button.click()
    qtbot.waitUntil(stick.go_desk.isVisible)
    assert stick.message.what.pair.dutch == "Dit vervolggesprek is op twee plekken verbeterd."
    assert stick.go_desk.accessibleName() == "Leg beide versies naast elkaar"
    late.meet(late.here, "status")
    people = PeoplePage(office)
    settle(shown(people, 1366, 768))
    assert people.meeting_buttons == []
    (line,) = people.overtaken_buttons
    with qtbot.waitSignal(people.meeting_requested) as asked:
        line.click()
    assert asked.args[0] == late.here.who


def test_each_thing_that_can_be_done_has_words_of_its_own() -> None:
    who = ParticipantId("a")

    def line(*several: tuple[str, str, bool]) -> str:
        edits = [Overtaken(who, "1-2", met, "Fatima", form_id, done) for form_id, met, done in several]
        (found,) = late_lines(edits)
        return found.detail

    assert "iemand anders was eerder" in line(("follow_up", "", False), ("status", "", False))
    assert "Kies hier wat er blijft staan" in line(("follow_up", "m", False), ("status", "", False))
    assert "ook nog om “Stand en telling”" in line(("follow_up", "m", False), ("status", "", False))
    assert "dat nog open is" in line(("follow_up", "", True), ("status", "", False))
    assert "hoort, kwam te laat" in line(("status", "", False), ("plan", "", False))


@pytest.mark.parametrize("held", [False, True])
def test_who_corrects_again_before_it_is_settled_is_told_where_to_look(late: Two, held: bool) -> None:
    if not held:
        met = late.meet(late.here, "follow_up", "status")[0]
        late.here.settle(met)
        late.here.send()
    late.here.pass_time(minutes=5)
    again = correct_follow_up(late.here.office, late.here.who)
    told(again, {"outcome": "education"})
    words = outcome_told(finish_follow_up(late.here.office, again))
    assert ("Bij Mijn mensen staat wat u kunt doen." in words) is held
    assert bool(overtaken_edits(late.here.office)) is held
