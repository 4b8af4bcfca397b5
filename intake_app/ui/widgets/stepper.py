"""A number with a large minus and plus."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from intake_app.i18n.gettext import mark, translator
from intake_app.ui.theme import tokens
from intake_app.ui.widgets.buttons import IconButton
from intake_app.ui.widgets.layout import row
from intake_app.ui.widgets.pressable import Look
from intake_app.ui.widgets.text import TextLabel

_LESS = mark("Minder")
_MORE = mark("Meer")


class Stepper(QWidget):
    """A whole number between `least` and `most` in steps; `show` turns it into text. Emits `changed(value)`.

    The arrow keys do the same as the buttons. `around`: after the last comes the first, as on a clock.
    """

    changed = Signal(int)

    def __init__(
        self,
        name: str,
        least: int,
        most: int,
        *,
        step: int = 1,
        value: int | None = None,
        show: Callable[[int], str] = str,
        around: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._least, self._most, self._step, self._show, self._around = least, most, step, show, around
        self._value = least if value is None else value
        self._name = name
        words = translator("nl")
        # Numbers run from left to right in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.less = IconButton("minus", f"{name}: {words.text(_LESS)}", look=Look.SECONDARY)
        self.more = IconButton("plus", f"{name}: {words.text(_MORE)}", look=Look.SECONDARY)
        self.label = TextLabel("", "question", wrap=False)
        self.label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.less.quick = self.more.quick = True
        self.less.clicked.connect(lambda: self._go(-1))
        self.more.clicked.connect(lambda: self._go(1))
        self.setLayout(row(self.less, self.label, self.more, gap=1))
        self._fit()
        self._tell()

    def value(self) -> int:
        """The number shown."""
        return self._value

    def set_value(self, value: int) -> None:
        """Show a number, silently; outside the bounds it is brought inside."""
        self._value = min(max(value, self._least), self._most)
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Right):
            self._go(1)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Left):
            self._go(-1)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self._fit()
        super().changeEvent(event)

    def _fit(self) -> None:
        self.label.setMinimumWidth(tokens().scaled(88))

    def _go(self, direction: int) -> None:
        value = self._value + direction * self._step
        if self._around and value > self._most:
            value = self._least
        elif self._around and value < self._least:
            value = self._most - (self._most - self._least) % self._step
        if self._least <= value <= self._most and value != self._value:
            self._value = value
            self._tell()
            self.changed.emit(value)

    def _tell(self) -> None:
        text = self._show(self._value)
        self.label.setText(text)
        self.setAccessibleName(f"{self._name}: {text}")
        self.less.setEnabled(self._around or self._value > self._least)
        self.more.setEnabled(self._around or self._value < self._most)
