"""Lists on one screen, a reaction per row: tasks of a job, levels, skills to confirm, offers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.ui.controls import words
from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.controls.model import QuestionModel, RowModel, Weighed
from intake_app.ui.controls.words import Words
from intake_app.ui.widgets.answer_grid import AnswerGrid
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.buttons import QuietButton
from intake_app.ui.widgets.card import Card
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.layout import column, row
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.pictogram import PictogramLabel
from intake_app.ui.widgets.search_entry import Hit, SearchEntry


def shape_of(model: QuestionModel) -> list[tuple[object, ...]]:
    """Everything of the rows but their values."""
    return [(r.ref, r.id, r.own, r.dutch, r.choices, r.evidence, r.fit, r.reasons, r.notice) for r in model.rows]


class RowsControl(QuestionControl):
    """A row per item: picture, texts and what it rests on at the start, the reactions at the end."""

    picture = 64

    def build(self) -> None:
        self.grids: dict[str, AnswerGrid] = {}
        for item in self.model.rows:
            self.body.addWidget(self._row(item))

    def _row(self, item: RowModel) -> Card:
        card = Card(margin=1.5, parent=self)
        grid = self.make_grid(item, card)
        grid.set_about(self.model.pair(item).spoken)
        grid.set_values(item.value.split())
        grid.changed.connect(lambda values, ref=item.ref: self.answered.emit(ref, " ".join(values)))
        self.grids[item.ref] = grid
        picture = PictogramLabel(item.pictogram, self.picture, card, told=self.model.pair(item).spoken)
        texts = column(None, BilingualLabel(self.model.pair(item), "strong", parent=card), gap=0.5)
        for extra, role in ((item.fit, "fit"), (item.evidence, "small")):
            if extra:
                texts.addWidget(BilingualLabel(extra, role, parent=card))
        if item.reasons:
            reasons = Reasons(item.reasons, self.words, parent=card)
            reasons.button.setAccessibleDescription(self.model.pair(item).spoken)
            texts.addWidget(reasons)
        texts.addStretch(1)
        told = row(picture, gap=2)
        told.addLayout(texts, 1)
        card.add(Halves(told, column(None, grid, None, gap=0), shares=(5, 6), parent=card))
        card.setAccessibleName(self.model.pair(item).spoken)
        return card

    def make_grid(self, item: RowModel, parent: QWidget) -> AnswerGrid:
        """The reactions of a row."""
        answers = self.row_answers(item)
        columns = min(3, len(answers))
        # Two answers stand below each other rather than in columns of one word a line.
        least = 200 if columns == 2 else 140
        return AnswerGrid(
            answers,
            many=item.many,
            columns=columns,
            least=least,
            tile=False,
            picture=32,
            rtl=self.model.rtl,
            role="strong",
            parent=parent,
        )

    def keep_body(self, before: QuestionModel) -> bool:
        return shape_of(before) == shape_of(self.model) and before.parts == self.model.parts

    def show_value(self, _value: str) -> None:
        for item in self.model.rows:
            self.grids[item.ref].set_values(item.value.split())

    def first_focus(self) -> QWidget | None:
        grid = next(iter(self.grids.values()), None)
        return grid.first_focus() if grid else None


class Reasons(QWidget):
    """Reasons behind a "waarom?" that opens and closes; `beside` stands before the button, on its line.

    With `weigh` it also tells why not, and what would change it, asked for when it is opened for the first time.
    `turned()` when it opened or closed.
    """

    turned = Signal()

    def __init__(
        self,
        reasons: tuple[Pair, ...],
        said: Words,
        beside: QWidget | None = None,
        weigh: Callable[[], Weighed] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words, self._reasons, self._weigh = said, reasons, weigh
        self.button = QuietButton(said.pair(words.WHY), "down", parent=self)
        self.button.setCheckable(False)
        self.list = QWidget(self)
        self._lines = column(gap=1, margin=0.5)
        self.list.setLayout(self._lines)
        self.list.hide()
        self.button.clicked.connect(lambda: self.open(not self.opened))
        line = row(self.button) if beside else row(self.button, None)
        if beside:
            line.insertWidget(0, beside, 1, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(column(line, self.list, gap=0))

    @property
    def opened(self) -> bool:
        """Whether the reasons are in sight."""
        return self.list.isVisibleTo(self)

    def open(self, opened: bool) -> None:
        """Show the reasons, or put them away. Most are never asked for: they are made when they are."""
        if opened:
            for reason in self._reasons:
                self._lines.addWidget(BilingualLabel(reason, "small", parent=self.list))
            self._reasons = ()
        if opened and self._weigh is not None:
            weighed, self._weigh = self._weigh(), None
            for title, lines in ((words.WHY_NOT, weighed.against), (words.WHAT_HELPS, weighed.changes)):
                for place, line in enumerate(lines):
                    if place == 0:
                        self._lines.addWidget(BilingualLabel(self._words.pair(title), "strong"))
                    self._lines.addWidget(BilingualLabel(line, "small"))
        self.list.setVisible(opened)
        if self.button.mark:
            self.button.mark.set_icon("up" if opened else "down")
        self.turned.emit()


class SkillsCheckControl(RowsControl):
    """Skills with what they rest on, to confirm or remove; another one can be found by searching (`picked`)."""

    def build(self) -> None:
        super().build()
        self.search = SearchEntry(
            self.words.pair(words.ADD_SKILL).spoken,
            lambda text: self.hits(list(self.helpers.search_skills(text))),
            run=self.helpers.in_background,
            found_by=self.found_by,
            rtl=self.model.rtl,
        )
        self.search.picked.connect(self._picked)
        title = BilingualLabel(self.words.pair(words.ADD_SKILL), "strong")
        self.body.addWidget(Card(title, self.search, kind="sunken", gap=1, margin=2))

    def _picked(self, hit: Hit) -> None:
        self.search.set_text("")
        self.search.clear_results()
        self.picked.emit(self.model.ref, hit.id, hit.label_nl)
