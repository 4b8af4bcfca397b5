"""The numbers for a coordinator: what was promised on top, then everything else, to be read in a minute."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import partial
from itertools import zip_longest
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from intake_app.errors import IntakeError
from intake_app.i18n.report_texts import INVENTED
from intake_app.services.indicators import report_paper
from intake_app.services.office import Office
from intake_app.ui.errands import run_errand
from intake_app.ui.pages.numbers_keeping import FairCard, PeriodCard, TrainingCard
from intake_app.ui.pages.shared import say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.numbers import (
    LEFT,
    RIGHT,
    FigureLine,
    NumbersPresenter,
    Section,
    TrainedLine,
    trained_lines,
)
from intake_app.ui.printing import SYSTEM, PaperDesk, PrintWays
from intake_app.ui.tasks import Watch
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    BusyOverlay,
    Card,
    Divider,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    SecondaryButton,
    TextLabel,
    Tiles,
    column,
    row,
    stretch,
)
from intake_app.ui.widgets.growth import Parts
from intake_app.ui.widgets.target_bar import TargetBar

ChooseExports = Callable[[QWidget], list[str]]
LOCAL, CENTRAL, PRACTICE, EVERYWHERE = "local", "central", "practice", "everywhere"


def ask_exports(page: QWidget) -> list[str]:
    """The files that were chosen in the system's dialog."""
    return QFileDialog.getOpenFileNames(page, text("Bestanden van de server"), "", "ZIP (*.zip)")[0]


class NumbersPage(SidePage):
    """Counts only. `choose_exports` and `ways` stand for the system's dialogs."""

    back_requested = Signal()

    def __init__(
        self,
        office: Office,
        *,
        choose_exports: ChooseExports = ask_exports,
        ways: PrintWays = SYSTEM,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text("De cijfers"), widest=1240, parent=parent)
        self._office, self._choose_exports = office, choose_exports
        self.back.connect(self.back_requested)
        self.presenter = NumbersPresenter(office)
        self.message = MessageBar(closable=True)
        self.busy = BusyOverlay(self)
        self.desk = PaperDesk(self, self.message, self.busy, office.store, ways)
        self.set_footer(start=[], end=self._buttons())
        self._fill()

    def _buttons(self) -> list[QWidget]:
        self.save = SecondaryButton(text("Bewaar als PDF"), "save")
        self.save.clicked.connect(lambda: self.desk.save(self._paper(), text("cijfers.pdf")))
        self.print = PrimaryButton(text("Druk af"), "print")
        self.print.clicked.connect(lambda: self.desk.print(self._paper()))
        return [self.save, self.print]

    def _paper(self) -> Callable[[], bytes]:
        return partial(report_paper, self._office, self.presenter.report)

    # ------------------------------------------------------------------ what is shown
    def _fill(self) -> None:
        self.clear_body()
        self.grow(self._parts())

    def _parts(self) -> Parts:
        self.message = MessageBar(closable=True)
        self.desk._message = self.message
        self.add(self.message)
        if self.presenter.report.practice:
            self.add(MessageBar(MessageKind.WARNING, text(INVENTED)))
        self.add(self._choices())
        self.add(TextLabel(self.presenter.source(), "body", tone="soft"))
        promised = Tiles(280, 3, 2)
        self.add(promised)
        for section in self.presenter.promises():
            promised.add_tile(self._promise(section))
            yield
        yield from self._halves()

    def _choices(self) -> QWidget:
        sources = [
            Answer(LOCAL, Pair.plain(text("Deze laptop"))),
            Answer(CENTRAL, Pair.plain(text("Bestand van de server"))),
            Answer(PRACTICE, Pair.plain(text("Om te oefenen"))),
        ]
        self.sources = AnswerGrid(sources, columns=3, least=170, tile=False, role="strong", height=48)
        self.sources.setAccessibleName(text("Waar de cijfers vandaan komen"))
        presenter = self.presenter
        self.sources.set_values([PRACTICE if presenter.practice else CENTRAL if presenter.exports else LOCAL])
        self.sources.changed.connect(self.choose)
        whole = QWidget()
        parts: list[QWidget] = [self.sources]
        names = presenter.places() or ((presenter.location,) if presenter.location else ())
        if names:
            answers = [
                Answer(EVERYWHERE, Pair.plain(text("Alle plaatsen"))),
                *(Answer(n, Pair.plain(n)) for n in names),
            ]
            self.places = AnswerGrid(answers, columns=5, least=150, tile=False, role="small", height=48)
            self.places.setAccessibleName(text("Plaats"))
            self.places.set_values([presenter.location or EVERYWHERE])
            self.places.changed.connect(self.choose_place)
            parts.append(self.places)
        whole.setLayout(column(*parts, gap=1))
        return whole

    def _promise(self, section: Section) -> Card:
        line = section.lines[0]
        return Card(
            TextLabel(section.title, "strong"),
            TextLabel(line.told, "title"),
            *([TargetBar(line.share, line.aim, line.spoken)] if line.drawn else []),
            TextLabel(line.target, "body", tone="soft"),
            TextLabel(section.definition, "small"),
            column(None),
            margin=2,
            gap=1,
        )

    def _halves(self) -> Parts:
        """Two columns of cards, filled side by side from the top."""
        presenter = self.presenter
        left = [partial(self._card, presenter.section(name)) for name in LEFT] + [self._fair, self._others]
        right = [partial(self._card, presenter.section(name)) for name in RIGHT]
        trained = trained_lines(self._office)
        if trained:
            right.append(partial(self._training, trained))
        if presenter.may_settle():
            left.append(self._project)
        if presenter.crossed():
            left.append(self._crossed)
        both, sides = Tiles(440, 2, 2), (column(None, gap=2), column(None, gap=2))
        for side in sides:
            whole = QWidget()
            whole.setLayout(side)
            both.add_tile(whole)
        self.add(both)
        for cards in zip_longest(left, right):
            for side, make in zip(sides, cards, strict=True):
                if make is not None:
                    side.insertWidget(side.count() - 1, make())
                    yield

    def _training(self, trained: tuple[TrainedLine, ...]) -> Card:
        self.training = TrainingCard(self._office, trained)
        self.training.kept.connect(self._keep)
        return self.training

    def _project(self) -> Card:
        self.period = PeriodCard(self._office, self.presenter)
        self.period.kept.connect(self._keep)
        return self.period

    def _card(self, section: Section) -> Card:
        card = Card(TextLabel(section.title, "strong"), margin=2, gap=0.75)
        for line in section.lines:
            card.add(self._line(line))
        if section.id == "ind02":
            for line in self.presenter.also():
                card.add(self._line(line))
        card.add(TextLabel(section.definition, "small"))
        return card

    def _line(self, line: FigureLine) -> QWidget:
        told = " · ".join(part for part in (line.told, line.target) if part)
        words = row(gap=1)
        if line.name:
            words.addWidget(TextLabel(line.name, "body"), 1)
        words.addWidget(TextLabel(told, "body", tone="soft" if line.hidden else "", wrap=not line.name))
        whole = QWidget()
        inside = column(words, gap=0.25)
        if line.drawn:
            inside.addWidget(stretch(TargetBar(line.share, line.aim, line.spoken)))
        whole.setLayout(inside)
        whole.setAccessibleName(line.spoken)
        return whole

    def _fair(self) -> Card:
        self.fair = FairCard(self._office, self.presenter.fair_line())
        self.fair.kept.connect(self._keep)
        return self.fair

    def _crossed(self) -> Card:
        """Groups by municipality; only what may be shown stands there."""
        card = Card(TextLabel(text("Groepen per gemeente"), "strong"), margin=2, gap=0.75)
        for line in self.presenter.crossed():
            card.add(self._line(line))
        card.add(TextLabel(text("Getallen onder de 10 staan er niet bij, en andere die ze zouden verraden."), "small"))
        return card

    def _others(self) -> Card:
        card = Card(TextLabel(text("Niet meegeteld"), "strong"), margin=2, gap=0.75)
        for number, line in enumerate(self.presenter.others()):
            if number:
                card.add(Divider())
            card.add(self._line(line))
        return card

    def _keep(self, write: Callable[[], None]) -> None:
        def keep(presenter: NumbersPresenter) -> None:
            write()
            presenter.renew()

        self._show(keep, stoppable=False)

    # ------------------------------------------------------------------ choosing
    def choose(self, values: list[str]) -> None:
        """Where the numbers come from; files of the server are asked for."""
        chosen = values[0] if values else LOCAL
        files = self._choose_exports(self) if chosen == CENTRAL else []
        if chosen == CENTRAL and not files:
            self._fill()
            return
        paths = tuple(Path(name) for name in files)
        self._show(lambda presenter: presenter.show(practice=chosen == PRACTICE, exports=paths))

    def choose_place(self, values: list[str]) -> None:
        """One place, or all of them."""
        place = values[0] if values else EVERYWHERE
        self._show(lambda presenter: presenter.show_place("" if place == EVERYWHERE else place))

    def _show(self, change: Callable[[NumbersPresenter], None], *, stoppable: bool = True) -> None:
        """Count anew in the background; what was shown stays until that is done, and stays when it failed."""
        other = copy(self.presenter)

        def work(_watch: Watch) -> NumbersPresenter:
            change(other)
            return other

        told = text("De cijfers worden geteld …")
        run_errand(self, self.busy, told, work, self._counted, self._failed, stoppable=stoppable)

    def _counted(self, presenter: NumbersPresenter) -> None:
        self.presenter = presenter
        self._fill()

    def _failed(self, error: IntakeError) -> None:
        self._fill()
        say_error(self.message, error)
