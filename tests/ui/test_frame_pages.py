"""Every page of the frame: no text is cut at any letter size, and a keyboard reaches everything."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from devtools.looked_over import complaints
from intake_app.services.office import Office
from intake_app.ui import theme
from intake_app.ui.frame_screens import frame_pages
from intake_app.ui.pages.home import HomePage
from intake_app.ui.screenshots import settle
from intake_app.ui.widgets.band import Band


@pytest.mark.parametrize("size", [theme.TextSize.NORMAL, theme.TextSize.LARGEST])
@pytest.mark.parametrize("width", [(1366, 768), (1024, 614)])
def test_no_text_is_cut_at_any_letter_size(
    qapp: QApplication, office: Office, shown: Callable[..., QWidget], size: theme.TextSize, width: tuple[int, int]
) -> None:
    theme.apply(qapp, size=size)
    found = {}
    for name, page in [*frame_pages(office), ("home", HomePage(office, lambda: ["Balie"]))]:
        shown(page, *width)
        settle(page)
        found[name] = complaints(page)
        page.hide()

    assert found == {name: [] for name in found}
    assert len(found) == 9


def test_a_keyboard_reaches_everything(
    office: Office,
    shown: Callable[..., QWidget],
    keyboard_complaints: Callable[[QWidget], list[str]],
    qtbot: QtBot,
) -> None:
    for name, page in frame_pages(office):
        shown(page, 1366, 768)
        assert keyboard_complaints(page) == [], name


def test_the_band_takes_little_of_the_page(shown: Callable[..., QWidget]) -> None:
    band = Band("star", "Oefening")
    shown(band, 1366, 60)

    assert band.sizeHint().height() < 72
    assert band.accessibleName() == "Oefening"
