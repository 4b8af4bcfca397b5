"""The list beside the plan for the moment of handing over: every sheet with its own buttons, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.ui.pages.shared import text
from intake_app.ui.presenters.giving_along import GivingLine
from intake_app.ui.widgets import (
    Card,
    Divider,
    IconButton,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    TextLabel,
    clear,
    column,
    row,
)
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.light import Light
from intake_app.ui.widgets.side_scroll import SideScroll


class GivingPanel(QWidget):
    """Shows the list.

    Signals: `print_requested(sheet)`, `save_requested(sheet)`; `there(sheet)` and `not_there(sheet)` say whether paper
    came out of the printer; `taken_back(sheet)`: it was said to be there and is not; `question_requested(concept)`: to
    the question that is still to be asked; `done()`: back to the plan.
    """

    print_requested = Signal(str)
    save_requested = Signal(str)
    there = Signal(str)
    not_there = Signal(str)
    taken_back = Signal(str)
    question_requested = Signal(str)
    done = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = column(gap=1.5)
        self.buttons: dict[str, IconButton] = {}
        self.saves: dict[str, IconButton] = {}
        self.backs: dict[str, IconButton] = {}
        self.asks: dict[str, dict[str, QWidget]] = {}
        self.missing: dict[str, SecondaryButton] = {}
        self.lights: tuple[Light, ...] = ()
        self.ready = QuietButton(text("Naar het plan"), "back")
        self.ready.clicked.connect(self.done)
        head = row(gap=1)
        head.addWidget(TextLabel(text("Meegeven"), "title"), 1)
        head.addWidget(self.ready)
        inside = QWidget()
        inside.setLayout(column(Card(self._lines, margin=2, gap=1.5), None, gap=0))
        self.scroll = SideScroll(inside)
        self.scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        whole = column(head, gap=1.5)
        whole.addWidget(self.scroll, 1)
        self.setLayout(whole)

    def show_lines(self, lines: Sequence[GivingLine]) -> None:
        """Show the list as it stands now."""
        clear(self._lines)
        self.buttons, self.saves, self.backs, self.asks, self.missing = {}, {}, {}, {}, {}
        lights = []
        for number, line in enumerate(lines):
            if number:
                self._lines.addWidget(Divider())
            light = Light(line.kind, line.name, line.detail)
            lights.append(light)
            self._lines.addLayout(self._line(line, light))
        self.lights = tuple(lights)

    def ask(self) -> None:
        """Bring the question whether the paper is there into sight, with the keyboard on it."""
        for answers in self.asks.values():
            first = answers["yes"]
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self.scroll.ensureWidgetVisible(first)
            return

    def _line(self, line: GivingLine, light: Light):
        beside = row(gap=0.5)
        beside.addWidget(light, 1)
        whole = column(beside, gap=1)
        if line.asked:
            whole.addWidget(self._ask(line))
        elif line.sheet:
            for icon, words, kept, asked in self._icons(line):
                button = IconButton(icon, f"{words}: {line.name}")
                button.clicked.connect(lambda _checked=False, said=asked: said.emit(line.sheet))
                kept[line.sheet] = button
                beside.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        if line.missing:
            button = SecondaryButton(text("Maak een afspraak"), "calendar")
            button.clicked.connect(lambda: self.question_requested.emit(line.missing))
            self.missing[line.missing] = button
            whole.addWidget(button)
        return whole

    def _icons(self, line: GivingLine):
        if line.given:
            yield "undo", text("Toch niet mee"), self.backs, self.taken_back
        yield "print", text("Druk af"), self.buttons, self.print_requested
        yield "save", text("Bewaar als PDF"), self.saves, self.save_requested

    def _ask(self, line: GivingLine) -> QWidget:
        """Is the paper there? A printer without paper takes a job as well."""
        yes = PrimaryButton(text("Ja, het is er"), "check")
        again = SecondaryButton(text("Nee, opnieuw"), "print")
        save = SecondaryButton(text("Bewaar als PDF"), "save")
        no = QuietButton(text("Het lukt nu niet"), "cross")
        answers: tuple[tuple[str, QWidget, Callable[[str], None]], ...] = (
            ("yes", yes, self.there.emit),
            ("again", again, self.print_requested.emit),
            ("save", save, self.save_requested.emit),
            ("no", no, self.not_there.emit),
        )
        for _name, button, said in answers:
            button.setAccessibleDescription(f"{line.name}: {line.detail}")
            button.clicked.connect(lambda _checked=False, say=said: say(line.sheet))
        self.asks[line.sheet] = {name: button for name, button, _ in answers}
        asked = QWidget()
        asked.setLayout(column(Halves(yes, again, gap=1), Halves(save, no, gap=1), gap=1))
        return asked
