"""The import of an official list on a thread of its own: it goes on behind the lock, and can be stopped at any time."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from intake_app.errors import IntakeError
from intake_app.services.office import Office
from intake_app.services.official_lists import ImportOrder, ImportReport, Progress, import_list
from intake_app.ui.tasks import BackgroundLane


class ImportRunner(QObject):
    """Runs one import. `progressed(Progress)`, `done(ImportReport)` and `failed(IntakeError)` come on the GUI thread.

    It belongs to the program, not to a page: a page that goes stops the import without waiting for it.
    """

    progressed = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    _told = Signal(object)

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self.lane = BackgroundLane(parent=self)
        self._order: ImportOrder | None = None
        self._told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        QCoreApplication.instance().aboutToQuit.connect(self.finish)

    @property
    def running(self) -> bool:
        """Whether an import is under way."""
        return self._order is not None

    def start(self, office: Office, kind: str, path: Path) -> None:
        """Begin; one import at a time."""
        if self.running:
            return
        order = self._order = ImportOrder(self._told.emit)
        self.lane.run(lambda: import_list(office, kind, path, order), self._finished, self._refused)

    def cancel(self) -> None:
        """Ask it to stop; `failed` follows with ImportCancelled, unless it was just done."""
        if self._order is not None:
            self._order.cancel()

    def finish(self) -> None:
        """Stop it and wait: the program ends."""
        self.cancel()
        self.lane.close()

    def leave(self) -> None:
        """Nobody looks any more: stop it, and go when it has stopped."""
        self.cancel()
        if self.running:
            self.done.connect(self.deleteLater)
            self.failed.connect(self.deleteLater)
        else:
            self.deleteLater()

    def _pass_on(self, progress: Progress) -> None:
        if self.running:
            self.progressed.emit(progress)

    def _finished(self, report: ImportReport) -> None:
        self._order = None
        self.done.emit(report)

    def _refused(self, error: IntakeError) -> None:
        self._order = None
        self.failed.emit(error)
