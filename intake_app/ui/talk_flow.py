"""One talk in the window: its pages in turn, from the first question to the end of the talk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.services.conversation import Conversation
from intake_app.services.finalize import FinalizeOutcome
from intake_app.services.left_at import leave_at, left_at
from intake_app.services.office import Office
from intake_app.services.one_question import OneQuestion
from intake_app.ui.controls.words import Words
from intake_app.ui.dialogs.talk import ALONE_NOW, LATER, PLAN_NOW, STOP, stop_dialog, waiting_dialog
from intake_app.ui.pages.changed_form import ChangedFormPage
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.offers import OffersPage
from intake_app.ui.pages.one_question import OneQuestionPage
from intake_app.ui.pages.plan import PlanPage
from intake_app.ui.pages.read_dialog import let_read
from intake_app.ui.pages.reading_back import ReadingBackPage
from intake_app.ui.pages.same_place import PlanState, place_on, plan_state, stand_as, stand_at
from intake_app.ui.pages.shared import lane, text
from intake_app.ui.pages.talk_desk import TalkDesk
from intake_app.ui.pages.talk_head import TalkHead
from intake_app.ui.presenters.changes import version_told
from intake_app.ui.presenters.conversation import ConversationPresenter, Stage
from intake_app.ui.radar_flow import explore, show_compared
from intake_app.ui.widgets import Page

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow

FINISHING = mark("Het gesprek wordt afgerond …")
READING = mark("Wij lezen samen na wat u heeft verteld. Dat staat op de laptop.")
LEARNING = mark("Wij kijken samen waar u kunt leren. Dat staat op de laptop.")
ADDRESS = mark("Wij zoeken samen een adres voor u. Dat staat op de laptop.")
PLANNING = mark("Wij maken samen uw plan. U krijgt het straks op papier.")
ONE_MOMENT = mark("De begeleider leest even iets na. Daarna gaan wij verder.")
REST_MS = 400
"""Who stays so long at one place goes on there after a power cut; a step further is never held up by writing it."""


class TalkFlow(QObject):
    """Leads from page to page as the presenter says. `left(kept)`: put aside; `finished(FinalizeOutcome)`.

    `last_time`: the guest was here before, a kept talk is gone on with instead of this one.
    """

    left = Signal(bool)
    last_time = Signal()
    finished = Signal(object)

    def __init__(self, window: MainWindow, office: Office, conversation: Conversation, *, resumed: bool) -> None:
        super().__init__(window)
        self._window = window
        self._office = office
        self.conversation = conversation
        location = office.installation.location
        self._stood = left_at(office.store, conversation.talk.instance_id) if resumed else ""
        self.presenter = ConversationPresenter(conversation, location=location, resumed=resumed, left_at=self._stood)
        self._one_question = OneQuestion(office, conversation)
        self.desk = TalkDesk(office, parent=self)
        self._changed = ""
        self._finishing = False
        self._anew: Callable[[], None] = self._show
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._rested)

    @property
    def recording(self) -> bool:
        """Whether the talk is written down."""
        return self.presenter.recording

    def begin(self) -> None:
        """Show where the talk stands; first what another version of the form changed in it."""
        if self.conversation.news is not None and version_told(self.conversation, resumed=True).anything:
            self._show_news()
        else:
            self._show()

    def _show_news(self) -> None:
        page = ChangedFormPage(version_told(self.conversation, resumed=self.presenter.resumed))
        page.done.connect(self._show)
        self.show_beside(page, ONE_MOMENT, "clock", for_guest=False)

    def flush(self) -> None:
        """Keep what is typed and not yet said, and where the talk stands."""
        if isinstance(page := self._window.page, ConversationPage | PlanPage):
            page.flush()
        try:
            self._keep_place()
        except IntakeError as error:
            self._window.say_error(error)

    def _keep_place(self) -> None:
        """Not where somebody is only asked who is there: she goes on where she was the time before."""
        place = self.presenter.place
        if self.recording and not self.presenter.resumed and place != self._stood:
            leave_at(self._office.store, self.conversation.talk.instance_id, place)
            self._stood = place

    def _rested(self) -> None:
        """Nobody is told when that fails: every answer is kept apart from it, and the next place is tried anew."""
        if self._window.talk is self:
            with suppress(IntakeError):
                self._keep_place()

    def came_back(self) -> None:
        """The lock was lifted: show the screen afresh."""
        if isinstance(page := self._window.page, ConversationPage):
            page.refresh()

    def _show(self, _stage: object = None) -> None:
        self._rest.start()
        stage = self.presenter.stage
        if stage in (Stage.ASKING, Stage.AFTER_GUEST):
            self._show_questions()
        elif stage is Stage.READING_BACK:
            self._show_reading_back()
        elif stage is Stage.OFFERS:
            self._show_offers()
        elif stage is Stage.PLAN:
            self._show_plan()
        elif stage is Stage.ANSWER:
            self._show_answer()
        else:
            self._finish()

    def show_beside(
        self, page: Page, told: str, sign: str, anew: Callable[[], None] | None = None, *, for_guest: bool = True
    ) -> None:
        """Show a page without questions; `told` is what the participant's own screen says meanwhile.

        `anew` shows the same in another language; without it, the part of the talk that one is in is shown.
        """
        self._anew = anew or self._show
        head = TalkHead(page, self.desk, self.presenter, for_guest=for_guest)
        head.pause_requested.connect(self._window.pause)
        head.stop_requested.connect(self._ask_stop)
        head.spoke.connect(self._speak)
        self._window.show_page(page)
        self.desk.tell_while(page, Words(self.presenter.language).pair(told), sign)

    def _show_questions(self) -> None:
        page = ConversationPage(self._office, self.presenter, desk=self.desk, at_once=False)
        page.left.connect(self._show)
        page.arrived.connect(self._rest.start)
        page.pause_requested.connect(self._window.pause)
        page.stop_requested.connect(self._ask_stop)
        page.waiting_requested.connect(self._ask_waiting)
        page.reading_requested.connect(self._read_back_now)
        page.last_time_requested.connect(self.last_time)
        page.left_over_requested.connect(self._left_over)
        page.radar_requested.connect(self._radar)
        page.compare_requested.connect(self._compare)
        self._window.show_page(page)

    def _show_reading_back(self) -> None:
        page = ReadingBackPage(self.presenter)
        page.confirmed.connect(lambda: self._go(self.presenter.confirm))
        page.returned.connect(lambda: self._go(self.presenter.go_on_asking))
        page.change_requested.connect(self._change)
        self.show_beside(page, READING, "list")
        page.look_at(self._changed)
        self._changed = ""

    def _change(self, screen: str) -> None:
        self._changed = screen
        self._go(lambda: self.presenter.go_to(screen))

    def _show_offers(self) -> None:
        page = OffersPage(self.conversation)
        page.done.connect(lambda: self._go(self.presenter.offers_seen))
        page.back_requested.connect(lambda: self._go(self.presenter.read_back))
        self.show_beside(page, LEARNING, "search")

    def _show_answer(self) -> None:
        page = OneQuestionPage(self._one_question)
        page.done.connect(self._answered)
        page.back_requested.connect(lambda: self._go(self.presenter.go_on_asking))
        self.show_beside(page, ADDRESS, "search")

    def _answered(self) -> None:
        """The guest goes with the slip: count the talk, and nothing else."""
        try:
            self._one_question.count()
        except IntakeError as error:
            self._window.say_error(error)
            return
        self._go(self.presenter.answer_seen)

    def _show_plan(self, state: PlanState | None = None) -> None:
        page = PlanPage(self._office, self.conversation, speaker=self.desk.speaker)
        page.done.connect(lambda: self._go(self.presenter.plan_made))
        page.back_requested.connect(lambda: self._go(self.presenter.plan_of_now))
        page.question_requested.connect(lambda concept: self._go(lambda: self.presenter.ask_for_plan(concept)))
        self.show_beside(page, PLANNING, "print", lambda: self._show_plan(plan_state(page)))
        if state is not None:
            stand_as(page, state)

    def _go(self, move: object) -> None:
        try:
            move()
        except IntakeError as error:
            self._window.say_error(error)
        self._show()

    # ------------------------------------------------------------------ in between
    def _read_back_now(self, section: str = "") -> None:
        self.flush()
        self._go(lambda: self.presenter.read_back(section))

    def _left_over(self) -> None:
        self.flush()
        self._show_news()

    def _radar(self) -> None:
        self.flush()
        explore(self._window, self, self._show)

    def _compare(self, first: str, second: str) -> None:
        self.flush()
        show_compared(self._window, self, self._show, first, second)

    def _speak(self, code: str) -> None:
        """Go on in another language: the page in sight stands there in it, at the same place."""
        self.flush()
        ref, page = self.conversation.talk.answers.ref("talk_language"), self._window.page
        if ref is None or not isinstance(page, Page):
            return
        place = place_on(page)
        try:
            self.presenter.answer(ref, code)
        except IntakeError as error:
            self._window.say_error(error)
            return
        self._anew()
        if isinstance(page := self._window.page, Page):
            stand_at(page, place)

    def _ask_stop(self) -> None:
        self.flush()
        to_plan = self.presenter.stage is not Stage.PLAN
        dialog = stop_dialog(self.presenter.language, self.recording, self._window, to_plan=to_plan)
        let_read(dialog, self.desk.speaker, self.presenter.language)
        self._window.ask(dialog, self._stop_answered)

    def _stop_answered(self, code: str) -> None:
        if code == LATER:
            self.left.emit(True)
        elif code == PLAN_NOW and self.presenter.stage is Stage.OFFERS:
            self._go(self.presenter.offers_seen)
        elif code == PLAN_NOW:
            self._go(self.presenter.plan_of_now)
        elif code == STOP:
            self._go(self.presenter.stop)

    def _ask_waiting(self) -> None:
        dialog = waiting_dialog(self.presenter.waiting(), self._window)
        self._window.ask(dialog, self._waiting_answered)

    def _waiting_answered(self, code: str) -> None:
        if code == ALONE_NOW:
            self._go(self.presenter.go_to_who_is_there)

    # ------------------------------------------------------------------ the end
    def _finish(self) -> None:
        if not self.recording or self.presenter.is_one_question:
            self.left.emit(self.recording)
            return
        if self._finishing:
            return
        self._finishing = True
        self._window.busy.start(text(FINISHING), whole=True)
        lane().run(lambda: self._office.finish(self.conversation), self._done, self._failed)

    def _done(self, outcome: FinalizeOutcome) -> None:
        self._finishing = False
        self._window.busy.stop()
        if outcome.violations:
            first = outcome.violations[0]
            self.presenter.show_problem(first.ref, first.message)
            self._show()
            return
        self.finished.emit(outcome)

    def _failed(self, error: IntakeError) -> None:
        self._finishing = False
        self._window.busy.stop()
        self._window.say_error(error)
        self.presenter.plan_made()
        self._show()
