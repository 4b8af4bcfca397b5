"""A line of a list: title, detail, a mark, and perhaps a button at its end."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from intake_app.ui.widgets.layout import column, row
from intake_app.ui.widgets.text import Badge, TextLabel


class ListLine(QWidget):
    """Says its three texts to a screen reader in one go. `badge_kind` is info, good or warning."""

    def __init__(
        self,
        title: str,
        detail: str,
        badge: str = "",
        badge_kind: str = "info",
        button: QWidget | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        inside = row(gap=1.5)
        inside.addLayout(column(TextLabel(title, "strong"), TextLabel(detail, "small"), gap=0.25), 1)
        if badge:
            inside.addWidget(Badge(badge, badge_kind), 0, Qt.AlignmentFlag.AlignTop)
        if button is not None:
            inside.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(inside)
        self.setAccessibleName(". ".join(part for part in (title, detail, badge) if part))
