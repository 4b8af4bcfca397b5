"""Searching by typing: a field, and what is found under it as cards while one types."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from intake_app.ui.widgets.answer_grid import Answer, AnswerGrid
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.layout import clear, column, row
from intake_app.ui.widgets.line_entry import LineEntry
from intake_app.ui.widgets.pair import Pair


@dataclass(frozen=True)
class Hit:
    """Something found: its id, its Dutch label, its texts for the screen, and the word it was found by."""

    id: str
    label_nl: str
    pair: Pair
    matched: str = ""


class _Field(LineEntry):
    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
            return
        super().keyPressEvent(event)


class SearchEntry(QWidget):
    """A field that looks up what is typed as soon as the typing pauses; Down goes to the results.

    `search(text)` gives the hits, best first. `run(work, done)` may do that beside the window; what was typed last
    wins, and while an answer is on its way the results before it stay.

    Signals: `changed(text)`, `typing_paused(text)`, `finished(text)`, `picked(Hit)`.
    """

    changed = Signal(str)
    typing_paused = Signal(str)
    finished = Signal(str)
    picked = Signal(object)

    def __init__(
        self,
        name: str,
        search: Callable[[str], Sequence[Hit]],
        *,
        found_by: Callable[[str], Pair] | None = None,
        rtl: bool = False,
        most: int = 6,
        run: Callable[[Callable[[], Sequence[Hit]], Callable[[Sequence[Hit]], None]], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._search, self._found_by, self._rtl, self._most = search, found_by, rtl, most
        self._run = run
        self._asked = 0
        self._hits: dict[str, Hit] = {}
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        self.field = _Field(name, rtl=rtl)
        self.field.changed.connect(self.changed)
        self.field.typing_paused.connect(self._paused)
        self.field.finished.connect(self.finished)
        self.field.returnPressed.connect(self.field.flush)
        self.field.down.connect(self._to_results)
        self.results: AnswerGrid | None = None
        self._place = column(gap=0)
        self.setLayout(column(row(IconMark("search", "ink_soft", 28), self.field, gap=1), self._place, gap=1))

    def text(self) -> str:
        """What is typed."""
        return self.field.text()

    def set_text(self, text: str) -> None:
        """Show a text, silently."""
        self.field.set_text(text)

    def clear_results(self) -> None:
        """Take the results away; an answer that is still on its way comes too late."""
        self._asked += 1
        clear(self._place)
        self.results = None
        self._hits = {}

    def _paused(self, text: str) -> None:
        self.typing_paused.emit(text)
        self.look_up(text)

    def look_up(self, text: str) -> None:
        """Show what is found for a text."""
        text = text.strip()
        if not text or self._run is None:
            self._show(self._search(text) if text else ())
            return
        self._asked += 1
        asked = self._asked

        def tell(hits: Sequence[Hit]) -> None:
            if isValid(self) and asked == self._asked:
                self._show(hits)

        self._run(lambda: self._search(text), tell)

    def _show(self, found: Sequence[Hit]) -> None:
        self.clear_results()
        hits = list(found)[: self._most]
        if not hits:
            return
        self._hits = {hit.id: hit for hit in hits}
        answers = [Answer(hit.id, hit.pair, note=self._note(hit)) for hit in hits]
        self.results = AnswerGrid(answers, tile=False, columns=2, least=280, rtl=self._rtl, role="strong")
        self.results.changed.connect(self._chosen)
        self._place.addWidget(self.results)

    def _note(self, hit: Hit) -> Pair | None:
        if not hit.matched or self._found_by is None or hit.matched.casefold() == hit.label_nl.casefold():
            return None
        return self._found_by(hit.matched)

    def _to_results(self) -> None:
        self.field.flush()
        if self.results is not None and (first := self.results.first_focus()) is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _chosen(self, values: list[str]) -> None:
        if values:
            self.picked.emit(self._hits[values[0]])
