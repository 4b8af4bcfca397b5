"""A sample of the cells of `dev.py screens --matrix`: the largest type in a small window, in each palette."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from devtools import matrix, screens
from devtools.gates import shipped
from devtools.made_up import MADE_UP
from devtools.matrix import LOOKED_AT, SCHEMES, WINDOWS, chosen, sheets
from devtools.matrix_cells import Cells, look, stage
from intake_app.services.office import Office
from intake_app.ui import theme
from intake_app.ui.screenshots import Stage, capture_all
from tests.fakes.storage import InMemoryStore

Shown = Callable[..., QWidget]
NARROW = "1366x768-125"
LONGEST_WORDS = {
    "bg": ("compare",),
    "en": ("talk-cards",),
    "fa": ("talk-skills-ok",),
    "fr": ("talk-step",),
    "pl": ("radar-close",),
    "ro": ("one-question",),
    "so": ("talk-transport",),
    "ti": ("talk-reaction",),
    "tr": ("participant-view",),
    "uk": ("compare",),
}
"""For each language beside Dutch and Arabic a page on which it is narrow: long names, badges, buttons, its letters."""


TIGHTEST = ("talk-cards", "talk-top3", "talk-skills-ok", "talk-reaction", "talk-step", "radar", "talk-strip")
"""Pages on which the longest words of the made-up languages did not fit once, most of them beside the open strip."""


def wrong_on(office: Office, out: Path, code: str, of: Stage, only: tuple[str, ...]) -> list[str]:
    """What is wrong on those pages in one cell."""
    found: list[str] = []
    office = replace(office, store=InMemoryStore())
    made = list(capture_all(office, out, code, partial(look, of, found, False), only, of))
    assert len(made) == len(only) or not only
    return found


def test_nothing_is_wrong_in_a_talk_in_arabic(ready_office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    only = ("talk-cards", "talk-reaction", "compare", "participant-view")

    assert wrong_on(ready_office, tmp_path, "ar", stage(NARROW, "dark"), only) == []


@pytest.mark.parametrize(("code", "only"), LONGEST_WORDS.items())
def test_nothing_is_wrong_where_a_language_takes_the_most_room(
    code: str, only: tuple[str, ...], ready_office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    assert wrong_on(ready_office, tmp_path, code, stage(NARROW), only) == []


def test_every_shipped_language_is_in_the_sample() -> None:
    assert {*LONGEST_WORDS, "ar", "nl"} == {*shipped(), "nl"}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_is_wrong_on_the_pages_before_a_talk(
    scheme: str, ready_office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    only = ("first-start", "home", "menu", "follow-ups")

    assert wrong_on(ready_office, tmp_path, "nl", stage(NARROW, scheme), only) == []


@pytest.mark.long
@pytest.mark.parametrize("code", ["nl", *shipped()])
def test_nothing_is_wrong_on_any_page(code: str, ready_office: Office, tmp_path: Path, qtbot: QtBot) -> None:
    assert wrong_on(ready_office, tmp_path, code, stage(NARROW, "light"), ()) == []


@pytest.fixture(scope="session")
def with_made_up_languages(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A copy of the app in which the made-up languages stand in the place of others, and those."""
    place = tmp_path_factory.mktemp("made-up")
    return place, screens.copied(place)


def remarks_in_a_made_up_language(copy: tuple[Path, dict[str, str]], code: str, only: tuple[str, ...]) -> list[str]:
    """What is wrong on those pages, or on all, in the narrow window in each palette."""
    assert matrix.look_over(*copy, NARROW, code, only) in (0, 1)
    return [line for scheme in SCHEMES for line in matrix.remarks(scheme, NARROW, code)]


@pytest.mark.parametrize("code", MADE_UP)
def test_words_a_third_longer_fit_in_the_narrow_window(
    code: str, with_made_up_languages: tuple[Path, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix, "OUT", tmp_path)

    assert remarks_in_a_made_up_language(with_made_up_languages, code, TIGHTEST) == []


@pytest.mark.long
@pytest.mark.parametrize("code", MADE_UP)
def test_every_page_bears_words_a_third_longer(
    code: str, with_made_up_languages: tuple[Path, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matrix, "OUT", tmp_path)

    assert remarks_in_a_made_up_language(with_made_up_languages, code, ()) == []


def test_a_page_that_needs_more_width_than_there_is_is_found(shown: Shown) -> None:
    page = QWidget()
    page.setMinimumWidth(1500)
    shown(page, 1500, WINDOWS[NARROW].height)
    found: list[str] = []

    look(stage(NARROW, "light"), found, False, "wide", page)

    assert found == [f"wide: does not fit: it wants 1500 by {WINDOWS[NARROW].height}"]


def test_a_page_is_looked_at_in_every_palette_and_left_in_the_one_it_came_in(
    ready_office: Office, tmp_path: Path, qtbot: QtBot
) -> None:
    cells = Cells(stage(NARROW), tmp_path)
    seen: list[tuple[str, ...]] = []

    def looked(name: str, page: QWidget) -> None:
        cells.look(name, page)
        seen.append((name, theme.tokens().scheme.value))

    office = replace(ready_office, store=InMemoryStore())
    made = list(capture_all(office, tmp_path / SCHEMES[0], "nl", looked, ("home", "menu"), cells.of))

    assert not cells.write()
    assert seen == [("home", SCHEMES[0]), ("menu", SCHEMES[0])]
    assert [path.name for path in made] == ["01-home.png", "02-menu.png"]
    colours = {QImage(str(tmp_path / scheme / "01-home.png")).pixelColor(5, 300).name() for scheme in SCHEMES}
    assert len(colours) == len(SCHEMES)
    assert all((tmp_path / scheme / "found.txt").read_text() == "" for scheme in SCHEMES)


def test_sixty_cells_go_on_the_sheets_and_every_language_window_and_palette_is_among_them() -> None:
    picked = chosen(["nl", "ar", "en", "uk", "en_XA", "ar_XB"])

    assert len(set(picked)) == len(picked) == 60
    assert {name for _, name in picked} == set(LOOKED_AT)
    assert len({cell.parents[1].name for cell, _ in picked}) == 6
    assert {cell.parent.name for cell, _ in picked} == set(WINDOWS)
    assert {cell.name for cell, _ in picked} == set(SCHEMES)


def test_the_sheets_hold_the_pictures_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shown: Shown) -> None:
    monkeypatch.setattr(matrix, "OUT", tmp_path)
    picture = shown(QWidget(), 320, 180).grab()
    for cell, name in chosen(["nl"])[:7]:
        cell.mkdir(parents=True, exist_ok=True)
        assert picture.save(str(cell / f"07-{name}.png"))

    made = sheets(["nl"])

    assert [path.name for path in made] == ["sheet-01.png", "sheet-02.png"]
    assert all(path.stat().st_size > 0 for path in made)
