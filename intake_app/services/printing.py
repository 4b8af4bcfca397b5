"""The printer and the number of copies of last time, for the account that is in; nothing of what was printed."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store
from intake_app.services.preferences import read_choice, write_choices

_PRINTER, _COPIES = "printer_name", "printer_copies"
MOST_COPIES = 9


@dataclass(frozen=True)
class PrinterChoice:
    """The name of a printer ("" for the system's own choice) and how many copies."""

    name: str = ""
    copies: int = 1


@guarded(Action.PRINT)
def last_printer(store: Store) -> PrinterChoice:
    """What was chosen last time; the system's own printer and one copy when nothing was."""
    copies = read_choice(store, _COPIES)
    return PrinterChoice(
        read_choice(store, _PRINTER), min(max(int(copies), 1), MOST_COPIES) if copies.isdecimal() else 1
    )


@guarded(Action.PRINT)
def remember_printer(store: Store, choice: PrinterChoice) -> None:
    """Keep the choice for the next time. Raises StorageError."""
    write_choices(store, {_PRINTER: choice.name, _COPIES: str(min(max(choice.copies, 1), MOST_COPIES))})
