"""The pages of follow-ups: whom to call, the case card, its tasters, the renewed plan, referrals and their settings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.clock import FixedClock
from intake_app.domain.draft import Account
from intake_app.domain.follow_up import FollowUpPlan, Moment, TasterState
from intake_app.domain.ids import AccountId, ParticipantId
from intake_app.services.follow_up import card_of
from intake_app.services.follow_up_end import FollowUpOutcome, finish_follow_up, move_follow_up, not_reached
from intake_app.services.follow_up_plan import read_follow_up_plan
from intake_app.services.follow_up_talk import begin_follow_up
from intake_app.services.office import Office
from intake_app.services.stored_plans import in_language
from intake_app.ui.pages.case_card import CaseCardPage
from intake_app.ui.pages.follow_up_form import RenewedPlanPage
from intake_app.ui.pages.follow_up_settings import FollowUpCard
from intake_app.ui.pages.follow_ups import FollowUpsPage
from intake_app.ui.pages.referrals import ReferralsPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.presenters.conversation import Stage
from intake_app.ui.presenters.follow_ups import FollowUpPresenter, appointment_file, call_groups, outcome_told
from intake_app.ui.printing import PrintWays
from intake_app.ui.widgets import TextLabel
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, make_office, played, told
from tests.ui.conftest import Played

Show = Callable[..., QWidget]


@pytest.fixture
def played_talk(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Played]:
    """The sample talk of these tests, under another name than the function that plays one."""
    yield request.getfixturevalue("played")
    qtbot.waitUntil(lambda: not lane().busy)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(MORNING)


@pytest.fixture
def office(clock: FixedClock) -> Office:
    return make_office(InMemoryStore(), clock)


def finished(office: Office, name: str = "Samira") -> ParticipantId:
    conversation = played(office, NT1)
    told(conversation, {"call_name": name})
    office.finish(conversation)
    return conversation.talk.header.participant_id


def words(page: QWidget) -> str:
    return " | ".join(label.text() for label in page.findChildren(TextLabel))


def test_the_list_says_who_is_to_be_called_when_and_kindly_what_did_not_work_out(
    office: Office, clock: FixedClock, shown: Show
) -> None:
    first = finished(office)
    clock.moment += timedelta(days=14)
    not_reached(office, first)
    clock.moment += timedelta(days=9)
    second = finished(office, "Mehari")
    move_follow_up(office, second, clock.today() + timedelta(days=7))
    groups = call_groups(office)
    assert [(group.heading, [line.title for line in group.lines]) for group in groups] == [
        ("Dit lukte nog niet", ["Samira"]),
        ("De komende twee weken", ["Mehari"]),
    ]
    assert "1 keer geprobeerd" in groups[0].lines[0].detail
    page = FollowUpsPage(office)
    shown(page)
    asked: list[str] = []
    page.call_requested.connect(asked.append)
    page.lines[second].click()
    assert asked == [second]


def test_nobody_to_call_is_said_in_words(office: Office, shown: Show) -> None:
    page = FollowUpsPage(office, "Bewaard.")
    shown(page)
    assert "Niemand wacht" in words(page)


def test_every_page_is_reached_by_keyboard_and_named(
    office: Office, shown: Show, keyboard_complaints: Callable[[QWidget], list[str]]
) -> None:
    who = finished(office)
    card = card_of(office.store, who)
    assert card is not None
    for page in (FollowUpsPage(office), CaseCardPage(office, card), ReferralsPage(office, who)):
        shown(page, 1366, 768)
        assert keyboard_complaints(page) == []


def test_the_card_shows_number_and_steps_and_leads_on(office: Office, shown: Show) -> None:
    who = finished(office)
    card = card_of(office.store, who)
    assert card is not None
    page = CaseCardPage(office, card)
    shown(page)
    assert "Ik ga langs bij het Werkcentrum" in words(page)
    begun: list[tuple[str, str]] = []
    page.talk_requested.connect(lambda name, language: begun.append((name, language)))
    page.call.click()
    page.here.click()
    assert begun == [(who, "nl"), (who, card.language)]


def test_a_follow_up_that_is_finished_can_be_corrected_from_the_card(
    office: Office, clock: FixedClock, shown: Show, qtbot: QtBot
) -> None:
    who = finished(office)
    before = CaseCardPage(office, card_of(office.store, who))  # type: ignore[arg-type]
    shown(before)
    assert before.correct.isHidden()
    clock.moment += timedelta(days=14)
    talk = begin_follow_up(office, who)
    told(talk, {"reached": "yes", "step_result": "not_yet", "outcome": "work", "referral_arrived": "yes"})
    assert finish_follow_up(office, talk).stored
    page = CaseCardPage(office, card_of(office.store, who))  # type: ignore[arg-type]
    shown(page)
    with qtbot.waitSignal(page.correct_requested) as asked:
        page.correct.click()
    assert asked.args == [who]


def test_the_renewed_plan_is_looked_at_and_asks_which_sheet_in_which_language(
    played_talk: Played, shown: Show, qtbot: QtBot, tmp_path: Path
) -> None:
    office, plan = played_talk.office, played_talk.office.plan(played_talk.conversation)
    ways = PrintWays(choose_file=lambda _parent, name: str(tmp_path / name))
    page = RenewedPlanPage(office, plan, "Bewaard.", ways=ways)
    shown(page, 1366, 768)
    qtbot.waitUntil(lambda: page.ready, timeout=20_000)
    assert "Dit zijn de stappen van nu:" in words(page)
    assert page.message.what.pair.dutch == "Bewaard."
    assert [card.value for card in page.sheets.cards] == ["plan", "large", "appointment"]
    assert page.tongues.values() == ["ar"]
    page.sheets.card("appointment").click()
    page.tongues.card("uk").click()
    qtbot.waitUntil(lambda: page.ready, timeout=20_000)
    page.save.click()
    qtbot.waitUntil(lambda: page.message.what.pair.dutch == "Het blad is bewaard.", timeout=20_000)

    (kept,) = tmp_path.iterdir()
    assert kept.name == f"afspraak-{plan.participant_number}-uk.pdf"
    assert kept.read_bytes() == office.render(in_language(plan, "uk"), "appointment")
    with qtbot.waitSignal(page.back_requested):
        page.ready_button.click()


def test_no_card_is_offered_for_a_meeting_that_has_no_day(played_talk: Played, shown: Show) -> None:
    plan = replace(played_talk.office.plan(played_talk.conversation), appointment=None)
    page = RenewedPlanPage(played_talk.office, plan, "Bewaard.")
    shown(page, 1366, 768)

    assert [card.value for card in page.sheets.cards] == ["plan", "large"]


def test_a_taster_goes_from_the_shelf_to_the_card_and_on(office: Office, shown: Show) -> None:
    who = finished(office)
    card = card_of(office.store, who)
    assert card is not None
    page = CaseCardPage(office, card)
    shown(page)
    renewed: list[str] = []
    page.renewed.connect(renewed.append)
    offer, button = next((name, one) for name, one in page.offered.items() if one.isEnabled())
    button.click()
    assert renewed == [who]
    again = card_of(office.store, who)
    assert again is not None
    page = CaseCardPage(office, again)
    shown(page)
    assert offer not in page.offered
    page.tasters[offer].card(TasterState.REGISTERED.value).click()
    assert card_of(office.store, who).tasters[0].state is TasterState.REGISTERED  # type: ignore[union-attr]
    assert "aangemeld" in words(page)


def test_moving_and_closing_say_what_was_done(office: Office, shown: Show) -> None:
    who = finished(office)
    card = card_of(office.store, who)
    assert card is not None
    page = CaseCardPage(office, card)
    shown(page)
    said: list[str] = []
    page.changed.connect(said.append)
    page.later.cards[0].click()
    page.close_card.click()
    assert said == ["Verzet naar dinsdag 2 maart 2027.", "Afgerond. De kaart gaat vanzelf weg."]
    assert card_of(office.store, who).closed  # type: ignore[union-attr]


def test_the_calendar_file_is_saved_under_a_number_and_holds_no_name(
    office: Office, shown: Show, tmp_path: Path
) -> None:
    who = finished(office)
    card = card_of(office.store, who)
    assert card is not None
    name, content = appointment_file(card.number, date(2027, 3, 15))
    assert name == f"vervolggesprek-{card.number}-2027-03-15.ics"
    assert b"Samira" not in content
    page = CaseCardPage(office, card, choose_file=lambda _page, _name: str(tmp_path / "afspraak"))
    shown(page)
    page.calendar.click()
    assert b"BEGIN:VEVENT" in (tmp_path / "afspraak.ics").read_bytes()


def test_the_way_through_the_form_ends_without_reading_back_and_takes_no_step_of_the_plan_away(
    office: Office, clock: FixedClock
) -> None:
    who = finished(office)
    clock.moment += timedelta(days=14)
    conversation = begin_follow_up(office, who)
    presenter = FollowUpPresenter(conversation)
    presenter.answer(presenter.model().questions[0].ref, "no")
    assert presenter.trail().steps == ()
    assert not presenter.can_remove
    stages = []
    for _ in range(5):
        if presenter.stage is not Stage.ASKING:
            break
        presenter.next()
        stages.append(presenter.stage)
    assert stages[-1] is Stage.FINISHED


def test_what_follows_is_told_in_a_sentence() -> None:
    assert outcome_told(FollowUpOutcome(closed=True)).endswith("Dit is afgerond.")
    assert outcome_told(FollowUpOutcome(next_date=date(2027, 6, 1))).endswith("dinsdag 1 juni 2027.")
    assert outcome_told(FollowUpOutcome()).endswith("Er is geen volgende afspraak.")


def test_the_moments_are_set_by_the_site_lead_and_by_nobody_else(office: Office, shown: Show) -> None:
    card = FollowUpCard(office)
    shown(card)
    card.steppers[0].more.click()
    card.again.less.click()
    card.keep()
    assert read_follow_up_plan(office.store) == FollowUpPlan(
        (Moment(3, "w"), Moment(3, "m"), Moment(6, "m"), Moment(12, "m")), 6
    )
    counsellor = InMemoryStore(Account(AccountId("account-1"), "Vera", ("counsellor",)))
    assert not FollowUpCard(replace(office, store=counsellor)).isEnabled()
