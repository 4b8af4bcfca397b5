"""Developer's page: every control beside itself in each of its states."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractButton, QApplication, QGridLayout, QWidget

from intake_app.ui.gallery_samples import Samples
from intake_app.ui.widgets import (
    Answer,
    AnswerCard,
    IconButton,
    LineEntry,
    Page,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    TextEntry,
    TextLabel,
)
from intake_app.ui.widgets.big_buttons import HeroButton, RowButton

STATES = ("rest", "hover", "focus", "pressed", "chosen", "off")
"""The columns; a control without that state shows itself at rest."""

Build = Callable[[Samples], QWidget]


def _answer(s: Samples, *, tile: bool) -> AnswerCard:
    return AnswerCard(Answer("work", s.pair("Werk"), "work"), many=True, tile=tile, picture=64)


def _line(s: Samples) -> QWidget:
    line = LineEntry("Tekst", rtl=s.pair("Verder").rtl_half)
    line.set_text(s.pair("Werk").main)
    return line


CONTROLS: dict[str, Build] = {
    "primary": lambda s: PrimaryButton(s.pair("Verder"), "next", icon_after=True),
    "secondary": lambda s: SecondaryButton(s.pair("Terug"), "back"),
    "quiet": lambda s: QuietButton(s.pair("Sla over"), "skip", icon_after=True),
    "icon": lambda s: IconButton("text-size", s.pair("Verder").main),
    "icon with its name": lambda s: IconButton("pause", s.pair("Stop").main, captioned=True),
    "answer": lambda s: _answer(s, tile=False),
    "picture answer": lambda s: _answer(s, tile=True),
    "row": lambda s: RowButton(s.pair("Werk"), s.pair("U kunt gewoon verder gaan."), "calendar"),
    "big": lambda s: HeroButton(s.pair("Gesprek"), "", "people"),
    "line": _line,
    "text": lambda s: TextEntry("Tekst", rtl=s.pair("Verder").rtl_half, lines=1),
}


class StatesPage(Page):
    """A table of `CONTROLS` by `STATES`; `write` takes its picture, with every ring of the keyboard on it."""

    def __init__(self, samples: Samples) -> None:
        super().__init__(samples.pair("Gesprek"), back=False, widest=2400)
        self.set_reader(samples.language)
        self.controls: dict[tuple[str, str], QWidget] = {}
        table = QWidget()
        rtl = samples.pair("Verder").rtl_half
        table.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        grid = QGridLayout(table)
        for column, state in enumerate(STATES):
            grid.addWidget(TextLabel(state, "small"), 0, column)
            grid.setColumnStretch(column, 1)
        for line, (name, build) in enumerate(CONTROLS.items(), 1):
            for column, state in enumerate(STATES):
                widget = build(samples)
                _put(widget, state)
                self.controls[name, state] = widget
                grid.addWidget(widget, line, column, Qt.AlignmentFlag.AlignVCenter)
        self.add(table)
        self.add_stretch()

    def write(self, path: Path) -> None:
        """Take the picture of the page as it is shown; one control after the other has the keyboard for it."""
        QApplication.processEvents()
        whole = self.grab()
        painter = QPainter(whole)
        for (_, state), widget in self.controls.items():
            if state != "focus":
                continue
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            painter.drawPixmap(widget.mapTo(self, QPoint(0, 0)), widget.grab())
        painter.end()
        whole.save(str(path))


def _put(widget: QWidget, state: str) -> None:
    """Bring a control into a state that needs no window."""
    widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, state == "hover")
    widget.setEnabled(state != "off")
    if isinstance(widget, QAbstractButton):
        widget.setDown(state == "pressed")
        if state == "chosen" and widget.isCheckable():
            widget.setChecked(True)
