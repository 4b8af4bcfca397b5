"""A page whose layout a person would not let pass is found, and one that is right is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from devtools.laid_out import layout_complaints
from devtools.looked_over import complaints
from intake_app.ui import theme
from intake_app.ui.controls import ChoiceModel, Helpers, QuestionModel, control_for
from intake_app.ui.theme import Scheme, TextSize
from intake_app.ui.widgets import BilingualLabel, Page, Pair, PrimaryButton, SecondaryButton, TextLabel
from intake_app.ui.widgets.answer_card import Answer, AnswerCard
from intake_app.ui.widgets.flow import Flow
from intake_app.ui.widgets.halves import Halves
from intake_app.ui.widgets.section_trail import SectionTrail, TrailStep
from intake_app.ui.widgets.text import Badge
from intake_app.ui.widgets.tight import shared

Shown = Callable[..., QWidget]


def holding(*widgets: QWidget) -> QWidget:
    page = QWidget()
    page.setProperty("surface", "ground")
    page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    for widget in widgets:
        widget.setParent(page)
    return page


def test_a_button_too_small_for_a_finger_is_found(shown: Shown) -> None:
    button = PrimaryButton("Verder")
    page = holding(button)
    button.setMinimumSize(0, 0)
    button.setGeometry(10, 10, 200, 40)
    shown(page, 400, 300)
    button.setMinimumHeight(0)
    button.resize(200, 40)

    assert any(told.startswith("too small to press, 200 by 40") for told in layout_complaints(page))


def test_two_texts_on_top_of_each_other_are_found(shown: Shown) -> None:
    one, other = TextLabel("Werk"), TextLabel("Leren")
    one.setGeometry(10, 10, 100, 40)
    other.setGeometry(60, 30, 100, 40)
    page = shown(holding(one, other), 400, 300)

    assert layout_complaints(page) == ["on top of each other: TextLabel 'Werk' and TextLabel 'Leren'"]


def test_what_stands_inside_something_does_not_lie_on_it(shown: Shown) -> None:
    button = SecondaryButton("Terug", "back")
    button.setGeometry(10, 10, 300, 80)
    page = shown(holding(button), 400, 300)

    assert layout_complaints(page) == []


def test_arabic_in_a_half_that_reads_from_the_left_is_found(shown: Shown) -> None:
    label = BilingualLabel(Pair("العمل", "Werk", "ar"))
    label.setGeometry(10, 10, 200, 80)
    page = shown(holding(label), 400, 300)
    assert layout_complaints(page) == ["in a half from left to right: TextLabel 'العمل'"]

    label.setLayoutDirection(Qt.LayoutDirection.RightToLeft)

    assert layout_complaints(page) == []


def test_an_answer_that_keeps_to_the_left_in_an_arabic_question_is_found(shown: Shown, helpers: Helpers) -> None:
    choices = tuple(ChoiceModel(code, own, dutch) for code, own, dutch in (("yes", "نعم", "Ja"), ("no", "لا", "Nee")))
    model = QuestionModel(
        "/data/q", control="select1", own_label="هل؟", dutch_label="Is het zo?", language="ar", choices=choices
    )
    control = control_for(model, helpers)
    page = holding(control)
    control.setGeometry(0, 0, 900, 500)
    shown(page, 900, 500)
    assert layout_complaints(page) == []

    control.grid.cards[0].setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    assert any(told.startswith("left to right: AnswerCard") for told in layout_complaints(page))


def card_on(shown: Shown, **how: object) -> tuple[QWidget, AnswerCard]:
    card = AnswerCard(Answer("yes", Pair("Yes, that is right", "Ja, dat klopt", "en"), "card_h1"), **how)
    page = holding(card)
    card.setGeometry(10, 10, 300, card.heightForWidth(300))
    shown(page, 400, 300)
    assert layout_complaints(page, page.grab().toImage()) == []
    return page, card


@pytest.mark.parametrize("tile", [False, True])
def test_words_on_top_of_the_picture_or_the_mark_of_their_card_are_found(shown: Shown, tile: bool) -> None:
    page, card = card_on(shown, tile=tile)
    for box in (card.picture_box, card.mark_box().toRect()):
        card.label.own.box.moveCenter(box.center())

        assert any("what stands on AnswerCard" in told for told in layout_complaints(page))


def test_words_on_a_card_too_near_the_colour_behind_them_are_found(shown: Shown) -> None:
    page, _card = card_on(shown)
    picture = page.grab().toImage()
    picture.fill(theme.tokens().colours.ink)

    assert any("too faint" in told and "Ja, dat klopt" in told for told in layout_complaints(page, picture))


def test_words_that_are_cut_by_their_card_are_found(shown: Shown) -> None:
    page, card = card_on(shown)
    assert complaints(page) == []

    card.label.own.box.setHeight(8)
    card.texts.drawn[1].box.moveTop(card.height())

    assert {told.split(":")[0] for told in complaints(page)} == {"cut", "past the edge"}


def test_a_text_too_near_the_colour_behind_it_is_found(shown: Shown) -> None:
    label = QLabel("Verder")
    label.setGeometry(10, 10, 200, 40)
    page = shown(holding(label), 400, 300)
    assert layout_complaints(page, page.grab().toImage()) == []

    label.setStyleSheet(f"color: {theme.tokens().colours.line}")

    found = layout_complaints(page, page.grab().toImage())
    assert [told.split(",")[0] for told in found] == ["too faint"]


def talk_page() -> Page:
    page = Page()
    trail = SectionTrail()
    trail.set_steps([TrailStep(letter, "Wat u kunt") for letter in "ABCDEFGHIJ"], 4, "Nog ongeveer 17 schermen")
    page.set_where(trail)
    for name in ("Nederlands", "Pauze", "Stoppen"):
        page.add_action(SecondaryButton(name, "pause"))
    page.set_footer([SecondaryButton("Terug", "back")], [PrimaryButton("Verder", "next", icon_after=True)])
    return page


@pytest.mark.parametrize("width", [820, 1093, 1280])
def test_a_header_makes_room_instead_of_making_the_window_wider(width: int, shown: Shown, themed: QApplication) -> None:
    theme.apply(themed, size=TextSize.LARGEST)
    page = talk_page()
    shown(page, width, 600)

    assert page.width() == width
    assert [told for told in layout_complaints(page) if "the section" not in told] == []


def test_a_header_with_room_again_shows_everything(shown: Shown, themed: QApplication) -> None:
    page = talk_page()
    theme.apply(themed, size=TextSize.LARGEST)
    shown(page, 820, 600)
    button = page.findChild(SecondaryButton)
    assert not button.mark.isVisible()

    page.resize(2000, 600)
    QApplication.processEvents()

    assert button.mark.isVisible()


def test_words_that_do_not_fit_beside_each_other_stand_below_each_other(shown: Shown) -> None:
    trail = SectionTrail()
    trail.set_steps([TrailStep("A", "Wat u kunt"), TrailStep("B", "Werk")], 0, "Nog ongeveer 17 schermen · 7 minuten")
    shown(trail, 800, 80)
    assert not trail.on_two_lines

    trail.resize(230, 80)

    assert trail.on_two_lines
    assert not trail.cut
    trail.resize(60, 80)
    assert trail.cut


def test_a_long_name_breaks_instead_of_becoming_too_small_to_read(shown: Shown, themed: QApplication) -> None:
    theme.apply(themed, size=TextSize.LARGEST)
    trail = SectionTrail()
    long_name = "Sidee ayaad rabtaa inaad u shaqayso ama wax u barato?"
    trail.set_steps([TrailStep(letter, long_name) for letter in "ABCDEFGHIJKLMN"], 9, "Weli qiyaastii 9 shaashad")
    shown(trail, 220, 96)

    assert trail.on_two_lines
    assert not trail.cut
    assert min(trail.words_size(role) for role in ("chip", "chip_dutch")) >= 15


def test_a_badge_longer_than_its_line_breaks(shown: Shown) -> None:
    badge = Badge("Horeca, schoonmaak, diensten", "plain")
    flow = Flow(badge)
    shown(flow, 500, 300)
    one_line = badge.height()

    flow.resize(150, 300)

    assert badge.width() <= 150
    assert badge.height() > one_line


@pytest.mark.parametrize("scheme", [Scheme.DARK, Scheme.CONTRAST])
def test_the_layout_is_the_same_in_every_palette(scheme: Scheme, shown: Shown, themed: QApplication) -> None:
    theme.apply(themed, size=TextSize.LARGEST, scheme=scheme)
    page = talk_page()
    shown(page, 1093, 614)

    assert layout_complaints(page, page.grab().toImage()) == []


def test_a_row_that_is_too_long_gives_each_button_what_makes_the_row_lowest(shown: Shown, themed: QApplication) -> None:
    theme.apply(themed, size=TextSize.LARGEST)
    page = Page("Uw plan")
    long_one = SecondaryButton("Verander doel en stappen", "pencil")
    short_one = PrimaryButton("Verder", "next", icon_after=True)
    page.set_footer(
        [SecondaryButton("Terug", "back"), long_one], [SecondaryButton("Lijst voor later", "list"), short_one]
    )

    shown(page, 1040, 600)
    assert long_one.height() < long_one.height_at(long_one.least_width(tight=False), tight=False)
    page.resize(1600, 600)
    QApplication.processEvents()

    assert long_one.width() == long_one.usual_width(tight=False)
    assert layout_complaints(page) == []


class _Words:
    """Words of twenty pixels on lines of ten."""

    def __init__(self, words: int) -> None:
        self._words = words

    def usual_width(self, *, tight: bool) -> int:
        return self._words * 20

    def height_at(self, width: int, *, tight: bool) -> int:
        return 10 * -(-self._words // max(1, width // 20))

    def set_share(self, width: int) -> None:
        """It has no width of its own."""


def test_room_goes_to_the_tallest_as_long_as_that_makes_it_lower() -> None:
    long_one, short_one = _Words(6), _Words(2)

    assert shared([long_one, short_one], 160, tight=False) == [120, 40]
    assert [
        part.height_at(width, tight=False)
        for part, width in zip((long_one, short_one), shared([long_one, short_one], 100, tight=False), strict=True)
    ] == [20, 10]
    assert sum(shared([long_one, short_one], 75, tight=False)) <= 75


def test_halves_stand_below_each_other_where_their_words_do_not_fit_beside_each_other(shown: Shown) -> None:
    one, other = SecondaryButton("Werkgelegenheidsproject"), SecondaryButton("Arbeidsmarktbeleid")
    halves = Halves(one, other)
    page = holding(halves)
    halves.setGeometry(0, 0, 900, 400)
    shown(page, 900, 400)
    assert not halves.folded
    assert abs(one.width() - other.width()) <= 1

    halves.setGeometry(0, 0, halves.minimumSizeHint().width() + 20, 400)
    QApplication.processEvents()

    assert halves.folded
    assert other.y() >= one.y() + one.height()
    assert one.width() == other.width() == halves.width()
    assert halves.heightForWidth(900) < halves.heightForWidth(300)


def test_words_that_would_break_do_without_their_icons_where_that_makes_the_row_lower(
    shown: Shown, themed: QApplication
) -> None:
    theme.apply(themed, size=TextSize.LARGEST)
    page = Page("Uw plan")
    buttons = [SecondaryButton(words, "pencil") for words in ("Terug", "Verander het doel", "Lijst voor later")]
    page.set_footer([buttons[0]], buttons[1:])
    shown(page, 1600, 600)
    assert all(button.mark is not None and button.mark.isVisible() for button in buttons)
    usual = buttons[1].height()

    page.resize(sum(button.usual_width(tight=True) for button in buttons) + 80, 600)
    for _ in range(5):
        QApplication.processEvents()

    assert not any(button.mark is not None and button.mark.isVisible() for button in buttons)
    assert buttons[1].height() <= usual
