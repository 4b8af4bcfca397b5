"""What leaves the laptop: a table of consents against every field of the real talk form, on the frozen bytes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pytest

from intake_app.bootstrap import load_forms
from intake_app.domain.instance import FrozenInstance
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.plans import sensitivity
from intake_app.services.talk import generic
from tests.fakes.storage import InMemoryStore
from tests.services.helps import BEGINNING, leaves, make_office, ref_of, told

CONSENTS = {
    "C2": "consent_central",
    "C3": "consent_contact",
    "C4": "consent_needs",
    "C5": "consent_origin",
    "C6": "consent_stats",
    "C7": "share_consent",
}
ALL = frozenset(CONSENTS)
TABLE = [
    frozenset(),
    ALL,
    *(frozenset({code}) for code in CONSENTS),
    *(ALL - {code} for code in CONSENTS),
    *(frozenset({"C2", code}) for code in CONSENTS if code != "C2"),
]
NEVER_CENTRAL = {
    "c01_call_name",
    "c02_family_name",
    "c02b_birth_year",
    "c06_contact",
    "c06b_email",
    "c07_contact_way",
    "x01_note",
    "o02_confidence",
    "d09_target_group",
    "d09b_group_reason",
    "proposed_group",
    "group_rule",
    "r01_useful",
    "r04_know_place",
    "r05_tip",
}
"""DOMAIN 8.10: the intake's central copy holds no name, no contact and none of these."""
MEMORY_ONLY = {"a01_welcome", "a04b_alone", "e01_work_allowed"}
PHONE, EMAIL, NAME, FAMILY, NOTE = (
    "0698765432",
    "truus@voorbeeld.example",
    "Truus Verzonnen",
    "Achternaam",
    "Aantekening",
)
ANSWERS = {
    **BEGINNING,
    "talk_language": "ar",
    "interpreter": "interpreter_here",
    "version": "full",
    "consent_central": "yes",
    "consent_contact": "yes",
    "consent_needs": "yes",
    "consent_origin": "yes",
    "consent_stats": "yes",
    "born_abroad": "yes",
    "needs": "quiet_place",
    "work_now": "employee",
    "highest": "y10_12",
    "course_where": "other",
    "valued": "yes",
    "certificates": "licence_b",
    "ever_worked": "yes",
    "cards": "card_h1 card_t9 card_w3",
    "top3": "card_h1 card_t9 card_w3",
    "basic_wish": "numbers",
    "obstacles": "money housing",
    "civic": "busy",
    "taster": "yes",
    "who": "partner",
    "partner": "bibliotheek",
    "referral": "taalhuis",
    "handover": "message",
    "share_consent": "yes",
    "how": "here",
    "follow_up": "2027-03-15",
    "contact": PHONE,
    "email": EMAIL,
    "call_name": NAME,
    "family_name": FAMILY,
    "birth_year": "1985",
    "note": NOTE,
    "status": "complete",
}
NOT_IN_THIS_PERSON = {
    "d05_no_work_since", "c03b_go_on", "c03_text_youth", "b01_text_no_control", "b02_text_public_task", "p04b_not_yet",
    "b01_text_what", "b01_text_why", "b01_text_who", "b01_text_long", "b01_text_choice",
    "d09_text_origin", "d09_text_work", "d09_text_no_work", "d09_text_doubt", "d09_text_unclear",
}  # fmt: skip
"""Asked of others: people without work, young people, another legal basis, who does not choose yet or asks again."""


def fill(conversation: Conversation) -> None:
    """Answer every question that this person is asked."""
    told(conversation, {"version": "full"})
    conversation.keeper.fill_suggestions()
    for concept, value in ANSWERS.items():
        told(conversation, {concept: value})
        if concept == "top3":
            conversation.choose_occupation(ref_of(conversation, "job"), "hd2")
            conversation.choose_occupation(ref_of(conversation, "own_idea"), "tm3")
            for prepare in (
                conversation.keeper.fill_skills,
                conversation.keeper.fill_papers,
                conversation.keeper.fill_card_levels,
                conversation.keeper.fill_job_tasks,
            ):
                prepare()
    told(conversation, {"chosen": "yes"})
    conversation.keeper.fill_offers()
    for _ in range(3):
        for ref in [node.ref for node in conversation.talk.entry.nodes() if is_open(node)]:
            conversation.answer(ref, some_answer(conversation, ref))
    conversation.plan_handed_over()


def is_open(node: object) -> bool:
    control = getattr(node, "control", None)
    return bool(
        control not in {None, "trigger", "group", "repeat"}
        and node.relevant  # type: ignore[attr-defined]
        and not node.readonly  # type: ignore[attr-defined]
        and not node.value  # type: ignore[attr-defined]
        and "not_yet" not in node.ref  # type: ignore[attr-defined]
    )


def some_answer(conversation: Conversation, ref: str) -> str:
    entry = conversation.talk.entry
    choices = entry.choices(ref, "nl")
    if choices:
        return next((c.value for c in choices if not c.properties.get("exclusive")), choices[0].value)
    kind = conversation.talk.definition.binds[generic(ref)].type
    special = {"c05_postcode4": "7101", "q08b_time": "10:00"}
    plain = {"int": "12", "date": "2027-03-20", "time": "10:00:00.000+00:00", "decimal": "1"}
    return special.get(ref.rsplit("/", 1)[-1]) or plain.get(kind, "eigen woorden")


@cache
def finished_talk() -> bytes:
    office = make_office(InMemoryStore())
    conversation = office.begin_talk()
    fill(conversation)
    return conversation.talk.stored_savepoint()


@cache
def frozen(consents: frozenset[str]) -> Mapping[str, FrozenInstance]:
    """The records of the same talk, the person having said yes to these consents and no to the others."""
    office, conversation = reopened()
    told(conversation, {concept: "no" for code, concept in CONSENTS.items() if code not in consents})
    if "C3" not in consents and "C7" in consents:
        told(conversation, {"contact": PHONE})
    assert office.finish(conversation).violations == ()
    with office.store.unit_of_work() as uow:
        return {instance.form_id: instance for instance in uow.instances.list()}


def reopened() -> tuple[Office, Conversation]:
    office = make_office(InMemoryStore())
    conversation = office.begin_talk()
    told(conversation, {"talk_language": "ar", "version": "full", "age_group": "27_56", "consent_record": "yes"})
    with office.store.unit_of_work() as uow:
        uow.drafts.save_savepoint(conversation.talk.header.instance_id, finished_talk(), 10_000)
        uow.commit()
    opened = office.open_talk(conversation.talk.header.instance_id)
    told(opened, {"alone": "two_of_us"})
    return office, opened


FORM = load_forms()["intake"]
FIELDS = sorted(
    ref
    for ref, node in FORM.nodes.items()
    if node.leaf and not ref.startswith("/data/meta") and ref != FORM.root and "central" in FORM.binds[ref].tags
)


def field_name(ref: str) -> str:
    return ref.rsplit("/", 1)[-1]


def test_the_person_of_this_table_answers_every_question_of_the_form() -> None:
    local = leaves(frozen(ALL)["intake"].xml)
    asked = {ref for ref in FIELDS if ref in FORM.controls and FORM.binds[ref].readonly is None}
    names = {field_name(ref) for ref in asked} - MEMORY_ONLY - NOT_IN_THIS_PERSON

    assert {name for name in names if not any(local.get(name, ()))} == set()
    assert {field_name(ref) for ref in FIELDS} - MEMORY_ONLY - NOT_IN_THIS_PERSON <= set(local)


@pytest.mark.parametrize("ref", FIELDS, ids=field_name)
def test_a_field_leaves_only_with_every_consent_it_needs(ref: str) -> None:
    tags, name = FORM.binds[ref].tags, field_name(ref)
    needed = set(tags["consent"].split()) - {"T", "C1"}
    for consents in TABLE:
        central = frozen(consents)["intake"].released_xml
        if "C2" not in consents:
            assert central is None
            continue
        assert central is not None
        present = name in leaves(central)
        if "N" in needed or not needed <= consents or tags["central"] != "yes" or name in NEVER_CENTRAL:
            assert not present, (name, sorted(consents))
        elif consents == ALL and name not in NOT_IN_THIS_PERSON:
            assert present, name


@pytest.mark.parametrize("consents", TABLE, ids=lambda codes: "+".join(sorted(codes)) or "none")
def test_no_name_contact_or_note_stands_in_what_leaves_beside_the_form_that_is_for_it(consents: frozenset[str]) -> None:
    for form_id, instance in frozen(consents).items():
        if instance.released_xml is None:
            continue
        texts = [text for found in leaves(instance.released_xml).values() for text in found]
        forbidden = [NOTE]
        if form_id != "participant":
            forbidden += [NAME, FAMILY, PHONE, EMAIL]
        elif "C3" not in consents:
            forbidden += [PHONE, EMAIL]
        assert not [word for word in forbidden for text in texts if word in text], form_id


@pytest.mark.parametrize("consents", TABLE, ids=lambda codes: "+".join(sorted(codes)) or "none")
def test_answers_that_live_in_memory_only_stand_in_no_frozen_byte(consents: frozenset[str]) -> None:
    for instance in frozen(consents).values():
        assert not MEMORY_ONLY & set(leaves(instance.xml))


def test_without_consent_to_send_there_is_no_row_that_could_be_sent() -> None:
    office, conversation = reopened()
    told(conversation, {"consent_central": "no"})
    outcome = office.finish(conversation)

    assert outcome.stored
    assert outcome.queued == ()
    assert office.outbox().waiting() == ()
    with office.store.unit_of_work() as uow:
        assert [(one.form_id, one.released_xml) for one in uow.instances.list()] == [("intake", None)]


def test_with_consent_to_send_four_records_wait_and_their_bytes_are_the_released_ones() -> None:
    office, conversation = reopened()
    office.finish(conversation)
    with office.store.unit_of_work() as uow:
        released = {one.instance_id: one.released_xml for one in uow.instances.list()}

    assert {item.form_id for item in office.outbox().waiting()} == {"intake", "participant", "plan", "status"}
    assert {item.instance_id: item.xml for item in office.outbox().waiting()} == released


def test_the_form_for_the_person_carries_contact_only_with_its_consent() -> None:
    with_contact, without = frozen(ALL)["participant"].xml, frozen(ALL - {"C3"})["participant"].xml

    assert leaves(with_contact)["contact"] == [PHONE]
    assert leaves(with_contact)["email"] == [EMAIL]
    assert not {"contact", "email", "contact_way"} & set(leaves(without))
    assert leaves(without)["call_name"] == [NAME]


def test_the_counting_line_holds_no_content() -> None:
    status = leaves(frozen(ALL)["status"].xml)

    assert status["kind"] == ["talk"]
    assert status["state"] == ["complete"]
    assert status["plan_handed_over"] == ["yes"]
    assert "referrals_made" not in leaves(frozen(ALL - {"C6"})["status"].xml)


# ---------------------------------------------------------------- referrals by their sensitivity
CATALOGUE = make_office().catalogue
SENSITIVE = sorted(name for name, one in CATALOGUE.organisations.items() if one.sensitive)


def sent_with(organisation: str, share: str) -> dict[str, dict[str, list[str]]]:
    office, conversation = reopened()
    told(conversation, {"referral": organisation, "handover": "message", "share_consent": share})
    told(conversation, {"partner": organisation, "contact": PHONE})
    office.finish(conversation)
    return {item.form_id: leaves(item.xml) for item in office.outbox().waiting()}


def test_the_sensitive_partners_are_those_of_the_field() -> None:
    nine = {name for name, one in CATALOGUE.organisations.items() if one.sensitive == 9}

    assert nine == {"ggz_ips", "coa", "vluchtelingenwerk", "union"}
    assert set(SENSITIVE) - nine == {"uwv", "gemeente_sociaal"}
    listed = reopened()[1].talk.entry.choices("/data/referral[1]/q05_referral", "nl") or ()
    assert set(SENSITIVE) <= {choice.value for choice in listed}


@pytest.mark.parametrize("organisation", SENSITIVE)
def test_a_sensitive_referral_leaves_without_its_partner(organisation: str) -> None:
    records = sent_with(organisation, "no")
    texts = {text for found in records.values() for values in found.values() for text in values}

    assert not {organisation, CATALOGUE.organisations[organisation].label_nl} & texts
    assert records["intake"]["q07_handover"] == ["message"]
    assert records["plan"]["referral_handover"] == ["message"]
    assert "q05_referral" not in records["intake"]
    assert "q02b_partner" not in records["intake"]


@pytest.mark.parametrize("organisation", SENSITIVE)
def test_a_sensitive_referral_leaves_with_its_partner_when_the_person_agreed(organisation: str) -> None:
    records = sent_with(organisation, "yes")

    assert records["intake"]["q05_referral"] == [organisation]
    assert records["plan"]["referral_organisation"] == [organisation]
    assert records["plan"]["referral_label"] == [CATALOGUE.organisations[organisation].label_nl]


def test_an_ordinary_partner_is_named() -> None:
    assert sent_with("taalhuis", "no")["plan"]["referral_organisation"] == ["taalhuis"]


def test_an_organisation_that_nobody_knows_counts_as_sensitive() -> None:
    assert sensitivity("onbekend", CATALOGUE) == 9
