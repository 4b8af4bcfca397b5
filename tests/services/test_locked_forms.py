"""A form with a key: its records leave locked, the others stay readable, and plain bytes have no way to it."""

from __future__ import annotations

import ast
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import intake_app
from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import SENT_FILE, OutboxItem
from intake_app.errors import FormKeyRefused, FormStaysOpen, SealMissing
from intake_app.services.form_updates import checked
from intake_app.services.office import Office
from intake_app.services.outgoing import Leaving, LockedForm, OpenForm, kind_of, no_seal, queue_record
from intake_app.services.ports import Store
from intake_app.services.submissions import Outbox
from intake_app.services.withdrawal import withdraw
from intake_app.storage.gate import SqlStoreGate
from intake_app.sync.encryption import check_form_key, seal_record
from intake_app.sync.trial_http import Drop, Fault
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.sync.worker import run_once
from intake_app.xforms.api import FormEntry, parse_form
from tests.fakes.encrypted import CHEAP, opening
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, make_office, played
from tests.sync.helps import client
from tests.sync.opener import Opened, new_pair, open_record

PRIVATE, PUBLIC = new_pair()
LOCKED = ("intake", "participant", "plan")
COMPILED = Path(intake_app.__file__).parents[1] / "resources" / "forms" / "compiled"


def with_key(form_id: str, key: str = PUBLIC) -> bytes:
    """A form of ours as the Werkcentrum hands it out with its key."""
    xml = (COMPILED / f"{form_id}.xml").read_bytes()
    assert b"<submission" not in xml
    return xml.replace(b"</model>", f'<submission base64RsaPublicKey="{key}"/></model>'.encode(), 1)


@pytest.fixture
def locked_office() -> Office:
    office = make_office()
    forms = {name: parse_form(with_key(name)) for name in LOCKED}
    return replace(office, forms={**office.forms, **forms}, seal=seal_record)


def opened(office: Office) -> dict[str, Opened]:
    """By form, the records that wait, opened with the private key."""
    outbox = Outbox(office.store)
    items = [outbox.load(head.instance_id) for head in outbox.heads()]
    return {
        item.form_id: open_record(item.xml, {file.name: file.content for file in item.files}, PRIVATE)
        for item in items
        if item.form_id in LOCKED
    }


def test_records_of_a_form_with_a_key_wait_locked_and_open_to_what_was_released(locked_office: Office) -> None:
    outcome = locked_office.finish(played(locked_office, NT1))

    assert outcome.stored
    found = opened(locked_office)
    assert set(found) == set(LOCKED)
    assert all(one.genuine for one in found.values())
    with locked_office.store.unit_of_work() as uow:
        released = {one.form_id: one.released_xml for one in uow.instances.list()}
    assert {name: one.xml for name, one in found.items()} == {name: released[name] for name in LOCKED}


def test_status_stays_readable_so_that_counting_goes_on(locked_office: Office) -> None:
    conversation = played(locked_office, NT1)
    locked_office.finish(conversation)
    readable = [item for item in Outbox(locked_office.store).waiting() if item.form_id == "status"]
    assert readable
    for status in readable:
        entry = FormEntry.restore(locked_office.forms["status"], status.xml)
        assert conversation.number in {node.value for node in entry.nodes()}
        assert status.files == ()


def test_the_same_bytes_go_again_as_long_as_they_wait(locked_office: Office) -> None:
    locked_office.finish(played(locked_office, NT1))
    outbox = Outbox(locked_office.store)
    names = [head.instance_id for head in outbox.heads()]
    first = [outbox.load(name) for name in names]
    again = [Outbox(locked_office.store).load(name) for name in names]
    assert [(one.xml, one.files) for one in first] == [(one.xml, one.files) for one in again]


def test_an_edit_of_a_locked_record_is_locked_and_names_what_it_replaces(locked_office: Office) -> None:
    from intake_app.services.continuing import reopen_finished

    conversation = played(locked_office, NT1)
    locked_office.finish(conversation)
    before = conversation.talk.instance_id
    again = reopen_finished(locked_office, before)
    answers = again.talk.answers
    for concept, value in (("know_step", "yes"), ("status", "complete")):
        ref = answers.ref(concept)
        assert ref is not None
        again.answer(ref, value)
    outcome = locked_office.finish(again)
    assert outcome.stored, outcome.violations

    edit = Outbox(locked_office.store).load(again.talk.instance_id)
    inside = open_record(edit.xml, {file.name: file.content for file in edit.files}, PRIVATE)
    assert inside.deprecated_id == before
    assert f"deprecatedID>{before}<".encode() in inside.xml


def test_taking_a_consent_back_locks_the_smaller_record_anew(locked_office: Office) -> None:
    conversation = played(locked_office, NT1)
    locked_office.finish(conversation)
    first = opened(locked_office)["participant"].xml
    assert b"0612345678" in first

    withdraw(locked_office, conversation.talk.header.participant_id, ConsentCode.CONTACT)

    assert b"0612345678" not in opened(locked_office)["participant"].xml


def test_taking_the_central_consent_back_leaves_no_locked_piece_behind(locked_office: Office) -> None:
    conversation = played(locked_office, NT1)
    names = locked_office.finish(conversation).queued
    withdraw(locked_office, conversation.talk.header.participant_id, ConsentCode.CENTRAL)
    with locked_office.store.unit_of_work() as uow:
        assert [uow.files.names(name, SENT_FILE) for name in names] == [()] * len(names)
    assert not Outbox(locked_office.store).heads()


# ---------------------------------------------------------------- by construction
def test_an_open_form_cannot_be_made_of_a_form_with_a_key() -> None:
    form = parse_form(with_key("plan"))
    assert isinstance(kind_of(form), LockedForm)
    with pytest.raises(FormKeyRefused) as refused:
        OpenForm(form)
    assert refused.value.params == {"form_id": "plan", "problem": "plain"}


def test_without_the_means_to_lock_nothing_leaves(locked_office: Office) -> None:
    store = InMemoryStore()
    record = Leaving(InstanceId("uuid:a"), ParticipantId("p"), MORNING, b"<data/>")
    with store.unit_of_work() as uow, pytest.raises(SealMissing):
        queue_record(uow, kind_of(locked_office.forms["plan"]), record, no_seal)
    assert not Outbox(store).heads()


def test_the_outbox_has_one_way_in() -> None:
    """Rows are made and added in two modules only, both behind the kinds of form; the Werkcentrum reads envelopes."""
    package = Path(intake_app.__file__).parent
    makes: set[str] = set()
    for room in ("services", "ui", "commands"):
        for path in (package / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) in ("OutboxItem", "uow.outbox.add", "queue"):
                    makes.add(path.relative_to(package).as_posix())
    assert makes - {"services/parcel_records.py"} == {"services/outgoing.py", "services/submissions.py"}


@pytest.mark.parametrize("form_id", ["status", "data_request"])
def test_a_version_that_would_lock_what_must_stay_readable_is_set_apart(form_id: str) -> None:
    form = parse_form(with_key(form_id))
    with pytest.raises(FormStaysOpen) as refused:
        checked(form_id, form.version, with_key(form_id), None, check_form_key)
    assert refused.value.params == {"form_id": form_id}


@pytest.mark.parametrize(("key", "problem"), [("geen sleutel", "unreadable"), (new_pair(1024)[1], "too_short")])
def test_a_version_with_a_bad_key_is_set_apart_before_any_talk_uses_it(key: str, problem: str) -> None:
    form = parse_form(with_key("intake", key))
    with pytest.raises(FormKeyRefused) as refused:
        checked("intake", form.version, with_key("intake", key), None, check_form_key)
    assert refused.value.params["problem"] == problem


# ---------------------------------------------------------------- the same bytes, also after a kill
def test_a_locked_record_whose_answer_was_lost_goes_again_with_the_same_bytes(tmp_path: Path) -> None:
    gate = SqlStoreGate(tmp_path / "laptop", CHEAP)
    with opening(gate) as again, TrialReceiver() as receiver:
        office = make_office(again())
        forms = {name: parse_form(with_key(name)) for name in LOCKED}
        office = replace(office, forms={**office.forms, **forms}, seal=seal_record)
        assert office.finish(played(office, NT1)).stored
        frozen = waiting(office.store)
        receiver.fail_next(Fault(drop=Drop.AFTER))
        with client(receiver) as server:
            run_once(
                Outbox(office.store),
                server,
                MORNING,
                asked_by_person=True,
                paused=lambda: len(receiver.received) > 1,
            )
        assert len(receiver.received) > 1

        reopened = again()
        left = waiting(reopened)
        assert left
        assert {name: (one.xml, one.files) for name, one in left.items()} == {
            name: (frozen[name].xml, frozen[name].files) for name in left
        }
        with client(receiver) as server:
            run_once(Outbox(reopened), server, MORNING + timedelta(days=1), asked_by_person=True)
        assert not waiting(reopened)
        received = {one.instance_id: (one.xml, dict(one.files)) for one in receiver.received}
    assert received == {
        name: (one.xml, {file.name: file.content for file in one.files}) for name, one in frozen.items()
    }


def waiting(store: Store) -> dict[str, OutboxItem]:
    """Every row that waits, with its files."""
    outbox = Outbox(store)
    return {head.instance_id: outbox.load(head.instance_id) for head in outbox.heads()}
