"""The radar: sectors, what one has and misses, neighbours, roads with a step soon, distances in words."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from intake_app.catalogue.work_facts import load_work_facts
from intake_app.domain.catalogue import Catalogue
from intake_app.domain.eligibility import Circumstances
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.recommendation import Fit
from intake_app.errors import CatalogueInvalid
from intake_app.i18n.starters import ROUTE_STEP, STEPS
from intake_app.matching.near import reach_of_offer
from intake_app.matching.radar import LEAST_PER_SECTOR, close_by, neighbours, radar
from intake_app.matching.ranking import ranked
from intake_app.matching.road import road_to
from intake_app.matching.rules import Rules
from tests.matching.conftest import RESOURCES

ProfileOf = Callable[..., SkillsProfile]
TODAY = date(2027, 3, 1)


def test_every_sector_shows_at_least_five_and_no_occupation_twice(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    for profile in (None, profile_of("z4 z1 z6", "h1 h5")):
        found = radar(profile, catalogue, rules)
        assert set(found) == set(catalogue.terms["sector"])
        for sector, blips in found.items():
            ids = [blip.occupation for blip in blips]
            assert len(ids) == len(set(ids)) >= LEAST_PER_SECTOR
            for blip in blips:
                assert blip.own_sector is (catalogue.occupations[blip.occupation].sector == sector)


def test_every_occupation_stands_in_its_sector(catalogue: Catalogue, rules: Rules) -> None:
    own = {blip.occupation for blips in radar(None, catalogue, rules).values() for blip in blips if blip.own_sector}

    assert own == set(catalogue.occupations)


def test_for_a_person_the_best_comes_first_and_without_one_work_in_demand(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    profile = profile_of("z4 z1 z6", "h1 h5 h6 z3 o1 o2")
    order = [standing.occupation.id for standing in ranked(profile, catalogue, rules)]

    personal = [blip.occupation for blip in radar(profile, catalogue, rules)["care"]]
    anyone = radar(None, catalogue, rules)["technology"]

    assert personal == sorted(personal, key=order.index)
    assert [blip.kansberoep for blip in anyone] == sorted((blip.kansberoep for blip in anyone), reverse=True)
    assert all(blip.fit is None and blip.share == 0 for blip in anyone)


def test_kansberoep_is_said_only_where_a_source_of_now_names_it(catalogue: Catalogue, rules: Rules) -> None:
    blips = [blip for blips in radar(None, catalogue, rules).values() for blip in blips]

    assert {blip.occupation for blip in blips if blip.kansberoep} == {
        one.id
        for one in catalogue.occupations.values()
        if one.source_class == "A" and "demand_falling" not in one.cautions
    }


def test_from_close_by_every_skill_is_had_partly_had_or_missed(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    profile = profile_of("h1", jobs=("hd2",), skills={"baking": "alone", "dough": "help"})
    bakery = catalogue.occupations["gv6"]

    close = close_by(bakery, profile, Circumstances(), catalogue, rules)

    assert "baking" in close.have
    assert "dough" in close.partly
    assert set(close.have) | set(close.partly) | set(close.missing) == {*bakery.core_skills, *bakery.other_skills}
    assert close.fit in set(Fit)


def test_neighbours_are_of_other_sectors_and_share_special_skills(catalogue: Catalogue) -> None:
    found = 0
    for occupation in catalogue.occupations.values():
        for neighbour in neighbours(occupation, catalogue):
            other = catalogue.occupations[neighbour.occupation]
            found += 1
            assert other.sector != occupation.sector
            for skill in neighbour.shared:
                assert not catalogue.skills[skill].generic
                assert skill in (*occupation.core_skills, *occupation.other_skills)
                assert skill in (*other.core_skills, *other.other_skills)
    assert found > len(catalogue.occupations)


def test_every_road_has_a_step_within_two_weeks_whoever_asks(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    people = (
        SkillsProfile(),
        profile_of("h1", cefr={"understand": "a0", "speak": "a0"}, level="primary", hours="lt8"),
        profile_of("w1", learn_kind=["diploma"], level="mbo4", hours="gt32"),
    )
    for occupation in catalogue.occupations.values():
        for person in people:
            road = road_to(occupation, person, Circumstances(), catalogue, rules, today=TODAY)
            assert road.soon
            assert set(road.soon) <= set(STEPS)
            assert {way.route for way in road.ways} == set(occupation.routes)


def test_the_first_step_is_that_of_the_proposed_route(catalogue: Catalogue, rules: Rules) -> None:
    assert dict(rules.lists.step_of_route) == ROUTE_STEP


def test_language_help_comes_with_a_language_gap_only(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    office = catalogue.occupations["ad1"]
    low, enough = (profile_of("o1", cefr={"speak": level}) for level in ("a1", "b2"))

    assert road_to(office, low, Circumstances(), catalogue, rules).language
    assert road_to(office, enough, Circumstances(), catalogue, rules).language == ()


def test_money_is_always_only_a_maybe_and_says_where_to_ask(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    road = road_to(catalogue.occupations["tm6"], profile_of("t9"), Circumstances(), catalogue, rules)

    assert road.money
    for offer in road.money:
        codes = [reason.code.value for reason in offer.reasons]
        assert "offer_maybe" in codes
        assert "offer_ask_at" in codes


@pytest.mark.parametrize(
    ("transport", "municipality", "way", "minutes"),
    [
        (["bike"], "winterswijk", "bike", 0),
        (["bike"], "oost_gelre", "bike", 50),
        (["bike", "car"], "oost_gelre", "car", 15),
        ([], "montferland", "car", 40),
        (["bus_train"], "oost_gelre", "bike", 50),
    ],
)
def test_distance_is_told_as_a_person_would(
    catalogue: Catalogue,
    rules: Rules,
    profile_of: ProfileOf,
    transport: list[str],
    municipality: str,
    way: str,
    minutes: int,
) -> None:
    offer = next(one for one in catalogue.offers.values() if one.municipality == "winterswijk")
    person = profile_of(transport=transport, municipality=municipality)

    reach = reach_of_offer(offer, person, catalogue, rules)

    assert reach is not None
    assert reach.way == way
    assert abs(reach.minutes - minutes) <= 15
    assert reach.minutes % 5 == 0


def test_without_a_place_nothing_is_said_about_distance(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    placed = next(one for one in catalogue.offers.values() if one.municipality)
    nowhere = replace(placed, municipality="", place="")

    assert reach_of_offer(placed, profile_of(), catalogue, rules) is None
    assert reach_of_offer(nowhere, profile_of(municipality="aalten"), catalogue, rules) is None


def test_every_occupation_has_a_day_in_plain_words_and_no_pay_without_a_source(catalogue: Catalogue) -> None:
    facts = load_work_facts(RESOURCES / "catalogue")

    assert set(facts) == set(catalogue.occupations)
    assert all(told.day_nl.endswith(".") and len(told.day_nl) < 120 for told in facts.values())
    assert all(told.pay_nl == "" for told in facts.values())


def test_pay_is_told_once_a_source_is_put_beside_the_catalogue(tmp_path: Path) -> None:
    (tmp_path / "pay.csv").write_text("id,pay_nl,source,checked_on\ntm3,14 euro,cao metaal,2026-11-01\n", "utf-8")

    told = load_work_facts(tmp_path)["tm3"]

    assert (told.pay_nl, told.pay_source, told.pay_checked_on) == ("14 euro", "cao metaal", date(2026, 11, 1))


@pytest.mark.parametrize(
    ("line", "column"), [("tm3,14 euro,,2026-11-01", "source"), ("tm3,14 euro,cao,vandaag", "checked_on")]
)
def test_pay_without_source_or_day_is_refused(tmp_path: Path, line: str, column: str) -> None:
    (tmp_path / "pay.csv").write_text(f"id,pay_nl,source,checked_on\n{line}\n", "utf-8")

    with pytest.raises(CatalogueInvalid) as refused:
        load_work_facts(tmp_path)

    assert (refused.value.params["row"], refused.value.params["column"]) == (2, column)
