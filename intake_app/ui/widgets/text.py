"""Texts in one language: labels with a role of the type scale, and badges."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def restyle(widget: QWidget) -> None:
    """Let the stylesheet look again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.updateGeometry()


class TextLabel(QLabel):
    """Wrapped plain text with a role of the type scale and a direction of its own."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        *,
        rtl: bool | None = False,
        tall: bool = False,
        on: str = "",
        tone: str = "",
        wrap: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("role", role)
        self.setProperty("tall", "true" if tall else "false")
        if on:
            self.setProperty("on", on)
        if tone:
            self.setProperty("tone", tone)
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(wrap)
        self.setSizePolicy(policy)
        if rtl is not None:
            self.set_rtl(rtl)

    def set_rtl(self, rtl: bool) -> None:
        """The direction of this text, whatever the direction of what is around it."""
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)


class Badge(QLabel):
    """A short word on a coloured ground: kind is plain, info, good, warning, error or gap."""

    def __init__(self, text: str, kind: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("badge", kind)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_badge(self, text: str, kind: str) -> None:
        """Show another word of another kind."""
        self.setText(text)
        self.setProperty("badge", kind)
        restyle(self)
