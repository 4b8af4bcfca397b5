"""Goal and steps change beside the plan: the paper follows, hints are kind, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.i18n.formats import format_date
from intake_app.paths import resource_dir
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.rehearsal import Rehearsal, read_script
from intake_app.ui.pages.edit_steps import StepsPanel
from intake_app.ui.pages.plan import PlanPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.presenters.conversation import ConversationPresenter, Stage
from intake_app.ui.presenters.edit_steps import StepsPresenter
from intake_app.ui.printing import PrintWays
from tests.fakes.places import settle
from tests.services.helps import FullDiskStore

Shown = Callable[..., QWidget]
Make = Callable[..., PlanPage]


@pytest.fixture
def store() -> FullDiskStore:
    store = FullDiskStore()
    settle(store)
    return store


@pytest.fixture
def talk(ready_office: Office, store: FullDiskStore) -> tuple[Office, Conversation]:
    office = replace(ready_office, store=store, send_round=None)
    conversation = office.begin_talk(practice=True)
    script = read_script(resource_dir("sample", "talks", "short-refugee-cook.json"))
    Rehearsal(conversation, script).play(until_guest_leaves=True)
    return office, conversation


@pytest.fixture
def page(talk: tuple[Office, Conversation], shown: Shown, qtbot: QtBot) -> Iterator[PlanPage]:
    office, conversation = talk
    page = PlanPage(office, conversation, ways=PrintWays(printers=list))
    shown(page, 1366, 768)
    settled(qtbot, page)
    page.edit()
    settled(qtbot, page)
    yield page
    qtbot.waitUntil(lambda: not lane().busy)


def settled(qtbot: QtBot, page: PlanPage) -> None:
    qtbot.waitUntil(lambda: page.ready and not lane().busy, timeout=15000)


def on_paper(page: PlanPage) -> str:
    document = pypdfium2.PdfDocument(page.view.pdf)
    try:
        return " ".join(" ".join(one.get_textpage().get_text_range() for one in document).split())
    finally:
        document.close()


def panel(page: PlanPage) -> StepsPanel:
    assert page.steps is not None
    page.steps.whole()
    return page.steps


def kept(talk: tuple[Office, Conversation]) -> list[str]:
    office, conversation = talk
    return [step.what.text for step in office.plan(conversation).steps]


def test_what_is_typed_stands_on_the_paper_before_the_field_is_left(
    qtbot: QtBot, page: PlanPage, talk: tuple[Office, Conversation]
) -> None:
    entry = panel(page).card.what
    entry.selectAll()

    qtbot.keyClicks(entry, "Ik bel de kok van Groenlo")
    settled(qtbot, page)

    assert "Ik bel de kok van Groenlo" in on_paper(page)
    panel(page).flush()
    assert kept(talk) == ["Ik bel de kok van Groenlo"]


def test_a_verb_begins_the_step_and_replaces_another(page: PlanPage) -> None:
    presenter = panel(page).presenter
    bel, gaat = presenter.verbs()[:2]

    assert presenter.begun("", bel) == f"{bel.main} "
    assert presenter.begun("het Taalhuis", bel) == f"{bel.main} het Taalhuis"
    assert presenter.begun(presenter.begun("het Taalhuis", bel), gaat) == f"{gaat.main} het Taalhuis"

    panel(page).card.what.set_text("de buurvrouw")
    panel(page).card.verbs[0].click()
    assert panel(page).card.what.text() == f"{bel.main} de buurvrouw"


def test_a_ready_step_is_ticked_on_and_off(qtbot: QtBot, page: PlanPage, talk: tuple[Office, Conversation]) -> None:
    ideas = panel(page).ideas
    assert ideas.values() == ["0"]

    panel(page).ideas.card("1").click()
    assert panel(page).ideas.values() == ["0", "1"]
    assert len(kept(talk)) == 2
    assert not panel(page).more.isEnabled()

    panel(page).ideas.card("0").click()
    assert panel(page).ideas.values() == ["1"]
    assert len(kept(talk)) == 1


def test_no_more_steps_than_the_talk_allows(page: PlanPage, talk: tuple[Office, Conversation]) -> None:
    for name in ("1", "2", "3"):
        panel(page).ideas.card(name).click()

    assert len(kept(talk)) == 2
    assert len(panel(page).ideas.values()) == 2


def test_one_more_step_is_opened_to_be_filled_in(
    qtbot: QtBot, page: PlanPage, talk: tuple[Office, Conversation]
) -> None:
    panel(page).more.click()
    entry = panel(page).card.what
    assert entry.text() == ""

    qtbot.keyClicks(entry, "Ik oefen thuis met mijn zus")
    panel(page).flush()

    assert kept(talk)[1] == "Ik oefen thuis met mijn zus"
    settled(qtbot, page)
    assert "Ik oefen thuis met mijn zus" in on_paper(page)


def test_who_when_and_the_sign_reach_the_paper(qtbot: QtBot, page: PlanPage, talk: tuple[Office, Conversation]) -> None:
    card = panel(page).card
    card.who.card("partner").click()
    assert card.partner.isVisibleTo(page)
    assert "wie er helpt" in card.hint.text()
    card.partner.card("taalhuis").click()
    assert not card.partner.isVisibleTo(page)
    qtbot.keyClicks(card.sign, "Ik heb een brief")
    card.finish()
    card.change_day.click()
    day = talk[1].talk.clock.today() + timedelta(days=7)
    card.days.chosen.emit(day)
    settled(qtbot, page)

    step = talk[0].plan(talk[1]).steps[0]
    assert (step.who, step.partner, step.by, step.done_when) == (
        "partner", "taalhuis", day, "Ik heb een brief",
    )  # fmt: skip
    for words in ("Taalhuis Achterhoek helpt mij", format_date(day, "nl"), "Ik heb een brief"):
        assert words in on_paper(page)
    assert not card.hint.isVisibleTo(page)


def test_steps_change_places_and_go(page: PlanPage, talk: tuple[Office, Conversation]) -> None:
    panel(page).ideas.card("1").click()
    first, second = kept(talk)

    panel(page)._move(1, -1, 1)
    assert kept(talk) == [second, first]

    panel(page)._remove(0)
    assert kept(talk) == [first]


def test_a_full_disk_costs_no_word(
    qtbot: QtBot, page: PlanPage, store: FullDiskStore, talk: tuple[Office, Conversation]
) -> None:
    entry = panel(page).card.what
    entry.selectAll()
    store.full = True
    qtbot.keyClicks(entry, "Ik schrijf een brief aan de school")
    entry.finish()

    assert page.message.isVisible()
    assert entry.text() == "Ik schrijf een brief aan de school"
    settled(qtbot, page)
    assert "Ik schrijf een brief aan de school" in on_paper(page)

    store.full = False
    panel(page).ready.click()

    assert kept(talk) == ["Ik schrijf een brief aan de school"]


def test_ready_leads_back_to_the_plan_as_it_is_kept(qtbot: QtBot, page: PlanPage) -> None:
    panel(page).goal.selectAll()
    qtbot.keyClicks(panel(page).goal, "Ik wil een eigen keuken")
    panel(page).ready.click()
    settled(qtbot, page)

    assert page.steps is None
    assert page.plan.goal is not None
    assert page.plan.goal.text == "Ik wil een eigen keuken"
    assert "Ik wil een eigen keuken" in on_paper(page)


def test_leaving_the_page_keeps_what_was_being_typed(
    qtbot: QtBot, page: PlanPage, talk: tuple[Office, Conversation]
) -> None:
    panel(page).card.what.selectAll()
    qtbot.keyClicks(panel(page).card.what, "Ik vraag het mijn zus")

    qtbot.mouseClick(page.go_on, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(page.done):
        qtbot.mouseClick(page.go_on, Qt.MouseButton.LeftButton)

    assert kept(talk) == ["Ik vraag het mijn zus"]


def test_everything_in_the_panel_is_in_reach(
    page: PlanPage, keyboard_complaints: Callable[[QWidget], list[str]]
) -> None:
    assert keyboard_complaints(page) == []


def test_a_talk_of_the_first_minute_has_a_step_to_fill_in(ready_office: Office, store: FullDiskStore) -> None:
    office = replace(ready_office, store=store, send_round=None)

    presenter = StepsPresenter(office.begin_talk(practice=True))

    assert len(presenter.steps()) == 1
    assert presenter.steps()[0].is_empty
    assert presenter.ideas()


# ------------------------------------------------------------------ handing over
def test_the_list_tells_what_is_printed_sent_agreed_and_left(
    qtbot: QtBot, talk: tuple[Office, Conversation], shown: Shown, tmp_path: object
) -> None:
    office, conversation = talk
    conversation.talk.set_host("plan_handed_over", "")
    page = PlanPage(office, conversation, ways=PrintWays(printers=list))
    shown(page, 1366, 768)
    settled(qtbot, page)

    page.show_list()
    before = {light.accessibleName().partition(":")[0]: light.kind for light in page.list.lights}
    page.handing.there("plan")
    page.handing.there("data")
    after = {light.accessibleName().partition(":")[0]: light.kind for light in page.list.lights}

    assert before["Plan"] == "warning"
    assert after["Plan"] == "good"
    assert (before["Mijn gegevens"], after["Mijn gegevens"]) == ("info", "good")
    assert after["Volgende afspraak"] == "good"
    assert {"Versturen", "Wat is er nog over?"} <= set(after)
    assert set(page.list.buttons) >= {"plan", "data", "appointment"}
    assert conversation.talk.answers.host("plan_handed_over") == "yes"


def test_the_list_says_what_a_plan_of_the_first_minute_misses(
    ready_office: Office, store: FullDiskStore, shown: Shown, qtbot: QtBot
) -> None:
    office = replace(ready_office, store=store, send_round=None)
    page = PlanPage(office, office.begin_talk(practice=True), ways=PrintWays(printers=list))
    shown(page, 1366, 768)
    settled(qtbot, page)

    page.show_list()

    told = " ".join(light.accessibleName() for light in page.list.lights)
    assert "een doel" in told
    assert "Nog niet gemaakt" in told
    assert "niet opgeschreven" in told


def test_a_sheet_is_printed_from_the_list_without_being_looked_at_first(
    talk: tuple[Office, Conversation], shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "data.pdf"))
    page = PlanPage(*talk, ways=PrintWays(printers=lambda: ["Balie"], choose_printer=lambda _parent: printer))
    shown(page, 1366, 768)
    settled(qtbot, page)
    page.show_list()

    qtbot.mouseClick(page.list.buttons["data"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "data" in page.handing.asked, timeout=15000)

    assert (tmp_path / "data.pdf").stat().st_size > 1000
    assert page.kinds.values() == ["plan"]


def test_a_letter_is_offered_only_when_something_may_be_shared(
    ready_office: Office, store: FullDiskStore, talk: tuple[Office, Conversation], qtbot: QtBot
) -> None:
    office = replace(ready_office, store=store, send_round=None)
    early, told = PlanPage(office, office.begin_talk(practice=True)), PlanPage(*talk)
    for page in (early, told):
        qtbot.addWidget(page)
        page.whole()

    assert "referral" not in [card.answer.value for card in early.kinds.cards]
    assert "referral" in [card.answer.value for card in told.kinds.cards]
    qtbot.waitUntil(lambda: not lane().busy, timeout=15000)


def test_an_appointment_made_from_the_list_stands_in_the_plan_at_once(talk: tuple[Office, Conversation]) -> None:
    office, conversation = talk
    ref = conversation.talk.answers.ref("follow_up")
    assert ref is not None
    conversation.answer(ref, "")
    assert office.plan(conversation).appointment is None or office.plan(conversation).appointment.day is None
    presenter = ConversationPresenter(conversation, stage=Stage.PLAN)
    presenter.ask_for_plan("follow_up")
    day = conversation.talk.clock.today() + timedelta(days=14)
    presenter.answer(ref, day.isoformat())
    presenter.saw(presenter.model())

    assert presenter.next()
    assert presenter.stage is Stage.PLAN
    assert office.plan(conversation).appointment.day == day
