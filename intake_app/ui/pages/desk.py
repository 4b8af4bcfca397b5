"""The conflict desk: two places changed one plan; both answers stand side by side, and one click chooses."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.services.differences import HERE, OWN, THERE, Difference
from intake_app.services.hand_over import Source
from intake_app.services.meeting import Beside, Meeting
from intake_app.services.office import INTAKE, Office
from intake_app.ui.errands import run_errand
from intake_app.ui.pages.shared import at_start, heading, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.desk import (
    DeskPresenter,
    beside_line,
    changed,
    left,
    outcome_told,
    shown,
    side_lines,
    taken_back,
    who_is_it,
)
from intake_app.ui.presenters.desk_words import desk_words
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    Badge,
    BusyOverlay,
    Card,
    LineEntry,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    column,
    row,
)
from intake_app.ui.widgets.field import Field


class Choosing(Card):
    """One question with both answers. `chosen(key, side, own)` on a click; `typed(key, own)` while words are typed."""

    chosen = Signal(str, str, str)
    typed = Signal(str, str)

    def __init__(self, difference: Difference, *, compared: bool = True, hint: str = "") -> None:
        super().__init__(TextLabel(difference.question, "strong"), gap=1.5, margin=2.5)
        self.key = difference.key
        kind = "warning" if difference.changed_here else "info"
        at_start(self.body, Badge(changed(difference, compared=compared), kind))
        if hint:
            self.add(TextLabel(hint, "body"))
        answers = [
            Answer(HERE, Pair.plain(shown(difference.here)), note=Pair.plain(text("Hier"))),
            Answer(THERE, Pair.plain(shown(difference.there)), note=Pair.plain(text("Daar"))),
        ]
        self.grid = AnswerGrid(answers, columns=2, tile=False, role="body")
        self.grid.set_about(difference.question)
        self.grid.changed.connect(self._clicked)
        self.add(self.grid)
        self.own = LineEntry(text("In eigen woorden"))
        self.use = SecondaryButton(text("Gebruik deze woorden"), "check")
        self.own.typing_paused.connect(lambda words: self.typed.emit(self.key, words))
        self.use.clicked.connect(lambda: self.chosen.emit(self.key, OWN, self.own.text()))
        if difference.typed:
            line = row(self.own, self.use, gap=1.5)
            line.setStretch(0, 1)
            inner = QWidget()
            inner.setLayout(line)
            inner.setFocusProxy(self.own)
            self.add(Field(text("Of schrijf samen iets anders"), inner))
        self.tell(difference)

    def tell(self, difference: Difference) -> None:
        """Show what is chosen now."""
        self.grid.set_values([difference.choice])
        self.own.set_text(difference.own)
        words = text("Deze woorden gelden") if difference.choice == OWN else text("Gebruik deze woorden")
        self.use.set_text(words)
        self.setEnabled(not difference.idle)

    def _clicked(self, values: list[str]) -> None:
        self.chosen.emit(self.key, values[0] if values else HERE, "")


class DeskPage(SidePage):
    """One meeting. `settled(str)` with what became of it; `back_requested`."""

    back_requested = Signal()
    settled = Signal(str)

    def __init__(self, office: Office, participant_id: str, name: str, parent: QWidget | None = None) -> None:
        presenter = DeskPresenter(office, participant_id, name)
        words = desk_words(presenter.form_id)
        super().__init__(text(words.title), widest=1180, parent=parent)
        self.presenter, self.words = presenter, words
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self.add(self.message)
        self.questions: list[Choosing] = []
        self._body = column(gap=2)
        inner = QWidget()
        inner.setLayout(self._body)
        self.add(inner)
        self.add_stretch()
        self.count = TextLabel("", "strong")
        self.undo = SecondaryButton(text("Maak de laatste keuze ongedaan"), "undo")
        self.undo.clicked.connect(lambda: self._keep(self.presenter.undo))
        self.ready = PrimaryButton(text(self.words.ready), "check")
        self.ready.clicked.connect(self._settle)
        middle = QWidget()
        middle.setLayout(column(None, self.count, None))
        self.set_footer(start=[self.undo], end=[middle, self.ready])
        self.busy = BusyOverlay(self)
        self.undo.setEnabled(False)
        self.ready.setEnabled(False)
        told = text("Beide versies worden naast elkaar gelegd …")
        run_errand(self, self.busy, told, lambda _watch: self.presenter.load(), self._loaded, self._failed)

    def _loaded(self, meeting: Meeting) -> None:
        self._body.addWidget(TextLabel(who_is_it(meeting), "title"))
        self._body.addWidget(TextLabel(text(self.words.why), "body"))
        here = self._side(text("Hier"), "home", meeting.here)
        sides = row(here, self._side(text("Daar"), "people", meeting.there), gap=2)
        sides.setStretch(0, 1)
        sides.setStretch(1, 1)
        self._body.addLayout(sides)
        for one in meeting.differences:
            question = Choosing(one, compared=meeting.compared, hint=self.presenter.hint(one))
            question.chosen.connect(self._choose)
            question.typed.connect(lambda key, own: self._keep(lambda: self.presenter.type(key, own)))
            self.questions.append(question)
            self._body.addWidget(question)
        if not meeting.differences and not meeting.beside and self.presenter.form_id != INTAKE:
            self._body.addWidget(TextLabel(text("Hier en daar staat hetzelfde."), "strong"))
        if meeting.beside:
            self._body.addWidget(self._beside(meeting.beside))
        if meeting.taken_back:
            self.message.say(MessageKind.INFO, *taken_back(meeting))
        self._tell(meeting)
        self.chain()

    def _side(self, words: str, icon: str, source: Source) -> Card:
        place, who = side_lines(source)
        card = Card(heading(words, icon), TextLabel(place, "body"), TextLabel(who, "small"), gap=0.5, margin=2)
        card.body.addStretch(1)
        return card

    def _beside(self, lines: tuple[Beside, ...]) -> Card:
        """What the Werkcentrum changed beside the questions: nothing of it is put in the talk by itself."""
        title = heading(text(self.words.beside_title), "info")
        card = Card(title, TextLabel(text(self.words.beside), "body"), gap=1.5, margin=2.5)
        for one in lines:
            question, both = beside_line(one, self.presenter.form_id)
            card.add(TextLabel(question, "strong"))
            card.add(TextLabel(both, "body"))
        return card

    def _choose(self, key: str, side: str, own: str) -> None:
        self._keep(lambda: self.presenter.choose(key, side, own))

    def _keep(self, change: Callable[[], Meeting]) -> None:
        """A click counts once it is kept; else the page shows again what is kept, and says so."""
        try:
            meeting = change()
        except IntakeError as error:
            say_error(self.message, error)
            meeting = self.presenter.meeting
        if meeting is not None:
            self._tell(meeting)

    def _tell(self, meeting: Meeting) -> None:
        for question, one in zip(self.questions, meeting.differences, strict=True):
            question.tell(one)
        self.count.setText(left(meeting))
        self.undo.setEnabled(meeting.moves > 0)
        self.undo.setVisible(bool(meeting.differences))
        self.ready.setEnabled(not meeting.left)

    def _settle(self) -> None:
        run_errand(
            self,
            self.busy,
            text(self.words.busy),
            lambda _watch: self.presenter.settle(),
            lambda outcome: self.settled.emit(outcome_told(outcome, self.presenter.form_id)),
            self._failed,
            stoppable=False,
        )

    def _failed(self, error: IntakeError) -> None:
        say_error(self.message, error, MessageKind.WARNING)
        self.scroll.verticalScrollBar().setValue(0)
