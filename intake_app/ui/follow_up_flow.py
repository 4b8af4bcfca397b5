"""Follow-ups in the window: the due list, a case card, the form of three minutes, and the plan that was renewed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from intake_app.domain.plan import PlanDocument
from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.services.conversation import Conversation
from intake_app.services.follow_up import card_of
from intake_app.services.follow_up_end import FollowUpOutcome, finish_follow_up, not_reached
from intake_app.services.follow_up_talk import begin_follow_up, correct_follow_up, drop_follow_up
from intake_app.services.office import Office
from intake_app.ui.controls.words import Words
from intake_app.ui.dialogs.choose import ChooseDialog, Option
from intake_app.ui.dialogs.talk import LATER, STAY
from intake_app.ui.pages.case_card import CaseCardPage
from intake_app.ui.pages.follow_up_form import RenewedPlanPage
from intake_app.ui.pages.follow_ups import FollowUpsPage
from intake_app.ui.pages.referrals import ReferralsPage
from intake_app.ui.pages.shared import lane, text
from intake_app.ui.presenters.conversation import Stage
from intake_app.ui.presenters.follow_ups import FollowUpPresenter, outcome_told
from intake_app.ui.talk_flow import FINISHING, TalkFlow
from intake_app.ui.talks import OPENING
from intake_app.ui.widgets import MessageKind

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow

END_NOW, DROP = "end_now", "drop"
STOP_TITLE = mark("Wilt u met het vervolggesprek stoppen?")
LATER_NAME = mark("Later verder")
LATER_DETAIL = mark("De antwoorden blijven bewaard bij de belkaart.")
END_NAME = mark("Nu afronden")
END_DETAIL = mark("Met wat er nu staat.")
DROP_NAME = mark("Weggooien")
DROP_DETAIL = mark("Alsof het niet begonnen was.")


def show_follow_ups(window: MainWindow, told: str = "") -> None:
    """Whom to speak to, with a word about what was just done."""
    page = FollowUpsPage(window.office, told)
    page.call_requested.connect(lambda participant_id: show_card(window, participant_id))
    page.people_requested.connect(lambda: window.show_place("people"))
    window.show_aside(page)


def show_card(window: MainWindow, participant_id: str) -> None:
    """One case card; an error is said above the page that stands."""
    try:
        card = card_of(window.office.store, participant_id)
    except IntakeError as error:
        window.say_error(error)
        return
    if card is None:
        show_follow_ups(window)
        return
    page = CaseCardPage(window.office, card)
    page.talk_requested.connect(lambda who, language: start_follow_up(window, who, language))
    page.missed_requested.connect(lambda who: _not_reached(window, who))
    page.correct_requested.connect(lambda who: correct_last(window, who))
    page.referrals_requested.connect(lambda who: _show_referrals(window, who))
    page.renewed.connect(lambda who: show_card(window, who))
    page.changed.connect(lambda told: show_follow_ups(window, told))
    page.back_requested.connect(lambda: show_follow_ups(window))
    window.message.say(MessageKind.INFO, "")
    window.show_page(page)


def _show_referrals(window: MainWindow, participant_id: str) -> None:
    page = ReferralsPage(window.office, participant_id)
    page.back_requested.connect(lambda: show_card(window, participant_id))
    window.show_page(page)


def start_follow_up(window: MainWindow, participant_id: str, language: str) -> None:
    """Begin the follow-up, or go on with it; a second press while it opens does nothing."""
    _open(window, lambda: begin_follow_up(window.office, participant_id, language))


def correct_last(window: MainWindow, participant_id: str) -> None:
    """Open the newest finished follow-up again, filled as it was; what is finished then takes its place."""
    _open(window, lambda: correct_follow_up(window.office, participant_id))


def _open(window: MainWindow, opening: Callable[[], Conversation]) -> None:
    talks = window.talks
    if talks.opening:
        return
    talks.opening = True
    window.busy.start(text(OPENING), whole=True)

    def ready(conversation: Conversation) -> None:
        window.busy.stop()
        talks.opening = False
        talks.current = FollowUpFlow(window, window.office, conversation)
        talks.current.begin()

    def failed(error: IntakeError) -> None:
        talks.opening = False
        window.failed(error)

    lane().run(opening, ready, failed)


def _not_reached(window: MainWindow, participant_id: str) -> None:
    window.busy.start(text(FINISHING), whole=True)

    def done(outcome: FollowUpOutcome) -> None:
        window.busy.stop()
        show_follow_ups(window, f"{text('Jammer, een andere keer lukt het.')} {outcome_told(outcome)}")

    lane().run(lambda: not_reached(window.office, participant_id), done, window.failed)


class FollowUpFlow(TalkFlow):
    """A follow-up talk in the window: its screens, and then its end."""

    def __init__(self, window: MainWindow, office: Office, conversation: Conversation) -> None:
        super().__init__(window, office, conversation, resumed=False)
        self.presenter = FollowUpPresenter(conversation, location=office.installation.location)

    def _show(self, _stage: object = None) -> None:
        if self.presenter.stage in (Stage.ASKING, Stage.AFTER_GUEST):
            self._show_questions()
        else:
            self._finish()

    def _read_back_now(self, section: str = "") -> None:
        """So short a talk has nothing to read back."""

    def _ask_stop(self) -> None:
        self.flush()
        words = Words("nl")
        options = [
            Option(LATER, words.pair(LATER_NAME), words.pair(LATER_DETAIL), "clock"),
            Option(END_NOW, words.pair(END_NAME), words.pair(END_DETAIL), "check"),
            Option(DROP, words.pair(DROP_NAME), words.pair(DROP_DETAIL), "trash"),
        ]
        dialog = ChooseDialog(words.pair(STOP_TITLE), options, words.pair(STAY), self._window)
        self._window.ask(dialog, self._stop_answered)

    def _stop_answered(self, code: str) -> None:
        if code == LATER:
            self._leave(text("Het vervolggesprek blijft open. U gaat verder waar u was."))
        elif code == END_NOW:
            self.presenter.finish_now()
            self._show()
        elif code == DROP:
            self._drop()

    def _drop(self) -> None:
        try:
            drop_follow_up(self._office, self.conversation)
        except IntakeError as error:
            self._window.say_error(error)
            return
        self._leave(text("Weggegooid. Er is niets veranderd."))

    def _finish(self) -> None:
        self._window.busy.start(text(FINISHING), whole=True)
        lane().run(lambda: finish_follow_up(self._office, self.conversation), self._done, self._failed)

    def _done(self, outcome: FollowUpOutcome) -> None:
        self._window.busy.stop()
        if outcome.violations:
            first = outcome.violations[0]
            self.presenter.show_problem(first.ref, first.message)
            self._show()
        elif outcome.plan is not None:
            self._show_plan_page(outcome.plan, outcome_told(outcome))
        else:
            self._leave(" ".join(filter(None, (outcome_told(outcome), self.presenter.left_without_plan()))))

    def _show_plan_page(self, plan: PlanDocument, told: str) -> None:
        window, office = self._window, self._office
        window.talks.let_go()
        page = RenewedPlanPage(office, plan, told)
        page.back_requested.connect(lambda: show_follow_ups(window))
        window.show_page(page)

    def _failed(self, error: IntakeError) -> None:
        self._window.busy.stop()
        self._window.say_error(error)
        self.presenter.stage = Stage.ASKING
        self._show()

    def _leave(self, told: str) -> None:
        window = self._window
        window.talks.let_go()
        show_follow_ups(window, told)
