"""What every question control shares: question, picture, hint, message, and the signals that carry answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.ui.controls import words
from intake_app.ui.controls.model import ChoiceModel, Found, Helpers, QuestionModel, RowModel
from intake_app.ui.controls.silent import SilentSign
from intake_app.ui.controls.words import Words
from intake_app.ui.widgets.answer_card import Answer
from intake_app.ui.widgets.answer_grid import AnswerGrid
from intake_app.ui.widgets.bilingual import Arrange, BilingualLabel
from intake_app.ui.widgets.layout import column, let_go, row
from intake_app.ui.widgets.message_bar import MessageBar, MessageKind
from intake_app.ui.widgets.near_message import NearMessage
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.pictogram import PictogramLabel, has_pictogram
from intake_app.ui.widgets.search_entry import Hit

_LONG = 90
"""A question with more letters than this is set smaller, so that the answers stay in sight."""


_SENTENCE_END = ". "


def _answer(choice: ChoiceModel, pair: Pair) -> Answer:
    """A choice as an answer: its first sentence is what one chooses, what follows explains it in small."""
    first, second = pair.own.partition(_SENTENCE_END), pair.dutch.partition(_SENTENCE_END)
    if pair.gap or not second[2] or (pair.own and not first[2]):
        return Answer(choice.value, pair, choice.pictogram, choice.exclusive)
    name, note = Pair(first[0], second[0], pair.language), Pair(first[2], second[2], pair.language)
    return Answer(choice.value, name, choice.pictogram, choice.exclusive, note=note)


class QuestionControl(QWidget):
    """A question on the participant's half of the screen. Subclasses fill `body` in `build` and mind `show_value`.

    Signals: `answered(ref, value)` an answer to keep; `typing(ref, text)` a text still being typed, to keep as well;
    `picked(ref, id, Dutch label)` something found by searching that becomes a row or a link.
    `compared(id, id)`: two occupations go side by side; `changed_by_hand(ListChange)`: the counsellor changes
    the list of proposals; `folded()`: something that can have the keyboard came or went; `told(pairs)`: something
    was said beside a card that was tapped; `turned(ref, stage)`: a person went to another inner screen.
    Showing values from code emits nothing.
    """

    answered = Signal(str, str)
    typing = Signal(str, str)
    picked = Signal(str, str, str)
    compared = Signal(str, str)
    changed_by_hand = Signal(object)
    folded = Signal()
    told = Signal(object)
    turned = Signal(str, str)
    head_picture = 72
    """The side of the picture beside the question."""

    def __init__(self, model: QuestionModel, helpers: Helpers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.helpers = helpers
        self.words = Words(model.language)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if model.rtl else Qt.LayoutDirection.LeftToRight)
        role = "question" if len(model.label.main) <= _LONG else "title"
        self.question = BilingualLabel(self.heading(), role, arrange=Arrange.BESIDE, parent=self)
        self._hint: BilingualLabel | None = None
        self._silent: SilentSign | None = None
        self._message: MessageBar | None = None
        self.near: NearMessage | None = None
        self._texts = column(None, self.question, None, gap=1)
        self.body = QVBoxLayout()
        self.body.setSpacing(16)
        self.setLayout(column(self._head(), self.body, gap=2))
        self.setAccessibleName(model.label.spoken)
        self._show_frame()
        self.build()
        self.show_value(model.value)

    def _head(self) -> QHBoxLayout:
        head, name = row(gap=2.5), self.model.picture
        if has_pictogram(name):
            picture = PictogramLabel(name, self.head_picture, self, told=self.model.label.spoken)
            head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(self._texts, 1)
        return head

    @property
    def message(self) -> MessageBar:
        """What is said of the answer, under the question; made when there is something to say for the first time."""
        if self._message is None:
            self._message = MessageBar(parent=self)
            self.layout().insertWidget(1, self._message)
        return self._message

    def hush(self) -> None:
        """Say nothing under the question, nor beside a card."""
        if self._message is not None:
            self._message.say(MessageKind.INFO, "")
        if self.near is not None:
            self.near.hide()

    def build(self) -> None:
        """Make what is answered with."""

    def show_value(self, value: str) -> None:
        """Show an answer, silently."""

    def flush(self) -> None:
        """Say what is typed and not yet said; pages call it before they go on."""

    def advance(self) -> bool:
        """Go to the next inner screen; False when this control has none left and the page may go on."""
        return False

    def retreat(self) -> bool:
        """Go to the inner screen before; False when the page may go back."""
        return False

    @property
    def stage(self) -> str:
        """The inner screen in sight; "" where there is one only."""
        return ""

    def show_inner(self, stage: str) -> None:
        """Go to an inner screen that was reached elsewhere, silently; one that is not there changes nothing."""

    def first_focus(self) -> QWidget | None:
        """Where the keyboard begins."""
        return None

    def refresh(self, model: QuestionModel) -> None:
        """Take over a new state of the same question; what can be answered is only rebuilt when it changed."""
        before, self.model = self.model, model
        self._show_frame()
        if (before.choices, before.rows, before.parts, before.examples) != (
            model.choices,
            model.rows,
            model.parts,
            model.examples,
        ) and not self.keep_body(before):
            let_go(self.body)
            self.build()
        self.show_value(model.value)

    def keep_body(self, before: QuestionModel) -> bool:
        """Whether the body can stay as it is although the model changed since `before` (only values moved)."""
        return False

    def say(self, kind: MessageKind, what: Pair, what_to_do: Pair | str = "") -> None:
        """Show a message under the question."""
        self.message.say(kind, what, what_to_do)

    def heading(self) -> Pair:
        """What is asked above the answers in sight."""
        return self.model.label

    def _show_frame(self) -> None:
        model, heading = self.model, self.heading()
        self.question.set_pair(heading)
        if not heading:
            self.question.hide()
        elif self.question.isHidden():
            self.question.show()
        self._hint = self._line(self._hint, 2, "body", model.hint)
        if model.silent and self._silent is None:
            self._silent = SilentSign(self.words, self)
            self._texts.insertWidget(self._texts.count() - 1, self._silent)
        if model.message:
            self.say(MessageKind.WARNING, self.words.pair(self._wrong()), model.message)
        else:
            self.hush()
        self.setEnabled(not model.readonly)

    def _wrong(self) -> str:
        """What is wrong in a few words: an answer that is not there yet is not a bad one."""
        if self.model.value.strip():
            return words.NOT_TAKEN
        return words.NOT_FILLED if self.model.control == "input" else words.NOT_CHOSEN

    def _line(self, label: BilingualLabel | None, place: int, role: str, pair: Pair) -> BilingualLabel | None:
        """A line under the question, made when it is needed for the first time."""
        if label is None and pair:
            label = BilingualLabel(pair, role, arrange=Arrange.BESIDE, parent=self)
            self._texts.insertWidget(place, label)
        elif label is not None:
            label.set_pair(pair)
            label.setVisible(bool(pair))
        return label

    def too_many(self, most: int) -> None:
        """Say that no more than `most` may be chosen, beside the card that was tapped."""
        what, what_to_do = self.words.pair(words.ONLY_SO_MANY, count=most), self.words.pair(words.TAKE_ONE_AWAY)
        grid = self.sender()
        card = grid.refused if isinstance(grid, AnswerGrid) else None
        if card is None:
            self.say(MessageKind.INFO, what, what_to_do)
            return
        if self.near is None:
            self.near = NearMessage(parent=self)
        self.near.say_near(card, MessageKind.INFO, what, what_to_do)
        self.told.emit((what, what_to_do))

    def answers_of(self, model: QuestionModel) -> list[Answer]:
        """The choices of a question as answers."""
        return [_answer(choice, model.pair(choice)) for choice in model.choices]

    def row_answers(self, item: RowModel) -> list[Answer]:
        """The choices of a row as answers."""
        return [
            Answer(choice.value, self.model.pair(choice), choice.pictogram, choice.exclusive) for choice in item.choices
        ]

    def hits(self, found: list[Found]) -> list[Hit]:
        """What a search found, with texts for the screen."""
        return [Hit(f.id, f.label_nl, Pair(f.own, f.label_nl, self.model.language), f.matched) for f in found]

    def found_by(self, word: str) -> Pair:
        """By which word something was found."""
        return self.words.pair(words.FOUND_BY, word=Words.user(word))
