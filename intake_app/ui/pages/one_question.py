"""The answer of a talk of one question: where to go, chosen together, on a slip to take home."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from intake_app.i18n.gettext import mark
from intake_app.i18n.languages import is_rtl
from intake_app.services.one_question import OneQuestion
from intake_app.ui.controls import words as control_words
from intake_app.ui.controls.words import Words
from intake_app.ui.pages.shared import text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.one_question import OneQuestionPresenter
from intake_app.ui.printing import SYSTEM, PaperDesk, PrintWays
from intake_app.ui.search_lane import search_lane
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    BilingualLabel,
    BusyOverlay,
    Card,
    Hit,
    MessageBar,
    PrimaryButton,
    SearchEntry,
    SecondaryButton,
    clear,
    column,
)
from intake_app.ui.widgets.growth import Parts
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.reveal import reveal

_TITLE = mark("Hier kunt u terecht")
_ABOUT = mark("Uw vraag")
_WHERE = mark("Waar woont u?")
_SEARCH = mark("Zoekt u iets anders? Typ het hier.")
_PLACES = mark("Dit komt op uw briefje. Tik weg wat u niet wilt.")
_OFFERS = mark("Vraag hiernaar:")
_BACK = mark("Terug")
_DONE = mark("Klaar")
_SLIP_PRINTED = mark("Het briefje gaat naar de printer.")
_SLIP_KEPT = mark("Het briefje is bewaard.")
_FILE = "adressen.pdf"


class OneQuestionPage(SidePage):
    """Shows where the guest can go. `done` once the guest leaves; `back_requested` to the questions."""

    done = Signal()
    back_requested = Signal()

    def __init__(
        self,
        talk: OneQuestion,
        *,
        ways: PrintWays = SYSTEM,
        parent: QWidget | None = None,
    ) -> None:
        self.presenter = OneQuestionPresenter(talk)
        self._words = Words(self.presenter.language)
        super().__init__(self._words.pair(_TITLE), back=False, parent=parent)
        self._rtl = is_rtl(self.presenter.language)
        self._direction = Qt.LayoutDirection.RightToLeft if self._rtl else Qt.LayoutDirection.LeftToRight
        self.message = MessageBar(closable=True)
        self.add(self.message)
        self._answer = column(gap=2)
        self.places = self.offers = None
        self.busy = BusyOverlay(self)
        self.desk = PaperDesk(self, self.message, self.busy, talk.office.store, ways)
        self._put_footer()
        self.grow(self._parts(), at_once=False)

    def _parts(self) -> Parts:
        halves = Halves(self._asking(), self._answer, gap=3, shares=(2, 3))
        halves.setLayoutDirection(self._direction)
        self.add(halves)
        self._type_on()
        yield
        yield from self._answers()

    def _asking(self):
        about = Card(
            BilingualLabel(self._words.pair(_ABOUT), "small"),
            BilingualLabel(self.presenter.questions(), "title"),
            gap=0.5,
            margin=2,
        )
        reveal(about, bool(self.presenter.talk.questions))
        self.search = SearchEntry(
            self._words.pair(_SEARCH).spoken,
            self.presenter.search,
            run=lambda work, done: search_lane().run(work, done),
            found_by=lambda word: self._words.pair(control_words.FOUND_BY, word=Words.user(word)),
            rtl=self._rtl,
        )
        self.search.picked.connect(self._picked)
        self.search.changed.connect(self.presenter.type)
        answers = self.presenter.municipalities()
        self.where = AnswerGrid(answers, columns=3, least=120, tile=False, role="body", height=44, rtl=self._rtl)
        self.where.set_values([self.presenter.talk.municipality] if self.presenter.talk.municipality else [])
        self.where.set_about(self._words.pair(_WHERE).spoken)
        self.where.changed.connect(self._lives_in)
        return column(
            about,
            Card(BilingualLabel(self._words.pair(_SEARCH), "strong"), self.search, gap=1, margin=2),
            Card(BilingualLabel(self._words.pair(_WHERE), "strong"), self.where, gap=1, margin=2),
            None,
            gap=2,
        )

    def _type_on(self) -> None:
        """What was half typed when the page was left stands there again, with what it finds and the keyboard in it."""
        if typed := self.presenter.talk.typed:
            self.search.set_text(typed)
            self.search.look_up(typed)
            QTimer.singleShot(0, self.search, lambda: self.search.field.setFocus(Qt.FocusReason.OtherFocusReason))

    def _put_footer(self) -> None:
        self.backward = SecondaryButton(self._words.pair(_BACK), "back")
        self.backward.clicked.connect(self.back_requested)
        self.save = SecondaryButton(text("Bewaar als PDF"), "save")
        self.save.clicked.connect(self._save)
        self.print = PrimaryButton(text("Druk het briefje af"), "print")
        self.print.clicked.connect(self._print)
        self.ready_button = SecondaryButton(self._words.pair(_DONE), "check")
        self.ready_button.clicked.connect(self.done)
        self.set_footer(start=[self.backward], end=[self.save, self.print, self.ready_button])
        self.set_reader(self.presenter.language)

    # ------------------------------------------------------------------ the answer
    def _show_answer(self) -> None:
        """Anew: somebody lives elsewhere, or something was searched."""
        self.whole()
        clear(self._answer)
        for _ in self._answers():
            pass
        self.chain()

    def _answers(self) -> Parts:
        places, offers = self.presenter.chosen()
        self.places = self._ticks(_PLACES, self.presenter.organisations(), places)
        yield
        self.offers = self._ticks(_OFFERS, self.presenter.offers(), offers)
        self._answer.addStretch(1)
        self._tell_ready()

    def _ticks(self, title: str, answers: list[Answer], chosen: list[str]) -> AnswerGrid | None:
        if not answers:
            return None
        grid = AnswerGrid(answers, many=True, columns=1, tile=False, picture=48, role="strong", rtl=self._rtl)
        grid.set_values(chosen)
        grid.set_about(self._words.pair(title).spoken)
        names = [answer.value for answer in answers]
        grid.changed.connect(lambda values: self._chosen(values, names))
        self._answer.addWidget(Card(BilingualLabel(self._words.pair(title), "strong"), grid, gap=1, margin=2))
        return grid

    def _chosen(self, values: list[str], among: list[str]) -> None:
        self.presenter.choose(values, among)
        self._tell_ready()

    def _tell_ready(self) -> None:
        """An empty slip is not printed."""
        anything = any(self.presenter.chosen())
        self.print.setEnabled(anything)
        self.save.setEnabled(anything)

    def _lives_in(self, values: list[str]) -> None:
        self.presenter.talk.municipality = values[0] if values else ""
        self._show_answer()

    def _picked(self, hit: Hit) -> None:
        self.presenter.pick(hit)
        self.search.set_text("")
        self.search.clear_results()
        self._show_answer()

    # ------------------------------------------------------------------ the slip
    def _print(self) -> None:
        self.desk.print(self.presenter.pdf, _SLIP_PRINTED)

    def _save(self) -> None:
        self.desk.save(self.presenter.pdf, _FILE, _SLIP_KEPT)
