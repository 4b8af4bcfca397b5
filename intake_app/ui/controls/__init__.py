"""One control per kind of question, fed with plain values and answering with plain values."""

from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.controls.factory import control_class, control_for
from intake_app.ui.controls.model import ChoiceModel, Found, Helpers, QuestionModel, RowModel

__all__ = [
    "ChoiceModel",
    "Found",
    "Helpers",
    "QuestionControl",
    "QuestionModel",
    "RowModel",
    "control_class",
    "control_for",
]
