"""What was told in a follow-up talk (u01-u07), read by concept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from intake_app.domain.counting import Contact
from intake_app.domain.follow_up import FollowUpRecord
from intake_app.profile.answers import Answers
from intake_app.xforms.api import FormDefinition, FormEntry

DONE, DROPPED = "done", "dropped"
AGAIN = {
    "nl_understand": "again_understand",
    "nl_speak": "again_speak",
    "nl_read": "again_read",
    "nl_write": "again_write",
    "digital_can": "again_digital",
}
"""Concept in the talk to the one that asks it once more."""


@dataclass(frozen=True)
class StepTold:
    """How it went with a step: result done, busy, dropped or "" (not told), and when it was done."""

    number: int
    text: str = field(repr=False)
    result: str = ""
    done_on: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.result not in (DONE, DROPPED)


@dataclass(frozen=True)
class Told:
    """One follow-up. `counted` is the answer to C6 where it was asked here; `levels` are f01-f04 and f13 once more,
    by the concept they had in the talk; `meter` is what a test told."""

    day: date | None
    reached: bool
    steps: tuple[StepTold, ...] = ()
    outcome: str = ""
    outcome_month: date | None = None
    attended: tuple[str, ...] = ()
    arrived: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = field(default=(), repr=False)
    next_date: date | None = None
    closed: bool = False
    counted: str = ""
    levels: Mapping[str, str] = field(default_factory=dict, repr=False)
    meter: str = ""
    group: str = field(default="", repr=False)

    def steps_after(self, before: tuple[str, ...]) -> tuple[str, ...]:
        """The steps that are open from now on: those told as done or dropped are gone, new ones come behind."""
        if not self.reached:
            return before
        gone = {step.number for step in self.steps if not step.is_open}
        rest = (text for number, text in enumerate(before, 1) if number not in gone)
        return (*rest, *self.next_steps)


def told_in(answers: Answers) -> Told:
    """Read a follow-up talk; what was not asked or not told is empty."""
    return Told(
        day=_day(answers.host("follow_up_date")),
        reached=answers.text("reached") == "yes",
        steps=tuple(
            StepTold(int(row.host("id")), row.host("label"), row.text("step_result"), _day(row.text("step_done_date")))
            for row in answers.rows("steps")
            if row.host("id")
        ),
        outcome=answers.text("outcome"),
        outcome_month=_day(answers.text("outcome_month")),
        attended=tuple(row.host("id") for row in answers.rows("tasters") if row.text("taster_attended") == "yes"),
        arrived=tuple(row.host("id") for row in answers.rows("referrals") if row.text("referral_arrived") == "yes"),
        next_steps=tuple(
            row.text("next_step").strip() for row in answers.rows_with("next_step") if row.text("next_step").strip()
        ),
        next_date=_day(answers.text("next_date")),
        closed=answers.text("closed") == "yes",
        counted=answers.text("consent_stats"),
        group=answers.text("target_group"),
        levels={first: answers.text(again) for first, again in AGAIN.items() if answers.text(again)},
        meter=answers.text("meter_result"),
    )


def read_told(xml: bytes, form: FormDefinition) -> Told:
    """The same from the bytes of a talk. Raises FormInvalid for bytes of another form."""
    return told_in(Answers(FormEntry.restore(form, xml), form))


def contact_of(record: FollowUpRecord, form: FormDefinition) -> Contact:
    """A finished follow-up as indicators read it, without who it is. Raises FormInvalid for bytes of another form."""
    told = read_told(record.xml, form)
    return Contact(
        day=told.day or record.at.date(),
        reached=told.reached,
        outcome=told.outcome,
        outcome_month=told.outcome_month,
        attended=len(told.attended),
        arrived=len(told.arrived),
        steps_done=tuple(step.done_on for step in told.steps if step.result == DONE and step.done_on is not None),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
