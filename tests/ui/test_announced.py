"""What comes or changes by itself is said to who cannot see it: messages, errors, a new page, a new question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from intake_app.services.office import Office
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.widgets import BusyOverlay, LineEntry, MessageBar, MessageKind, Page
from intake_app.ui.widgets.field import Field

POLITE = QAccessible.AnnouncementPoliteness.Polite
AT_ONCE = QAccessible.AnnouncementPoliteness.Assertive
Heard = list[tuple[str, QAccessible.AnnouncementPoliteness]]
Shown = Callable[..., QWidget]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    """What Qt is asked to let a screen reader say, in order."""
    said: Heard = []

    class Listening:
        AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

        @staticmethod
        def updateAccessibility(event: QAccessibleEvent) -> None:  # noqa: N802 - Qt's name
            assert isinstance(event, QAccessibleAnnouncementEvent)
            said.append((event.message(), event.politeness()))

    monkeypatch.setattr("PySide6.QtGui.QAccessible", Listening)
    return said


def test_a_message_is_said_when_it_comes_and_an_error_at_once(heard: Heard, shown: Shown) -> None:
    page = Page("Versturen")
    bar = MessageBar()
    page.add(bar)
    shown(page)
    assert heard == [("Versturen", POLITE)]

    bar.say(MessageKind.GOOD, "Bewaard.")
    bar.say(MessageKind.ERROR, "De schijf is vol.", "Maak plaats.")
    bar.say(MessageKind.INFO, "")

    assert heard[1:] == [("Bewaard.", POLITE), ("De schijf is vol. Maak plaats.", AT_ONCE)]


def test_a_message_that_stands_there_when_its_page_comes_is_said_once(heard: Heard, shown: Shown) -> None:
    page = Page("Versturen")
    page.add(MessageBar(MessageKind.WARNING, "Er is geen verbinding."))
    shown(page)

    assert heard.count(("Er is geen verbinding.", AT_ONCE)) == 1


def test_what_is_wrong_with_a_field_is_said_with_its_name(heard: Heard, shown: Shown) -> None:
    field = Field("Telefoon", LineEntry("Telefoon"))
    shown(field)
    field.complain("Dit nummer is te kort.")
    field.complain("")

    assert heard == [("Telefoon. Dit nummer is te kort.", AT_ONCE)]


def test_who_waits_hears_what_for(heard: Heard, shown: Shown, qtbot) -> None:
    page = shown(QWidget())
    veil = BusyOverlay(page)
    veil.start("Het plan wordt gemaakt.")
    qtbot.waitUntil(veil.isVisible)
    veil.stop()

    assert heard == [("Het plan wordt gemaakt.", POLITE)]


@pytest.fixture
def talk(office: Office, shown: Shown) -> ConversationPage:
    return shown(ConversationPage(office, ConversationPresenter(office.begin_talk(practice=True))), 1366, 768)


def test_a_new_question_is_said_in_both_languages(talk: ConversationPage, heard: Heard) -> None:
    language = next(iter(talk.controls.values()))
    talk.take_answer(language.model.ref, "ar")
    talk.go_on()

    question = next(iter(talk.controls.values())).model.label
    assert question.own
    assert question.dutch
    assert heard[-1] == (question.spoken, POLITE)


def test_that_an_answer_is_written_down_is_said(talk: ConversationPage, heard: Heard) -> None:
    while not talk.presenter.recording:
        for ref in list(talk.controls):
            told = {"talk_language": "nl", "version": "short", "age_group": "27_56", "consent_record": "yes"}
            concept = talk.presenter.conversation.concept_of(ref)
            choices = talk.controls[ref].model.choices
            if choices:
                talk.take_answer(ref, told.get(concept, choices[0].value))
        QTest.keyClick(talk, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    before = len(heard)
    while not (ref := next((ref for ref, one in talk.controls.items() if one.model.choices), "")):
        talk.go_on()
    talk.take_answer(ref, talk.controls[ref].model.choices[0].value)

    assert talk.chrome.kept.text()
    assert (talk.chrome.kept.text(), POLITE) in heard[before:]


def test_a_silent_card_is_not_said_aloud(talk: ConversationPage, heard: Heard) -> None:
    control = next(iter(talk.controls.values()))
    model = talk.presenter.model()
    talk.chrome.update(replace(model, questions=(replace(control.model, silent=True),)))
    talk.chrome.announce()

    assert heard == []
