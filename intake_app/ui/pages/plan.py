"""The plan before it goes on paper: the real pages, "klopt dit?", then print it or save it for the participant."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.languages import is_rtl
from intake_app.i18n.phrases import joined
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.ui.controls.words import Words
from intake_app.ui.pages.shared import in_background, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.plan import (
    Paper,
    empty_parts,
    file_name,
    for_print,
    hint_lines,
    page_widths,
    pictures,
)
from intake_app.ui.presenters.questions import shown_language
from intake_app.ui.printing import ChooseFile, ChoosePrinter, PaperDesk, Printers, ask_file, made
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    BilingualLabel,
    BusyOverlay,
    Card,
    IconButton,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    column,
    row,
)
from intake_app.ui.widgets.paper import PaperView
from intake_app.ui.widgets.reveal import reveal

KINDS = {
    "plan": mark("Plan"),
    "large": mark("Grote letters"),
    "data": mark("Mijn gegevens"),
    "private": mark("Privé-blad"),
    "appointment": mark("Afsprakenkaart"),
    "referral": mark("Brief voor hulp"),
    "skills": mark("Dit kan ik"),
    "story": mark("Met mijn verhaal"),
}
_STICK = mark("Bewaar alleen op de stick van de deelnemer, als die het vraagt.")
NOTES = {
    "plan": _STICK,
    "large": _STICK,
    "data": mark("Wat mag, wie het ziet en hoe lang. Geef dit blad altijd mee."),
    "private": mark("Alleen als de deelnemer erom vraagt. Vouw het blad dicht."),
    "appointment": mark("Klein kaartje: wanneer, waar, en wat te doen als het niet uitkomt."),
    "referral": mark("Print eerst een brief voor de deelnemer zelf."),
    "skills": mark("Voor een werkgever of school, alleen als de deelnemer erom vraagt."),
    "story": mark("Vraag eerst: mag uw verhaal erop? Alleen bij ja."),
}
READING_MS = 2500
"""So long a person may read that we go back, and change their mind, before we do."""
ZOOMS = (0.6, 1.0, 1.25, 1.5, 2.0)
FIT = ZOOMS.index(1.0)
_TITLE = mark("Uw plan")
_RIGHT = mark("Klopt dit plan?")
_YES = mark("Ja, dit klopt")
_NO = mark("Nee, iets moet anders")
_GOOD = mark("Mooi. Dit is uw plan.")
_CHANGE = mark("We gaan terug. Zeg wat anders moet, dan veranderen we het samen.")
# Translators: {parts} is a list such as "een doel en een afspraak".
_EMPTY = mark("In dit plan staat nog niet: {parts}.")
_EMPTY_HELP = mark("Dat mag. U kunt het later samen invullen.")
_BACK = mark("Terug")
_NEXT = mark("Verder")


class PlanPage(SidePage):
    """Shows a plan and hands it over. `choose_printer` and `choose_file` open the system's dialogs.

    Signals: `handed_over` once the plan was printed or saved; `done` and `back_requested` from the foot.
    """

    done = Signal()
    back_requested = Signal()
    handed_over = Signal()

    def __init__(
        self,
        office: Office,
        conversation: Conversation,
        *,
        choose_printer: ChoosePrinter | None = None,
        choose_file: ChooseFile = ask_file,
        printers: Printers = QPrinterInfo.availablePrinterNames,
        parent: QWidget | None = None,
    ) -> None:
        language = shown_language(conversation.talk.language)
        self._words = Words(language)
        super().__init__(self._words.pair(_TITLE), back=False, widest=1600, parent=parent)
        self._office, self._conversation = office, conversation
        self.plan = office.plan(conversation)
        self._rtl = is_rtl(language)
        self._pdfs: dict[str, bytes] = {}
        self._kind = "plan"
        self._zoom = FIT
        self._shown = False
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(120)
        self._settle.timeout.connect(self._draw)
        self.leaving = QTimer(self)
        self.leaving.setSingleShot(True)
        self.leaving.setInterval(READING_MS)
        self.leaving.timeout.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self._build()
        self.desk = PaperDesk(self, self.message, self.busy, office.store, choose_printer=choose_printer,
                              choose_file=choose_file, printers=printers)  # fmt: skip
        self._tell_empty()
        self.show_kind("plan")

    def _build(self) -> None:
        self.paper = PaperView(text("Voorbeeld van het blad"))
        self.paper.turned.connect(self._tell_page)
        self.paper.resized.connect(self._settle.start)
        self.busy = BusyOverlay(self.paper)
        whole = QWidget()
        halves = row(gap=3)
        halves.addLayout(column(self.paper, self._zoom_bar(), gap=1), 3)
        halves.addLayout(self._side(), 2)
        whole.setLayout(halves)
        self.add(self.message)
        self.add(whole, 1)
        back = SecondaryButton(self._words.pair(_BACK), "back")
        back.clicked.connect(self.back_requested)
        go_on = SecondaryButton(self._words.pair(_NEXT), "next", icon_after=True)
        go_on.clicked.connect(self.done)
        self.go_on = go_on
        self.set_footer(start=[back], end=[go_on])
        self.set_reader(self._words.language)

    def _zoom_bar(self):
        self.page_of = TextLabel("", "body", wrap=False)
        self.smaller = IconButton("minus", text("Kleiner"))
        self.larger = IconButton("plus", text("Groter"))
        self.smaller.clicked.connect(lambda: self.zoom(-1))
        self.larger.clicked.connect(lambda: self.zoom(1))
        bar = row(gap=1)
        bar.addWidget(self.page_of, 0, Qt.AlignmentFlag.AlignVCenter)
        bar.addStretch(1)
        bar.addWidget(self.smaller)
        bar.addWidget(self.larger)
        return bar

    def _side(self):
        answers = [Answer("yes", self._words.pair(_YES)), Answer("no", self._words.pair(_NO))]
        self.right = AnswerGrid(answers, columns=2, least=190, tile=False, role="strong", rtl=self._rtl)
        self.right.changed.connect(self._confirmed)
        question = BilingualLabel(self._words.pair(_RIGHT), "title")
        direction = Qt.LayoutDirection.RightToLeft if self._rtl else Qt.LayoutDirection.LeftToRight
        question.setLayoutDirection(direction)
        self.right.setAccessibleName(self._words.pair(_RIGHT).spoken)
        there = {**KINDS} if self.plan.story else {code: name for code, name in KINDS.items() if code != "story"}
        kinds = [Answer(code, Pair.plain(text(name))) for code, name in there.items()]
        self.kinds = AnswerGrid(kinds, columns=3, least=110, tile=False, role="small", height=40)
        self.kinds.set_values(["plan"])
        self.kinds.setAccessibleName(text("Welk blad"))
        self.kinds.changed.connect(lambda values: self.show_kind(values[0]))
        self.print = PrimaryButton(text("Druk af"), "print")
        self.print.clicked.connect(self._print)
        self.save = SecondaryButton(text("Bewaar als PDF"), "save")
        self.save.clicked.connect(self._save)
        self.note = TextLabel("", "small")
        hints = "\n".join(text(message, **values) for message, values in hint_lines(self.plan))
        self.hints = TextLabel(hints, "small")
        reveal(self.hints, bool(hints))
        buttons = row(gap=1.5)
        for button in (self.print, self.save):
            buttons.addWidget(button, 1)
        return column(
            Card(question, self.right, self.hints, margin=2, gap=1.5),
            Card(buttons, self.note, TextLabel(text("Welk blad?"), "strong"), self.kinds, margin=2, gap=1.5),
            None,
            gap=2,
        )

    def _tell_empty(self) -> None:
        missing = empty_parts(self.plan)
        if not missing:
            self.message.say(MessageKind.INFO, "")
            return
        own, dutch = translator(self._words.language), translator("nl")
        parts_nl = joined([dutch.text(name) for name in missing], "nl")
        said = own.has(_EMPTY)
        parts = joined([own.text(name) for name in missing], self._words.language)
        what = Pair(own.text(_EMPTY).format(parts=parts) if said else "", dutch.text(_EMPTY).format(parts=parts_nl),
                    self._words.language)  # fmt: skip
        self.message.say(MessageKind.INFO, what, self._words.pair(_EMPTY_HELP))

    @property
    def ready(self) -> bool:
        """Whether the paper in sight is drawn at the size it should have."""
        return self._shown and not self._settle.isActive()

    def show_kind(self, kind: str) -> None:
        """Show another sheet; what was drawn before is kept."""
        self._kind = kind
        self.note.setText(text(NOTES[kind]))
        if kind in self._pdfs:
            self._draw()
            return
        self._set_ready(False)
        self.busy.start(text("Het blad wordt gemaakt …"))
        in_background(
            self,
            lambda: self._office.render(*for_print(self.plan, kind)),
            lambda pdf: self._made(kind, pdf),
            self._failed,
        )

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._settle.start()

    def zoom(self, by: int) -> None:
        """Larger or smaller by one step."""
        self._zoom = min(max(self._zoom + by, 0), len(ZOOMS) - 1)
        self._draw()

    def _made(self, kind: str, pdf: bytes) -> None:
        self._pdfs[kind] = pdf
        if kind == self._kind:
            self._draw()

    def _draw(self) -> None:
        pdf = self._pdfs.get(self._kind)
        if pdf is None or not self.isVisible():
            return
        widest = max(page_widths(pdf))
        scale = self.paper.room() / widest * ZOOMS[self._zoom]
        ratio = self.devicePixelRatioF()
        kind = self._kind
        in_background(self, lambda: pictures(pdf, scale, ratio), lambda paper: self._drawn(kind, paper), self._failed)

    def _drawn(self, kind: str, paper: Paper) -> None:
        if kind != self._kind:
            return
        self.busy.stop()
        keep = self._shown
        self.paper.set_pages(paper.pictures, keep_place=keep)
        self._set_ready(True)

    def _set_ready(self, ready: bool) -> None:
        self._shown = ready
        self.print.setEnabled(ready)
        self.save.setEnabled(ready)
        self.smaller.setEnabled(ready and self._zoom > 0)
        self.larger.setEnabled(ready and self._zoom < len(ZOOMS) - 1)

    def _failed(self, error: IntakeError) -> None:
        self.busy.stop()
        say_error(self.message, error)

    def _tell_page(self, page: int) -> None:
        self.page_of.setText(text("Blad {page} van {count}", page=page, count=self.paper.count))

    def _confirmed(self, values: list[str]) -> None:
        self.leaving.stop()
        if values == ["yes"]:
            self.message.say(MessageKind.GOOD, self._words.pair(_GOOD))
        else:
            self.message.say(MessageKind.INFO, self._words.pair(_CHANGE))
            self.leaving.start()

    def _print(self) -> None:
        kind = self._kind
        self.desk.print(made(self._pdfs[kind]), then=lambda: self._hand_over(kind))

    def _save(self) -> None:
        kind = self._kind
        name = file_name(kind, self.plan.participant_number)
        self.desk.save(made(self._pdfs[kind]), name, then=lambda: self._hand_over(kind))

    def _hand_over(self, kind: str) -> None:
        """Only the plan itself counts as handed over, not the sheets beside it."""
        if kind not in {"plan", "large"}:
            return
        try:
            self._conversation.plan_handed_over()
        except IntakeError as error:
            say_error(self.message, error)
        else:
            self.handed_over.emit()
