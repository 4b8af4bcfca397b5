"""The plan before it goes on paper: the real pages, "klopt dit?", then print it or save it for the participant."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.languages import is_rtl
from intake_app.i18n.languages import language as language_of
from intake_app.i18n.phrases import code_words, joined
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.step_hints import in_the_way
from intake_app.services.stored_plans import in_language
from intake_app.ui.controls.words import Words
from intake_app.ui.dialogs.language import AS_IT_IS, ON_PAPER, LanguageDialog
from intake_app.ui.handing_over import HandingOver
from intake_app.ui.pages.edit_steps import StepsPanel
from intake_app.ui.pages.giving_along import GivingPanel
from intake_app.ui.pages.page_reader import for_counsellor
from intake_app.ui.pages.shared import say_error, text
from intake_app.ui.pages.sheet_reader import Heard, SheetReader
from intake_app.ui.pages.sheet_view import Make, SheetView
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.giving_along import giving_along
from intake_app.ui.presenters.handouts import languages
from intake_app.ui.presenters.plan import KINDS as KINDS
from intake_app.ui.presenters.plan import NOTES, empty_parts, file_name, for_print, hint_lines
from intake_app.ui.presenters.questions import shown_language
from intake_app.ui.printing import SYSTEM, PaperDesk, PrintWays
from intake_app.ui.voice.speaker import Speaker
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    BilingualLabel,
    Card,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    column,
    row,
)
from intake_app.ui.widgets.growth import Parts
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.reveal import reveal
from intake_app.ui.widgets.side_scroll import SideScroll

_PRINT = 0.4
"""The least part of a line for the button that prints; where there is less, the other stands below it."""
READING_MS = 2500
"""So long a person may read that we go back, and change their mind, before we do."""
_TITLE = mark("Uw plan")
_RIGHT = mark("Klopt dit plan?")
_YES = mark("Ja, dit klopt")
_NO = mark("Nee, iets moet anders")
_GOOD = mark("Mooi. Dit is uw plan.")
_CHANGE = mark("We gaan terug. Zeg wat anders moet, dan veranderen we het samen.")
# Translators: {parts} is a list such as "een doel en een afspraak".
_EMPTY = mark("In dit plan staat nog niet: {parts}.")
_EMPTY_HELP = mark("Dat mag. U kunt het later samen invullen.")
_EDIT = mark("Verander doel en stappen")
_BACK = mark("Terug")
_NEXT = mark("Verder")


class PlanPage(SidePage):
    """Shows a plan, lets it be heard and hands it over. `ways` are how it asks the system about paper and files.

    Signals: `handed_over` once the plan is there on paper or was saved; `question_requested(concept)` to what is
    missing in it; `done` and `back_requested` from the foot. On the way to `done` stands the list of what goes along.
    """

    done = Signal()
    back_requested = Signal()
    handed_over = Signal()
    question_requested = Signal(str)

    def __init__(
        self,
        office: Office,
        conversation: Conversation,
        *,
        ways: PrintWays = SYSTEM,
        speaker: Speaker | None = None,
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
        self._speaker = speaker
        self.paper_language = self.plan.language
        self.steps: StepsPanel | None = None
        self.list: GivingPanel | None = None
        self.leaving = QTimer(self)
        self.leaving.setSingleShot(True)
        self.leaving.setInterval(READING_MS)
        self.leaving.timeout.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self._build()
        self.desk = PaperDesk(self, self.message, self.busy, office.store, ways)
        self.handing = HandingOver(conversation, self.desk, self._make, self._file_name, self)
        self.handing.changed.connect(self._tell_list)
        self.handing.asking.connect(self._ask_for_paper)
        self.handing.plan_given.connect(self.handed_over)
        self.handing.failed.connect(self._failed)
        self._tell_empty()
        self.grow(self._late(), at_once=False, fills=True)

    def _late(self) -> Parts:
        """What stands beside the sheet, and the sheet; the frame of the page stands before them."""
        look = QWidget()
        look.setLayout(self._side())
        scroll = SideScroll(look)
        scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.side.insertWidget(0, scroll)
        self.side.setCurrentIndex(0)
        yield
        self.reader = SheetReader(self, self.view, self._office, self._in_sight, self.why, self._speaker)
        self._tell_hints()
        self.show_kind("plan")

    def _build(self) -> None:
        self.view = SheetView()
        self.view.failed.connect(self._failed)
        self.view.ready_changed.connect(self._set_ready)
        self.paper, self.busy = self.view.paper, self.view.busy
        self.page_of, self.smaller, self.larger = self.view.page_of, self.view.smaller, self.view.larger
        self.side = QStackedWidget()
        whole = QWidget()
        halves = row(gap=3)
        halves.addWidget(self.view, 3)
        halves.addWidget(self.side, 2)
        whole.setLayout(halves)
        self.add(self.message)
        self.add(whole, 1)
        back = SecondaryButton(self._words.pair(_BACK), "back")
        back.clicked.connect(lambda: self._leave(self.back_requested))
        self.go_on = SecondaryButton(self._words.pair(_NEXT), "next", icon_after=True)
        self.go_on.clicked.connect(self._go_on)
        self.change = SecondaryButton(self._words.pair(_EDIT), "pencil")
        self.change.clicked.connect(self.edit)
        self.giving = SecondaryButton(text("Lijst voor het meegeven"), "list")
        self.giving.clicked.connect(self.show_list)
        for_counsellor(self.giving)
        self.set_footer(start=[back], end=[self.change, self.giving, self.go_on])
        self.set_reader(self._words.language)

    def _side(self):
        answers = [Answer("yes", self._words.pair(_YES)), Answer("no", self._words.pair(_NO))]
        self.right = AnswerGrid(answers, columns=2, least=190, tile=False, role="strong", rtl=self._rtl)
        self.right.changed.connect(self._confirmed)
        question = BilingualLabel(self._words.pair(_RIGHT), "title")
        direction = Qt.LayoutDirection.RightToLeft if self._rtl else Qt.LayoutDirection.LeftToRight
        question.setLayoutDirection(direction)
        self.right.setAccessibleName(self._words.pair(_RIGHT).spoken)
        shared = any(referral.shared for referral in self.plan.referrals)
        wanting = {"story": self.plan.story is not None, "referral": shared}
        there = {code: name for code, name in KINDS.items() if wanting.get(code, True)}
        kinds = [Answer(code, Pair.plain(text(name))) for code, name in there.items()]
        self.kinds = AnswerGrid(kinds, columns=3, least=110, tile=False, role="small", height=40)
        self.kinds.set_values(["plan"])
        self.kinds.setAccessibleName(text("Welk blad"))
        self.kinds.changed.connect(lambda values: self.show_kind(values[0]))
        self.print = PrimaryButton(text("Druk af"), "print")
        self.print.clicked.connect(lambda: self.handing.print(self._kind))
        self.save = SecondaryButton(text("Bewaar als PDF"), "save")
        self.save.clicked.connect(lambda: self.handing.save(self._kind))
        self.tongue = SecondaryButton("", "globe")
        self.tongue.clicked.connect(self._ask_language)
        self._tell_language()
        self.note, self.why = TextLabel("", "small"), TextLabel("", "small")
        self.hints = TextLabel("", "small")
        buttons = Halves(self.print, self.save, gap=1.5, left_over=_PRINT)
        return column(
            Card(question, self.right, for_counsellor(self.hints), margin=2, gap=1.5),
            for_counsellor(Card(buttons, self.tongue, self.note, self.why, self.kinds, margin=2, gap=1.5)),
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
        return self.grown and self.view.ready and (self.steps is None or self.steps.grown)

    def show_kind(self, kind: str) -> None:
        """Show another sheet; what was drawn before is kept."""
        self.whole()
        self._kind = kind
        self.reader.tell()
        self.note.setText(text(NOTES[kind]))
        if kind in self._pdfs:
            self.view.show_pdf(self._pdfs[kind])
        else:
            self.view.show_made(self._make(kind), text("Het blad wordt gemaakt …"))

    def _make(self, kind: str) -> Make:
        """Draws a sheet of the plan as it is now, and remembers it."""
        plan, kept = in_language(self.plan, self.paper_language), self._pdfs

        def make() -> bytes:
            if kind not in kept:
                kept[kind] = self._office.render(*for_print(plan, kind))
            return kept[kind]

        return make

    def _in_sight(self) -> Heard:
        """The sheet is heard in the language of the talk, on whatever paper it is."""
        return Heard(self.plan, self._kind, self._words.language)

    def _file_name(self, kind: str) -> str:
        other = self.paper_language if self.paper_language != self.plan.language else ""
        return file_name(kind, self.plan.participant_number, other)

    def _ask_language(self) -> None:
        codes = [code for code, _ in languages()]
        now, spoken = self.paper_language, self._words.language
        dialog = LanguageDialog(now, codes, self, which=ON_PAPER, stay=AS_IT_IS, spoken=spoken)
        dialog.chosen.connect(self.speak)
        dialog.open()

    def speak(self, language: str) -> None:
        """The sheets in another language beside Dutch. The talk goes on in its own, and so does what is sent."""
        if language != self.paper_language:
            self.paper_language = language
            self._tell_language()
            self._pdfs = {}
            self.show_kind(self._kind)

    def _tell_language(self) -> None:
        name = language_of(self.paper_language).name
        self.tongue.set_text(name)
        self.tongue.setAccessibleName(text("Taal van het papier: {language}", language=name))

    def zoom(self, by: int) -> None:
        """Larger or smaller by one step."""
        self.view.zoom(by)

    def _set_ready(self, ready: bool) -> None:
        self.print.setEnabled(ready)
        self.save.setEnabled(ready)

    def _failed(self, error: IntakeError) -> None:
        say_error(self.message, error)

    # ------------------------------------------------------------------ changing goal and steps
    def edit(self) -> None:
        """Goal and steps beside the plan, which follows every change."""
        self.whole()
        self.leaving.stop()
        if self._kind != "plan":
            self.kinds.set_values(["plan"])
            self.show_kind("plan")
        self._drop(self.steps)
        self.steps = StepsPanel(self._conversation, self.plan)
        self.steps.changed.connect(self._follow)
        self.steps.failed.connect(self._failed)
        self.steps.done.connect(self.look)
        self._beside(self.steps)

    def _follow(self) -> None:
        """The paper follows what changed; the sheets drawn before are of an older plan."""
        self.plan = self.steps.plan()
        self._pdfs = {}
        self.reader.tell()
        self.view.show_made(self._make("plan"))

    def look(self) -> None:
        """Back to the question whether the plan is right, with the sheets to print."""
        if self.steps is not None:
            try:
                self.plan = self._office.plan(self._conversation)
            except IntakeError as error:
                self._failed(error)
        self.side.setCurrentIndex(0)
        self._offer_panels(offered=True)
        self._drop(self.steps)
        self._drop(self.list)
        self.steps = self.list = None
        self._pdfs = {}
        self.right.set_values([])
        self._tell_empty()
        self._tell_hints()
        self.show_kind(self._kind)
        self.chain()

    def _beside(self, panel: QWidget) -> None:
        self.side.addWidget(panel)
        self.side.setCurrentWidget(panel)
        self._offer_panels(offered=False)
        panel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.chain()

    def _offer_panels(self, *, offered: bool) -> None:
        for button in (self.change, self.giving):
            button.setVisible(offered)

    def _drop(self, panel: QWidget | None) -> None:
        if panel is not None:
            self.side.removeWidget(panel)
            panel.deleteLater()

    def _leave(self, where: Signal) -> None:
        self.flush()
        where.emit()

    def _go_on(self) -> None:
        """The list of what goes along stands on the way, and paper nobody has seen is asked for."""
        if self.list is None:
            self.show_list()
        elif self.handing.asked:
            self.message.say(
                MessageKind.WARNING,
                text("Is het papier er?"),
                text("Kijk bij de printer en kies hiernaast een antwoord. Dan kunt u verder."),
            )
            self.list.ask()
        else:
            self._leave(self.done)

    def flush(self) -> None:
        """Keep what is typed and not yet kept."""
        if self.steps is not None:
            self.steps.flush()

    def _tell_hints(self) -> None:
        hard = in_the_way(self._conversation.talk.answers)
        told = [text(message, **values) for message, values in hint_lines(self.plan, hard)]
        if self.plan.changed:
            parts = joined([code_words("part", part, "nl") for part in self.plan.changed], "nl")
            told.insert(0, text("Dit is plan {turn}. Nieuw sinds het vorige: {parts}.", turn=self.plan.turn,
                                parts=parts))  # fmt: skip
        self.hints.setText("\n".join(told))
        reveal(self.hints, bool(told))

    # ------------------------------------------------------------------ handing over
    def show_list(self) -> None:
        """What is printed, what goes where, when one meets again and what is left, as one list."""
        self.whole()
        if self.steps is not None:
            self.flush()
            self.look()
        self._drop(self.list)
        self.list = GivingPanel()
        for signal, work in (
            (self.list.print_requested, self.handing.print),
            (self.list.save_requested, self.handing.save),
            (self.list.there, self.handing.there),
            (self.list.not_there, self.handing.not_printed),
            (self.list.taken_back, self.handing.take_back),
            (self.list.question_requested, self.question_requested.emit),
        ):
            signal.connect(work)
        self.list.done.connect(self.look)
        self._tell_list()
        self._beside(self.list)

    def _tell_list(self) -> None:
        if self.list is not None:
            lines = giving_along(self._conversation, self.plan, self.handing.given, self.handing.asked)
            self.list.show_lines(lines)
            self.chain()

    def _ask_for_paper(self, _kind: str) -> None:
        if self.list is None:
            self.show_list()
        self.list.ask()

    def _confirmed(self, values: list[str]) -> None:
        self.leaving.stop()
        if values == ["yes"]:
            self.message.say(MessageKind.GOOD, self._words.pair(_GOOD))
        else:
            self.message.say(MessageKind.INFO, self._words.pair(_CHANGE))
            self.leaving.start()
