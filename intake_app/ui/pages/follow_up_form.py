"""After a follow-up that changed the plan: the new plan and the card with the next appointment, to print or to save."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from intake_app.domain.plan import PlanDocument
from intake_app.services.office import Office
from intake_app.services.people import KeptPlan
from intake_app.ui.pages.plan_again import PlanAgainPage
from intake_app.ui.pages.shared import heading, text
from intake_app.ui.printing import SYSTEM, PrintWays
from intake_app.ui.voice.speaker import Speaker
from intake_app.ui.widgets import Card, MessageKind, SecondaryButton, TextLabel

_SHEETS = ("plan", "large")
_APPOINTMENT = "appointment"


class RenewedPlanPage(PlanAgainPage):
    """What goes along with the participant now, looked at first as any plan that is printed again: which sheet, in
    which language. `told` is what became of the follow-up. `back_requested`: on to the list.
    """

    def __init__(
        self,
        office: Office,
        plan: PlanDocument,
        told: str,
        *,
        ways: PrintWays = SYSTEM,
        speaker: Speaker | None = None,
        parent: QWidget | None = None,
    ) -> None:
        meeting = plan.appointment is not None and plan.appointment.day is not None
        sheets = (*_SHEETS, _APPOINTMENT) if meeting else _SHEETS
        kept = KeptPlan(plan.plan_number, office.clock.now(), plan)
        title = text("Het plan is vernieuwd")
        super().__init__(office, kept, title=title, sheets=sheets, ways=ways, speaker=speaker, parent=parent)
        self.message.say(MessageKind.GOOD, told)

    def above(self) -> Sequence[QWidget]:
        """The steps of now."""
        card = Card(heading(text("Plan {number}", number=self._plan.plan_number), "list"), margin=2, gap=1.5)
        card.add(TextLabel(text("Dit zijn de stappen van nu:"), "body"))
        for step in self._plan.steps:
            card.add(TextLabel(step.what.dutch or step.what.text, "strong"))
        return (card,)

    def after(self) -> Sequence[QWidget]:
        """On to the list."""
        self.ready_button = SecondaryButton(text("Klaar"), "check")
        self.ready_button.clicked.connect(self.back_requested)
        return (self.ready_button,)
