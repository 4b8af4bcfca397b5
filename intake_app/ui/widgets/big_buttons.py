"""Buttons with a title and a line of help: the large one a page begins with, and one row of a list to open."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from intake_app.ui.theme import GRID, TARGET, tokens
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.layout import column, row
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.pressable import Look, Pressable
from intake_app.ui.widgets.text import Badge


def _pair(text: Pair | str) -> Pair:
    return Pair.plain(text) if isinstance(text, str) else text


class HeroButton(Pressable):
    """The one thing a person came for, as large as a hand: icon, title, a line of help."""

    def __init__(self, title: Pair | str, help_text: Pair | str = "", icon: str = "", parent: QWidget | None = None):
        super().__init__(Look.PRIMARY, parent)
        first, then = _pair(title), _pair(help_text)
        texts: list[QWidget | None] = [None, BilingualLabel(first, "display", on="primary")]
        if then:
            texts.append(BilingualLabel(then, "body", on="primary"))
        parts: list[QWidget] = [IconMark(icon, "primary_ink", 72)] if icon else []
        layout = row(*parts, gap=2)
        layout.addLayout(column(*texts, None, gap=0.5), 1)
        layout.addWidget(IconMark("next", "primary_ink", 44))
        layout.setContentsMargins(GRID * 3, GRID * 3, GRID * 2, GRID * 3)
        self.setLayout(layout)
        self.setAccessibleName(". ".join(pair.spoken for pair in (first, then) if pair))
        self.fit()

    def least_height(self) -> int:
        return max(TARGET, tokens().scaled(176))


class RowButton(Pressable):
    """One thing of a list that opens when it is pressed: icon, title with an optional badge, a line of detail."""

    def __init__(
        self,
        title: Pair | str,
        detail: Pair | str = "",
        icon: str = "",
        *,
        badge: str = "",
        badge_kind: str = "plain",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Look.CARD, parent)
        first, then = _pair(title), _pair(detail)
        head = row(gap=1.5)
        head.addWidget(BilingualLabel(first, "strong"), 0)
        if badge:
            head.addWidget(Badge(badge, badge_kind), 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        texts = column(gap=0.25)
        texts.addStretch(1)
        texts.addLayout(head)
        if then:
            texts.addWidget(BilingualLabel(then, "small"))
        texts.addStretch(1)
        parts: list[QWidget] = [IconMark(icon, "primary", 32)] if icon else []
        layout = row(*parts, gap=2)
        layout.addLayout(texts, 1)
        layout.addWidget(IconMark("next", "primary", 24))
        layout.setContentsMargins(GRID * 2, round(GRID * 1.25), GRID * 2, round(GRID * 1.25))
        self.setLayout(layout)
        spoken = [first.spoken, badge, then.spoken if then else ""]
        self.setAccessibleName(". ".join(part for part in spoken if part))
        self.fit()

    def least_height(self) -> int:
        return max(TARGET, tokens().scaled(64))
