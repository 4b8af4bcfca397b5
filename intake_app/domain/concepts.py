"""The concept tags: the vocabulary through which code reaches answers, whatever a form names its questions.

A tag is the id of DOMAIN 2.5 without its letter and number: `a02_talk_language` is `talk_language`, `i03_top3` is
`top3`. A name that stands here keeps its meaning for ever; names that went out of use are never given again.
"""

from __future__ import annotations

NAMES = """
A Start:
    talk_language welcome question interpreter alone version
B Toestemming:
    explained text_what text_why text_who text_long text_choice text_no_control text_consent text_public_task
    consent_record consent_needs consent_origin
    consent_contact consent_central consent_stats consent_form
C Wie bent u?:
    age_group text_youth go_on call_name municipality postcode4 contact email contact_way family_name birth_year
D Uw situatie:
    work_now hours_now work_wish no_work_since has_helper found_us income born_abroad migration_type
    school_country target_group group_reason text_origin text_work text_no_work text_doubt text_unclear
E Papieren:
    civic civic_route work_allowed
F Taal, rekenen, computer:
    nl_understand nl_speak nl_read nl_write nl_proof read_languages other_languages letter devices digital_can
    basic_wish numbers meter_offer
G School en diploma's:
    highest nl_level course course_where course_result course_papers valued valued_level certificates valid
H Werk:
    ever_worked job job_sector job_years job_when job_tasks tasks_text job_liked job_proof
I Wat u kunt:
    asked_for asked_cards family cards own_card top3 level story skills_ok
J Wat vindt u leuk?:
    ri_r1 ri_r2 ri_r3 ri_r4 ri_r5 ri_i1 ri_i2 ri_i3 ri_i4 ri_i5 ri_a1 ri_a2 ri_a3 ri_a4 ri_a5 ri_s1 ri_s2 ri_s3
    ri_s4 ri_s5 ri_e1 ri_e2 ri_e3 ri_e4 ri_e5 ri_c1 ri_c2 ri_c3 ri_c4 ri_c5 recognise
K Wat is belangrijk?:
    values rather_not two_years picture
L Hoe wilt u werken of leren?:
    hours times transport travel_time physical_wish germany start needs tool_help care
M Waar wilt u hulp bij?:
    obstacles first money_help other_help
N Hoe leert u graag?:
    learn_best past learn_hours learn_kind taster taster_sector
O Hoe zit u erin?:
    confidence support supporters
P Kiezen:
    own_idea reaction reason chosen not_yet goal offers
Q Afspraken:
    step who partner date done_when referral handover share_consent follow_up time place how plan_form form
R Hoe was het?:
    useful know_place tip know_step status
X Aantekening:
    note
U Follow-up (form follow_up):
    reached step_result step_done_date outcome outcome_month taster_attended again_understand again_speak
    again_read again_write again_digital meter_result referral_arrived next_step next_date closed
Y Data request (form data_request):
    request_kind request_consent request_date requested_by
"""
"""Every concept by the section it belongs to; a line that ends with a colon names the section."""

CONCEPTS: frozenset[str] = frozenset(
    word for line in NAMES.splitlines() if not line.endswith(":") for word in line.split()
)
"""All concept tags that a form may use."""

HOST_VALUES: frozenset[str] = frozenset(
    [
        "case_card_days",
        "catalogue_version",
        "central_months",
        "chosen_route",
        "counsellor",
        "form_version",
        "group_rule",
        "job_occupation",
        "job_occupation_label",
        "language_state",
        "legal_basis",
        "location",
        "no_control_agreement",
        "override_reason",
        "participant_number",
        "plan_handed_over",
        "plan_number",
        "proposed_group",
        "retention_days",
        "role",
        "skipped",
        "special_months",
        "talk_id",
        "times",
    ]
)
"""Leaves that the app writes, not the talk: `FormEntry.set_host(name, value)`."""

HOST_LISTS: frozenset[str] = frozenset(
    [
        "consent_record",
        "papers",
        "job_tasks",
        "card_levels",
        "derived_skills",
        "suggestions",
        "offers",
        "steps",
        "tasters",
        "referrals",
    ]
)
"""Repeats whose rows the app writes: `FormEntry.set_host(name, rows)`; each row has at least id, label and source,
but for `consent_record`, which has the fields of `domain.consent.ConsentRecord`."""
