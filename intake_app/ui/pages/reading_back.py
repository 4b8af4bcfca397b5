"""Reading back: every question with its answer in both languages, to be confirmed or corrected on the spot."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import is_rtl
from intake_app.services.reading_back import Told, quoted, told
from intake_app.ui.controls.words import Words
from intake_app.ui.pages.focus import chain_focus
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.presenters.sections import section_name
from intake_app.ui.theme import GRID
from intake_app.ui.widgets import (
    BilingualLabel,
    Card,
    Divider,
    Page,
    Pair,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    column,
    row,
)
from intake_app.ui.widgets.growth import Parts

TITLE = mark("Dit heeft u verteld. Klopt dat?")
HOW = mark("Klopt iets niet? Tik dan op Aanpassen.")
CHANGE = mark("Aanpassen")
RIGHT = mark("Ja, dat klopt")
BACK = mark("Terug")
NOTHING_YET = mark("Er is nog niets verteld.")


class ReadingBackPage(Page):
    """Shows what was told. `confirmed` it is right; `change_requested(key)` names the screen to correct; `returned`."""

    confirmed = Signal()
    change_requested = Signal(str)
    returned = Signal()

    def __init__(self, presenter: ConversationPresenter, parent: QWidget | None = None) -> None:
        super().__init__(back=False, widest=1000, parent=parent)
        self._presenter = presenter
        words = Words(presenter.language)
        self._language = presenter.language
        rtl = is_rtl(self._language)
        self._direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        self.set_title(words.pair(TITLE))
        self.changes: dict[str, QuietButton] = {}
        self._by_screen: dict[str, QuietButton] = {}
        self._looked_for = ""
        self._stands_at: QuietButton | None = None
        self.scroll.verticalScrollBar().rangeChanged.connect(self._keep_in_sight)
        self._make_footer_buttons(words)
        for keys, signal in (("Ctrl+Return", self.confirmed), ("Ctrl+Enter", self.confirmed)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(signal)
        self.grow(self._parts(words))

    def _parts(self, words: Words) -> Parts:
        lines = told(self._presenter.conversation, self._presenter.reading.section)
        yield
        lead = BilingualLabel(words.pair(HOW if lines else NOTHING_YET), "body")
        lead.setLayoutDirection(self._direction)
        self.add(lead)
        # A section may come back later in the talk: its answers are read together.
        order = list(dict.fromkeys(line.section for line in lines))
        for section, group in groupby(sorted(lines, key=lambda x: order.index(x.section)), lambda x: x.section):
            card = self._card(section)
            self.add(card)
            for number, line in enumerate(group):
                if number:
                    card.add(Divider())
                card.add(self._line(line))
                yield

    def grew(self) -> None:
        chain_focus(self)
        self._look()

    def look_at(self, screen: str) -> None:
        """Bring what was told on that screen into sight, to see what became of it; nothing when it is not there."""
        self._looked_for = screen
        if self.grown:
            self._look()

    def _look(self) -> None:
        change = self._by_screen.get(self._looked_for)
        if change is not None:
            self._stands_at = change
            change.setFocus(Qt.FocusReason.OtherFocusReason)
            QTimer.singleShot(0, change, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        """Also when lines before it turn out to be taller than they were when it was looked for."""
        change = self._stands_at
        if change is not None and change.hasFocus():
            self.scroll.ensureWidgetVisible(change, 0, 20 * GRID)

    def _make_footer_buttons(self, words: Words) -> None:
        self.backward = SecondaryButton(words.pair(BACK), "back")
        self.backward.setObjectName("back")
        self.backward.clicked.connect(self.returned)
        self.right = PrimaryButton(words.pair(RIGHT), "check", icon_after=True)
        self.right.setObjectName("confirm")
        self.right.clicked.connect(self.confirmed)
        self.set_footer([self.backward], [self.right])
        self.set_reader(self._language)

    def _card(self, section: str) -> Card:
        name = Pair(section_name(section, self._language), section_name(section, "nl"), self._language)
        card = Card(BilingualLabel(name, "title"), gap=1.5)
        card.setLayoutDirection(self._direction)
        return card

    def _line(self, line: Told) -> QWidget:
        code = self._language
        question = BilingualLabel(Pair(line.question, line.question_nl, code), "small")
        said = [quoted(text) if line.own_words else text for text in (line.answer, line.answer_nl)]
        answer = BilingualLabel(Pair(said[0], said[1], code), "strong")
        change = QuietButton(Words(code).pair(CHANGE), "pencil")
        change.setAccessibleName(f"{change.accessibleName()}: {line.question_nl}")
        change.clicked.connect(lambda _checked=False, key=line.screen: self.change_requested.emit(key))
        self.changes.setdefault(line.ref, change)
        self._by_screen.setdefault(line.screen, change)
        texts = column(question, answer, gap=0.5)
        both = row(gap=2)
        both.addLayout(texts, 1)
        both.addWidget(change, 0, Qt.AlignmentFlag.AlignVCenter)
        whole = QWidget()
        whole.setLayout(both)
        return whole
