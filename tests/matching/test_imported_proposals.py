"""Occupations of an imported list among the proposals: behind ours, few, and only where enough is known of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intake_app.catalogue.imported import LEVEL_OF_MAJOR_GROUP, REGULATED
from intake_app.domain.catalogue import Catalogue, Occupation, Provenance
from intake_app.domain.eligibility import Circumstances
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.reasons import ReasonCode
from intake_app.domain.recommendation import Fit, Recommendation
from intake_app.matching.compose import NEIGHBOUR, OWN_IDEA, OWN_WORK
from intake_app.matching.profile_file import profile_from_json, with_derived_skills
from intake_app.matching.radar import MOST_IMPORTED, radar
from intake_app.matching.recommend import explain_one, recommend
from intake_app.matching.route import propose_route
from intake_app.matching.rules import Rules

TODAY = date(2026, 11, 20)
NOBODY = Circumstances()
SEEN = ("cooking", "cleaning")


def imported(name: str, isco: str, core: tuple[str, ...] = SEEN, **more: object) -> Occupation:
    """An invented occupation as an imported list tells it."""
    level = LEVEL_OF_MAJOR_GROUP.get(isco[:1], 0)
    made = Occupation(
        id=f"esco:{name}", rank=10_000, label_nl=name, sector="", isco=isco, level_text="", lowest_level=level,
        highest_level=level, nlqf="", cefr="", cefr_by_law=False, riasec="", core_skills=core, other_skills=(),
        routes=(), requirements=(), body=(), cautions=(), source_class="", provenance=Provenance("ESCO v1.2", TODAY),
    )  # fmt: skip
    return replace(made, **more)


def with_list(catalogue: Catalogue, *found: Occupation, proposed: bool = True) -> Catalogue:
    ranked = {one.id: replace(one, rank=10_000 + place) for place, one in enumerate(found)}
    return replace(catalogue, wider=ranked if proposed else {}, elsewhere=ranked)


def person(catalogue: Catalogue, rules: Rules, **told: object) -> SkillsProfile:
    return with_derived_skills(profile_from_json(told), catalogue, rules)


def ids(found: tuple[Recommendation, ...]) -> list[str]:
    return [item.id for item in found]


@pytest.fixture
def cook(catalogue: Catalogue, rules: Rules) -> SkillsProfile:
    """Somebody who cooks and cleans alone, and little else."""
    return person(catalogue, rules, skills={"cooking": "alone", "cleaning": "alone"}, talk_form="full")


def test_one_that_fits_better_than_ours_is_proposed_with_what_is_not_known(
    catalogue: Catalogue, rules: Rules, cook: SkillsProfile
) -> None:
    wide = with_list(catalogue, imported("kampkok", "9699"))

    found = recommend(cook, wide, rules, today=TODAY)

    mine = next(item for item in found if item.id == "esco:kampkok")
    assert mine.reasons[0].code is ReasonCode.IMPORTED_LIST
    assert mine.routes == ()
    assert propose_route(wide.wider["esco:kampkok"], cook, NOBODY, rules) == ""
    assert ReasonCode.DEMAND_UNKNOWN in [reason.code for reason in mine.reasons]


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param(imported("chef", "1412"), id="leads others: more schooling than the list tells of"),
        pytest.param(imported("diëtist", "2265"), id="higher education"),
        pytest.param(imported("keurder", "9699", requirements=(REGULATED,)), id="regulated"),
        pytest.param(imported("snijder", "9699", core=("cooking",)), id="one skill of ours says too little"),
        pytest.param(imported("kok", "5120"), id="an occupation of ours has this very code"),
        pytest.param(imported("lasser", "9699", core=("welding", "cabling")), id="nothing of it was shown"),
    ],
)
def test_what_is_not_known_well_enough_is_never_proposed_by_rank(
    catalogue: Catalogue, rules: Rules, cook: SkillsProfile, hidden: Occupation
) -> None:
    assert hidden.id not in ids(recommend(cook, with_list(catalogue, hidden), rules, today=TODAY))


@pytest.mark.parametrize(("form", "most"), [("short", 1), ("full", 2)])
def test_few_of_them_stand_in_a_list_and_behind_ours_of_the_same_label(
    catalogue: Catalogue, rules: Rules, cook: SkillsProfile, form: str, most: int
) -> None:
    many = [imported(f"hulp{number}", "9699") for number in range(8)]

    found = recommend(replace(cook, talk_form=form), with_list(catalogue, *many), rules, today=TODAY)

    assert sum(item.id.startswith("esco:") for item in found) <= most
    for label in Fit:
        theirs = [item.id.startswith("esco:") for item in found if item.fit is label and not item.fixed]
        assert theirs == sorted(theirs)


def test_a_list_of_ours_is_the_same_with_and_without_them_when_ours_fit(catalogue: Catalogue, rules: Rules) -> None:
    ours = person(catalogue, rules, jobs=[{"occupation": "tm3", "when": "now", "years": "gt10"}], talk_form="short")
    wide = with_list(catalogue, *(imported(f"iets{number}", "9699") for number in range(20)))

    assert ids(recommend(ours, wide, rules)) == ids(recommend(ours, catalogue, rules))


def test_two_sectors_stand_in_the_list_whatever_the_list_leaves_open(
    catalogue: Catalogue, rules: Rules, cook: SkillsProfile
) -> None:
    wide = with_list(catalogue, *(imported(f"hulp{number}", "9699") for number in range(8)))

    found = recommend(replace(cook, talk_form="short"), wide, rules, today=TODAY)

    assert len({item.sector for item in found} - {""}) >= 2


@pytest.mark.parametrize("proposed", [True, False])
def test_own_work_and_own_idea_stand_first_also_when_only_the_list_knows_them(
    catalogue: Catalogue, rules: Rules, proposed: bool
) -> None:
    wide = with_list(catalogue, imported("kampkok", "2265"), imported("tentzeiler", "7534"), proposed=proposed)
    told = person(wide, rules, jobs=[{"occupation": "esco:kampkok", "when": "now"}], own_idea="esco:tentzeiler")

    found = recommend(told, wide, rules, today=TODAY)

    assert [(item.id, item.fixed) for item in found[:2]] == [
        ("esco:tentzeiler", OWN_IDEA),
        ("esco:kampkok", OWN_WORK),
    ]
    refused = recommend(told, wide, rules, today=TODAY, without={"esco:kampkok"})
    assert "esco:kampkok" not in ids(refused)


def test_the_neighbour_of_own_work_is_one_of_ours(catalogue: Catalogue, rules: Rules) -> None:
    wide = with_list(catalogue, imported("metaalbuiger", "7212"), imported("plaatwerker", "7213"))
    told = person(wide, rules, jobs=[{"occupation": "esco:metaalbuiger", "when": "now"}])

    near = [item.id for item in recommend(told, wide, rules) if item.fixed == NEIGHBOUR]

    assert near
    assert set(near) <= set(catalogue.occupations)


def test_household_cards_put_nothing_technical_or_regulated_above_with_learning(
    catalogue: Catalogue, rules: Rules
) -> None:
    """DOMAIN 4.4-16, over an imported list as well."""
    home = person(catalogue, rules, cards=["h1", "h2", "h3", "h4", "h5", "h6", "h7", "h8", "z1"])
    technical = imported("elektricien", "7411", core=("wiring", "cabling", "cooking"))
    nurse = imported("verpleger", "2221", core=("person_care", "cleaning"), requirements=(REGULATED,))
    for one in (technical, nurse):
        told = replace(home, years_at_school="y7_9")
        assert explain_one(one, told, with_list(catalogue, one), rules).fit is Fit.WITH_LEARNING
        assert one.id not in ids(recommend(home, with_list(catalogue, one), rules))


def test_on_the_radar_a_person_finds_a_few_of_them_behind_ours(
    catalogue: Catalogue, rules: Rules, cook: SkillsProfile
) -> None:
    wide = with_list(catalogue, *(imported(f"hulp{n}", "9699", sector="hospitality") for n in range(8)))
    sector = next(one.sector for one in catalogue.occupations.values() if one.id == "hd1")
    wide = replace(wide, wider={name: replace(one, sector=sector) for name, one in wide.wider.items()})

    theirs = [blip.occupation.startswith("esco:") for blip in radar(cook, wide, rules)[sector]]

    assert sum(theirs) == MOST_IMPORTED
    assert theirs == sorted(theirs)
    assert not any(blip.occupation.startswith("esco:") for blips in radar(None, wide, rules).values() for blip in blips)
