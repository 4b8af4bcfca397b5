"""A plan moves with its person: between two data folders, with the code on paper, with C7 and with nothing more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.domain.consent import ConsentCode
from intake_app.errors import (
    CodeWrong,
    EnvelopeDamaged,
    EnvelopeKnown,
    EnvelopeOtherKind,
    EnvelopeTooOld,
    FileThere,
    HandOverNotAllowed,
    PersonHere,
)
from intake_app.plan.document import document_from_json
from intake_app.services.conversation import Conversation
from intake_app.services.hand_over import open_hand_over, organisations_agreed, seal_hand_over, source_of
from intake_app.services.numbers import new_code
from intake_app.services.office import Office
from intake_app.services.withdrawal import withdraw
from intake_app.storage.gate import SqlStoreGate
from intake_app.sync.envelope import Envelopes
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.fakes.envelopes import QUICK
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, make_office, played, ref_of, told


def an_office(minutes: int = 0) -> Office:
    clock = FixedClock(MORNING + timedelta(minutes=minutes))
    return replace(make_office(InMemoryStore(), clock), envelopes=Envelopes(QUICK))


@pytest.fixture
def here() -> Office:
    return an_office()


@pytest.fixture
def there() -> Office:
    return an_office(60)


@pytest.fixture
def done(here: Office) -> Conversation:
    conversation = played(here, NT1)
    assert here.finish(conversation).stored
    return conversation


def code_of(office: Office, conversation: Conversation) -> str:
    return office.stored_plan(f"{conversation.number}-1").handover_code


def sealed(office: Office, conversation: Conversation, file: Path) -> Path:
    seal_hand_over(office, f"{conversation.number}-1", "taalhuis", file)
    return file


def test_the_other_place_gets_an_open_talk_that_says_where_it_came_from(
    here: Office, there: Office, done: Conversation, tmp_path: Path
) -> None:
    file = sealed(here, done, tmp_path / "plan.envelop")

    opened = open_hand_over(there, file, done.number, code_of(here, done))

    (draft,) = there.open_drafts()
    assert draft.header.instance_id == opened.instance_id != done.talk.instance_id
    assert (draft.number, draft.call_name) == (done.number, "Truus Verzonnen")
    source = source_of(there.store, opened.instance_id)
    assert source == opened.source
    assert source is not None
    assert (source.location, source.plan_number) == ("Bibliotheek Groenlo", f"{done.number}-1")
    conversation = there.open_talk(opened.instance_id)
    answers = conversation.talk.answers
    assert answers.text("call_name") == "Truus Verzonnen"
    assert answers.host("counsellor") == there.store.account.account_id
    assert {row.host("id") for row in answers.rows("derived_skills")} == {
        row.host("id") for row in done.talk.answers.rows("derived_skills")
    }
    with there.store.unit_of_work() as uow:
        (plan,) = uow.plans.of_participant(opened.participant_id)
    assert document_from_json(plan.document).goal == here.stored_plan(f"{done.number}-1").goal


def test_the_other_place_asks_its_own_consents(here: Office, there: Office, done: Conversation, tmp_path: Path) -> None:
    opened = open_hand_over(there, sealed(here, done, tmp_path / "p"), done.number, code_of(here, done))
    conversation = there.open_talk(opened.instance_id)
    for concept in ("consent_record", "consent_central", "consent_contact", "consent_form", "status"):
        assert conversation.talk.answers.text(concept) == "", concept
    assert not [one for one in conversation.consents() if one.given]
    outcome = there.finish(conversation)
    assert not outcome.stored
    assert outcome.violations


def test_only_what_c7_lets_go_is_inside(here: Office, tmp_path: Path) -> None:
    conversation = played(here, NT1)
    conversation_number = conversation.number
    conversation.talk.add_instance("/data/referral")
    second = {"referral": "gemeente_sociaal", "handover": "counsellor_calls", "share_consent": "no"}
    for concept, value in second.items():
        conversation.answer(ref_of(conversation, concept, 2), value)
    assert here.finish(conversation).stored
    file = sealed(here, conversation, tmp_path / "p")

    inside = Envelopes(QUICK).open_hand_over(code_of(here, conversation), conversation_number, file.read_bytes())

    assert b"taalhuis" in inside
    for hidden in (b"gemeente_sociaal", b"money housing", code_of(here, conversation).encode()):
        assert hidden not in inside
    with here.store.unit_of_work() as uow:
        whole = uow.instances.get(conversation.talk.instance_id).xml
    for there_before in (b"gemeente_sociaal", b"money housing"):
        assert there_before in whole


def test_without_c7_for_this_organisation_nothing_is_closed(here: Office, done: Conversation, tmp_path: Path) -> None:
    owner = done.talk.header.participant_id
    assert organisations_agreed(here.store, owner) == ("taalhuis",)
    with pytest.raises(HandOverNotAllowed):
        seal_hand_over(here, f"{done.number}-1", "voedselbank", tmp_path / "p")
    withdraw(here, owner, ConsentCode.SHARING, "taalhuis")
    assert organisations_agreed(here.store, owner) == ()
    with pytest.raises(HandOverNotAllowed):
        sealed(here, done, tmp_path / "p")
    assert not list(tmp_path.iterdir())


def test_code_and_number_open_it_as_people_type_them(
    here: Office, there: Office, done: Conversation, tmp_path: Path
) -> None:
    file = sealed(here, done, tmp_path / "p")
    code = code_of(here, done).lower().replace("-", " ")
    assert open_hand_over(there, file, done.number.replace("-", " "), code).number == done.number


def test_a_wrong_code_number_or_byte_opens_nothing_and_changes_nothing(
    here: Office, there: Office, done: Conversation, tmp_path: Path
) -> None:
    file = sealed(here, done, tmp_path / "p")
    code = code_of(here, done)
    bent = bytearray(file.read_bytes())
    bent[-1] ^= 1
    (tmp_path / "bent").write_bytes(bent)
    for path, number, typed in (
        (file, done.number, new_code()),
        (file, "1111-2222", code),
        (tmp_path / "bent", done.number, code),
    ):
        with pytest.raises(CodeWrong):
            open_hand_over(there, path, number, typed)
    (tmp_path / "cut").write_bytes(file.read_bytes()[:40])
    with pytest.raises(EnvelopeDamaged):
        open_hand_over(there, tmp_path / "cut", done.number, code)
    assert there.open_drafts() == ()


def test_a_good_code_around_something_else_changes_nothing(there: Office, tmp_path: Path) -> None:
    craft = Envelopes(QUICK)
    for content in (b"", b"\0\0\0\2{}", b"\0\0\0\x30" + b'{"format":1,"facts":{"a":1},"sizes":[]}         '):
        path = tmp_path / f"p{len(content)}"
        path.write_bytes(craft.close_hand_over("ABCD", "1", content))
        with pytest.raises(EnvelopeDamaged):
            open_hand_over(there, path, "1", "ABCD")
    path.write_bytes(craft.close_receipts("0" * 32, bytes(32), b""))
    with pytest.raises(EnvelopeOtherKind):
        open_hand_over(there, path, "1", "ABCD")
    assert there.open_drafts() == ()


def test_it_opens_once_and_not_where_the_person_is_known(
    here: Office, there: Office, done: Conversation, tmp_path: Path
) -> None:
    file, code = sealed(here, done, tmp_path / "p"), code_of(here, done)
    with pytest.raises(PersonHere):
        open_hand_over(here, file, done.number, code)
    opened = open_hand_over(there, file, done.number, code)
    there.remove_draft(opened.instance_id)
    with pytest.raises(EnvelopeKnown) as refused:
        open_hand_over(there, file, done.number, code)
    assert refused.value.params == {"at": "2027-03-01"}
    assert there.open_drafts() == ()


def test_after_fourteen_days_it_is_useless(here: Office, done: Conversation, tmp_path: Path) -> None:
    file = sealed(here, done, tmp_path / "p")
    late = an_office(60 * 24 * 14 + 1)
    with pytest.raises(EnvelopeTooOld) as refused:
        open_hand_over(late, file, done.number, code_of(here, done))
    assert refused.value.params == {"days": 14}
    assert late.open_drafts() == ()


def test_a_file_that_is_there_is_not_overwritten(here: Office, done: Conversation, tmp_path: Path) -> None:
    (tmp_path / "p").write_bytes(b"vakantiefoto")
    with pytest.raises(FileThere):
        sealed(here, done, tmp_path / "p")
    assert (tmp_path / "p").read_bytes() == b"vakantiefoto"


def test_a_code_has_sixty_bits_in_three_groups_that_can_be_read_out() -> None:
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    for code in codes:
        assert [len(group) for group in code.split("-")] == [4, 4, 4]
        assert not set(code) & set("IO01")


def test_between_two_data_folders_with_their_own_keys(tmp_path: Path) -> None:
    def laptop(name: str) -> Office:
        store = SqlStoreGate(tmp_path / name, CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
        return replace(make_office(store), envelopes=Envelopes(QUICK))

    here, there = laptop("here"), laptop("there")
    try:
        conversation = played(here, NT1)
        assert here.finish(conversation).stored
        file = sealed(here, conversation, tmp_path / "plan")
        opened = open_hand_over(there, file, conversation.number, code_of(here, conversation))
        there.store.close()
        again = replace(there, store=SqlStoreGate(tmp_path / "there", CHEAP).unlock(PASSPHRASE))
        assert source_of(again.store, opened.instance_id) == opened.source
        talk = again.open_talk(opened.instance_id)
        assert talk.talk.answers.text("call_name") == "Truus Verzonnen"
        told(talk, {"alone": "two_of_us", "consent_record": "yes"})
        assert again.plan(talk).plan_number == f"{conversation.number}-2"
        again.store.close()
    finally:
        here.store.close()
