"""How far long work is: a bar with a line of words above it."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from intake_app.ui.widgets.layout import column
from intake_app.ui.widgets.text import TextLabel

_STEPS = 1000


class ProgressLine(QWidget):
    """Shows a share (0-1) that never goes back, and says it to a screen reader."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = TextLabel("", "body")
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.setLayout(column(self.label, self.bar, gap=1))

    @property
    def share(self) -> float:
        """The share that is shown."""
        return self.bar.value() / _STEPS

    def begin(self, words: str) -> None:
        """Nothing is done yet."""
        self.bar.setValue(0)
        self._say(words)

    def tell(self, share: float, words: str) -> None:
        """So much is done."""
        self.bar.setValue(max(self.bar.value(), round(share * _STEPS)))
        self._say(words)

    def _say(self, words: str) -> None:
        self.label.setText(words)
        self.bar.setAccessibleName(words)
