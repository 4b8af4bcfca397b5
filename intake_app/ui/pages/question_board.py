"""The questions of one screen as controls, kept in line with their models; the counsellor's own part folded below."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.i18n.gettext import mark, translator
from intake_app.ui.controls import Helpers, QuestionControl, QuestionModel, control_class, control_for
from intake_app.ui.controls.table_cards import FOR_ITS_EYES
from intake_app.ui.presenters.questions import ScreenModel
from intake_app.ui.theme import GRID
from intake_app.ui.widgets import Card, QuietButton, column, row

FOR_COUNSELLOR = mark("Voor de begeleider")


class QuestionBoard(QWidget):
    """Signals: `answered(ref, value)`, `typing(ref, text)`, `picked(ref, id)`; `compared(id, id)` two occupations side
    by side; `changed_by_hand(ListChange)` by the counsellor; `folded` when the strip or a part of a control turns;
    `turned(ref, stage)` a person went to another inner screen; `told(pairs)` something was said beside a card."""

    answered = Signal(str, str)
    typing = Signal(str, str)
    picked = Signal(str, str)
    compared = Signal(str, str)
    changed_by_hand = Signal(object)
    folded = Signal()
    turned = Signal(str, str)
    told = Signal(object)

    def __init__(self, helpers: Callable[[], Helpers]) -> None:
        super().__init__()
        self._helpers = helpers
        self._turned = False
        self._key = ""
        self._left: dict[str, dict[str, str]] = {}
        self.controls: dict[str, QuestionControl] = {}
        self.strip: Card | None = None
        self.strip_controls: dict[str, QuestionControl] = {}
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.setSpacing(4 * GRID)

    def empty(self) -> None:
        """Let go of everything: another screen comes, or the same one anew, on the inner screen where it was left."""
        if self.controls:
            self._left[self._key] = self.stages()
        for control in self.controls.values():
            self._let_go(control)
        self.controls = {}
        self._remove_strip()

    def take(self, model: ScreenModel) -> list[str]:
        """Show a screen; questions that stay keep their control. Gives the refs of those that came."""
        wanted = {question.ref: question for question in model.questions}
        for ref in [ref for ref in self.controls if ref not in wanted or not self._fits(ref, wanted[ref])]:
            self._let_go(self.controls.pop(ref))
        come = [ref for ref in wanted if ref not in self.controls]
        # Each control that comes in sight has the whole page laid out anew; out of sight they come in all at once.
        whole = not self.controls and not self.isHidden()
        if whole:
            self.hide()
        for place, question in enumerate(model.questions):
            if question.ref in self.controls:
                self.controls[question.ref].refresh(question)
            else:
                self.controls[question.ref] = self._make(question)
                self._place.insertWidget(place, self.controls[question.ref])
                if not whole:
                    # A layout shows what it is given only when the program is idle: too late for the keyboard.
                    self.controls[question.ref].show()
        self._take_strip(model)
        if whole:
            self.show_stages(self._left.get(model.key, {}))
            self.show()
        self._key = model.key
        if self._turned:
            self.show_for_counsellor(False)
        return come

    def flush(self) -> None:
        """Keep what is typed and not yet said."""
        for control in (*self.controls.values(), *self.strip_controls.values()):
            control.flush()

    def show_for_counsellor(self, shown: bool) -> None:
        """Show or hide what is for the counsellor's eyes: hidden while the laptop is turned to the participant."""
        if shown and not self._turned:
            return
        self._turned = not shown
        for part in self.findChildren(QWidget, FOR_ITS_EYES):
            part.setVisible(shown)
        if self.strip is not None:
            self.strip.setVisible(shown)

    def advance(self) -> bool:
        """Go to the next inner screen of a control; False when none has one left."""
        return any(control.advance() for control in self.controls.values())

    def retreat(self) -> bool:
        """Go to the inner screen before; False when none has one."""
        return any(control.retreat() for control in self.controls.values())

    def stages(self) -> dict[str, str]:
        """The inner screen that each question is on, by its ref."""
        return {ref: control.stage for ref, control in self.controls.items()}

    def show_stages(self, stages: Mapping[str, str]) -> bool:
        """Go to inner screens, silently; whether that changed what is in sight."""
        before = self.stages()
        for ref, stage in stages.items():
            if ref in self.controls:
                self.controls[ref].show_inner(stage)
        return self.stages() != before

    def first_focus(self) -> QWidget | None:
        """Where the keyboard begins."""
        stops = (control.first_focus() for control in self.controls.values())
        return next((stop for stop in stops if stop is not None), None)

    def problem(self) -> QuestionControl | None:
        """The first question that says what is wrong with its answer."""
        return next((control for control in self.controls.values() if control.model.message is not None), None)

    def _fits(self, ref: str, question: QuestionModel) -> bool:
        return type(self.controls[ref]) is control_class(question)

    def _make(self, question: QuestionModel) -> QuestionControl:
        control = control_for(question, self._helpers(), self)
        control.answered.connect(self.answered)
        control.typing.connect(self.typing)
        control.picked.connect(lambda ref, name, _label: self.picked.emit(ref, name))
        control.compared.connect(self.compared)
        control.changed_by_hand.connect(self.changed_by_hand)
        control.folded.connect(self.folded)
        control.turned.connect(self.turned)
        control.told.connect(self.told)
        return control

    def _take_strip(self, model: ScreenModel) -> None:
        """What only the counsellor fills in stands folded at the foot, so that the guest does not read it."""
        if not model.strip:
            self._remove_strip()
            return
        if self.strip is not None:
            for question in model.strip:
                self.strip_controls[question.ref].refresh(question)
            return
        self.strip_controls = {question.ref: self._make(question) for question in model.strip}
        inside = QWidget()
        inside.setLayout(column(*self.strip_controls.values()))
        inside.hide()
        fold = QuietButton(translator("nl").text(FOR_COUNSELLOR), "down")
        fold.setObjectName("counsellor_strip")
        fold.clicked.connect(lambda: self._fold(fold, inside))
        self.strip = Card(row(fold, None), inside, kind="sunken", margin=1)
        self._place.addWidget(self.strip)

    def _fold(self, button: QuietButton, inside: QWidget) -> None:
        inside.setVisible(not inside.isVisible())
        button.mark.set_icon("up" if inside.isVisible() else "down")
        self.folded.emit()

    def _remove_strip(self) -> None:
        if self.strip is not None:
            self._let_go(self.strip)
        self.strip, self.strip_controls = None, {}

    def _let_go(self, widget: QWidget) -> None:
        # It stays below this one until it is deleted: to take it out would style everything in it once more.
        widget.hide()
        self._place.removeWidget(widget)
        widget.deleteLater()
