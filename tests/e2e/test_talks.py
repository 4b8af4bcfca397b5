"""The twelve talks through the real window: what is asked, that nothing is asked twice, and what is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pytest
from PySide6.QtWidgets import QLineEdit, QTextEdit

from intake_app.bootstrap import open_office
from intake_app.services.office import INTAKE
from intake_app.services.rehearsal import Script
from intake_app.services.tally import quarter_of, tally
from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.offers import OffersPage
from intake_app.ui.pages.one_question import OneQuestionPage
from intake_app.ui.pages.plan import PlanPage
from intake_app.ui.pages.reading_back import ReadingBackPage
from tests.e2e.conftest import PASSPHRASE
from tests.e2e.driver import MouseDriver
from tests.scenario.talk_book import NAMES, TWICE, expected, talk
from tests.services.helps import settle

SOON = ("asylum-seeker-one-question-ar", "young-adult-stopped-early-en")
"""Shown in every run; the others take longer."""
ONE_SITTING = [
    "displaced-from-ukraine-short-uk",
    "labour-migrant-not-written-en",
    "long-without-work-full-nl",
    "low-literate-short-nl",
    "beginner-with-family-short-ar",
    "work-limitation-full-nl",
    "youth-of-sixteen-short-uk",
]


class Hand(MouseDriver):
    """Answers by mouse and remembers every question that was on the screen, screen by screen."""

    def __init__(self, qtbot, window, script: Script) -> None:
        super().__init__(qtbot, window, script.answers)
        self.script = script
        self.seen: list[tuple[str, list[str]]] = []

    def answer_control(self, control: QuestionControl) -> None:
        refs = [control.model.ref, *(row.ref for row in control.model.rows), *(p.ref for p in control.model.parts)]
        self.seen[-1][1].extend(ref for ref in refs if ref not in self.seen[-1][1])
        super().answer_control(control)

    def answer_screen(self) -> None:
        key = self.talk.presenter.key
        if not self.seen or self.seen[-1][0] != key:
            self.seen.append((key, []))
        super().answer_screen()
        for ref, control in self.talk.board.strip_controls.items():
            self.seen[-1][1].append(ref)
            assert isinstance(control, QuestionControl)

    def write(self, field: QLineEdit | QTextEdit, text: str) -> None:
        """What stands there already, in the second sitting, is left as it is."""
        standing = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        if standing != text:
            field.selectAll()
            super().write(field, text)

    def told(self, ref: str) -> str:
        """Ready sentences are tapped, whatever the script calls them."""
        return "@first" if (text := super().told(ref)).startswith("@") else text

    def codes(self) -> set[str]:
        """Codes of all questions seen; notes are none."""
        return {code_of(ref) for _, refs in self.seen for ref in refs if "_text_" not in ref}

    def until(self, concept: str, most: int = 120) -> None:
        """Answer screens up to and with the one that asks this."""
        for _ in range(most):
            found = self.talk.presenter.asks(concept)
            self.answer_screen()
            if found or self.talk.presenter.asks(concept):
                return
            self.next()
        raise AssertionError(f"{concept} was never asked")


def code_of(ref: str) -> str:
    return ref.rsplit("/", 1)[-1].split("_")[0]


@dataclass
class Desk:
    """The window of a laptop that is ready for work."""

    qtbot: object
    window: object
    hands: list[Hand] = field(default_factory=list)

    def begin(self, script: Script) -> Hand:
        hand = Hand(self.qtbot, self.window, script)
        hand.press(hand.wait_for(HomePage).begin)
        return self.opened(hand)

    def opened(self, hand: Hand) -> Hand:
        hand.qtbot.waitUntil(lambda: isinstance(hand.window.page, ConversationPage), timeout=15000)
        hand.qtbot.waitUntil(lambda: not hand.window.busy.isVisible(), timeout=15000)
        return hand


@pytest.fixture
def desk(qtbot, window, gate, request) -> Desk:
    script = talk(request.node.callspec.params["name"]) if hasattr(request.node, "callspec") else None
    store = gate.create(PASSPHRASE, "Anna Voorbeeld", script.role if script else "counsellor")
    settle(store)
    window.opened(open_office(store))
    return Desk(qtbot, window)


def to_the_end(hand: Hand) -> None:
    """All the questions, the reading back, the offers, the plan, and the counsellor's own questions."""
    hand.answer_screens(most=140)
    hand.press(hand.wait_for(ReadingBackPage).right)
    if isinstance(hand.window.page, ConversationPage):
        hand.answer_screens(most=20)
        hand.press(hand.wait_for(ReadingBackPage).right)
    hand.press(hand.wait_for(OffersPage).go_on)
    plan = hand.wait_for(PlanPage)
    hand.qtbot.waitUntil(lambda: plan.ready, timeout=20000)
    hand.press(plan.go_on)
    hand.press(plan.go_on)
    hand.answer_screens(most=20)
    hand.qtbot.waitUntil(lambda: not isinstance(hand.window.page, ConversationPage), timeout=60000)


def asked_once(hand: Hand, script: Script) -> None:
    asked = Counter(ref for _, refs in hand.seen for ref in dict.fromkeys(refs) if "_text_" not in ref)
    twice = {code_of(ref) for ref, count in asked.items() if count > 1}
    assert twice <= (TWICE if script.answers["version"] == "full" else set())


def test_one_question_ends_with_a_slip_and_a_count(desk: Desk, tmp_path) -> None:
    script = talk(SOON[0])
    hand = Hand(desk.qtbot, desk.window, script)
    hand.press(hand.wait_for(HomePage).question)
    desk.opened(hand).answer_screens()
    page = hand.wait_for(OneQuestionPage)
    page.desk.choose_file = lambda _parent, _name: str(tmp_path / "briefje.pdf")
    hand.press(page.where.card("winterswijk"))
    hand.press(page.save)
    hand.qtbot.waitUntil((tmp_path / "briefje.pdf").exists, timeout=15000)
    hand.press(page.ready_button)
    hand.wait_for(HomePage)

    assert hand.codes() == set(expected(script))
    asked_once(hand, script)
    with desk.window.office.store.unit_of_work() as uow:
        assert (uow.participants.list(), uow.drafts.list(), uow.instances.list()) == ((), (), ())
    counts = tally(desk.window.office.store, quarter_of(desk.window.office.clock.today()))
    assert counts == {"one_question": 1, "one_question:language_computer": 1, "one_question:money_papers": 1}


def test_a_talk_stopped_early_gives_a_plan_and_stays_open(desk: Desk) -> None:
    script = talk(SOON[1])
    hand = desk.begin(script)
    hand.until(script.stop_after)
    hand.press(hand.talk.chrome.stop)
    desk.qtbot.waitUntil(lambda: desk.window.dialog is not None)
    desk.window.dialog.chosen.emit("plan_now")
    desk.window.dialog.close()
    hand.press(hand.wait_for(OffersPage).go_on)
    plan = hand.wait_for(PlanPage)
    desk.qtbot.waitUntil(lambda: plan.ready, timeout=20000)

    assert plan.plan.call_name == "Sam"
    assert hand.codes() >= {"a02", "a05", "c01", "c04", "d01", "d03", "p03", "h01"}
    with desk.window.office.store.unit_of_work() as uow:
        assert len(uow.drafts.list()) == 1


@pytest.mark.long
@pytest.mark.parametrize("name", ONE_SITTING)
def test_a_talk_asks_what_it_must_and_keeps_what_was_told(name: str, desk: Desk) -> None:
    script = talk(name)
    hand = desk.begin(script)
    to_the_end(hand)

    rows_may_stay_away = {"g08b", "h06", "i04", "p02", "p07"}
    assert hand.codes() - set(expected(script)) <= {"b08", "x01"}
    assert set(expected(script)) - hand.codes() <= rows_may_stay_away | {"a01", "i01a", "p04b", "c02b"}
    asked_once(hand, script)
    with desk.window.office.store.unit_of_work() as uow:
        forms = {one.form_id for one in uow.instances.list()}
        people = [one.call_name for one in uow.participants.list()]
    written = script.answers["consent_record"] == "yes"
    assert (INTAKE in forms) is written
    assert people == ([script.answers["call_name"]] if written else [])


@pytest.mark.long
@pytest.mark.parametrize("name", ["care-at-home-short-to-full-nl"])
def test_a_short_talk_gone_on_with_becomes_a_full_one(name: str, desk: Desk) -> None:
    script = talk(name)
    hand = desk.begin(script)
    hand.until(script.stop_after)
    hand.next()
    desk.window.talk.left.emit(True)
    home = hand.wait_for(HomePage)
    first = hand.codes()
    again = Hand(desk.qtbot, desk.window, script.next_time())
    again.press(home.talk_buttons[0])
    desk.opened(again)
    assert again.talk.grow.isVisible()
    again.press(again.talk.grow)
    to_the_end(again)

    assert (first & again.codes()) - TWICE <= {"a04b"}
    assert {"c05", "k01", "l05", "o02", "q09"} <= again.codes()


@pytest.mark.long
@pytest.mark.parametrize("name", ["refugee-two-sittings-ar"])
def test_two_sittings_ask_the_second_half_the_second_time(name: str, desk: Desk) -> None:
    script = talk(name)
    hand = desk.begin(script)
    hand.until(script.stop_after)
    hand.next()
    desk.window.talk.left.emit(True)
    home = hand.wait_for(HomePage)
    first = hand.codes()
    again = Hand(desk.qtbot, desk.window, script.next_time())
    again.press(home.talk_buttons[0])
    desk.opened(again)
    to_the_end(again)

    assert (first & again.codes()) - TWICE <= {"a04", "a04b"}
    assert "k01" in again.codes()
    assert "k01" not in first


@pytest.mark.long
@pytest.mark.parametrize("name", ["stuck-worker-finished-to-full-nl"])
def test_a_finished_talk_is_opened_again_and_becomes_a_full_one(name: str, desk: Desk) -> None:
    script = talk(name)
    hand = desk.begin(script)
    instance = hand.talk.presenter.conversation.talk.instance_id
    to_the_end(hand)
    desk.window.talks.reopen(instance)
    again = desk.opened(Hand(desk.qtbot, desk.window, script.next_time()))
    again.press(again.talk.grow)
    to_the_end(again)

    assert (hand.codes() & again.codes()) - TWICE <= {"a04b", "r03", "r06", "b08"}
    with desk.window.office.store.unit_of_work() as uow:
        talks = [one for one in uow.instances.list() if one.form_id == INTAKE]
    assert {one.deprecated_id for one in talks} == {None, instance}


def test_every_talk_is_led_through_the_window_somewhere_here() -> None:
    here = {*SOON, *ONE_SITTING, "care-at-home-short-to-full-nl", "refugee-two-sittings-ar",
            "stuck-worker-finished-to-full-nl"}  # fmt: skip
    assert here == set(NAMES)
