"""Which ready sentences fit this talk: goals and first steps from the choices made."""

from __future__ import annotations

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.profile import SkillsProfile
from intake_app.i18n.starters import GOALS, ROUTE_STEP, STEPS, Starter
from intake_app.matching.route import propose_route
from intake_app.matching.rules import Rules
from intake_app.profile.answers import Answers
from intake_app.profile.derive import derive_circumstances
from intake_app.services.rows import chosen_occupations

_LANGUAGE_WISHES = {"speak", "read", "write"}
_DIGITAL_WISHES = {"computer", "phone"}


def goal_starters(answers: Answers, catalogue: Catalogue) -> tuple[Starter, ...]:
    """Goals to start from, the chosen directions first."""
    found = [
        Starter(code, occupation.label_nl, chosen)
        for chosen in chosen_occupations(answers)
        if (occupation := catalogue.known_occupation(chosen)) is not None
        for code in ("goal_become", "goal_learn", "goal_try")
    ]
    wishes = set(answers.many("basic_wish")) | set(answers.many("learn_kind"))
    if wishes & (_LANGUAGE_WISHES | {"language"}):
        found.append(Starter("goal_dutch"))
    if wishes & (_DIGITAL_WISHES | {"digital"}):
        found.append(Starter("goal_digital"))
    return (*found, Starter("goal_work"))


def step_starters(answers: Answers, profile: SkillsProfile, catalogue: Catalogue, rules: Rules) -> tuple[Starter, ...]:
    """First steps to start from: the proposed route of each direction, then what the person wants help with."""
    found: list[Starter] = []
    for chosen in chosen_occupations(answers):
        if occupation := catalogue.occupations.get(chosen):
            route = propose_route(occupation, profile, derive_circumstances(answers), rules)
            found.append(Starter(ROUTE_STEP.get(route, "step_taster"), occupation.label_nl, chosen))
    wishes = set(answers.many("basic_wish")) | set(answers.many("learn_kind"))
    if wishes & (_LANGUAGE_WISHES | {"language"}):
        found.append(Starter("step_taalhuis"))
    if wishes & (_DIGITAL_WISHES | {"digital"}):
        found.append(Starter("step_digital"))
    if "money" in answers.many("obstacles"):
        found.append(Starter("step_money"))
    found.append(Starter("step_werkcentrum"))
    return tuple(dict.fromkeys(found))


def every_starter(answers: Answers, catalogue: Catalogue) -> tuple[Starter, ...]:
    """All sentences that could have been offered in this talk, to recognise one that was used."""
    chosen = [known for c in chosen_occupations(answers) if (known := catalogue.known_occupation(c)) is not None]
    with_name = [Starter(code, o.label_nl, o.id) for o in chosen for code in (*GOALS, *STEPS)]
    plain = [Starter(code) for code, text in (GOALS | STEPS).items() if "{occupation}" not in text]
    return (*with_name, *plain)
