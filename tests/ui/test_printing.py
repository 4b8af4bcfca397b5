"""The desk of the pages with a sheet: printer of last time, words when it fails, and stopping what takes long."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId
from intake_app.errors import IntakeError, WorkStopped
from intake_app.services.preferences import read_choice, write_choices
from intake_app.services.printing import PrinterChoice, last_printer, remember_printer
from intake_app.ui.errands import run_errand
from intake_app.ui.pages.shared import lane
from intake_app.ui.pages.sheet_view import SheetView
from intake_app.ui.printing import PaperDesk, PrintWays
from intake_app.ui.tasks import Watch
from intake_app.ui.widgets import BusyOverlay, MessageBar, MessageKind, column
from tests.fakes.storage import InMemoryStore
from tests.ui.conftest import Played


class Sheet(QWidget):
    """A page with a message and a veil, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.message = MessageBar()
        self.setLayout(column(self.message, None))
        self.busy = BusyOverlay(self)


@pytest.fixture
def page(shown: Callable[..., QWidget]) -> Sheet:
    return shown(Sheet(), 800, 600)


def as_file(path: Path, copies: int = 1) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setCopyCount(copies)
    return printer


def test_printer_and_copies_are_remembered_for_who_printed(
    page: Sheet, played: Played, qtbot: QtBot, tmp_path: Path
) -> None:
    store = InMemoryStore()
    printer = as_file(tmp_path / "out.pdf", copies=2)
    desk = PaperDesk(page, page.message, page.busy, store, PrintWays(lambda _page: printer, printers=lambda: ["Balie"]))
    plan = played.office.plan(played.conversation)

    desk.print(lambda: played.office.render(plan, "appointment"))
    qtbot.waitUntil(lambda: page.message.kind is MessageKind.GOOD and page.message.isVisible(), timeout=20000)

    assert printer.docName() == "Document"
    assert last_printer(store).copies == 2
    store.account = Account(AccountId("another"), "Bea", ("counsellor",))
    assert last_printer(store) == PrinterChoice()


def test_a_strange_number_of_copies_is_brought_within_reason() -> None:
    store = InMemoryStore()
    remember_printer(store, PrinterChoice("Balie", 500))

    assert last_printer(store) == PrinterChoice("Balie", 9)


def test_choices_of_two_accounts_do_not_meet() -> None:
    store = InMemoryStore()
    write_choices(store, {"window.size": "large"})
    store.account = Account(AccountId("another"), "Bea", ("volunteer",))

    assert read_choice(store, "window.size", "normal") == "normal"


def test_what_takes_long_is_stopped_at_once_and_leaves_the_page_free(page: Sheet, qtbot: QtBot) -> None:
    began, may_end = Event(), Event()
    outcomes: list[object] = []

    def work(watch: Watch) -> str:
        watch.tell(1, 4)
        began.set()
        may_end.wait(10)
        watch.check()
        return "done"

    run_errand(page, page.busy, "Even geduld", work, outcomes.append, outcomes.append)
    qtbot.waitUntil(lambda: page.busy.isVisible() and began.is_set())
    qtbot.waitUntil(lambda: page.busy.line.share == 0.25)
    assert page.busy.halt.hasFocus()
    qtbot.keyClick(page.busy.halt, Qt.Key.Key_Tab)
    assert page.busy.halt.hasFocus()
    qtbot.mouseClick(page.busy.halt, Qt.MouseButton.LeftButton)

    assert not page.busy.isVisible()
    assert [type(outcome) for outcome in outcomes] == [WorkStopped]
    may_end.set()
    qtbot.wait(50)
    assert len(outcomes) == 1


def test_what_must_be_whole_has_no_button_to_stop_it(page: Sheet, qtbot: QtBot) -> None:
    may_end = Event()
    outcomes: list[object] = []
    run_errand(
        page, page.busy, "Even geduld", lambda _watch: may_end.wait(10), outcomes.append, outcomes.append,
        stoppable=False,
    )  # fmt: skip
    qtbot.waitUntil(page.busy.isVisible)
    assert not page.busy.halt.isVisible()
    assert page.busy.unbroken.isVisible()
    assert page.busy.accessibleName() == "Even geduld Dit duurt even. U kunt dit niet afbreken."
    may_end.set()

    qtbot.waitUntil(lambda: outcomes == [True])


def test_a_sheet_nobody_waits_for_is_not_shown_and_can_be_asked_for_again(
    shown: Callable[..., QWidget], played: Played, qtbot: QtBot
) -> None:
    began, may_end, told, made = Event(), Event(), [], []

    def make() -> bytes:
        began.set()
        may_end.wait(10)
        made.append(1)
        return played.office.render(played.office.plan(played.conversation), "appointment")

    view = shown(SheetView(), 900, 700)
    view.failed.connect(told.append)
    view.show_made(make, "Het blad wordt gemaakt …")
    qtbot.waitUntil(lambda: view.busy.isVisible() and began.is_set())
    assert not view.again.isVisible()
    qtbot.mouseClick(view.busy.halt, Qt.MouseButton.LeftButton)
    assert [type(error) for error in told] == [WorkStopped]
    assert not view.busy.isVisible()
    may_end.set()
    qtbot.waitUntil(lambda: not lane().busy)
    assert view.pdf == b""

    qtbot.mouseClick(view.again, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: view.ready, timeout=20000)
    assert view.pdf.startswith(b"%PDF")
    assert len(made) == 2
    assert not view.again.isVisible()


def test_that_somebody_stopped_it_is_no_alarm(page: Sheet, qtbot: QtBot, tmp_path: Path) -> None:
    def refuse() -> bytes:
        raise WorkStopped

    desk = PaperDesk(
        page, page.message, page.busy, InMemoryStore(), PrintWays(choose_file=lambda *_: str(tmp_path / "a.pdf"))
    )
    desk.save(refuse, "a.pdf")
    qtbot.waitUntil(page.message.isVisible)

    assert page.message.kind is MessageKind.INFO
    assert issubclass(WorkStopped, IntakeError)
    assert list(tmp_path.iterdir()) == []
