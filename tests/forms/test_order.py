"""The order of the three talk forms, written out, against the order columns of the questionnaire."""

from __future__ import annotations

import pytest

BEGINNING = "a02+a01 · a05 · a04+a04b · a06"
SHORT = (
    "a02+a01 · a05 · a04+a04b · a06 · c03 · c03b · b01+b02 · c01 · c04 · d01 · d03 · p03 · h01 · h02 · i06 · i01 · "
    "i03 · i07 · g01 · f02+f03+f08 · f14+m01 · k02 · l01 · l03+l04 · n06+n04 · p01 · p04 · p05 · q01+q03 · q05+q07 · "
    "q06 · q08+b04+c06 · b03 · r03"
)
SHORT_AFTER = "b08 · r06 · x01"
FIRST_SITTING = (
    "a02+a01 · a05 · a04+a04b · a06 · c03 · c03b · b01+b02 · c01 · c04 · c05 · d01+d02 · d03 · p03 · d05 · d06 · "
    "d10 · f01+f02+f03+f04 · f05 · f06+f07 · f08 · f12 · f13 · f14 · f15 · g01 · g02+g03+g04 · g05 · g06+g07 · g08 · "
    "h01 · h02+h03 · h04+h05 · h06 · h07+h08 · i06 · i01 · i02 · i03 · i04 · i05 · i07 · q01+q03 · q08+b04+c06+c07"
)
SECOND_SITTING = (
    "j01 · j02 · k01 · k02 · k03 · l01+l02 · l03+l04 · l06 · l09 · l10 · b05 · l07 · l08 · l05 · m01 · m02 · m03 · "
    "m04 · d04 · b06 · d07 · d08 · d08b · e03+e04 · e01 · n01 · n02 · n03 · n04+n06 · n07 · o02 · o03 · p01 · p02 · "
    "p04 · p05 · p07 · q01+q02+q03+q04 · q05+q07 · q06 · q08+b04+c06+c07 · q09 · b03+c02 · b07 · r01+r04 · r05 · r03"
)
FULL_AFTER = "b08 · d09 · r06 · x01"
PARTS = {
    "c02b": "c02", "c06b": "c06", "d09b": "d09", "f14b": "f14", "g01b": "g01", "g08b": "g08", "h06b": "h06",
    "i01a": "i01", "i06b": "i06", "k03b": "k03", "o03b": "o03", "p04b": "p04", "q02b": "q02", "q08b": "q08",
    "q08c": "q08", "q08d": "q08", "q09b": "q09",
}  # fmt: skip
"""The seventeen parts and the question on whose screen they stand."""

SECOND = 1000
AFTER = 2000


def screens(intake, talk_form: str) -> dict[int, list[str]]:
    """Place -> codes of the questions there, in the order of the sheet, without notes; j01's screens are one place."""
    found: dict[int, list[str]] = {}
    for ref, tags in intake.tags.items():
        name = ref.rsplit("/", 1)[-1]
        code = name.split("_")[0]
        if "_text_" in name:
            continue
        for place in tags.get(talk_form, "").split():
            here = 1010 if code == "j01" else int(place)
            if code not in found.setdefault(here, []):
                found[here].append(code)
    return dict(sorted(found.items()))


def steps(intake, talk_form: str, first: int, last: int) -> list[frozenset[str]]:
    """The screens as DOMAIN names them: without parts, which stand on the screen of their question."""
    return [
        frozenset(code for code in codes if code not in PARTS)
        for place, codes in screens(intake, talk_form).items()
        if first <= place < last
    ]


def expected(text: str) -> list[frozenset[str]]:
    return [frozenset(step.split("+")) for step in text.split(" · ")]


def test_one_question_is_the_beginning_that_all_talk_forms_share(intake):
    assert steps(intake, "one", 0, 9999) == expected(BEGINNING)
    for talk_form in ("short", "full"):
        beginning = {place: codes for place, codes in screens(intake, talk_form).items() if place <= 40}
        assert beginning == screens(intake, "one")


def test_the_short_talk_asks_in_the_written_order_in_34_steps(intake):
    assert steps(intake, "short", 0, AFTER) == expected(SHORT)
    assert len(expected(SHORT)) == 34
    assert steps(intake, "short", AFTER, 9999) == expected(SHORT_AFTER)


def test_the_full_talk_asks_in_the_written_order_in_two_sittings(intake):
    assert steps(intake, "full", 0, SECOND) == expected(FIRST_SITTING)
    assert steps(intake, "full", SECOND, AFTER) == expected(SECOND_SITTING)
    assert steps(intake, "full", AFTER, 9999) == expected(FULL_AFTER)


def test_the_thirty_picture_items_stand_five_to_a_screen(intake):
    places = [tags["full"] for ref, tags in intake.tags.items() if "/j01_ri_" in ref]
    assert len(places) == 30
    assert {places.count(place) for place in places} == {5}


@pytest.mark.parametrize("talk_form", ["short", "full"])
def test_a_part_stands_on_the_screen_of_its_question(intake, talk_form):
    for codes in screens(intake, talk_form).values():
        for part in PARTS.keys() & set(codes):
            assert PARTS[part] in codes


def test_six_questions_stand_in_both_sittings(intake):
    twice = {
        ref.rsplit("/", 1)[-1].split("_")[0]
        for ref, tags in intake.tags.items()
        if len(tags.get("full", "").split()) == 2
    }
    assert twice - PARTS.keys() == {"q01", "q03", "q08", "b04", "c06", "c07"}


def test_the_sheet_stands_in_the_order_of_the_full_talk(intake):
    places = [int(tags["full"].split()[-1]) for tags in intake.tags.values() if tags.get("full")]
    assert places == sorted(places)


def test_a_repeat_is_asked_without_another_question_between(intake):
    for talk_form in ("short", "full"):
        owners: list[str] = []
        places = sorted(
            (int(place), number, ref)
            for number, (ref, tags) in enumerate(intake.tags.items())
            for place in tags.get(talk_form, "").split()[-1:]
        )
        for _, _, ref in places:
            owner = ref.split("/")[2] if ref.count("/") > 2 else ""
            if owner and (not owners or owners[-1] != owner):
                assert owner not in owners
            owners.append(owner)
