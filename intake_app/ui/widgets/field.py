"""A field of a form: its name above it, help under that, what is wrong below; and a field that hides what is typed."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from intake_app.i18n.gettext import mark, translator
from intake_app.ui.widgets.announce import announce
from intake_app.ui.widgets.buttons import IconButton
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.layout import column, row
from intake_app.ui.widgets.line_entry import LineEntry
from intake_app.ui.widgets.pressable import Look
from intake_app.ui.widgets.reveal import reveal
from intake_app.ui.widgets.text import TextLabel

_SHOW = mark("Laat zien")
_HIDE = mark("Verberg")


class SecretEntry(QWidget):
    """A line whose letters are hidden until the eye beside it is pressed. Signals as `LineEntry`, and `submitted`."""

    changed = Signal(str)
    submitted = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = LineEntry(name, parent=self)
        self.entry.setEchoMode(QLineEdit.EchoMode.Password)
        self.entry.changed.connect(self.changed)
        self.entry.returnPressed.connect(self.submitted)
        self.eye = IconButton("eye", self._eye_name(_SHOW), look=Look.SECONDARY, parent=self)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self.show_letters)
        self.setLayout(row(self.entry, self.eye, gap=1))
        self.setFocusProxy(self.entry)
        self.setAccessibleName(name)

    def text(self) -> str:
        """What stands in the field."""
        return self.entry.text()

    def set_text(self, text: str) -> None:
        """Show a text, silently."""
        self.entry.set_text(text)

    def show_letters(self, shown: bool) -> None:
        """Show the letters, or dots in their place."""
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.entry.setEchoMode(mode)
        self.eye.setChecked(shown)
        self.eye.set_icon("hide" if shown else "eye", self._eye_name(_HIDE if shown else _SHOW))

    def _eye_name(self, what: str) -> str:
        return f"{translator('nl').text(what)}: {self.entry.accessibleName()}"


class Field(QWidget):
    """A name above an entry, with help under the name; `complain` says below it what is still wrong."""

    def __init__(self, name: str, entry: QWidget, help_text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self.name = TextLabel(name, "strong", parent=self)
        self.name.setBuddy(entry)
        self.help = TextLabel(help_text, "small", parent=self)
        reveal(self.help, bool(help_text))
        self._whole = column(column(self.name, self.help, gap=0.25), entry, gap=1)
        self.setLayout(self._whole)
        entry.setAccessibleDescription(help_text)

    # Few fields are ever filled in wrong: the line for it is made when it is needed.
    @cached_property
    def wrong(self) -> TextLabel:
        """What is still wrong, behind a mark."""
        label = TextLabel("", "body")
        self._wrong_mark = IconMark("warning", "warning", 22)
        below = row(gap=1)
        below.addWidget(self._wrong_mark, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(label, 1)
        self._whole.addLayout(below)
        for part in (self._wrong_mark, label):
            part.hide()
        return label

    def complain(self, text: str) -> None:
        """Say what is wrong with what stands in the field; an empty text takes it back."""
        if text or "wrong" in self.__dict__:
            self.wrong.setText(text)
            for part in (self._wrong_mark, self.wrong):
                part.setVisible(bool(text))
        self.entry.setAccessibleDescription(text or self.help.text())
        if text:
            announce(self, f"{self.name.text()}. {text}", urgent=True)
