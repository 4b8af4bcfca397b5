"""The manual in the program: what help promises is there, also in what is built."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui import theme
from intake_app.ui.pages.help import HelpPage
from intake_app.ui.pages.manual import ManualPage, manual_folder
from intake_app.ui.presenters.help import help_lines
from intake_app.ui.presenters.manual import CHAPTERS, chapters, read_text, target
from intake_app.ui.screenshots import settle
from tests.ui.accessible import complaints

Shown = Callable[..., QWidget]


@pytest.fixture
def page(shown: Shown) -> ManualPage:
    made = ManualPage()
    shown(made, 1366, 768)
    settle(made)
    return made


def test_every_chapter_is_there_and_shows_its_pictures(page: ManualPage, qtbot: QtBot) -> None:
    for file, _ in CHAPTERS:
        page.show_file(file)
        settle(page)
        told = read_text(manual_folder(), file, page.reader.room())
        assert told.pictures
        assert page.reader.toPlainText().strip()
        for name in told.pictures:
            shown = page.reader.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name))
            assert 100 < shown.width() <= page.reader.room()


def test_nothing_runs_out_of_the_side(page: ManualPage, qapp: QApplication) -> None:
    for file, _ in CHAPTERS:
        page.show_file(file)
        settle(page)
        assert page.reader.document().idealWidth() <= page.reader.viewport().width()


def test_a_link_leads_to_another_chapter_and_to_a_heading_in_it(page: ManualPage) -> None:
    page.reader.followed.emit("2-het-gesprek.md")
    settle(page)
    assert page.chapters.values() == ["beeldgids/2-het-gesprek.md"]
    page.show_file("handleiding.md")
    settle(page)
    page.reader.followed.emit("#rechten-van-de-deelnemer")

    assert page.reader.textCursor().block().text() == "Rechten van de deelnemer"


def test_a_link_to_what_is_not_here_is_told(page: ManualPage) -> None:
    page.reader.followed.emit("../../LICENSE")

    assert page.message.what.pair.dutch == "Die bladzijde zit niet bij het programma."


@pytest.mark.parametrize("link", ["../../../etc/x.md", "https://voorbeeld.example/a.md", "weg.md", "file:///a.md"])
def test_no_link_leads_out_of_the_manual(link: str) -> None:
    assert target(manual_folder(), "handleiding.md", link) is None


def test_the_page_is_within_reach_of_everybody(page: ManualPage) -> None:
    assert complaints(page) == []


def test_a_keyboard_follows_a_link_and_leaves_the_text(page: ManualPage, qtbot: QtBot) -> None:
    page.reader.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(page.reader, Qt.Key.Key_Tab)
    with qtbot.waitSignal(page.reader.followed) as link:
        qtbot.keyClick(page.reader, Qt.Key.Key_Return)
    for _ in range(30):
        qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        if page.focusWidget() is not page.reader:
            break

    assert link.args[0].endswith(".md")
    assert page.focusWidget() is not page.reader


def test_text_is_as_dark_as_everywhere_else(page: ManualPage) -> None:
    colours = theme.tokens().colours
    palette = page.reader.palette()

    assert palette.color(palette.ColorRole.Text).name() == colours.ink.lower()


def test_help_leads_to_the_manual_and_back(shown: Shown, qtbot: QtBot) -> None:
    page = HelpPage(None, QWidget())
    shown(page, 1366, 768)

    assert page.manual.isVisible()
    with qtbot.waitSignal(page.manual_requested):
        page.manual.click()


def test_without_the_manual_nothing_promises_it(tmp_path: Path) -> None:
    assert chapters(tmp_path) == ()
    assert read_text(tmp_path, "handleiding.md", 100).markdown == ""


def test_what_is_built_holds_the_chapters_and_their_pictures(repository: Path) -> None:
    """The spec is no module: its function is taken out and run for itself."""
    tree = ast.parse((repository / "build.spec").read_text(encoding="utf-8"))
    (function,) = [one for one in tree.body if isinstance(one, ast.FunctionDef) and one.name == "manual"]
    named: dict[str, object] = {"ROOT": repository}
    exec(compile(ast.Module([function], []), "build.spec", "exec"), named)
    shipped = {Path(path).relative_to(repository) for path, _ in named["manual"]()}

    for file, _ in CHAPTERS:
        text = Path("docs") / file
        assert text in shipped
        for name in read_text(repository / "docs", file, 100).pictures:
            assert (text.parent / name) in shipped


def test_help_in_a_talk_does_not_promise_that_what_nobody_agreed_to_is_kept() -> None:
    told = " ".join(help_lines("ConversationPage"))

    assert "Elk antwoord wordt meteen bewaard" not in told
    assert "Vóór die ja staat er niets op de laptop" in told
