"""What of a plan is on paper or in a file, and what is at the printer: it counts when somebody has seen the paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from intake_app.errors import IntakeError
from intake_app.services.conversation import Conversation
from intake_app.ui.presenters.plan import COUNTS
from intake_app.ui.printing import Make, PaperDesk


class HandingOver(QObject):
    """Prints and saves the sheets of one talk. A printer that took a job may still be out of paper: a sheet that was
    sent there stands in `asked` until somebody says whether it came out.

    `make(sheet)` gives what draws it, `name(sheet)` a name for its file. Signals: `changed()`: the list is another one;
    `asking(sheet)`: it went to the printer; `plan_given()`: the plan itself is with the participant; `failed(error)`.
    """

    changed = Signal()
    asking = Signal(str)
    plan_given = Signal()
    failed = Signal(object)

    def __init__(
        self,
        conversation: Conversation,
        desk: PaperDesk,
        make: Callable[[str], Make],
        name: Callable[[str], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._conversation, self._desk = conversation, desk
        self._make, self._name = make, name
        self.given: set[str] = set()
        self.asked: dict[str, None] = {}

    def print(self, sheet: str) -> None:
        """Put a sheet on a printer that somebody chooses; then it is asked whether the paper is there."""
        self._desk.print(self._make(sheet), then=lambda: self._sent(sheet))

    def save(self, sheet: str) -> None:
        """Keep a sheet as PDF; that needs no question, because the file is there."""
        self._desk.save(self._make(sheet), self._name(sheet), then=lambda: self.there(sheet))

    def _sent(self, sheet: str) -> None:
        self.asked[sheet] = None
        self.changed.emit()
        self.asking.emit(sheet)

    def there(self, sheet: str) -> None:
        """Somebody holds it, or it was saved. Only the plan itself counts as handed over, not the sheets beside it."""
        self.asked.pop(sheet, None)
        self.given.add(sheet)
        if sheet in COUNTS and self._keep(given=True):
            self.plan_given.emit()
        self.changed.emit()

    def not_printed(self, sheet: str) -> None:
        """Nothing came out; what was there before still is."""
        self.asked.pop(sheet, None)
        self.changed.emit()

    def take_back(self, sheet: str) -> None:
        """It was said to be there, and is not."""
        self.given.discard(sheet)
        if sheet in COUNTS and not self.given & COUNTS:
            self._keep(given=False)
        self.changed.emit()

    def _keep(self, *, given: bool) -> bool:
        try:
            self._conversation.plan_handed_over(given=given)
        except IntakeError as error:
            self.failed.emit(error)
            return False
        return True
