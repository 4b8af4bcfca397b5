"""A talk at the table, on screen: its page with voice, second screen and strip, led to the question that is wanted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from intake_app.services.office import Office
from intake_app.services.voice.settings import VoiceSettings
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.talk_desk import TalkDesk
from intake_app.ui.presenters.conversation import ConversationPresenter, Stage
from intake_app.ui.voice.speaker import Speaker
from tests.fakes.voice import ListeningVoice, OtherScreen

START = {"talk_language": "ar", "interpreter": "none", "alone": "two_of_us", "version": "short", "age_group": "27_56"}
AGREED = {"consent_record": "yes", "consent_contact": "no", "consent_central": "no"}
RECORDED = {**START, **AGREED, "municipality": "aalten"}


class Table:
    """A talk with its desk, on screen."""

    def __init__(self, page: ConversationPage, voice: ListeningVoice) -> None:
        self.page, self.voice, self.desk = page, voice, page.side.desk

    def control(self, concept: str):
        return next(c for ref, c in self.page.controls.items() if self.concept(ref) == concept)

    def concept(self, ref: str) -> str:
        return self.page.presenter.conversation.concept_of(ref)

    def value(self, concept: str) -> str:
        talk = self.page.presenter.conversation.talk
        return talk.entry.value(talk.answers.ref(concept))

    def texts(self, widget: QWidget | None = None) -> str:
        """Everything that can be read, on screen or by a screen reader."""
        seen = widget or self.page
        parts = [w for w in seen.findChildren(QWidget) if w.isVisibleTo(seen)]
        return " ".join((w.text() if isinstance(w, QLabel) else "") + " " + w.accessibleName() for w in parts)


Begun = Callable[..., Table]


@pytest.fixture
def begun(office: Office, shown: Callable[..., QWidget]) -> Begun:
    def begin(until: str = "", *, autoplay: bool = False, screens: OtherScreen | None = None, **more: str) -> Table:
        presenter = ConversationPresenter(office.begin_talk())
        lead(presenter, {**RECORDED, **more}, until)
        voice = ListeningVoice()
        desk = TalkDesk(office, speaker=Speaker([voice]), screens=screens or OtherScreen(None))
        desk.speaker.settings = VoiceSettings(autoplay=autoplay)
        page = ConversationPage(office, presenter, desk=desk)
        return Table(shown(page, 1366, 768), voice)

    return begin


def lead(presenter: ConversationPresenter, answers: dict[str, str], until: str) -> None:
    for _ in range(80):
        names = [presenter.conversation.concept_of(ref) for ref in presenter.model().refs()]
        if not until or until in names or presenter.stage is not Stage.ASKING:
            return
        for ref in list(presenter.model().refs()):
            if value := answers.get(presenter.conversation.concept_of(ref), ""):
                presenter.answer(ref, value)
        presenter.saw(presenter.model())
        assert presenter.next(), presenter.messages


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
