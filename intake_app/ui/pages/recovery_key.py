"""The two halves of a new recovery key: looked at one by one, printed, and confirmed before they count."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.services.accounts import Accounts
from intake_app.ui.pages.new_passphrase import complain
from intake_app.ui.pages.shared import heading, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.recovery import KEEPERS, in_two_lines, print_sheet, same_group, sheet
from intake_app.ui.printing import SYSTEM, PaperDesk, PrintWays
from intake_app.ui.widgets import (
    BusyOverlay,
    Card,
    LineEntry,
    MessageBar,
    MessageKind,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    TextLabel,
    Tiles,
    row,
)
from intake_app.ui.widgets.field import Field

INSTEAD = mark("Kies “Laat zien” en schrijf de acht groepjes over.")
_HIDDEN = "•••••  •••••  •••••  •••••\n•••••  •••••  •••••  •••••"


class RecoveryKeyPage(SidePage):
    """Makes a key when it opens and adopts it when both halves are on paper.

    Signals: `done` once it counts, `later` when the person puts it off. What is not confirmed never existed.
    """

    done = Signal()
    later = Signal()

    def __init__(
        self,
        accounts: Accounts,
        location: str,
        *,
        ways: PrintWays = SYSTEM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text("Herstelsleutel"), back=False, widest=1080, parent=parent)
        self._accounts, self._location = accounts, location
        self.halves = accounts.new_recovery_key()
        self.message = MessageBar()
        self.codes: dict[str, TextLabel] = {}
        self.shows: dict[str, SecondaryButton] = {}
        self.prints: dict[str, SecondaryButton] = {}
        self.checks: dict[str, LineEntry] = {}
        self._fields: dict[str, Field] = {}
        self.add(self.message)
        self.desk = PaperDesk(self, self.message, BusyOverlay(self), accounts.store, ways)
        self.add(self._told())
        tiles = Tiles(420, 2, 3)
        for name in ("a", "b"):
            tiles.add_tile(self._half(name))
        self.add(tiles)
        self.add_stretch()
        self.put_off = QuietButton(text("Later"), "clock")
        self.put_off.clicked.connect(self._put_off)
        self.go = PrimaryButton(text("Klaar, beide liggen op papier"), "check")
        self.go.clicked.connect(self._confirm)
        self.set_footer(start=[self.put_off], end=[self.go])

    def _told(self) -> MessageBar:
        return MessageBar(
            MessageKind.INFO,
            text("Zijn alle wachtzinnen kwijt? Dan openen deze twee helften samen de laptop."),
            text(
                "Druk elke helft af of schrijf hem over. Doe elke helft in een eigen dichte envelop. Het programma "
                "bewaart ze niet: na deze bladzijde zijn ze hier weg."
            ),
        )

    def _half(self, name: str) -> Card:
        code = TextLabel(_HIDDEN, "title", wrap=False)
        show = SecondaryButton(text("Laat zien"), "eye")
        show.clicked.connect(lambda: self._toggle(name))
        printing = SecondaryButton(text("Druk af"), "print")
        printing.clicked.connect(lambda: self._print(name))
        for button, does in ((show, text("Laat zien")), (printing, text("Druk af"))):
            button.setAccessibleName(f"{does}: {self._called(name)}")
        check = LineEntry(text("Laatste groepje van helft {half}", half=name.upper()))
        self.codes[name], self.shows[name], self.prints[name], self.checks[name] = code, show, printing, check
        self._fields[name] = Field(
            text("Typ het laatste groepje van helft {half} over van het papier", half=name.upper()), check
        )
        return Card(
            heading(self._called(name), "lock"),
            TextLabel(text(KEEPERS[name]), "body", tone="soft"),
            code,
            row(show, printing, None),
            self._fields[name],
            gap=2,
        )

    def _called(self, name: str) -> str:
        return text("Helft {half}", half=name.upper())

    def _toggle(self, name: str) -> None:
        hidden = self.codes[name].text() == _HIDDEN
        self.codes[name].setText(in_two_lines(getattr(self.halves, name)) if hidden else _HIDDEN)
        words = text("Verberg") if hidden else text("Laat zien")
        self.shows[name].set_text(words)
        self.shows[name].setAccessibleName(f"{words}: {self._called(name)}")

    def _print(self, name: str) -> None:
        day = self._accounts.clock.now().date()
        words = sheet(name, getattr(self.halves, name), self._location, day)
        self.desk.print_whole(lambda printer: print_sheet(printer, words), INSTEAD)

    def _confirm(self) -> None:
        wrong = text("Dit is niet het laatste groepje van deze helft. Kijk nog eens op het papier.")
        typed = {name: check.text() for name, check in self.checks.items()}
        missing = {name: wrong for name in typed if not same_group(typed[name], getattr(self.halves, name))}
        if field := complain(self._fields, missing):
            self.scroll.ensureWidgetVisible(field)
            return
        try:
            self._accounts.adopt_recovery_key(self.halves)
        except IntakeError as error:
            say_error(self.message, error)
            return
        self._forget()
        self.done.emit()

    def _put_off(self) -> None:
        self._forget()
        self.later.emit()

    def _forget(self) -> None:
        for code in self.codes.values():
            code.setText(_HIDDEN)
        for check in self.checks.values():
            check.set_text("")
