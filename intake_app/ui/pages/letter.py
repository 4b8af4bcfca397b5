"""A receipt or a copy of the data before it goes on paper: the real pages, to print or to save for the participant.

A receipt can be made only once: who leaves without it on paper or in a file is asked first.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.letters import Letter, RightsReceipt
from intake_app.errors import IntakeError
from intake_app.services.office import Office
from intake_app.ui.dialogs.choose import ChooseDialog, Option
from intake_app.ui.errands import run_errand
from intake_app.ui.pages.shared import in_background, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.keeping import letter_file
from intake_app.ui.presenters.plan import Paper, page_widths, pictures
from intake_app.ui.printing import SYSTEM, PaperDesk, PrintWays, made
from intake_app.ui.widgets import (
    BusyOverlay,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
)
from intake_app.ui.widgets.paper import PaperView

SETTLE_MS = 120


class LetterPage(SidePage):
    """Shows a letter. Signals: `done` and `back_requested` from the foot and the head."""

    back_requested = Signal()

    def __init__(
        self,
        office: Office,
        letter: Letter,
        title: str,
        told: str = "",
        *,
        ways: PrintWays = SYSTEM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, widest=820, parent=parent)
        self._office, self._letter = office, letter
        self._pdf = b""
        self._kept = self._sent = False
        self.dialog: ChooseDialog | None = None
        self.back.connect(self.leave)
        self.message = MessageBar(closable=True)
        self.message.say(MessageKind.GOOD, told)
        self.add(self.message)
        self.paper = PaperView(text("Voorbeeld van het blad"))
        self.add(self.paper, 1)
        self.busy = BusyOverlay(self.paper)
        self.desk = PaperDesk(self, self.message, self.busy, office.store, ways)
        self._put_footer()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._draw)
        self.paper.resized.connect(self._settle.start)
        self._make()

    def _make(self) -> None:
        office, letter = self._office, self._letter
        self._set_ready(False)
        self.again.hide()
        words = text("Het blad wordt gemaakt …")
        run_errand(self, self.busy, words, lambda _watch: office.print_letter(letter), self._made, self._failed)

    def _put_footer(self) -> None:
        self.print = PrimaryButton(text("Druk af"), "print")
        self.print.clicked.connect(self._print)
        self.save = SecondaryButton(text("Bewaar als PDF"), "save")
        self.save.clicked.connect(self._save)
        ready = SecondaryButton(text("Klaar"), "check")
        ready.clicked.connect(self.leave)
        self.again = QuietButton(text("Maak het blad opnieuw"), "sync")
        self.again.clicked.connect(self._make)
        self.set_footer(start=[ready, self.again], end=[self.save, self.print])

    def _made(self, pdf: bytes) -> None:
        self._pdf = pdf
        self._draw()

    def _draw(self) -> None:
        if not self._pdf or not self.isVisible():
            return
        scale = self.paper.room() / max(page_widths(self._pdf))
        ratio = self.devicePixelRatioF()
        in_background(self, lambda: pictures(self._pdf, scale, ratio), self._drawn, self._failed)

    def _drawn(self, paper: Paper) -> None:
        self.paper.set_pages(paper.pictures)
        self._set_ready(True)

    def _set_ready(self, ready: bool) -> None:
        self.print.setEnabled(ready)
        self.save.setEnabled(ready)

    def _failed(self, error: IntakeError) -> None:
        self.again.setVisible(not self._pdf)
        say_error(self.message, error)

    @property
    def held(self) -> bool:
        """Whether this is a receipt of which nobody has yet seen the paper or the file: it cannot be made again."""
        letter = self._letter
        return isinstance(letter, RightsReceipt) and letter.central_done is None and not self._kept

    def leave(self) -> None:
        """Go back; with a receipt that is nowhere yet, ask first."""
        if self.held:
            self._ask()
        else:
            self.back_requested.emit()

    def _ask(self) -> None:
        sent = self._sent
        title = text("Is het papier er?") if sent else text("Het bewijs is nog niet geprint of bewaard.")
        there = [_option("yes", text("Ja, het is er"), text("Geef het mee of stuur het op."), "check")] if sent else []
        again = text("Nee, druk opnieuw af") if sent else text("Druk af")
        printed = _option("print", again, text("Kijk of de printer aan staat en papier heeft."), "print")
        saved = _option("save", text("Bewaar als PDF"), text("Op de stick van de deelnemer, of om te mailen."), "save")
        gone = _option("leave", text("Ga weg zonder bewijs"), text("U kunt dit bewijs niet nog eens maken."), "cross")
        can = [printed, saved] if self._pdf else []
        self.dialog = ChooseDialog(
            Pair.plain(title), [*there, *can, gone], Pair.plain(text("Terug naar het blad")), self
        )
        self.dialog.chosen.connect(self._answered)
        self.dialog.open()

    def _answered(self, code: str) -> None:
        if code == "print":
            self._print()
        elif code == "save":
            self._save()
        else:
            self._kept = True
            self.back_requested.emit()

    def _print(self) -> None:
        self.desk.print(made(self._pdf), then=self._printed)

    def _printed(self) -> None:
        """The printer took it; whether paper came out is asked when somebody leaves."""
        self._sent = True

    def _save(self) -> None:
        self.desk.save(made(self._pdf), letter_file(self._letter), then=self._saved)

    def _saved(self) -> None:
        self._kept = True


def _option(code: str, name: str, detail: str, icon: str) -> Option:
    return Option(code, Pair.plain(name), Pair.plain(detail), icon)
