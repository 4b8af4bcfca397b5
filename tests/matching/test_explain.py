"""Every suggestion explains itself, with notes that never filter (DOMAIN 4.4-11 to 4.4-16)."""

import json
from collections.abc import Callable, Mapping
from datetime import date

import pytest

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.domain.recommendation import Recommendation
from intake_app.matching.recommend import rank_all
from intake_app.matching.rules import Rules

ProfileOf = Callable[..., SkillsProfile]
About = Callable[..., Recommendation]


@pytest.fixture
def about(catalogue: Catalogue, rules: Rules, profile_of: ProfileOf) -> About:
    """What is said about one occupation for a profile."""

    def of(occupation: str, top: str = "", today: date | None = None, **keys: object) -> Recommendation:
        found = rank_all(profile_of(top, **keys), catalogue, rules, today=today)
        return next(item for item in found if item.id == occupation)

    return of


def reason(item: Recommendation, code: ReasonCode) -> Reason | None:
    return next((each for each in item.reasons if each.code is code), None)


def test_it_says_what_the_person_can_already_core_skills_first(about: About) -> None:
    found = reason(about("zw3", "z4 z1 z6"), ReasonCode.CAN_ALREADY)

    assert found is not None
    assert found.params["skills"][0] == "home_care"  # type: ignore[index]  # params are objects by name


def test_it_says_which_liked_card_fits(about: About) -> None:
    found = reason(about("zw3", "z4 z1 z6"), ReasonCode.LIKED_CARD)

    assert found is not None
    assert found.params["card"] == ["z4"]


def test_a_card_that_was_not_a_favourite_is_named_too(about: About) -> None:
    found = reason(about("zw1", "z4 z1 z6", cards="h5"), ReasonCode.CARD_SHOWS)

    assert found is not None
    assert found.params == {"card": "h5", "skills": ["cleaning"]}


def test_it_names_interests_and_wishes_that_fit(about: About) -> None:
    item = about(
        "tm1",
        interests={"R": 9, "C": 2},
        learn_kind=["learn_on_job", "diploma"],
        physical_wish=["standing", "sitting"],
        taster_sectors=["technology"],
    )

    assert reason(item, ReasonCode.INTEREST_FITS) == Reason(ReasonCode.INTEREST_FITS, {"letters": "R"})
    assert reason(item, ReasonCode.WISH_LEARN_KIND) == Reason(
        ReasonCode.WISH_LEARN_KIND, {"kinds": ["learn_on_job", "diploma"]}
    )
    assert reason(item, ReasonCode.WISH_BODY) == Reason(ReasonCode.WISH_BODY, {"kinds": ["standing"]})
    assert reason(item, ReasonCode.WISH_SECTOR) == Reason(ReasonCode.WISH_SECTOR, {"sector": "technology"})


def test_missing_skills_are_those_not_shown_core_first(about: About) -> None:
    item = about("tm3", skills={"welding": "alone", "drawings": "help"})

    assert item.missing_skills[0] == "arc_welding"
    assert set(item.missing_skills) == {
        "arc_welding", "power_tools", "quality_control", "measuring", "accuracy", "safety", "hand_tools",
        "independence",
    }  # fmt: skip
    still = reason(item, ReasonCode.STILL_LEARN)
    assert still is not None
    assert still.params["skills"] == ["arc_welding", "power_tools", "quality_control"]


def test_it_says_why_it_takes_learning(about: About) -> None:
    item = about("zw6", "z4 z1 z6", years_at_school="y1_6")
    codes = {each.code for each in item.reasons}

    assert {ReasonCode.NO_CORE_SKILL, ReasonCode.LEVEL_GAP, ReasonCode.REGULATED_NO_PROOF} <= codes


def test_a_certificate_of_conduct_is_only_said_to_be_asked(about: About) -> None:
    item = about("ok3")

    assert reason(item, ReasonCode.VOG_ASKED) is not None
    needed = [each.params["requirement"] for each in item.reasons if each.code is ReasonCode.NEEDED]
    assert [asked["code"] for asked in needed if isinstance(asked, Mapping)] == ["FIRST_AID", "REGISTER"]


@pytest.mark.parametrize(
    ("occupation", "cefr", "code"),
    [
        ("tm1", {"speak": "a1"}, None),
        ("tm1", {"speak": "a0"}, ReasonCode.LANGUAGE_AT_WORK),
        ("tm3", {"speak": "a0"}, ReasonCode.LANGUAGE_FIRST),
        ("ok2", {"speak": "b1"}, ReasonCode.LANGUAGE_FIRST),
        ("zw6", {"speak": "b1"}, ReasonCode.LANGUAGE_AT_WORK),
        ("zw6", {}, None),
    ],
)
def test_language_changes_only_the_first_step(
    about: About, occupation: str, cefr: dict[str, str], code: ReasonCode | None
) -> None:
    said = {each.code for each in about(occupation, cefr=cefr).reasons}

    assert said & {ReasonCode.LANGUAGE_FIRST, ReasonCode.LANGUAGE_AT_WORK} == ({code} if code else set())


@pytest.mark.parametrize(
    ("occupation", "keys", "code", "said"),
    [
        ("hd2", {"transport": ["bike", "bus_train"]}, ReasonCode.NOTE_EARLY_SHIFT, True),
        ("hd2", {"transport": ["bike", "moped"]}, ReasonCode.NOTE_EARLY_SHIFT, False),
        ("hd2", {"transport": ["car"]}, ReasonCode.NOTE_EARLY_SHIFT, False),
        ("hd2", {}, ReasonCode.NOTE_EARLY_SHIFT, False),
        ("ad3", {"transport": ["walk"]}, ReasonCode.NOTE_EARLY_SHIFT, False),
        ("ad3", {"care": "needs_childcare"}, ReasonCode.NOTE_CHILDCARE_FIRST, True),
        ("ad3", {"care": "arranged"}, ReasonCode.NOTE_CHILDCARE_FIRST, False),
        ("hd2", {"times": ["school_hours"]}, ReasonCode.NOTE_FIXED_HOURS, True),
        ("ad3", {"times": ["school_hours"]}, ReasonCode.NOTE_FIXED_HOURS, False),
        ("lt4", {}, ReasonCode.NOTE_LICENCE, True),
        ("lt4", {"papers": ["licence_b"]}, ReasonCode.NOTE_LICENCE, False),
        ("hd6", {}, ReasonCode.CAUTION_SCREENING, True),
        ("zw6", {}, ReasonCode.CAUTION_REGISTRATION_FIRST, True),
        ("ad2", {}, ReasonCode.CAUTION_SELF_EMPLOYMENT, True),
        ("ic3", {}, ReasonCode.CAUTION_DEMAND_FALLING, True),
        ("gv7", {}, ReasonCode.CAUTION_BLOOD_ANIMALS, True),
        ("hd1", {}, ReasonCode.CAUTION_CONSULT_FIRST, False),
        ("tm6", {}, ReasonCode.DEMAND_HIGH, True),
        ("tm3", {}, ReasonCode.DEMAND_HIGH, False),
        ("tm3", {}, ReasonCode.DEMAND_UNKNOWN, True),
    ],
)
def test_notes_and_cautions_are_said_where_they_belong(
    about: About, occupation: str, keys: dict[str, object], code: ReasonCode, said: bool
) -> None:
    assert (reason(about(occupation, **keys), code) is not None) is said


@pytest.mark.parametrize(("today", "said"), [(date(2027, 11, 21), False), (date(2027, 11, 22), True), (None, False)])
def test_entries_older_than_a_year_are_to_be_checked(about: About, today: date | None, said: bool) -> None:
    assert (reason(about("tm3", today=today), ReasonCode.CHECK_DATE) is not None) is said


def test_every_parameter_can_travel_as_json(catalogue: Catalogue, rules: Rules, profile_of: ProfileOf) -> None:
    profile = profile_of("z4 t9 h1", "b5", jobs=("tm3",), interests={"R": 9}, own_idea="gv7", rather_not=["meat"])

    for item in rank_all(profile, catalogue, rules, today=date(2030, 1, 1)):
        for each in item.reasons:
            assert json.loads(json.dumps(dict(each.params))) == each.params
