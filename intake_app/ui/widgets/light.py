"""A light that says whether something is ready: an icon, words, and a colour that only repeats them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.layout import column, row
from intake_app.ui.widgets.text import TextLabel


class Light(QWidget):
    """`kind` is good, info, warning or error; `name` what it is about, `detail` how it stands."""

    def __init__(self, kind: str, name: str, detail: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        line = row(gap=1.5)
        line.addWidget(IconMark(kind, kind, 28), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(TextLabel(name, "body"), TextLabel(detail, "small"), gap=0), 1)
        self.setLayout(line)
        self.setAccessibleName(f"{name}: {detail}")
