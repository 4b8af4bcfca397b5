"""From a made sheet to paper or to a file: the dialogs, the words when it fails, and the printer of last time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.services.ports import Store
from intake_app.services.printing import PrinterChoice, last_printer, remember_printer
from intake_app.ui.errands import run_errand
from intake_app.ui.pages.shared import say_error, text
from intake_app.ui.presenters.plan import print_pages, save_file
from intake_app.ui.tasks import Watch
from intake_app.ui.widgets import BusyOverlay, MessageBar, MessageKind

SHEET = mark("Het blad gaat naar de printer.")
KEPT = mark("Het blad is bewaard.")
INSTEAD = mark("Zet de printer aan, of bewaar het blad als PDF op de stick van de deelnemer.")

ChoosePrinter = Callable[[QWidget], QPrinter | None]
ChooseFile = Callable[[QWidget, str], str]
Printers = Callable[[], list[str]]
Make = Callable[[], bytes]


def ask_file(parent: QWidget, name: str) -> str:
    """The place that was chosen in the system's dialog, or empty."""
    return QFileDialog.getSaveFileName(parent, text("Bewaar als PDF"), name, "PDF (*.pdf)")[0]


@dataclass(frozen=True)
class PrintWays:
    """How a page asks the system: for a printer (None: its dialog, which begins with that of last time), for a place
    to keep a file, and which printers there are."""

    choose_printer: ChoosePrinter | None = None
    choose_file: ChooseFile = ask_file
    printers: Printers = QPrinterInfo.availablePrinterNames


SYSTEM = PrintWays()


def proposed(last: PrinterChoice, *, two_sided: bool = False) -> QPrinter:
    """What the system's dialog begins with: the choice of last time; `two_sided`: turned along the long edge."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if last.name:
        printer.setPrinterName(last.name)
    printer.setCopyCount(last.copies)
    if two_sided:
        printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    return printer


def ask_printer(parent: QWidget, printer: QPrinter) -> QPrinter | None:
    """The printer that was chosen in the system's dialog, which begins with the one proposed; or None."""
    dialog = QPrintDialog(printer, parent)
    dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


class PaperDesk:
    """What the pages with a sheet share. Words go to `message` of the page, the veil is `busy`.

    `store` remembers printer and copies for who is in. `two_sided` is set for a sheet with backs. A print job is never
    named after what is on it (DOMAIN 6.14).
    """

    def __init__(
        self,
        page: QWidget,
        message: MessageBar,
        busy: BusyOverlay,
        store: Store,
        ways: PrintWays = SYSTEM,
    ) -> None:
        self._page, self._message, self._busy, self._store = page, message, busy, store
        self.choose_printer = ways.choose_printer or self._ask_printer
        self.choose_file, self.printers = ways.choose_file, ways.printers
        self.two_sided = False

    def _ask_printer(self, page: QWidget) -> QPrinter | None:
        return ask_printer(page, proposed(last_printer(self._store), two_sided=self.two_sided))

    def printer(self, instead: str = INSTEAD) -> QPrinter | None:
        """The printer somebody chose. None when there is none, which is said with what to do `instead`."""
        if not self.printers():
            self._message.say(MessageKind.WARNING, text("Er is geen printer gevonden."), text(instead))
            return None
        return self.choose_printer(self._page)

    def print(self, make: Make, told: str = SHEET, then: Callable[[], None] | None = None) -> None:
        """Choose a printer and put on it what `make` gives (PDF); `then` once it went well.

        `told` is the marked sentence for that. `make` runs in the background: values only.
        """
        printer = self.printer()
        if printer is None:
            return

        def work(watch: Watch) -> bool:
            return print_pages(printer, make(), watch)

        def done(well: bool) -> None:
            if well:
                self._remember(printer)
                self._well(told, then)
            else:
                self._badly(
                    text("Afdrukken lukte niet."),
                    text("Kijk of de printer aan staat en papier heeft. Probeer het dan opnieuw."),
                )

        run_errand(self._page, self._busy, text("Het blad wordt geprint …"), work, done, self._failed)

    def save(self, make: Make, name: str, told: str = KEPT, then: Callable[[], None] | None = None) -> None:
        """Choose a place and keep there what `make` gives (PDF), `name` proposed; `then` once it went well."""
        path = self.choose_file(self._page, name)
        if not path:
            return
        path = path if path.lower().endswith(".pdf") else f"{path}.pdf"

        def work(watch: Watch) -> bool:
            content = make()
            watch.check()
            return save_file(path, content)

        def done(well: bool) -> None:
            if well:
                self._well(told, then)
            else:
                self._badly(
                    text("Bewaren lukte niet."), text("Misschien is de stick vol of eruit. Kies een andere plek.")
                )

        run_errand(self._page, self._busy, text("Het blad wordt bewaard …"), work, done, self._failed)

    def print_whole(self, draw: Callable[[QPrinter], None], instead: str) -> None:
        """Choose a printer and let `draw` put a short text on it; for what is made nowhere else and kept nowhere."""
        printer = self.printer(instead)
        if printer is None:
            return
        draw(printer)
        self._remember(printer)
        self._well(SHEET, None)

    def _remember(self, printer: QPrinter) -> None:
        try:
            remember_printer(self._store, PrinterChoice(printer.printerName(), printer.copyCount()))
        except IntakeError as error:
            say_error(self._message, error)

    def _well(self, told: str, then: Callable[[], None] | None) -> None:
        self._message.say(MessageKind.GOOD, text(told))
        if then is not None:
            then()

    def _badly(self, what: str, do: str) -> None:
        self._message.say(MessageKind.ERROR, what, do)

    def _failed(self, error: IntakeError) -> None:
        say_error(self._message, error)


def made(pdf: bytes) -> Make:
    """For a sheet that is there already."""
    return partial(bytes, pdf)
