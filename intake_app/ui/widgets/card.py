"""A panel that holds things that belong together, and a thin line between them."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from intake_app.ui.theme import GRID


class Card(QFrame):
    """A white panel with rounded corners; `kind` sunken is a panel a shade darker than the page."""

    def __init__(
        self,
        *parts: QWidget | QLayout,
        kind: str = "card",
        gap: float = 2,
        margin: float = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", kind)
        self.body = QVBoxLayout(self)
        side = round(GRID * margin)
        self.body.setContentsMargins(side, side, side, side)
        self.body.setSpacing(round(GRID * gap))
        for part in parts:
            self.add(part)

    def add(self, part: QWidget | QLayout) -> None:
        """Put a part under what is there."""
        if isinstance(part, QLayout):
            self.body.addLayout(part)
        else:
            self.body.addWidget(part)


class Divider(QFrame):
    """A thin line."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "line")
