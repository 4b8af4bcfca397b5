"""What the repositories of records, sending, settings and the access log promise, on both stores."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from intake_app.domain.draft import AuditLine
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import InstanceStatus
from intake_app.errors import RecordExists, RecordMissing
from intake_app.services.ports import Store
from tests.fakes import records


@pytest.mark.parametrize("released", [b"<data>vrij</data>", b"", None])
def test_a_frozen_record_keeps_its_bytes(store: Store, person: ParticipantId, released: bytes | None) -> None:
    frozen = replace(
        records.instance(xml="<data>é – ትግርኛ\r\n</data>".encode(), released_xml=released),
        deprecated_id=InstanceId("uuid:older"),
    )
    with store.unit_of_work() as uow:
        uow.instances.add(frozen)
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.instances.get(frozen.instance_id) == frozen
        assert uow.instances.of_participant(person) == (frozen,)
        assert uow.instances.list() == (frozen,)


def test_records_are_listed_oldest_first(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.instances.add(records.instance("uuid:late", minutes=9))
        uow.instances.add(records.instance("uuid:early", minutes=1))
        assert [each.instance_id for each in uow.instances.list()] == ["uuid:early", "uuid:late"]
        assert [each.instance_id for each in uow.instances.of_participant(person)] == ["uuid:early", "uuid:late"]


def test_a_record_is_added_once_and_needs_its_participant(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.instances.add(records.instance())
        with pytest.raises(RecordExists):
            uow.instances.add(records.instance(xml=b"<data>anders</data>"))
        with pytest.raises(RecordMissing):
            uow.instances.add(records.instance("uuid:x", "nobody"))


def test_the_status_of_a_record_moves(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.instances.add(records.instance())
        uow.instances.set_status(InstanceId("uuid:intake-1"), InstanceStatus.SUBMITTED)
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.instances.get(InstanceId("uuid:intake-1")).status is InstanceStatus.SUBMITTED
        for act in (
            lambda: uow.instances.get(InstanceId("uuid:none")),
            lambda: uow.instances.set_status(InstanceId("uuid:none"), InstanceStatus.SUBMITTED),
        ):
            with pytest.raises(RecordMissing):
                act()


def test_the_outbox_gives_the_oldest_first(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.outbox.add(records.item("uuid:b", minutes=2))
        uow.outbox.add(records.item("uuid:c", minutes=2))
        uow.outbox.add(records.item("uuid:a", minutes=1))
        uow.commit()
    with store.unit_of_work() as uow:
        assert [each.instance_id for each in uow.outbox.waiting()] == ["uuid:a", "uuid:b", "uuid:c"]
        assert uow.outbox.heads() == tuple(each.head for each in uow.outbox.waiting())


def test_a_row_without_participant_can_wait(store: Store) -> None:
    tally = records.item("uuid:tally", None)
    with store.unit_of_work() as uow:
        uow.outbox.add(tally)
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.outbox.waiting() == (tally,)
        uow.outbox.confirm(records.receipt("uuid:tally"))
        assert uow.outbox.receipts() == (records.receipt("uuid:tally"),)


def test_an_attempt_changes_all_but_the_bytes(store: Store, person: ParticipantId) -> None:
    tried = replace(
        records.item(xml=b"<data>other</data>"),
        attempts=3,
        next_attempt_at=records.NOON + timedelta(hours=1),
        last_problem="403 toegang geweigerd",
        set_apart=True,
    )
    with store.unit_of_work() as uow:
        uow.outbox.add(records.item())
        uow.outbox.save_attempt(tried)
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.outbox.get(tried.instance_id) == replace(tried, xml=records.item().xml)
        assert uow.outbox.waiting() == (uow.outbox.get(tried.instance_id),)


def test_a_row_keeps_the_attempts_it_came_with(store: Store, person: ParticipantId) -> None:
    tried = replace(records.item(), attempts=2, last_problem="500")
    with store.unit_of_work() as uow:
        uow.outbox.add(tried)
        assert uow.outbox.get(tried.instance_id) == tried


def test_a_confirmed_row_leaves_a_receipt(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.outbox.add(records.item())
        uow.outbox.confirm(records.receipt())
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.outbox.waiting() == ()
        assert uow.outbox.receipts() == (records.receipt(),)
        for act in (
            lambda: uow.outbox.get(InstanceId("uuid:intake-1")),
            lambda: uow.outbox.save_attempt(records.item()),
            lambda: uow.outbox.confirm(records.receipt()),
        ):
            with pytest.raises(RecordMissing):
                act()


def test_a_record_waits_once_and_a_second_receipt_replaces_the_first(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        uow.outbox.add(records.item())
        with pytest.raises(RecordExists):
            uow.outbox.add(records.item(xml=b"<data>anders</data>"))
        uow.outbox.confirm(records.receipt())
        uow.outbox.add(records.item())
        uow.outbox.confirm(records.receipt(minutes=4))
        assert uow.outbox.receipts() == (records.receipt(minutes=4),)


def test_several_rows_are_read_marked_and_settled_at_once(store: Store, person: ParticipantId) -> None:
    names = [InstanceId(f"uuid:{name}") for name in "abc"]
    with store.unit_of_work() as uow:
        for minute, name in enumerate(names):
            uow.outbox.add(records.item(name, minutes=minute))
            uow.instances.add(records.instance(name, minutes=minute))
        uow.commit()
    with store.unit_of_work() as uow:
        found = uow.outbox.some([*names, InstanceId("uuid:none")])
        assert dict(found) == {item.instance_id: item for item in uow.outbox.waiting()}
        uow.outbox.remove(names[1])
        tried = [replace(item, attempts=2, last_problem="500", set_apart=True) for item in found.values()]
        uow.outbox.save_attempts(tried)
        uow.outbox.settle([records.receipt(name) for name in names[1:]])
        uow.instances.set_statuses([*names[1:], InstanceId("uuid:none")], InstanceStatus.SUBMITTED)
        assert uow.outbox.still_waiting([*names, InstanceId("uuid:none")]) == {names[0]}
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.outbox.waiting() == (tried[0],)
        assert uow.outbox.receipts() == (records.receipt(names[2]),)
        assert uow.outbox.newest_receipts(1) == uow.outbox.receipts()
        assert [uow.instances.get(name).status for name in names] == [
            InstanceStatus.COMPLETE, InstanceStatus.SUBMITTED, InstanceStatus.SUBMITTED,
        ]  # fmt: skip
        uow.outbox.save_attempts(())
        uow.outbox.settle(())


def test_a_second_receipt_replaces_the_first_also_among_several(store: Store, person: ParticipantId) -> None:
    with store.unit_of_work() as uow:
        for minutes in (0, 4):
            uow.outbox.add(records.item())
            uow.outbox.settle([records.receipt(minutes=minutes)])
        assert uow.outbox.receipts() == (records.receipt(minutes=4),)


def test_the_files_of_several_talks_are_read_and_dropped_by_kind(store: Store, person: ParticipantId) -> None:
    one, two = InstanceId("uuid:one"), InstanceId("uuid:two")
    with store.unit_of_work() as uow:
        uow.files.save(person, one, "outbox", "b.jpg", b"2")
        uow.files.save(person, one, "outbox", "a.jpg", b"1")
        uow.files.save(person, one, "upload", "c.jpg", b"3")
        assert dict(uow.files.of([one, two], "outbox")) == {one: (("a.jpg", b"1"), ("b.jpg", b"2"))}
        uow.files.drop([one, two], "outbox")
        assert (uow.files.names(one, "outbox"), uow.files.names(one, "upload")) == ((), ("c.jpg",))


def test_turns_tell_whether_anybody_has_used_the_store(store: Store) -> None:
    before = store.turns
    assert store.turns == before
    with store.unit_of_work():
        assert store.turns > before


def test_a_setting_has_a_default_and_its_last_value(store: Store) -> None:
    with store.unit_of_work() as uow:
        assert uow.settings.get("server_url") == ""
        assert uow.settings.get("draft_days", "30") == "30"
        uow.settings.set("draft_days", "14")
        uow.settings.set("draft_days", "21")
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.settings.get("draft_days", "30") == "21"


def test_the_access_log_keeps_the_order_of_writing(store: Store) -> None:
    lines = tuple(
        AuditLine(records.NOON - timedelta(minutes=each), records.ACCOUNT, "opened", f"p-{each}") for each in range(3)
    )
    with store.unit_of_work() as uow:
        for line in lines:
            uow.audit.add(line)
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.audit.list() == lines


def test_the_access_log_gives_the_lines_about_some_actions_alone(store: Store) -> None:
    actions = ("opened", "recovery_key_made", "opened", "recovery_key_used", "recovery_key")
    lines = [
        AuditLine(records.NOON + timedelta(minutes=n), records.ACCOUNT, action, f"p-{n}")
        for n, action in enumerate(actions)
    ]
    with store.unit_of_work() as uow:
        for line in lines:
            uow.audit.add(line)
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.audit.of(("recovery_key_used", "recovery_key_made")) == (lines[1], lines[3])
        assert uow.audit.of(("never",)) == uow.audit.of(()) == ()
