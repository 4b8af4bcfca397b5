"""A text keeps the direction of its language, whatever letter it begins with."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from intake_app.ui.widgets import TextLabel

PLACE = "UWV (مكتب الإعانات)"


def ink_columns(label: TextLabel) -> list[int]:
    image = label.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    ground = image.pixelColor(image.width() // 2, 0).value()
    return [x for x in range(image.width()) if any(
        abs(image.pixelColor(x, y).value() - ground) > 60 for y in range(image.height())
    )]  # fmt: skip


@pytest.mark.parametrize(("text", "rtl"), [(PLACE, True), ("الاختيار (Kiezen)", False), (PLACE, False)])
def test_the_text_stands_at_the_side_its_language_begins(shown, text, rtl):
    label = shown(TextLabel(text, rtl=rtl), 700, 80)
    label.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop)

    columns = ink_columns(label)

    middle = label.width() / 2
    assert all(x > middle for x in columns) if rtl else all(x < middle for x in columns)


def test_the_text_that_was_set_comes_back_without_marks(qtbot):
    label = TextLabel(PLACE, rtl=True)
    qtbot.addWidget(label)

    assert label.text() == PLACE
    label.setText("")
    assert label.text() == ""
