"""Mijn mensen through the window: found while typing, opened by a second mark, printed again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.paths import resource_dir
from intake_app.services.access import Access
from intake_app.services.office import Office
from intake_app.services.people import PersonFile, list_people, open_file
from intake_app.services.rehearsal import Rehearsal, read_script
from intake_app.ui.keeping_flow import KeepingFlow
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.identify import IdentifyPage
from intake_app.ui.pages.people import DUE, PeoplePage
from intake_app.ui.pages.person import PersonPage
from intake_app.ui.pages.person_rights import PersonRightsPage
from intake_app.ui.pages.plan_again import PlanAgainPage
from intake_app.ui.presenters.people import MOST
from intake_app.ui.printing import PrintWays
from intake_app.ui.screenshots import settle
from tests.fakes.storage import InMemoryStoreGate
from tests.services.test_people import TODAY, add_card, add_person
from tests.ui.conftest import Played

Shown = Callable[..., QWidget]


@pytest.fixture
def people(office: Office, shown: Shown) -> Callable[[], PeoplePage]:
    def show() -> PeoplePage:
        page = PeoplePage(office)
        shown(page, 1366, 768)
        settle(page)
        return page

    return show


def names(page: PeoplePage) -> list[str]:
    return [button.accessibleName().split(".")[0] for button in page.people_buttons]


def test_each_letter_narrows_the_list(office: Office, people: Callable[[], PeoplePage], qtbot: QtBot) -> None:
    for number, name in (("1111-0001", "Truus"), ("1111-0002", "Tamara"), ("1111-0003", "أحمد")):
        add_person(office.store, number, name)
    page = people()
    seen = []
    for letter in "tr":
        qtbot.keyClicks(page.search, letter)
        seen.append(sorted(names(page)))

    assert seen == [["Tamara", "Truus"], ["Truus"]]
    page.search.setText("احمد")
    assert names(page) == ["أحمد"]


def test_the_page_is_ready_to_type_in(people: Callable[[], PeoplePage], qtbot: QtBot) -> None:
    page = people()

    qtbot.waitUntil(page.search.hasFocus)


def test_a_line_tells_number_standing_and_what_is_next(office: Office, people: Callable[[], PeoplePage]) -> None:
    add_person(office.store, "4711-2085", "Fatima")
    add_card(office.store, "4711-2085", "Fatima", TODAY)

    told = people().people_buttons[0].accessibleName()

    for words in ("Fatima", "4711-2085", "gesprek niet af", "volgende keer: maandag 2 maart 2026"):
        assert words in told


def test_a_long_list_shows_its_beginning_and_says_so(office: Office, people: Callable[[], PeoplePage]) -> None:
    for number in range(MOST + 5):
        add_person(office.store, f"{number:04}-0000", f"Naam {number}")
    page = people()

    assert len(page.people_buttons) == MOST
    assert f"{MOST + 5} mensen" in page.count.text()


def test_nobody_found_says_what_to_try(office: Office, people: Callable[[], PeoplePage]) -> None:
    page = people()
    empty = page.count.text()
    add_person(office.store, "1111-0001", "Truus")
    page = people()
    page.search.setText("niemand")

    assert "Hier komen de mensen" in empty
    assert "Niemand gevonden" in page.count.text()


def test_call_today_shows_only_who_was_promised_it(office: Office, people: Callable[[], PeoplePage]) -> None:
    add_person(office.store, "1111-0001", "Truus")
    add_card(office.store, "1111-0002", "Oksana", TODAY)
    page = people()
    page.which.set_values([DUE])
    page.which.changed.emit([DUE])

    assert names(page) == ["Oksana"]


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> MainWindow:
    gate = InMemoryStoreGate()
    window = MainWindow(lambda store: office)
    qtbot.addWidget(window)
    window.access = Access(gate)
    window.office = office
    window.show()
    window.go_home()
    return window


def go_to(window: MainWindow, name: str) -> IdentifyPage:
    """From the first page to the question who is here, for the person of this name."""
    assert isinstance(window.page, HomePage)
    window.page.place_requested.emit("people")
    assert isinstance(window.page, PeoplePage)
    settle(window)
    window.page.search.setText(name)
    window.page.people_buttons[0].click()
    assert isinstance(window.page, IdentifyPage)
    return window.page


def test_a_file_opens_after_the_right_age_and_not_after_a_wrong_one(
    office: Office, window: MainWindow, qtbot: QtBot
) -> None:
    add_person(office.store, "4711-2085", "Fatima", age_group="27_56")
    add_person(office.store, "4711-2086", "Fatima", age_group="57_plus")
    page = go_to(window, "2085")
    page.age.cards[3].click()
    settle(window)
    assert window.page is page
    assert "past niet" in page.message.what.pair.spoken
    page.age.cards[2].click()
    settle(window)

    assert isinstance(window.page, PersonPage)
    window.page.back.emit()
    assert isinstance(window.page, PeoplePage)


def test_a_file_opens_after_the_number_of_the_card(office: Office, window: MainWindow, qtbot: QtBot) -> None:
    add_person(office.store, "4711-2085", "Fatima")
    page = go_to(window, "Fatima")
    page.open.click()
    assert window.page is page
    qtbot.keyClicks(page.number, "47112085")
    qtbot.keyClick(page.number, Qt.Key.Key_Return)
    settle(window)

    assert isinstance(window.page, PersonPage)


def test_an_open_talk_is_gone_on_with_from_the_file(office: Office, shown: Shown, qtbot: QtBot) -> None:
    person = add_person(office.store, "4711-2085", "Fatima")
    found = open_file(office.store, office.clock, person, call_name="Fatima", number="4711-2085")
    page = PersonPage(office, found)
    shown(page, 1366, 768)
    with qtbot.waitSignal(page.draft_requested) as asked:
        page.talk_buttons[0].click()

    assert asked.args == ["uuid:4711-2085"]


@pytest.fixture(scope="module")
def finished(played: Played) -> tuple[Office, PersonFile]:
    """The sample talk, finished over a store of its own, and its file."""
    office = replace(played.office)
    conversation = office.begin_talk(practice=True)
    Rehearsal(conversation, read_script(resource_dir("sample", "talks", "short-refugee-cook.json"))).play()
    office.finish(conversation)
    person = next(one for one in list_people(office.store) if one.number == conversation.number)
    found = open_file(
        office.store, office.clock, person.participant_id, call_name=person.call_name, number=person.number
    )
    return office, found


def test_a_plan_is_saved_and_printed_again(
    finished: tuple[Office, PersonFile], shown: Shown, qtbot: QtBot, tmp_path: Path
) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    page = PersonPage(
        *finished,
        ways=PrintWays(lambda parent: printer, lambda parent, name: str(tmp_path / name), lambda: ["Balie"]),
    )
    shown(page, 1366, 768)
    page.save_buttons[0].click()
    number = finished[1].summary.number
    qtbot.waitUntil(lambda: page.message.what.pair.dutch == "Het blad is bewaard.", timeout=20_000)
    page.print_buttons[0].click()
    qtbot.waitUntil(lambda: page.message.what.pair.dutch == "Het blad gaat naar de printer.", timeout=20_000)

    assert (tmp_path / f"plan-{number}.pdf").read_bytes().startswith(b"%PDF")
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    assert not page.busy.isVisible()


@pytest.mark.parametrize("sheet", ["plan", "large"])
def test_a_plan_of_an_earlier_talk_comes_in_another_language(
    finished: tuple[Office, PersonFile], shown: Shown, qtbot: QtBot, tmp_path: Path, sheet: str
) -> None:
    office, found = finished
    file = PersonPage(office, found)
    shown(file, 1366, 768)
    with qtbot.waitSignal(file.again_requested) as asked:
        file.again_buttons[0].click()
    page = PlanAgainPage(office, asked.args[0], ways=PrintWays(choose_file=lambda _p, name: str(tmp_path / name)))
    shown(page, 1366, 768)
    qtbot.waitUntil(lambda: page.ready, timeout=20_000)
    page.tongues.card("uk").click()
    page.sheets.set_values([sheet])
    page.sheets.changed.emit([sheet])
    qtbot.waitUntil(lambda: page.ready, timeout=20_000)
    page.save.click()
    qtbot.waitUntil(lambda: page.message.what.pair.dutch == "Het blad is bewaard.", timeout=20_000)

    (kept,) = tmp_path.iterdir()
    told = words_on(kept.read_bytes())
    assert kept.name.endswith(f"{found.summary.number}-uk.pdf")
    assert "Мій план" in told
    assert "Mijn plan" in told
    assert found.plans[0].document.language == "ar"


def words_on(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    finally:
        document.close()


def test_without_a_printer_the_page_says_what_to_do(
    finished: tuple[Office, PersonFile], shown: Shown, qtbot: QtBot
) -> None:
    page = PersonPage(*finished, ways=PrintWays(printers=list))
    shown(page, 1366, 768)
    page.print_buttons[0].click()

    qtbot.waitUntil(lambda: "Er is geen printer gevonden." in page.message.what.pair.spoken, timeout=20_000)


def test_every_page_is_within_reach_of_a_keyboard(
    office: Office,
    finished: tuple[Office, PersonFile],
    shown: Shown,
    keyboard_complaints: Callable[[QWidget], list[str]],
) -> None:
    add_person(office.store, "4711-2085", "Fatima")
    pages = [
        PeoplePage(office), IdentifyPage(office, list_people(office.store)[0]), PersonPage(*finished),
        PlanAgainPage(finished[0], finished[1].plans[0]),
    ]  # fmt: skip
    for page in pages:
        shown(page, 1366, 768)
        settle(page)
        assert keyboard_complaints(page) == []


def test_the_page_of_rights_opens_once_and_leads_back_to_the_people(
    office: Office, window: MainWindow, qtbot: QtBot
) -> None:
    add_person(office.store, "4711-2085", "Fatima")
    page = go_to(window, "Fatima")
    qtbot.keyClicks(page.number, "47112085")
    qtbot.keyClick(page.number, Qt.Key.Key_Return)
    settle(window)
    file = window.page
    flows = len(window.findChildren(KeepingFlow))

    file.rights_requested.emit(file._found.summary.participant_id)
    settle(window)

    assert isinstance(window.page, PersonRightsPage)
    assert len(window.findChildren(KeepingFlow)) == flows + 1
    window.page.back.emit()
    assert isinstance(window.page, PeoplePage)
