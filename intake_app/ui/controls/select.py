"""Choosing: one or several, yes or no, faces, a ladder of pictures, languages, a top three."""

from __future__ import annotations

from typing import ClassVar

from intake_app.i18n.gettext import translator
from intake_app.i18n.languages import LANGUAGES
from intake_app.ui.controls import words
from intake_app.ui.controls.base import QuestionControl
from intake_app.ui.widgets.answer_card import Answer
from intake_app.ui.widgets.answer_grid import AnswerGrid
from intake_app.ui.widgets.layout import row
from intake_app.ui.widgets.pair import Pair
from intake_app.ui.widgets.text import Badge


class SelectOneControl(QuestionControl):
    """One of the choices, as cards."""

    def build(self) -> None:
        self.grid = self.make_grid()
        self.grid.set_about(self.model.label.spoken)
        self.grid.changed.connect(lambda values: self.answered.emit(self.model.ref, self.in_order(values)))
        self.body.addWidget(self.grid)

    def in_order(self, values: list[str]) -> str:
        """What was chosen as the form keeps it; subclasses may mind the order."""
        return " ".join(values)

    def make_grid(self) -> AnswerGrid:
        """The cards; subclasses choose another form."""
        return AnswerGrid(self.answers_of(self.model), rtl=self.model.rtl, parent=self)

    def show_value(self, value: str) -> None:
        self.grid.set_values(value.split())

    def first_focus(self) -> AnswerGrid | None:
        return self.grid.first_focus()


class SelectMultipleControl(SelectOneControl):
    """Several of the choices, at most `max_choices`; an exclusive choice stands alone."""

    picture = 0

    def build(self) -> None:
        self.count = Badge("", "plain", self)
        super().build()
        self.grid.full.connect(self.too_many)
        self.grid.changed.connect(self._changed)
        if self.model.max_choices:
            self.put_count()
        else:
            self.count.hide()

    def put_count(self) -> None:
        """Show how many are chosen above the answers; subclasses put something beside it."""
        self.body.insertLayout(0, row(self.count, None))

    def make_grid(self) -> AnswerGrid:
        answers, most = self.answers_of(self.model), self.model.max_choices
        return AnswerGrid(answers, many=True, most=most, rtl=self.model.rtl, picture=self.picture, parent=self)

    def show_value(self, value: str) -> None:
        super().show_value(value)
        self._tell()

    def _changed(self, _values: list[str]) -> None:
        if not self.model.message:
            self.hush()
        self._tell()

    def _tell(self) -> None:
        most, count = self.model.max_choices, len(self.grid.values())
        if most:
            text = self.words.pair(words.CHOSEN_OF, count=count, most=most)
            self.count.set_badge(text.main, "good" if count else "plain")


class YesNoControl(SelectOneControl):
    """Yes and no as two large cards of equal weight: neither is made more inviting, not by colour either."""

    height = 112
    icons: ClassVar[dict[str, str]] = {"yes": "check", "no": "cross", "maybe": "question", "partly": "question"}

    def make_grid(self) -> AnswerGrid:
        answers = [
            answer._replace(pictogram="", icon=self.icons.get(answer.value, "skip"))
            for answer in self.answers_of(self.model)
        ]
        return AnswerGrid(
            answers,
            columns=len(answers),
            least=200,
            tile=False,
            picture=64,
            height=self.height,
            role="title",
            rtl=self.model.rtl,
            parent=self,
        )


class ConsentControl(YesNoControl):
    """Yes and no to a consent, a little lower: text and both answers are to be seen together."""

    height = 84
    head_picture = 48


class CompactControl(SelectOneControl):
    """A few choices in one low line, for a screen on which more must stay in sight."""

    def make_grid(self) -> AnswerGrid:
        answers = self.answers_of(self.model)
        return AnswerGrid(
            answers, columns=len(answers), least=200, tile=False, picture=32, rtl=self.model.rtl, parent=self
        )


class FacesControl(SelectOneControl):
    """Faces or marks in one line."""

    def make_grid(self) -> AnswerGrid:
        answers = self.answers_of(self.model)
        return AnswerGrid(
            answers, columns=len(answers), least=132, tile=True, picture=96, rtl=self.model.rtl, parent=self
        )


class LadderControl(SelectOneControl):
    """Can-do pictures from easy to hard, all in sight at once."""

    def make_grid(self) -> AnswerGrid:
        answers = self.answers_of(self.model)
        columns = len(answers) if len(answers) <= 6 else 4
        return AnswerGrid(answers, columns=columns, least=152, tile=True, picture=72, rtl=self.model.rtl, parent=self)


class LanguageControl(SelectOneControl):
    """Languages by their own name in their own script and direction, with the Dutch name below.

    Where one is chosen, those the program can lead the talk in come first and large.
    """

    def make_grid(self) -> AnswerGrid:
        answers = [self._answer(answer) for answer in self.answers_of(self.model)]
        if self.model.control == "select":
            return AnswerGrid(answers, many=True, tile=False, columns=4, least=216, rtl=self.model.rtl, parent=self)
        answers.sort(key=lambda answer: not _speaks(answer.value))
        lead = sum(_speaks(answer.value) for answer in answers)
        return AnswerGrid(
            [answer._replace(pictogram="") for answer in answers],
            tile=False,
            columns=5,
            least=200,
            height=56,
            role="body",
            lead=lead,
            rtl=self.model.rtl,
            parent=self,
        )

    def _answer(self, answer: Answer) -> Answer:
        known = LANGUAGES.get(answer.value)
        if known is None:
            return answer
        return Answer(answer.value, Pair(known.name, known.dutch, known.code), "", answer.exclusive)


def _speaks(code: str) -> bool:
    """Whether the program has texts in a language."""
    return code == "nl" or translator(code).has(words.YES)


class InterestsControl(YesNoControl):
    """What came out of the picture items, to look at, with the question whether it fits."""

    def build(self) -> None:
        super().build()
        if self.model.shown:
            answers = [Answer(c.value, self.model.pair(c), c.pictogram) for c in self.model.shown]
            self.pictures = AnswerGrid(
                answers, tile=True, columns=3, picture=112, rtl=self.model.rtl, display=True, parent=self
            )
            self.body.insertWidget(0, self.pictures)
