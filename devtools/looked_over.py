"""What is wrong with the texts of a page: cut off, past the edge, letters that no font has, left in Dutch."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QFont, QTextLayout
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QLabel, QScrollArea, QWidget

from intake_app.i18n.languages import LANGUAGES, is_rtl
from intake_app.ui.widgets import AnswerCard, BilingualLabel
from intake_app.ui.widgets.paper import PaperView
from intake_app.ui.widgets.text import LONGEST_WORD, TextLabel

SLACK = 2
"""Pixels that rounding may take."""

PLAIN = re.compile("[aeiouAEIOU]")
"""Letters that no text of en_XA has, and nearly every Dutch one."""

ARABIC = re.compile("[\u0600-\u06ff]")
"""Letters of ar_XB."""

DATE = re.compile(r".*\d{1,2}\.? \S+ \d{4}")
"""Dates are written by the language that the made-up one stands in for."""

OWN_NAMES = {language.name for language in LANGUAGES.values()}

MARKS = "\u200e\u200f\u2066\u2067\u2068\u2069"
"""Marks of direction: nothing is drawn for them."""


def complaints(page: QWidget, *, made_up: bool = False, said: str = "") -> list[str]:
    """What a person would not let pass on a page that is shown.

    `made_up` when its language is a made-up one: then every text of ours is in it, but for names of languages, dates
    and what the participant `said`.
    """
    found = list(_sideways(page))
    for label in page.findChildren(QLabel):
        if label.isVisibleTo(page) and label.text().strip(MARKS + " "):
            found += [f"{what}: {label.text()[:60]!r}" for what in _wrong(label, page)]
    for card in _cards(page):
        found += [f"{what}: {card.label.pair.main[:60]!r}" for what in _wrong_on(card, page)]
    for button in page.findChildren(QAbstractButton):
        if button.isVisibleTo(page) and button.text() and button.sizeHint().width() > button.width() + SLACK:
            found.append(f"cut: {button.text()[:60]!r}")
    if made_up:
        found += [f"not translated: {text[:60]!r}" for text in _left_in_dutch(page, said)]
    return sorted(set(found))


def _wrong(label: QLabel, page: QWidget) -> Iterator[str]:
    if _cut(label):
        yield "cut"
    if _hidden_by_others(label, page):
        yield "past the edge"
    if missing := missing_letters(label):
        yield f"no letters for {missing}"


def _cards(page: QWidget) -> Iterator[AnswerCard]:
    """The cards in sight: they draw their texts themselves."""
    yield from (card for card in page.findChildren(AnswerCard) if card.isVisibleTo(page))


def _wrong_on(card: AnswerCard, page: QWidget) -> Iterator[str]:
    room = card.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
    for text in card.texts.drawn:
        wide, tall = text.box.width() + SLACK, text.box.height() + SLACK
        if min(text.widest_word(), LONGEST_WORD) > wide or text.height_at(text.box.width()) > tall:
            yield "cut"
        if not room.contains(text.box):
            yield "past the edge"
        if missing := _not_drawn(text.words, text.face.font):
            yield f"no letters for {missing}"
    if _hidden_by_others(card, page):
        yield "past the edge"


def _cut(label: QLabel) -> bool:
    """Whether the label is too small for its text, in height or for its longest word."""
    room = label.contentsRect()
    metrics = label.fontMetrics()
    if not label.wordWrap():
        return max(map(metrics.horizontalAdvance, label.text().splitlines())) > room.width() + SLACK
    widest = max(map(metrics.horizontalAdvance, label.text().split()), default=0)
    # A word that is wider than any word may be is divided; every other one stays whole.
    if (min(widest, label.longest) if isinstance(label, TextLabel) else widest) > room.width() + SLACK:
        return True
    return label.heightForWidth(label.width()) > label.height() + SLACK


def _hidden_by_others(label: QWidget, page: QWidget) -> bool:
    """Whether a part of the label lies outside what it stands in; what can be scrolled to is not hidden."""
    part = QRect(QPoint(0, 0), label.size())
    at: QWidget = label
    while at is not page and (above := at.parentWidget()) is not None:
        part = part.translated(at.pos())
        at = above
        scrolled = isinstance(at.parentWidget(), QAbstractScrollArea)
        if part.left() < -SLACK or part.right() > QWidget.size(at).width() + SLACK:
            return True
        if not scrolled and (part.top() < -SLACK or part.bottom() > QWidget.size(at).height() + SLACK):
            return True
        if scrolled:
            part.setHeight(0)
            part.moveTop(0)
    return False


def missing_letters(label: QLabel) -> str:
    """The letters of a label for which neither its font nor a font that helps it has a drawing."""
    return _not_drawn(label.text(), label.font())


def _not_drawn(words: str, font: QFont) -> str:
    shown = []
    for letter in sorted(set(words) - set(MARKS) - set("\n\t ")):
        layout = QTextLayout(letter, font)
        layout.beginLayout()
        layout.createLine()
        layout.endLayout()
        runs = layout.glyphRuns()
        if runs and any(0 in run.glyphIndexes() for run in runs):
            shown.append(letter)
    return "".join(shown)


def _sideways(page: QWidget) -> Iterator[str]:
    """A page never has to be moved from left to right; paper may be looked at larger than its place."""
    for area in page.findChildren(QScrollArea):
        if isinstance(area, PaperView):
            continue
        if area.isVisibleTo(page) and area.horizontalScrollBar().maximum() > 0:
            yield f"wider than its place: {area.objectName() or type(area).__name__}"


def _left_in_dutch(page: QWidget, said: str) -> Iterator[str]:
    """Large texts for the participant that are not in the made-up language."""
    pairs = [label.pair for label in page.findChildren(BilingualLabel) if label.isVisibleTo(page)]
    pairs += [drawn.pair for card in _cards(page) for drawn in card.texts.pairs]
    for pair in pairs:
        if pair.language == "nl":
            continue
        plain = not ARABIC.search(pair.own) if is_rtl(pair.language) else PLAIN.search(pair.own)
        if pair.gap or (plain and PLAIN.search(pair.own) and "[" not in pair.own and not _untouched(pair.own, said)):
            yield pair.main


def _untouched(text: str, said: str) -> bool:
    """Whether a text is the same in every language."""
    words = text.strip(MARKS + "“”")
    return words in OWN_NAMES or bool(DATE.fullmatch(words)) or words in said
