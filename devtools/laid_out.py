"""What is wrong with how a page is laid out: too small to press, on top of each other, faint, or not mirrored."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QTextEdit, QWidget

from intake_app.ui.colours import contrast_ratio
from intake_app.ui.controls import QuestionControl
from intake_app.ui.theme import TARGET
from intake_app.ui.widgets import AnswerCard, BilingualLabel
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.pictogram import PictogramLabel
from intake_app.ui.widgets.pressable import Pressable
from intake_app.ui.widgets.section_trail import SectionTrail

SLACK = 2
"""Pixels that rounding may take."""

READABLE = 4.4
"""WCAG 2.2, 1.4.3 asks 4.5 for the colours; what is drawn is rounded to whole steps of each colour."""

PRESSED = (QAbstractButton, QLineEdit, QTextEdit, QComboBox)
THINGS = (QLabel, *PRESSED, IconMark, PictogramLabel)

RIGHT_TO_LEFT, LEFT_TO_RIGHT = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight


def layout_complaints(page: QWidget, picture: QImage | None = None) -> list[str]:
    """What a person would not let pass in the layout of a page that is shown; `picture` is how it looks."""
    found = [*_small(page), *_squeezed(page), *_overlapping(page), *_crowded(page), *_left_to_right(page)]
    found += [
        f"cut: the section {trail.accessibleName()!r}"
        for trail in page.findChildren(SectionTrail)
        if trail.isVisibleTo(page) and trail.cut
    ]
    if picture is not None:
        found += _faint(page, picture)
    return sorted(set(found))


def seen_part(widget: QWidget, page: QWidget) -> QRect:
    """The part of a widget that can be seen, in the pixels of the page."""
    box = QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())
    above = widget.parentWidget()
    while above is not None and above is not page:
        box &= QRect(above.mapTo(page, QPoint(0, 0)), above.size())
        above = above.parentWidget()
    return box & page.rect()


def _named(widget: QWidget) -> str:
    told = widget.text() if isinstance(widget, QLabel) else widget.accessibleName()
    return f"{type(widget).__name__} {told[:50]!r}"


def _small(page: QWidget) -> Iterator[str]:
    for kind in PRESSED:
        for widget in page.findChildren(kind):
            if widget.isVisibleTo(page) and min(widget.width(), widget.height()) < TARGET:
                yield f"too small to press, {widget.width()} by {widget.height()}: {_named(widget)}"


def _squeezed(page: QWidget) -> Iterator[str]:
    """What is pressed is nowhere smaller than what stands on it."""
    for widget in page.findChildren(Pressable):
        least = widget.minimumSizeHint()
        if widget.isVisibleTo(page) and (
            widget.width() < least.width() - SLACK or widget.height() < least.height() - SLACK
        ):
            yield f"squeezed to {widget.width()} by {widget.height()}: {_named(widget)}"


def _overlapping(page: QWidget) -> Iterator[str]:
    """Things that are not inside each other stand beside or below each other."""
    things = [(seen_part(widget, page), widget) for widget in _things(page)]
    things = sorted((each for each in things if not each[0].isEmpty()), key=lambda each: each[0].top())
    for place, (box, widget) in enumerate(things):
        for other_box, other in things[place + 1 :]:
            if other_box.top() > box.bottom():
                break
            shared = box & other_box
            inside = widget.isAncestorOf(other) or other.isAncestorOf(widget)
            if min(shared.width(), shared.height()) > SLACK and not inside:
                yield f"on top of each other: {_named(widget)} and {_named(other)}"


def _cards(page: QWidget) -> Iterator[AnswerCard]:
    """The cards in sight: they draw what stands on them themselves."""
    yield from (card for card in page.findChildren(AnswerCard) if card.isVisibleTo(page))


def _crowded(page: QWidget) -> Iterator[str]:
    """On a card texts, picture and mark stand beside or below each other."""
    for card in _cards(page):
        boxes = [text.box for text in card.texts.drawn]
        boxes += [card.picture_box] if card.picture_box.isValid() else []
        boxes += [card.mark_box().toRect()] if card.is_answer else []
        for one, other in combinations(boxes, 2):
            shared = one & other
            if min(shared.width(), shared.height()) > SLACK:
                yield f"on top of each other: what stands on {_named(card)}"


def _things(page: QWidget) -> Iterator[QWidget]:
    for kind in THINGS:
        for widget in page.findChildren(kind):
            if widget.isVisibleTo(page) and (not isinstance(widget, QLabel) or widget.text()):
                yield widget


def _left_to_right(page: QWidget) -> Iterator[str]:
    """In the half of a participant who reads from the right, everything but Dutch and numbers comes from the right."""
    for label in page.findChildren(BilingualLabel):
        if not label.isVisibleTo(page) or not label.pair.rtl:
            continue
        if label.own.layoutDirection() is not RIGHT_TO_LEFT:
            yield f"left to right: {_named(label.own)}"
        if label.layoutDirection() is not RIGHT_TO_LEFT:
            yield f"in a half from left to right: {_named(label.own)}"
    for control in page.findChildren(QuestionControl):
        if control.isVisibleTo(page) and control.model.rtl:
            yield from _unmirrored_rows(control)


def _unmirrored_rows(control: QuestionControl) -> Iterator[str]:
    """Buttons in the half of the participant that still keep to the left."""
    if control.layoutDirection() is LEFT_TO_RIGHT:
        yield f"left to right: {type(control).__name__}"
    for button in control.findChildren(Pressable):
        if button.isVisibleTo(control) and button.layoutDirection() is LEFT_TO_RIGHT and not _speaks_otherwise(button):
            yield f"left to right: {_named(button)}"


def _speaks_otherwise(button: Pressable) -> bool:
    """Whether what stands on a button reads from the left: Dutch for the counsellor, or the name of a language."""
    pairs = [label.pair for label in button.findChildren(BilingualLabel)]
    pairs += [drawn.pair for drawn in button.texts.pairs] if isinstance(button, AnswerCard) else []
    return bool(pairs) and not any(pair.rtl_half for pair in pairs)


def _faint(page: QWidget, picture: QImage) -> Iterator[str]:
    """Texts whose colour is too near the colour really behind them; of what is off WCAG 2.2, 1.4.3 asks nothing."""
    ratio = picture.width() / page.width()
    for label in page.findChildren(QLabel):
        box = seen_part(label, page)
        if not label.isVisibleTo(page) or not label.text().strip() or box.height() < SLACK * 4 or not label.isEnabled():
            continue
        ink = label.palette().color(label.foregroundRole()).name()
        yield from (f"{told}: {_named(label)}" for told in _too_faint(ink, picture, box, ratio))
    for card in _cards(page):
        seen = seen_part(card, page)
        for text in card.texts.drawn if card.isEnabled() else ():
            box = text.box.translated(card.mapTo(page, QPoint(0, 0))) & seen
            if box.height() >= SLACK * 4:
                yield from (f"{told}: {text.words[:50]!r}" for told in _too_faint(text.colour(), picture, box, ratio))


def _too_faint(ink: str, picture: QImage, box: QRect, ratio: float) -> Iterator[str]:
    ground = _ground(picture, box, ratio)
    if contrast_ratio(ink, ground) < READABLE:
        yield f"too faint, {ink} on {ground}"


def _ground(picture: QImage, box: QRect, ratio: float) -> str:
    """The colour found most along the upper edge of a box, where no letter reaches."""
    row = round((box.top() + 1) * ratio)
    steps = range(round((box.left() + 1) * ratio), round(box.right() * ratio), 3)
    seen = [picture.pixelColor(column, row).name() for column in steps if picture.valid(column, row)]
    return max(set(seen), key=seen.count) if seen else "#000000"
