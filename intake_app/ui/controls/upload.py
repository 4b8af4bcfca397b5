"""A question that is answered with a file: choose it, see it, take it away again."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from intake_app.i18n.gettext import mark
from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.widgets.buttons import QuietButton, SecondaryButton
from intake_app.ui.widgets.layout import column, row
from intake_app.ui.widgets.message_bar import MessageKind
from intake_app.ui.widgets.photo import Photo
from intake_app.ui.widgets.text import TextLabel

CHOOSE = mark("Kies een bestand")
CHOOSE_OTHER = mark("Kies een ander bestand")
TAKE_AWAY = mark("Haal dit bestand weg")
STAYS_SAFE = mark("Het bestand komt op slot in het gesprek. Het origineel blijft waar het was.")
# Translators: {size} is a number of megabytes.
TOO_LARGE = mark("Dit bestand is te groot. Kies er een van hoogstens {size} MB.")
UNREADABLE = mark("Dit bestand is niet te lezen.")
MOST_MEGABYTES = 10
"""What a scan or a photo needs; records with files travel over slow connections."""


class UploadControl(QuestionControl):
    """The file goes straight to the talk (`Helpers.attach`), which seals it; here only its name and picture stand."""

    def build(self) -> None:
        self.choose = SecondaryButton(self.words.pair(CHOOSE), "plus")
        self.choose.setObjectName("choose_file")
        self.choose.clicked.connect(self._choose)
        self.remove = QuietButton(self.words.pair(TAKE_AWAY), "trash")
        self.remove.setObjectName("remove_file")
        self.remove.clicked.connect(lambda: self.answered.emit(self.model.ref, ""))
        self.name = TextLabel("", "strong")
        self.photo = Photo()
        told = TextLabel(self.words.pair(STAYS_SAFE).main, "small")
        self.body.addLayout(
            column(row(self.photo, None), self.name, row(self.choose, self.remove, None), told, gap=1.5)
        )
        self.choose.setVisible(self.helpers.attach is not None)

    def show_value(self, value: str) -> None:
        self.name.setText(value)
        self.name.setVisible(bool(value))
        self.remove.setVisible(bool(value) and self.helpers.attach is not None)
        self.choose.set_text(self.words.pair(CHOOSE_OTHER if value else CHOOSE))
        content = self.helpers.open_file(self.model.ref) if value and self.helpers.open_file else b""
        self.photo.show_bytes(content, value)

    def _choose(self) -> None:
        chosen = self.helpers.choose_file(self) if self.helpers.choose_file else ""
        if not chosen or self.helpers.attach is None:
            return
        path = Path(chosen)
        try:
            if path.stat().st_size > MOST_MEGABYTES * 1_000_000:
                self.say(MessageKind.WARNING, self.words.pair(TOO_LARGE, size=MOST_MEGABYTES))
                return
            content = path.read_bytes()
        except OSError:
            self.say(MessageKind.WARNING, self.words.pair(UNREADABLE))
            return
        self.helpers.attach(self.model.ref, path.name, content)

    def first_focus(self) -> QWidget | None:
        return self.choose
