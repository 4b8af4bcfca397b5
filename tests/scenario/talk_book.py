"""The twelve talks as data, and which questions each must ask: from the written orders and the table of questions.

Nothing here looks at the form or the walk: the orders stand in tests/forms/test_order.py, the conditions in
tests/data/forms/questions.csv, the rules of the walk below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from intake_app.services.rehearsal import Script, read_script
from tests.forms.questions import Told, questions
from tests.forms.test_order import (
    BEGINNING,
    FIRST_SITTING,
    FULL_AFTER,
    PARTS,
    SECOND_SITTING,
    SHORT,
    SHORT_AFTER,
)
from tests.forms.test_table import alone

TALKS = Path(__file__).resolve().parents[2] / "resources" / "sample" / "talks"
NAMES = (
    "refugee-two-sittings-ar",
    "asylum-seeker-one-question-ar",
    "displaced-from-ukraine-short-uk",
    "labour-migrant-not-written-en",
    "long-without-work-full-nl",
    "care-at-home-short-to-full-nl",
    "low-literate-short-nl",
    "beginner-with-family-short-ar",
    "work-limitation-full-nl",
    "stuck-worker-finished-to-full-nl",
    "youth-of-sixteen-short-uk",
    "young-adult-stopped-early-en",
)
TWICE = {"q01", "q03", "q08", "q08b", "q08c", "q08d", "b04", "c06", "c06b", "c07"}
"""Shown again, filled in, in the second sitting; the parts of q08 and c06 come with them."""
ALONE = {"two_of_us", "with_interpreter"}
INTERPRETERS = {"phone_interpreter", "interpreter_here"}
REVIEWED = {"nl"}
GATED = {"b05", "b06", "q06"}
ORDERS = {
    "one_question": (BEGINNING,),
    "short": (SHORT, SHORT_AFTER),
    "full": (FIRST_SITTING, SECOND_SITTING, FULL_AFTER),
}
SITTING_ENDS = {"contact_way"}


@cache
def talk(name: str) -> Script:
    """One of the twelve."""
    return read_script(TALKS / f"{name}.json")


def by_code(answers: Mapping[str, str | Sequence[str]]) -> dict[str, str | Sequence[str]]:
    """The answers of a script by the letter and number of their questions."""
    found: dict[str, str | Sequence[str]] = {}
    for code, question in questions().items():
        if (told := answers.get(question.id.split("_", 1)[1])) is not None:
            found[code] = told
    found["j01"] = [str(told) for concept, told in answers.items() if concept.startswith("ri_")]
    return found


def expected(script: Script) -> list[str]:
    """Codes of the questions this talk must ask, in order, each once; parts follow their question."""
    answers = {**by_code(script.answers), "a02": script.answers["talk_language"]}
    told = Told(answers, alone())
    found: list[str] = []
    for step in steps(script):
        codes = [one for code in step for one in (code, *(part for part, whole in PARTS.items() if whole == code))]
        found += [one for one in codes if one not in found and _asked(one, told, script)]
        if script.stop_after and _code_of(script.stop_after) in step:
            break
    return found


def steps(script: Script) -> list[list[str]]:
    """The steps of the talk's form in their written order; the questions of a step share a screen."""
    return [step.split("+") for text in ORDERS[str(script.answers["version"])] for step in text.split(" · ")]


def step_of(script: Script, code: str) -> int:
    """The first step in which a question stands."""
    return next(number for number, step in enumerate(steps(script)) if code in step)


def _asked(code: str, told: Told, script: Script) -> bool:
    if code == "j01":
        return True
    if code == "d09b":  # why another group than proposed: in none of the twelve does the counsellor choose another one
        return False
    question = questions()[code]
    form = str(script.answers["version"])
    if form == "short" and not question.short:
        return False
    if question.private and script.answers.get("alone") not in ALONE:
        return False
    if not question.volunteer and script.role == "volunteer":
        return False
    reviewed = script.answers["talk_language"] in REVIEWED or script.answers.get("interpreter") in INTERPRETERS
    if code in GATED and not reviewed:
        return False
    if question.repeat in ("job_tasks", "card_levels", "papers") and not told.answers.get(code):
        return False
    return told.asked(code)


def _code_of(concept: str) -> str:
    return next(code for code, question in questions().items() if question.id.split("_", 1)[1] == concept)
