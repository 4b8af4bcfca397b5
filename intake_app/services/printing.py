"""The printer and the number of copies of last time, for this laptop; nothing of what was printed."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store

_PRINTER, _COPIES = "printer_name", "printer_copies"
MOST_COPIES = 9


@dataclass(frozen=True)
class PrinterChoice:
    """The name of a printer ("" for the system's own choice) and how many copies."""

    name: str = ""
    copies: int = 1


@guarded(Action.TALK)
def last_printer(store: Store) -> PrinterChoice:
    """What was chosen last time; the system's own printer and one copy when nothing was."""
    with store.unit_of_work() as uow:
        name, copies = uow.settings.get(_PRINTER) or "", uow.settings.get(_COPIES) or "1"
    return PrinterChoice(name, min(max(int(copies), 1), MOST_COPIES) if copies.isdecimal() else 1)


@guarded(Action.TALK)
def remember_printer(store: Store, choice: PrinterChoice) -> None:
    """Keep the choice for the next time. Raises StorageError."""
    with store.unit_of_work() as uow:
        uow.settings.set(_PRINTER, choice.name)
        uow.settings.set(_COPIES, str(min(max(choice.copies, 1), MOST_COPIES)))
        uow.commit()
