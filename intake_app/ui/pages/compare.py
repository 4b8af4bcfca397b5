"""Two proposed occupations side by side, in the language of the talk, to talk about which fits better."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import is_rtl
from intake_app.services.radar import Radar
from intake_app.ui.controls.words import Words
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.compare import Aspect, Comparison, compare
from intake_app.ui.presenters.radar import CloseUp
from intake_app.ui.widgets import (
    Badge,
    BilingualLabel,
    Card,
    Pair,
    PictogramLabel,
    SecondaryButton,
    column,
    row,
)
from intake_app.ui.widgets.flow import Flow
from intake_app.ui.widgets.growth import Parts
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.icons import IconMark

TITLE = mark("Twee beroepen naast elkaar")
BACK = mark("Terug")


class ComparePage(SidePage):
    """What one can and can learn, what is asked, the way and the chance, of two occupations. `back_requested`."""

    back_requested = Signal()

    def __init__(self, radar: Radar, first: str, second: str, language: str, parent: QWidget | None = None) -> None:
        words = Words(language)
        super().__init__(words.pair(TITLE), back=False, parent=parent)
        rtl = is_rtl(language)
        self._way = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        self.comparison: Comparison = compare(radar, first, second, language)
        self.set_reader(language)
        self.go_back = SecondaryButton(words.pair(BACK), "back")
        self.go_back.clicked.connect(self.back_requested)
        self.set_footer(start=[self.go_back], end=[])
        self.grow(self._parts(), at_once=False)

    def _parts(self) -> Parts:
        self.add(self._halves(*(self._head(head) for head in self.comparison.heads)))
        yield
        for aspect in self.comparison.aspects:
            self.add(self._aspect(aspect))
            yield

    def _halves(self, one: QWidget, other: QWidget) -> QWidget:
        both = Halves(one, other)
        both.setLayoutDirection(self._way)
        return both

    def _head(self, shown: CloseUp) -> Card:
        notes = ((shown.sector, "plain"), (shown.origin, "plain"), (shown.fit, "info"), (shown.in_demand, "good"))
        badges = Flow(*(Badge(note.both, kind) for note, kind in notes if note))
        badges.setLayoutDirection(self._way)
        line = row(gap=2)
        line.addWidget(PictogramLabel(shown.pictogram, 80, told=shown.name.spoken), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(column(BilingualLabel(shown.name, "title"), badges, None, gap=1), 1)
        card = Card(line, margin=2, gap=1)
        if shown.day.main:
            card.add(BilingualLabel(shown.day, "body"))
        card.body.addStretch(1)
        card.setAccessibleName(shown.name.spoken)
        return card

    def _aspect(self, aspect: Aspect) -> QWidget:
        sides = [self._side(aspect, told, head) for told, head in zip(aspect.sides, self.comparison.heads, strict=True)]
        title = row(IconMark(aspect.icon, aspect.tone, 28), gap=1)
        title.addWidget(BilingualLabel(aspect.name, "strong"), 1)
        whole = QWidget()
        parts: QBoxLayout = column(title, self._halves(*sides), gap=1)
        whole.setLayout(parts)
        whole.setLayoutDirection(self._way)
        return whole

    def _side(self, aspect: Aspect, told: tuple[Pair, ...], head: CloseUp) -> Card:
        card = Card(gap=1, margin=2)
        for pair in told:
            card.add(BilingualLabel(pair, "body"))
        if not told:
            card.add(BilingualLabel(Pair.plain("–"), "body"))
        card.body.addStretch(1)
        card.setAccessibleName(f"{head.name.spoken}: {aspect.name.spoken}")
        return card
