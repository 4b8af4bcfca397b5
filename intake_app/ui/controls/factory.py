"""Which control asks which question: by appearance token first, then by the kind of question."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.controls.cards import CardsControl
from intake_app.ui.controls.directions import ChooseDirectionControl, SuggestionsControl
from intake_app.ui.controls.model import Helpers, QuestionModel
from intake_app.ui.controls.note import NoteControl
from intake_app.ui.controls.occupation import OccupationSearchControl
from intake_app.ui.controls.past import PastDateControl, PastMonthControl
from intake_app.ui.controls.rows import RowsControl, SkillsCheckControl
from intake_app.ui.controls.select import (
    CompactControl,
    ConsentControl,
    FacesControl,
    InterestsControl,
    LadderControl,
    LanguageControl,
    SelectMultipleControl,
    SelectOneControl,
    YesNoControl,
)
from intake_app.ui.controls.text import DigitsControl, EmailControl, LineControl, TextControl
from intake_app.ui.controls.top_cards import TopCardsControl
from intake_app.ui.controls.upload import UploadControl
from intake_app.ui.controls.when import DateControl, TimeControl

BY_TOKEN: dict[str, type[QuestionControl]] = {
    "intake-cards": CardsControl,
    "intake-compact": CompactControl,
    "intake-consent": ConsentControl,
    "intake-date": DateControl,
    "intake-direction": ChooseDirectionControl,
    "intake-email": EmailControl,
    "intake-faces": FacesControl,
    "intake-families": SelectMultipleControl,
    "intake-goal": TextControl,
    "intake-interests": InterestsControl,
    "intake-ladder": LadderControl,
    "intake-language": LanguageControl,
    "intake-line": LineControl,
    "intake-occupation": OccupationSearchControl,
    "intake-offers": RowsControl,
    "intake-organisation": SelectOneControl,
    "intake-past-date": PastDateControl,
    "intake-past-month": PastMonthControl,
    "intake-phone": DigitsControl,
    "intake-place": LineControl,
    "intake-skills-check": SkillsCheckControl,
    "intake-step": TextControl,
    "intake-suggestions": SuggestionsControl,
    "intake-tasks": RowsControl,
    "intake-time": TimeControl,
    "intake-top-cards": TopCardsControl,
    "numbers": DigitsControl,
}
"""Appearance tokens of the forms; other tools ignore those that begin with intake-."""

_BY_KIND: dict[str, type[QuestionControl]] = {
    "int": DigitsControl,
    "integer": DigitsControl,
    "decimal": DigitsControl,
    "date": DateControl,
    "time": TimeControl,
}
_YES_NO = ({"yes", "no"}, {"yes", "no", "skip"}, {"yes", "maybe", "no"}, {"yes", "partly", "no"})


def control_class(model: QuestionModel) -> type[QuestionControl]:
    """The control for a question."""
    for token in model.appearance:
        found = BY_TOKEN.get(token)
        if found is SuggestionsControl and any(item.many for item in model.rows):
            return RowsControl
        if found is not None:
            return found
    if model.rows:
        return RowsControl
    if model.control == "upload":
        return UploadControl
    if model.control == "select":
        return SelectMultipleControl
    if model.control == "select1":
        return YesNoControl if {choice.value for choice in model.choices} in _YES_NO else SelectOneControl
    if model.control in ("note", "trigger"):
        return NoteControl
    return _BY_KIND.get(model.kind, TextControl)


def control_for(model: QuestionModel, helpers: Helpers, parent: QWidget | None = None) -> QuestionControl:
    """Make the control that asks a question."""
    return control_class(model)(model, helpers, parent)
