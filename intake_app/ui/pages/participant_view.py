"""What the participant sees on a screen of their own: the question and its answers, large, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.languages import is_rtl
from intake_app.ui.controls import Helpers
from intake_app.ui.controls.words import Words
from intake_app.ui.pages.question_board import QuestionBoard
from intake_app.ui.presenters.questions import ScreenModel
from intake_app.ui.theme import GRID
from intake_app.ui.widgets import AnswerCard, BilingualLabel, Card, Pair, QuietButton, SecondaryButton, column, row
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.scrolled import Column, scrolled

TITLE = mark("Scherm voor de deelnemer")
ON_THE_LAPTOP = mark("Deze vraag beantwoordt u zelf, op de laptop.")
# Translators: on a button; the computer reads this screen aloud.
READ = mark("Lees voor")
# Translators: on a button; the computer stops reading aloud.
STOP_READING = mark("Stop met lezen")
FURTHER = mark("Meer")
_SIGN = 72
_WIDEST = 1400
_PAGE = 0.8
"""How much of what is in sight one press goes on."""


class ParticipantView(QWidget):
    """A window of its own. It never shows notes, earlier answers, private questions or sensitive ones.

    Signals: `answered(ref, value)`, `typing(ref, text)`, `picked(ref, id)` as the page of the talk has them;
    `turned(ref, stage)` somebody went to another inner screen, `told(pairs)` something was said beside a card,
    `read_requested` to hear it or to stop it, and `closed` when somebody closes it.
    """

    answered = Signal(str, str)
    typing = Signal(str, str)
    picked = Signal(str, str)
    turned = Signal(str, str)
    told = Signal(object)
    read_requested = Signal()
    closed = Signal()
    reads_card: Callable[[AnswerCard], bool] | None = None

    def __init__(self, helpers: Helpers) -> None:
        super().__init__()
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(translator("nl").text(TITLE))
        self.setAccessibleName(self.windowTitle())
        self._helpers = replace(helpers, counsellor_here=False, attach=None)
        self._key = ("", "")
        self._language = "nl"
        self._voice = (False, False)
        self.board = QuestionBoard(lambda: self._helpers)
        for name in ("answered", "typing", "picked", "turned", "told"):
            getattr(self.board, name).connect(getattr(self, name))
        self.board.turned.connect(self._to_top)
        self.sign = IconMark("lock", "ink_soft", _SIGN)
        self.calm = BilingualLabel(Pair.plain(""), "question", centred=True)
        self._blank, self._silent = QWidget(), QWidget()
        middle = column(None, self.sign, self.calm, None, gap=3, margin=6)
        middle.setAlignment(self.sign, Qt.AlignmentFlag.AlignHCenter)
        self._silent.setLayout(middle)
        self.scroll = self._make_scroll()
        shown = QWidget()
        self._stack = QStackedLayout(shown)
        for part in (self._blank, self._silent, self.scroll):
            self._stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(shown, 1)
        self.foot = Card(kind="footer", margin=1.5)
        whole.addWidget(self.foot)
        self._make_foot("nl")
        self.foot.hide()

    def _make_scroll(self) -> QScrollArea:
        inner = Column(_WIDEST)
        inner.content.addWidget(self.board)
        inner.content.addStretch(1)
        scroll = scrolled(inner)
        bar = scroll.verticalScrollBar()
        bar.valueChanged.connect(self._tell_further)
        bar.rangeChanged.connect(self._tell_further)
        return scroll

    def _make_foot(self, language: str) -> None:
        """The voice and what is further down, in the language of the participant; their place stays when they go."""
        said, self._language = Words(language), language
        old, self.foot = self.foot, Card(kind="footer", margin=1.5)
        self.speaker = SecondaryButton(said.pair(READ), "speaker")
        self.speaker.clicked.connect(self.read_requested)
        self.further = QuietButton(said.pair(FURTHER), "down")
        self.further.clicked.connect(self._page_down)
        for button in (self.speaker, self.further):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            policy.setVerticalPolicy(QSizePolicy.Policy.Fixed)
            button.setSizePolicy(policy)
        line = row(self.speaker, None, self.further)
        self.foot.add(line)
        rtl = is_rtl(language)
        self.foot.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        self.layout().replaceWidget(old, self.foot)
        old.hide()
        old.deleteLater()
        can, speaking = self._voice
        self.show_voice(can=can, speaking=speaking)
        self._tell_further()

    def open_on(self, place: QRect) -> None:
        """Fill a screen without taking the keyboard from the counsellor."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setGeometry(place)
        self.showFullScreen()

    # ------------------------------------------------------------------ what is shown
    def show_model(self, model: ScreenModel, stages: Mapping[str, str] | None = None) -> None:
        """Show what is asked now, on the inner screens (`stages`, by the ref of their question) the laptop is on.

        What is private or sensitive is asked on the laptop.
        """
        if model.after_guest:
            self.blank()
            return
        shown = tuple(q for q in model.questions if not (q.silent or q.sensitive))
        if not shown:
            self.show_calm(Words(model.language).pair(ON_THE_LAPTOP), "lock")
            return
        if self._key != (model.key, model.language):
            self.board.empty()
            self._make_foot(model.language)
            self._to_top()
        self._key = (model.key, model.language)
        self.board.take(replace(model, questions=shown, strip=()))
        self.show_stages(stages or {})
        self.foot.show()
        self._stack.setCurrentWidget(self.scroll)

    def show_stages(self, stages: Mapping[str, str]) -> None:
        """Follow the laptop to other inner screens."""
        if self.board.show_stages(stages):
            self._to_top()

    def show_calm(self, told: Pair, sign: str) -> None:
        """Only say what happens on the laptop meanwhile."""
        self._let_go()
        self.sign.set_icon(sign)
        self.calm.set_pair(told)
        self._stack.setCurrentWidget(self._silent)

    def show_voice(self, *, can: bool, speaking: bool) -> None:
        """Offer to read this screen, or to stop; nothing where there is no voice."""
        self._voice = (can, speaking)
        said = Words(self._language)
        self.speaker.set_text(said.pair(STOP_READING if speaking else READ))
        self.speaker.mark.set_icon("cross" if speaking else "speaker")
        self.speaker.setVisible(can or speaking)

    def cards(self) -> list[AnswerCard]:
        """The answers in sight."""
        return [card for card in self.board.findChildren(AnswerCard) if card.isVisible() and card.is_answer]

    def blank(self) -> None:
        """Show nothing, and hold nothing either: the screen is locked, or another page is on the laptop."""
        self._let_go()
        self._stack.setCurrentWidget(self._blank)

    def _let_go(self) -> None:
        self.board.empty()
        self._key = ("", "")
        self.foot.hide()

    @property
    def is_blank(self) -> bool:
        """Whether nothing of the talk is on it."""
        return self._stack.currentWidget() is self._blank and not self.board.controls

    @property
    def is_silent(self) -> bool:
        """Whether it only says what happens on the laptop."""
        return self._stack.currentWidget() is self._silent

    # ------------------------------------------------------------------ up and down
    def _to_top(self) -> None:
        self.scroll.verticalScrollBar().setValue(0)

    def _page_down(self) -> None:
        bar = self.scroll.verticalScrollBar()
        bar.setValue(bar.value() + round(bar.pageStep() * _PAGE))

    def _tell_further(self) -> None:
        """Show that there is more below, for people who do not know scroll bars."""
        bar = self.scroll.verticalScrollBar()
        self.further.setVisible(bar.maximum() - bar.value() > 3 * GRID)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)
