from __future__ import annotations

import unicodedata
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
from intake_app.ui.dialogs.language import LanguageDialog
from intake_app.ui.pages.plan import PlanPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.presenters.conversation import ConversationPresenter, Stage
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
    qtbot.waitUntil(lambda: page.ready and not (lane().busy or page.paper.settling), timeout=15000)


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

    qtbot.mouseClick(page.print, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "plan" in page.handing.asked, timeout=15000)
    assert handed_over(played) == ""
    with qtbot.waitSignal(page.handed_over):
        qtbot.mouseClick(page.list.asks["plan"]["yes"], Qt.MouseButton.LeftButton)

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


def test_the_foot_leads_on_past_the_list_of_what_goes_along(qtbot: QtBot, open_plan: Make) -> None:
    page = open_plan()

    with qtbot.assertNotEmitted(page.done):
        qtbot.mouseClick(page.go_on, Qt.MouseButton.LeftButton)
    assert page.list is not None
    assert page.list.lights[0].kind == "warning"
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


# ------------------------------------------------------------------ is the paper there?
def printed(page: PlanPage, qtbot: QtBot, sheet: str = "plan") -> None:
    """The spooler took the job, as it does without paper too."""
    page.handing.print(sheet)
    qtbot.waitUntil(lambda: sheet in page.handing.asked and not lane().busy, timeout=15000)


@pytest.fixture
def at_a_printer(open_plan: Make, tmp_path: Path) -> PlanPage:
    return open_plan(
        choose_printer=lambda _parent: pdf_printer(tmp_path / "printed.pdf"),
        choose_file=lambda _parent, name: str(tmp_path / name),
    )


def light(page: PlanPage, name: str) -> str:
    assert page.list is not None
    return next(one.kind for one in page.list.lights if one.accessibleName().startswith(f"{name}:"))


def test_a_printer_without_paper_gives_no_plan(played: Played, qtbot: QtBot, at_a_printer: PlanPage) -> None:
    page = at_a_printer
    printed(page, qtbot)

    assert page.list is not None
    assert page.list.asks["plan"]["yes"].hasFocus()
    assert light(page, "Plan") == "warning"
    qtbot.mouseClick(page.list.asks["plan"]["no"], Qt.MouseButton.LeftButton)

    assert page.list.asks == {}
    assert light(page, "Plan") == "warning"
    assert handed_over(played) == ""


def test_after_a_failed_print_the_plan_is_saved_from_the_same_line(
    played: Played, qtbot: QtBot, at_a_printer: PlanPage, tmp_path: Path
) -> None:
    page = at_a_printer
    printed(page, qtbot)
    with qtbot.waitSignal(page.handed_over, timeout=15000):
        qtbot.mouseClick(page.list.asks["plan"]["save"], Qt.MouseButton.LeftButton)

    assert (tmp_path / f"plan-{played.conversation.number}.pdf").exists()
    assert light(page, "Plan") == "good"
    assert handed_over(played) == "yes"


def test_paper_that_was_said_to_be_there_can_still_be_taken_back(
    played: Played, qtbot: QtBot, at_a_printer: PlanPage
) -> None:
    page = at_a_printer
    printed(page, qtbot)
    page.list.asks["plan"]["yes"].click()
    printed(page, qtbot, "large")
    page.list.asks["large"]["yes"].click()
    page.list.backs["large"].click()
    assert handed_over(played) == "yes"
    page.list.backs["plan"].click()

    assert handed_over(played) == ""
    assert light(page, "Plan") == "warning"


def test_nobody_leaves_while_it_is_not_known_whether_the_paper_is_there(qtbot: QtBot, at_a_printer: PlanPage) -> None:
    page = at_a_printer
    printed(page, qtbot, "data")
    with qtbot.assertNotEmitted(page.done):
        page.go_on.click()
    assert page.message.what.pair.dutch == "Is het papier er?"
    page.list.asks["data"]["no"].click()
    with qtbot.waitSignal(page.done):
        page.go_on.click()


def test_every_line_with_a_sheet_can_print_and_save_it(open_plan: Make) -> None:
    page = open_plan()
    page.show_list()

    assert page.list.buttons.keys() == page.list.saves.keys() >= {"plan", "data", "appointment"}


def test_a_plan_without_a_day_leads_to_the_question_after_it(qtbot: QtBot, open_plan: Make) -> None:
    page = open_plan()
    page.plan = replace(page.plan, appointment=None)
    page.show_list()
    with qtbot.waitSignal(page.question_requested) as asked:
        qtbot.mouseClick(page.list.missing["follow_up"], Qt.MouseButton.LeftButton)

    assert asked.args == ["follow_up"]


def test_the_question_for_the_plan_leads_back_to_the_plan(played: Played) -> None:
    presenter = ConversationPresenter(played.conversation, stage=Stage.PLAN)
    presenter.ask_for_plan("follow_up")
    asked = presenter.asks("follow_up"), presenter.stage
    presenter.corrected()

    assert asked == (True, Stage.ASKING)
    assert presenter.stage is Stage.PLAN
    assert not presenter.reading.correcting


def test_the_list_is_within_reach_of_a_keyboard_and_a_large_finger(
    qtbot: QtBot, at_a_printer: PlanPage, keyboard_complaints: Callable[[QWidget], list[str]]
) -> None:
    printed(at_a_printer, qtbot)

    assert keyboard_complaints(at_a_printer) == []


# ------------------------------------------------------------------ in another language
def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    finally:
        document.close()


@pytest.mark.parametrize("sheet", ["plan", "large"])
def test_the_plan_comes_on_paper_in_a_language_that_was_not_spoken(
    played: Played, qtbot: QtBot, open_plan: Make, tmp_path: Path, sheet: str
) -> None:
    page = open_plan(choose_file=lambda _parent, name: str(tmp_path / name))
    qtbot.mouseClick(page.tongue, Qt.MouseButton.LeftButton)
    dialog = page.findChild(LanguageDialog)
    dialog.grid.card("uk").click()
    page.show_kind(sheet)
    settled(qtbot, page)
    with qtbot.waitSignal(page.handed_over, timeout=15000):
        page.save.click()

    (file,) = tmp_path.iterdir()
    told = text_of(file.read_bytes())
    assert file.name.endswith(f"{played.conversation.number}-uk.pdf")
    assert "Мій план" in told
    assert "Mijn plan" in told
    assert "Перекладено" in told
    assert page.tongue.accessibleName() == "Taal van het papier: Українська"
    assert played.conversation.talk.language == "ar"


def test_a_plan_in_dutch_alone_is_chosen_like_any_other_language(qtbot: QtBot, open_plan: Make) -> None:
    page = open_plan()
    page.speak("nl")
    settled(qtbot, page)

    assert text_of(page.view.pdf).count("Mijn plan") >= 1
    assert not any("ARABIC" in unicodedata.name(letter, "") for letter in text_of(page.view.pdf)[:40])
