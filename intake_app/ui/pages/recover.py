"""Who has no passphrase any more: ask the site lead, or open the laptop with both halves of the recovery key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.services.access import Access
from intake_app.ui.pages.new_passphrase import HalvesEntry, NewPassphrase, complain
from intake_app.ui.pages.shared import heading, in_background, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.widgets import BusyOverlay, Card, MessageBar, MessageKind, PrimaryButton, TextLabel


class RecoverPage(SidePage):
    """Asks both halves and a new passphrase for the site lead. Emits `unlocked(store)` and `back_requested`."""

    unlocked = Signal(object)
    back_requested = Signal()

    def __init__(self, access: Access, parent: QWidget | None = None) -> None:
        super().__init__(text("Wachtzin kwijt"), widest=860, parent=parent)
        self._access = access
        self._underway = False
        self.back.connect(self.back_requested)
        self.message = MessageBar()
        self.halves = HalvesEntry()
        self.new = NewPassphrase(text("Nieuwe wachtzin van de coördinator"), text("Nieuwe wachtzin, nog een keer"))
        self.new.submitted.connect(self._submit)
        ask = Card(
            heading(text("Vraag eerst uw coördinator"), "people"),
            TextLabel(
                text(
                    "De coördinator van deze plek kan u een nieuwe toegang geven. Dat kost één minuut en u hebt er "
                    "niets voor nodig."
                ),
                "body",
            ),
            gap=1.5,
        )
        key = Card(
            heading(text("De coördinator zelf: met de herstelsleutel"), "lock"),
            TextLabel(
                text(
                    "Helft A ligt bij het Werkcentrum, helft B bij de functionaris gegevensbescherming. Dat de "
                    "sleutel is gebruikt, komt in het logboek."
                ),
                "body",
            ),
            self.halves,
            self.new,
            gap=3,
        )
        for part in (self.message, ask, key):
            self.add(part)
        self.add_stretch()
        self.go = PrimaryButton(text("Open met de herstelsleutel"), "next", icon_after=True)
        self.go.clicked.connect(self._submit)
        self.set_footer(end=[self.go])
        self.busy = BusyOverlay(self)

    def _submit(self) -> None:
        if self._underway:
            return
        halves = self.halves.halves()
        missing = self.new.missing()
        if halves is None:
            missing = {"a": text("Typ de acht groepjes van helft A.")} | missing
        if wrong := complain({**self.halves.fields, **self.new.fields}, missing):
            self.scroll.ensureWidgetVisible(wrong)
            return
        passphrase = self.new.text()
        self._underway = True
        self.busy.start(text("De gesprekken gaan open …"), whole=True)
        in_background(self, lambda: self._access.recover(halves, passphrase), self._opened, self._failed)

    def _opened(self, store: object) -> None:
        self._stop()
        self.halves.forget()
        self.new.forget()
        self.unlocked.emit(store)

    def _failed(self, error: IntakeError) -> None:
        self._stop()
        say_error(self.message, error, MessageKind.WARNING)
        self.scroll.verticalScrollBar().setValue(0)

    def _stop(self) -> None:
        self._underway = False
        self.busy.stop()
