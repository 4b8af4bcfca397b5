from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.services.office import Office
from intake_app.ui.pages.plan import PlanPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.presenters.plan import empty_parts, file_name, pictures, print_pages
from intake_app.ui.printing import PrintWays
from tests.ui.conftest import Played

Shown = Callable[..., QWidget]
Make = Callable[..., PlanPage]


def no_file(_parent: QWidget, _name: str) -> str:
    return ""


def no_printer(_parent: QWidget) -> QPrinter | None:
    return None


@pytest.fixture
def open_plan(played: Played, shown: Shown, qtbot: QtBot) -> Iterator[Make]:
    played.conversation.talk.set_host("plan_handed_over", "")

    def make(width: int = 1366, height: int = 768, **ways: object) -> PlanPage:
        options = {"choose_file": no_file, "choose_printer": no_printer, "printers": lambda: ["Balie"], **ways}
        page = PlanPage(played.office, played.conversation, ways=PrintWays(**options))
        shown(page, width, height)
        settled(qtbot, page)
        return page

    yield make
    qtbot.waitUntil(lambda: not lane().busy)


def settled(qtbot: QtBot, page: PlanPage) -> None:
    qtbot.waitUntil(lambda: page.ready and not lane().busy, timeout=15000)


def handed_over(played: Played) -> str:
    return played.conversation.talk.answers.host("plan_handed_over")


def ink(image: QImage) -> int:
    """How many of a grid of dots are not white."""
    steps = [(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)]
    return sum(image.pixelColor(x, y).lightness() < 128 for x, y in steps)


def pages_of(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def test_the_real_pages_are_shown_with_their_count(played: Played, open_plan: Make) -> None:
    page = open_plan()

    pdf = played.office.render(page.plan, "plan")
    assert page.paper.count == pages_of(pdf) == 2
    assert page.page_of.text() == "Blad 1 van 2"
    assert all(sheet.isVisible() for sheet in page.paper._sheets)


def test_the_page_fits_the_width_and_is_as_sharp_as_the_screen(open_plan: Make) -> None:
    page = open_plan()
    sheet = page.paper._sheets[0]

    assert sheet.width() <= page.paper.viewport().width()
    assert sheet.width() > page.paper.viewport().width() * 0.85
    assert sheet._picture.width() == round(sheet._picture.deviceIndependentSize().width() * page.devicePixelRatioF())


def test_a_picture_holds_the_ink_of_the_page(played: Played) -> None:
    pdf = played.office.render(played.office.plan(played.conversation), "plan")

    one, two = pictures(pdf, 1.0, 2.0).pictures

    assert ink(one) > 100
    assert ink(two) > 100
    assert one.devicePixelRatio() == 2.0
    assert abs(one.width() - 2 * 595) <= 2


def test_scrolling_tells_the_page(qtbot: QtBot, open_plan: Make) -> None:
    page = open_plan()

    page.paper.setFocus()
    qtbot.keyClick(page.paper, Qt.Key.Key_End)

    qtbot.waitUntil(lambda: page.page_of.text() == "Blad 2 van 2")


def test_larger_and_smaller_change_the_paper_within_bounds(qtbot: QtBot, open_plan: Make) -> None:
    page = open_plan()
    widths = [page.paper._sheets[0].width()]
    for button in (page.larger, page.larger, page.larger, page.smaller):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: page.paper._sheets[0].width() != widths[-1], timeout=15000)
        settled(qtbot, page)
        widths.append(page.paper._sheets[0].width())

    assert widths[0] < widths[1] < widths[2] < widths[3] > widths[4]


def test_a_larger_page_stays_at_the_same_place(qtbot: QtBot, open_plan: Make) -> None:
    page = open_plan()
    bar = page.paper.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)

    qtbot.mouseClick(page.larger, Qt.MouseButton.LeftButton)
    settled(qtbot, page)

    qtbot.waitUntil(lambda: abs(bar.value() / bar.maximum() - 0.5) < 0.02)


def test_each_kind_of_sheet_can_be_looked_at(qtbot: QtBot, open_plan: Make) -> None:
    page = open_plan()
    seen = {}
    for kind in ("data", "private", "large"):
        page.kinds.card(kind).click()
        settled(qtbot, page)
        seen[kind] = page.paper.count

    assert seen["data"] >= 1
    assert seen["private"] == 1
    assert seen["large"] > 2


def test_a_saved_plan_is_the_pdf_itself_and_counts_as_handed_over(
    played: Played, qtbot: QtBot, open_plan: Make, tmp_path: Path
) -> None:
    names: list[str] = []

    def choose(_parent: QWidget, name: str) -> str:
        names.append(name)
        return str(tmp_path / name)

    page = open_plan(choose_file=choose)
    with qtbot.waitSignal(page.handed_over):
        qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)

    assert names == [f"plan-{played.conversation.number}.pdf"]
    assert (tmp_path / names[0]).read_bytes() == played.office.render(page.plan, "plan")
    assert handed_over(played) == "yes"


@pytest.mark.parametrize("kind", ["plan", "large", "data", "private"])
def test_a_file_name_holds_a_number_and_never_a_name(played: Played, kind: str) -> None:
    plan = played.office.plan(played.conversation)
    name = file_name(kind, plan.participant_number)

    assert plan.participant_number in name
    assert not set(plan.call_name.lower().split()) & set(name.lower().replace("-", " ").split())


def test_the_sheets_beside_the_plan_do_not_count_as_handing_it_over(
    played: Played, qtbot: QtBot, open_plan: Make, tmp_path: Path
) -> None:
    page = open_plan(choose_file=lambda _parent, name: str(tmp_path / name))
    page.kinds.card("data").click()
    settled(qtbot, page)

    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.message.isVisible)

    assert len(list(tmp_path.iterdir())) == 1
    assert handed_over(played) == ""


def test_a_dialog_that_is_closed_changes_nothing(played: Played, qtbot: QtBot, open_plan: Make) -> None:
    page = open_plan()

    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.print, Qt.MouseButton.LeftButton)

    assert handed_over(played) == ""
    assert page.message.isHidden()


def test_a_stick_that_is_gone_is_told_and_nothing_counts(
    played: Played, qtbot: QtBot, open_plan: Make, tmp_path: Path
) -> None:
    page = open_plan(choose_file=lambda _parent, name: str(tmp_path / "weg" / name))

    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(page.message.isVisible)

    assert page.message.what.pair.dutch == "Bewaren lukte niet."
    assert handed_over(played) == ""


def pdf_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_printing_puts_every_page_on_paper_and_names_nobody(
    played: Played, qtbot: QtBot, open_plan: Make, tmp_path: Path
) -> None:
    printer = pdf_printer(tmp_path / "printed.pdf")
    page = open_plan(choose_printer=lambda _parent: printer)

    with qtbot.waitSignal(page.handed_over):
        qtbot.mouseClick(page.print, Qt.MouseButton.LeftButton)

    printed = (tmp_path / "printed.pdf").read_bytes()
    assert printer.docName() == "Document"
    assert pages_of(printed) == page.paper.count
    assert all(ink(image) > 100 for image in pictures(printed, 1.0).pictures)
    assert handed_over(played) == "yes"


def test_a_printed_page_has_the_size_of_its_sheet(played: Played, tmp_path: Path) -> None:
    pdf = played.office.render(played.office.plan(played.conversation), "data")
    path = tmp_path / "a5.pdf"

    assert print_pages(pdf_printer(path), pdf)

    wanted, got = pictures(pdf, 1.0).points[0], pictures(path.read_bytes(), 1.0).points[0]
    assert got == pytest.approx(wanted, abs=2)


def test_without_a_printer_the_page_says_what_can_be_done(played: Played, qtbot: QtBot, open_plan: Make) -> None:
    page = open_plan(printers=list)

    qtbot.mouseClick(page.print, Qt.MouseButton.LeftButton)

    assert page.message.what.pair.dutch == "Er is geen printer gevonden."
    assert "PDF" in page.message.what_to_do.pair.dutch


def test_a_whole_plan_misses_nothing(played: Played) -> None:
    plan = played.office.plan(played.conversation)

    assert empty_parts(plan) == []
    assert empty_parts(replace(plan, goal=None, appointment=None)) == ["een doel", "een afspraak"]
    assert empty_parts(replace(plan, directions=(), not_yet=True)) == []


def test_a_plan_of_the_first_minute_is_made_and_told_kindly(office: Office, shown: Shown, qtbot: QtBot) -> None:
    page = PlanPage(office, office.begin_talk(practice=True), ways=PrintWays(printers=list))
    shown(page, 1366, 768)
    settled(qtbot, page)

    assert page.paper.count >= 1
    assert "een doel" in page.message.what.pair.dutch
    assert page.message.what_to_do.pair.dutch.startswith("Dat mag.")


def test_the_participant_says_whether_the_plan_is_right(qtbot: QtBot, open_plan: Make) -> None:
    page = open_plan()
    page.leaving.setInterval(10)

    page.right.card("yes").click()
    assert page.message.what.pair.dutch == "Mooi. Dit is uw plan."
    with qtbot.waitSignal(page.back_requested):
        page.right.card("no").click()


def test_changing_ones_mind_in_time_stays_on_the_page(open_plan: Make) -> None:
    page = open_plan()
    page.right.card("no").click()
    going = page.leaving.isActive()

    page.right.card("yes").click()

    assert going
    assert not page.leaving.isActive()


def test_the_foot_leads_on(qtbot: QtBot, open_plan: Make) -> None:
    page = open_plan()

    with qtbot.waitSignal(page.done):
        qtbot.mouseClick(page.go_on, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("size", [(1366, 768), (1024, 700)])
def test_print_and_save_are_in_sight_at_once(open_plan: Make, size: tuple[int, int]) -> None:
    page = open_plan(*size)

    for button in (page.print, page.save):
        bottom = button.mapTo(page.scroll.viewport(), button.rect().bottomLeft()).y()
        assert 0 < bottom <= page.scroll.viewport().height()


def test_everything_on_the_page_is_in_reach(
    open_plan: Make, keyboard_complaints: Callable[[QWidget], list[str]]
) -> None:
    assert keyboard_complaints(open_plan()) == []
