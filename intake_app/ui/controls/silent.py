"""What stands with a question that is a silent card: nobody hears it, and one taps oneself (DOMAIN 2.1-7)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from intake_app.ui.controls import words
from intake_app.ui.controls.words import Words
from intake_app.ui.widgets.bilingual import Arrange, BilingualLabel
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.layout import row

_SIDE = 56


class SilentSign(QWidget):
    """An ear with a stroke through it and a finger that taps, for who cannot read; the sentence stands beside them."""

    def __init__(self, said: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        pair = said.pair(words.SILENT)
        self.setAccessibleName(pair.spoken)
        self.ear, self.finger = IconMark("silent", "primary", _SIDE), IconMark("touch", "primary", _SIDE)
        told = BilingualLabel(pair, "body", arrange=Arrange.BESIDE)
        line = row(self.ear, self.finger, gap=1.5)
        line.addWidget(told, 1, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(line)
