"""A person's file: what was talked about when, the plans to print again, what they agreed to, and the next time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.instance import InstanceStatus
from intake_app.i18n.formats import format_moment
from intake_app.services.office import Office
from intake_app.services.people import KeptPlan, KeptTalk, PersonFile
from intake_app.services.stored_plans import in_language
from intake_app.ui.pages.shared import at_start, heading, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.people import consent_lines, facts, name_of, next_time, person_line, talk_line
from intake_app.ui.presenters.plan import file_name, for_print
from intake_app.ui.printing import SYSTEM, Make, PaperDesk, PrintWays
from intake_app.ui.widgets import (
    Badge,
    BusyOverlay,
    Card,
    Divider,
    MessageBar,
    SecondaryButton,
    TextLabel,
    column,
    row,
)
from intake_app.ui.widgets.big_buttons import RowButton
from intake_app.ui.widgets.flow import Flow
from intake_app.ui.widgets.icons import IconMark


class PersonPage(SidePage):
    """Shows an opened file. `ways` are how it asks the system about paper and files.

    Signals: `draft_requested(instance_id)`, `reopen_requested(instance_id)` (a finished talk), `rights_requested(
    participant_id)`, `again_requested(KeptPlan)` (in another language or in large letters), `back_requested`.
    """

    back_requested = Signal()
    draft_requested = Signal(str)
    reopen_requested = Signal(str)
    rights_requested = Signal(str)
    again_requested = Signal(object)

    def __init__(
        self,
        office: Office,
        found: PersonFile,
        *,
        ways: PrintWays = SYSTEM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name_of(found.summary), widest=1180, parent=parent)
        self._office, self._found = office, found
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self.add(self.message)
        halves = QWidget()
        both = row(gap=3)
        both.addLayout(column(self._talks(), self._plans(), None, gap=3), 3)
        both.addLayout(column(self._facts(), self._consents(), None, gap=3), 2)
        halves.setLayout(both)
        self.add(halves)
        self.add_stretch()
        self.set_footer(end=[self._rights()])
        self.busy = BusyOverlay(self)
        self.desk = PaperDesk(self, self.message, self.busy, office.store, ways)

    def _facts(self) -> Card:
        shown = person_line(self._found.summary)
        card = Card(heading(text("Wie is het?"), "person"), gap=1.5)
        at_start(card.body, Badge(shown.badge, shown.badge_kind))
        for line in facts(self._found):
            card.add(TextLabel(line, "body"))
        card.add(Divider())
        self.next_time = TextLabel(next_time(self._found), "strong")
        card.add(self.next_time)
        return card

    def _talks(self) -> Card:
        card = Card(heading(text("Gesprekken"), "clock"), gap=1.5)
        self.talk_buttons: list[RowButton] = []
        if not self._found.talks:
            card.add(TextLabel(text("Het gesprek staat niet meer op deze laptop."), "body", tone="soft"))
        for talk in self._found.talks:
            at = format_moment(talk.at, "nl")
            if talk.status in (InstanceStatus.INCOMPLETE, InstanceStatus.INVALID):
                card.add(self._open_talk(talk, at))
            else:
                line = row(IconMark("good", "good", 24), TextLabel(talk_line(at, talk.status), "body"), gap=1.5)
                line.setStretch(1, 1)
                card.add(line)
        if self._found.talks and not self.talk_buttons:
            card.add(self._finished_talk(self._found.talks[0]))
        return card

    def _finished_talk(self, talk: KeptTalk) -> RowButton:
        """Further talking makes a new record, which takes the place of the finished one."""
        more = text("Wat er al staat, wordt niet opnieuw gevraagd.")
        button = RowButton(text("Praat verder over dit gesprek"), more, "clock")
        button.setObjectName("reopen")
        button.clicked.connect(lambda _checked=False, name=talk.instance_id: self.reopen_requested.emit(name))
        self.talk_buttons.append(button)
        return button

    def _open_talk(self, talk: KeptTalk, at: str) -> RowButton:
        button = RowButton(text("Ga verder met het gesprek"), text("laatst bewaard {moment}", moment=at), "clock")
        button.clicked.connect(lambda _checked=False, name=talk.instance_id: self.draft_requested.emit(name))
        self.talk_buttons.append(button)
        return button

    def _plans(self) -> Card:
        card = Card(heading(text("Plannen"), "list"), gap=1.5)
        self.print_buttons: list[SecondaryButton] = []
        self.save_buttons: list[SecondaryButton] = []
        self.again_buttons: list[SecondaryButton] = []
        if not self._found.plans:
            card.add(TextLabel(text("Er is nog geen plan."), "body", tone="soft"))
        for number, plan in enumerate(self._found.plans):
            if number:
                card.add(Divider())
            # Translators: {number} is the number of a plan, such as 4711-2085-1; {moment} a day and time.
            told = text("Plan {number} van {moment}", number=plan.plan_number, moment=format_moment(plan.made_at, "nl"))
            card.add(TextLabel(told, "strong"))
            card.add(self._plan_buttons(plan, told))
        return card

    def _plan_buttons(self, plan: KeptPlan, told: str) -> QWidget:
        again = SecondaryButton(text("Druk opnieuw af"), "print")
        again.clicked.connect(lambda: self.desk.print(self._sheet(plan)))
        save = SecondaryButton(text("Bewaar als PDF"), "save")
        save.clicked.connect(
            lambda: self.desk.save(self._sheet(plan), file_name("plan", plan.document.participant_number))
        )
        other = SecondaryButton(text("Andere taal of grote letters"), "globe")
        other.clicked.connect(lambda: self.again_requested.emit(plan))
        for button, kept in ((again, self.print_buttons), (save, self.save_buttons), (other, self.again_buttons)):
            button.setAccessibleDescription(told)
            kept.append(button)
        return Flow(again, save, other, gap=1.5)

    def _consents(self) -> Card:
        card = Card(heading(text("Wat mag"), "check"), gap=1.5)
        lines = consent_lines(self._found.consents, self._office)
        if not lines:
            card.add(TextLabel(text("Dat wordt bewaard zodra het gesprek af is."), "body", tone="soft"))
        for line in lines:
            mark = IconMark("good" if line.stands else "cross", "good" if line.stands else "ink_soft", 24)
            words = column(TextLabel(line.words, "body"), TextLabel(line.answer, "small"), gap=0.25)
            one = row(gap=1.5)
            one.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            one.addLayout(words, 1)
            card.add(one)
        return card

    def _rights(self) -> SecondaryButton:
        """In the foot, always in sight: who asks for it by phone waits meanwhile."""
        self.rights = SecondaryButton(text("Inzien, veranderen of wissen"), "eye")
        self.rights.clicked.connect(lambda: self.rights_requested.emit(self._found.summary.participant_id))
        return self.rights

    def _sheet(self, plan: KeptPlan) -> Make:
        document = in_language(plan.document, plan.document.language)
        return lambda: self._office.render(*for_print(document, "plan"))
