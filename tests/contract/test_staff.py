"""What accounts and the recovery key promise, on the fake and on the real store."""

from __future__ import annotations

import pytest

from intake_app.domain.draft import RecoveryHalves
from intake_app.domain.ids import AccountId
from intake_app.errors import (
    LastSiteLead,
    NameTaken,
    PassphraseTaken,
    RecordMissing,
    RecoveryMistyped,
    RecoveryWrong,
    StoreMissing,
    WrongPassphrase,
)
from intake_app.services.ports import Store, StoreGate
from tests.fakes.encrypted import PASSPHRASE

BERT, NEW = "bert zijn lange zin", "een hele nieuwe zin"


def test_a_gate_without_store_knows_nobody(gate: StoreGate) -> None:
    with pytest.raises(StoreMissing):
        gate.accounts()
    with pytest.raises(StoreMissing):
        gate.recover(RecoveryHalves("", ""), NEW)


def test_a_colleague_comes_in_with_the_own_passphrase_and_name(gate: StoreGate, store: Store) -> None:
    bert = store.staff.add(BERT, "Bert", ("volunteer",))
    assert [each.account for each in store.staff.members()] == [store.account, bert]
    store.close()
    assert gate.accounts() == (store.account, bert)
    with pytest.raises(WrongPassphrase):
        gate.unlock(BERT, store.account.account_id)
    for account_id in (None, bert.account_id):
        again = gate.unlock(BERT, account_id)
        assert again.account == bert
        again.close()


def test_names_and_passphrases_are_one_persons(store: Store) -> None:
    with pytest.raises(PassphraseTaken):
        store.staff.add(PASSPHRASE, "Bert", ("volunteer",))
    with pytest.raises(NameTaken):
        store.staff.add(BERT, store.account.name.upper(), ("volunteer",))
    assert len(store.staff.members()) == 1


def test_a_changed_passphrase_is_the_only_one(gate: StoreGate, store: Store) -> None:
    with pytest.raises(WrongPassphrase):
        store.staff.change_passphrase(BERT, NEW)
    store.staff.change_passphrase(PASSPHRASE, NEW)
    with pytest.raises(WrongPassphrase):
        gate.verify(PASSPHRASE)
    assert gate.verify(NEW) == store.account


def test_a_reset_gives_another_passphrase(gate: StoreGate, store: Store) -> None:
    bert = store.staff.add(BERT, "Bert", ("volunteer",))
    assert store.staff.reset(bert.account_id, NEW)
    assert gate.verify(NEW) == bert
    with pytest.raises(RecordMissing):
        store.staff.reset(AccountId("nobody"), "nog een lange zin")
    with pytest.raises(RecordMissing):
        store.staff.bring_back(bert.account_id, BERT)


def test_an_ended_account_opens_nothing_and_the_last_site_lead_stays(gate: StoreGate, store: Store) -> None:
    bert = store.staff.add(BERT, "Bert", ("counsellor",)).account_id
    with pytest.raises(LastSiteLead):
        store.staff.end(store.account.account_id, bert)
    assert store.staff.end(bert, store.account.account_id) == 0
    with pytest.raises(WrongPassphrase):
        gate.verify(BERT)
    with pytest.raises(RecordMissing):
        store.staff.end(bert, store.account.account_id)


def test_the_recovery_key_counts_once_it_is_adopted(gate: StoreGate, store: Store) -> None:
    assert store.staff.recovery_id() == ""
    halves, other = store.staff.new_recovery(), store.staff.new_recovery()
    key_id = store.staff.adopt_recovery(halves)
    assert store.staff.recovery_id() == key_id != ""
    account = store.account
    store.close()
    with pytest.raises(RecoveryWrong):
        gate.recover(other, NEW)
    with pytest.raises(RecoveryMistyped):
        gate.recover(RecoveryHalves(halves.a, halves.b[1:]), NEW)
    again = gate.recover(halves, NEW)
    assert again.account == account
    with again.unit_of_work() as uow:
        assert (uow.audit.list()[-1].action, uow.audit.list()[-1].subject) == ("recovery_key_used", key_id)
    again.close()
    with pytest.raises(WrongPassphrase):
        gate.verify(PASSPHRASE)
    assert gate.verify(NEW) == account
