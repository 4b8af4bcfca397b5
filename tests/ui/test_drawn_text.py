"""What a card draws is what a label shows: the same lines, as tall, in the same letters; forgotten as they are."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui import theme
from intake_app.ui.widgets import drawn_text
from intake_app.ui.widgets.answer_card import Answer, AnswerCard
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.card_texts import CardTexts
from intake_app.ui.widgets.drawn_text import DrawnText
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.text import TextLabel, forget_measured

PAIRS = {
    "Dutch": Pair.plain("Ja, dat wil ik graag een keer proberen, maar dan wel dicht bij huis."),
    "Arabic": Pair("نعم، أريد أن أجرب ذلك مرة واحدة بالقرب من البيت (UWV)", "Ja, dat wil ik graag proberen.", "ar"),
    "Tigrinya": Pair("እወ፡ ሓንሳብ ክፍትኖ ይደሊ እየ", "Ja, dat wil ik graag een keer proberen.", "ti"),
    "Ukrainian": Pair("Так, я хочу одного разу це спробувати", "Ja, dat wil ik graag proberen.", "uk"),
    "a gap": Pair("", "Ja, dat wil ik graag proberen.", "ar"),
    "a long word": Pair.plain("Arbeidsongeschiktheidsverzekeringsmaatschappij"),
}
WIDTHS = (90, 150, 233, 480)
DIFFERENT = 0.02
"""Of the pixels with ink so many may be another one: a label places its letters on whole pixels in its own way."""


def on_ground(width: int, height: int) -> QImage:
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(theme.tokens().colours.surface)
    return picture


def drawn(texts: CardTexts, width: int) -> QImage:
    """What a card draws, within the edges that a label has."""
    texts.place(0, 0, width)
    picture = on_ground(width, texts.height_at(width))
    painter = QPainter(picture)
    for text in texts.drawn:
        painter.setClipRect(text.box)
        text.draw(painter)
    painter.end()
    return picture


def as_label(pair: Pair, role: str, width: int, *, centred: bool) -> QImage:
    label = BilingualLabel(pair, role, centred=centred)
    rtl = Qt.LayoutDirection.RightToLeft if pair.rtl_half else Qt.LayoutDirection.LeftToRight
    label.setLayoutDirection(rtl)
    label.resize(width, label.heightForWidth(width))
    picture = on_ground(width, label.height())
    label.badge.resize(0, 0)
    label.render(picture, QPoint(0, 0), label.rect(), QWidget.RenderFlag.DrawChildren)
    return picture


def ink(picture: QImage) -> dict[tuple[int, int], int]:
    ground = on_ground(1, 1).pixel(0, 0)
    size = picture.size()
    at = ((x, y) for y in range(size.height()) for x in range(size.width()))
    return {place: seen for place in at if (seen := picture.pixel(*place)) != ground}


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize("role", ["answer", "title", "small"])
@pytest.mark.parametrize("name", PAIRS)
def test_a_card_draws_what_a_label_shows(name: str, role: str, centred: bool, themed: QApplication) -> None:
    pair, holder = PAIRS[name], QWidget()
    texts = CardTexts(holder, [(pair, role, centred)], 8)
    for width in WIDTHS:
        ours, theirs = drawn(texts, width), as_label(pair, role, width, centred=centred)
        assert ours.size() == theirs.size(), width
        one, other = ink(ours), ink(theirs)
        if not pair.gap:
            assert len(one) > 50
            assert len(set(one.items()) ^ set(other.items())) <= DIFFERENT * (len(one) + len(other)), width


@pytest.mark.parametrize("size", theme.TextSize)
@pytest.mark.parametrize("name", PAIRS)
def test_it_takes_the_room_a_label_takes(name: str, size: theme.TextSize, themed: QApplication) -> None:
    theme.apply(themed, size=size)
    pair, holder = PAIRS[name], QWidget()
    texts, label = CardTexts(holder, [(pair, "answer", False)], 8), BilingualLabel(pair, "answer")

    assert texts.least_width() == label.minimumSizeHint().width()
    assert texts.usual_width() == label.sizeHint().width()
    assert [texts.height_at(width) for width in WIDTHS] == [label.heightForWidth(width) for width in WIDTHS]


@pytest.mark.parametrize("scheme", theme.Scheme)
def test_its_letters_and_its_colours_are_those_of_the_role(scheme: theme.Scheme, themed: QApplication) -> None:
    theme.apply(themed, scheme=scheme)
    for role, tall in product(theme.TYPE_SCALE, (False, True)):
        holder = QWidget()
        label = TextLabel("Ja", role, tall=tall, parent=holder)
        label.ensurePolished()
        text = DrawnText("Ja", role, rtl=False, tall=tall, language="nl", side=Qt.AlignmentFlag.AlignLeft)
        assert text.face.font.key() == label.font().key()
        assert text.colour().lower() == label.palette().color(label.foregroundRole()).name()
        label.setEnabled(False)
        assert text.colour(enabled=False).lower() == label.palette().color(label.foregroundRole()).name()


def test_what_was_measured_is_forgotten_with_the_texts(themed: QApplication) -> None:
    card = AnswerCard(Answer("a", Pair.plain("Samira uit Groenlo")))
    card.heightForWidth(300)
    assert any("Samira" in key[1] for key in drawn_text._known)

    forget_measured()

    assert not drawn_text._known


def test_other_letters_and_colours_are_drawn_as_soon_as_they_are_chosen(themed: QApplication, qtbot: QtBot) -> None:
    card = AnswerCard(Answer("a", PAIRS["Arabic"], "card_h1"), tile=True)
    qtbot.addWidget(card)
    card.resize(220, card.heightForWidth(220))
    card.show()
    before, tall = card.grab().toImage(), card.heightForWidth(220)

    theme.apply(themed, size=theme.TextSize.LARGEST, scheme=theme.Scheme.DARK)
    card.resize(220, card.heightForWidth(220))

    assert card.heightForWidth(220) > tall
    assert all(card.rect().contains(text.box) for text in card.texts.drawn)
    theme.apply(themed, size=theme.TextSize.NORMAL, scheme=theme.Scheme.LIGHT)
    card.resize(220, card.heightForWidth(220))
    assert card.grab().toImage() == before


def test_texts_and_picture_of_an_answer_that_is_off_are_fainter(themed: QApplication, qtbot: QtBot) -> None:
    card = AnswerCard(Answer("a", Pair.plain("Ja"), "card_h1"), tile=True)
    qtbot.addWidget(card)
    card.resize(220, card.heightForWidth(220))
    card.show()
    at = card.picture_box.center()
    near = [QPoint(x, y) for x in range(at.x() - 20, at.x() + 20) for y in range(at.y() - 20, at.y() + 20)]
    on = card.grab().toImage()

    card.setEnabled(False)

    off = card.grab().toImage()
    assert sum(off.pixelColor(p).lightness() for p in near) > sum(on.pixelColor(p).lightness() for p in near)


def test_a_gap_on_a_card_has_its_badge_below_the_dutch_words(themed: QApplication, qtbot: QtBot) -> None:
    card = AnswerCard(Answer("a", PAIRS["a gap"]))
    qtbot.addWidget(card)
    card.resize(400, card.heightForWidth(400))
    card.show()

    (badge,) = card.texts.badges.values()
    assert badge.isVisible()
    assert badge.text() == "Nederlands"
    assert badge.y() >= card.label.own.box.bottom()
    assert card.rect().contains(badge.geometry())
    assert badge.geometry().right() > card.width() // 2
