"""A word that is wider than its place is divided: nothing is cut, and no page has to be moved sideways for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from devtools.looked_over import complaints
from intake_app.i18n.hyphenation import places
from intake_app.paths import resource_dir
from intake_app.ui import theme
from intake_app.ui.controls import ChoiceModel, Helpers, QuestionModel, control_for
from intake_app.ui.theme import TextSize
from intake_app.ui.widgets import BilingualLabel, Page, Pair, SecondaryButton, TextLabel, column, row
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.order_row import OrderRow
from intake_app.ui.widgets.side_strip import SideStrip, StripLabel
from intake_app.ui.widgets.text import LONGEST_WORD

Shown = Callable[..., QWidget]
LONG = "Arbeidsongeschiktheidsverzekeringsmaatschappij"
FINNISH = "Lentokonesuihkuturbiinimoottoriapumekaanikkoaliupseerioppilas"
ARABIC = "المستشفياتوالمستوصفاتوالمدارسوالجامعاتوالمكتبات"
SIGNS = {"nl": LONG, "fi": FINNISH, "ar": ARABIC, "ti": "ሓላፍነታዊነትሓላፍነታዊነትሓላፍነታዊነትሓላፍነታዊነት"}


@pytest.fixture
def largest(qapp: QApplication) -> None:
    """The largest letters; every test begins with normal ones."""
    theme.apply(qapp, resource_dir(), size=TextSize.LARGEST)


def lowest_ink(label: TextLabel) -> int:
    """How far down the dark spots of a label reach."""
    image = QImage(label.size(), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    label.render(image)
    rows = range(image.height() - 1, -1, -1)
    return next(y for y in rows if any(image.pixelColor(x, y).lightness() < 130 for x in range(image.width())))


@pytest.mark.parametrize("code", SIGNS)
def test_a_word_wider_than_its_label_stands_on_more_lines(code: str, shown: Shown) -> None:
    label = TextLabel(SIGNS[code], "question", rtl=code == "ar")
    label.language = code
    shown(label, 300, 400)

    line = label.fontMetrics().height()
    assert label.heightForWidth(300) >= 2 * line
    assert lowest_ink(label) > line
    assert label.heightForWidth(3000) < 2 * line


def test_it_is_divided_where_its_language_divides_it(shown: Shown) -> None:
    label = TextLabel(LONG, "question")
    shown(label, 300, 700)

    layout, _height = label._laid_out(300)

    text = layout.text()
    ends = [layout.lineAt(line).textStart() for line in range(1, layout.lineCount())]
    allowed = {place + index for index, place in enumerate(places(LONG, "nl"), start=1)}
    assert ends
    assert set(ends) <= allowed
    assert text.replace("\u00ad", "") == LONG


def test_words_that_fit_stay_whole_beside_one_that_does_not(shown: Shown) -> None:
    label = TextLabel(f"Verzekering {LONG}", "body")
    shown(label, 200, 700)

    layout, _height = label._laid_out(200)

    first, *others = layout.text().split()
    assert first == "Verzekering"
    assert "\u00ad" in "".join(others)
    assert label.text() == f"Verzekering {LONG}"


@pytest.mark.parametrize("code", SIGNS)
def test_no_word_asks_for_more_than_there_can_be(code: str, shown: Shown, largest: None) -> None:
    label = BilingualLabel(Pair(SIGNS[code], LONG, code), "question")
    plain = TextLabel(LONG, "question")
    whole = column_of(label, plain)
    shown(whole, 1000, 700)

    assert label.minimumSizeHint().width() == LONGEST_WORD
    assert plain.minimumSizeHint().width() == LONGEST_WORD


def column_of(*parts: QWidget) -> QWidget:
    whole = QWidget()
    whole.setLayout(column(*parts))
    return whole


def test_a_word_that_could_have_stayed_whole_is_a_fault(shown: Shown) -> None:
    label = TextLabel("Verzekering", "question")
    page = QWidget()
    label.setParent(page)
    label.setGeometry(0, 0, 60, 400)
    shown(page, 400, 500)

    assert complaints(page) == ["cut: 'Verzekering'"]


@pytest.mark.parametrize("code", SIGNS)
def test_a_page_beside_its_strip_is_never_wider_than_its_place(
    code: str, shown: Shown, largest: None, helpers: Helpers
) -> None:
    word = SIGNS[code]
    choices = tuple(ChoiceModel(str(number), word, LONG, pictogram="house") for number in range(3))
    model = QuestionModel(
        "/data/q", control="select1", own_label=word, dutch_label=LONG, language=code, choices=choices
    )
    page = Page(back=False)
    page.layout().removeWidget(page.scroll)
    page.add(control_for(model, helpers))
    page.add(SecondaryButton(Pair(word, LONG, code), "check"))
    strip = SideStrip("Strook")
    strip.fill(column(StripLabel(LONG, "small")))
    beside = QWidget()
    beside.setLayout(row(page.scroll, strip, gap=0))
    page.layout().insertWidget(1, beside, 1)
    shown(page, 1093, 614)

    assert complaints(page) == []


def test_a_strip_leaves_the_page_the_most_of_a_small_window(shown: Shown, largest: None) -> None:
    strip = SideStrip("Strook")
    strip.fill(column(TextLabel("Zo vraagt u het")))
    whole = QWidget()
    whole.setLayout(column(strip))
    shown(whole, 1093, 614)

    assert strip.width() < 0.4 * whole.width()
    whole.resize(1600, 614)
    QApplication.processEvents()
    assert strip.width() == theme.tokens().scaled(304)


def test_an_order_that_does_not_fit_on_a_line_stands_on_more(shown: Shown, largest: None) -> None:
    order = OrderRow()
    order.show_order([(str(place), Pair(f"{LONG}", LONG, "en")) for place in range(3)], rtl=False)
    whole = column_of(order)
    shown(whole, 700, 900)

    tops = {place.mapTo(whole, place.rect().topLeft()).y() for place in order.places}
    assert len(tops) == 3
    assert complaints(whole) == []


def test_halves_that_were_folded_unfold_when_there_is_room(shown: Shown) -> None:
    both = Halves(SecondaryButton("Aanpassen van alles"), SecondaryButton("Ja, dat klopt helemaal"), shares=(1, 0))
    whole = QWidget()
    line = column(both)
    line.setAlignment(both, Qt.AlignmentFlag.AlignLeft)
    whole.setLayout(line)
    shown(whole, 230, 400)
    assert both.folded

    whole.resize(900, 400)
    QApplication.processEvents()

    assert not both.folded
