"""A text to read together."""

from __future__ import annotations

from intake_app.ui.controls.base import QuestionControl


class NoteControl(QuestionControl):
    """Nothing to answer: the texts of the question are all there is."""
