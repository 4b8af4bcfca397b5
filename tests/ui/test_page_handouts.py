"""The page of papers: every one of them, in every language, looked at, printed and saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.i18n.languages import with_texts
from intake_app.paths import translations_dir
from intake_app.plan.handouts import HANDOUTS
from intake_app.services.handouts import make_handout
from intake_app.services.office import Office
from intake_app.ui.pages.handouts import HandoutsPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.places import places_for
from intake_app.ui.presenters.handouts import GROUPS, handout_file, handouts, languages
from intake_app.ui.printing import PrintWays

Shown = Callable[..., QWidget]
Make = Callable[..., HandoutsPage]


@pytest.fixture
def open_page(office: Office, shown: Shown, qtbot: QtBot) -> Iterator[Make]:
    def make(**ways: object) -> HandoutsPage:
        page = HandoutsPage(office, ways=PrintWays(**{"printers": list, "choose_file": lambda *_: "", **ways}))
        shown(page, 1366, 768)
        settled(qtbot, page)
        return page

    yield make
    qtbot.waitUntil(lambda: not lane().busy)


def settled(qtbot: QtBot, page: HandoutsPage) -> None:
    qtbot.waitUntil(lambda: page.view.ready and not lane().busy, timeout=15000)


def words(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_page_lists_every_paper_there_is_once() -> None:
    codes = [one.code for one in handouts()]

    assert sorted(codes) == sorted(HANDOUTS)
    assert all(group for group in GROUPS.values())


def test_every_language_with_texts_can_be_chosen(open_page: Make) -> None:
    page = open_page()

    known = [one.code for one in with_texts(translations_dir())]

    assert {"nl", "en", "ar", "uk"} <= set(known)
    assert [code for code, _ in languages()] == known
    assert [card.answer.value for card in page.tongues.cards] == known


def test_another_paper_in_another_language_comes_in_sight(qtbot: QtBot, open_page: Make) -> None:
    page = open_page()

    page.papers[1].card("youth-sheet").click()
    page.tongues.card("uk").click()
    settled(qtbot, page)

    assert "Doorstroompunt" in words(page.view.pdf)
    assert page.papers[0].values() == []
    assert page.view.paper.count == 1
    assert page.print.isEnabled()


def test_addresses_are_asked_for_per_municipality(qtbot: QtBot, open_page: Make) -> None:
    page = open_page()
    assert not page.places.isVisible()

    page.show_paper("addresses")
    page.places.card("winterswijk").click()
    settled(qtbot, page)

    assert page.places.isVisible()
    assert "Adressen in Winterswijk" in words(page.view.pdf)


def test_the_crisis_card_is_for_the_counsellor_and_stays_dutch(qtbot: QtBot, open_page: Make) -> None:
    page = open_page()
    page.show_paper("crisis-card", "ar")
    settled(qtbot, page)

    assert page.tongues.values() == ["nl"]
    assert "112" in words(page.view.pdf)


def test_a_paper_is_saved_as_it_is_seen_and_named_for_what_it_is(
    qtbot: QtBot, open_page: Make, office: Office, tmp_path: Path
) -> None:
    asked: list[str] = []

    def choose(_parent: QWidget, name: str) -> str:
        asked.append(name)
        return str(tmp_path / name)

    page = open_page(choose_file=choose)
    page.show_paper("addresses", "ar")
    page.places.card("aalten").click()
    settled(qtbot, page)
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil((tmp_path / "addresses-aalten-ar.pdf").is_file, timeout=15000)

    assert asked == ["addresses-aalten-ar.pdf"]
    assert (tmp_path / asked[0]).read_bytes() == make_handout(office, "addresses", "ar", "aalten")
    assert handout_file("card-deck", "uk") == "card-deck-uk.pdf"


def test_a_deck_proposes_both_sides_of_the_paper_and_other_sheets_do_not(qtbot: QtBot, open_page: Make) -> None:
    page = open_page()
    for name, sides in (("card-deck", True), ("table-deck", True), ("my-cards", False), ("explanation", False)):
        page.show_paper(name, "ti")
        settled(qtbot, page)

        assert page.desk.two_sided is sides, name
        assert page.view.paper.count == {"card-deck": 40, "table-deck": 14}.get(name, 1)


def test_without_a_printer_the_page_says_what_to_do(qtbot: QtBot, open_page: Make) -> None:
    page = open_page()

    qtbot.mouseClick(page.print, Qt.MouseButton.LeftButton)

    assert page.message.isVisible()


def test_the_place_of_the_settings_stands_at_the_foot(office: Office) -> None:
    assert office.installation.location in words(make_handout(office, "empty-plan", "nl"))


def test_everybody_finds_the_papers_from_the_first_page(office: Office) -> None:
    assert "handouts" in [place.code for place in places_for(office.store.account)]


def test_a_keyboard_and_a_large_finger_reach_everything(
    open_page: Make, keyboard_complaints: Callable[[QWidget], list[str]]
) -> None:
    assert keyboard_complaints(open_page()) == []
