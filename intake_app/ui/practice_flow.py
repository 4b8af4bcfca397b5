"""Practising in the window: choose somebody invented, the band on every page, the role card, the words at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.ui.errands import run_errand
from intake_app.ui.pages.shared import text
from intake_app.ui.theme import tokens
from intake_app.ui.widgets import MessageKind, QuietButton
from intake_app.ui.widgets.band import Band
from intake_app.ui.widgets.reveal import reveal

if TYPE_CHECKING:
    from intake_app.services.conversation import Conversation
    from intake_app.services.office import Office
    from intake_app.services.practice import CardLine, PracticePerson
    from intake_app.ui.main_window import MainWindow
    from intake_app.ui.talk_flow import TalkFlow

_BAND = mark("Oefening. Verzonnen deelnemer: er wordt niets verstuurd en niets geteld.")
_WAIT = mark("De rolkaart wordt gemaakt …")
TALKS = ("sample", "talks")


class PracticeBand(Band):
    """Says on every page that this is practice; its button shows the role card again, where there is one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self.card = QuietButton(text("Rolkaart"), "person")
        super().__init__("star", text(_BAND), self.card, parent)
        reveal(self, False)

    def show_for(self, talk: TalkFlow | None, *, with_card: bool = False) -> None:
        """Stand over the pages of a practice talk, and of no other."""
        self.card.setVisible(with_card)
        reveal(self, talk is not None and talk.conversation.talk.header.practice)


def show_practice(window: MainWindow) -> None:
    """Whom to practise with."""
    from intake_app.services.practice import practice_people
    from intake_app.ui.pages.practice import PracticePage

    people = practice_people(window.office, tokens().resources.joinpath(*TALKS))
    page = PracticePage(people)
    page.chosen.connect(lambda person: _make_card(window, window.office, person))
    page.alone.connect(lambda: window.talks.begin(practice=True))
    window.show_aside(page)


def _make_card(window: MainWindow, office: Office, person: PracticePerson) -> None:
    from intake_app.services.practice import role_card

    def ready(lines: tuple[CardLine, ...]) -> None:
        if window.free:
            _show_card(window, person, lines)

    run_errand(window, window.busy, text(_WAIT), lambda _watch: role_card(office, person), ready, window.failed)


def _show_card(window: MainWindow, person: PracticePerson, lines: tuple[CardLine, ...]) -> None:
    from intake_app.ui.pages.practice import RoleCardPage

    page = RoleCardPage(person, lines)
    page.back_requested.connect(lambda: show_practice(window))
    page.begin_requested.connect(lambda: window.talks.begin(practice=True, card=(person, lines)))
    window.message.say(MessageKind.INFO, "")
    window.show_page(page)


def look_at_card(window: MainWindow, card: tuple[PracticePerson, tuple[CardLine, ...]]) -> None:
    """The role card during the talk, over its page, which stays as it is."""
    from intake_app.ui.pages.practice import RoleCardPage

    page = RoleCardPage(*card, begun=True)
    page.back_requested.connect(window.help.close)
    window.help.lay_over(page)


def show_feedback(window: MainWindow, conversation: Conversation) -> bool:
    """Kind words on a practice talk that is over; False where there is nothing to say them on."""
    from intake_app.services.practice import remarks
    from intake_app.ui.pages.practice import FeedbackPage
    from intake_app.ui.presenters.practice import told_remarks

    try:
        found = told_remarks(remarks(conversation, window.office))
    except IntakeError as error:
        window.say_error(error)
        return False
    page = FeedbackPage(found)
    page.done.connect(window.go_home)
    page.again.connect(lambda: show_practice(window))
    window.show_page(page)
    return True
