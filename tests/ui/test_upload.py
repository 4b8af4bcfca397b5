"""A question that is answered with a file, from choosing it to its place in the talk; and the hint about keyboards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QLocale, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from intake_app.services.office import Office
from intake_app.ui.controls import Helpers, QuestionModel, control_class, control_for
from intake_app.ui.controls.keyboard_hint import keyboard_hint
from intake_app.ui.controls.upload import MOST_MEGABYTES, UploadControl
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.participant_view import ParticipantView
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.xforms.api import parse_form

FORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>Papier</h:title><model>
 <instance><data id="intake" version="1"><photo/><meta><instanceID/></meta></data></instance>
 <bind nodeset="/data/photo" type="binary"/>
 <bind nodeset="/data/meta/instanceID" type="string" calculate="once(concat('uuid:', uuid()))"/>
</model></h:head><h:body><upload ref="/data/photo" mediatype="image/*"><label>Een foto van uw diploma</label></upload>
</h:body></h:html>"""
REF = "/data/photo"


def picture() -> bytes:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def page(office: Office, shown: Callable[..., QWidget], tmp_path: Path) -> ConversationPage:
    """A talk with a form that asks for a photo; the file chosen is the diploma."""
    chosen = tmp_path / "diploma.png"
    chosen.write_bytes(picture())
    own = replace(office, forms={**office.forms, "intake": parse_form(FORM.encode())})
    presenter = ConversationPresenter(own.begin_talk(practice=True))
    page = ConversationPage(own, presenter)
    control = page.controls[REF]
    control.helpers = replace(control.helpers, choose_file=lambda _parent: str(chosen))
    return shown(page, 1366, 768)


def test_a_chosen_file_is_shown_and_held_by_the_talk_with_nothing_on_the_disk(page: ConversationPage) -> None:
    control = page.controls[REF]
    assert isinstance(control, UploadControl)
    assert not control.remove.isVisible()

    click(control.choose)

    assert control.name.text() == "diploma.png"
    assert control.photo.isVisible()
    assert page.presenter.conversation.file(REF) == picture()
    assert "diploma.png" in page.presenter.conversation.talk.files.waiting


def test_it_can_be_taken_away_again(page: ConversationPage) -> None:
    control = page.controls[REF]
    click(control.choose)
    click(control.remove)

    assert page.presenter.conversation.talk.entry.value(REF) == ""
    assert not control.photo.isVisible()
    assert not control.name.isVisible()


def test_the_participant_s_own_screen_shows_no_dialog_of_files(page: ConversationPage, qtbot) -> None:
    view = ParticipantView(page.helpers())
    qtbot.addWidget(view)
    view.show_model(page.presenter.model())

    assert view.board.controls[REF].choose.isHidden()


def asked(tmp_path: Path, content: bytes, helpers: Helpers) -> tuple[UploadControl, list[str]]:
    path, taken = tmp_path / "chosen.bin", []
    path.write_bytes(content)
    helpers = replace(
        helpers,
        attach=lambda _ref, name, _content: taken.append(name),
        choose_file=lambda _parent: str(path),
        open_file=lambda _ref: content,
    )
    control = control_for(QuestionModel(REF, "binary", "upload", own_label="Foto", dutch_label="Foto"), helpers)
    return control, taken


def test_a_file_that_is_too_large_is_refused_kindly(tmp_path: Path, helpers: Helpers, qtbot) -> None:
    control, taken = asked(tmp_path, bytes(MOST_MEGABYTES * 1_000_000 + 1), helpers)
    qtbot.addWidget(control)
    click(control.choose)

    assert taken == []
    assert str(MOST_MEGABYTES) in control.message.accessibleName()


def test_what_is_no_picture_stands_there_by_its_name(tmp_path: Path, helpers: Helpers, qtbot) -> None:
    control, _ = asked(tmp_path, b"%PDF-1.7", helpers)
    qtbot.addWidget(control)
    control.refresh(replace(control.model, value="letter.pdf"))

    assert control.name.text() == "letter.pdf"
    assert control.photo.isHidden()


def test_a_cancelled_choice_changes_nothing(tmp_path: Path, helpers: Helpers, qtbot) -> None:
    control, taken = asked(tmp_path, b"x", helpers)
    qtbot.addWidget(control)
    control.helpers = replace(control.helpers, choose_file=lambda _parent: "")
    click(control.choose)

    assert taken == []


def test_upload_questions_get_this_control() -> None:
    assert control_class(QuestionModel(REF, "binary", "upload")) is UploadControl


@pytest.mark.parametrize(
    ("code", "keyboard", "shown"),
    [("ar", "nl_NL", True), ("ar", "ar_SA", False), ("uk", "en_US", True), ("pl", "nl_NL", False), ("ar", "C", False)],
)
def test_a_keyboard_with_other_letters_is_told_where_that_is_known(code: str, keyboard: str, shown: bool) -> None:
    assert (keyboard_hint(code, QLocale(keyboard)) is not None) is shown
