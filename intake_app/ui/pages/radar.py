"""The radar of occupations: sectors, the work in each, and one occupation from close by."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import is_rtl
from intake_app.services.policy import Action, may
from intake_app.services.radar import Radar
from intake_app.ui.controls.words import Words
from intake_app.ui.pages.page_reader import for_counsellor
from intake_app.ui.pages.shared import text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.radar import (
    HAVE,
    MISSING,
    PARTLY,
    STATE_WORDS,
    CloseUp,
    OfferLine,
    RadarPresenter,
    SkillLine,
)
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    Badge,
    BilingualLabel,
    Card,
    Divider,
    LineEntry,
    Pair,
    PictogramLabel,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    column,
    row,
)
from intake_app.ui.widgets.big_buttons import RowButton
from intake_app.ui.widgets.flow import Flow
from intake_app.ui.widgets.growth import Parts
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.skill_dot import FULL, HALF, OPEN, SkillDot

TITLE = mark("Beroepenradar")
LEAD = mark("Kies een sector. Tik op een beroep om er meer over te zien.")
DAY = mark("Wat doet u op een dag?")
SKILLS = mark("Wat u kunt en wat u kunt leren")
SKILLS_ASKED = mark("Wat u hiervoor kunt of leert")
WAYS = mark("Zo komt u er")
CHANCE = mark("Kans op werk en wat nodig is")
HELPS = mark("Wat helpt om hier te komen")
NEAR = mark("Misschien iets voor u")
OTHER_SECTORS = mark("Ander werk met dezelfde vaardigheden")
ALL_WORK = mark("Alle beroepen")
BACK = mark("Terug")
ADD = mark("Zet bij mijn beroepen")
ADDED = mark("Staat bij uw beroepen")
SAMPLE = mark("Voorbeeld")
LONGEST_REASON = 120
_STATES = {HAVE: FULL, PARTLY: HALF}


class RadarPage(SidePage):
    """Everything that can be explored. In a talk it is in the language of the talk, else in Dutch.

    `add_requested(id)`: the two want this occupation among the proposals. `remove_requested(id, reason)` and
    `top_requested(id, reason)`: the counsellor changes the list. `spread_requested`: how proposals spread.
    """

    back_requested = Signal()
    add_requested = Signal(str)
    remove_requested = Signal(str, str)
    top_requested = Signal(str, str)
    spread_requested = Signal()

    def __init__(self, radar: Radar, language: str = "nl", parent: QWidget | None = None) -> None:
        self._words = Words(language)
        super().__init__(self._words.pair(TITLE), back=False, parent=parent)
        self.presenter = RadarPresenter(radar, language)
        self._rtl = is_rtl(language)
        self._way = Qt.LayoutDirection.RightToLeft if self._rtl else Qt.LayoutDirection.LeftToRight
        self.sector = self.presenter.first_sector()
        self.close_up: CloseUp | None = None
        self.set_reader(language)
        self.show_sector(self.sector)

    # ------------------------------------------------------------------ sectors
    def show_sector(self, sector: str) -> None:
        """The sectors with one of them open, and its occupations."""
        self.sector, self.close_up = sector, None
        self.clear_body()
        self._foot(back=self.back_requested.emit, extra=self._spread())
        self.grow(self._sector_parts(sector))

    def _sector_parts(self, sector: str) -> Parts:
        self.add(self._turned(BilingualLabel(self._words.pair(LEAD), "body")))
        self.sectors = AnswerGrid(
            [Answer(tile.id, tile.name, tile.pictogram) for tile in self.presenter.sectors()],
            tile=False,
            columns=2,
            least=260,
            picture=32,
            role="strong",
            marked=False,
            rtl=self._rtl,
        )
        self.sectors.set_values({sector})
        self.sectors.changed.connect(lambda chosen: self.show_sector(chosen[0] if chosen else sector))
        place = column(None)
        self.add(self._turned(Halves(column(self.sectors, None), place, gap=3, shares=(3, 8))))
        yield
        tiles = self.presenter.tiles(sector)
        self.work = AnswerGrid(
            [Answer(tile.id, tile.name, tile.pictogram, note=tile.note) for tile in tiles],
            tile=True,
            columns=3,
            least=200,
            picture=64,
            marked=False,
            rtl=self._rtl,
        )
        self.work.changed.connect(lambda chosen: self.show_close(chosen[0]) if chosen else None)
        place.insertWidget(0, self.work)

    def _spread(self) -> list[QWidget]:
        radar = self.presenter.radar
        if radar.conversation is not None or not may(radar.office.store.account, Action.COUNTS):
            return []
        button = SecondaryButton(text("Verdeling over de sectoren"), "chart")
        button.clicked.connect(self.spread_requested)
        return [button]

    def _foot(self, *, back: Callable[[], None], extra: list[QWidget] | None = None) -> None:
        self.go_back = SecondaryButton(self._words.pair(BACK), "back")
        self.go_back.clicked.connect(back)
        self.set_footer(start=[self.go_back], end=extra or [])
        self.chain()
        self.scroll.verticalScrollBar().setValue(0)
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _turned(self, widget: QWidget) -> QWidget:
        widget.setLayoutDirection(self._way)
        return widget

    # ------------------------------------------------------------------ close by
    def show_close(self, name: str) -> None:
        """One occupation from close by."""
        shown = self.close_up = self.presenter.close_up(name)
        self.clear_body()
        self._foot(back=lambda: self.show_sector(self.sector), extra=self._adding(name))
        self.grow(self._close_parts(shown))

    def _close_parts(self, shown: CloseUp) -> Parts:
        self.add(self._head(shown))
        yield
        one, other = column(self._skills(shown), None, gap=2), column(None, gap=2)
        self.add(self._turned(Halves(one, other)))
        for make in (self._ways, self._near, self._chance):
            yield
            if (card := make(shown)) is not None:
                other.insertWidget(other.count() - 1, card)
        if shown.neighbours:
            yield
            self.add(self._neighbours(shown))
        if shown.id in self.presenter.radar.proposed():
            self.add(self._by_hand(shown.id))

    def _adding(self, name: str) -> list[QWidget]:
        radar = self.presenter.radar
        if radar.conversation is None:
            return []
        there = name in radar.proposed()
        button = PrimaryButton(self._words.pair(ADDED if there else ADD), "check" if there else "plus")
        button.setEnabled(not there)
        button.clicked.connect(lambda: self.add_requested.emit(name))
        self.add_button = button
        return [button]

    def _by_hand(self, name: str) -> QWidget:
        """What the counsellor may change in the list, with a reason that stays in the talk. In Dutch."""
        self.reason = LineEntry(text("Waarom? (kort)"))
        self.reason.setPlaceholderText(text("Waarom? (kort)"))
        self.reason.setMaxLength(LONGEST_REASON)
        self.to_top = SecondaryButton(text("Zet bovenaan"), "up")
        self.take_away = SecondaryButton(text("Haal weg uit de lijst"), "trash")
        self.to_top.clicked.connect(lambda: self.top_requested.emit(name, self.reason.text()))
        self.take_away.clicked.connect(lambda: self.remove_requested.emit(name, self.reason.text()))
        self.reason.changed.connect(lambda told: self._may_change(bool(told.strip())))
        self._may_change(False)
        line = row(self.reason, self.to_top, self.take_away, gap=2)
        line.setStretch(0, 1)
        told = TextLabel(text("Voor de begeleider: de lijst aanpassen"), "strong")
        return for_counsellor(Card(told, line, kind="sunken", gap=1.5))

    def _may_change(self, told: bool) -> None:
        for button in (self.to_top, self.take_away):
            button.setEnabled(told)

    def _head(self, shown: CloseUp) -> QWidget:
        notes = ((shown.sector, "plain"), (shown.origin, "plain"), (shown.fit, "info"), (shown.in_demand, "good"))
        badges = Flow(*(Badge(note.both, kind) for note, kind in notes if note))
        texts = column(BilingualLabel(shown.name, "title"), badges, gap=1)
        if shown.day.main:
            texts.addWidget(BilingualLabel(self._words.pair(DAY), "strong"))
            texts.addWidget(BilingualLabel(shown.day, "body"))
        head = row(gap=3)
        picture = PictogramLabel(shown.pictogram, 112, told=shown.name.both)
        head.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(texts, 1)
        card = Card(head, margin=3)
        self._turned(badges)
        return self._turned(card)

    def _titled(self, title: str, icon: str) -> Card:
        line = row(IconMark(icon, "primary", 28), gap=1.5)
        line.addWidget(BilingualLabel(self._words.pair(title), "strong"), 1)
        return Card(line, gap=1.5)

    def _skills(self, shown: CloseUp) -> Card:
        card = self._titled(SKILLS if self.presenter.radar.personal else SKILLS_ASKED, "star")
        if self.presenter.radar.personal:
            card.add(self._legend())
            card.add(Divider())
        for skill in shown.skills:
            card.add(self._skill(skill))
        return card

    def _legend(self) -> QWidget:
        parts = []
        for state, drawn in ((HAVE, FULL), (PARTLY, HALF), (MISSING, OPEN)):
            pair = self._words.pair(STATE_WORDS[state])
            part = QWidget()
            part.setLayout(row(SkillDot(drawn, pair.spoken), BilingualLabel(pair, "small"), gap=1))
            parts.append(part)
        return self._turned(Flow(*parts, gap=2))

    def _skill(self, skill: SkillLine) -> QWidget:
        line = row(gap=1.5)
        if self.presenter.radar.personal:
            dot = SkillDot(_STATES.get(skill.state, OPEN), skill.words.spoken)
            line.addWidget(dot, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(BilingualLabel(skill.name, "body"), 1)
        whole = QWidget()
        whole.setLayout(line)
        whole.setAccessibleName(f"{skill.name.spoken}: {skill.words.spoken}")
        return whole

    def _lines(self, card: Card, icon: str, tone: str, pairs: tuple[Pair, ...]) -> None:
        for pair in pairs:
            line = row(gap=1.5)
            line.addWidget(IconMark(icon, tone, 24), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(BilingualLabel(pair, "body"), 1)
            card.add(line)

    def _ways(self, shown: CloseUp) -> Card:
        card = self._titled(WAYS, "list")
        if shown.notice and not shown.routes:
            self._lines(card, "info", "info", (shown.notice,))
        self._lines(card, "check", "good", shown.routes)
        if shown.changes:
            card.add(Divider())
            card.add(BilingualLabel(self._words.pair(HELPS), "strong"))
            self._lines(card, "info", "info", (*shown.against, *shown.changes))
        return card

    def _chance(self, shown: CloseUp) -> Card:
        card = self._titled(CHANCE, "chart")
        self._lines(card, "info", "info", (shown.chance, *shown.needed, *([shown.pay] if shown.pay else [])))
        # Source and date are for the counsellor: Dutch, from left to right in every talk.
        card.add(TextLabel(shown.source, "small"))
        return card

    def _near(self, shown: CloseUp) -> Card | None:
        if not shown.offers:
            return None
        card = self._titled(NEAR, "question")
        for offer in shown.offers:
            card.add(self._offer(offer))
        return card

    def _offer(self, offer: OfferLine) -> QWidget:
        texts = column(BilingualLabel(offer.name, "body"), gap=0.25)
        if offer.distance is not None:
            texts.addWidget(BilingualLabel(offer.distance, "small"))
        line = row(gap=1.5)
        line.addLayout(texts, 1)
        if offer.sample:
            badge = Badge(self._words.pair(SAMPLE).both, "warning")
            line.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        whole = QWidget()
        whole.setLayout(line)
        return whole

    def _neighbours(self, shown: CloseUp) -> QWidget:
        self.neighbours = []
        rows = column(gap=1.5)
        for one in shown.neighbours:
            button = RowButton(one.name, one.shared, badge=one.sector.both)
            button.clicked.connect(lambda _checked=False, name=one.id: self.show_close(name))
            self._turned(button)
            self.neighbours.append(button)
            rows.addWidget(button)
        whole = QWidget()
        whole.setLayout(column(BilingualLabel(self._words.pair(OTHER_SECTORS), "strong"), rows, gap=1.5))
        return self._turned(whole)
