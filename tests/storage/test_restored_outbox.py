"""An older copy of the data brings back what waited; what was taken back since stays away, with its files."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import SENT_FILE, RecordFile
from intake_app.domain.keeping import Withdrawal
from intake_app.services.submissions import queue
from intake_app.storage.gate import SqlStoreGate
from tests.fakes import records
from tests.fakes.encrypted import CHEAP, PASSPHRASE

OLD = ("intake.db", "intake.db-wal", "intake.db-shm")


def test_nothing_withdrawn_waits_again_after_a_restore_nor_do_its_files(tmp_path: Path) -> None:
    folder, copy = tmp_path / "data", tmp_path / "copy"
    person, other = ParticipantId("p-1"), records.item("uuid:other", None)
    store = SqlStoreGate(folder, CHEAP).create(PASSPHRASE, "Anneke", "counsellor")
    item = replace(records.item("uuid:a"), files=(RecordFile("pot.jpg", b"1"),))
    with store.unit_of_work() as uow:
        uow.participants.add(replace(records.participant(), participant_id=person, account_id=store.account.account_id))
        queue(uow, replace(item, participant_id=person))
        queue(uow, other)
        uow.commit()
    store.close()
    shutil.copytree(folder, copy)
    store = SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE)
    with store.unit_of_work() as uow:
        at = item.queued_at + timedelta(hours=1)
        uow.outbox.remove(item.instance_id)
        uow.rights.withdraw(Withdrawal(person, records.participant().number, ConsentCode.CENTRAL, at))
        uow.commit()
    store.close()
    for name in OLD:
        (folder / name).unlink(missing_ok=True)
        if (copy / name).exists():
            shutil.copy(copy / name, folder / name)

    store = SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE)
    try:
        with store.unit_of_work() as uow:
            assert [head.instance_id for head in uow.outbox.heads()] == ["uuid:other"]
            assert uow.files.names(InstanceId("uuid:a"), SENT_FILE) == ()
    finally:
        store.close()
