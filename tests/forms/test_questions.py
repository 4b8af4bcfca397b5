"""Every question of the talk is there, of its type, with its consents, its shyness and its condition."""

from __future__ import annotations

import pytest


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


QUESTIONS = words("""
a02_talk_language a01_welcome a05_question a04_interpreter a04b_alone a06_version b01_explained b02_consent_record
b03_consent_central b04_consent_contact b05_consent_needs b06_consent_origin b07_consent_stats b08_consent_form
c01_call_name c02_family_name c02b_birth_year c03_age_group c03b_go_on c04_municipality c05_postcode4 c06_contact
c06b_email c07_contact_way d01_work_now d02_hours_now d03_work_wish d04_income d05_no_work_since d06_has_helper
d07_born_abroad d08_migration_type d08b_school_country d09_target_group d09b_group_reason d10_found_us
e01_work_allowed e03_civic e04_civic_route
f01_nl_understand f02_nl_speak f03_nl_read f04_nl_write f05_nl_proof
f06_read_languages f07_other_languages f08_letter f12_devices f13_digital_can f14_basic_wish f14b_numbers
f15_meter_offer g01_highest
g01b_nl_level g02_course g03_course_where g04_course_result g05_course_papers g06_valued g07_valued_level
g08_certificates g08b_valid h01_ever_worked h02_job h03_job_sector h04_job_years h05_job_when h06_job_tasks
h06b_tasks_text h07_job_liked h08_job_proof i01a_family i01_cards i02_own_card i03_top3 i04_level i05_story
i06_asked_for i06b_asked_cards i07_skills_ok j02_recognise k01_values k02_rather_not k03_two_years k03b_picture
l01_hours l02_times l03_transport l04_travel_time l05_care l06_physical_wish l07_needs l08_tool_help l09_germany
l10_start m01_obstacles m02_first m03_money_help m04_other_help n01_learn_best n02_past n03_learn_hours n04_learn_kind
n06_taster n07_taster_sector o02_confidence o03_support o03b_supporters p01_reaction p02_reason p03_own_idea p04_chosen
p04b_not_yet p05_goal p07_offers q01_step q02_who q02b_partner q03_date q04_done_when q05_referral q06_share_consent
q07_handover q08_follow_up q08b_time q08c_place q08d_how q09_plan_form q09b_form r01_useful r03_know_step r04_know_place
r05_tip r06_status x01_note
""")
"""All of them but j01_items, which is thirty questions of its own: 118 questions and 17 parts."""

PARTS = words("""
c02b_birth_year c06b_email d09b_group_reason f14b_numbers g01b_nl_level g08b_valid h06b_tasks_text i01a_family
i06b_asked_cards k03b_picture o03b_supporters p04b_not_yet q02b_partner q08b_time q08c_place q08d_how q09b_form
""")
REMOVED = ("a03_", "e02_", "f09_", "f10_", "f11_", "o01_")
TEXT_NOTES = {
    "b01_text_what", "b01_text_why", "b01_text_who", "b01_text_long", "b01_text_choice", "b01_text_no_control",
    "b02_text_consent", "b02_text_public_task", "c03_text_youth",
    "d09_text_origin", "d09_text_work", "d09_text_no_work", "d09_text_doubt", "d09_text_unclear",
}  # fmt: skip

PRIVATE = words("b05 b06 d04 d07 d08 d08b e01 e03 e04 f08 l05 l07 l08 m01 m02 m03 m04 n02")
NOT_FOR_VOLUNTEERS = words("b05 b06 d04 d07 d08 d08b d09 d09b e01 e03 e04 l07 l08 m02 m03 m04 x01")
CONSENTS = {
    "N": "a01 a04b e01",
    "C1": "b02",
    "C2": "c02 c02b",
    "C3": "c06 c06b c07",
    "C4": "l07 l08",
    "C5": "d07 d08 d08b e03 e04",
    "C6": "d09 d09b r01 r04 r05",
}
SENSITIVE = {
    "1": "d04 e03 e04 f06 f08 g03 g05 l05 m01 m02 m03 m04 n02 q06 x01",
    "9": "b05 b06 d07 d08 d08b d09 d09b l07 l08 q02b q05",
}
STAYS_HERE = words("c01 c02 c02b c06 c06b c07 x01 o02 d09 d09b r01 r04 r05 a01 a04b e01")
RELEASED_TEXT = words("c05 d08b g02 h02 i02 p03 p05 q01 q04")
MULTIPLE = words("""a05 c07 d03 d04 d06 f06 f07 f12 f13 f14 f14b g08 i01a i01 i03 i06b k01 k02 l02 l03 l06 l07 m01 n01
n04 n07 o03b p02 q09b""")
TYPED = {"d02": "int", "c02b": "int", "q03": "date", "q08": "date", "q08b": "time"}
FREE_TEXT = words("""c01 c02 c05 c06 c06b d08b g02 h02 h06b h07 i02 i05 i06 k03 m04 o03 p03 p05 q01 q04 q08c r05 x01""")
SHORT_QUESTIONS = 49
SHORT_PARTS = 8


def code(name: str) -> str:
    return name.rsplit("/", 1)[-1].split("_")[0]


def tagged(intake, tag: str, value: str) -> set[str]:
    return {
        code(ref)
        for ref, tags in intake.tags.items()
        if tags.get(tag) == value and "concept" in tags and ref.rsplit("/", 1)[-1] not in TEXT_NOTES
    }


def asked(intake) -> list[str]:
    names = [ref.rsplit("/", 1)[-1] for ref, tags in intake.tags.items() if "concept" in tags]
    return [name for name in names if name not in TEXT_NOTES and not name.startswith("j01_ri_")]


def test_every_question_and_part_is_there_under_its_final_name(intake):
    assert sorted(asked(intake)) == sorted(QUESTIONS)
    assert len(QUESTIONS) - len(PARTS) + 1 == 119
    assert len(PARTS) == 17


def test_removed_ids_are_not_used_again(intake):
    assert not [name for name in intake.order if name.startswith(REMOVED)]


def test_the_short_talk_has_49_questions_and_8_parts(intake):
    short = [name for name in asked(intake) if intake.tag(name, "short")]
    parts = [name for name in short if name in PARTS]
    assert (len(short) - len(parts), len(parts)) == (SHORT_QUESTIONS, SHORT_PARTS)


def test_private_questions_are_marked_for_the_walk(intake):
    assert tagged(intake, "private", "yes") == set(PRIVATE)


def test_questions_that_volunteers_never_get_are_marked_for_the_walk(intake):
    assert tagged(intake, "not_for", "volunteer") == set(NOT_FOR_VOLUNTEERS)


@pytest.mark.parametrize("consent", sorted(CONSENTS))
def test_questions_stand_under_their_consent(intake, consent):
    assert tagged(intake, "consent", consent) == set(CONSENTS[consent].split())


def test_all_other_questions_belong_to_the_service_itself(intake):
    elsewhere = {word for words in CONSENTS.values() for word in words.split()}
    assert tagged(intake, "consent", "T") == {code(name) for name in QUESTIONS} - elsewhere | {"j01"}


@pytest.mark.parametrize("level", ["1", "9"])
def test_sensitive_answers_are_marked(intake, level):
    assert tagged(intake, "sensitive", level) == set(SENSITIVE[level].split())


def test_names_contact_and_free_text_stay_on_the_laptop(intake):
    kept = tagged(intake, "central", "no")
    assert kept == set(STAYS_HERE) | (set(FREE_TEXT) - set(RELEASED_TEXT))


def test_questions_have_their_type(intake):
    for name in QUESTIONS:
        ref = intake.ref(name)
        kind = intake.controls[ref].tag.rsplit("}", 1)[-1]
        assert (kind == "select") == (code(name) in MULTIPLE), name
        assert intake.binds[ref]["type"] == TYPED.get(code(name), "string"), name
        asks_text = kind == "input" and code(name) not in TYPED and code(name) != "a01"
        assert asks_text == (code(name) in FREE_TEXT), name


def test_only_the_talk_form_and_the_age_questions_are_required(intake):
    required = {code(ref) for ref, bind in intake.binds.items() if bind.get("required")}
    assert required == {"a06", "c03", "c03b"}
    unskippable = tagged(intake, "no_skip", "yes")
    assert unskippable == {"a06", "c03", "c03b", "b02", "b03", "b04", "b05", "b06", "b07", "q06"}


def test_conditions_never_speak_of_roles_company_or_the_gate(intake):
    for ref, bind in intake.binds.items():
        for word in ("/role", "a04b_alone", "language_state", "c03_age_group"):
            assert word not in bind.get("relevant", "") or ref.endswith(("c03b_go_on", "c03_text_youth")), (ref, word)


def test_lists_that_the_app_fills_are_repeats_with_host_leaves(intake):
    lists = {
        ref.rsplit("/", 1)[-1]: {
            tags["host"] for child, tags in intake.tags.items() if child.startswith(f"{ref}/") and "host" in tags
        }
        for ref, tags in intake.tags.items()
        if "host" in tags and intake.binds[ref].get("type") is None
    }
    assert set(lists) == {
        "consent_record", "papers", "job_tasks", "card_levels", "derived_skills", "suggestions", "offers",
    }  # fmt: skip
    for name, leaves in lists.items():
        assert name == "consent_record" or {"id", "label", "source"} <= leaves
    assert {"chosen_route", "override_reason"} <= lists["suggestions"]
    assert {"code", "given", "text_version", "language", "way", "at", "withdrawn_at"} <= lists["consent_record"]


def test_what_the_app_writes_beside_the_talk_has_a_place(intake):
    values = words("""role location counsellor participant_number form_version catalogue_version language_state
    legal_basis no_control_agreement retention_days times skipped job_occupation plan_handed_over""")
    assert set(values) <= {tags.get("host") for tags in intake.tags.values()}


def test_repeats_have_their_most_instances(intake):
    most = {ref.rsplit("/", 1)[-1]: tags["max"] for ref, tags in intake.tags.items() if "max" in tags}
    assert most == {"course": "4", "job": "5/1", "own_card": "3", "step": "3/2", "referral": "3/1"}


def test_lists_with_all_rows_on_one_screen_are_marked(intake):
    together = {ref.rsplit("/", 1)[-1] for ref, tags in intake.tags.items() if tags.get("together") == "yes"}
    assert together == {"papers", "job_tasks", "card_levels", "derived_skills", "suggestions", "offers"}


def test_exclusive_choices_are_marked_in_every_list_of_which_several_may_be_chosen(intake):
    exclusive = {
        (name, row["name"]) for name, rows in intake.lists.items() for row in rows if row.get("exclusive") == "yes"
    }
    assert exclusive == {
        ("lang", "none_yet"), ("helper", "none"), ("income", "none"), ("income", "skip"), ("device", "none"),
        ("digital", "none"), ("basic_wish", "nothing_now"), ("certificate", "none"), ("rather_not", "none"),
        ("needs", "none"), ("obstacles", "nothing"), ("obstacles", "skip"),
    }  # fmt: skip


def test_volunteers_have_their_own_choices_without_a_filter(intake):
    volunteer = {
        name: {row["name"] for row in rows if row.get("volunteer") == "yes"} for name, rows in intake.lists.items()
    }
    assert volunteer["talk_form"] == {"one_question", "short"}
    assert volunteer["obstacles"] == {"other_no_details", "nothing"}


def test_ways_that_share_a_name_are_marked_for_the_gate(intake):
    gated = {row["name"] for row in intake.lists["handover"] if row.get("gate") == "C7"}
    assert gated == {"counsellor_calls", "message"}
    assert tagged(intake, "gate", "language") == {"b05", "b06", "q06"}
