"""Activity cards by family: choose families, then per family the cards; or type the codes of a deck on the table."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QWidget

from intake_app.ui.controls import words
from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.controls.model import ChoiceModel, QuestionModel
from intake_app.ui.controls.table_cards import ListedCards, TableCards, Typed, bring_in_sight
from intake_app.ui.widgets.answer_grid import Answer, AnswerGrid
from intake_app.ui.widgets.buttons import QuietButton
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.layout import column, let_go, row
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.text import Badge

_FAMILIES_SCREEN = ""
_LINE = 0.4
"""The least part of the line of tabs and count for those, beside the button for cards on the table."""


class CardsControl(QuestionControl):
    """Inner screens: the families (when `parts` holds their question), then one per chosen family.

    What is ticked stays ticked whatever families are chosen. Without a families question all families are in
    reach as tabs, for a counsellor who taps while listening. Beside the families themselves there are no tabs: they
    would come in at the first tap, and push what is tapped next from under the finger.
    """

    _stage = _FAMILIES_SCREEN

    def build(self) -> None:
        self.families: QuestionModel | None = self.model.parts[0] if self.model.parts else None
        self._ticked: list[str] = []
        self._opened: set[str] = set()
        self._stage = _FAMILIES_SCREEN if self.families else self._all_families()[0]
        self.count = Badge("", "plain")
        self._tabs_place = row(gap=0.5)
        self._cards_place = column(gap=1)
        self.listed = ListedCards(self.words, self)
        self.listed.turned.connect(self._turn_listed)
        line = row(self._tabs_place, self.count, None, gap=1)
        self.table: TableCards | None = None
        if self.helpers.counsellor_here:
            self.table = TableCards(self.model.choices, self)
            self.table.typed.connect(self._add_codes)
            self.body.addWidget(Halves(line, self.table.button, shares=(1, 0), left_over=_LINE, parent=self))
            self.body.addWidget(self.table.panel)
        else:
            self.body.addLayout(line)
        self.body.addWidget(self.listed)
        self.body.addLayout(self._cards_place)
        self.grid: AnswerGrid | None = None
        self.more: QuietButton | None = None

    def heading(self) -> Pair:
        on_families = bool(self.model.parts) and self._stage == _FAMILIES_SCREEN
        return self.model.parts[0].label if on_families else self.model.label

    def _all_families(self) -> list[str]:
        return list(dict.fromkeys(choice.properties.get("family", "") for choice in self.model.choices)) or [""]

    def stages(self) -> list[str]:
        """The inner screens: "" for the families, then a family letter each."""
        if self.families is None:
            return self._all_families()
        return [_FAMILIES_SCREEN, *self.families.value.split()]

    @property
    def stage(self) -> str:
        """The inner screen in sight."""
        return self._stage

    def advance(self) -> bool:
        return self._step(1)

    def retreat(self) -> bool:
        return self._step(-1)

    def _step(self, by: int) -> bool:
        if self.families is None:
            return False
        stages = self.stages()
        place = (stages.index(self._stage) if self._stage in stages else 0) + by
        if not 0 <= place < len(stages):
            return False
        self.show_stage(stages[place])
        return True

    def show_stage(self, stage: str) -> None:
        """Go to an inner screen."""
        self.show_inner(stage)
        self.turned.emit(self.model.ref, stage)

    def show_inner(self, stage: str) -> None:
        if stage == self._stage or stage not in self.stages():
            return
        self._stage = stage
        self.hush()
        self._list(self._elsewhere())
        self._fill()

    def show_value(self, value: str) -> None:
        before, self._ticked = self._ticked, value.split()
        if set(self._elsewhere()) - set(before):
            self._list(dict.fromkeys([*self.listed.lines, *self._elsewhere()]))
        self.listed.set_ticked(self._ticked)
        self._fill()

    def _elsewhere(self) -> list[str]:
        """What is ticked and stands on no inner screen: its family was not chosen, or is not any more."""
        if self.families is None:
            return []
        reached = self.families.value.split()
        by_value = {choice.value: choice.properties.get("family", "") for choice in self.model.choices}
        return [value for value in self._ticked if by_value.get(value, "") not in reached]

    def _list(self, values: Iterable[str]) -> None:
        listed = set(values)
        answers = [answer for answer in self.answers_of(self.model) if answer.value in listed]
        before = list(self.listed.lines)
        self.listed.show_cards(answers, self._ticked)
        if list(self.listed.lines) != before:
            self.folded.emit()

    def _turn_listed(self, value: str) -> None:
        self._keep([one for one in self._ticked if one != value] if value in self._ticked else [*self._ticked, value])
        self.listed.set_ticked(self._ticked)
        self._fill()

    def keep_body(self, before: QuestionModel) -> bool:
        same = (before.choices, before.rows, before.examples) == (
            self.model.choices,
            self.model.rows,
            self.model.examples,
        )
        shape = [(part.ref, part.choices) for part in before.parts] == [
            (part.ref, part.choices) for part in self.model.parts
        ]
        if same and shape and self.model.parts:
            self.families = self.model.parts[0]
        return same and shape

    def _fill(self) -> None:
        on_families = self.families is not None and self._stage == _FAMILIES_SCREEN
        chosen = self.families.value if self.families and not on_families else ""
        state = (self._stage, tuple(self._shown_cards()), chosen)
        if self.grid is not None and state == self._filled:
            self.grid.set_values(self._values_here())
            self._tell()
            return
        self._filled = state
        let_go(self._cards_place)
        self.more = None
        self.question.set_pair(self.heading())
        let_go(self._tabs_place)
        if on_families:
            self._fill_families()
        else:
            self._fill_tabs()
            self._fill_cards()
        self._tell()
        self.folded.emit()

    def _fill_tabs(self) -> None:
        stages = self.stages()
        if len(stages) < 2:
            return
        answers = [Answer(stage, self._stage_name(stage)) for stage in stages]
        tabs = AnswerGrid(
            answers,
            tile=False,
            columns=len(answers),
            least=168,
            rtl=self.model.rtl,
            role="small",
            centred=True,
            marked=False,
            parent=self,
        )
        tabs.set_values([self._stage])
        tabs.changed.connect(lambda values: self.show_stage(values[0]))
        self.tabs = tabs
        self._tabs_place.addWidget(tabs)

    def _stage_name(self, stage: str) -> Pair:
        if stage == _FAMILIES_SCREEN:
            return self.words.pair(words.FAMILIES)
        source = self.families.choices if self.families else ()
        for choice in source:
            if choice.value == stage:
                return self.model.pair(choice)
        return self.words.pair(stage.upper())

    def _fill_families(self) -> None:
        families = self.families
        assert families is not None
        self.grid = AnswerGrid(
            self.answers_of(families), many=True, most=families.max_choices, columns=5, rtl=self.model.rtl, parent=self
        )
        self.grid.set_values(families.value.split())
        self.grid.full.connect(self.too_many)
        self.grid.changed.connect(self._families_changed)
        self._cards_place.addWidget(self.grid)

    def _families_changed(self, values: list[str]) -> None:
        assert self.families is not None
        self.hush()
        self.answered.emit(self.families.ref, " ".join(values))

    def _family_cards(self) -> list[ChoiceModel]:
        return [choice for choice in self.model.choices if choice.properties.get("family", "") == self._stage]

    def _shown_cards(self) -> list[str]:
        """The cards in sight: those behind "Meer kaarten" only once it was tapped, or when they are ticked."""
        return [
            choice.value
            for choice in self._family_cards()
            if not choice.properties.get("more") or self._stage in self._opened or choice.value in self._ticked
        ]

    def _fill_cards(self) -> None:
        cards, shown = self._family_cards(), self._shown_cards()
        answers = [answer for answer in self.answers_of(self.model) if answer.value in shown]
        self.grid = AnswerGrid(answers, many=True, columns=5, least=184, rtl=self.model.rtl, parent=self)
        self.grid.set_values(self._values_here())
        self.grid.changed.connect(self._cards_changed)
        self._cards_place.addWidget(self.grid)
        if len(shown) < len(cards):
            self.more = QuietButton(self.words.pair(words.MORE_CARDS), "plus")
            self.more.clicked.connect(self._open_more)
            self._cards_place.addLayout(row(self.more, None))

    def _values_here(self) -> list[str]:
        if self.families is not None and self._stage == _FAMILIES_SCREEN:
            return self.families.value.split()
        return self._ticked

    def _open_more(self) -> None:
        self._opened.add(self._stage)
        self._fill()
        if self.grid is not None and (first := self.grid.first_focus()):
            first.setFocus()

    def _cards_changed(self, values: list[str]) -> None:
        here = {card.value for card in self.grid.cards} if self.grid else set()
        self._keep([value for value in self._ticked if value not in here] + values)

    def _keep(self, values: list[str]) -> None:
        wanted = set(values)
        self._ticked = [choice.value for choice in self.model.choices if choice.value in wanted]
        self._tell()
        self.answered.emit(self.model.ref, " ".join(self._ticked))

    def _add_codes(self, typed: Typed) -> None:
        if typed.cards:
            self._keep([*self._ticked, *typed.cards])
            self._list([*typed.cards, *self._elsewhere()])
            self._fill()
            bring_in_sight(self.listed)
        if self.table is not None:
            self.table.tell(typed.unknown)

    def _tell(self) -> None:
        chosen = self._values_here() if self._stage == _FAMILIES_SCREEN else self._ticked
        most = self.families.max_choices if self.families and self._stage == _FAMILIES_SCREEN else None
        said = words.CHOSEN_OF if most else words.CHOSEN
        text = self.words.pair(said, count=len(chosen), **({"most": most} if most else {}))
        self.count.set_badge(text.main, "good" if chosen else "plain")

    def first_focus(self) -> QWidget | None:
        return self.grid.first_focus() if self.grid else None
