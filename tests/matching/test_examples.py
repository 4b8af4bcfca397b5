"""The worked examples of the matching rules, figure by figure (DOMAIN 4.4-16)."""

from collections.abc import Callable

import pytest

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.recommendation import Fit
from intake_app.matching.compose import first_list
from intake_app.matching.ranking import ranked
from intake_app.matching.recommend import rank_all
from intake_app.matching.rules import Rules

ProfileOf = Callable[..., SkillsProfile]
ON_THE_JOB = ["learn_on_job"]


@pytest.mark.parametrize(
    ("top", "cards", "keys", "expected"),
    [
        ("z4 z1 z6", "h1 h5 h6 z3 o1 o2", {}, ["zw3", "zw2", "ok3"]),
        ("b5 t5 t10", "b1 b6 b7 t1 t4 t7", {"learn_kind": ON_THE_JOB}, ["tm6", "gv3", "tm2"]),
        ("t9 t7 w3", "t4", {"learn_kind": ON_THE_JOB, "jobs": ("tm3",)}, ["tm3", "tm5", "tm1"]),
        ("h1 h2 w5", "h4 h8 v2", {"learn_kind": ON_THE_JOB}, ["hd2", "hd1", "hd3"]),
        ("z4 z5 z8", "z6 h1 h5", {"learn_kind": ON_THE_JOB}, ["zw3", "zw5", "zw2"]),
        ("b5 b6 b1", "b7", {"learn_kind": ON_THE_JOB, "jobs": ("gv3",)}, ["gv3", "gv2", "gv4"]),
        ("h7 s4 o7", "h6 h5", {}, ["ad3", "hd7", "hd4"]),
    ],
    ids=["home", "farm", "welder", "home cook", "carer", "farmer", "seamstress"],
)
def test_the_worked_examples_give_the_lists_of_the_rules(
    catalogue: Catalogue,
    rules: Rules,
    profile_of: ProfileOf,
    top: str,
    cards: str,
    keys: dict[str, object],
    expected: list[str],
) -> None:
    profile = profile_of(top, cards, **keys)

    listing = first_list(ranked(profile, catalogue, rules), profile, catalogue, rules, wish_filter=True)

    assert [item.id for item in listing] == expected


@pytest.mark.parametrize(
    ("top", "cards", "keys", "occupation", "score", "fit"),
    [
        ("z4 z1 z6", "h1 h5 h6 z3 o1 o2", {}, "zw3", 0.58, Fit.PARTLY),
        ("z4 z1 z6", "h1 h5 h6 z3 o1 o2", {}, "zw2", 0.53, Fit.PARTLY),
        ("z4 z1 z6", "h1 h5 h6 z3 o1 o2", {}, "ok3", 0.47, Fit.WITH_LEARNING),
        ("z4 z1 z6", "h1 h5 h6 z3 o1 o2", {}, "zw6", 0.08, Fit.WITH_LEARNING),
        ("b5 t5 t10", "b1 b6 b7 t1 t4 t7", {"learn_kind": ON_THE_JOB}, "tm6", 0.65, Fit.PARTLY),
        ("b5 t5 t10", "b1 b6 b7 t1 t4 t7", {"learn_kind": ON_THE_JOB}, "gv3", 0.65, Fit.PARTLY),
        ("b5 t5 t10", "b1 b6 b7 t1 t4 t7", {"learn_kind": ON_THE_JOB}, "tm2", 0.55, Fit.PARTLY),
        ("b5 t5 t10", "b1 b6 b7 t1 t4 t7", {"learn_kind": ON_THE_JOB}, "bi1", 0.31, Fit.WITH_LEARNING),
        ("t9 t7 w3", "t4", {"learn_kind": ON_THE_JOB, "jobs": ("tm3",)}, "tm3", 0.86, Fit.GOOD),
        ("b5 b6 b1", "b7", {"learn_kind": ON_THE_JOB, "jobs": ("gv3",)}, "gv3", 0.86, Fit.GOOD),
    ],
)
def test_the_worked_examples_give_the_figures_of_the_rules(
    catalogue: Catalogue,
    rules: Rules,
    profile_of: ProfileOf,
    top: str,
    cards: str,
    keys: dict[str, object],
    occupation: str,
    score: float,
    fit: Fit,
) -> None:
    found = {item.id: item for item in rank_all(profile_of(top, cards, **keys), catalogue, rules)}

    assert (found[occupation].score, found[occupation].fit) == (score, fit)


def test_even_all_farm_and_tool_cards_at_the_highest_level_make_no_electrician(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    cards = [card for card in catalogue.cards.values() if card.family in ("b", "t")]
    skills = {skill: "teach" for card in cards for skill in card.skills}
    others = " ".join(card.id for card in cards if card.id not in ("b5", "t5", "t10"))

    profile = profile_of("b5 t5 t10", others, skills=skills, learn_kind=ON_THE_JOB)
    found = {item.id: item for item in rank_all(profile, catalogue, rules)}

    assert (found["bi1"].score, found["bi1"].fit) == (0.5, Fit.WITH_LEARNING)


def test_the_same_answers_give_the_same_result(catalogue: Catalogue, rules: Rules, profile_of: ProfileOf) -> None:
    first = rank_all(profile_of("z4 z1 z6", "h1 h5"), catalogue, rules)
    again = rank_all(profile_of("z4 z1 z6", "h1 h5"), catalogue, rules)

    assert first == again
