"""After a follow-up that changed the plan: the new plan and the card with the next appointment, to print or to save."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.plan import PlanDocument
from intake_app.services.office import Office
from intake_app.ui.pages.shared import heading, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.plan import file_name
from intake_app.ui.printing import SYSTEM, PaperDesk, PrintWays
from intake_app.ui.widgets import (
    BusyOverlay,
    Card,
    Divider,
    MessageBar,
    MessageKind,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    row,
)

KINDS = ("plan", "appointment")


class RenewedPlanPage(SidePage):
    """What goes along with the participant now. `back_requested`: on to the list."""

    back_requested = Signal()

    def __init__(
        self,
        office: Office,
        plan: PlanDocument,
        told: str,
        *,
        ways: PrintWays = SYSTEM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text("Het plan is vernieuwd"), widest=960, parent=parent)
        self._office, self._plan = office, plan
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self.message.say(MessageKind.GOOD, told)
        self.add(self.message)
        self.busy = BusyOverlay(self)
        self.desk = PaperDesk(self, self.message, self.busy, office.store, ways)
        self.prints: dict[str, PrimaryButton] = {}
        self.add(self._steps())
        self.add_stretch()
        ready = SecondaryButton(text("Klaar"), "check")
        ready.clicked.connect(self.back_requested)
        self.set_footer(end=[ready])

    def _steps(self) -> Card:
        title = text("Plan {number}", number=self._plan.plan_number)
        card = Card(heading(title, "list"), gap=2)
        card.add(TextLabel(text("Dit zijn de stappen van nu:"), "body"))
        for step in self._plan.steps:
            card.add(TextLabel(step.what.dutch or step.what.text, "strong"))
        card.add(Divider())
        names = {"plan": text("Druk het nieuwe plan af"), "appointment": text("Druk de afsprakenkaart af")}
        for kind in KINDS:
            if kind == "appointment" and (self._plan.appointment is None or self._plan.appointment.day is None):
                continue
            button = PrimaryButton(names[kind], "print")
            button.clicked.connect(lambda _checked=False, name=kind: self.desk.print(lambda: self._pdf(name)))
            save = SecondaryButton(text("Bewaar als PDF"), "save")
            save.setAccessibleDescription(names[kind])
            save.clicked.connect(lambda _checked=False, name=kind: self._save(name))
            self.prints[kind] = button
            card.add(row(button, save, None, gap=1.5))
        return card

    def _pdf(self, kind: str) -> bytes:
        return self._office.render(self._plan, kind)

    def _save(self, kind: str) -> None:
        self.desk.save(lambda: self._pdf(kind), file_name(kind, self._plan.participant_number))
