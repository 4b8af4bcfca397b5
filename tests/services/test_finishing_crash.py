"""Finishing is one transaction: whenever the program ends in the middle of it, all of it stands or nothing does."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from intake_app.domain.ids import InstanceId
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.storage.gate import SqlStore, SqlStoreGate
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.services.helps import NT1, make_office, played

FINISHED, DIED, WRONG = 0, 3, 4


def at_step(step: int, act: Callable[[], None]) -> Callable[[], int]:
    """Do something at the n-th statement that writes, or at the commit behind the last; gives how many there were."""
    count = 0

    def one_more(*_: object) -> None:
        nonlocal count
        count += 1
        if count == step:
            act()

    def statement(_connection: object, _cursor: object, text: str, *_rest: object) -> None:
        if text.split()[0] in {"INSERT", "UPDATE", "DELETE"}:
            one_more()

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", one_more)

    def end() -> int:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Engine, "commit", one_more)
        return count

    return end


def opened(folder: Path, where: InstanceId) -> tuple[SqlStore, Office, Conversation]:
    store = SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE)
    office = make_office(store)
    return store, office, office.open_talk(where)


def finish_and_die_at(folder: Path, where: InstanceId, step: int) -> int:
    """Finish in a copy of this process that ends, without any cleaning up, at its n-th step on the database."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        _, office, conversation = opened(folder, where)
        at_step(step, lambda: os._exit(DIED))
        os._exit(FINISHED if office.finish(conversation).stored else WRONG)
    finally:
        os._exit(WRONG)


def steps_of_finishing(folder: Path, where: InstanceId) -> int:
    store, office, conversation = opened(folder, where)
    end = at_step(0, lambda: None)
    assert office.finish(conversation).stored
    count = end()
    store.close()
    return count


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork to end a copy of this process at a chosen moment")
def test_a_finish_that_is_cut_off_anywhere_has_not_happened(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    store = SqlStoreGate(folder, CHEAP).create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    conversation = played(make_office(store), NT1)
    where = conversation.talk.header.instance_id
    was = conversation.talk.stored_savepoint()
    store.close()
    steps = steps_of_finishing(shutil.copytree(folder, tmp_path / "copy"), where)
    assert steps > 12

    for step in sorted({1, 2, steps // 4, steps // 2, 3 * steps // 4, steps - 1, steps}):
        assert finish_and_die_at(folder, where, step) == DIED
        store, _, again = opened(folder, where)
        with store.unit_of_work() as uow:
            found = [uow.outbox.waiting(), uow.instances.list(), uow.consents.of(again.talk.header.participant_id)]
            plans = uow.plans.of_participant(again.talk.header.participant_id)
        assert [*found, plans] == [(), (), (), ()], step
        assert again.talk.stored_savepoint() == was
        store.close()

    assert finish_and_die_at(folder, where, steps + 1) == FINISHED
    store = SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE)
    with store.unit_of_work() as uow:
        assert len(uow.outbox.waiting()) == len(uow.instances.list()) == 4
        assert uow.drafts.list() == ()
    store.close()
