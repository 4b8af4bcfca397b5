"""How choices stand on screen: languages, answers that explain themselves, a name on one line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake_app.ui import theme
from intake_app.ui.controls import ChoiceModel, QuestionControl, QuestionModel
from intake_app.ui.controls.by_hand import ByHand
from intake_app.ui.gallery_samples import CONTROLS, Samples
from intake_app.ui.widgets import Pair
from intake_app.ui.widgets.answer_card import AnswerCard

Asked = Callable[[QuestionModel], QuestionControl]


def languages(control: str = "select1") -> QuestionModel:
    choices = tuple(ChoiceModel(code, code, code) for code in ("ps", "nl", "ar", "uk", "other"))
    return QuestionModel("/data/a", control=control, appearance=("intake-language",), dutch_label="?", choices=choices)


def test_the_languages_the_talk_can_be_led_in_come_first_and_large(asked: Asked) -> None:
    grid = asked(languages()).grid

    assert [card.value for card in grid.cards] == ["nl", "ar", "uk", "ps", "other"]
    sizes = {card.value: card.label.own.face.font.pixelSize() for card in grid.cards}
    assert min(sizes["nl"], sizes["ar"], sizes["uk"]) > max(sizes["ps"], sizes["other"])


def test_the_languages_somebody_speaks_keep_their_order(asked: Asked) -> None:
    assert [card.value for card in asked(languages("select")).grid.cards] == ["ps", "nl", "ar", "uk", "other"]


def test_the_first_sentence_of_a_choice_is_the_answer_and_the_rest_explains(asked: Asked) -> None:
    choices = (
        ChoiceModel("family", "An adult relative. Family may help.", "Een volwassen familielid. Familie mag helpen."),
        ChoiceModel("half", "", "Een tolk. Die is hier."),
        ChoiceModel("none", "No, no help", "Nee, geen hulp"),
    )
    model = QuestionModel("/data/a", control="select1", language="en", dutch_label="?", choices=choices)
    family, half, none = asked(model).grid.cards

    assert (family.answer.pair.own, family.answer.pair.dutch) == ("An adult relative", "Een volwassen familielid")
    assert family.answer.note == Pair("Family may help.", "Familie mag helpen.", "en")
    assert "Family may help." in family.accessibleName()
    assert half.answer.pair.main == "Een tolk. Die is hier."
    assert half.answer.note is None
    assert none.answer.note is None


def test_a_name_is_typed_on_one_line(asked: Asked) -> None:
    control = asked(QuestionModel("/data/a", appearance=("intake-line",), dutch_label="Hoe mag ik u noemen?"))

    assert control.entry.height() < 2 * control.entry.fontMetrics().lineSpacing() + theme.TARGET
    assert control.entry.width() <= theme.tokens().scaled(640)


@pytest.mark.parametrize("name", ["suggestions", "skills", "consent", "language"])
def test_a_screen_reader_hears_what_each_answer_is_about(asked: Asked, name: str) -> None:
    control = asked(CONTROLS[name](Samples("ar")))
    by_hand = {card for part in control.findChildren(ByHand) for card in part.findChildren(AnswerCard)}
    about = [card.accessibleDescription() for card in control.findChildren(AnswerCard) if card not in by_hand]

    wanted = [control.model.pair(item).spoken for item in control.model.rows] or [control.model.label.spoken]
    assert set(about) == set(wanted)
    assert len(about) > 1
