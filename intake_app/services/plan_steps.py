"""Goal and steps of a talk, changed while the plan is in sight; each change is kept as any answer is (DOMAIN 6.6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from intake_app.domain.plan import OwnWords, PlanDocument, PlanStep
from intake_app.i18n.starters import Starter, starter_sentence
from intake_app.profile.answers import Row
from intake_app.services.conversation import Conversation
from intake_app.services.days import working_day
from intake_app.services.plans import person_words
from intake_app.services.policy import Action, guarded_object
from intake_app.services.rows import FIRST_STEP_DAYS
from intake_app.services.talk import Talk

GOAL = "goal"
FIELDS = ("step", "who", "partner", "date", "done_when")
"""Concepts of q01-q04: what, who, which organisation, by when (ISO), how one sees that it is done."""
_NOBODY = frozenset({"none", "vindplaats"})


@dataclass(frozen=True)
class StepFields:
    """One step as it stands, by the concepts of `FIELDS`; `number` counts from 0."""

    number: int
    values: Mapping[str, str] = field(repr=False)

    @property
    def is_empty(self) -> bool:
        """Whether it has no words yet; it then stands on no paper."""
        return not self.values["step"].strip()


@guarded_object(Action.TALK)
@dataclass
class PlanEditor:
    """Changes goal and steps of one talk. Methods that keep something raise StorageError when that failed.

    What was given then stays in `typed`, counts for the plan in sight, and is tried again by `keep`.
    """

    conversation: Conversation
    typed: dict[str, str] = field(default_factory=dict, repr=False)
    """Ref to text that is not kept yet."""

    # ------------------------------------------------------------------ as it stands
    @property
    def goal(self) -> str:
        """The goal in own words."""
        ref = self._talk.answers.ref(GOAL)
        return self._value(ref) if ref else ""

    def steps(self) -> tuple[StepFields, ...]:
        """Every step of the form, empty ones too."""
        return tuple(
            StepFields(number, {name: self._value(row.ref_of(name)) for name in FIELDS})
            for number, row in enumerate(self._rows())
        )

    @property
    def most(self) -> int:
        """How many steps this talk may have: three, in a short one two (q01)."""
        ref = self._talk.answers.ref("step") or ""
        told = self._talk.definition.binds[ref.rsplit("/", 1)[0]].tags.get("max", "")
        full, _, short = told.partition("/")
        return int((short if self._talk.walk.talk_form() == "short" and short else full) or 1)

    @property
    def can_add(self) -> bool:
        """Whether one more step fits."""
        steps = self.steps()
        return len(steps) < self.most or any(step.is_empty for step in steps)

    def plan(self, base: PlanDocument) -> PlanDocument:
        """The plan with goal and steps as they are on the screen, kept or not."""
        steps = tuple(self._told(step) for step in self.steps() if not step.is_empty)
        return replace(base, goal=person_words(self.goal, self.conversation.keeper), steps=steps)

    def starters(self) -> tuple[Starter, ...]:
        """Ready first steps, that of the chosen route first."""
        return self.conversation.steps()

    def goals(self) -> tuple[Starter, ...]:
        """Ready goals."""
        return self.conversation.goals()

    def used(self, starter: Starter) -> int | None:
        """The number of the step that says a ready sentence, in the talk language or in Dutch; None for none."""
        said = {starter_sentence(starter, self._talk.language), starter_sentence(starter, "nl")}
        return next((step.number for step in self.steps() if step.values["step"].strip() in said), None)

    def partners(self) -> tuple[tuple[str, str, str], ...]:
        """Code, name in the talk language and Dutch name of the organisations that can help with a step."""
        rows = self._rows()
        if not rows:
            return ()
        ref, code = rows[0].ref_of("partner"), self._talk.language
        entry = self._talk.entry
        own = {choice.value: choice.label for choice in entry.choices(ref, code) or ()}
        dutch = {choice.value: choice.label for choice in entry.choices(ref, "nl") or ()}
        return tuple((name, own.get(name, label), label) for name, label in dutch.items() if name not in _NOBODY)

    # ------------------------------------------------------------------ changes
    def hold(self, number: int, name: str, text: str) -> None:
        """Text of a step with every letter: it counts for the plan in sight."""
        self.typed[self._rows()[number].ref_of(name)] = text

    def hold_goal(self, text: str) -> None:
        """The same for the goal."""
        self.typed[self._talk.answers.ref(GOAL) or ""] = text

    def type(self, number: int, name: str, text: str) -> None:
        """Text of a step at a pause in typing: it also survives a crash."""
        self._type(self._rows()[number].ref_of(name), text)

    def type_goal(self, text: str) -> None:
        """The same for the goal."""
        self._type(self._talk.answers.ref(GOAL) or "", text)

    def set(self, number: int, name: str, value: str) -> None:
        """Keep a field of a step. Who does it, once it is no partner, lets go of the partner."""
        row = self._rows()[number]
        given = {row.ref_of(name): value}
        if name == "who" and value != "partner" and self._value(row.ref_of("partner")):
            given = {row.ref_of("partner"): "", **given}
        self._keep(given)

    def set_goal(self, text: str) -> None:
        """Keep the goal."""
        self._keep({self._talk.answers.ref(GOAL) or "": text})

    def add(self, text: str = "") -> int:
        """One more step, to be done within two weeks on a working day; gives its number.

        An empty one is used first. Raises ValueError when there is no room, see `can_add`.
        """
        if not self.can_add:
            raise ValueError("no room for a step")
        empty = next((step.number for step in self.steps() if step.is_empty), None)
        with self._talk.together():
            if empty is None:
                ref = self._talk.answers.ref("step") or ""
                self._talk.add_instance(ref.rsplit("/", 1)[0])
                empty = len(self._rows()) - 1
            row = self._rows()[empty]
            if not self._value(row.ref_of("date")):
                day = working_day(self._talk.clock.today() + timedelta(days=FIRST_STEP_DAYS))
                self.conversation.answer(row.ref_of("date"), day.isoformat())
            if text:
                self.conversation.answer(row.ref_of("step"), text)
        self.typed.pop(row.ref_of("step"), None)
        return empty

    def remove(self, number: int) -> None:
        """Take a step away; those after it move up."""
        rows = self._rows()
        self.typed.clear()
        with self._talk.together():
            if len(rows) > 1:
                self._talk.remove_instance(rows[number].ref)
            else:
                self._write(rows[number], dict.fromkeys(FIELDS, ""))

    def move(self, number: int, by: int) -> None:
        """Let a step change places with the one `by` further on; nothing where there is none."""
        steps, rows = self.steps(), self._rows()
        other = number + by
        if not 0 <= other < len(rows):
            return
        self.typed.clear()
        with self._talk.together():
            self._write(rows[number], steps[other].values)
            self._write(rows[other], steps[number].values)

    def keep(self) -> None:
        """Keep what could not be kept before."""
        self._keep(dict(self.typed))

    # ------------------------------------------------------------------ inside
    @property
    def _talk(self) -> Talk:
        return self.conversation.talk

    def _rows(self) -> tuple[Row, ...]:
        return self.conversation.talk.answers.rows_with("step")

    def _value(self, ref: str) -> str:
        return self.typed[ref] if ref in self.typed else self.conversation.talk.entry.value(ref)

    def _type(self, ref: str, text: str) -> None:
        self.typed[ref] = text
        self.conversation.talk.type(ref, text)

    def _keep(self, given: Mapping[str, str]) -> None:
        """All of it or nothing; what was not kept waits in `typed`."""
        self.typed.update(given)
        with self._talk.together():
            for ref, value in given.items():
                self.conversation.answer(ref, value)
        for ref in given:
            self.typed.pop(ref, None)

    def _write(self, row: Row, values: Mapping[str, str]) -> None:
        for name in FIELDS:
            if self.conversation.talk.entry.value(row.ref_of(name)) != values[name]:
                self.conversation.answer(row.ref_of(name), values[name])

    def _told(self, step: StepFields) -> PlanStep:
        values = step.values
        words = person_words(values["step"], self.conversation.keeper)
        partner = values["partner"] if values["who"] == "partner" else ""
        return PlanStep(
            what=words or OwnWords("", self.conversation.talk.language),
            who=values["who"] or "together",
            partner=partner,
            by=date.fromisoformat(values["date"]) if values["date"] else None,
            done_when=values["done_when"],
        )
