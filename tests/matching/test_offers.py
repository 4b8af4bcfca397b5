"""Offers and routes: always "misschien"; what a person is or gets decides nothing more (DOMAIN 4.4-12, 4.4-13)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.eligibility import Circumstances
from intake_app.domain.profile import Job, SkillsProfile
from intake_app.domain.reasons import Reason, ReasonCode
from intake_app.domain.recommendation import OfferSuggestion
from intake_app.matching.eligibility import consult_first_applies, suggest_offers
from intake_app.matching.route import propose_route
from intake_app.matching.rules import Rules

ProfileOf = Callable[..., SkillsProfile]
Offered = Callable[..., tuple[OfferSuggestion, ...]]
TODAY = date(2026, 11, 21)
WISHES = {"learn_kind": ["short_course", "certificate", "diploma", "learn_on_job", "language", "digital"]}


@pytest.fixture
def offered(catalogue: Catalogue, rules: Rules, profile_of: ProfileOf) -> Offered:
    def of(
        chosen: tuple[str, ...] = (), circumstances: Circumstances | None = None, today: date = TODAY, **keys: object
    ) -> tuple[OfferSuggestion, ...]:
        told = circumstances or Circumstances()
        return suggest_offers(profile_of(**keys), chosen, told, catalogue, _all_of(rules), today=today)

    return of


def _all_of(rules: Rules) -> Rules:
    return replace(rules, offers=replace(rules.offers, most=100))


def ids(found: tuple[OfferSuggestion, ...]) -> set[str]:
    return {offer.id for offer in found}


def test_without_an_answer_that_calls_for_it_nothing_is_offered(offered: Offered) -> None:
    assert offered() == ()


def test_every_offer_is_only_a_maybe(offered: Offered) -> None:
    found = offered(("tm6", "gv3", "zw6"), taster="yes", basic_wish=["read"], obstacles=["money"], **WISHES)

    assert len(found) > 10
    for offer in found:
        assert Reason(ReasonCode.OFFER_MAYBE) in offer.reasons


def test_money_and_work_places_say_where_to_ask(offered: Offered, catalogue: Catalogue) -> None:
    for offer in offered(("tm6", "gv3"), taster="yes", **WISHES):
        asks = [reason for reason in offer.reasons if reason.code is ReasonCode.OFFER_ASK_AT]
        if set(offer.kinds) & {"M", "W"}:
            assert asks == [Reason(ReasonCode.OFFER_ASK_AT, {"ask": catalogue.offers[offer.id].ask_nl})]
        else:
            assert asks == []


@pytest.mark.parametrize(
    ("keys", "offer"),
    [
        ({"basic_wish": ["speak"]}, "taalhuis_les"),
        ({"learn_kind": ["language"]}, "taalhuis_les"),
        ({"letter": "someone_helps"}, "taalhuis_les"),
        ({"cefr": {"speak": "a1"}}, "taalhuis_les"),
        ({"basic_wish": ["phone"]}, "digi_course"),
        ({"learn_kind": ["digital"]}, "digi_course"),
        ({"taster": "maybe"}, "taster"),
        ({"obstacles": ["money"]}, "budget_help"),
        ({"work_wish": ["other_job"]}, "career_talk"),
        ({"learn_kind": ["diploma"]}, "mbo"),
        ({"learn_kind": ["practice_statement"]}, "praktijkverklaring"),
    ],
)
def test_answers_call_up_their_offer(offered: Offered, keys: dict[str, object], offer: str) -> None:
    assert offer in ids(offered(**keys))


def test_long_experience_calls_up_the_certificate_of_experience(catalogue: Catalogue, rules: Rules) -> None:
    long, short = (SkillsProfile(jobs=(Job("tm3", years=years),)) for years in ("gt10", "lt1"))

    assert "evc" in ids(suggest_offers(long, (), Circumstances(), catalogue, rules))
    assert "evc" not in ids(suggest_offers(short, (), Circumstances(), catalogue, rules))


def test_foreign_schooling_calls_up_diploma_valuation_unless_it_was_done(offered: Offered) -> None:
    assert "idw" not in ids(offered())
    assert "idw" in ids(offered((), Circumstances(foreign_schooling=True)))
    assert "idw" in ids(offered((), Circumstances(foreign_schooling=True, diploma_valued="no")))
    assert "idw" not in ids(offered((), Circumstances(foreign_schooling=True, diploma_valued="yes")))


def test_a_chosen_kansberoep_calls_up_the_voucher_and_says_for_what(offered: Offered) -> None:
    voucher = next(offer for offer in offered(("zw1", "tm6")) if offer.id == "opijver_voucher")

    assert Reason(ReasonCode.OFFER_FOR_OCCUPATION, {"occupation": "tm6"}) in voucher.reasons


@pytest.mark.parametrize(
    ("circumstances", "offer", "shown"),
    [
        (Circumstances(), "uwv_school", True),
        (Circumstances(income=("ww",)), "uwv_school", True),
        (Circumstances(income=("bijstand",)), "uwv_school", False),
        (Circumstances(income=("skip",)), "uwv_school", True),
        (Circumstances(income=("bijstand",)), "pw_support", True),
        (Circumstances(work_now="employee"), "pw_support", False),
        (Circumstances(work_now="employee"), "sector_fund", True),
        (Circumstances(work_now="no"), "sector_fund", False),
        (Circumstances(age_group="57_plus"), "lllk", False),
        (Circumstances(age_group="27_56"), "lllk", True),
        (Circumstances(location_is_azc=True), "twv_info", True),
        (Circumstances(), "twv_info", False),
    ],
)
def test_what_is_known_can_rule_an_offer_out_and_what_is_not_known_cannot(
    offered: Offered, circumstances: Circumstances, offer: str, shown: bool
) -> None:
    assert (offer in ids(offered((), circumstances, **WISHES))) is shown


def test_offers_that_are_off_or_over_are_hidden(offered: Offered) -> None:
    everything = {**WISHES, "work_wish": ["other_job", "first_job"], "taster": "yes", "taster_sectors": ["technology"]}
    found = ids(offered(**everything))
    later = ids(offered(today=date(2027, 7, 1), **everything))

    assert not found & {"stap", "leertijd", "snelle_start"}
    assert "sample_taster_metal" in found
    assert "sample_taster_metal" not in later


def test_a_full_offer_is_hidden(catalogue: Catalogue, rules: Rules) -> None:
    full = replace(catalogue, offers={"taster": replace(catalogue.offers["taster"], capacity=0)})
    profile = SkillsProfile(taster="yes")

    assert ids(suggest_offers(profile, (), Circumstances(), catalogue, rules)) == {"taster"}
    assert suggest_offers(profile, (), Circumstances(), full, rules) == ()


def test_tasters_are_those_of_the_sectors_the_person_named(offered: Offered) -> None:
    found = ids(offered(taster="yes", taster_sectors=["care"]))

    assert {offer for offer in found if offer.startswith("sample_taster")} == {"sample_taster_care"}


def test_samples_are_marked(offered: Offered) -> None:
    found = {offer.id: offer.is_sample for offer in offered(taster="yes", taster_sectors=["care"])}

    assert found == {"sample_taster_care": True, "taster": False}


@pytest.mark.parametrize(
    ("travel", "shown"),
    [
        ({}, True),
        ({"transport": ["bike"], "max_travel_minutes": 30}, False),
        ({"transport": ["bike", "car"], "max_travel_minutes": 60}, True),
        ({"transport": ["bike", "bus_train"], "max_travel_minutes": 30}, True),
        ({"transport": ["bike"]}, True),
    ],
)
def test_travel_time_filters_offers_when_it_can_be_known(
    offered: Offered, travel: dict[str, object], shown: bool
) -> None:
    found = ids(offered(municipality="winterswijk", taster="yes", taster_sectors=["technology"], **travel))

    assert ("sample_taster_metal" in found) is shown


def test_the_list_stays_short_and_the_best_called_come_first(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    profile = profile_of(taster="yes", basic_wish=["read"], obstacles=["money"], letter="leave_it", **WISHES)

    found = suggest_offers(profile, ("tm6",), Circumstances(), catalogue, rules)

    assert len(found) == rules.offers.most
    assert found[0].id == "taalhuis_les"


# ------------------------------------------------------------------ consult first


@pytest.mark.parametrize(
    ("circumstances", "applies"),
    [
        (Circumstances(income=("none",)), False),
        (Circumstances(income=("student",)), False),
        (Circumstances(income=("ww",)), True),
        (Circumstances(income=("none", "bijstand")), True),
        (Circumstances(income=("other_uwv",)), True),
        (Circumstances(income=("unsure",)), True),
        (Circumstances(income=("skip",)), True),
        (Circumstances(), True),
        (Circumstances(income=("none",), location_is_azc=True), True),
    ],
)
def test_consult_first_is_said_at_a_benefit_an_azc_or_an_unknown_income(
    rules: Rules, circumstances: Circumstances, applies: bool
) -> None:
    assert consult_first_applies(("consult_first",), "W", circumstances, rules) is applies
    assert not consult_first_applies(("consult_first",), "C", circumstances, rules)
    assert not consult_first_applies(("self_employment",), "W", circumstances, rules)


def test_work_places_carry_consult_first_and_courses_do_not(offered: Offered) -> None:
    for offer in offered(taster="yes", circumstances=Circumstances(income=("ww",)), **WISHES):
        says = Reason(ReasonCode.CAUTION_CONSULT_FIRST) in offer.reasons
        assert says is ("W" in offer.kinds)


# ------------------------------------------------------------------ routes


@pytest.mark.parametrize(
    ("occupation", "keys", "route"),
    [
        ("tm3", {}, "P"),
        ("tm3", {"taster": "yes"}, "P"),
        ("tm3", {"taster": "no"}, "V"),
        ("tm3", {"taster": "no", "learn_kind": ["certificate"]}, "C"),
        ("tm3", {"taster": "yes", "jobs": ("tm3",)}, "V"),
        ("tm3", {"taster": "no", "learn_kind": ["diploma"], "hours": "24_32"}, "B"),
        ("tm3", {"taster": "no", "learn_kind": ["diploma"], "hours": "lt8"}, "V"),
        ("tm3", {"taster": "no", "learn_kind": ["diploma"], "hours": "lt8", "cefr": {"speak": "a0"}}, "V"),
        ("zw1", {"learn_kind": ["learn_on_job"]}, "W"),
        ("zw1", {"learn_kind": ["diploma"], "years_at_school": "y13_plus"}, "W"),
        ("zw1", {"learn_kind": ["diploma"], "years_at_school": "y0"}, "E"),
        ("zw6", {"level": "mbo3", "hours": "gt32"}, "B"),
        ("zw6", {"level": "primary"}, "B"),
        ("ok6", {"level": "hbo"}, "Z"),
        ("ok6", {}, "Z"),
        ("hd4", {"learn_kind": ["short_course"]}, "C"),
    ],
)
def test_the_route_follows_wish_level_language_and_hours(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf, occupation: str, keys: dict[str, object], route: str
) -> None:
    found = propose_route(catalogue.occupations[occupation], profile_of(**keys), Circumstances(), rules)

    assert found == route


def test_a_school_route_without_pay_is_not_proposed_to_who_earns_now(
    catalogue: Catalogue, rules: Rules, profile_of: ProfileOf
) -> None:
    """Teacher's assistant by day school only when no income is lost."""
    day_school = replace(catalogue.occupations["zw7"], routes=("O", "B"))
    profile = profile_of(level="mbo3", learn_kind=["diploma"], hours="gt32")

    assert propose_route(day_school, profile, Circumstances(work_now="employee"), rules) == "B"


def test_every_occupation_has_a_route_for_everybody(catalogue: Catalogue, rules: Rules, profile_of: ProfileOf) -> None:
    hardest = profile_of(
        hours="lt8", level="none", cefr={"speak": "a0"}, taster="no", work_now="no", start="now", learn_kind=["diploma"]
    )
    for occupation in catalogue.occupations.values():
        assert propose_route(occupation, hardest, Circumstances(), rules) in occupation.routes
