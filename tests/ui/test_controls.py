from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.ui import theme
from intake_app.ui.controls import ChoiceModel, QuestionControl, QuestionModel, RowModel, control_class, control_for
from intake_app.ui.controls.factory import BY_TOKEN
from intake_app.ui.gallery_samples import CONTROLS, Samples
from intake_app.ui.widgets import Pair
from intake_app.ui.widgets.pressable import Pressable

Asked = Callable[[QuestionModel], QuestionControl]
NL = Samples("nl")


def heard(control: QuestionControl) -> list[tuple[str, str]]:
    told: list[tuple[str, str]] = []
    control.answered.connect(lambda ref, value: told.append((ref, value)))
    return told


def click(qtbot: QtBot, widget: QWidget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("language", ["nl", "en", "ar"])
@pytest.mark.parametrize("name", CONTROLS)
def test_every_control_keeps_to_large_targets_with_names(asked: Asked, name: str, language: str) -> None:
    control = asked(CONTROLS[name](Samples(language)))

    pressed = [widget for widget in control.findChildren(Pressable) if widget.isVisible()]
    for widget in pressed:
        assert widget.width() >= theme.TARGET, widget.accessibleName()
        assert widget.height() >= theme.TARGET, widget.accessibleName()
        assert widget.accessibleName()


@pytest.mark.parametrize("name", CONTROLS)
def test_showing_a_question_answers_nothing(asked: Asked, helpers, name: str) -> None:
    model = CONTROLS[name](NL)
    control = asked(model)
    told = heard(control)

    control.refresh(model)
    control.refresh(replace(model, value=""))
    control.refresh(model)
    control.flush()

    assert told == []


@pytest.mark.parametrize("name", CONTROLS)
def test_the_keyboard_reaches_every_control(asked: Asked, name: str) -> None:
    control = asked(CONTROLS[name](NL))

    focus = control.first_focus()
    if name == "note":
        assert focus is None, "a text to read has nothing to answer"
        return
    assert focus is not None
    focus.setFocus(Qt.FocusReason.TabFocusReason)

    assert QApplication.focusWidget() is focus


@pytest.mark.parametrize("name", CONTROLS)
def test_only_the_participants_half_is_mirrored(asked: Asked, name: str) -> None:
    control = asked(CONTROLS[name](Samples("ar")))

    assert control.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert control.question.own.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert control.question.dutch.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_every_token_of_our_forms_has_a_control(repository: Path) -> None:
    sources = (repository / "resources" / "forms").glob("*.md")
    lines = [line for path in sources for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    used = {token for line in lines for token in re.findall(r"\bintake-[a-z-]+", line)}

    assert len(used) > 10
    assert used <= set(BY_TOKEN)


def test_an_unknown_token_falls_back_on_the_kind_of_question() -> None:
    pick = ChoiceModel("a", "A", "A")

    assert control_class(QuestionModel("/q", control="select1", choices=(pick,), appearance=("minimal",))).__name__ == (
        "SelectOneControl"
    )
    assert control_class(QuestionModel("/q", kind="date")).__name__ == "DateControl"
    assert control_class(QuestionModel("/q", control="note")).__name__ == "NoteControl"
    assert control_class(QuestionModel("/q")).__name__ == "TextControl"


def test_one_choice_by_keyboard(asked: Asked, qtbot: QtBot) -> None:
    control = asked(replace(CONTROLS["work-now"](NL), value=""))
    told = heard(control)
    control.first_focus().setFocus(Qt.FocusReason.TabFocusReason)

    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)

    assert told == [("/data/q", "self_employed")]


def test_several_choices_are_one_answer_in_the_order_of_the_list(asked: Asked, qtbot: QtBot) -> None:
    control = asked(CONTROLS["rather-not"](NL))
    told = heard(control)

    click(qtbot, control.grid.card("heights"))
    click(qtbot, control.grid.card("none"))

    assert told == [("/data/q", "nights heights noise"), ("/data/q", "none")]


def test_one_too_many_is_explained_and_the_explanation_leaves_with_the_next_choice(asked: Asked, qtbot: QtBot) -> None:
    control = asked(replace(CONTROLS["own-question"](NL), value="work unsure"))
    told = heard(control)

    click(qtbot, control.grid.card("school_diploma"))
    assert told == []
    assert control.near.isVisible()
    assert "2" in control.near.accessibleName()
    click(qtbot, control.grid.card("work"))

    assert told == [("/data/q", "unsure")]
    assert not control.near.isVisible()


def test_why_an_answer_was_not_taken_stands_under_the_question(asked: Asked) -> None:
    model = CONTROLS["text"](NL)
    control = asked(model)

    control.refresh(replace(model, message=Pair.plain("Vul vier cijfers in.")))

    assert control.message.isVisible()
    assert "Vul vier cijfers in." in control.message.accessibleName()


@pytest.mark.parametrize(
    ("control", "value", "said"),
    [
        ("input", "", "Vul eerst iets in."),
        ("select1", "", "Kies eerst een antwoord."),
        ("input", "12", "Dit antwoord is nog niet goed."),
    ],
)
def test_an_answer_that_is_not_there_is_not_called_a_bad_one(asked, control: str, value: str, said: str) -> None:
    kind = "string" if control == "input" else "select1"
    model = QuestionModel("/data/q", kind, control, dutch_label="Vraag", value=value)
    shown = asked(model)
    shown.refresh(replace(model, message=Pair.plain("Hier is een antwoord nodig.")))

    assert shown.message.what.pair.dutch == said


def test_a_text_is_told_while_typing_and_again_when_the_field_is_left(asked: Asked, qtbot: QtBot) -> None:
    control = asked(replace(CONTROLS["text"](NL), value=""))
    told = heard(control)
    control.first_focus().setFocus()

    with qtbot.waitSignal(control.typing) as typed:
        qtbot.keyClicks(control.entry, "fietsen")
    assert typed.args == ["/data/q", "fietsen"]
    assert told == []
    control.flush()
    control.flush()

    assert told == [("/data/q", "fietsen")]


def test_a_text_that_paused_before_the_field_was_left_is_still_answered(asked: Asked, qtbot: QtBot) -> None:
    control = asked(replace(CONTROLS["text"](NL), value=""))
    told = heard(control)
    control.first_focus().setFocus()
    with qtbot.waitSignal(control.typing):
        qtbot.keyClicks(control.entry, "fietsen")

    control.entry.clearFocus()

    assert told == [("/data/q", "fietsen")]


def test_what_is_being_typed_is_not_overwritten_by_a_refresh(asked: Asked, qtbot: QtBot) -> None:
    model = replace(CONTROLS["text"](NL), value="")
    control = asked(model)
    control.first_focus().setFocus()
    qtbot.keyClicks(control.entry, "half een wo")

    control.refresh(replace(model, value="half een"))

    assert control.entry.text() == "half een wo"


def test_a_ready_sentence_is_one_press(asked: Asked, qtbot: QtBot) -> None:
    control = asked(CONTROLS["goal"](NL))
    told = heard(control)

    click(qtbot, control.examples.cards[0])

    assert told == [("/data/q", "Ik wil beter Nederlands leren.")]
    assert control.entry.text() == "Ik wil beter Nederlands leren."


def test_a_day_is_answered_as_the_form_keeps_it(asked: Asked, qtbot: QtBot) -> None:
    control = asked(replace(CONTROLS["date"](NL), value=""))
    told = heard(control)

    click(qtbot, control.entry.choices.cards[2])

    assert told == [("/data/q", "2026-12-23")]


def test_a_time_by_one_press_or_by_steps(asked: Asked, qtbot: QtBot) -> None:
    model = replace(CONTROLS["time"](NL), value="")
    control = asked(model)
    told = heard(control)

    click(qtbot, control.grid.card("09:30"))
    control.refresh(replace(model, value="09:30:00.000"))
    click(qtbot, control.grid.card("other"))
    control.refresh(replace(model, value=told[-1][1]))
    click(qtbot, control.minutes.more)

    assert [value for _, value in told] == ["09:30:00.000", "09:30:00.000", "09:35:00.000"]
    assert control.panel.isVisible()


def test_languages_stand_in_their_own_script_and_direction(asked: Asked) -> None:
    control = asked(CONTROLS["language"](NL))

    assert control.grid.card("ar").label.own.words == "العربية"
    assert control.grid.card("ar").layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert control.grid.card("ti").label.own.words == "ትግርኛ"
    assert control.grid.card("ti").layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_cards_go_by_chosen_family_and_keep_what_was_ticked_elsewhere(asked: Asked, qtbot: QtBot) -> None:
    control = asked(CONTROLS["cards"](NL))
    told = heard(control)
    assert control.stage == ""

    assert control.advance()
    assert control.stage == "h"
    click(qtbot, control.grid.card("card_h3"))
    assert told == [("/data/q", "card_h1 card_h3 card_t1")]
    assert control.advance()
    assert control.stage == "t"
    assert not control.advance()
    assert control.retreat()
    assert control.stage == "h"


def test_families_are_a_question_of_their_own(asked: Asked, qtbot: QtBot) -> None:
    control = asked(CONTROLS["cards"](NL))
    told = heard(control)

    click(qtbot, control.grid.card("z"))
    assert told == [("/data/families", "h z t")]
    click(qtbot, control.grid.card("b"))

    assert len(told) == 1, "three families at most"
    assert control.near.isVisible()


def test_choosing_a_family_leaves_every_card_where_it_is(asked: Asked, qtbot: QtBot) -> None:
    control = asked(CONTROLS["cards"](NL))
    before = {card.value: (card, card.mapTo(control, card.rect().topLeft())) for card in control.grid.cards}

    click(qtbot, control.grid.card("z"))
    chosen = replace(control.model.parts[0], value="h z t")
    control.refresh(replace(control.model, parts=(chosen,)))
    QApplication.processEvents()

    assert {card.value: (card, card.mapTo(control, card.rect().topLeft())) for card in control.grid.cards} == before
    assert control.stages() == ["", "h", "z", "t"]


def test_more_cards_stand_behind_a_button(asked: Asked, qtbot: QtBot) -> None:
    control = asked(CONTROLS["cards"](NL))
    control.advance()
    assert "card_h4" not in [card.value for card in control.grid.cards]

    click(qtbot, control.more)

    assert "card_h4" in [card.value for card in control.grid.cards]
    assert control.more is None


def test_the_top_three_takes_three(asked: Asked, qtbot: QtBot) -> None:
    control = asked(CONTROLS["top-three"](NL))
    told = heard(control)

    click(qtbot, control.grid.card("card_h2"))
    click(qtbot, control.grid.card("card_h3"))

    assert told == [("/data/q", "card_h1 card_h7 card_h2")]
    assert control.count.text() == "3 van 3 gekozen"


def test_each_row_answers_for_itself(asked: Asked, qtbot: QtBot) -> None:
    control = asked(CONTROLS["skills"](NL))
    told = heard(control)

    click(qtbot, control.grids["/data/row[2]"].card("remove"))

    assert told == [("/data/row[2]", "remove")]


def test_a_skill_found_by_searching_becomes_a_row(asked: Asked, qtbot: QtBot) -> None:
    control = asked(CONTROLS["skills"](NL))
    qtbot.keyClicks(control.search.field, "na")
    qtbot.keyClick(control.search.field, Qt.Key.Key_Return)

    with qtbot.waitSignal(control.picked) as told:
        click(qtbot, control.search.results.cards[0])

    assert told.args == ["/data/q", "Naaister", "Naaister"]
    assert control.search.text() == ""


def test_rows_that_come_later_are_shown_and_answers_given_stay(asked: Asked) -> None:
    model = CONTROLS["skills"](NL)
    control = asked(model)
    extra = RowModel("/data/row[4]", "hair", "Haar knippen", "Haar knippen", "", model.rows[0].choices)

    control.refresh(replace(model, rows=(*model.rows, extra)))

    assert list(control.grids) == [f"/data/row[{n}]" for n in range(1, 5)]
    assert control.grids["/data/row[1]"].values() == ["confirm"]


def test_why_opens_the_reasons_and_closes_them(asked: Asked, qtbot: QtBot) -> None:
    control = asked(CONTROLS["suggestions"](NL))
    reasons = control.reasons["/data/row[1]"]
    assert not reasons.list.isVisible()

    qtbot.keyClick(reasons.button, Qt.Key.Key_Return)
    assert reasons.list.isVisible()
    qtbot.keyClick(reasons.button, Qt.Key.Key_Return)
    assert not reasons.list.isVisible()


def test_three_suggestions_stand_side_by_side(asked: Asked) -> None:
    control = asked(CONTROLS["suggestions"](NL))

    tops = {grid.parentWidget().y() for grid in control.grids.values()}

    assert len(control.grids) == 3
    assert len(tops) == 1


def test_not_yet_takes_the_chosen_directions_off_first(asked: Asked, qtbot: QtBot) -> None:
    control = asked(CONTROLS["direction"](NL))
    told = heard(control)

    click(qtbot, control.grid.cards[-1])
    click(qtbot, control.grid.cards[1])

    assert told == [
        ("/data/row[1]", "no"),
        ("/data/not_yet", "yes"),
        ("/data/not_yet", "no"),
        ("/data/row[2]", "yes"),
    ]


def test_own_words_stay_the_answer_when_an_occupation_is_picked(asked: Asked, qtbot: QtBot) -> None:
    control = asked(replace(CONTROLS["occupation"](NL), value=""))
    told = heard(control)
    control.first_focus().setFocus()
    qtbot.keyClicks(control.search.field, "klerenmaker")
    qtbot.keyClick(control.search.field, Qt.Key.Key_Down)
    assert QApplication.focusWidget() in control.search.results.cards

    with qtbot.waitSignal(control.picked) as picked:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)

    assert told[-1] == ("/data/q", "klerenmaker")
    assert picked.args == ["/data/q", "Kleermaker", "Kleermaker"]
    assert "Kleermaker" in control.link.text()


def test_a_readonly_question_takes_no_answer(asked: Asked, qtbot: QtBot) -> None:
    control = asked(replace(CONTROLS["work-now"](NL), readonly=True))
    told = heard(control)

    click(qtbot, control.grid.card("employee"))

    assert told == []


def test_yes_and_no_are_equally_large(asked: Asked) -> None:
    control = asked(CONTROLS["consent"](NL))

    yes, no = control.grid.cards

    assert yes.size() == no.size()


def test_the_control_outlives_its_theme(asked: Asked, themed: QApplication, helpers) -> None:
    control = asked(CONTROLS["cards"](Samples("ar")))
    control.advance()

    theme.apply(themed, size=theme.TextSize.LARGEST, scheme=theme.Scheme.CONTRAST)
    QApplication.processEvents()

    for card in control.grid.cards:
        assert card.label.height_at(card.label.own.box.width()) <= card.height()
        assert all(card.rect().contains(text.box) for text in card.label.texts)


def test_the_factory_gives_the_control_of_the_token(qtbot: QtBot, helpers) -> None:
    for token, kind in BY_TOKEN.items():
        if token in ("intake-cards", "intake-suggestions"):
            continue
        control = control_for(QuestionModel("/data/q", control="select1", appearance=(token,)), helpers)
        qtbot.addWidget(control)
        assert type(control) is kind
