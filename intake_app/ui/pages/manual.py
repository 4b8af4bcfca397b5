"""The manual inside the program: three pages of pictures and the whole, to read without leaving what one was at."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.ui.pages.shared import in_background, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.manual import ManualText, chapters, read_text, target
from intake_app.ui.theme import tokens
from intake_app.ui.widgets import Answer, AnswerGrid, MessageBar, MessageKind, Pair, PrimaryButton
from intake_app.ui.widgets.reader import Reader

_SETTLE_MS = 120


def manual_folder() -> Path:
    """Where the manual stands beside the program."""
    return tokens().resources.parent / "docs"


def has_manual() -> bool:
    """Whether the program came with its manual."""
    return bool(chapters(manual_folder()))


class ManualPage(SidePage):
    """Shows the chapters of a folder that has some. `back_requested`: to what one was at."""

    back_requested = Signal()

    def __init__(self, folder: Path | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text("Handleiding"), widest=1000, parent=parent)
        self.back.connect(self.back_requested)
        self._folder = folder or manual_folder()
        found = chapters(self._folder)
        self.file, self._heading, self._turn, self._width = found[0][0], "", 0, 0
        self.message = MessageBar(closable=True)
        self.chapters = AnswerGrid(
            [Answer(file, Pair.plain(text(name))) for file, name in found],
            columns=4,
            least=150,
            tile=False,
            role="strong",
            height=48,
            marked=False,
        )
        self.chapters.set_about(text("Welk hoofdstuk"))
        self.chapters.changed.connect(lambda values: self.show_file(values[0]))
        self.reader = Reader(text("Handleiding"))
        self.reader.followed.connect(self._follow)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._fit)
        self.reader.resized.connect(self._settle.start)
        for part in (self.message, self.chapters):
            self.add(part)
        self.add(self.reader, 1)
        self.close_button = PrimaryButton(text("Terug naar de bladzijde"), "back")
        self.close_button.clicked.connect(self.back_requested)
        self.set_footer(end=[self.close_button])
        self.ready = False
        self.show_file(self.file)

    def show_file(self, file: str, heading: str = "") -> None:
        """Show a text of the manual, from a heading on."""
        self.message.say(MessageKind.INFO, "")
        self.file, self._heading = file, heading
        self.chapters.set_values([file])
        self._settle.start()
        self.ready, self._width = False, 0

    def _fit(self) -> None:
        """Read it for the width there is; what is asked for last is shown."""
        width = self.reader.room()
        if not self.isVisible() or width == self._width:
            return
        self._width = width
        self._turn += 1
        turn, folder, file, ratio = self._turn, self._folder, self.file, self.devicePixelRatioF()
        in_background(
            self, lambda: read_text(folder, file, width, ratio), lambda told: self._show(turn, told), self._failed
        )

    def _show(self, turn: int, told: ManualText) -> None:
        if turn != self._turn:
            return
        self.reader.read(told.markdown, told.pictures)
        if self._heading:
            self.reader.to_heading(self._heading)
        self.ready = True

    def _follow(self, link: str) -> None:
        found = target(self._folder, self.file, link)
        if found is None:
            self.message.say(
                MessageKind.INFO,
                text("Die bladzijde zit niet bij het programma."),
                text("Vraag haar aan de beheerder van deze plek."),
            )
        elif found[0] == self.file:
            self.reader.to_heading(found[1])
        else:
            self.show_file(*found)

    def _failed(self, error: IntakeError) -> None:
        say_error(self.message, error)
