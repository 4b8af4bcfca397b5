"""The talk: one screen of questions in two languages, with next, back, skip, pause and stop always in reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.services.office import Office
from intake_app.ui.controls import Helpers, QuestionControl
from intake_app.ui.controls.model import ListChange
from intake_app.ui.controls.words import Words
from intake_app.ui.pages.focus import FocusRound
from intake_app.ui.pages.question_board import QuestionBoard
from intake_app.ui.pages.said_before import SaidBefore
from intake_app.ui.pages.section_band import SectionBand
from intake_app.ui.pages.shared import say_error
from intake_app.ui.pages.talk_chrome import TalkChrome
from intake_app.ui.pages.talk_desk import TalkDesk
from intake_app.ui.pages.talk_helpers import talk_helpers
from intake_app.ui.pages.talk_keys import add_talk_keys
from intake_app.ui.pages.talk_offers import TalkOffers
from intake_app.ui.pages.talk_side import TalkSide
from intake_app.ui.presenters.by_hand import change_list
from intake_app.ui.presenters.conversation import ConversationPresenter, Kept, Stage
from intake_app.ui.presenters.questions import ScreenModel
from intake_app.ui.presenters.retrace import said_before
from intake_app.ui.presenters.state_told import state_told
from intake_app.ui.theme import GRID
from intake_app.ui.widgets import MessageBar, MessageKind, Page, Pair, column, row

TYPING_BACK = mark("Wat u aan het typen was, staat er weer.")
_BREATH_MS = 5


class ConversationPage(Page):
    """Shows the screens of one talk. `left(Stage)`: its questions are done for now; another page follows.

    Other signals: `pause_requested`, `stop_requested`, `waiting_requested` (the list "later, alleen"),
    `reading_requested`, `last_time_requested` (go on with a kept talk instead, DOMAIN 2.1-3),
    `left_over_requested` (answers that the renewed questions have no place for),
    `radar_requested` (look around among all occupations, beside the proposals), `compare_requested(id, id)`,
    `arrived` (another screen is in sight).
    """

    left = Signal(object)
    pause_requested = Signal()
    stop_requested = Signal()
    waiting_requested = Signal()
    reading_requested = Signal(str)
    last_time_requested = Signal()
    left_over_requested = Signal()
    radar_requested = Signal()
    compare_requested = Signal(str, str)
    arrived = Signal()

    def __init__(
        self,
        office: Office,
        presenter: ConversationPresenter,
        parent: QWidget | None = None,
        *,
        desk: TalkDesk | None = None,
        at_once: bool = True,
    ) -> None:
        """Without `at_once` the frame stands before the first screen, which follows between two events."""
        super().__init__(back=False, parent=parent)
        self.office = office
        self.presenter = presenter
        self.chrome = TalkChrome(self)
        self.board = QuestionBoard(self.helpers)
        self.board.answered.connect(self.take_answer)
        self.board.typing.connect(self.take_typing)
        self.board.picked.connect(self.take_picked)
        self.board.compared.connect(self.compare_requested)
        self.board.changed_by_hand.connect(self._on_by_hand)
        self._round = FocusRound(self, self.chrome.start, self.board)
        self.board.folded.connect(self._round.close)
        self.bar = MessageBar(closable=True)
        self.recovered = MessageBar(closable=True)
        self.banner = MessageBar()
        self.aside = MessageBar()
        self.aloud = MessageBar()
        self.side = TalkSide(self, desk or TalkDesk(office, parent=self))
        self.chrome.lead(self.side)
        self._shown: ScreenModel | None = None
        self._by_keyboard = False
        self._put_parts()
        add_talk_keys(self)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)
        if presenter.conversation.recovered:
            self.recovered.say(MessageKind.INFO, Words(presenter.language).pair(TYPING_BACK))
        if at_once:
            self.show_screen()
        else:
            self._in_sight(False)
            QTimer.singleShot(0, self, self._first_screen)

    @property
    def controls(self) -> dict[str, QuestionControl]:
        """The controls in sight, by the ref of their question."""
        self._first_screen()
        return self.board.controls

    def _first_screen(self) -> None:
        """Fill it out of sight: in sight each part that comes would lay out all the others once more."""
        if self._shown is None:
            self.show_screen()
            QTimer.singleShot(_BREATH_MS, self, lambda: self._in_sight(True))

    def _in_sight(self, shown: bool) -> None:
        for part in (self._header, self._middle):
            part.setVisible(shown)
        if shown:
            self._focus_first()

    def _put_parts(self) -> None:
        bars = column(self.banner, self.aside, self.recovered, self.aloud, self.bar, gap=1)
        bars.setContentsMargins(3 * GRID, GRID, 3 * GRID, 0)
        self._bars = QWidget()
        self._bars.setLayout(bars)
        self.layout().insertWidget(1, self._bars)
        self.layout().removeWidget(self.scroll)
        self._middle = QWidget()
        self._middle.setLayout(row(self.scroll, self.side.strip, gap=0))
        self._middle.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.layout().insertWidget(2, self._middle, 1)
        self.said = SaidBefore()
        self.add(self.said)
        self.band = SectionBand()
        self.band.confirmed.connect(lambda section: self._afresh(lambda: self.presenter.heard(section)))
        self.band.change_requested.connect(self.reading_requested)
        self.add(self.band)
        self.add(self.board)
        self.offers = TalkOffers()
        self.offers.last_time_requested.connect(self.last_time_requested)
        self.offers.grow_requested.connect(lambda: self._afresh(self.presenter.grow))
        self.offers.radar_requested.connect(self.radar_requested)
        self.last_time = self.offers.last_time
        self.add(self.offers)
        self.add_stretch()

    def from_keyboard(self, action: Callable[[], object]) -> None:
        """Do what a key asked for: the keyboard then stands in what comes."""
        self._by_keyboard = True
        action()
        self._by_keyboard = False

    # ------------------------------------------------------------------ showing
    def show_screen(self) -> None:
        """Show the screen the presenter stands on, from the top."""
        self.board.empty()
        self._take(self.presenter.model())
        self.scroll.verticalScrollBar().setValue(0)
        if not self.said.isHidden():
            QTimer.singleShot(0, self.board, self._bring_up)
        self._focus_first()
        self.chrome.announce()
        self.arrived.emit()

    def refresh(self) -> None:
        """Take over what changed on this screen: values, messages, questions that came or went."""
        model, before = self.presenter.model(), self._shown
        if before is None or before.key != model.key:
            self.show_screen()
        elif before.language != model.language:
            seen = set(self.controls)
            self.show_screen()
            self._bring_in_sight([ref for ref in self.controls if ref not in seen])
        else:
            self._bring_in_sight(self._take(model))

    def _take(self, model: ScreenModel) -> list[str]:
        self._shown = model
        self.band.show_between(self.presenter.between(), model.language)
        come = self.board.take(model)
        self._say_state()
        self.offers.show_for(self.presenter, model)
        self.said.show_lines(self._said(model), model.language)
        self.chrome.update(model)
        self.presenter.saw(model)
        self.side.show(model)
        self._round.close()
        return come

    def _bring_up(self) -> None:
        """The newest question in focus: where not everything fits, what was said before it is one turn upwards."""
        # A line above that says something else is laid out when its turn comes; the height of all follows from that.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        first, bar = self.board if self.band.isHidden() else self.band, self.scroll.verticalScrollBar()
        bar.setValue(self.said.whole_lines(first.y(), bar.maximum()))

    def _bring_in_sight(self, refs: list[str]) -> None:
        """Scroll to a question that came, once the page has found its new height."""
        if refs:
            control = self.controls[refs[0]]
            QTimer.singleShot(0, control, lambda: self.scroll.ensureWidgetVisible(control, 0, 3 * GRID))

    def _say_state(self) -> None:
        presenter = self.presenter
        self.banner.say(MessageKind.INFO, *(state_told(presenter) or ("",)))
        self.aside.say(MessageKind.INFO, *presenter.aside.told(presenter.key, presenter.conversation.talk))
        self.show_bars()

    def show_bars(self) -> None:
        """The place for messages is there only while there are any."""
        bars = (self.banner, self.aside, self.recovered, self.aloud, self.bar)
        self._bars.setVisible(any(not bar.isHidden() for bar in bars))

    def show_for_guest(self, turned: bool) -> None:
        """While the laptop is turned, nothing stands here that is the counsellor's, and no earlier answer."""
        self.board.show_for_counsellor(not turned)
        if turned:
            hidden = (self.aside, self.recovered, self.aloud, self.said, self.band, self.offers)
            for part in (*hidden, *filter(None, (self.board.strip,))):
                part.hide()
            self.show_bars()
        elif self.board.strip is not None:
            self.board.strip.show()

    def _said(self, model: ScreenModel) -> tuple[Pair, ...]:
        """What was just told; not after the guest has left, and not before a question that is a silent card."""
        if model.after_guest or any(question.silent for question in model.questions):
            return ()
        presenter = self.presenter
        return said_before(presenter.conversation, presenter.trace, presenter.screen, model.language)

    def _focus_first(self) -> None:
        """By keyboard the first answer gets the ring; by mouse only a field to type in is made ready.

        A ring on "yes" would look like advice to whoever did not ask for it.
        """
        first = self.board.first_focus()
        if first is not None and self._by_keyboard:
            first.setFocus(Qt.FocusReason.TabFocusReason)
        elif first is not None and first.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled):
            first.setFocus(Qt.FocusReason.MouseFocusReason)
        else:
            self.chrome.start.setFocus(Qt.FocusReason.MouseFocusReason)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        # What is being pressed stays under the hand: moved away, it would not hear that it was let go.
        pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is not None and not pressed and self.board.isAncestorOf(now):
            self.scroll.ensureWidgetVisible(now, 0, 3 * GRID)

    def helpers(self) -> Helpers:
        """What the controls may ask of the program."""
        return replace(talk_helpers(self.office, self.presenter), attach=self._attach)

    def _attach(self, ref: str, name: str, content: bytes) -> None:
        self._kept(self._try(lambda: self.presenter.attach(ref, name, content)))

    # ------------------------------------------------------------------ answering
    def take_answer(self, ref: str, value: str) -> None:
        """An answer, from this page, from the participant's own screen or from the list of languages."""
        if not self._try(lambda: self.side.asks_first(ref, value)):
            self.keep_answer(ref, value)

    def keep_answer(self, ref: str, value: str) -> None:
        """Keep an answer, whatever it sets aside."""
        self.side.heard(ref, value)
        self._kept(self._try(lambda: self.presenter.answer(ref, value)))

    def take_picked(self, ref: str, name: str) -> None:
        """Something found by searching, from this page or from the participant's own screen."""
        self._kept(self._try(lambda: self.presenter.pick(ref, name)))

    def _on_by_hand(self, change: ListChange) -> None:
        work = self.presenter.conversation
        self._kept(self._try(lambda: self.presenter.change(lambda: change_list(work, change))))

    def _kept(self, kept: object) -> None:
        self.chrome.show_kept(kept is Kept.WRITTEN)
        self.refresh()

    def take_typing(self, ref: str, text: str) -> None:
        """Text that is still being typed, wherever."""
        self._try(lambda: self.presenter.type(ref, text))

    def _try(self, work: Callable[[], object]) -> object:
        """Run what keeps something; when that fails it is said, and what was given stays on screen."""
        try:
            return work()
        except IntakeError as error:
            self.say_error(error)
            return None

    def say_error(self, error: IntakeError) -> None:
        """Say what went wrong, what it means and what to do, in Dutch."""
        say_error(self.bar, error)
        self._bars.show()

    def _afresh(self, work: Callable[[], object]) -> None:
        self._try(work)
        self.refresh()

    # ------------------------------------------------------------------ moving
    def flush(self) -> None:
        """Keep what is typed and not yet said."""
        self.board.flush()

    def _flushed_aside(self) -> bool:
        """Keep what is typed; True when that set answers aside, which is to be seen before this screen is left."""
        presenter = self.presenter
        before = presenter.aside.hidden_on(presenter.key)
        self.flush()
        return bool(presenter.aside.hidden_on(presenter.key) - before)

    def go_on(self) -> None:
        """On: to the next inner screen, the next screen or the next stage, unless this screen holds."""
        self._first_screen()
        self.bar.say(MessageKind.INFO, "")
        if self._flushed_aside():
            return
        if self.board.advance():
            self.begin_anew()
        else:
            self._move(self.presenter.next)

    def go_back(self) -> None:
        """Back: to the inner screen, screen or stage before."""
        if self._flushed_aside():
            return
        if self.board.retreat():
            self.begin_anew()
        elif self._try(self.presenter.previous):
            self._arrive()

    def take_back(self) -> None:
        """Undo the last answer."""
        self.side.take_back()

    def skip(self) -> None:
        """Leave this screen's questions open."""
        self._move(self.presenter.skip)

    def again(self) -> None:
        """One more of what is asked here."""
        self.flush()
        self._move(self.presenter.again)

    def remove_again(self) -> None:
        """Take the extra one away."""
        self._try(self.presenter.remove_again)
        self._arrive()

    def _move(self, move: Callable[[], bool]) -> None:
        """Go, or stay and show what holds."""
        if self._try(move):
            self._arrive()
            return
        self.refresh()
        self.side.read_messages()
        if (control := self.board.problem()) is not None:
            self.scroll.ensureWidgetVisible(control.message, 0, 10 * GRID)
            if (first := control.first_focus()) is not None:
                first.setFocus(Qt.FocusReason.TabFocusReason)
                # the message has no height yet: where the answers stand is known once it has
                QTimer.singleShot(0, first, lambda: self.scroll.ensureWidgetVisible(first, 0, 3 * GRID))

    def _arrive(self) -> None:
        self.chrome.show_kept(False)
        if self.presenter.stage in (Stage.ASKING, Stage.AFTER_GUEST):
            self.show_screen()
        else:
            self.left.emit(self.presenter.stage)

    def begin_anew(self) -> None:
        """Another inner screen came in sight."""
        self.scroll.verticalScrollBar().setValue(0)
        self._focus_first()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._first_screen()
        if not self.side.key(event):
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.side.leave()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._shown is not None:
            self.side.show(self._shown, appeared=True)
        self.chrome.announce()
