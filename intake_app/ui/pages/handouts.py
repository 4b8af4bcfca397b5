"""Papers for the table: every form, list and card in every language, as it will be printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.services.handouts import make_handout
from intake_app.services.office import Office
from intake_app.ui.pages.shared import say_error, text
from intake_app.ui.pages.sheet_view import SheetView
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.handouts import (
    ADDRESSES,
    DUTCH,
    GROUPS,
    Handout,
    handout,
    handout_file,
    languages,
    municipalities,
)
from intake_app.ui.printing import SYSTEM, PaperDesk, PrintWays, made
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    Card,
    MessageBar,
    Pair,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    column,
    row,
)
from intake_app.ui.widgets.growth import Parts
from intake_app.ui.widgets.reveal import reveal

EVERYWHERE = "everywhere"
FIRST = "explanation"
_MAKING = mark("Het blad wordt gemaakt …")


class HandoutsPage(SidePage):
    """Choose a paper, a language, for addresses a municipality; look at it, print it, save it."""

    back_requested = Signal()

    def __init__(
        self,
        office: Office,
        *,
        ways: PrintWays = SYSTEM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text("Papieren voor op tafel"), widest=1600, parent=parent)
        self._office = office
        self.name, self.language, self.municipality = FIRST, DUTCH, ""
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self.add(self.message)
        self.view = SheetView()
        self.view.failed.connect(self._failed)
        self.view.ready_changed.connect(self._ready)
        self.desk = PaperDesk(self, self.message, self.view.busy, office.store, ways)
        whole = QWidget()
        halves = row(gap=3)
        halves.addWidget(self._choices(), 5)
        halves.addLayout(column(self._chosen(), self.view, gap=2), 6)
        whole.setLayout(halves)
        self.add(whole, 1)
        self.grow(self._parts(), at_once=False, fills=True)

    def _parts(self) -> Parts:
        """One group of papers after the other, and the paper itself last."""
        for words, group in GROUPS.items():
            self._group(words, group)
            yield
        self._municipalities()
        yield
        self._show()

    def _put(self, part: QWidget) -> None:
        self._inside.insertWidget(self._inside.count() - 1, part)

    def _group(self, words: str, group: Sequence[Handout]) -> None:
        answers = [Answer(one.code, Pair.plain(text(one.name))) for one in group]
        grid = AnswerGrid(answers, columns=2, least=200, tile=False, role="strong", height=48)
        grid.setAccessibleName(text(words))
        grid.changed.connect(lambda values: self._choose(grid, values))
        self.papers.append(grid)
        self._put(TextLabel(text(words), "title"))
        self._put(grid)

    def _choices(self) -> QWidget:
        self.papers: list[AnswerGrid] = []
        self._inside = column(None, gap=1.5)
        inside = QWidget()
        inside.setLayout(self._inside)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self._list = scroll
        return scroll

    def _municipalities(self) -> None:
        named = municipalities(self._office.catalogue)
        places = [Answer(EVERYWHERE, Pair.plain(text("Overal"))), *(Answer(i, Pair.plain(n)) for i, n in named)]
        self.places = AnswerGrid(places, columns=3, least=130, tile=False, role="small", height=48)
        self.places.setAccessibleName(text("Gemeente"))
        self.places.set_values([EVERYWHERE])
        self.places.changed.connect(self._place)
        # Only for addresses: `_show` brings it into sight.
        self.places.hide()
        self._put(self.places)

    def _chosen(self) -> QWidget:
        self.use = TextLabel("", "body")
        answers = [Answer(code, Pair.plain(name)) for code, name in languages()]
        self.tongues = AnswerGrid(answers, columns=4, least=110, tile=False, role="strong", height=48, marked=False)
        self.tongues.setAccessibleName(text("Taal van het blad"))
        self.tongues.set_values([self.language])
        self.tongues.changed.connect(self._speak)
        self.print = PrimaryButton(text("Druk af"), "print")
        self.print.clicked.connect(lambda: self.desk.print(made(self.view.pdf)))
        self.save = SecondaryButton(text("Bewaar als PDF"), "save")
        self.save.clicked.connect(self._save)
        self.set_footer(start=[], end=[self.save, self.print])
        return Card(self.use, self.tongues, margin=1.5, gap=1)

    @property
    def ready(self) -> bool:
        """Whether the paper in sight is the one that was chosen."""
        return self.grown and self.view.ready

    # ------------------------------------------------------------------ choosing
    def _choose(self, chosen: AnswerGrid, values: list[str]) -> None:
        for grid in self.papers:
            if grid is not chosen:
                grid.set_values([])
        self.name = values[0] if values else self.name
        self._show()

    def _speak(self, values: list[str]) -> None:
        self.language = values[0] if values else self.language
        self._show()

    def _place(self, values: list[str]) -> None:
        self.municipality = "" if values in ([], [EVERYWHERE]) else values[0]
        self._show()

    def show_paper(self, name: str, language: str = DUTCH) -> None:
        """Show a paper by its code."""
        self.whole()
        self.name, self.language = name, language
        self._show()

    def _show(self) -> None:
        self.whole()
        chosen = handout(self.name)
        for grid, group in zip(self.papers, GROUPS.values(), strict=True):
            grid.set_values([one.code for one in group if one is chosen])
        language = DUTCH if chosen.dutch_only else self.language
        self.tongues.set_values([language])
        self.tongues.set_enabled_values([DUTCH] if chosen.dutch_only else [code for code, _ in languages()])
        reveal(self.places, self.name == ADDRESSES)
        if self.name == ADDRESSES:
            QTimer.singleShot(0, self, lambda: self._list.ensureWidgetVisible(self.places))
        self.use.setText(text(chosen.use))
        self.desk.two_sided = chosen.two_sided
        office, name = self._office, self.name
        place = self.municipality if name == ADDRESSES else ""
        self.view.show_made(lambda: make_handout(office, name, language, place), text(_MAKING))

    def _ready(self, ready: bool) -> None:
        self.print.setEnabled(ready)
        self.save.setEnabled(ready)

    def _save(self) -> None:
        place = self.municipality if self.name == ADDRESSES else ""
        language = self.tongues.values()[0]
        self.desk.save(made(self.view.pdf), handout_file(self.name, language, place))

    def _failed(self, error: IntakeError) -> None:
        say_error(self.message, error)
