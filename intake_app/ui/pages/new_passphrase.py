"""A new passphrase, twice, with how good it is; and the two halves of the recovery key, typed over from paper."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.draft import RecoveryHalves
from intake_app.ui.pages.shared import text
from intake_app.ui.presenters.unlock import quality, wrong_passphrase
from intake_app.ui.widgets import AnswerGrid, Badge, LineEntry, Tiles, column, row
from intake_app.ui.widgets.field import Field, SecretEntry


class NewPassphrase(QWidget):
    """Two fields that hide what is typed, and a word on how good it is. Emits `submitted` on Enter in the second."""

    submitted = Signal()

    def __init__(self, name: str, again: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first, self.second = SecretEntry(name), SecretEntry(again)
        self.first.changed.connect(self._typed)
        self.first.submitted.connect(self.second.setFocus)
        self.second.submitted.connect(self.submitted)
        self.first.eye.toggled.connect(self.second.show_letters)
        self.quality = Badge("")
        self._strength = QWidget()
        self._strength.setLayout(row(self.quality, None))
        keep = self._strength.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._strength.setSizePolicy(keep)
        self._strength.hide()
        tip = text("Neem vier losse woorden die u goed onthoudt, bijvoorbeeld uit een lied. Cijfers hoeven niet.")
        self.fields = {"passphrase": Field(name, self.first, tip), "again": Field(again, self.second)}
        parts = column(self.fields["passphrase"], self._strength, self.fields["again"], gap=3)
        self.setLayout(parts)

    def text(self) -> str:
        """What stands in the first field."""
        return self.first.text()

    def missing(self) -> dict[str, str]:
        """Per field what is still needed, in words."""
        return wrong_passphrase(self.first.text(), self.second.text())

    def forget(self) -> None:
        """Empty both fields and hide their letters."""
        for entry in (self.first, self.second):
            entry.set_text("")
            entry.show_letters(False)
        self._typed("")

    def _typed(self, passphrase: str) -> None:
        kind, words = quality(passphrase)
        self.quality.set_badge(words, kind)
        self._strength.setVisible(bool(words))
        for field in self.fields.values():
            field.complain("")


class HalvesEntry(QWidget):
    """The two halves of the recovery key, as they stand on paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.a, self.b = LineEntry(text("Helft A")), LineEntry(text("Helft B"))
        tip = text("Acht groepjes van vijf tekens. Hoofdletters en spaties maken niet uit.")
        self.fields = {"a": Field(text("Helft A"), self.a, tip), "b": Field(text("Helft B"), self.b)}
        tiles = Tiles(380, 1, 2)
        for field in self.fields.values():
            tiles.add_tile(field)
            field.entry.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setLayout(column(tiles))

    def halves(self) -> RecoveryHalves | None:
        """What was typed; None when both fields are empty."""
        if not (self.a.text().strip() or self.b.text().strip()):
            return None
        return RecoveryHalves(self.a.text(), self.b.text())

    def forget(self) -> None:
        """Empty both fields."""
        self.a.set_text("")
        self.b.set_text("")


def complain(fields: Mapping[str, Field], missing: Mapping[str, str]) -> QWidget | None:
    """Say under each field what is wrong with it; the first such field gets the keyboard and is given back."""
    for name, field in fields.items():
        field.complain(missing.get(name, ""))
    for name, field in fields.items():
        if name in missing:
            first = field.entry.first_focus() if isinstance(field.entry, AnswerGrid) else field.entry
            (first or field.entry).setFocus(Qt.FocusReason.OtherFocusReason)
            return field
    return None
