"""Occupations: what was proposed with its reasons, and choosing a direction or not yet."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from intake_app.ui.controls import words
from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.controls.by_hand import ByHand
from intake_app.ui.controls.model import QuestionModel, RowModel
from intake_app.ui.controls.rows import Reasons, RowsControl, shape_of
from intake_app.ui.widgets.answer_grid import Answer, AnswerGrid
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.buttons import QuietButton
from intake_app.ui.widgets.card import Card
from intake_app.ui.widgets.layout import Tiles, row
from intake_app.ui.widgets.pictogram import PictogramLabel
from intake_app.ui.widgets.search_entry import Hit, SearchEntry

_MOST = 3
_NOT_YET = "not_yet"


class SuggestionsControl(RowsControl):
    """Occupations side by side: name, how it fits in words, why and why not, and nice, maybe or not for me.

    Two of them can be put beside each other; the counsellor changes the list by hand, folded below.
    """

    def build(self) -> None:
        opened = {ref for ref, shown in getattr(self, "reasons", {}).items() if shown.opened}
        unfolded = hasattr(self, "by_hand") and self.by_hand.inside.isVisibleTo(self.by_hand)
        self.grids = {}
        self.reasons: dict[str, Reasons] = {}
        self.comparing: dict[str, QuietButton] = {}
        tiles = Tiles(280, 3, 2, self, evened=False)
        tiles.setLayoutDirection(self.layoutDirection())
        for item in self.model.rows:
            tiles.add_tile(self._card(item, tiles))
        for ref in opened & set(self.reasons):
            self.reasons[ref].open(True)
        self.one_more = BilingualLabel(self.words.pair(words.ONE_MORE_TO_COMPARE), "small", parent=self)
        self.one_more.hide()
        self.by_hand = ByHand(self.model, self.helpers, self)
        self.by_hand.asked.connect(self.changed_by_hand)
        self.by_hand.folded.connect(self.folded)
        self.by_hand.open(unfolded)
        self.body.addWidget(tiles)
        self.body.addWidget(self.one_more)
        self.body.addWidget(self.by_hand)
        self.by_hand.setVisible(self.helpers.counsellor_here)

    def _card(self, item: RowModel, tiles: Tiles) -> Card:
        card = Card(gap=1, margin=2, parent=tiles)
        name = BilingualLabel(self.model.pair(item), "strong", parent=card)
        head = row(PictogramLabel(item.pictogram, 56, card, told=self.model.pair(item).spoken), gap=1.5)
        head.addWidget(name, 1)
        card.add(head)
        if item.notice:
            card.add(BilingualLabel(item.notice, "small", parent=card))
        fit = BilingualLabel(item.fit, "fit", parent=card) if item.fit else None
        if item.reasons:
            weigh = self.helpers.weigh
            asked = (lambda: weigh(item.id)) if weigh else None
            self.reasons[item.ref] = Reasons(item.reasons, self.words, fit, asked, card)
            self.reasons[item.ref].button.setAccessibleDescription(self.model.pair(item).spoken)
            self.reasons[item.ref].turned.connect(self.folded)
            card.add(self.reasons[item.ref])
        elif fit:
            card.add(fit)
        card.body.addStretch(1)
        grid = AnswerGrid(
            self.row_answers(item),
            columns=1,
            tile=False,
            picture=36,
            rtl=self.model.rtl,
            role="strong",
            least=200,
            parent=card,
        )
        grid.set_about(self.model.pair(item).spoken)
        grid.changed.connect(lambda values, ref=item.ref: self.answered.emit(ref, " ".join(values)))
        self.grids[item.ref] = grid
        card.add(grid)
        if len(self.model.rows) > 1 and self.helpers.counsellor_here:
            card.add(self._compare_button(item, card))
        card.setAccessibleName(self.model.pair(item).spoken)
        return card

    def _compare_button(self, item: RowModel, card: Card) -> QuietButton:
        button = QuietButton(self.words.pair(words.COMPARE), "people", parent=card)
        button.setCheckable(True)
        button.setAccessibleDescription(self.model.pair(item).spoken)
        button.clicked.connect(self._compare)
        self.comparing[item.id] = button
        return button

    def _compare(self) -> None:
        """The second one that is chosen shows both."""
        chosen = [name for name, button in self.comparing.items() if button.isChecked()]
        self.one_more.setVisible(len(chosen) == 1)
        if len(chosen) == 2:
            for name in chosen:
                self.comparing[name].setChecked(False)
            self.compared.emit(*chosen)


class ChooseDirectionControl(QuestionControl):
    """Up to three directions, or "nog niet kiezen" (`parts`); another occupation can be found by searching."""

    def build(self) -> None:
        self.not_yet: QuestionModel | None = self.model.parts[0] if self.model.parts else None
        answers = [Answer(item.ref, self.model.pair(item), item.pictogram, note=item.fit) for item in self.model.rows]
        if self.not_yet:
            answers.append(Answer(_NOT_YET, self.not_yet.label, self.not_yet.picture or "", exclusive=True))
        self.grid = AnswerGrid(answers, many=True, most=_MOST, columns=4, least=200, rtl=self.model.rtl, parent=self)
        self.grid.set_about(self.model.label.spoken)
        self.grid.changed.connect(self._changed)
        self.grid.full.connect(self.too_many)
        self.search = SearchEntry(
            self.words.pair(words.SEARCH_OTHER_WORK).spoken,
            lambda text: self.hits(list(self.helpers.search_occupations(text))),
            run=self.helpers.in_background,
            found_by=self.found_by,
            rtl=self.model.rtl,
        )
        self.search.picked.connect(self._picked)
        title = BilingualLabel(self.words.pair(words.SEARCH_OTHER_WORK), "strong")
        self.body.addWidget(self.grid)
        self.body.addWidget(Card(title, self.search, kind="sunken", gap=1, margin=2))
        self._before: set[str] = set()

    def _changed(self, values: list[str]) -> None:
        chosen, before = set(values), self._before
        self._before = chosen
        # What goes off goes first: the form takes "nog niet" only when no row says yes, and the other way round.
        for value in sorted(before - chosen):
            self._emit(value, "no")
        for value in values:
            if value not in before:
                self._emit(value, "yes")

    def _emit(self, value: str, answer: str) -> None:
        if value != _NOT_YET:
            self.answered.emit(value, answer)
        elif self.not_yet:
            self.answered.emit(self.not_yet.ref, answer)

    def keep_body(self, before: QuestionModel) -> bool:
        parts = [part.ref for part in before.parts] == [part.ref for part in self.model.parts]
        if parts and self.model.parts:
            self.not_yet = self.model.parts[0]
        return parts and shape_of(before) == shape_of(self.model)

    def show_value(self, _value: str) -> None:
        chosen = {item.ref for item in self.model.rows if item.value == "yes"}
        if self.not_yet and self.not_yet.value == "yes":
            chosen.add(_NOT_YET)
        self._before = chosen
        self.grid.set_values(chosen)

    def _picked(self, hit: Hit) -> None:
        self.search.set_text("")
        self.search.clear_results()
        self.picked.emit(self.model.ref, hit.id, hit.label_nl)

    def first_focus(self) -> QWidget | None:
        return self.grid.first_focus()
