"""The talk lived through the engine: which answers bring which questions, and which answers cannot be."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intake_app.xforms.api import FormDefinition, FormEntry, parse_form


@pytest.fixture(scope="module")
def talk_form(request) -> FormDefinition:
    path = request.config.rootpath / "resources" / "forms" / "compiled" / "intake.xml"
    return parse_form(path.read_bytes())


class Talk:
    """A talk in which questions are named without their path."""

    def __init__(self, form: FormDefinition) -> None:
        self.entry = FormEntry.new(form, now=lambda: datetime(2027, 3, 1, 10, 0, tzinfo=UTC), seed=1)

    def say(self, **answers: str) -> Talk:
        for name, value in answers.items():
            assert self.try_to_say(name, value), (name, value)
        return self

    def try_to_say(self, name: str, value: str) -> bool:
        return self.entry.set_value(self.ref(name), value).rejected is None

    def ref(self, name: str, instance: int = 1) -> str:
        for node in self.entry.nodes():
            if node.ref.rsplit("/", 1)[-1] == name and (instance == 1 or f"[{instance}]" in node.ref):
                return node.ref
        raise AssertionError(name)

    def asks(self, name: str) -> bool:
        return self.entry.node(self.ref(name)).relevant

    def offered(self, name: str) -> list[str]:
        return [choice.value for choice in self.entry.choices(self.ref(name), "nl") or ()]


@pytest.fixture
def talk(talk_form) -> Talk:
    return Talk(talk_form)


@pytest.mark.parametrize(
    ("question", "answers", "asked"),
    [
        ("a04_interpreter", {}, False),
        ("a04_interpreter", {"a02_talk_language": "nl"}, False),
        ("a04_interpreter", {"a02_talk_language": "ar"}, True),
        ("f02_nl_speak", {"a02_talk_language": "nl"}, False),
        ("f02_nl_speak", {"a02_talk_language": "ti"}, True),
        ("f08_letter", {"a02_talk_language": "nl", "a06_version": "short"}, True),
        ("f08_letter", {"a02_talk_language": "ar", "a06_version": "short"}, False),
        ("f08_letter", {"a02_talk_language": "ar", "a06_version": "full"}, True),
        ("c03b_go_on", {"c03_age_group": "16_17"}, True),
        ("c03b_go_on", {"c03_age_group": "18_26"}, False),
        ("d02_hours_now", {"d01_work_now": "agency_flex"}, True),
        ("d02_hours_now", {"d01_work_now": "skip"}, False),
        ("d05_no_work_since", {"d01_work_now": "no"}, True),
        ("d05_no_work_since", {}, False),
        ("f14b_numbers", {"f14_basic_wish": "read numbers"}, True),
        ("f14b_numbers", {"f14_basic_wish": "read"}, False),
        ("f15_meter_offer", {}, False),
        ("f15_meter_offer", {"a02_talk_language": "ar", "f03_nl_read": "a2"}, True),
        ("f15_meter_offer", {"a02_talk_language": "ar", "f03_nl_read": "b1"}, False),
        ("f15_meter_offer", {"a02_talk_language": "nl", "f08_letter": "read_self"}, False),
        ("f15_meter_offer", {"a02_talk_language": "nl", "f08_letter": "leave_it"}, True),
        ("f15_meter_offer", {"f13_digital_can": "send_photo search digid"}, True),
        ("f15_meter_offer", {"f13_digital_can": "none"}, True),
        ("f15_meter_offer", {"f13_digital_can": "send_photo search digid banking"}, False),
        ("g02_course", {}, False),
        ("g02_course", {"g01_highest": "y0"}, False),
        ("g02_course", {"g01_highest": "unsure"}, True),
        ("g05_course_papers", {"g01_highest": "y7_9"}, False),
        ("g05_course_papers", {"g01_highest": "y7_9", "g03_course_where": "nl"}, False),
        ("g05_course_papers", {"g01_highest": "y7_9", "g03_course_where": "other"}, True),
        ("g07_valued_level", {"g01_highest": "y7_9", "g03_course_where": "eu", "g06_valued": "yes"}, True),
        ("g08b_valid", {}, False),
        ("g08b_valid", {"g08_certificates": "none"}, False),
        ("g08b_valid", {"g08_certificates": "licence_b"}, True),
        ("h02_job", {"h01_ever_worked": "skip"}, False),
        ("h02_job", {"h01_ever_worked": "yes"}, True),
        ("h06_job_tasks", {"h01_ever_worked": "no"}, False),
        ("i03_top3", {"i01_cards": "card_h1 card_h2"}, False),
        ("i03_top3", {"i01_cards": "card_h1 card_h2 card_t9"}, True),
        ("i04_level", {}, False),
        ("i04_level", {"i01_cards": "card_h1"}, True),
        ("i04_level", {"i01_cards": "card_h1 card_h2 card_t9"}, False),
        ("i04_level", {"i01_cards": "card_h1 card_h2 card_t9", "i03_top3": "card_t9"}, True),
        ("m03_money_help", {"m01_obstacles": "money"}, True),
        ("m03_money_help", {"m01_obstacles": "skip"}, False),
        ("m02_first", {"f14_basic_wish": "read", "m01_obstacles": "money"}, True),
        ("m02_first", {"f14_basic_wish": "nothing_now", "m01_obstacles": "money"}, False),
        ("m02_first", {"f14_basic_wish": "nothing_now", "m01_obstacles": "nothing"}, False),
        ("m02_first", {"m01_obstacles": "money housing"}, True),
        ("n07_taster_sector", {}, False),
        ("n07_taster_sector", {"n06_taster": "no"}, False),
        ("n07_taster_sector", {"n06_taster": "maybe"}, True),
        ("q02b_partner", {"q02_who": "together"}, False),
        ("q02b_partner", {"q02_who": "partner"}, True),
        ("q07_handover", {}, False),
        ("q07_handover", {"q05_referral": "none"}, False),
        ("q07_handover", {"q05_referral": "taalhuis"}, True),
        ("q08_follow_up", {}, True),
        ("q08_follow_up", {"q08d_how": "none"}, False),
        ("q08b_time", {"q08_follow_up": "2027-03-15"}, True),
        ("q08b_time", {}, False),
        ("b05_consent_needs", {"b02_consent_record": "no"}, False),
        ("l07_needs", {"b02_consent_record": "yes", "b05_consent_needs": "yes"}, True),
        ("l07_needs", {"b02_consent_record": "yes", "b05_consent_needs": "no"}, False),
        ("l08_tool_help", {"b02_consent_record": "yes", "b05_consent_needs": "yes", "l07_needs": "none"}, False),
        ("l08_tool_help", {"b02_consent_record": "yes", "b05_consent_needs": "yes", "l07_needs": "sit_stand"}, True),
        ("d07_born_abroad", {"b02_consent_record": "yes", "b06_consent_origin": "no"}, False),
        ("e03_civic", {"b02_consent_record": "yes", "b06_consent_origin": "yes", "d07_born_abroad": "yes"}, True),
        ("e01_work_allowed", {}, False),
        ("e01_work_allowed", {"a02_talk_language": "ar"}, True),
        ("e01_work_allowed", {"a02_talk_language": "nl"}, False),
        ("c02_family_name", {"b02_consent_record": "yes", "b03_consent_central": "no"}, False),
        ("c02b_birth_year", {"b02_consent_record": "yes", "b03_consent_central": "yes"}, True),
        ("c07_contact_way", {"b02_consent_record": "yes", "b04_consent_contact": "yes"}, True),
        ("r01_useful", {"b02_consent_record": "yes", "b07_consent_stats": "yes"}, True),
        ("r01_useful", {"b02_consent_record": "yes"}, False),
        ("x01_note", {"b02_consent_record": "yes"}, True),
        ("x01_note", {}, False),
    ],
)
def test_a_question_comes_with_the_answers_it_depends_on(talk, question, answers, asked):
    assert talk.say(**answers).asks(question) is asked


def test_origin_questions_lead_to_the_country_of_a_foreign_school(talk):
    talk.say(b02_consent_record="yes", b06_consent_origin="yes", g01_highest="y10_12", g03_course_where="nl")
    assert not talk.asks("d08b_school_country")
    talk.entry.add_repeat("/data/course")
    talk.entry.set_value("/data/course[2]/g03_course_where", "other")
    assert talk.asks("d08b_school_country")


def test_interests_are_shown_after_twenty_of_the_thirty_items(talk):
    items = [node.ref for node in talk.entry.nodes() if "/j01_ri_" in node.ref]
    for ref in items[:19]:
        talk.entry.set_value(ref, "not")
    assert not talk.asks("j02_recognise")
    talk.entry.set_value(items[25], "fun")
    assert talk.asks("j02_recognise")


def test_a_phone_number_is_asked_for_later_contact_or_for_a_referral(talk):
    talk.say(b02_consent_record="yes", b04_consent_contact="no", q05_referral="taalhuis", q07_handover="message")
    assert not talk.asks("c06_contact")
    talk.say(q06_share_consent="yes")
    assert talk.asks("c06_contact")
    assert not talk.asks("c07_contact_way")
    talk.say(q06_share_consent="no", b04_consent_contact="yes")
    assert talk.asks("c06_contact")


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({"b02_consent_record": "yes", "q05_referral": "taalhuis", "q07_handover": "counsellor_calls"}, True),
        ({"b02_consent_record": "yes", "q05_referral": "taalhuis", "q07_handover": "participant_goes"}, False),
        ({"b02_consent_record": "no", "q05_referral": "taalhuis", "q07_handover": "counsellor_calls"}, False),
        ({"b02_consent_record": "yes", "q05_referral": "none"}, False),
    ],
)
def test_sharing_is_asked_only_when_somebody_passes_the_name_on(talk, answers, asked):
    assert talk.say(**answers).asks("q06_share_consent") is asked


def test_the_sharing_consent_names_the_organisation_in_the_language_of_the_talk(talk):
    talk.say(b02_consent_record="yes", q05_referral="taalhuis", q07_handover="message")
    dutch = talk.entry.label(talk.ref("q06_share_consent"), "nl")
    assert "deze vraag aan Taalhuis Achterhoek geven?" in dutch
    assert dutch.count("Taalhuis Achterhoek") == 2


def test_the_wording_of_the_first_consent_follows_the_legal_basis(talk):
    assert talk.asks("b02_text_consent")
    assert not talk.asks("b02_text_public_task")
    talk.entry.set_host("legal_basis", "public_task")
    assert not talk.asks("b02_text_consent")
    assert talk.asks("b02_text_public_task")


def test_the_promise_of_no_control_stands_only_under_its_agreement(talk):
    assert not talk.asks("b01_text_no_control")
    talk.entry.set_host("no_control_agreement", "yes")
    assert talk.asks("b01_text_no_control")


def test_the_period_in_a_consent_follows_the_setting_in_every_language(talk):
    ref = talk.ref("b02_text_consent")
    assert "tot 30 dagen nadat" in talk.entry.label(ref, "nl")
    talk.entry.set_host("retention_days", "14")
    assert "tot 14 dagen nadat" in talk.entry.label(ref, "nl")
    assert "until 14 days after" in talk.entry.label(ref, "en")
    assert "14" in talk.entry.label(ref, "ar")


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("a05_question", "work unsure school_diploma"),
        ("f12_devices", "tablet none"),
        ("f14_basic_wish", "nothing_now read"),
        ("d04_income", "skip ww"),
        ("m01_obstacles", "nothing skip"),
        ("i01a_family", "h z t b"),
        ("k01_values", "income learn quiet respect"),
        ("d02_hours_now", "90"),
        ("c05_postcode4", "0123"),
        ("c05_postcode4", "7000AB"),
        ("c06_contact", "bel mijn zus"),
        ("c06b_email", "naam zonder apenstaart"),
        ("c02b_birth_year", "85"),
        ("c02b_birth_year", "2020"),
    ],
)
def test_an_answer_that_cannot_be_is_not_kept(talk, question, value):
    talk.say(d01_work_now="employee", b02_consent_record="yes", b03_consent_central="yes", b04_consent_contact="yes")
    assert not talk.try_to_say(question, value)
    assert talk.entry.value(talk.ref(question)) == ""


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("f12_devices", "none"),
        ("f12_devices", "tablet internet"),
        ("m01_obstacles", "money housing paperwork confidence"),
        ("d04_income", "unsure other"),
        ("c05_postcode4", "7001"),
        ("c06_contact", "+31 6 1234 5678"),
        ("c06_contact", "0314-123456"),
        ("c06b_email", "anna@voorbeeld.nl"),
        ("c02b_birth_year", "1985"),
    ],
)
def test_an_ordinary_answer_is_kept(talk, question, value):
    talk.say(b02_consent_record="yes", b03_consent_central="yes", b04_consent_contact="yes")
    assert talk.try_to_say(question, value)
    assert talk.entry.value(talk.ref(question)) == value


def test_favourites_come_from_the_ticked_cards_and_go_with_them(talk):
    talk.say(i01_cards="card_h1 card_t9 card_w3 card_b5", i03_top3="card_t9 card_h1")
    assert talk.offered("i03_top3") == ["card_h1", "card_t9", "card_b5", "card_w3"]
    talk.say(i01_cards="card_h1 card_w3 card_b5")
    assert talk.entry.value("/data/i03_top3") == "card_h1"


def test_choosing_other_families_never_takes_a_card_away(talk):
    talk.say(i01a_family="h", i01_cards="card_h1 card_t9")
    talk.say(i01a_family="z o")
    assert talk.entry.value("/data/i01_cards") == "card_h1 card_t9"


def test_the_first_help_is_chosen_from_what_was_ticked(talk):
    talk.say(f14_basic_wish="read computer", m01_obstacles="money other_no_details")
    assert talk.offered("m02_first") == ["read", "computer", "money", "other_no_details"]


def test_a_plan_language_is_a_language(talk):
    assert "none_yet" not in talk.offered("q09_plan_form")
    assert "none_yet" in talk.offered("f06_read_languages")


def test_partners_and_referrals_offer_no_organisation_that_only_finds_people(talk):
    talk.say(q02_who="partner")
    assert {"none", "vindplaats"}.isdisjoint(talk.offered("q02b_partner"))
    assert "vindplaats" not in talk.offered("q05_referral")
    assert "none" in talk.offered("q05_referral")


def suggestions(talk: Talk, *ids: str) -> list[str]:
    talk.entry.set_host("suggestions", [{"id": one, "label": one, "source": "match"} for one in ids])
    return list(talk.entry.instances("/data/suggestions"))


def test_at_most_three_directions_are_chosen(talk):
    rows = suggestions(talk, "tm3", "zw3", "hd1", "lt1")
    for row in rows[:3]:
        assert talk.entry.set_value(f"{row}/p04_chosen", "yes").rejected is None
    assert talk.entry.set_value(f"{rows[3]}/p04_chosen", "yes").rejected is not None
    talk.entry.set_value(f"{rows[0]}/p04_chosen", "no")
    assert talk.entry.set_value(f"{rows[3]}/p04_chosen", "yes").rejected is None
    assert not [v for v in talk.entry.violations() if "p04" in v.ref]


def test_not_choosing_yet_goes_with_no_direction_chosen(talk):
    (row,) = suggestions(talk, "tm3")
    talk.entry.set_value(f"{row}/p04_chosen", "yes")
    assert not talk.try_to_say("p04b_not_yet", "yes")
    talk.entry.set_value(f"{row}/p04_chosen", "no")
    assert talk.try_to_say("p04b_not_yet", "yes")


def test_a_reason_is_asked_for_each_row_with_a_reaction(talk):
    first, second = suggestions(talk, "tm3", "zw3")
    talk.entry.set_value(f"{first}/p01_reaction", "nice")
    assert talk.entry.node(f"{first}/p02_reason").relevant
    assert not talk.entry.node(f"{second}/p02_reason").relevant


def test_tasks_of_a_job_stand_in_that_job(talk):
    talk.say(h01_ever_worked="yes")
    talk.entry.add_repeat("/data/job")
    talk.entry.set_host("job_occupation", "tm3", "/data/job[2]")
    talk.entry.set_host("job_tasks", [{"id": "welding", "label": "lassen", "source": "tm3"}], "/data/job[2]")
    assert talk.entry.value("/data/job[2]/job_occupation") == "tm3"
    assert talk.entry.label("/data/job[2]/job_tasks[1]/h06_job_tasks", "nl") == "Wat deed u op een gewone dag?"
    assert talk.entry.value("/data/job[1]/job_occupation") == ""


def test_a_talk_that_is_stopped_early_can_be_finished(talk):
    talk.say(a02_talk_language="nl", a06_version="short", c03_age_group="27_56", b02_consent_record="yes")
    talk.say(r06_status="stopped_by_participant")
    assert list(talk.entry.violations()) == []
