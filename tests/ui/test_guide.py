"""The visual guide: its pages and its pictures belong together, and stay small."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSize

from devtools import guide
from devtools.shell import StepFailedError
from intake_app.ui.app import too_small

PICTURES = sorted(guide.PAGES.glob("*.png"))


def test_every_picture_is_shown_and_every_shown_picture_is_there() -> None:
    assert PICTURES
    assert guide.shown() == {path.name for path in PICTURES}


def test_the_guide_is_three_pages_and_stays_under_four_megabytes() -> None:
    assert len(list(guide.PAGES.glob("*.md"))) == 3
    assert sum(path.stat().st_size for path in PICTURES) < guide.MOST_BYTES


@pytest.mark.parametrize("path", PICTURES, ids=lambda path: path.stem)
def test_each_picture_is_one_of_the_whole_screen(path: Path) -> None:
    with Image.open(path) as picture:
        assert picture.size == (1366, 768)
        assert len(picture.convert("RGB").getcolors(1 << 20) or ()) > 8


def test_without_the_programs_it_needs_it_says_which_line_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(StepFailedError, match="apt-get install xvfb openbox xdotool"):
        guide.guide([])


@pytest.mark.parametrize(
    ("width", "height", "small"), [(1366, 768, True), (1280, 720, True), (1920, 1040, False), (1440, 800, True)]
)
def test_the_window_fills_a_screen_that_its_usual_size_would_not_fit(width: int, height: int, small: bool) -> None:
    assert too_small(QSize(width, height)) is small
