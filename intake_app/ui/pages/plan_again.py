"""A plan of an earlier talk once more: in another language, in large letters; looked at before it is printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.services.office import Office
from intake_app.services.people import KeptPlan
from intake_app.services.stored_plans import in_language
from intake_app.ui.pages.shared import say_error, text
from intake_app.ui.pages.sheet_reader import Heard, SheetReader
from intake_app.ui.pages.sheet_view import Make, SheetView
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.handouts import languages
from intake_app.ui.presenters.plan import KINDS, file_name, for_print
from intake_app.ui.printing import SYSTEM, PaperDesk, PrintWays
from intake_app.ui.voice.speaker import Speaker
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
from intake_app.ui.widgets.side_scroll import SideScroll

SHEETS = ("plan", "large", "skills")
_MAKING = mark("Het blad wordt gemaakt …")


class PlanAgainPage(SidePage):
    """Shows a kept plan as a sheet in a language. What is kept of it stays as it is, here and at the centre.

    It can be heard in that language as well. `sheets` are the kinds to choose from, `title` what else than its number
    the page is called, `ways` how it asks the system about paper and files.
    """

    back_requested = Signal()

    def __init__(
        self,
        office: Office,
        plan: KeptPlan,
        *,
        title: str = "",
        sheets: Sequence[str] = SHEETS,
        ways: PrintWays = SYSTEM,
        speaker: Speaker | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title or text("Plan {number}", number=plan.plan_number), widest=1600, parent=parent)
        self._office, self._plan, self._kinds, self._speaker = office, plan.document, tuple(sheets), speaker
        self.language, self.sheet = plan.document.language, self._kinds[0]
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self.add(self.message)
        self.view = SheetView()
        self.view.failed.connect(self._failed)
        self.view.ready_changed.connect(self._ready)
        self.desk = PaperDesk(self, self.message, self.view.busy, office.store, ways)
        self._halves = row(gap=3)
        self._halves.addWidget(self.view, 3)
        whole = QWidget()
        whole.setLayout(self._halves)
        self.add(whole, 1)
        self.print = PrimaryButton(text("Druk af"), "print")
        self.print.clicked.connect(lambda: self.desk.print(self._make()))
        self.save = SecondaryButton(text("Bewaar als PDF"), "save")
        self.save.clicked.connect(lambda: self.desk.save(self._make(), self._file_name()))
        self.set_footer(end=[self.save, self.print, *self.after()])
        self.grow(self._parts(), at_once=False, fills=True)

    def _parts(self) -> Parts:
        scroll = SideScroll(self._choices())
        scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._halves.addWidget(scroll, 2)
        yield
        self.reader = SheetReader(self, self.view, self._office, self._in_sight, self.why, self._speaker)
        self.reader.add_keys(self)
        self._show()

    def _choices(self) -> QWidget:
        sheets = [Answer(code, Pair.plain(text(KINDS[code]))) for code in self._kinds]
        self.sheets = AnswerGrid(sheets, columns=2, least=150, tile=False, role="strong", height=48)
        self.sheets.set_about(text("Welk blad"))
        self.sheets.set_values([self.sheet])
        self.sheets.changed.connect(self._turn)
        tongues = [Answer(code, Pair.plain(name)) for code, name in languages()]
        self.tongues = AnswerGrid(tongues, columns=2, least=150, tile=False, role="strong", height=48)
        self.tongues.set_about(text("Taal van het papier"))
        self.tongues.set_values([self.language])
        self.tongues.changed.connect(self._speak)
        told = text("Nederlands staat er altijd bij. Eigen woorden staan er zoals ze gezegd zijn.")
        self.why = TextLabel("", "small")
        inside = QWidget()
        inside.setLayout(
            column(
                *self.above(),
                Card(TextLabel(text("Welk blad"), "title"), self.sheets, self.why, margin=2, gap=1.5),
                Card(
                    TextLabel(text("Taal van het papier"), "title"),
                    self.tongues,
                    TextLabel(told, "small"),
                    margin=2,
                    gap=1.5,
                ),
                None,
                gap=2,
            )
        )
        return inside

    def above(self) -> Sequence[QWidget]:
        """What stands above the choices."""
        return ()

    def after(self) -> Sequence[QWidget]:
        """What stands at the foot after save and print."""
        return ()

    def _in_sight(self) -> Heard:
        return Heard(self._plan, self.sheet, self.language)

    @property
    def ready(self) -> bool:
        """Whether the paper in sight is the one that was chosen."""
        return self.grown and self.view.ready

    def _turn(self, values: list[str]) -> None:
        self.sheet = values[0]
        self._show()

    def _speak(self, values: list[str]) -> None:
        self.language = values[0]
        self._show()

    def _show(self) -> None:
        self.reader.tell()
        self.view.show_made(self._make(), text(_MAKING))

    def _make(self) -> Make:
        office, sheet = self._office, self.sheet
        document = in_language(self._plan, self.language)
        return lambda: office.render(*for_print(document, sheet))

    def _file_name(self) -> str:
        other = self.language if self.language != self._plan.language else ""
        return file_name(self.sheet, self._plan.participant_number, other)

    def _ready(self, ready: bool) -> None:
        self.print.setEnabled(ready)
        self.save.setEnabled(ready)

    def _failed(self, error: IntakeError) -> None:
        say_error(self.message, error)
