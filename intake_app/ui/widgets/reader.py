"""A page of a manual to read: headings, lists, tables and pictures from a Markdown text, as wide as there is room."""

from __future__ import annotations

import re
from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QResizeEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from intake_app.ui.theme import GRID, letters, tokens

_NOT_IN_A_NAME = re.compile(r"[^\w\- ]")


class Reader(QTextBrowser):
    """Shows a text that was read already, with its pictures. The arrow keys scroll; Tab goes from link to link.

    Signals: `followed(target)`: a link was chosen; `resized()`: there is another width for pictures.
    """

    followed = Signal(str)
    resized = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures: Mapping[str, QImage] = {}
        self._markdown, self._look = "", self._look_now()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        # The width must not change when the text turns out to be long: its pictures were made for it.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFont(letters("body"))
        self.document().setDocumentMargin(GRID * 2)
        self.anchorClicked.connect(lambda url: self.followed.emit(url.toString()))

    def room(self) -> int:
        """The width for a picture, in logical pixels."""
        return max(1, self.viewport().width() - round(2 * self.document().documentMargin()) - GRID)

    def read(self, markdown: str, pictures: Mapping[str, QImage]) -> None:
        """Show a text; `pictures` by the name that it uses for them."""
        self._markdown, self._pictures, self._look = markdown, pictures, self._look_now()
        self.document().setDefaultFont(letters("body"))
        self.setMarkdown(markdown)

    @staticmethod
    def _look_now() -> tuple[object, object]:
        """What a text that was read keeps: how large its letters are, and the colour of its links."""
        return tokens().size, tokens().colours

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._look != self._look_now():
            bar = self.verticalScrollBar()
            part = bar.value() / max(1, bar.maximum())
            self.setFont(letters("body"))
            self.read(self._markdown, self._pictures)
            bar.setValue(round(part * bar.maximum()))

    def to_heading(self, name: str) -> None:
        """Scroll to a heading by the name a link has for it; an unknown one changes nothing."""
        block: QTextBlock = self.document().begin()
        while block.isValid():
            said = _NOT_IN_A_NAME.sub("", block.text().lower()).replace(" ", "-")
            if block.blockFormat().headingLevel() and said == name:
                self.moveCursor(QTextCursor.MoveOperation.End)
                self.setTextCursor(QTextCursor(block))
                return
            block = block.next()

    def loadResource(self, kind: int, name: QUrl) -> object:
        if kind == QTextDocument.ResourceType.ImageResource.value:
            return self._pictures.get(name.toString(), QImage())
        return super().loadResource(kind, name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resized.emit()
