from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from intake_app.i18n.gettext import DOMAINS
from intake_app.i18n.languages import LANGUAGES, with_texts
from intake_app.paths import translations_dir
from intake_app.ui.pages.about import AboutPage
from intake_app.ui.pages.languages import LanguagesPage

Shown = Callable[..., QWidget]


def words(page: QWidget) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


@pytest.fixture
def translations(tmp_path: Path) -> Path:
    """Two of three texts in Polish, checked by a person; nothing in other languages."""
    texts = {"en_XA": ("Ja", "Nee", "Stop"), "pl": ("Ja", "Nee")}
    for code, known in texts.items():
        place = tmp_path / code / "LC_MESSAGES"
        place.mkdir(parents=True)
        head = 'msgid ""\nmsgstr "Language-Team: reviewed by A. Lezer on 2027-01-10\\n"\n\n'
        body = "\n\n".join(f'msgid "{word}"\nmsgstr "{word} {word}"' for word in known)
        for domain in DOMAINS:
            (place / f"{domain}.po").write_text(f"{head}{body}\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("code", [one.code for one in with_texts(translations_dir())])
def test_every_language_with_texts_is_there_by_its_own_and_its_dutch_name(shown: Shown, code: str) -> None:
    said = words(shown(LanguagesPage()))

    assert LANGUAGES[code].name in said
    assert LANGUAGES[code].dutch in said


def test_what_nobody_checked_is_said_to_be_made_by_the_computer(shown: Shown) -> None:
    said = words(shown(LanguagesPage()))

    assert said.count("Vertaald met de computer.") == len(with_texts(translations_dir())) - 1
    assert "van rechts naar links" in said
    assert "1234567890" in said


def test_gaps_and_a_review_by_a_person_are_told(shown: Shown, translations: Path) -> None:
    said = words(shown(LanguagesPage(translations)))

    assert "gesprek 66%" in said
    assert "Nagekeken door A. Lezer op 10" in said
    assert "Vertaald met de computer." not in said


def test_the_way_there_is_on_the_page_about_the_program(shown: Shown, qtbot: QtBot) -> None:
    about = shown(AboutPage())

    with qtbot.waitSignal(about.languages_requested):
        about.languages.click()


def test_everything_on_the_page_is_in_reach(shown: Shown, keyboard_complaints: Callable[[QWidget], list[str]]) -> None:
    assert keyboard_complaints(shown(LanguagesPage())) == []
