"""Typing several lines: a text that grows as it is typed and tells when the typing pauses."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QTextOption
from PySide6.QtWidgets import QSizePolicy, QTextEdit, QWidget

from intake_app.ui.theme import TARGET, letters, tokens
from intake_app.ui.widgets.line_entry import Pause


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
        self.setFont(letters("answer"))
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        self._rtl = rtl
        self._turn()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._pause = Pause(self)
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
        if event.type() == QEvent.Type.StyleChange:
            self.setFont(letters("answer"))
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
