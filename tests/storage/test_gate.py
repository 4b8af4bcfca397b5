"""The gate: one holder per folder, several accounts, and a making that was cut off."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.errors import RecordErased, RecordExists, RecordMissing, StoreDamaged, StoreInUse, WrongPassphrase
from intake_app.storage.gate import SqlStore, SqlStoreGate
from tests.fakes import records
from tests.fakes.encrypted import CHEAP


def test_another_process_is_refused_while_the_store_is_open(talk: SqlStore, folder: Path, passphrase: str) -> None:
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from intake_app.errors import StoreInUse\n"
        "from intake_app.storage.gate import SqlStoreGate\n"
        "try:\n"
        "    SqlStoreGate(Path(sys.argv[1])).unlock(sys.argv[2]).close()\n"
        "except StoreInUse as refused:\n"
        "    print(refused.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), passphrase], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "store_in_use"
    with talk.unit_of_work() as uow:
        assert len(uow.drafts.get(InstanceId("uuid:draft-1")).journal) == 10


def test_a_refused_opening_lets_the_folder_go(store: SqlStore, gate: SqlStoreGate, passphrase: str) -> None:
    with pytest.raises(StoreInUse):
        gate.unlock(passphrase)
    store.close()
    with pytest.raises(WrongPassphrase):
        gate.unlock("iets anders")
    gate.unlock(passphrase).close()


def test_a_colleague_sees_only_the_own_caseload(
    talk: SqlStore, gate: SqlStoreGate, open_store: Callable[[], SqlStore]
) -> None:
    bert = talk.staff.add("bert zijn zin", "Bert", ("volunteer",))
    with talk.unit_of_work() as uow:
        uow.plans.add(records.plan())
        uow.instances.add(records.instance())
        uow.outbox.add(records.item())
        uow.settings.set("site", "Doetinchem")
        uow.commit()
    talk.close()
    store = gate.unlock("bert zijn zin")
    assert store.account == bert
    with store.unit_of_work() as uow:
        assert uow.settings.get("site") == "Doetinchem"
        assert not uow.participants.list()
        assert not uow.drafts.list()
        assert not uow.instances.list()
        assert not uow.outbox.waiting()
        for act in (
            lambda: uow.participants.get(ParticipantId("p-1")),
            lambda: uow.participants.save(records.participant()),
            lambda: uow.drafts.get(InstanceId("uuid:draft-1")),
            lambda: uow.instances.get(InstanceId("uuid:intake-1")),
            lambda: uow.outbox.get(InstanceId("uuid:intake-1")),
            lambda: uow.plans.get("4711-2085-1"),
            lambda: uow.consents.of(ParticipantId("p-1")),
        ):
            with pytest.raises(RecordMissing):
                act()
        uow.participants.add(records.participant("p-2", "2222-2222", "Bilal"))
        uow.commit()
    store.close()
    store = open_store()
    with store.unit_of_work() as uow:
        assert [each.call_name for each in uow.participants.list()] == ["Samira"]


def test_erasing_reaches_every_caseload(talk: SqlStore, gate: SqlStoreGate, open_store: Callable[[], SqlStore]) -> None:
    talk.staff.add("bert zijn zin", "Bert", ("site_lead",))
    talk.close()
    store = gate.unlock("bert zijn zin")
    with store.unit_of_work() as uow:
        uow.participants.erase(ParticipantId("p-1"), records.NOON)
        uow.commit()
    store.close()
    with open_store().unit_of_work() as uow, pytest.raises(RecordErased):
        uow.participants.get(ParticipantId("p-1"))


def test_a_lost_key_file_is_told_and_never_overwritten(talk: SqlStore, gate: SqlStoreGate, folder: Path) -> None:
    talk.close()
    keys = (folder / "keys.json").read_bytes()
    (folder / "keys.json").unlink()
    assert gate.exists()
    with pytest.raises(RecordExists):
        gate.create("nieuw begin", "Bert", "counsellor")
    with pytest.raises(StoreDamaged) as refused:
        gate.unlock("vier losse woorden hier")
    assert refused.value.params == {"part": "keys"}
    (folder / "keys.json").write_bytes(keys)
    gate.unlock("vier losse woorden hier").close()


def test_a_folder_name_with_odd_signs_is_fine(tmp_path: Path) -> None:
    gate = SqlStoreGate(tmp_path / "gegevens 100% van é&?#=;", CHEAP)
    gate.create("zin", "Anneke", "site_lead", "counsellor").close()
    gate.unlock("zin").close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to end a copy of this process at a chosen moment")
def test_a_making_that_ends_at_any_moment_can_be_done_again(tmp_path: Path) -> None:
    steps = 0
    for step in range(1, 100):
        folder = tmp_path / str(step)
        if _create_and_die_at(folder, step) == 0:
            break
        steps += 1
        gate = SqlStoreGate(folder, CHEAP)
        store = gate.unlock("zin") if gate.exists() else gate.create("zin", "Anneke", "site_lead", "counsellor")
        with store.unit_of_work() as uow:
            uow.participants.add(records.participant())
            uow.commit()
        store.close()
        gate.unlock("zin").close()
    assert steps >= 8


def _create_and_die_at(folder: Path, step: int) -> int:
    """Make a store in a copy of this process that ends, without any cleaning up, before its n-th step on files."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = step

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in ("open", "os.mkdir", "os.rename", "os.remove", "sqlite3.connect") and str(folder) in str(arguments):
            left -= 1
            if left == 0:
                os._exit(3)

    try:
        sys.addaudithook(count)
        SqlStoreGate(folder, CHEAP).create("zin", "Anneke", "site_lead", "counsellor").close()
        os._exit(0)
    finally:
        os._exit(4)
