"""The questions were renewed since this talk was begun: what is new, and which answers have no place any more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.i18n.gettext import mark
from intake_app.ui.pages.shared import heading, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.changes import VersionTold
from intake_app.ui.widgets import Card, MessageBar, MessageKind, PrimaryButton, TextLabel, column

TITLE = mark("De vragen zijn vernieuwd")
LEAD = mark("Dit gesprek begon met oudere vragen. U gaat verder met de nieuwe.")
LEAD_KEPT = mark("Alle antwoorden die passen, staan er nog.")
LEFT_OVER = mark("Deze antwoorden passen niet meer")
LEFT_OVER_HELP = mark(
    "Ze gaan niet mee in het gesprek, maar blijven bewaard tot het klaar is. Vraag het zo nodig opnieuw."
)
ADDED = mark("Deze vragen zijn nieuw")
MOVED = mark("Deze antwoorden staan nu op een andere plaats")
# Translators: {count} is how many more lines there are than are shown.
MORE = mark("En nog {count}.")
GO_ON = mark("Verder met het gesprek")
_MOST = 12


class ChangedFormPage(SidePage):
    """For the counsellor, in Dutch. Emits `done`."""

    done = Signal()

    def __init__(self, told: VersionTold, parent: QWidget | None = None) -> None:
        super().__init__(text(TITLE), back=False, widest=900, parent=parent)
        self.add(MessageBar(MessageKind.INFO, text(LEAD), text(LEAD_KEPT)))
        if told.left_over:
            self.add(self._card(LEFT_OVER, "list", told.left_over, LEFT_OVER_HELP, shorten=False))
        if told.moved:
            self.add(self._card(MOVED, "info", told.moved))
        if told.added:
            self.add(self._card(ADDED, "plus", told.added))
        self.add_stretch()
        self.go_on = PrimaryButton(text(GO_ON), "next", icon_after=True)
        self.go_on.setObjectName("go_on")
        self.go_on.clicked.connect(self.done)
        self.set_footer(end=[self.go_on])

    def _card(self, title: str, icon: str, lines: Sequence[str], help_text: str = "", *, shorten: bool = True) -> Card:
        shown = list(lines[:_MOST] if shorten else lines)
        labels = [TextLabel(text(help_text), "body")] if help_text else []
        labels += [TextLabel(f"•  {line}", "body") for line in shown]
        if len(lines) > len(shown):
            labels.append(TextLabel(text(MORE, count=len(lines) - len(shown)), "body"))
        return Card(heading(text(title), icon), column(*labels, gap=1))
