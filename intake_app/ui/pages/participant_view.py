"""What the participant sees on a screen of their own: the question and its answers, large, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from intake_app.i18n.gettext import mark, translator
from intake_app.ui.controls import Helpers
from intake_app.ui.controls.words import Words
from intake_app.ui.pages.question_board import QuestionBoard
from intake_app.ui.presenters.questions import ScreenModel
from intake_app.ui.theme import GRID
from intake_app.ui.widgets import BilingualLabel, Pair, column
from intake_app.ui.widgets.icons import IconMark

TITLE = mark("Scherm voor de deelnemer")
ON_THE_LAPTOP = mark("Deze vraag beantwoordt u zelf, op de laptop.")
_LOCK = 72


class ParticipantView(QWidget):
    """A window of its own. It never shows notes, earlier answers, private questions or sensitive ones.

    Signals: `answered(ref, value)`, `typing(ref, text)`, `picked(ref, id)` as the page of the talk has them, and
    `closed` when somebody closes it.
    """

    answered = Signal(str, str)
    typing = Signal(str, str)
    picked = Signal(str, str)
    closed = Signal()

    def __init__(self, helpers: Helpers) -> None:
        super().__init__()
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(translator("nl").text(TITLE))
        self.setAccessibleName(self.windowTitle())
        self._helpers = replace(helpers, counsellor_here=False, attach=None)
        self._key = ("", "")
        self.board = QuestionBoard(lambda: self._helpers)
        for mine, theirs in ((self.board.answered, self.answered), (self.board.typing, self.typing)):
            mine.connect(theirs)
        self.board.picked.connect(self.picked)
        self.private = BilingualLabel(Pair.plain(""), "question", centred=True)
        self._stack = QStackedLayout(self)
        self._blank, self._silent = QWidget(), QWidget()
        lock = IconMark("lock", "ink_soft", _LOCK)
        middle = column(None, lock, self.private, None, gap=3, margin=6)
        middle.setAlignment(lock, Qt.AlignmentFlag.AlignHCenter)
        self._silent.setLayout(middle)
        self._asked = self._scroll()
        for part in (self._blank, self._silent, self._asked):
            self._stack.addWidget(part)

    def _scroll(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("scrolled", "true")
        place = QVBoxLayout(inner)
        place.setContentsMargins(6 * GRID, 6 * GRID, 6 * GRID, 6 * GRID)
        place.addWidget(self.board)
        place.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        scroll.viewport().setAutoFillBackground(False)
        return scroll

    def open_on(self, place: QRect) -> None:
        """Fill a screen without taking the keyboard from the counsellor."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setGeometry(place)
        self.showFullScreen()

    def show_model(self, model: ScreenModel) -> None:
        """Show what is asked now; what is private or sensitive is asked on the laptop."""
        if model.after_guest:
            self.blank()
            return
        shown = tuple(q for q in model.questions if not (q.silent or q.sensitive))
        if not shown:
            self.private.set_pair(Words(model.language).pair(ON_THE_LAPTOP))
            self._stack.setCurrentWidget(self._silent)
            return
        if self._key != (model.key, model.language):
            self.board.empty()
            self._asked.verticalScrollBar().setValue(0)
        self._key = (model.key, model.language)
        self.board.take(replace(model, questions=shown, strip=()))
        self._stack.setCurrentWidget(self._asked)

    def blank(self) -> None:
        """Show nothing, and hold nothing either: the screen is locked, or another page is on the laptop."""
        self.board.empty()
        self._key = ("", "")
        self._stack.setCurrentWidget(self._blank)

    @property
    def is_blank(self) -> bool:
        """Whether nothing of the talk is on it."""
        return self._stack.currentWidget() is self._blank and not self.board.controls

    @property
    def is_silent(self) -> bool:
        """Whether it says that the question is asked on the laptop."""
        return self._stack.currentWidget() is self._silent

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)
