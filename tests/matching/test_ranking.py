"""The fast ranking says exactly what the readable one says, whatever the profile."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.profile import SkillsProfile
from intake_app.matching.profile_file import profile_from_json, with_derived_skills
from intake_app.matching.ranking import ranked
from intake_app.matching.rules import Rules
from intake_app.matching.score import LABEL_ORDER, assess

CARDS = ["h1", "h2", "h4", "h6", "z1", "z4", "z5", "b5", "b6", "t4", "t5", "t7", "t9", "t10", "w3", "s4", "o7", "v2"]
LEVELS = ["seen", "help", "alone", "teach"]
PROFILES = st.fixed_dictionaries(
    {},
    optional={
        "cards": st.lists(st.sampled_from(CARDS), max_size=8),
        "top_cards": st.lists(st.sampled_from(CARDS), max_size=3),
        "skills": st.dictionaries(
            st.sampled_from(["welding", "cooking", "driving", "electrical", "teamwork", "medicines", "drawings"]),
            st.sampled_from(LEVELS),
        ),
        "interests": st.dictionaries(st.sampled_from(list("RIASEC")), st.integers(0, 10), min_size=1),
        "interests_confirmed": st.sampled_from(["", "yes", "partly", "no"]),
        "rather_not": st.lists(st.sampled_from(["nights", "heights", "noise", "body_care", "meat", "dirty", "alone"])),
        "physical_wish": st.lists(st.sampled_from(["standing", "sitting", "light_lifting", "outdoors", "varied"])),
        "learn_kind": st.lists(st.sampled_from(["learn_on_job", "diploma", "certificate", "language"])),
        "taster_sectors": st.lists(st.sampled_from(["care", "technology", "hospitality_cleaning_services"])),
        "level": st.sampled_from(["", "primary", "vmbo", "mbo3", "hbo"]),
        "years_at_school": st.sampled_from(["", "y0", "y7_9", "y13_plus"]),
        "papers": st.lists(st.sampled_from(["driving_b", "forklift", "vca"])),
        "jobs": st.lists(
            st.fixed_dictionaries(
                {"occupation": st.sampled_from(["tm3", "zw6", "lt3", "hd2", "ok6", "elsewhere"])},
                optional={"years": st.sampled_from(["lt1", "3_10"])},
            ),
            max_size=3,
        ),
    },
)


@settings(max_examples=150, deadline=None)
@given(content=PROFILES)
def test_order_label_fit_and_core_are_those_of_the_readable_calculation(
    catalogue: Catalogue, rules: Rules, content: dict[str, object]
) -> None:
    profile = with_derived_skills(profile_from_json(content), catalogue, rules)

    readable = [assess(each, profile, catalogue, rules) for each in catalogue.occupations.values()]
    expected = [
        (a.occupation.id, a.label, a.fit, a.core, a.level_gap, bool(a.avoided))
        for a in sorted(readable, key=lambda a: a.order)
    ]

    assert [
        (s.occupation.id, s.label, s.fit, s.core, s.level_gap, s.avoided) for s in ranked(profile, catalogue, rules)
    ] == expected


def test_an_occupation_without_known_skills_stands_last_and_is_no_error(catalogue: Catalogue, rules: Rules) -> None:
    empty = replace(catalogue.occupations["tm3"], id="esco:x", rank=10_000, core_skills=(), other_skills=(), riasec="")
    wider = replace(catalogue, occupations={**catalogue.occupations, empty.id: empty})
    profile = with_derived_skills(profile_from_json({"cards": CARDS, "interests": {"R": 10}}), wider, rules)

    found = {each.occupation.id: each for each in ranked(profile, wider, rules)}

    assert found["esco:x"].core == Fraction(0)
    assert LABEL_ORDER.index(found["esco:x"].label) == 2
    assert found["esco:x"].fit == assess(empty, profile, wider, rules).fit


def test_nothing_told_ranks_everything_at_nought(catalogue: Catalogue, rules: Rules) -> None:
    assert {each.fit for each in ranked(SkillsProfile(), catalogue, rules)} == {Fraction(0)}
