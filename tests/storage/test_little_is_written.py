"""What changes while a record is sent writes over its place: the content behind it is not written anew."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import InstanceStatus
from intake_app.storage.gate import SqlStore
from tests.fakes import records

CONTENT = 400_000


def log_size(folder: Path) -> int:
    return sum(one.stat().st_size for one in folder.glob("intake.db-wal"))


def test_marks_and_statuses_write_a_few_pages_whatever_the_size_of_a_record(store: SqlStore, folder: Path) -> None:
    whole = b"<data>" + b"x" * CONTENT + b"</data>"
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.instances.add(records.instance("uuid:a", xml=whole))
        uow.outbox.add(records.item("uuid:a", xml=whole))
        uow.commit()
    before = log_size(folder)

    with store.unit_of_work() as uow:
        item = uow.outbox.some([InstanceId("uuid:a")])[InstanceId("uuid:a")]
        tried = replace(item, attempts=1, next_attempt_at=records.NOON, last_problem="answer_lost")
        uow.outbox.save_attempts([tried])
        uow.instances.set_statuses([InstanceId("uuid:a")], InstanceStatus.SUBMITTED)
        uow.commit()
    assert log_size(folder) - before < CONTENT / 8
    with store.unit_of_work() as uow:
        assert uow.outbox.some([item.instance_id])[item.instance_id] == tried
        assert uow.instances.get(item.instance_id).status is InstanceStatus.SUBMITTED
