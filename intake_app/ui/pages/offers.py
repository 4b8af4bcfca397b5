"""What may help next: offers as cards, in both languages, never a promise."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import is_rtl
from intake_app.services.conversation import Conversation
from intake_app.ui.controls.words import Words
from intake_app.ui.pages.shared import text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.offers import OfferCard, offer_cards
from intake_app.ui.presenters.questions import shown_language
from intake_app.ui.widgets import (
    Badge,
    BilingualLabel,
    Card,
    Divider,
    MessageBar,
    MessageKind,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    Tiles,
    row,
)
from intake_app.ui.widgets.flow import Flow
from intake_app.ui.widgets.growth import Parts
from intake_app.ui.widgets.icons import IconMark

_TITLE = mark("Dit is misschien iets voor u")
_LEAD = mark("U hoeft nu niets te kiezen. Vraag het eerst na: alles kan veranderen.")
_MAYBE = mark("Misschien")
_SAMPLE = mark("Voorbeeld")
_ESTIMATE = mark("schatting")
_NONE = mark("Er is nu niets gevonden dat past.")
_NONE_HELP = mark("Dat is niet erg. Uw begeleider kan samen met u verder zoeken.")
_BACK = mark("Terug")
_NEXT = mark("Verder")


class OffersPage(SidePage):
    """Shows the offers of a talk. Nothing is chosen here."""

    done = Signal()
    back_requested = Signal()

    def __init__(self, conversation: Conversation, parent: QWidget | None = None) -> None:
        language = shown_language(conversation.talk.language)
        self._words = Words(language)
        super().__init__(self._words.pair(_TITLE), back=False, parent=parent)
        rtl = is_rtl(language)
        self._direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        self.cards = offer_cards(conversation)
        self.go_back = SecondaryButton(self._words.pair(_BACK), "back")
        self.go_back.clicked.connect(self.back_requested)
        self.go_on = PrimaryButton(self._words.pair(_NEXT), "next", icon_after=True)
        self.go_on.clicked.connect(self.done)
        self.set_footer(start=[self.go_back], end=[self.go_on])
        self.set_reader(language)
        self.grow(self._parts())

    def _parts(self) -> Parts:
        if not self.cards:
            self.add(MessageBar(MessageKind.INFO, self._words.pair(_NONE), self._words.pair(_NONE_HELP)))
            return
        lead = BilingualLabel(self._words.pair(_LEAD), "strong")
        lead.setLayoutDirection(self._direction)
        self.add(lead)
        tiles = Tiles(460, 2, 2)
        tiles.setLayoutDirection(self._direction)
        self.add(tiles)
        yield
        for card in self.cards:
            tiles.add_tile(self._card(card))
            yield

    def _card(self, card: OfferCard) -> Card:
        shown = Card(
            self._badges(card), BilingualLabel(card.title, "title"), BilingualLabel(card.text, "body"), gap=1.5
        )
        shown.setLayoutDirection(self._direction)
        for reason in card.reasons:
            shown.add(self._line("check", "good", BilingualLabel(reason, "body")))
        shown.add(self._line("question", "info", BilingualLabel(card.ask, "strong")))
        shown.body.addStretch(1)
        shown.add(Divider())
        # Source and date are for the counsellor: Dutch, from left to right in every talk.
        source = TextLabel(card.source, "small")
        shown.add(source)
        shown.setAccessibleName(". ".join([self._words.pair(_MAYBE).spoken, card.title.spoken]))
        return shown

    def _badges(self, card: OfferCard) -> QWidget:
        found = [Badge(self._words.pair(_MAYBE).both, "info")]
        found += [Badge(kind.both) for kind in card.kinds]
        if card.sample:
            found.append(Badge(self._words.pair(_SAMPLE).both, "warning"))
        if card.estimated:
            note = Badge(self._words.pair(_ESTIMATE).both)
            note.setToolTip(text("Voor wie dit is, hebben wij geschat. Vraag het na."))
            found.append(note)
        badges = Flow(*found)
        badges.setLayoutDirection(self._direction)
        return badges

    @staticmethod
    def _line(icon: str, tone: str, label: BilingualLabel) -> QWidget:
        line = QWidget()
        inside = row(gap=1.5)
        inside.addWidget(IconMark(icon, tone, 24), 0, Qt.AlignmentFlag.AlignTop)
        inside.addWidget(label, 1)
        line.setLayout(inside)
        return line
