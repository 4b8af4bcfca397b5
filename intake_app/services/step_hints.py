"""Kind hints for the steps of a plan: what, who, when, how it shows, and soon enough (DOMAIN 6.6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from intake_app.domain.plan import PlanDocument, PlanStep
from intake_app.profile.answers import Answers

SOON = timedelta(days=14)
"""The first step is done within two weeks."""
FEWEST_WORDS = 3
VERBS = ("bel", "ga", "vraag", "schrijf", "oefen", "kijk", "zoek", "maak", "breng", "lees", "mail", "meld")
"""What a first step often begins with, after "Ik"."""
_FREE_LATE = frozenset({"evening", "night", "weekend"})
_CARE = frozenset({"needs_childcare", "needs_other"})
_BEGINNINGS = ("ik ", "wij ", "we ")


@dataclass(frozen=True)
class StepHint:
    """One hint: which step (from 1), and what: no_step, action, person, day, past, soon, sign, or of `in_the_way`."""

    step: int
    code: str


def in_the_way(answers: Answers) -> tuple[str, ...]:
    """What makes steps hard to do, from l01-l05: `times` (free when offices are closed), `care`, `hours` (few)."""
    times = set(answers.many("times"))
    found = (
        ("care", answers.text("care") in _CARE),
        ("times", bool(times) and times <= _FREE_LATE),
        ("hours", answers.text("hours") == "lt8"),
    )
    return tuple(code for code, holds in found if holds)


def step_hints(plan: PlanDocument, hard: Sequence[str] = ()) -> tuple[StepHint, ...]:
    """What could still be said about the steps; `hard` is what `in_the_way` found. Never a must.

    A plan may always be printed as it is.
    """
    steps = [step for step in plan.steps if step.what.text.strip()]
    if not steps:
        return (StepHint(1, "no_step"),)
    found = [StepHint(number, code) for number, step in enumerate(steps, start=1) for code in _codes(step, plan)]
    days = [step.by for step in steps if step.by is not None]
    if days and min(days) > plan.made_on + SOON:
        found.append(StepHint(1, "soon"))
    # few hours only matter where much is asked of them
    found += [StepHint(1, code) for code in hard if code != "hours" or len(steps) > 1]
    return tuple(sorted(found, key=lambda hint: hint.step))


def _codes(step: PlanStep, plan: PlanDocument) -> list[str]:
    codes = []
    dutch = step.what.text if step.what.language == "nl" else step.what.dutch
    words = (dutch or step.what.text).split()
    # only Dutch shows whether somebody does something; in another language the length has to do
    does = not dutch or dutch.strip().lower().startswith(_BEGINNINGS)
    if len(words) < FEWEST_WORDS or not does:
        codes.append("action")
    if step.who == "partner" and not step.partner:
        codes.append("person")
    if step.by is None:
        codes.append("day")
    elif step.by < plan.made_on:
        codes.append("past")
    if not step.done_when.strip():
        codes.append("sign")
    return codes
