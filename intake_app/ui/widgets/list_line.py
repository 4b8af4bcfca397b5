"""A line of a list: title, detail, a mark, and perhaps a button at its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QWidget

from intake_app.ui.widgets.card import Divider
from intake_app.ui.widgets.growth import Parts
from intake_app.ui.widgets.layout import column, row
from intake_app.ui.widgets.text import Badge, TextLabel

_TOGETHER = 5


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


def list_parts(
    into: QBoxLayout,
    makers: Sequence[Callable[[], QWidget]],
    *,
    below: int = 0,
    gap: float = 1.5,
    first: bool = True,
    divided: bool = True,
) -> Parts:
    """Put lines into a column, `divided` by thin lines, above the last `below` things in it; a few in each part.

    `first`: nothing of the list stands there yet. Each widget that comes in sight by itself would lay out everything
    above it once more: so several come as one.
    """
    for start in range(0, len(makers), _TOGETHER):
        inside = column(gap=gap)
        for number, make in enumerate(makers[start : start + _TOGETHER], start):
            if divided and (number or not first):
                inside.addWidget(Divider())
            inside.addWidget(make())
        together = QWidget()
        together.setLayout(inside)
        into.insertWidget(into.count() - below, together)
        yield
