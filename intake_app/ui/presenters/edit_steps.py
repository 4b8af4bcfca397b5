"""Goal and steps as the panel beside the plan shows them: words in both languages, hints per step, ready sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from intake_app.domain.plan import PlanDocument
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.starters import Starter, starter_sentence
from intake_app.services.conversation import Conversation
from intake_app.services.plan_steps import PlanEditor, StepFields
from intake_app.services.step_hints import in_the_way, step_hints
from intake_app.ui.controls.words import Words
from intake_app.ui.presenters.plan import HINTS
from intake_app.ui.presenters.questions import shown_language
from intake_app.ui.widgets.pair import Pair

WHO: Mapping[str, str] = {
    "participant": mark("Ik doe dit zelf"),
    "together": mark("Wij doen dit samen"),
    "counsellor": mark("Mijn begeleider doet dit"),
    "partner": mark("Een organisatie helpt"),
}
VERBS = (
    mark("Ik bel"),
    mark("Ik ga naar"),
    mark("Ik vraag"),
    mark("Ik schrijf"),
    mark("Ik oefen"),
    mark("Ik zoek"),
)
"""How a step that is really done begins (DOMAIN 6.6)."""
MOST_IDEAS = 4


@dataclass(frozen=True)
class Idea:
    """A ready sentence; `number` is the step that says it, None when no step does."""

    starter: Starter
    words: Pair
    number: int | None


class StepsPresenter:
    """One panel. Methods that keep something raise IntakeError when that failed; nothing typed is lost."""

    def __init__(self, conversation: Conversation) -> None:
        self.editor = PlanEditor(conversation)
        self.language = shown_language(conversation.talk.language)
        self.words = Words(self.language)
        self.asked: int | None = None
        self._hard = in_the_way(conversation.talk.answers)

    def steps(self) -> tuple[StepFields, ...]:
        """The steps with words, and one to fill in that was asked for, or where there is none yet."""
        steps = self.editor.steps()
        told = tuple(step for step in steps if not step.is_empty or step.number == self.asked)
        return told or steps[:1]

    def add(self) -> None:
        """One more step, to be filled in. Raises IntakeError."""
        self.asked = self.editor.add()

    def title(self, step: StepFields, place: int) -> Pair:
        """The heading of a step, from 1."""
        return self.words.pair(mark("Stap {number}"), number=place)

    def who(self) -> tuple[tuple[str, Pair], ...]:
        """Who may do a step."""
        return tuple((code, self.words.pair(message)) for code, message in WHO.items())

    def partners(self) -> tuple[tuple[str, Pair], ...]:
        """The organisations that may help, by Dutch name."""
        found = sorted(self.editor.partners(), key=lambda one: one[2])
        return tuple((code, Pair(own, dutch, self.language)) for code, own, dutch in found)

    def verbs(self) -> tuple[Pair, ...]:
        """Beginnings of a step."""
        return tuple(self.words.pair(verb) for verb in VERBS)

    def begun(self, text: str, verb: Pair) -> str:
        """A text with this beginning: before what stands there, or instead of another beginning."""
        rest = text.strip()
        for other in self.verbs():
            for begin in (other.own, other.dutch):
                if begin and rest.lower().startswith(begin.lower() + " "):
                    rest = rest[len(begin) :].strip()
        return f"{verb.main} {rest}" if rest else f"{verb.main} "

    def ideas(self) -> tuple[Idea, ...]:
        """Ready steps, that of the chosen route first."""
        return tuple(Idea(one, self._said(one), self.editor.used(one)) for one in self.editor.starters()[:MOST_IDEAS])

    def goals(self) -> tuple[Idea, ...]:
        """Ready goals; the number says nothing here."""
        return tuple(Idea(one, self._said(one), None) for one in self.editor.goals()[:MOST_IDEAS])

    def toggle(self, idea: Idea) -> bool:
        """Use a ready step, or let go of it; False when there is no room for one more. Raises IntakeError."""
        number = self.editor.used(idea.starter)
        if number is not None:
            self.editor.remove(number)
            return True
        if not self.editor.can_add:
            return False
        self.editor.add(idea.words.main)
        return True

    def hint(self, base: PlanDocument, place: int) -> str:
        """The first hint for the step at this place (from 1), in Dutch; "" for none."""
        hints = step_hints(self.plan(base), self._hard)
        found = next((hint for hint in hints if hint.step == place), None)
        if found is None:
            return ""
        return translator("nl").text(HINTS[found.code]).format(step=place)

    def plan(self, base: PlanDocument) -> PlanDocument:
        """The plan as it is on the screen."""
        return self.editor.plan(base)

    def day(self, step: StepFields) -> date | None:
        """The day of a step."""
        return date.fromisoformat(step.values["date"]) if step.values["date"] else None

    def _said(self, starter: Starter) -> Pair:
        dutch = starter_sentence(starter, "nl")
        own = starter_sentence(starter, self.language)
        return Pair("" if own == dutch and self.language != "nl" else own, dutch, self.language)
