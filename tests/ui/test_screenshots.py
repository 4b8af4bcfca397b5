from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.errors import UnexpectedFailure
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.ui import theme
from intake_app.ui.screenshots import SIZE, capture_all, settle
from tests.fakes.storage import InMemoryStore

PAGES = (
    "first-start", "unlock", "recover", "home", "welcome", "this-place", "ready", "menu", "help", "practice",
    "role-card", "feedback", "talk-talk-language", "talk-explained", "talk-cards", "talk-cards-next",
    "talk-skills-ok", "talk-reaction", "talk-chosen", "talk-follow-up", "reading-back", "offers",
    "one-question", "changed-form", "plan-plan", "plan-steps", "plan-giving", "papers",
    "plan-private", "plan-data", "home-with-open-talk", "people", "identify", "person", "rights", "talk-note",
    "talk-dutch-talk-language", "plan-dutch", "send", "settings", "keeping", "backup",
    "access-log", "accounts", "add-colleague", "recovery-key",
    "about", "languages",
)  # fmt: skip


@dataclass
class Album:
    """The pictures of one run, and the office it ran in."""

    paths: list[Path]
    office: Office
    refused: list[str]


@pytest.fixture(scope="module")
def album(ready_office: Office, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Album:
    tried: list[str] = []

    def never(_outbox: object) -> None:
        tried.append("sent")

    store = InMemoryStore()
    write_server(store, ServerSettings("https://central.example/v1/projects/1", "geheim", trial=True))
    office = replace(ready_office, store=store, send_round=never)
    return Album(list(capture_all(office, tmp_path_factory.mktemp("pictures"), "ar")), office, tried)


def names(album: Album) -> list[str]:
    return [re.sub(r"^\d\d-", "", path.stem) for path in album.paths]


def test_every_page_and_kind_of_screen_has_its_picture(album: Album) -> None:
    assert set(PAGES) <= set(names(album))
    assert len(names(album)) == len(set(names(album)))


def test_pictures_are_numbered_in_the_order_they_are_given(album: Album) -> None:
    assert [path.name[:3] for path in album.paths] == [f"{n:02d}-" for n in range(1, len(album.paths) + 1)]


def test_every_picture_has_the_size_of_a_laptop_screen_and_something_on_it(album: Album) -> None:
    for path in album.paths:
        image = QImage(str(path))
        dots = {image.pixel(x, y) for x in range(0, image.width(), 9) for y in range(0, image.height(), 9)}
        assert (image.width(), image.height()) == SIZE, path.name
        assert len(dots) > 8, path.name


def test_no_two_pages_look_the_same(album: Album) -> None:
    assert len({path.read_bytes() for path in album.paths}) == len(album.paths)


def test_the_plan_itself_is_on_its_picture(album: Album) -> None:
    image = QImage(str(next(path for path in album.paths if path.stem.endswith("plan-plan"))))
    paper = [image.pixelColor(x, y).lightness() for x in range(60, 740, 3) for y in range(110, 600, 3)]

    assert sum(value > 250 for value in paper) > len(paper) / 2
    assert sum(value < 100 for value in paper) > 100


def test_the_practice_talk_leaves_nothing_behind_and_nothing_is_sent(album: Album) -> None:
    assert album.office.open_drafts() == ()
    assert album.office.outbox().waiting() == ()
    assert album.refused == []


def test_the_look_of_the_program_is_as_it_was(album: Album) -> None:
    assert theme.tokens().size is theme.TextSize.NORMAL
    assert album.paths


def test_a_page_that_never_comes_to_rest_is_an_error(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    page.ready = False

    with pytest.raises(UnexpectedFailure):
        settle(page, patience=0.3)


class _Slow(QWidget):
    """A page that is drawn between events, after so many looks."""

    looks = 0

    @property
    def settled(self) -> bool:
        self.looks += 1
        return self.looks > 20


def test_the_picture_of_a_window_waits_for_the_page_in_it(qtbot: QtBot) -> None:
    window = QWidget()
    window.page = _Slow(window)
    qtbot.addWidget(window)
    settle(window)

    assert window.page.settled


def test_a_page_that_never_stands_is_no_picture(qtbot: QtBot) -> None:
    window = QWidget()
    window.page = _Slow(window)
    window.page.looks = -100_000
    qtbot.addWidget(window)

    with pytest.raises(UnexpectedFailure):
        settle(window, 0.2)
