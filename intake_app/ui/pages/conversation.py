"""The talk: one screen of questions in two languages, with next, back, skip, pause and stop always in reach."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.phrases import error_text
from intake_app.services.office import Office
from intake_app.ui.controls import Found, Helpers, QuestionControl, QuestionModel, control_class, control_for
from intake_app.ui.controls.words import Words
from intake_app.ui.pages.focus import chain_focus
from intake_app.ui.pages.talk_chrome import TalkChrome
from intake_app.ui.presenters.conversation import ConversationPresenter, Kept, Stage
from intake_app.ui.presenters.questions import QuestionMaker, ScreenModel
from intake_app.ui.theme import GRID
from intake_app.ui.widgets import Card, MessageBar, MessageKind, Page, QuietButton, column, row

FOR_COUNSELLOR = mark("Voor de begeleider")
NOTHING_WRITTEN = mark("Er wordt niets opgeschreven.")
ONLY_TALK = mark("We praten en printen. Daarna is alles weg.")
TYPING_BACK = mark("Wat u aan het typen was, staat er weer.")
TOO_YOUNG = mark("Dit gesprek is voor mensen van 16 jaar en ouder. Wij zoeken samen een goede plek voor u.")
STOPPED_HERE = mark("Wij stoppen hier. Dat is goed.")
_PAGE_STEP = 0.8


class ConversationPage(Page):
    """Shows the screens of one talk. `left(Stage)`: its questions are done for now; another page follows.

    Other signals: `pause_requested`, `stop_requested`, `waiting_requested` (the list "later, alleen"),
    `reading_requested`.
    """

    left = Signal(object)
    pause_requested = Signal()
    stop_requested = Signal()
    waiting_requested = Signal()
    reading_requested = Signal()

    def __init__(self, office: Office, presenter: ConversationPresenter, parent: QWidget | None = None) -> None:
        super().__init__(back=False, parent=parent)
        self.office = office
        self.presenter = presenter
        self.chrome = TalkChrome(self)
        self.controls: dict[str, QuestionControl] = {}
        self.strip: Card | None = None
        self.bar = MessageBar(closable=True)
        self.recovered = MessageBar(closable=True)
        self._banner = MessageBar()
        self._place = QVBoxLayout()
        self._shown: ScreenModel | None = None
        self._by_keyboard = False
        self._put_bars()
        self._add_shortcuts()
        QApplication.instance().focusChanged.connect(self._on_focus_changed)
        self.show_screen()
        if presenter.conversation.recovered:
            self.recovered.say(MessageKind.INFO, self.words.pair(TYPING_BACK))

    @property
    def words(self) -> Words:
        """The sentences of this page in the talk language and Dutch."""
        return Words(self._shown.language if self._shown else self.presenter.language)

    def _put_bars(self) -> None:
        bars = column(self._banner, self.recovered, self.bar, gap=1)
        holder = QWidget()
        holder.setLayout(bars)
        bars.setContentsMargins(3 * GRID, GRID, 3 * GRID, 0)
        self.layout().insertWidget(1, holder)
        self._bars = holder
        body = QWidget()
        body.setLayout(self._place)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(4 * GRID)
        self.add(body)
        self.add_stretch()

    def _add_shortcuts(self) -> None:
        for keys, action in (
            ("Ctrl+Return", self.go_on),
            ("Ctrl+Enter", self.go_on),
            ("Alt+Right", lambda: self._go_by_arrow(right=True)),
            ("Alt+Left", lambda: self._go_by_arrow(right=False)),
            ("PgDown", lambda: self._scroll(_PAGE_STEP)),
            ("PgUp", lambda: self._scroll(-_PAGE_STEP)),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda act=action: self._from_keyboard(act))

    def _from_keyboard(self, action: Callable[[], object]) -> None:
        self._by_keyboard = True
        action()
        self._by_keyboard = False

    def _go_by_arrow(self, *, right: bool) -> None:
        """Next is where the reading goes: to the right, or to the left in right-to-left languages."""
        forward = right != bool(self._shown and self._shown.rtl)
        (self.go_on if forward else self.go_back)()

    def _scroll(self, part: float) -> None:
        bar = self.scroll.verticalScrollBar()
        bar.setValue(bar.value() + round(self.scroll.viewport().height() * part))

    # ------------------------------------------------------------------ showing
    def show_screen(self) -> None:
        """Show the screen the presenter stands on, from the top."""
        model = self.presenter.model()
        self._remove_all()
        self._shown = model
        self._fill(model)
        self.scroll.verticalScrollBar().setValue(0)
        self._focus_first()

    def refresh(self) -> None:
        """Take over what changed on this screen: values, messages, questions that came or went."""
        model = self.presenter.model()
        before = self._shown
        if before is None or before.key != model.key:
            self.show_screen()
            return
        if before.language != model.language:
            seen = set(self.controls)
            self.show_screen()
            self._bring_in_sight([ref for ref in self.controls if ref not in seen])
            return
        come = [question.ref for question in model.questions if question.ref not in self.controls]
        self._shown = model
        self._fill(model)
        self._bring_in_sight(come)

    def _bring_in_sight(self, refs: list[str]) -> None:
        """Scroll to a question that came, once the page has found its new height."""
        if refs:
            control = self.controls[refs[0]]
            QTimer.singleShot(0, control, lambda: self.scroll.ensureWidgetVisible(control, 0, 3 * GRID))

    def _fill(self, model: ScreenModel) -> None:
        wanted = {question.ref: question for question in model.questions}
        for ref in [ref for ref in self.controls if ref not in wanted or not self._fits(ref, wanted[ref])]:
            self._let_go(self.controls.pop(ref))
        for place, question in enumerate(model.questions):
            if question.ref in self.controls:
                self.controls[question.ref].refresh(question)
            else:
                control = self._make(question)
                self.controls[question.ref] = control
                self._place.insertWidget(place, control)
                control.show()
        self._fill_strip(model)
        self._say_state()
        self.chrome.update(model)
        self.presenter.saw(model)
        chain_focus(self, self.chrome.start)

    def _fits(self, ref: str, question: QuestionModel) -> bool:
        return type(self.controls[ref]) is control_class(question)

    def _make(self, question: QuestionModel) -> QuestionControl:
        control = control_for(question, self._helpers())
        control.answered.connect(self._on_answered)
        control.typing.connect(self._on_typing)
        control.picked.connect(self._on_picked)
        return control

    def _fill_strip(self, model: ScreenModel) -> None:
        """What only the counsellor fills in stands folded at the foot, so that the guest does not read it."""
        if not model.strip:
            if self.strip is not None:
                self._let_go(self.strip)
                self.strip = None
            return
        if self.strip is not None:
            for question in model.strip:
                self._strip_controls[question.ref].refresh(question)
            return
        self._strip_controls = {question.ref: self._make(question) for question in model.strip}
        inside = QWidget()
        inside.setLayout(column(*self._strip_controls.values()))
        inside.hide()
        fold = QuietButton(translator("nl").text(FOR_COUNSELLOR), "down")
        fold.setObjectName("counsellor_strip")
        fold.clicked.connect(lambda: self._fold(fold, inside))
        self.strip = Card(row(fold, None), inside, kind="sunken", margin=1)
        self._place.addWidget(self.strip)

    def _fold(self, button: QuietButton, inside: QWidget) -> None:
        inside.setVisible(not inside.isVisible())
        button.mark.set_icon("up" if inside.isVisible() else "down")
        chain_focus(self, self.chrome.start)

    def _remove_all(self) -> None:
        for control in self.controls.values():
            self._let_go(control)
        self.controls = {}
        if self.strip is not None:
            self._let_go(self.strip)
            self.strip = None

    def _let_go(self, widget: QWidget) -> None:
        widget.hide()
        self._place.removeWidget(widget)
        widget.setParent(None)
        widget.deleteLater()

    def _say_state(self) -> None:
        presenter = self.presenter
        if presenter.ended_by_age:
            lt16 = presenter.conversation.talk.answers.text("age_group") == "lt16"
            self._banner.say(MessageKind.INFO, self.words.pair(TOO_YOUNG if lt16 else STOPPED_HERE))
        elif presenter.refused_recording:
            self._banner.say(MessageKind.INFO, self.words.pair(NOTHING_WRITTEN), self.words.pair(ONLY_TALK))
        else:
            self._banner.say(MessageKind.INFO, "")
        bars = (self._banner, self.recovered, self.bar)
        self._bars.setVisible(any(not bar.isHidden() for bar in bars))

    def _focus_first(self) -> None:
        """By keyboard the first answer gets the ring; by mouse only a field to type in is made ready.

        A ring on "yes" would look like advice to whoever did not ask for it.
        """
        first = next((c.first_focus() for c in self.controls.values() if c.first_focus() is not None), None)
        typing = first is not None and first.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        if first is not None and (self._by_keyboard or typing):
            keyboard = Qt.FocusReason.TabFocusReason if self._by_keyboard else Qt.FocusReason.MouseFocusReason
            first.setFocus(keyboard)
        else:
            self.chrome.start.setFocus(Qt.FocusReason.MouseFocusReason)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._place.parentWidget().isAncestorOf(now):
            self.scroll.ensureWidgetVisible(now, 0, 3 * GRID)

    def closeEvent(self, event: QEvent) -> None:
        QApplication.instance().focusChanged.disconnect(self._on_focus_changed)
        super().closeEvent(event)

    def _helpers(self) -> Helpers:
        language = self.presenter.language

        def found(text: str, kind: str) -> list[Found]:
            names = self.office.catalogue.occupations if kind == "occupation" else self.office.catalogue.skills
            return [
                Found(
                    hit.id, hit.label_nl, hit.matched,
                    QuestionMaker.catalogue_pair(kind, hit.id, hit.label_nl, language).own,
                )
                for hit in self.office.search(text, language, kind)
                if hit.id in names
            ]  # fmt: skip

        return Helpers(
            today=self.office.clock.today,
            search_occupations=lambda text: found(text, "occupation"),
            search_skills=lambda text: found(text, "skill"),
        )

    # ------------------------------------------------------------------ answering
    def _on_answered(self, ref: str, value: str) -> None:
        kept = self._try(lambda: self.presenter.answer(ref, value))
        self.chrome.show_kept(kept is Kept.WRITTEN)
        self.refresh()

    def _on_typing(self, ref: str, text: str) -> None:
        self._try(lambda: self.presenter.type(ref, text))

    def _on_picked(self, ref: str, name: str, _label: str) -> None:
        kept = self._try(lambda: self.presenter.pick(ref, name))
        self.chrome.show_kept(kept is Kept.WRITTEN)
        self.refresh()

    def _try(self, work: Callable[[], object]) -> object:
        """Run what keeps something; when that fails it is said, and what was given stays on screen."""
        try:
            return work()
        except IntakeError as error:
            self.say_error(error)
            return None

    def say_error(self, error: IntakeError) -> None:
        """Say what went wrong, what it means and what to do, in Dutch."""
        what, means, do = error_text(error, "nl")
        self.bar.say(MessageKind.ERROR, what, f"{means} {do}")
        self._bars.show()

    # ------------------------------------------------------------------ moving
    def flush(self) -> None:
        """Keep what is typed and not yet said."""
        for control in [
            *self.controls.values(),
            *(getattr(self, "_strip_controls", {}).values() if self.strip else ()),
        ]:
            control.flush()

    def go_on(self) -> None:
        """On: to the next inner screen, the next screen or the next stage, unless this screen holds."""
        self.bar.say(MessageKind.INFO, "")
        self.flush()
        if any(control.advance() for control in self.controls.values()):
            self._turned()
            return
        if not self._try(self.presenter.next):
            self.refresh()
            self._to_problem()
            return
        self._arrive()

    def go_back(self) -> None:
        """Back: to the inner screen, screen or stage before."""
        self.flush()
        if any(control.retreat() for control in self.controls.values()):
            self._turned()
            return
        if self._try(self.presenter.previous):
            self._arrive()

    def skip(self) -> None:
        """Leave this screen's questions open."""
        if self._try(self.presenter.skip):
            self._arrive()
        else:
            self.refresh()
            self._to_problem()

    def again(self) -> None:
        """One more of what is asked here."""
        self.flush()
        if self._try(self.presenter.again):
            self._arrive()
        else:
            self.refresh()

    def remove_again(self) -> None:
        """Take the extra one away."""
        self._try(self.presenter.remove_again)
        self._arrive()

    def _arrive(self) -> None:
        self.chrome.show_kept(False)
        if self.presenter.stage in (Stage.ASKING, Stage.AFTER_GUEST):
            self.show_screen()
        else:
            self.left.emit(self.presenter.stage)

    def _turned(self) -> None:
        self.scroll.verticalScrollBar().setValue(0)
        chain_focus(self, self.chrome.start)
        self._focus_first()

    def _to_problem(self) -> None:
        for control in self.controls.values():
            if control.model.message is not None:
                self.scroll.ensureWidgetVisible(control.message, 0, 10 * GRID)
                if (first := control.first_focus()) is not None:
                    first.setFocus(Qt.FocusReason.TabFocusReason)
                return
