"""The talks of the window: begin one, go on with one, and where a talk that ends leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from intake_app.domain.ids import InstanceId
from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.ui.errands import run_errand
from intake_app.ui.pages.shared import text
from intake_app.ui.widgets import MessageKind

if TYPE_CHECKING:
    from intake_app.services.finalize import FinalizeOutcome
    from intake_app.services.practice import CardLine, PracticePerson
    from intake_app.ui.main_window import MainWindow
    from intake_app.ui.talk_flow import TalkFlow

OPENING = mark("Het gesprek gaat open …")
CHOOSE_TALK = mark("Kies hieronder het gesprek van de vorige keer.")
KEPT_OPEN = mark("Het gesprek blijft open. U vindt het hieronder terug.")
KEPT = mark("Het gesprek is bewaard op deze laptop.")
NOT_KEPT = mark("Het gesprek is klaar. Er is niets opgeschreven.")


class Talks(QObject):
    """Opens one talk at a time behind the busy veil. `current`: the talk that is open; `opening`: one is coming.

    `card` is the role card of a practice talk that was begun with one.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.current: TalkFlow | None = None
        self.opening = False
        self.card: tuple[PracticePerson, tuple[CardLine, ...]] | None = None

    @property
    def underway(self) -> bool:
        """Whether a talk is open or being opened."""
        return self.opening or self.current is not None

    def begin(self, practice: bool = False, card: tuple[PracticePerson, tuple[CardLine, ...]] | None = None) -> None:
        """A clean sheet for a new participant; for `practice` perhaps with the role card of somebody invented."""
        self.card = card
        self.start(lambda: self._window.office.begin_talk(practice=practice), resumed=False)

    def begin_question(self) -> None:
        """One question, five minutes, an address slip."""
        from intake_app.services.one_question import begin_one_question

        self.start(lambda: begin_one_question(self._window.office), resumed=False)

    def open_draft(self, instance_id: str) -> None:
        """Go on with a kept talk."""
        self.start(lambda: self._window.office.open_talk(InstanceId(instance_id)), resumed=True)

    def reopen(self, instance_id: str) -> None:
        """Go on with a finished talk: an edit of its records."""
        from intake_app.services.continuing import reopen_finished

        office = self._window.office
        self.start(lambda: reopen_finished(office, InstanceId(instance_id)), resumed=True, stoppable=False)

    def start(self, work: Callable[[], object], *, resumed: bool, stoppable: bool = True) -> None:
        """Open what `work` gives, a Conversation; a second press while one opens does nothing.

        Opening can be stopped: what was opened is then forgotten, and nothing of a kept talk is lost or half done.
        Not `stoppable` is what makes a new record of it.
        """
        from intake_app.ui.talk_flow import TalkFlow

        if self.opening:
            return
        self.opening = True
        self._window.message.say(MessageKind.INFO, "")

        def ready(conversation: object) -> None:
            self.opening = False
            self.current = TalkFlow(self._window, self._window.office, conversation, resumed=resumed)
            self.current.left.connect(self._left)
            self.current.finished.connect(self._finished)
            self.current.last_time.connect(self._choose_last_time)
            self.current.begin()

        def failed(error: IntakeError) -> None:
            self.opening = False
            self._window.failed(error)

        window = self._window
        run_errand(window, window.busy, text(OPENING), lambda _watch: work(), ready, failed, stoppable=stoppable)

    def _left(self, kept: bool) -> None:
        if not kept and self._tell_feedback():
            return
        self.let_go()
        self._window.go_home(text(KEPT_OPEN) if kept else text(NOT_KEPT))

    def _choose_last_time(self) -> None:
        """What was told so far stands nowhere yet; the kept talks are on the first page."""
        self.let_go()
        self._window.go_home()
        self._window.message.say(MessageKind.INFO, text(CHOOSE_TALK))

    def _finished(self, outcome: FinalizeOutcome) -> None:
        if not outcome.kept_open and self._tell_feedback():
            return
        self.let_go()
        if outcome.kept_open:
            self._window.go_home(text(KEPT_OPEN))
        elif outcome.queued:
            self._window.show_place("send")
        else:
            self._window.go_home(text(KEPT) if outcome.stored else text(NOT_KEPT))

    def _tell_feedback(self) -> bool:
        """A practice talk that is over ends with kind words instead."""
        from intake_app.ui.practice_flow import show_feedback

        conversation = self.current.conversation
        if not conversation.talk.header.practice:
            return False
        self.let_go()
        return show_feedback(self._window, conversation)

    def let_go(self) -> None:
        """Nothing of the talk stays behind."""
        if self.current is not None:
            self.current.desk.leave()
            self.current.deleteLater()
        self.current = None
        self.card = None
