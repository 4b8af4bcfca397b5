"""My people: everybody of the own caseload, found while one types; and whom to call today."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.services.meeting import Meeting
from intake_app.services.office import Office
from intake_app.services.people import PersonSummary
from intake_app.ui.pages.shared import in_background, plural, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.pages.two_days import TwoDays
from intake_app.ui.presenters.caseload import CaseloadRead, caseload
from intake_app.ui.presenters.desk import meeting_line
from intake_app.ui.presenters.late import LateLine, late_lines
from intake_app.ui.presenters.people import PeopleModel, PersonLine
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    LineEntry,
    MessageBar,
    Pair,
    TextLabel,
    clear,
    column,
    row,
)
from intake_app.ui.widgets.big_buttons import RowButton
from intake_app.ui.widgets.field import Field
from intake_app.ui.widgets.icons import IconMark

EVERYBODY, DUE = "everybody", "due"


class PeoplePage(SidePage):
    """The list, opened on `which` of it: everybody, or whom to call.

    `person_requested(PersonSummary)`: somebody was chosen; the file itself asks for a second mark.
    `meeting_requested(participant_id, name)`: two places changed one plan, to the conflict desk.
    `envelopes_requested()`: to where a file of another place is opened.
    `card_requested(participant_id)`: a follow-up is open that has to be finished first.
    """

    back_requested = Signal()
    person_requested = Signal(object)
    meeting_requested = Signal(str, str)
    envelopes_requested = Signal()
    card_requested = Signal(str)

    def __init__(self, office: Office, *, which: str = EVERYBODY, parent: QWidget | None = None) -> None:
        super().__init__(text("Mijn mensen"), widest=960, parent=parent)
        self.back.connect(self.back_requested)
        self.message = MessageBar()
        self.search = LineEntry(text("Zoek iemand"))
        self.search.textChanged.connect(self._show)
        line = row(gap=1)
        line.addWidget(IconMark("search", "ink_soft", 28), 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self.search, 1)
        entry = QWidget()
        entry.setLayout(line)
        entry.setFocusProxy(self.search)
        self.add(self.message)
        self.add(Field(text("Zoek iemand"), entry, text("Typ een naam, een nummer, een datum of hoe het ermee staat.")))
        self._office = office
        self._model: PeopleModel | None = None
        self._above = column(gap=3)
        above = QWidget()
        above.setLayout(self._above)
        self.add(above)
        self.count = TextLabel(text("De lijst wordt gelezen …"), "small")
        self.people_buttons: list[RowButton] = []
        self._lines = column(gap=1.5)
        self.elsewhere = TextLabel("", "strong")
        self.elsewhere.hide()
        self.add(self.count)
        self.add(self.elsewhere)
        body = QWidget()
        body.setLayout(self._lines)
        self.add(body)
        self.add_stretch()
        # A large caseload takes a while to open: every name in it is locked with a key of its own.
        in_background(self, lambda: caseload(office), lambda found: self._arrived(found, which), self._not_read)

    def _arrived(self, found: CaseloadRead, which: str) -> None:
        self._model = found.people
        late = late_lines(found.overtaken)
        self.meeting_buttons = self._meetings(found.meetings, frozenset[str]().union(*(one.meetings for one in late)))
        self.overtaken_buttons = self._overtaken(late)
        self.two_days = [TwoDays(self._office, line) for line in found.days]
        for card in self.two_days:
            card.failed.connect(lambda error: say_error(self.message, error))
            self._above.addWidget(card)
        self.which = self._which(which)
        self._above.addWidget(self.which)
        self._show()

    def _not_read(self, error: IntakeError) -> None:
        self.count.setText("")
        say_error(self.message, error)

    @property
    def read(self) -> bool:
        """Whether the list stands on the page."""
        return self._model is not None

    def first_focus(self) -> QWidget:
        """The page opens to be typed in."""
        return self.search

    def _meetings(self, meetings: tuple[Meeting, ...], told: frozenset[str]) -> list[RowButton]:
        """What was changed in two places, above the list: it waits for somebody to choose. `told` are those that have
        a line already."""
        buttons = []
        for meeting in meetings:
            if meeting.name in told:
                continue
            name, detail = meeting_line(meeting)
            button = RowButton(name, detail, "people", badge=text("op twee plekken veranderd"), badge_kind="warning")
            button.clicked.connect(
                lambda _checked=False, one=meeting: self.meeting_requested.emit(one.participant_id, one.name)
            )
            self._above.addWidget(button)
            buttons.append(button)
        return buttons

    def _overtaken(self, lines: tuple[LateLine, ...]) -> list[RowButton]:
        """Corrections that came too late at the centre: to the desk, or to where the other version can be opened."""
        buttons = []
        for one in lines:
            button = RowButton(
                one.name, one.detail, "people", badge=text("op twee plekken veranderd"), badge_kind="warning"
            )
            button.clicked.connect(lambda _checked=False, late=one: self._to_desk(late))
            self._above.addWidget(button)
            buttons.append(button)
        return buttons

    def _to_desk(self, late: LateLine) -> None:
        if late.meeting:
            self.meeting_requested.emit(late.participant_id, late.meeting)
        elif late.open_talk:
            self.card_requested.emit(late.participant_id)
        else:
            self.envelopes_requested.emit()

    def _which(self, first: str) -> AnswerGrid:
        number = len(self._model.due) if self._model else 0
        answers = [
            Answer(EVERYBODY, Pair.plain(text("Iedereen"))),
            # Translators: {count} is the number of people with whom contact was promised for today or before.
            Answer(DUE, Pair.plain(text("Vandaag bellen ({count})", count=number))),
        ]
        which = AnswerGrid(answers, columns=2, tile=False, role="strong")
        which.setAccessibleName(text("Wie u ziet"))
        which.set_values([first])
        which.changed.connect(lambda _values: self._show())
        return which

    def _show(self, *_typed: object) -> None:
        if self._model is None:
            return
        due_only = self.which.values() == [DUE]
        shown = self._model.find(self.search.text(), due_only=due_only)
        clear(self._lines)
        self.people_buttons = [self._button(line) for line in shown.lines]
        for button in self.people_buttons:
            self._lines.addWidget(button)
        elsewhere = self._model.elsewhere(self.search.text())
        self.elsewhere.setText(elsewhere)
        self.elsewhere.setVisible(bool(elsewhere))
        self.count.setVisible(not elsewhere or bool(shown.lines))
        self.count.setText(self._told(len(shown.lines), shown.more, shown.total, due_only))
        self.chain()

    def _told(self, here: int, more: int, total: int, due_only: bool) -> str:
        if not total:
            if due_only:
                return text("U hoeft vandaag niemand te bellen.")
            return text("Hier komen de mensen met wie u een gesprek heeft gehad.")
        if not here:
            return text("Niemand gevonden. Kijk of u het goed typte, of typ minder letters.")
        found = plural("{count} persoon", "{count} mensen", here + more)
        if not more:
            return found
        return text("{found}. U ziet de eerste {here}. Typ meer om te zoeken.", found=found, here=here)

    def _button(self, line: PersonLine) -> RowButton:
        button = RowButton(line.title, line.detail, "person", badge=line.badge, badge_kind=line.badge_kind)
        button.clicked.connect(lambda _checked=False, person=line.summary: self._choose(person))
        return button

    def _choose(self, person: PersonSummary) -> None:
        self.person_requested.emit(person)
