"""The key file opens for its passphrases, tells damage from a wrong passphrase, and gives nothing away."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId
from intake_app.errors import RecordMissing, StoreDamaged, WrongPassphrase
from intake_app.storage.keys import KdfCost, KeyBundle, KeyFile, WrappedKey
from intake_app.storage.recovery import RecoveryKey
from tests.fakes.encrypted import CHEAP


def _line(name: str, role: str, passphrase: str, bundle: KeyBundle, cost: KdfCost = CHEAP) -> WrappedKey:
    account = Account(AccountId(f"account-{name}"), name, (role,))
    return WrappedKey.made(account, account.account_id, passphrase, bundle, cost)


def _file(bundle: KeyBundle) -> KeyFile:
    return KeyFile().adding(_line("Anneke", "counsellor", "een twee drie", bundle))


def _write_new(path: Path) -> None:
    bundle = KeyBundle.fresh()
    _file(bundle).write(path, bundle)


def _read_back(folder: Path, file: KeyFile, bundle: KeyBundle) -> KeyFile:
    file.write(folder / "keys.json", bundle)
    return KeyFile.read(folder / "keys.json")


def _with_checksum(content: dict[str, object]) -> bytes:
    text = json.dumps({name: content[name] for name in ("accounts", "sealed", "recovery")}, sort_keys=True)
    return json.dumps(content | {"checksum": hashlib.sha256(text.encode()).hexdigest()}).encode()


def test_each_passphrase_opens_its_own_account(tmp_path: Path) -> None:
    anneke = KeyBundle.fresh()
    bert = anneke.for_colleague()
    file = _file(anneke).adding(_line("Bert", "volunteer", "vier vijf zes", bert))
    file.write(tmp_path / "keys.json", anneke)
    kept = KeyFile.read(tmp_path / "keys.json")
    assert [(each.name, each.role) for each in kept.accounts] == [("Anneke", "counsellor"), ("Bert", "volunteer")]
    assert kept.open("een twee drie") == (kept.entries[0], anneke)
    assert kept.open("vier vijf zes") == (kept.entries[1], bert)
    assert kept.open("vier vijf zes", kept.accounts[1].account_id)[1] == bert
    with pytest.raises(WrongPassphrase):
        kept.open("vier vijf zes", kept.accounts[0].account_id)
    assert (bert.database, bert.key_store) == (anneke.database, anneke.key_store)
    assert bert.caseload != anneke.caseload


def test_a_wrong_passphrase_is_told_as_such(tmp_path: Path) -> None:
    bundle = KeyBundle.fresh()
    with pytest.raises(WrongPassphrase):
        _read_back(tmp_path, _file(bundle), bundle).open("een twee dri")


def test_the_same_letters_typed_on_another_keyboard_open_too(tmp_path: Path) -> None:
    bundle = KeyBundle.fresh()
    file = _read_back(tmp_path, KeyFile().adding(_line("Anneke", "counsellor", "caf\u00e9", bundle)), bundle)
    assert file.open("cafe\u0301")[1] == bundle


def test_a_new_passphrase_takes_the_place_of_the_old(tmp_path: Path) -> None:
    bundle = KeyBundle.fresh()
    changed = _file(bundle).replacing(_line("Anneke", "counsellor", "nieuw", bundle))
    kept = _read_back(tmp_path, changed, bundle)
    assert kept.open("nieuw")[1] == bundle
    with pytest.raises(WrongPassphrase):
        kept.open("een twee drie")


def test_a_removed_account_opens_nothing() -> None:
    file = _file(KeyBundle.fresh())
    with pytest.raises(WrongPassphrase):
        file.without(file.accounts[0].account_id).open("een twee drie")
    with pytest.raises(RecordMissing):
        file.without(AccountId("nobody"))


def test_the_file_holds_no_key_and_no_passphrase(tmp_path: Path) -> None:
    bundle = KeyBundle.fresh()
    _file(bundle).write(tmp_path / "keys.json", bundle)
    content = (tmp_path / "keys.json").read_bytes()
    for secret in (bundle.database, bundle.key_store, bundle.caseload):
        assert secret not in content
        assert secret.hex().encode() not in content
    assert b"twee" not in content
    assert bundle.database.hex() not in repr(bundle) + repr(_file(bundle).entries)
    assert repr(bundle) == "KeyBundle()"


def test_two_files_with_one_passphrase_share_nothing() -> None:
    bundle = KeyBundle.fresh()
    one, other = _file(bundle).entries[0], _file(bundle).entries[0]
    assert one.salt != other.salt
    assert one.wrapped != other.wrapped


def test_unless_told_otherwise_a_guess_costs_what_was_decided() -> None:
    assert KdfCost() == KdfCost(memory_kib=65536, iterations=3, lanes=4)
    bundle = KeyBundle.fresh()
    line = _line("Anneke", "counsellor", "een twee drie", bundle, KdfCost())
    assert line.open("een twee drie") == bundle


def test_a_file_that_is_missing_or_cut_off_anywhere_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    with pytest.raises(StoreDamaged) as missing:
        KeyFile.read(path)
    assert missing.value.params == {"part": "keys"}
    _write_new(path)
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(StoreDamaged):
            KeyFile.read(path)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_a_changed_byte_is_damage_or_means_nothing(
    tmp_path_factory: pytest.TempPathFactory, position: int, change: int
) -> None:
    path = tmp_path_factory.mktemp("keys") / "keys.json"
    bundle = KeyBundle.fresh()
    _file(bundle).write(path, bundle)
    content = bytearray(path.read_bytes())
    content[position % len(content)] ^= change
    path.write_bytes(content)
    try:
        opened = KeyFile.read(path).open("een twee drie")[1]
    except StoreDamaged:
        return
    assert opened == bundle


@pytest.mark.parametrize(
    "change", [{"roles": ["site_lead"]}, {"name": "Bert"}, {"account_id": "other"}, {"caseload": "other"}]
)
def test_an_edited_account_opens_no_more(tmp_path: Path, change: dict[str, str]) -> None:
    path = tmp_path / "keys.json"
    _write_new(path)
    content = json.loads(path.read_bytes())
    content["accounts"][0] |= change
    path.write_bytes(_with_checksum(content))
    with pytest.raises(WrongPassphrase):
        KeyFile.read(path).open("een twee drie")


@pytest.mark.parametrize(
    "kdf",
    [
        {"name": "pbkdf2"},
        {"memory_kib": 2**40},
        {"memory_kib": 4},
        {"iterations": 0},
        {"iterations": True},
        {"lanes": "1"},
        {"lanes": 2**20},
        {"salt": "AAAA"},
        {"salt": "?"},
        {"salt": 1},
    ],
)
def test_costs_that_cannot_be_are_damage_before_they_cost_anything(tmp_path: Path, kdf: dict[str, object]) -> None:
    path = tmp_path / "keys.json"
    _write_new(path)
    content = json.loads(path.read_bytes())
    content["accounts"][0]["kdf"] |= kdf
    path.write_bytes(_with_checksum(content))
    with pytest.raises(StoreDamaged):
        KeyFile.read(path)


@pytest.mark.parametrize("accounts", [[], {}, None, ["x"], [{}], "x"])
def test_a_list_that_is_no_list_of_accounts_is_damage(tmp_path: Path, accounts: object) -> None:
    path = tmp_path / "keys.json"
    told = {"format": 2, "accounts": accounts, "sealed": [], "recovery": "", "seal": ""}
    path.write_bytes(_with_checksum(told))
    with pytest.raises(StoreDamaged):
        KeyFile.read(path)


@pytest.mark.parametrize("change", [{"recovery": "AAAA"}, {"seal": "00"}])
def test_a_list_changed_by_somebody_without_keys_opens_for_nobody(tmp_path: Path, change: dict[str, str]) -> None:
    path = tmp_path / "keys.json"
    _write_new(path)
    path.write_bytes(_with_checksum(json.loads(path.read_bytes()) | change))
    with pytest.raises(StoreDamaged):
        KeyFile.read(path).open("een twee drie")


def test_the_recovery_key_opens_the_lines_that_know_it(tmp_path: Path) -> None:
    bundle, recovery = KeyBundle.fresh(), RecoveryKey.fresh()
    lead = _line("Anneke", "site_lead", "een twee drie", bundle).escrowed(bundle, recovery.public)
    volunteer = _line("Bert", "volunteer", "vier vijf zes", bundle.for_colleague())
    file = KeyFile((lead, volunteer), recovery=recovery.public)
    kept = _read_back(tmp_path, file, bundle)
    assert kept.recover(recovery) == (kept.entries[0], bundle)
    assert kept.entries[1].recovered(recovery) is None
    assert kept.recover(RecoveryKey.fresh()) is None


def test_a_bundle_of_another_length_is_damage() -> None:
    with pytest.raises(StoreDamaged):
        KeyBundle.unpacked(bytes(95))


def test_reading_keys_does_not_wait_for_the_database_libraries() -> None:
    code = "import sys, intake_app.storage.keys; print([m for m in ('sqlmodel', 'sqlalchemy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
