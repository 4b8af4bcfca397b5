"""Two places set another next day for one person: both days beside each other, one click, and one to take it back."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from intake_app.errors import IntakeError
from intake_app.services.office import Office
from intake_app.ui.pages.shared import text
from intake_app.ui.presenters.desk import DayLine, day_told, set_day
from intake_app.ui.widgets import Answer, AnswerGrid, Card, Pair, SecondaryButton, TextLabel, row

HERE, THERE = "here", "there"


class TwoDays(Card):
    """One person's two days. `failed(IntakeError)` when a click could not be kept; it then did not happen."""

    failed = Signal(object)

    def __init__(self, office: Office, line: DayLine) -> None:
        super().__init__(TextLabel(line.words, "strong"), gap=1.5, margin=2.5)
        self._office, self._line = office, line
        answers = [Answer(HERE, Pair.plain(line.keep)), Answer(THERE, Pair.plain(line.take))]
        self.grid = AnswerGrid(answers, columns=2, tile=False, role="body")
        self.grid.set_about(line.words)
        self.grid.changed.connect(self._clicked)
        self.told = TextLabel("", "body")
        self.undo = SecondaryButton(text("Maak ongedaan"), "undo")
        self.undo.clicked.connect(self._undo)
        self.add(self.grid)
        self.add(row(self.told, None, self.undo))
        self._tell("")

    def _clicked(self, values: list[str]) -> None:
        side = values[0] if values else ""
        if side and self._keep(self._line.there if side == THERE else self._line.here):
            self._tell(side)

    def _undo(self) -> None:
        """As it stood here before the click."""
        if self._keep(self._line.here):
            self._tell("")

    def _keep(self, day: date | None) -> bool:
        try:
            set_day(self._office, self._line.participant_id, day)
        except IntakeError as error:
            self.grid.set_values([])
            self.failed.emit(error)
            return False
        return True

    def _tell(self, side: str) -> None:
        self.grid.set_values([side] if side else [])
        self.told.setText(day_told(self._line.there if side == THERE else self._line.here))
        self.undo.setVisible(side == THERE)
