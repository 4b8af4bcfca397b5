"""Accounts of an encrypted store: each opens the own caseload only, and nobody's people are lost on the way."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from intake_app.domain.draft import RecoveryHalves
from intake_app.domain.ids import AccountId, ParticipantId
from intake_app.errors import (
    CaseloadSealed,
    LastSiteLead,
    NameTaken,
    PassphraseTaken,
    RecordMissing,
    RecoveryMistyped,
    RecoveryWrong,
    StoreDamaged,
    WrongPassphrase,
)
from intake_app.storage import gate as gates
from intake_app.storage.crypto import Place, unseal
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.storage.keys import KdfCost, KeyFile
from intake_app.storage.participant_keys import ParticipantKeys
from tests.fakes import records
from tests.fakes.encrypted import CHEAP, PASSPHRASE

BERT = "bert zijn lange zin"
SAMIRA = ParticipantId("p-1")
OLD_STORES = Path(__file__).parent.parent / "data" / "storage"


@pytest.fixture
def bert(talk: SqlStore) -> AccountId:
    return talk.staff.add(BERT, "Bert", ("counsellor",)).account_id


@pytest.fixture
def halves(talk: SqlStore) -> RecoveryHalves:
    made = talk.staff.new_recovery()
    talk.staff.adopt_recovery(made)
    return made


def _names(store: SqlStore) -> list[str]:
    with store.unit_of_work() as uow:
        return [person.call_name for person in uow.participants.list()]


def _counts(store: SqlStore) -> list[tuple[str, int, int]]:
    return [(each.account.name, each.people, each.sealed_people) for each in store.staff.members()]


# ------------------------------------------------------------------ caseloads
def test_a_passphrase_opens_no_key_of_another_caseload_whatever_the_program_does(
    talk: SqlStore, bert: AccountId, folder: Path
) -> None:
    anneke = talk.account.account_id
    talk.close()
    entry, bundle = KeyFile.read(folder / "keys.json").open(BERT)
    keys = ParticipantKeys(folder / "participant_keys.db", entry.caseload, bundle)
    (wrapped,) = next(iter(keys._connection.execute("SELECT wrapped FROM participant_key")))
    keys.close()
    place = Place(owner=SAMIRA, table="participant_key", row=anneke)
    for key in (bundle.caseload, bundle.database, bundle.key_store, bundle.post_box):
        with pytest.raises(StoreDamaged):
            unseal(key, wrapped, place)


def test_counting_a_caseload_opens_nothing_of_it(talk: SqlStore, bert: AccountId, gate: SqlStoreGate) -> None:
    talk.close()
    store = gate.unlock(BERT)
    assert _counts(store) == [("Anneke", 1, 0), ("Bert", 0, 0)]
    assert _names(store) == []
    store.close()


def test_somebody_handed_over_is_the_colleagues_alone(talk: SqlStore, bert: AccountId, gate: SqlStoreGate) -> None:
    talk.staff.hand_over(frozenset({SAMIRA}), bert)
    assert _names(talk) == []
    talk.close()
    store = gate.unlock(BERT)
    with store.unit_of_work() as uow:
        person = uow.participants.get(SAMIRA)
        assert (person.call_name, person.account_id) == ("Samira", bert)
        assert len(uow.drafts.get(records.header().instance_id).journal) == 10
        assert uow.drafts.list()[0].account_id == bert
    store.close()


def test_handing_over_to_nobody_changes_nothing(talk: SqlStore) -> None:
    with pytest.raises(RecordMissing):
        talk.staff.hand_over(frozenset({SAMIRA}), AccountId("nobody"))
    assert _names(talk) == ["Samira"]


# ------------------------------------------------------------------ passphrases
def test_a_colleague_is_chosen_by_passphrase_or_by_name(talk: SqlStore, bert: AccountId, gate: SqlStoreGate) -> None:
    anneke = talk.account.account_id
    talk.close()
    assert [account.name for account in gate.accounts()] == ["Anneke", "Bert"]
    with pytest.raises(WrongPassphrase):
        gate.unlock(BERT, anneke)
    for named in (None, bert):
        store = gate.unlock(BERT, named)
        assert store.account.account_id == bert
        assert store.account.roles == ("counsellor",)
        store.close()


def test_two_accounts_share_neither_passphrase_nor_name(talk: SqlStore, bert: AccountId) -> None:
    with pytest.raises(PassphraseTaken):
        talk.staff.add(PASSPHRASE, "Carla", ("volunteer",))
    with pytest.raises(NameTaken):
        talk.staff.add("carla haar zin", " bert ", ("volunteer",))
    with pytest.raises(PassphraseTaken):
        talk.staff.change_passphrase(PASSPHRASE, BERT)
    assert _counts(talk) == [("Anneke", 1, 0), ("Bert", 0, 0)]


def test_a_changed_passphrase_opens_the_same_caseload(talk: SqlStore, gate: SqlStoreGate) -> None:
    with pytest.raises(WrongPassphrase):
        talk.staff.change_passphrase("iets anders", "nieuwe zin")
    talk.staff.change_passphrase(PASSPHRASE, "nieuwe zin")
    talk.close()
    with pytest.raises(WrongPassphrase):
        gate.unlock(PASSPHRASE)
    store = gate.unlock("nieuwe zin")
    assert _names(store) == ["Samira"]
    store.close()


def test_nobody_changes_the_passphrase_of_another(talk: SqlStore, bert: AccountId) -> None:
    with pytest.raises(WrongPassphrase):
        talk.staff.change_passphrase(BERT, "nieuwe zin")


def test_a_passphrase_that_costs_too_little_is_strengthened_at_login_and_never_weakened(
    talk: SqlStore, folder: Path
) -> None:
    talk.close()
    stronger = KdfCost(memory_kib=128, iterations=2, lanes=2)
    SqlStoreGate(folder, stronger).unlock(PASSPHRASE).close()
    assert KeyFile.read(folder / "keys.json").entries[0].cost == stronger
    SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE).close()
    assert KeyFile.read(folder / "keys.json").entries[0].cost == stronger


# ------------------------------------------------------------------ reset and end
def test_a_reset_with_the_recovery_key_keeps_the_caseload(
    talk: SqlStore, halves: RecoveryHalves, bert: AccountId, gate: SqlStoreGate
) -> None:
    talk.staff.hand_over(frozenset({SAMIRA}), bert)
    assert talk.staff.reset(bert, "bert zijn nieuwe zin", halves)
    talk.close()
    with pytest.raises(WrongPassphrase):
        gate.unlock(BERT)
    store = gate.unlock("bert zijn nieuwe zin")
    assert _names(store) == ["Samira"]
    store.close()


@pytest.mark.parametrize("way", ["the recovery key", "the old passphrase"])
def test_a_reset_without_it_seals_the_people_until_they_are_brought_back(
    talk: SqlStore, halves: RecoveryHalves, bert: AccountId, gate: SqlStoreGate, way: str
) -> None:
    talk.staff.hand_over(frozenset({SAMIRA}), bert)
    assert not talk.staff.reset(bert, "bert zijn nieuwe zin")
    assert _counts(talk) == [("Anneke", 0, 0), ("Bert", 0, 1)]
    talk.close()
    store = gate.unlock("bert zijn nieuwe zin")
    assert _names(store) == []
    with pytest.raises(WrongPassphrase):
        store.staff.bring_back(bert, "een gok")
    assert store.staff.bring_back(bert, halves if way == "the recovery key" else BERT) == 1
    assert _names(store) == ["Samira"]
    assert _counts(store) == [("Anneke", 0, 0), ("Bert", 1, 0)]
    with pytest.raises(RecordMissing):
        store.staff.bring_back(bert, halves)
    store.close()


def test_a_reset_of_an_empty_caseload_seals_nothing(talk: SqlStore, bert: AccountId) -> None:
    assert talk.staff.reset(bert, "bert zijn nieuwe zin")
    assert _counts(talk) == [("Anneke", 1, 0), ("Bert", 0, 0)]


def test_an_account_that_ends_leaves_its_people_to_another(
    talk: SqlStore, halves: RecoveryHalves, bert: AccountId, gate: SqlStoreGate
) -> None:
    talk.staff.hand_over(frozenset({SAMIRA}), bert)
    anneke = talk.account.account_id
    with pytest.raises(CaseloadSealed) as refused:
        talk.staff.end(bert, anneke)
    assert refused.value.params == {"people": 1}
    assert talk.staff.end(bert, anneke, halves) == 1
    assert _names(talk) == ["Samira"]
    assert _counts(talk) == [("Anneke", 1, 0)]
    talk.close()
    with pytest.raises(WrongPassphrase):
        gate.unlock(BERT)
    store = gate.unlock(PASSPHRASE)
    with store.unit_of_work() as uow:
        assert uow.participants.get(SAMIRA).account_id == anneke
    store.close()


def test_an_account_without_people_ends_without_the_recovery_key(talk: SqlStore, bert: AccountId) -> None:
    assert talk.staff.end(bert, talk.account.account_id) == 0
    assert _counts(talk) == [("Anneke", 1, 0)]


def test_the_last_site_lead_stays(talk: SqlStore, bert: AccountId) -> None:
    with pytest.raises(LastSiteLead):
        talk.staff.end(talk.account.account_id, bert)
    with pytest.raises(LastSiteLead):
        talk.staff.end(bert, bert)


# ------------------------------------------------------------------ the recovery key
def test_the_recovery_key_makes_a_new_passphrase_and_leaves_a_trace(
    talk: SqlStore, halves: RecoveryHalves, folder: Path, gate: SqlStoreGate
) -> None:
    key_id = talk.staff.recovery_id()
    talk.close()
    store = gates.recover(folder, halves.b, halves.a, "de nieuwe zin van Anneke", CHEAP)
    assert store.account.holds("site_lead")
    assert _names(store) == ["Samira"]
    with store.unit_of_work() as uow:
        last = uow.audit.list()[-1]
    assert (last.action, last.subject) == ("recovery_key_used", key_id)
    store.close()
    with pytest.raises(WrongPassphrase):
        gate.unlock(PASSPHRASE)
    gate.unlock("de nieuwe zin van Anneke").close()


def test_it_works_on_another_laptop_from_a_copy_of_the_files(
    talk: SqlStore, halves: RecoveryHalves, folder: Path, tmp_path: Path
) -> None:
    talk.close()
    other = shutil.copytree(folder, tmp_path / "andere laptop")
    store = gates.recover(other, halves.a, halves.b, "de nieuwe zin van Anneke", CHEAP)
    assert _names(store) == ["Samira"]
    store.close()


def test_a_wrong_recovery_key_says_so_and_changes_nothing(
    talk: SqlStore, halves: RecoveryHalves, folder: Path, gate: SqlStoreGate
) -> None:
    other = talk.staff.new_recovery()
    talk.close()
    before = (folder / "keys.json").read_bytes()
    for half_a, half_b, error in (
        (other.a, other.b, RecoveryWrong),
        (halves.a, other.b, RecoveryWrong),
        (halves.a, halves.a, RecoveryWrong),
        (halves.a, halves.b[:-1], RecoveryMistyped),
        ("", "", RecoveryMistyped),
    ):
        with pytest.raises(error):
            gates.recover(folder, half_a, half_b, "de nieuwe zin", CHEAP)
    assert (folder / "keys.json").read_bytes() == before
    gate.unlock(PASSPHRASE).close()


def test_halves_that_were_never_confirmed_open_nothing(talk: SqlStore, folder: Path) -> None:
    halves = talk.staff.new_recovery()
    talk.close()
    with pytest.raises(RecoveryWrong):
        gates.recover(folder, halves.a, halves.b, "de nieuwe zin", CHEAP)


def test_a_new_recovery_key_takes_the_place_of_the_old_one_at_each_login(
    talk: SqlStore, halves: RecoveryHalves, bert: AccountId, gate: SqlStoreGate, folder: Path
) -> None:
    fresh = talk.staff.new_recovery()
    talk.staff.adopt_recovery(fresh)
    assert [each.recoverable for each in talk.staff.members()] == [True, False]
    talk.close()
    gate.unlock(BERT).close()
    with pytest.raises(RecoveryWrong):
        gates.recover(folder, halves.a, halves.b, "de nieuwe zin", CHEAP)
    store = gates.recover(folder, fresh.a, fresh.b, "de nieuwe zin", CHEAP)
    assert [each.recoverable for each in store.staff.members()] == [True, True]
    store.close()


def test_neither_half_nor_key_ever_reaches_the_disk(talk: SqlStore, halves: RecoveryHalves, folder: Path) -> None:
    talk.close()
    for path in folder.iterdir():
        content = path.read_bytes().upper()
        for half in (halves.a, halves.b):
            assert half.encode() not in content
            assert half.replace(" ", "").encode() not in content


# ------------------------------------------------------------------ the format before
def test_an_older_key_file_is_copied_and_becomes_a_new_one_with_a_site_lead(tmp_path: Path) -> None:
    folder = shutil.copytree(OLD_STORES / "0001", tmp_path / "data")
    old = (folder / "keys.json").read_bytes()
    gate = SqlStoreGate(folder, CHEAP)
    store = gate.unlock("oude winkel, oude zin")
    assert store.account.roles == ("site_lead", "counsellor")
    assert _names(store) == ["Samira"]
    store.close()
    assert json.loads((folder / "keys.json").read_bytes())["format"] == 2
    copy = folder / "keys.json.before-2"
    assert copy.read_bytes() == old
    gate.unlock("oude winkel, oude zin").close()
    assert not copy.exists()


def test_an_older_key_file_opens_for_nobody_else_on_the_way(tmp_path: Path) -> None:
    folder = shutil.copytree(OLD_STORES / "0001", tmp_path / "data")
    with pytest.raises(WrongPassphrase):
        SqlStoreGate(folder, CHEAP).unlock("nieuwe zin")
    assert json.loads((folder / "keys.json").read_bytes())["format"] == 1
