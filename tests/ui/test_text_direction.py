"""A text keeps the direction of its language, whatever letter it begins with."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from intake_app.ui.widgets import TextLabel

PLACE = "UWV (مكتب الإعانات)"


def ink(label: TextLabel) -> set[tuple[int, int]]:
    """The dark spots of a label."""
    image = QImage(label.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    label.render(image)
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {place for place in places if image.pixelColor(*place).lightness() < 130}


@pytest.mark.parametrize(("text", "rtl"), [(PLACE, True), ("الاختيار (Kiezen)", False), (PLACE, False)])
def test_the_text_stands_at_the_side_its_language_begins(shown, text, rtl):
    label = shown(TextLabel(text, rtl=rtl), 700, 80)
    label.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)

    columns = {x for x, _ in ink(label)}

    middle = label.width() / 2
    assert columns
    assert all(x > middle for x in columns) if rtl else all(x < middle for x in columns)


def test_the_text_that_was_set_comes_back_without_marks(qtbot):
    label = TextLabel(PLACE, rtl=True)
    qtbot.addWidget(label)

    assert label.text() == PLACE
    label.setText("")
    assert label.text() == ""


def test_wrapped_lines_from_right_to_left_begin_at_one_edge(shown):
    label = shown(TextLabel(" ".join(["مكتب"] * 12), rtl=True), 170, 200)
    spots, line = ink(label), label.fontMetrics().lineSpacing()

    edges = [max(x for x, y in spots if y // line == place) for place in range(label.heightForWidth(170) // line)]

    assert len(edges) > 2
    assert max(edges) - min(edges) <= 1
