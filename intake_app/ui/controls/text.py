"""Typing: a few lines with ready sentences to tap, one line, digits, a phone number, an e-mail address."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from intake_app.ui.controls import words
from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.controls.keyboard_hint import KeyboardHint
from intake_app.ui.widgets.answer_grid import Answer, AnswerGrid
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.layout import row
from intake_app.ui.widgets.line_entry import LineEntry
from intake_app.ui.widgets.text_entry import TextEntry


class TextControl(QuestionControl):
    """A text of a few lines. It is said while it is typed (`typing`) and when the field is left (`answered`)."""

    takes_words = True
    """Whether letters are typed here, so that it matters which letters the keyboard writes."""

    def build(self) -> None:
        self.entry = self.make_entry()
        self.entry.setReadOnly(self.model.readonly)
        self.entry.typing_paused.connect(self._paused)
        self.entry.finished.connect(lambda text: self.answered.emit(self.model.ref, text))
        self._place_entry()
        if self.takes_words:
            self.keyboard = KeyboardHint(self.model.language)
            self.body.addWidget(self.keyboard)
        self.examples: AnswerGrid | None = None
        if self.model.examples:
            self._place_examples()

    def make_entry(self) -> TextEntry | LineEntry:
        """The field; subclasses take another one."""
        return TextEntry(self.model.label.spoken, rtl=self.model.rtl)

    def _place_entry(self) -> None:
        self.body.addWidget(self.entry)

    def _place_examples(self) -> None:
        answers = [Answer(pair.main, pair) for pair in self.model.examples]
        self.examples = AnswerGrid(
            answers, tile=False, columns=2, least=360, rtl=self.model.rtl, role="strong", parent=self
        )
        self.examples.changed.connect(self._example_chosen)
        self.body.insertWidget(0, BilingualLabel(self.words.pair(words.EXAMPLES), "small"))
        self.body.insertWidget(1, self.examples)

    def _example_chosen(self, values: list[str]) -> None:
        if values:
            self.entry.set_text(values[0])
            self.answered.emit(self.model.ref, values[0])

    def _paused(self, text: str) -> None:
        self.typing.emit(self.model.ref, text)
        if self.examples is not None:
            self.examples.set_values([text])

    def show_value(self, value: str) -> None:
        if not self.entry.hasFocus():
            self.entry.set_text(value)
        if self.examples is not None:
            self.examples.set_values([value])

    def flush(self) -> None:
        self.entry.finish()

    def first_focus(self) -> QWidget:
        return self.entry


class LineControl(TextControl):
    """A short text on one line, such as a name."""

    def make_entry(self) -> LineEntry:
        return LineEntry(self.model.label.spoken, rtl=self.model.rtl, widest=640)

    def _place_entry(self) -> None:
        self.body.addLayout(row(self.entry, None))


class DigitsControl(LineControl):
    """A number, a postcode or a phone number: always left to right."""

    takes_words = False

    def make_entry(self) -> LineEntry:
        widest = 360 if "intake-phone" in self.model.appearance else 200
        return LineEntry(self.model.label.spoken, digits=True, widest=widest)


class EmailControl(LineControl):
    """An e-mail address: always left to right."""

    takes_words = False

    def make_entry(self) -> LineEntry:
        return LineEntry(self.model.label.spoken, widest=520)
