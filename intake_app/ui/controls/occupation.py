"""Work in someone's own words, with what the list knows of it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from intake_app.ui.controls import words
from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.controls.words import Words
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.search_entry import Hit, SearchEntry
from intake_app.ui.widgets.text import Badge


class OccupationSearchControl(QuestionControl):
    """A text that may be linked to an occupation: the own words stay the answer, the occupation goes by `picked`."""

    def build(self) -> None:
        self.search = SearchEntry(
            self.model.label.spoken,
            lambda text: self.hits(list(self.helpers.search_for(any_work=self.model.any_work)(text))),
            run=self.helpers.in_background,
            found_by=self.found_by,
            rtl=self.model.rtl,
        )
        self.search.typing_paused.connect(lambda text: self.typing.emit(self.model.ref, text))
        self.search.finished.connect(lambda text: self.answered.emit(self.model.ref, text))
        self.search.picked.connect(self._picked)
        self.link = Badge("", "good")
        self.body.addWidget(self.link)
        self.body.addWidget(self.search)

    def _picked(self, hit: Hit) -> None:
        self.search.field.finish()
        self._show_link(hit.pair)
        self.search.clear_results()
        self.picked.emit(self.model.ref, hit.id, hit.label_nl)

    def _show_link(self, pair: Pair | None) -> None:
        self.link.setVisible(pair is not None)
        if pair is not None:
            self.link.setText(self.words.pair(words.LINKED_TO, name=Words.user(pair.spoken)).main)

    def show_value(self, value: str) -> None:
        if not self.search.field.hasFocus():
            self.search.set_text(value)
        self._show_link(self.model.linked)

    def flush(self) -> None:
        self.search.field.finish()

    def first_focus(self) -> QWidget:
        return self.search.field
