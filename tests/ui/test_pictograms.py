"""Every picture is drawn on screen, and each occupation shows its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from intake_app.ui.presenters.rows import picture_of
from intake_app.ui.widgets.pictogram import has_pictogram, pictogram

SIDE = 48


def test_every_picture_has_something_on_it_on_screen(qapp: QApplication, repository: Path) -> None:
    empty = []
    for path in sorted((repository / "resources" / "pictograms" / "color").glob("*.svg")):
        image = pictogram(path.stem, SIDE, 1.0).toImage()
        inked = sum(image.pixelColor(x, y).alpha() > 0 for x in range(0, SIDE, 2) for y in range(0, SIDE, 2))
        if image.isNull() or inked < 20:
            empty.append(path.stem)

    assert empty == []


@pytest.mark.parametrize(
    ("occupation", "shown"),
    [("hd2", "occupation_hd2"), ("tm3", "occupation_tm3"), ("an-occupation-of-others", "sector_care")],
)
def test_an_occupation_shows_its_own_picture_or_else_its_sector(
    occupation: str, shown: str, qapp: QApplication
) -> None:
    assert picture_of(occupation, "care") == shown
    assert has_pictogram(shown)
