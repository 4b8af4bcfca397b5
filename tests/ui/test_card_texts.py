"""In every language an answer fits its card: no word is cut, no text runs out of it, none is too long to tap."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from babel.messages.pofile import read_po
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from devtools.gates import shipped
from devtools.made_up import MADE_UP
from intake_app.i18n.languages import is_rtl
from intake_app.paths import resource_dir, translations_dir
from intake_app.ui import theme
from intake_app.ui.widgets.answer_card import Answer, AnswerCard
from intake_app.ui.widgets.answer_grid import AnswerGrid
from intake_app.ui.widgets.pair import Pair
from intake_app.xforms.compile.sheets import read_sheets
from tests.i18n.test_glyphs import SCREEN

PAGE = 1100
"""The width of the answers on a screen of 1366 by 768, the smallest that the app is made for."""
TALLEST = 340
"""Pixels; a row of cards and the question above it must stand on that screen together."""
LONGEST = 6
"""Lines of the participant's language on one card; more is a text to read, not an answer to tap."""


@cache
def lists() -> dict[str, list[tuple[str, str, str]]]:
    """The choice lists of the talk: value, Dutch label and pictogram of every answer."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in read_sheets(resource_dir("forms", "intake.md"))["choices"].rows:
        labels = [value for column, value in row.items() if column.startswith("label") and value]
        if labels:
            found.setdefault(row["list_name"], []).append((row["name"], labels[0], row.get("pictogram", "")))
    return found


@cache
def said(code: str) -> dict[str, str]:
    """The answers of the talk in a language, by their context."""
    with (translations_dir() / code / "LC_MESSAGES" / "intake.po").open("rb") as file:
        return {message.context or "": str(message.string) for message in read_po(file)}


def grid(name: str, code: str) -> AnswerGrid:
    """The cards of a choice list in a language."""
    answers = [
        Answer(value, Pair(said(code)[f"intake:{name}:{value}:label"], dutch, code.partition("_")[0]), pictogram)
        for value, dutch, pictogram in lists()[name]
        if f"intake:{name}:{value}:label" in said(code)
    ]
    return AnswerGrid(answers, columns=5 if name == "card" else None, rtl=is_rtl(code))


def complaints(card: AnswerCard) -> list[str]:
    """What is wrong with how a card shows its texts."""
    wrong = []
    if card.width() < card.minimumSizeHint().width() or card.height() < card.heightForWidth(card.width()):
        wrong.append("cut")
    wrong += ["outside" for text in card.label.texts if not card.rect().contains(text.box)]
    lines = card.label.own.box.height() / card.label.own.face.metrics.lineSpacing()
    if lines > LONGEST + 0.5 or card.height() > TALLEST:
        wrong.append(f"long ({lines:.0f} lines, {card.height()} pixels)")
    return wrong


@pytest.mark.parametrize("code", [*shipped(), *MADE_UP])
def test_every_answer_of_the_talk_fits_its_card(code: str, qtbot: QtBot) -> None:
    wrong = {}
    for name in lists():
        answers = grid(name, code)
        qtbot.addWidget(answers)
        answers.resize(PAGE, answers.heightForWidth(PAGE))
        answers.show()
        for card in answers.cards:
            # a made-up text is longer than any real one, so only what is cut counts in it
            found = [what for what in complaints(card) if code not in MADE_UP or not what.startswith("long")]
            if found:
                wrong[f"{name}:{card.value}"] = found
    assert wrong == {}


def test_a_text_that_is_longer_than_its_card_is_found(shown: Callable[..., QWidget]) -> None:
    long = "Я хочу дуже докладно розповісти про все, що я роблю вдома, на роботі та у волонтерстві. " * 3
    answers = [Answer(str(n), Pair(long, "Kort", "uk"), "card_h1") for n in range(6)]

    found = shown(AnswerGrid(answers, columns=5, tile=True), PAGE)

    assert all("long" in " ".join(complaints(card)) for card in found.cards)


def test_the_fonts_of_the_window_are_those_whose_letters_are_checked() -> None:
    assert tuple(family.replace(" ", "") for family in theme.FAMILIES) == SCREEN


NARROW = 1000
"""The width of the answers on the smallest screen: 1366 by 768 dots at 125 percent."""


def longest_word(code: str) -> str:
    """The longest word that may stand on a card of the talk: an answer, or an occupation by its name."""
    texts = [own for context, own in said(code).items() if context.count(":") == 3]
    with (translations_dir() / code / "LC_MESSAGES" / "catalogue.po").open("rb") as file:
        texts += [str(m.string) for m in read_po(file) if (m.context or "").startswith(("occupation:", "skill:"))]
    return max((word for text in texts for word in text.split()), key=len)


@pytest.mark.parametrize("code", shipped())
def test_the_longest_word_of_a_language_stands_whole_on_the_narrowest_card(
    code: str, qtbot: QtBot, themed: QApplication
) -> None:
    theme.apply(themed, size=theme.TextSize.LARGEST)
    word = longest_word(code)
    found = AnswerGrid(
        [Answer(str(number), Pair(word, "Kort", code), "card_h1") for number in range(5)],
        columns=5,
        tile=True,
        rtl=is_rtl(code),
    )
    qtbot.addWidget(found)
    found.resize(NARROW, found.heightForWidth(NARROW))
    found.show()

    for card in found.cards:
        label = card.label.own
        assert label.widest_word() <= label.box.width() + 2, word
        assert [what for what in complaints(card) if not what.startswith("long")] == [], word
