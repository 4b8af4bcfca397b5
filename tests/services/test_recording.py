"""The consent to record, and every other consent: what a yes, a no and a change of mind do."""

from __future__ import annotations

import pytest

from intake_app.domain.consent import ConsentCode, standing
from intake_app.errors import DiskFull
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from tests.services.helps import BEGINNING, REFUGEE, FullDiskStore, begun, leaves, make_office, played, ref_of, told

BEFORE = {key: value for key, value in BEGINNING.items() if key not in {"consent_record", "call_name", "municipality"}}


def waiting_for_consent(office: Office) -> Conversation:
    conversation = office.begin_talk()
    told(conversation, BEFORE | {"call_name": "Truus Verzonnen"})
    return conversation


def everything(disk: FullDiskStore) -> list[object]:
    contents = disk.contents
    return [contents.participants, contents.drafts, contents.instances, contents.outbox, contents.consents]


def test_before_the_consent_to_record_nothing_is_written(office: Office, disk: FullDiskStore) -> None:
    disk.full = True
    conversation = waiting_for_consent(office)

    assert not conversation.talk.recording
    assert conversation.talk.answers.text("participant_number") == ""
    assert not any(everything(disk))


def test_yes_writes_the_talk_so_far_in_one_go(office: Office, disk: FullDiskStore) -> None:
    conversation = waiting_for_consent(office)
    disk.room = 1
    told(conversation, {"consent_record": "yes"})

    assert conversation.talk.recording
    again = office.open_talk(conversation.talk.header.instance_id)
    assert again.talk.answers.text("call_name") == "Truus Verzonnen"
    assert again.talk.answers.host("participant_number") == conversation.number
    assert disk.contents.participants[conversation.talk.header.participant_id].call_name == "Truus Verzonnen"


def test_a_yes_that_cannot_be_written_is_no_yes(office: Office, disk: FullDiskStore) -> None:
    conversation = waiting_for_consent(office)
    before = conversation.talk.entry.savepoint()
    disk.full = True
    with pytest.raises(DiskFull):
        conversation.answer(ref_of(conversation, "consent_record"), "yes")

    assert not conversation.talk.recording
    assert conversation.talk.entry.savepoint() == before
    assert not any(everything(disk))
    disk.full = False
    told(conversation, {"consent_record": "yes"})
    assert conversation.talk.recording


def test_no_leaves_nothing_on_the_disk_and_the_talk_goes_on(office: Office, disk: FullDiskStore) -> None:
    conversation = played(office, REFUGEE)
    assert disk.contents.participants
    not_recorded = played(
        make_office(empty := FullDiskStore()),
        type(REFUGEE)("no", {**REFUGEE.answers, "consent_record": "no"}),
    )

    assert not any(everything(empty))
    assert not_recorded.talk.answers.text("goal") == conversation.talk.answers.text("goal")
    assert office.plan(not_recorded).goal is not None


def test_a_withdrawn_yes_erases_and_a_second_yes_makes_a_new_person(office: Office, disk: FullDiskStore) -> None:
    conversation = begun(office)
    first, number = conversation.talk.header.participant_id, conversation.number
    told(conversation, {"consent_record": "no"})
    assert not any(everything(disk))
    assert set(disk.contents.tombstones) == {first}
    told(conversation, {"goal": "Ik wil bakker worden"})
    told(conversation, {"consent_record": "yes"})

    assert set(disk.contents.participants) == {conversation.talk.header.participant_id} - {first}
    assert conversation.number != number
    again = office.open_talk(conversation.talk.header.instance_id)
    assert again.talk.answers.text("goal") == "Ik wil bakker worden"
    assert again.talk.answers.host("participant_number") == conversation.number
    assert office.finish(again).stored


def test_a_no_that_cannot_erase_says_so_and_changes_nothing(office: Office, disk: FullDiskStore) -> None:
    conversation = begun(office)
    disk.full = True
    with pytest.raises(DiskFull):
        conversation.answer(ref_of(conversation, "consent_record"), "no")

    assert conversation.talk.recording
    assert conversation.talk.answers.text("consent_record") == "yes"


def test_without_the_first_consent_no_other_stands(office: Office) -> None:
    conversation = begun(office)
    told(conversation, {"consent_central": "yes", "consent_contact": "yes", "contact": "0612345678"})
    told(conversation, {"consent_record": "no"})
    assert standing(conversation.consents()) == frozenset()
    told(conversation, {"consent_record": "yes"})

    assert standing(conversation.consents()) == {ConsentCode.RECORD}
    assert conversation.talk.answers.text("contact") == ""


@pytest.mark.parametrize("gate", [{"age_group": "lt16"}, {"age_group": "16_17", "go_on": "no"}])
def test_an_age_told_late_erases_what_was_written(office: Office, disk: FullDiskStore, gate: dict[str, str]) -> None:
    conversation = begun(office)
    told(conversation, gate)

    assert not conversation.talk.recording
    assert not any(everything(disk))
    assert conversation.talk.answers.text("consent_record") == ""
    assert conversation.talk.answers.text("status") == "referred_only"


# ---------------------------------------------------------------- the record of every consent
def rows(conversation: Conversation) -> list[tuple[str, str, bool]]:
    listed = conversation.talk.answers.rows("consent_record")
    return [(r.host("code"), r.host("given"), bool(r.host("withdrawn_at"))) for r in listed if r.host("code")]


def test_each_consent_has_one_row_with_the_moment_it_was_given(office: Office) -> None:
    conversation = begun(office)
    first = conversation.talk.answers.rows("consent_record")[0].host("at")
    office.clock.moment = office.clock.now().replace(hour=11)  # type: ignore[attr-defined]
    told(conversation, {"consent_contact": "no", "consent_central": "yes", "consent_form": "on_screen"})
    listed = conversation.talk.answers.rows("consent_record")

    assert rows(conversation) == [("C1", "yes", False), ("C3", "no", False), ("C2", "yes", False)]
    assert listed[0].host("at") == first < listed[1].host("at")
    assert {row.host("way") for row in listed} == {"on_screen"}
    assert {row.host("language") for row in listed} == {"nl"}
    office.clock.moment = office.clock.now().replace(hour=9)  # type: ignore[attr-defined]


def test_a_changed_mind_keeps_the_withdrawal_and_every_no(office: Office) -> None:
    conversation = begun(office)
    for word in ("yes", "no", "yes"):
        told(conversation, {"consent_central": word})

    assert rows(conversation)[1:] == [("C2", "yes", True), ("C2", "no", False), ("C2", "yes", False)]
    assert ConsentCode.CENTRAL in standing(conversation.consents())


def test_the_same_consent_rows_are_kept_when_the_talk_is_finished(office: Office, disk: FullDiskStore) -> None:
    conversation = played(office, REFUGEE)
    office.finish(conversation)
    kept = disk.contents.consents[conversation.talk.header.participant_id]

    assert [record.code.value for record in kept] == [code for code, _, _ in rows(conversation)]
    assert sorted(record.code.value for record in kept) == ["C1", "C2", "C3", "C7"]


def test_consent_for_one_organisation_is_none_for_another(office: Office) -> None:
    conversation = begun(office)
    told(conversation, {"referral": "taalhuis", "handover": "message", "share_consent": "yes"})
    told(conversation, {"referral": "uwv"})

    assert conversation.talk.entry.value(ref_of(conversation, "share_consent")) == ""
    assert ConsentCode.SHARING not in standing(conversation.consents())
    assert ("C7", "yes", True) in rows(conversation)


def test_going_there_oneself_ends_the_consent_to_share(office: Office) -> None:
    conversation = begun(office)
    told(conversation, {"referral": "taalhuis", "handover": "message", "share_consent": "yes"})
    told(conversation, {"contact": "0612345678", "handover": "participant_goes"})

    assert ConsentCode.SHARING not in standing(conversation.consents())
    assert conversation.talk.entry.value(ref_of(conversation, "contact")) == ""


WITHDRAWN = [
    ("consent_contact", {"contact": "0612345678", "email": "truus@voorbeeld.example", "contact_way": "call"}),
    ("consent_central", {"family_name": "Verzonnen", "birth_year": "1985"}),
    ("consent_needs", {"needs": "quiet_place", "tool_help": "yes"}),
    ("consent_origin", {"born_abroad": "yes", "migration_type": "ukraine", "civic": "busy", "target_group": "migrant"}),
    ("consent_stats", {"useful": "v4", "know_place": "yes", "tip": "Niets", "target_group": "other"}),
]


@pytest.mark.parametrize(("consent", "answers"), WITHDRAWN, ids=[case[0] for case in WITHDRAWN])
def test_a_withdrawn_consent_takes_its_answers_along_also_out_of_the_journal(
    office: Office, disk: FullDiskStore, consent: str, answers: dict[str, str]
) -> None:
    conversation = begun(office, version="full")
    told(conversation, {"consent_stats": "yes", consent: "yes"})
    given = {c: v for c, v in answers.items() if c != "useful"}
    told(conversation, given)
    told(conversation, {consent: "no"})

    for concept in given:
        assert conversation.talk.entry.value(ref_of(conversation, concept)) == "", concept
    draft = disk.contents.drafts[conversation.talk.header.instance_id]
    assert draft.savepoint is not None
    texts = {text for found in leaves(draft.savepoint).values() for text in found}
    events = [str(entry.event) for entry in draft.journal]
    words = {value for concept, value in given.items() if value not in {"yes", "other", "call", "busy"}}
    assert not words & texts
    assert not [event for event in events for word in words if word in event]
