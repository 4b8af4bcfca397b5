"""Typing: a text that grows as it is typed, and a single line; both tell when the typing pauses."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QTextOption
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QTextEdit, QWidget

from intake_app.ui.theme import TARGET, tokens

PAUSE_MS = 400
"""So long at most a typed letter waits to be saved, also while somebody types on and on (DESIGN D4)."""


class _Pause(QTimer):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSingleShot(True)
        self.setInterval(PAUSE_MS)

    def begin(self) -> None:
        """Count from the first letter that is not saved: the next one must not make it wait longer."""
        if not self.isActive():
            self.start()


class TextEntry(QTextEdit):
    """Several lines, growing with the text. Tab leaves it.

    Signals: `changed(text)` at each edit by a person; `typing_paused(text)` within 400 ms of it, also in the middle
    of typing, and when the field is left; `finished(text)` when it is left with another text than it was entered
    with. The text keeps its own direction, paragraph by paragraph; an empty field follows `rtl`.
    """

    changed = Signal(str)
    typing_paused = Signal(str)
    finished = Signal(str)

    def __init__(
        self, name: str, *, rtl: bool = False, lines: int = 3, most_lines: int = 9, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines = lines
        self._most_lines = most_lines
        self._silent = False
        self._unsaved = False
        self._given = ""
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        self._rtl = rtl
        self._turn()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._pause = _Pause(self)
        self._pause.timeout.connect(self.flush)
        self.textChanged.connect(self._edited)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)

    def text(self) -> str:
        """What stands in the field."""
        return self.toPlainText()

    def set_text(self, text: str) -> None:
        """Show a text, silently; what a person is typing is left alone when it is the same."""
        self._given = text
        if text == self.text():
            return
        self._silent = True
        self.setPlainText(text)
        self._silent = False
        self._unsaved = False
        self._pause.stop()
        self._turn()

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

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().lineSpacing()
        wanted = self.document().size().height() + 28
        height = max(self._lines * line + 28, min(wanted, self._most_lines * line + 28), TARGET)
        return QSize(tokens().scaled(480), round(height))

    def minimumSizeHint(self) -> QSize:
        return QSize(tokens().scaled(200), self.sizeHint().height())

    def _edited(self) -> None:
        if self._silent:
            return
        self._unsaved = True
        self._pause.begin()
        self._turn()
        self.changed.emit(self.text())

    def _turn(self) -> None:
        """What a person types goes by its own letters (as an isolate does); an empty field goes by the language."""
        empty = self._rtl and not self.text()
        wanted = Qt.LayoutDirection.RightToLeft if empty else Qt.LayoutDirection.LayoutDirectionAuto
        option = QTextOption(Qt.AlignmentFlag.AlignLeading)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(wanted)
        if self.document().defaultTextOption().textDirection() != wanted or not self.text():
            self.document().setDefaultTextOption(option)

    def _grow(self) -> None:
        self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()


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
        self.setAccessibleName(name)
        right = rtl and not digits
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight)
        if digits:
            self.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
        self._pause = _Pause(self)
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
