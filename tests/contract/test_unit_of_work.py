"""What a unit of work and the gate promise, on the fake and on the real store."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from intake_app.domain.ids import ParticipantId
from intake_app.errors import (
    RecordExists,
    RecordMissing,
    StoreInUse,
    StoreLocked,
    StoreMissing,
    WrongPassphrase,
)
from intake_app.services.ports import Store, StoreGate, UnitOfWork
from tests.fakes import records
from tests.fakes.encrypted import PASSPHRASE

PERSON = ParticipantId("p-1")


class _MindChangedError(Exception):
    """Something went wrong half-way."""


def _add(uow: UnitOfWork, participant_id: str = "p-1", number: str = "4711-2085") -> None:
    uow.participants.add(records.participant(participant_id, number))


def _add_and_fail(store: Store) -> None:
    with store.unit_of_work() as uow:
        _add(uow)
        raise _MindChangedError


def test_work_without_commit_leaves_nothing(store: Store) -> None:
    with store.unit_of_work() as uow:
        _add(uow)
        uow.settings.set("site", "Doetinchem")
    with store.unit_of_work() as uow:
        assert uow.participants.list() == ()
        assert uow.settings.get("site") == ""


def test_work_that_fails_half_way_leaves_nothing(store: Store) -> None:
    with pytest.raises(_MindChangedError):
        _add_and_fail(store)
    with store.unit_of_work() as uow:
        assert uow.participants.list() == ()
        _add(uow)
        uow.commit()
    with store.unit_of_work() as uow:
        assert uow.participants.get(PERSON) == records.participant()


def test_only_what_was_committed_stays(store: Store) -> None:
    with store.unit_of_work() as uow:
        _add(uow)
        uow.commit()
        _add(uow, "p-2", "2222-2222")
    with store.unit_of_work() as uow:
        assert [each.participant_id for each in uow.participants.list()] == ["p-1"]


def test_erasing_without_commit_erases_nothing(store: Store) -> None:
    with store.unit_of_work() as uow:
        _add(uow)
        uow.commit()
    with store.unit_of_work() as uow:
        uow.participants.erase(PERSON, records.NOON)
    with store.unit_of_work() as uow:
        assert uow.participants.get(PERSON) == records.participant()


def test_one_unit_of_work_serves_again_and_again(store: Store) -> None:
    uow = store.unit_of_work()
    for turn in range(3):
        with uow:
            _add(uow, f"p-{turn}", f"1111-000{turn}")
            uow.commit()
    with uow:
        assert len(uow.participants.list()) == 3


def test_outside_its_block_a_unit_of_work_is_refused(store: Store) -> None:
    uow = store.unit_of_work()
    with pytest.raises(RuntimeError):
        _ = uow.participants
    with uow:
        pass
    with pytest.raises(RuntimeError):
        uow.commit()


def test_a_unit_of_work_within_another_is_refused_at_once(store: Store) -> None:
    with store.unit_of_work() as outer:
        with pytest.raises(RuntimeError), store.unit_of_work():
            pass
        _add(outer)
        outer.commit()
    with store.unit_of_work() as uow:
        assert len(uow.participants.list()) == 1


def test_writers_in_many_threads_take_turns(store: Store) -> None:
    with store.unit_of_work() as uow:
        uow.settings.set("counter", "0")
        uow.commit()

    def count() -> None:
        for _ in range(10):
            with store.unit_of_work() as uow:
                uow.settings.set("counter", str(int(uow.settings.get("counter")) + 1))
                uow.commit()

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.unit_of_work() as uow:
        assert uow.settings.get("counter") == "40"


def test_what_was_committed_is_there_after_reopening(open_store: Callable[[], Store]) -> None:
    store = open_store()
    account = store.account
    with store.unit_of_work() as uow:
        _add(uow)
        uow.drafts.add(records.header())
        uow.drafts.append(records.header().instance_id, [records.entry(0)])
        uow.settings.set("token", "geheim")
        uow.commit()
    store = open_store()
    assert store.account == account
    with store.unit_of_work() as uow:
        assert uow.participants.get(PERSON) == records.participant()
        assert uow.drafts.get(records.header().instance_id).journal == (records.entry(0),)
        assert uow.settings.get("token") == "geheim"


def test_a_closed_store_opens_no_work(store: Store) -> None:
    uow = store.unit_of_work()
    store.close()
    store.close()
    with pytest.raises(StoreLocked), uow:
        pass
    with pytest.raises(StoreLocked), store.unit_of_work():
        pass


def test_a_gate_without_store_says_so(gate: StoreGate) -> None:
    assert not gate.exists()
    with pytest.raises(StoreMissing):
        gate.unlock("wat dan ook")


def test_a_store_is_made_once_for_its_first_account(gate: StoreGate) -> None:
    store = gate.create("vier losse woorden", "Anneke", "volunteer")
    assert (store.account.name, store.account.role) == ("Anneke", "volunteer")
    assert gate.exists()
    store.close()
    with pytest.raises(RecordExists):
        gate.create("iets anders", "Bert", "counsellor")


def test_a_wrong_passphrase_opens_nothing_and_the_right_one_still_does(gate: StoreGate) -> None:
    gate.create("vier losse woorden", "Anneke", "volunteer").close()
    for wrong in ("", "Vier losse woorden", "vier losse woorden "):
        with pytest.raises(WrongPassphrase):
            gate.unlock(wrong)
    gate.unlock("vier losse woorden").close()


def test_an_open_store_is_not_opened_again(gate: StoreGate) -> None:
    store = gate.create("vier losse woorden", "Anneke", "volunteer")
    with pytest.raises(StoreInUse):
        gate.unlock("vier losse woorden")
    with store.unit_of_work() as uow, pytest.raises(RecordMissing):
        uow.participants.get(PERSON)
    store.close()
    gate.unlock("vier losse woorden").close()


def test_a_passphrase_can_be_asked_for_again_while_the_store_is_open(gate: StoreGate, store: Store) -> None:
    assert gate.verify(PASSPHRASE) == store.account
    with pytest.raises(WrongPassphrase):
        gate.verify("een heel andere zin")
    with store.unit_of_work() as uow:
        assert uow.participants.list() == ()
