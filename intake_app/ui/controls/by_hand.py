"""What the counsellor changes in the list of proposals: put higher or lower, taken away, added; each with a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.i18n.gettext import mark, translator
from intake_app.ui.controls.model import Helpers, ListChange, QuestionModel
from intake_app.ui.widgets.answer_grid import Answer, AnswerGrid
from intake_app.ui.widgets.buttons import QuietButton, SecondaryButton
from intake_app.ui.widgets.card import Card
from intake_app.ui.widgets.layout import column, row
from intake_app.ui.widgets.line_entry import LineEntry
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.search_entry import Hit, SearchEntry
from intake_app.ui.widgets.text import TextLabel

CHANGE_LIST = mark("Voor de begeleider: de lijst aanpassen")
WHY = mark("Waarom? (kort)")
WHICH = mark("Welk beroep?")
# Translators: put a proposed occupation one place higher in the list.
HIGHER = mark("Hoger")
# Translators: put a proposed occupation one place lower in the list.
LOWER = mark("Lager")
TAKE_AWAY = mark("Haal weg uit de lijst")
ADD = mark("Zet er een beroep bij. Zoek het hier.")
FOUND_BY = mark("gevonden met: {word}")
REASON_FIRST = mark("Schrijf eerst waarom. De reden blijft bij het gesprek staan.")
LONGEST = 120


class ByHand(Card):
    """Folded until the counsellor opens it, in Dutch. `asked(ListChange)`; `folded()` when it opened or closed."""

    asked = Signal(object)
    folded = Signal()

    def __init__(self, model: QuestionModel, helpers: Helpers, parent: QWidget | None = None) -> None:
        super().__init__(kind="sunken", gap=1, margin=2, parent=parent)
        self.setObjectName("counsellor_only")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._say = translator("nl").text
        self._order = [item.id for item in model.rows]
        self._model, self._helpers = model, helpers
        self.fold = QuietButton(self._say(CHANGE_LIST), "down", parent=self)
        self.fold.clicked.connect(lambda: self.open(not self.inside.isVisibleTo(self)))
        self.inside = QWidget(self)
        self.inside.hide()
        self.add(row(self.fold, None))
        self.add(self.inside)

    def open(self, opened: bool) -> None:
        """Open or close it; what is in it is made when it is opened for the first time."""
        if opened and self.inside.layout() is None:
            self.inside.setLayout(self._body(self._model, self._helpers))
            self._may()
        self.inside.setVisible(opened)
        if self.fold.mark:
            self.fold.mark.set_icon("up" if opened else "down")
        self.folded.emit()

    def _body(self, model: QuestionModel, helpers: Helpers):
        self.which = AnswerGrid(
            [Answer(item.id, Pair.plain(item.dutch)) for item in model.rows],
            tile=False,
            columns=3,
            least=240,
            role="strong",
            parent=self,
        )
        self.which.set_about(self._say(WHICH))
        self.which.changed.connect(lambda _values: self._may())
        self.reason = LineEntry(self._say(WHY))
        self.reason.setPlaceholderText(self._say(WHY))
        self.reason.setMaxLength(LONGEST)
        self.reason.changed.connect(lambda _text: self._may())
        self.higher = SecondaryButton(self._say(HIGHER), "up")
        self.lower = SecondaryButton(self._say(LOWER), "down")
        self.take_away = SecondaryButton(self._say(TAKE_AWAY), "trash")
        self.higher.clicked.connect(lambda: self._move(-1))
        self.lower.clicked.connect(lambda: self._move(1))
        self.take_away.clicked.connect(lambda: self._ask("remove", self._chosen()))
        self.note = TextLabel(self._say(REASON_FIRST), "small")
        self.search = SearchEntry(
            self._say(ADD),
            lambda text: [Hit(f.id, f.label_nl, Pair.plain(f.label_nl), f.matched) for f in self._found(helpers, text)],
            found_by=lambda word: Pair.plain(self._say(FOUND_BY).format(word=word)),
            run=helpers.in_background,
        )
        self.search.picked.connect(lambda hit: self._ask("insert", hit.id))
        told = row(self.reason, self.higher, self.lower, self.take_away, gap=1)
        told.setStretch(0, 1)
        which = TextLabel(self._say(WHICH), "strong")
        return column(which, self.which, told, self.note, TextLabel(self._say(ADD), "strong"), self.search, gap=1)

    def _found(self, helpers: Helpers, text: str):
        return [found for found in helpers.search_occupations(text) if found.id not in self._order]

    def _chosen(self) -> str:
        return next(iter(self.which.values()), "")

    def _may(self) -> None:
        told, chosen = bool(self.reason.text().strip()), self._chosen()
        place = self._order.index(chosen) if chosen else -1
        self.higher.setEnabled(told and place > 0)
        self.lower.setEnabled(told and 0 <= place < len(self._order) - 1)
        self.take_away.setEnabled(told and place >= 0)
        self.search.setEnabled(told)
        self.note.setVisible(not told)

    def _move(self, step: int) -> None:
        chosen = self._chosen()
        self._ask("move", chosen, self._order.index(chosen) + step)

    def _ask(self, what: str, occupation: str, place: int = 0) -> None:
        self.asked.emit(ListChange(what, occupation, self.reason.text().strip(), place))
