"""Activity cards by family: choose families, then per family the cards; or type the codes of a deck on the table."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QWidget

from intake_app.ui.controls import words
from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.controls.model import ChoiceModel, QuestionModel
from intake_app.ui.controls.words import Words
from intake_app.ui.widgets.answer_grid import Answer, AnswerGrid
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.buttons import QuietButton
from intake_app.ui.widgets.card import Card
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.layout import column, let_go, row
from intake_app.ui.widgets.line_entry import LineEntry
from intake_app.ui.widgets.message_bar import MessageKind
from intake_app.ui.widgets.text import Badge

_CODE = re.compile(r"[a-z]\s?\d{1,2}", re.IGNORECASE)
_FAMILIES_SCREEN = ""
_TOLD = 0.4
"""The least part of a line for what is to be typed in it."""


def code_line(said: Words, codes: LineEntry, add: QuietButton) -> Card:
    """Where the codes of a deck are typed, below what they look like where it would else be a narrow column."""
    typed = row(Halves(codes, add, shares=(1, 0)), None, gap=0)
    told = BilingualLabel(said.pair(words.CODES_EXAMPLE), "small")
    return Card(Halves(told, typed, shares=(1, 0), left_over=_TOLD), kind="sunken", margin=2)


def read_codes(text: str) -> list[str]:
    """The card codes in a typed line: `H1, t 9;b5` gives h1, t9, b5."""
    return [found.replace(" ", "").lower() for found in _CODE.findall(text)]


def card_code(choice: ChoiceModel) -> str:
    """The code printed on a card: `card_h1` is h1."""
    return choice.value.rsplit("_", 1)[-1]


class CardsControl(QuestionControl):
    """Inner screens: the families (when `parts` holds their question), then one per chosen family.

    What is ticked stays ticked whatever families are chosen. Without a families question all families are in
    reach as tabs, for a counsellor who taps while listening. Beside the families themselves there are no tabs: they
    would come in at the first tap, and push what is tapped next from under the finger.
    """

    def build(self) -> None:
        self.families: QuestionModel | None = self.model.parts[0] if self.model.parts else None
        self._ticked: list[str] = []
        self._opened: set[str] = set()
        self._stage = _FAMILIES_SCREEN if self.families else self._all_families()[0]
        self.count = Badge("", "plain")
        self._tabs_place = row(gap=0.5)
        self._cards_place = column(gap=1)
        self.body.addLayout(row(self._tabs_place, self.count, None, gap=1))
        self.body.addLayout(self._cards_place)
        self.body.addWidget(self._make_code_line())
        self.grid: AnswerGrid | None = None
        self.more: QuietButton | None = None

    def _make_code_line(self) -> Card:
        self.codes = LineEntry(self.words.pair(words.CARD_CODES).spoken, widest=320)
        self.codes.returnPressed.connect(self._add_codes)
        self.add = QuietButton(self.words.pair(words.ADD), "plus")
        self.add.clicked.connect(self._add_codes)
        return code_line(self.words, self.codes, self.add)

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
        self._stage = stage
        self.hush()
        self._fill()

    def show_value(self, value: str) -> None:
        self._ticked = value.split()
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
        self.question.set_pair(self.families.label if on_families and self.families else self.model.label)
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

    def _stage_name(self, stage: str):
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

    def _add_codes(self) -> None:
        by_code = {card_code(choice): choice.value for choice in self.model.choices}
        typed = read_codes(self.codes.text())
        unknown = [code for code in typed if code not in by_code]
        known = [by_code[code] for code in typed if code in by_code]
        self.codes.set_text(" ".join(unknown))
        if unknown:
            what = self.words.pair(words.UNKNOWN_CODES, codes=", ".join(unknown))
            self.say(MessageKind.WARNING, what, self.words.pair(words.LOOK_AT_BACK))
        else:
            self.hush()
        if known:
            self._keep([*self._ticked, *known])
            self._fill()

    def _tell(self) -> None:
        count = len(self._ticked)
        self.count.set_badge(self.words.pair(words.CHOSEN, count=count).main, "good" if count else "plain")

    def first_focus(self) -> QWidget | None:
        return self.grid.first_focus() if self.grid else None
