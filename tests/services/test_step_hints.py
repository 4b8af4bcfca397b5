"""Hints for the steps are kind and right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from intake_app.commands.plan import sample_plan
from intake_app.domain.plan import OwnWords, PlanStep
from intake_app.services.printing import PrinterChoice, last_printer, remember_printer
from intake_app.services.step_hints import StepHint, step_hints
from tests.services.helps import make_office

GOOD = PlanStep(OwnWords("Ik bel het Taalhuis.", "nl"), "together", "", date(2026, 11, 30), "Ik weet de dag.")


def hints(*steps: PlanStep) -> tuple[StepHint, ...]:
    return step_hints(replace(sample_plan("nt1-cleaner"), made_on=date(2026, 11, 22), steps=steps))


def test_a_good_step_gets_no_hint() -> None:
    assert hints(GOOD) == ()
    assert hints(replace(GOOD, what=OwnWords("أتصل ببيت اللغة", "ar", "Ik bel het Taalhuis."))) == ()


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (replace(GOOD, what=OwnWords("Taalles", "nl")), "action"),
        (replace(GOOD, what=OwnWords("De taal beter leren spreken", "nl")), "action"),
        (replace(GOOD, what=OwnWords("درس", "ar")), "action"),
        (replace(GOOD, who="partner"), "person"),
        (replace(GOOD, by=None), "day"),
        (replace(GOOD, by=date(2026, 11, 1)), "past"),
        (replace(GOOD, by=date(2026, 11, 22) + timedelta(days=15)), "soon"),
        (replace(GOOD, done_when=" "), "sign"),
    ],
)
def test_each_lack_is_told_once(step: PlanStep, code: str) -> None:
    assert hints(step) == (StepHint(1, code),)


def test_one_early_step_is_soon_enough_for_all() -> None:
    assert hints(replace(GOOD, by=date(2027, 1, 10)), GOOD) == ()


def test_a_plan_without_steps_is_told() -> None:
    assert hints() == (StepHint(1, "no_step"),)
    assert hints(replace(GOOD, what=OwnWords(" ", "nl"))) == (StepHint(1, "no_step"),)


def test_the_printer_and_copies_are_remembered_within_bounds() -> None:
    store = make_office().store
    assert last_printer(store) == PrinterChoice()

    remember_printer(store, PrinterChoice("Balie", 2))
    assert last_printer(store) == PrinterChoice("Balie", 2)
    remember_printer(store, PrinterChoice("Balie", 400))
    assert last_printer(store).copies == 9
