from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui.pages.about import ESCO_LINE, AboutPage
from intake_app.ui.presenters.about import parts

Shown = Callable[..., QWidget]


@pytest.mark.parametrize(
    "credit",
    [
        ESCO_LINE,
        "EUPL-1.2",
        "OpenMoji",
        "CC BY-SA 4.0",
        "Noto",
        "SIL Open Font License",
        "GeoNames",
        "CC BY 4.0",
        "ODK",
        "Op Windows is het nog niet getest.",
        "nog niet nagekeken",
        "verzonnen",
        "schatting",
    ],
)
def test_the_page_names_whose_work_it_stands_on_and_what_it_does_not_claim(shown: Shown, credit: str) -> None:
    page = shown(AboutPage())

    assert credit in " ".join(label.text() for label in page.findChildren(QLabel))


def test_the_esco_line_stands_word_for_word() -> None:
    assert ESCO_LINE == "This service uses the ESCO classification of the European Commission."


def test_the_page_leads_back(shown: Shown, qtbot: QtBot) -> None:
    page = shown(AboutPage())

    with qtbot.waitSignal(page.back_requested):
        page.back_button.click()


def test_everything_on_the_page_is_in_reach(shown: Shown, keyboard_complaints: Callable[[QWidget], list[str]]) -> None:
    assert keyboard_complaints(shown(AboutPage())) == []


def test_every_library_of_the_list_stands_on_the_page_with_its_licence(shown: Callable[..., QWidget]) -> None:
    page = shown(AboutPage(), 1366, 768)
    names = {part.name: part for part in page.parts}

    assert len(names) >= 25
    assert names["SQLModel"].licence == "MIT"
    assert all(part.licence for part in names.values())
    shown_texts = {label.accessibleName() or label.text() for label in page.findChildren(QLabel)}
    assert names.keys() <= shown_texts


def test_without_the_list_the_page_still_opens(tmp_path: Path) -> None:
    assert parts(tmp_path) == ()
