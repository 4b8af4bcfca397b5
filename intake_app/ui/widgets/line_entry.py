"""Typing one line, which tells when the typing pauses; and what a pause is."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from intake_app.ui.theme import TARGET, letters, tokens

PAUSE_MS = 400
"""So long at most a typed letter waits to be saved, also while somebody types on and on (DESIGN D4)."""


class Pause(QTimer):
    """Runs out so long after the first letter that is not saved."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(PAUSE_MS)

    def begin(self) -> None:
        """Count from the first letter that is not saved: the next one must not make it wait longer."""
        if not self.isActive():
            self.start()


class LineEntry(QLineEdit):
    """One line with the same signals as `TextEntry`. `digits`: a field for numbers, always left to right."""

    changed = Signal(str)
    typing_paused = Signal(str)
    finished = Signal(str)

    def __init__(
        self, name: str, *, rtl: bool = False, digits: bool = False, widest: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._widest = widest
        self._unsaved = False
        self._given = ""
        self._digits = digits
        self.setFont(letters("answer"))
        self.setAccessibleName(name)
        right = rtl and not digits
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        if digits:
            self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._pause = Pause(self)
        self._pause.timeout.connect(self.flush)
        self.textEdited.connect(self._edited)
        policy = QSizePolicy.Policy.Maximum if widest else QSizePolicy.Policy.Expanding
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show a text, silently."""
        self._given = text
        if text != self.text():
            self.setText(text)
            self._unsaved = False
            self._pause.stop()

    def flush(self) -> None:
        """Emit `typing_paused` now if something is not yet said."""
        self._pause.stop()
        if self._unsaved:
            self._unsaved = False
            self.typing_paused.emit(self.text())

    def finish(self) -> None:
        """Say what is typed and not yet said, as leaving the field does."""
        self.flush()
        if self.text() != self._given:
            self._given = self.text()
            self.finished.emit(self._given)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finish()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.setFont(letters("answer"))
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(tokens().scaled(self._widest) if self._widest else hint.width(), max(TARGET, hint.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), tokens().scaled(160)), self.sizeHint().height())

    def _edited(self, text: str) -> None:
        if self._digits and not text.isascii():
            # a keyboard of another script gives its own digits; answers and numbers on paper have these
            place = self.cursorPosition()
            text = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text)
            self.setText(text)
            self.setCursorPosition(place)
        self._unsaved = True
        self._pause.begin()
        self.changed.emit(text)
