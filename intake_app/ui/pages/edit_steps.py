"""The panel beside the plan in which goal and steps change: own words, person, date, and a visible result."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.domain.plan import PlanDocument
from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import is_rtl
from intake_app.services.conversation import Conversation
from intake_app.services.plan_steps import StepFields
from intake_app.ui.pages.shared import text
from intake_app.ui.pages.step_card import StepCard
from intake_app.ui.presenters.edit_steps import Idea, StepsPresenter
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    BilingualLabel,
    Card,
    IconButton,
    Pair,
    PrimaryButton,
    SecondaryButton,
    TextEntry,
    TextLabel,
    clear,
    column,
    row,
)
from intake_app.ui.widgets.growth import Growth, Parts
from intake_app.ui.widgets.reveal import reveal
from intake_app.ui.widgets.side_scroll import SideScroll

_TITLE = mark("Doel en stappen")
_GOAL = mark("Mijn doel")
_IDEAS = mark("Ideeën voor een stap")
_GOALS = mark("Ideeën voor een doel")
_MORE = mark("Nog een stap")
_READY = mark("Klaar")


class StepsPanel(QWidget):
    """Goal and steps of one talk. `changed()`: the plan in sight should follow; `failed(error)`; `done()`."""

    changed = Signal()
    failed = Signal(object)
    done = Signal()

    def __init__(self, conversation: Conversation, base: PlanDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.presenter = StepsPresenter(conversation)
        self._base = base
        self._rtl = is_rtl(self.presenter.language)
        self._today = conversation.talk.clock.today()
        self._opened = 0
        self.card: StepCard | None = None
        self._inside = column(gap=2)
        body = QWidget()
        body.setLayout(self._inside)
        way = Qt.LayoutDirection.RightToLeft if self._rtl else Qt.LayoutDirection.LeftToRight
        body.setLayoutDirection(way)
        self.scroll = SideScroll()
        self.scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.scroll.setWidget(body)
        self.ready = PrimaryButton(self.presenter.words.pair(_READY), "check")
        self.ready.clicked.connect(self._done)
        head = row(gap=1)
        head.addWidget(BilingualLabel(self.presenter.words.pair(_TITLE), "title"), 1)
        head.addWidget(self.ready, 0, Qt.AlignmentFlag.AlignVCenter)
        top = QWidget()
        top.setLayout(head)
        top.setLayoutDirection(way)
        whole = column(top, gap=1.5)
        whole.addWidget(self.scroll, 1)
        self.setLayout(whole)
        self._growth = Growth(self)
        self.refresh()

    def plan(self) -> PlanDocument:
        """The plan as it is on the screen."""
        return self.presenter.plan(self._base)

    def refresh(self) -> None:
        """Show goal, steps and ideas as they stand now."""
        clear(self._inside)
        self.card = None
        self._inside.addStretch(1)
        self._growth.begin(self._parts())

    @property
    def grown(self) -> bool:
        """Whether everything is there."""
        return self._growth.done

    def whole(self) -> None:
        """Put everything there now."""
        self._growth.finish()

    def _put(self, part: QWidget) -> None:
        self._inside.insertWidget(self._inside.count() - 1, part)

    def _parts(self) -> Parts:
        self._put(self._goal_card())
        steps = self.presenter.steps()
        self._opened = min(self._opened, len(steps) - 1)
        for place, step in enumerate(steps):
            self._put(self._head(step, place, len(steps)))
            if place == self._opened:
                yield
                self._put(self._open(step))
                self._hint()
                yield
        self._put(self._ideas())
        self.more = SecondaryButton(self.presenter.words.pair(_MORE), "plus")
        self.more.setEnabled(self.presenter.editor.can_add and not steps[-1].is_empty)
        self.more.clicked.connect(self._add)
        self._put(self.more)

    def flush(self) -> None:
        """Keep what is typed and not yet kept."""
        self.goal.finish()
        if self.card is not None:
            self.card.finish()
        try:
            self.presenter.editor.keep()
        except IntakeError as error:
            self.failed.emit(error)

    # ------------------------------------------------------------------ parts
    def _goal_card(self) -> Card:
        words, editor = self.presenter.words, self.presenter.editor
        self.goal = TextEntry(words.pair(_GOAL).spoken, rtl=self._rtl, lines=2, most_lines=4)
        self.goal.set_text(editor.goal)
        self.goal.changed.connect(lambda given: self._try(lambda: editor.hold_goal(given)))
        self.goal.typing_paused.connect(lambda given: self._try(lambda: editor.type_goal(given)))
        self.goal.finished.connect(lambda given: self._try(lambda: editor.set_goal(given)))
        parts: list[QWidget] = [BilingualLabel(words.pair(_GOAL), "strong"), self.goal]
        self.goals = self._ready_made(self.presenter.goals(), words.pair(_GOALS), self._use_goal, many=False)
        reveal(self.goals, not editor.goal.strip())
        return Card(*parts, self.goals, margin=1.5, gap=1.5)

    def _head(self, step: StepFields, place: int, count: int) -> QWidget:
        name = self.presenter.title(step, place + 1)
        label = BilingualLabel(name, "strong")
        line = row(gap=0.5)
        line.addWidget(label, 1, Qt.AlignmentFlag.AlignVCenter)
        spoken = text("stap {number}", number=place + 1)
        for icon, words, work, shown in (
            ("pencil", text("Verander {what}", what=spoken), lambda: self._open_step(place), place != self._opened),
            ("up", text("{what} eerder", what=spoken), lambda: self._move(step.number, -1, place), place > 0),
            ("down", text("{what} later", what=spoken), lambda: self._move(step.number, 1, place), place < count - 1),
            ("trash", text("Haal {what} weg", what=spoken), lambda: self._remove(step.number), not step.is_empty),
        ):
            if shown:
                button = IconButton(icon, words)
                button.clicked.connect(work)
                line.addWidget(button)
        head = QWidget()
        closed = place != self._opened
        head.setLayout(column(line, *([TextLabel(step.values["step"], "body")] if closed else []), gap=0))
        return head

    def _open(self, step: StepFields) -> StepCard:
        self.card = StepCard(self.presenter, step, self._today)
        self.card.changed.connect(self._follow)
        self.card.failed.connect(self.failed)
        return self.card

    def _ideas(self) -> Card:
        ideas = self.presenter.ideas()
        self.ideas = self._ready_made(ideas, self.presenter.words.pair(_IDEAS), self._use_step, many=True)
        self.ideas.set_values([str(n) for n, idea in enumerate(ideas) if idea.number is not None])
        return Card(BilingualLabel(self.presenter.words.pair(_IDEAS), "strong"), self.ideas, margin=1.5, gap=1.5)

    def _ready_made(
        self, ideas: tuple[Idea, ...], name: Pair, use: Callable[[list[str]], None], *, many: bool
    ) -> AnswerGrid:
        answers = [Answer(str(number), idea.words) for number, idea in enumerate(ideas)]
        grid = AnswerGrid(answers, many=many, columns=1, least=240, tile=False, role="small", height=48, rtl=self._rtl)
        grid.setAccessibleName(name.spoken)
        grid.changed.connect(use)
        return grid

    # ------------------------------------------------------------------ what happens
    def _use_goal(self, chosen: list[str]) -> None:
        if chosen:
            words = self.presenter.goals()[int(chosen[0])].words.main
            self._try(lambda: self.presenter.editor.set_goal(words))
            self.refresh()

    def _use_step(self, chosen: list[str]) -> None:
        ideas = self.presenter.ideas()
        now = {n for n, idea in enumerate(ideas) if idea.number is not None}
        turned = now ^ {int(one) for one in chosen}
        self._finish_card()
        for number in sorted(turned):
            self._try(lambda number=number: self.presenter.toggle(ideas[number]))
        self._opened = max(0, len(self.presenter.steps()) - 1)
        self.refresh()

    def _add(self) -> None:
        self._finish_card()
        self._opened = len(self.presenter.steps())
        self._try(self.presenter.add)
        self.refresh()
        self.whole()
        if self.card is not None:
            self.card.what.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_step(self, place: int) -> None:
        self._finish_card()
        self._opened = place
        self.refresh()

    def _move(self, number: int, by: int, place: int) -> None:
        self._finish_card()
        self._try(lambda: self.presenter.editor.move(number, by))
        if self._opened == place:
            self._opened = place + by
        elif self._opened == place + by:
            self._opened = place
        self.refresh()

    def _remove(self, number: int) -> None:
        self._finish_card()
        self._try(lambda: self.presenter.editor.remove(number))
        self.refresh()

    def _finish_card(self) -> None:
        if self.card is not None:
            self.card.finish()

    def _done(self) -> None:
        self.flush()
        self.done.emit()

    def _try(self, work: Callable[[], object]) -> None:
        try:
            work()
        except IntakeError as error:
            self.failed.emit(error)
        self._follow()

    def _follow(self) -> None:
        self._hint()
        self.changed.emit()

    def _hint(self) -> None:
        if self.card is not None:
            self.card.tell(self.presenter.hint(self._base, self._opened + 1))
