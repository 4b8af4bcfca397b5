"""One person over a year through the real window: talk, referral, taster, follow-ups, a second plan, the numbers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from intake_app.bootstrap import open_office, prepare
from intake_app.domain.clock import FixedClock
from intake_app.domain.follow_up import TasterState
from intake_app.domain.instance import Receipt
from intake_app.errors import RecordErased
from intake_app.paths import resource_dir
from intake_app.services.access import Access
from intake_app.services.counting import local_tally
from intake_app.services.follow_up import card_of, due_calls
from intake_app.services.housekeeping import clear_due, trust_clock
from intake_app.storage.gate import SqlStoreGate
from intake_app.ui import theme
from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.controls.past import PastDateControl, PastMonthControl
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.case_card import CaseCardPage
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.follow_up_form import RenewedPlanPage
from intake_app.ui.pages.follow_ups import FollowUpsPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.referrals import ReferralsPage
from intake_app.ui.pages.send import SendPage
from tests.e2e.driver import Answers, MouseDriver
from tests.e2e.test_whole_talk import answers, first_start, paper, to_the_plan

START = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
PARTNER = "taalhuis"


class Hand(MouseDriver):
    """Also taps days and months that have been."""

    def answer_control(self, control: QuestionControl) -> None:
        told = self.told(control.model.ref)
        if isinstance(control, PastDateControl) and told:
            self.choose(control.entry.choices, told)
        elif isinstance(control, PastMonthControl) and told:
            self.choose(control.grid, told)
        elif not isinstance(control, PastDateControl | PastMonthControl):
            super().answer_control(control)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def window(qapp, qtbot, gate: SqlStoreGate, clock: FixedClock) -> Iterator[MainWindow]:
    prepare()
    theme.apply(qapp, resource_dir(), size=theme.TextSize.NORMAL, scheme=theme.Scheme.LIGHT)
    shown = MainWindow(lambda store: replace(open_office(store), clock=clock))
    qtbot.addWidget(shown)
    shown.show()
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    shown.begin(Access(gate))
    yield shown
    shown.talks.let_go()
    shown.close()


def counters(window: MainWindow) -> dict[str, int]:
    """What this laptop has counted."""
    office = window.office
    return {one.counter: one.count for one in local_tally(office.store, office.clock.today())}


def all_is_sent(window: MainWindow, at: datetime) -> None:
    """The server has confirmed everything."""
    outbox = window.office.outbox()
    for item in outbox.waiting():
        outbox.confirm(Receipt(item.instance_id, 201, "ok", at))


def to_the_card(driver: Hand) -> CaseCardPage:
    """From the first page by the calls of today."""
    window = driver.window
    window.go_home()
    home = driver.wait_for(HomePage)
    driver.qtbot.waitUntil(lambda: home.calls is not None)
    driver.press(home.calls)
    page = driver.wait_for(FollowUpsPage)
    (line,) = page.lines.values()
    driver.press(line)
    return driver.wait_for(CaseCardPage)


def followed_up(driver: Hand, told: Answers, button: Callable[[CaseCardPage], object]) -> None:
    """The follow-up from the card to its end."""
    driver.answers = told
    driver.press(button(driver.window.page))
    driver.wait_for(ConversationPage)
    driver.answer_screens()


def test_a_year_with_one_person(qtbot, window: MainWindow, clock: FixedClock, tmp_path: Path) -> None:
    # 1 March: the talk, with a referral, consents, and the plan in hand
    told = answers("ar") | {
        "referral": [PARTNER],
        "handover": ["counsellor_calls"],
        "interpreter": "interpreter_here",
        "alone": "with_interpreter",
        "share_consent": ["yes"],
        "consent_contact": "yes",
        "contact": "0612345678",
        "consent_central": "yes",
        "follow_up": "+14",
        "status": "complete",
    }
    driver = Hand(qtbot, window, told)
    first_start(driver)
    to_the_plan(driver, tmp_path / "plan-1.pdf")
    driver.answer_screens()
    driver.wait_for(SendPage)
    before = counters(window)
    (call,) = due_calls(window.office)
    who, number = call.participant_id, call.number
    assert call.on == date(2027, 3, 15)
    all_is_sent(window, clock.now())

    # 15 March: two weeks later; the letter, a taster, the form of three minutes in both languages, a second plan
    clock.moment = START + timedelta(days=14)
    card = to_the_card(driver)
    driver.press(card.referrals)
    letter = driver.wait_for(ReferralsPage)
    assert list(letter.prints) == [(PARTNER, "own"), (PARTNER, "letter")]
    letter.back_requested.emit()
    card = driver.wait_for(CaseCardPage)
    driver.press(card.more_tasters)
    offer, button = next((name, one) for name, one in card.offered.items() if one.isEnabled())
    button.click()
    qtbot.waitUntil(lambda: isinstance(window.page, CaseCardPage) and offer in window.page.tasters)
    card = driver.wait_for(CaseCardPage)
    card.tasters[offer].card(TasterState.REGISTERED.value).click()
    assert card_of(window.office.store, who).tasters[0].state is TasterState.REGISTERED
    two_weeks = {
        "reached": "yes",
        "step_result": ["done"],
        "step_done_date": [(clock.today() - timedelta(days=7)).isoformat()],
        "outcome": "language_digital",
        "outcome_month": "2027-03-01",
        "taster_attended": ["no"],
        "referral_arrived": ["yes"],
        "again_read": "a2",
        "meter_result": "none",
        "next_step": ["Ik schrijf mij in voor de cursus"],
        "closed": "no",
        "consent_stats": "yes",
        "target_group": "jobseeker_distance",
    }
    followed_up(driver, two_weeks, lambda page: page.here)
    renewed = driver.wait_for(RenewedPlanPage)
    renewed.desk.choose_file = lambda _parent, _name: str(tmp_path / "plan-2.pdf")
    qtbot.waitUntil(lambda: renewed.ready, timeout=20000)
    renewed.save.click()
    qtbot.waitUntil((tmp_path / "plan-2.pdf").exists, timeout=20000)
    qtbot.waitUntil(lambda: not renewed.view.busy.isVisible(), timeout=20000)
    assert "Ik schrijf mij in voor de cursus" in paper(tmp_path / "plan-2.pdf")
    after_two_weeks = counters(window)
    with window.office.store.unit_of_work() as uow:
        assert [plan.plan_number for plan in uow.plans.of_participant(who)] == [f"{number}-1", f"{number}-2"]
        forms = [item.form_id for item in uow.outbox.waiting()]
    assert set(forms) == {"follow_up", "plan", "status"}
    assert card_of(window.office.store, who).next_date == date(2027, 6, 1)
    all_is_sent(window, clock.now())

    # in May the talk has left the laptop; the card is still there
    clock.moment = START + timedelta(days=60)
    trust_clock(window.office.store, clock.now())
    clear_due(window.office)
    with window.office.store.unit_of_work() as uow, pytest.raises(RecordErased):
        uow.participants.get(who)

    # 1 June: three months, on the telephone, from the card; the taster was attended, there is work
    clock.moment = START + timedelta(days=92)
    card = to_the_card(driver)
    three_months = {
        "reached": "yes",
        "step_result": ["busy"],
        "outcome": "work",
        "outcome_month": "2027-05-01",
        "taster_attended": ["yes"],
        "meter_result": "none",
        "closed": "no",
    }
    followed_up(driver, three_months, lambda page: page.call)
    driver.wait_for(FollowUpsPage)
    after_three_months = counters(window)
    assert [one.state for one in card_of(window.office.store, who).tasters] == [TasterState.ATTENDED]
    all_is_sent(window, clock.now())

    # half a year: nobody answers, and a week later it is tried again
    day = card_of(window.office.store, who).next_date
    clock.moment = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    card = to_the_card(driver)
    driver.press(card.missed)
    driver.wait_for(FollowUpsPage)
    assert (card_of(window.office.store, who).missed, due_calls(window.office)[0].late) == (1, -7)
    all_is_sent(window, clock.now())

    # twelve months: still at work; this was the last talk
    clock.moment = START + timedelta(days=366)
    to_the_card(driver)
    followed_up(driver, {"reached": "yes", "outcome": "work", "closed": "yes"}, lambda page: page.call)
    driver.wait_for(FollowUpsPage)
    kept = card_of(window.office.store, who)
    assert (kept.closed, kept.next_date, len(kept.spoken_on)) == (True, None, 3)
    assert due_calls(window.office) == ()

    # the numbers before and after: guided once, moved on, a taster followed, the referral arrived; no name anywhere
    after = counters(window)
    assert not {"guided:2027-Q1", "taster:2027-Q1"} & set(before)
    assert after_two_weeks["guided:2027-Q1"] == 1
    assert after_two_weeks["referral:arrived"] == 1
    assert "moved_12:2027-Q1" not in after_two_weeks
    assert after_three_months["moved_12:2027-Q1"] == after["moved_12:2027-Q1"] == 1
    assert after["taster:2027-Q1"] == after["guided:2027-Q1"] == 1
    assert number not in json.dumps(after)

    # thirty days after the last talk the card goes too
    all_is_sent(window, clock.now())
    clock.moment += timedelta(days=31)
    trust_clock(window.office.store, clock.now())
    clear_due(window.office)
    assert card_of(window.office.store, who) is None
