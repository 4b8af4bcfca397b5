"""Official lists beside the catalogue: which stand here, taking one in, and removing one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from intake_app.errors import ImportCancelled, IntakeError
from intake_app.services.office import Office
from intake_app.services.official_lists import (
    ESCO,
    ImportReport,
    OfficialList,
    Progress,
    official_lists,
    propose_imported,
    proposes_imported,
    remove_list,
)
from intake_app.ui.import_runner import ImportRunner
from intake_app.ui.pages.shared import heading, in_background, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.official_lists import (
    ABOUT,
    FILTERS,
    NAMES,
    TAKES_FOLDER,
    badge,
    progress_line,
    refused,
    report_lines,
    state_lines,
)
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    Card,
    MessageBar,
    MessageKind,
    Pair,
    QuietButton,
    SecondaryButton,
    TextLabel,
    clear,
    column,
    row,
)
from intake_app.ui.widgets.list_line import ListLine
from intake_app.ui.widgets.progress_line import ProgressLine

Choose = Callable[[QWidget, str], str]


def ask_file(parent: QWidget, kind: str) -> str:
    """The file that was chosen in the system's dialog, or empty."""
    chosen, _ = QFileDialog.getOpenFileName(parent, text("Kies het bestand"), "", f"{NAMES[kind]} ({FILTERS[kind]})")
    return chosen


def ask_folder(parent: QWidget, _kind: str) -> str:
    """The folder that was chosen in the system's dialog, or empty."""
    return QFileDialog.getExistingDirectory(parent, text("Kies de map"))


class OfficialListsPage(SidePage):
    """Takes official lists in and removes them. While one is read the page stays, with a way to stop."""

    back_requested = Signal()

    def __init__(
        self,
        office: Office,
        *,
        choose_file: Choose = ask_file,
        choose_folder: Choose = ask_folder,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text("Officiële lijsten"), widest=960, parent=parent)
        self._office = office
        self._choose_file, self._choose_folder = choose_file, choose_folder
        self._kind = ""
        self.back.connect(self.back_requested)
        self.runner = ImportRunner()
        self.runner.progressed.connect(self._progressed)
        self.runner.done.connect(self._done)
        self.runner.failed.connect(self._failed)
        self.destroyed.connect(self.runner.leave)
        self.message = MessageBar(closable=True)
        why = MessageBar(
            MessageKind.INFO,
            text("Met een officiële lijst vindt u meer woorden."),
            text(
                "Zoeken kan dan ook op namen van beroepen en vaardigheden uit deze lijst. Zonder lijst werkt alles ook."
            ),
        )
        self._lists = column(gap=3)
        for part in (self.message, self._running_card(), self._report_card(), why):
            self.add(part)
        holder = QWidget()
        holder.setLayout(self._lists)
        self.add(holder)
        self.add_stretch()
        self.refresh()

    def _running_card(self) -> Card:
        self.progress = ProgressLine()
        self.stop = SecondaryButton(text("Stop met inlezen"), "stop")
        self.stop.clicked.connect(self._stop)
        told = TextLabel(text("Tot het klaar is, blijft de oude lijst in gebruik."), "small")
        line = row(gap=2)
        line.addWidget(told, 1)
        line.addWidget(self.stop)
        self._running = Card(self.progress, line, gap=2)
        self._running.hide()
        return self._running

    def _report_card(self) -> Card:
        self._report_lines = column(gap=1)
        self._report = Card(heading(text("Dit is ingelezen"), "good"), self._report_lines, gap=2)
        self._report.hide()
        return self._report

    def refresh(self) -> None:
        """Look again which lists stand here."""
        clear(self._lists)
        self.files: dict[str, SecondaryButton] = {}
        self.folders: dict[str, SecondaryButton] = {}
        self.removals: dict[str, QuietButton] = {}
        self._asked = ""
        try:
            found = official_lists(self._office)
        except IntakeError as error:
            say_error(self.message, error)
            return
        for one in found:
            self._lists.addWidget(self._card(one))
            if one.kind == ESCO and one.present:
                self._lists.addWidget(self._proposing())
        self.chain()

    def _card(self, one: OfficialList) -> Card:
        name = NAMES[one.kind]
        word, kind = badge(one)
        lines = [TextLabel(line, "body") for line in state_lines(one)]
        buttons = row(gap=1.5)
        file = self.files[one.kind] = self._button(text("Kies het bestand"), name)
        file.clicked.connect(lambda: self._begin(one.kind, self._choose_file))
        buttons.addWidget(file)
        if one.kind in TAKES_FOLDER:
            folder = self.folders[one.kind] = self._button(text("Kies de map"), name)
            folder.clicked.connect(lambda: self._begin(one.kind, self._choose_folder))
            buttons.addWidget(folder)
        buttons.addStretch(1)
        if one.present or one.damaged:
            gone = self.removals[one.kind] = QuietButton(text("Verwijder"), "trash")
            gone.setAccessibleName(f"{text('Verwijder')}: {name}")
            gone.clicked.connect(lambda: self._remove(one.kind))
            buttons.addWidget(gone)
        return Card(ListLine(name, text(ABOUT[one.kind]), word, kind), column(*lines, gap=0.5), buttons, gap=2)

    def _proposing(self) -> Card:
        """Whether occupations of the list may be proposed: some of what ours tell is not known of them."""
        title = text("Welke beroepen stelt een gesprek voor?")
        self.proposing = AnswerGrid(
            [
                Answer("no", Pair.plain(text("Alleen onze eigen beroepen"))),
                Answer("yes", Pair.plain(text("Ook beroepen uit ESCO, na die van ons"))),
            ],
            tile=False,
            columns=2,
            least=280,
            role="strong",
        )
        self.proposing.set_about(title)
        self.proposing.set_values({"yes" if proposes_imported(self._office) else "no"})
        self.proposing.changed.connect(self._propose)
        note = text(
            "Van beroepen uit ESCO kennen wij geen weg, geen papieren en geen kans op werk. Dat staat er dan bij."
        )
        return Card(TextLabel(title, "strong"), self.proposing, TextLabel(note, "small"), kind="sunken", gap=1.5)

    def _propose(self, chosen: list[str]) -> None:
        """Reading what may be proposed takes a moment: beside the window."""

        def failed(error: IntakeError) -> None:
            say_error(self.message, error)
            self.refresh()

        wanted = chosen == ["yes"]
        in_background(self, lambda: propose_imported(self._office, wanted=wanted), lambda _done: None, failed)

    def _button(self, words: str, name: str) -> SecondaryButton:
        button = SecondaryButton(words, "plus")
        button.setAccessibleName(f"{words}: {name}")
        return button

    # ------------------------------------------------------------------ taking in
    def _begin(self, kind: str, choose: Choose) -> None:
        chosen = choose(self, kind)
        if chosen:
            self.take_in(kind, Path(chosen))

    def take_in(self, kind: str, path: Path) -> None:
        """Read a download on a thread of its own; the page tells how far it is."""
        if self.runner.running:
            return
        self._kind = kind
        self.message.say(MessageKind.INFO, "")
        self._report.hide()
        self.progress.begin(text("{name} wordt ingelezen …", name=NAMES[kind]))
        self._hold(running=True)
        self.runner.start(self._office, kind, path)

    def _hold(self, *, running: bool) -> None:
        self._running.setVisible(running)
        self.stop.setEnabled(running)
        self.back_button.setEnabled(not running)
        for button in (*self.files.values(), *self.folders.values(), *self.removals.values()):
            button.setEnabled(not running)
        self.chain()
        (self.stop if running else self.focus_start).setFocus()
        self.scroll.verticalScrollBar().setValue(0)

    def _progressed(self, progress: Progress) -> None:
        self.progress.tell(progress.share, progress_line(progress))

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.runner.cancel()

    def _done(self, report: ImportReport) -> None:
        self.refresh()
        self._hold(running=False)
        self.message.say(MessageKind.GOOD, text("{name} is ingelezen.", name=NAMES[self._kind]))
        catalogue = self._office.catalogue
        names = {
            **{each.id: each.label_nl for each in catalogue.skills.values()},
            **{each.id: each.label_nl for each in catalogue.occupations.values()},
        }
        clear(self._report_lines)
        for line in report_lines(report, names):
            self._report_lines.addWidget(TextLabel(line, "body"))
        self._report.show()

    def _failed(self, error: IntakeError) -> None:
        self._hold(running=False)
        told = refused(error)
        kind = MessageKind.INFO if isinstance(error, ImportCancelled) else MessageKind.ERROR
        self.message.say(kind, told.what, told.more)

    # ------------------------------------------------------------------ removing
    def _remove(self, kind: str) -> None:
        """The first press asks, the second removes."""
        button = self.removals[kind]
        sure = text("Ja, verwijder de lijst")
        if self._asked != kind:
            self._asked = kind
            button.set_text(sure)
            button.setAccessibleName(f"{sure}: {NAMES[kind]}")
            return
        try:
            remove_list(self._office, kind)
        except IntakeError as error:
            say_error(self.message, error)
        else:
            self._report.hide()
            self.message.say(
                MessageKind.GOOD,
                text("{name} is verwijderd.", name=NAMES[kind]),
                text("Gesprekken en plannen houden de namen die erin staan."),
            )
        self.refresh()
        self.focus_start.setFocus()
