"""The list beside the plan for the moment of handing over: every sheet with its own button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.ui.pages.shared import text
from intake_app.ui.presenters.giving_along import GivingLine
from intake_app.ui.widgets import Card, IconButton, PrimaryButton, TextLabel, clear, column, row
from intake_app.ui.widgets.light import Light


class GivingPanel(QWidget):
    """Shows the list. `print_requested(sheet)`: put this sheet on paper; `done()`: back to the plan."""

    print_requested = Signal(str)
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = column(gap=1.5)
        self.buttons: dict[str, IconButton] = {}
        self.lights: tuple[Light, ...] = ()
        self.ready = PrimaryButton(text("Klaar"), "check")
        self.ready.clicked.connect(self.done)
        head = row(gap=1)
        head.addWidget(TextLabel(text("Meegeven"), "title"), 1)
        head.addWidget(self.ready)
        self.setLayout(column(head, Card(self._lines, margin=2, gap=1.5), None, gap=1.5))

    def show_lines(self, lines: Sequence[GivingLine]) -> None:
        """Show the list as it stands now."""
        clear(self._lines)
        self.buttons, lights = {}, []
        for line in lines:
            light = Light(line.kind, line.name, line.detail)
            lights.append(light)
            beside = row(gap=1)
            beside.addWidget(light, 1)
            if line.sheet:
                button = IconButton("print", text("Druk af: {name}", name=line.name))
                button.clicked.connect(lambda _checked=False, sheet=line.sheet: self.print_requested.emit(sheet))
                self.buttons[line.sheet] = button
                beside.addWidget(button)
            self._lines.addLayout(beside)
        self.lights = tuple(lights)
