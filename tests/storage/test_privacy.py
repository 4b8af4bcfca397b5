"""Nothing a person said can be read from the folder, from inside the database, or from an error."""

from __future__ import annotations

import stat
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import StatementError
from sqlmodel import Session

from intake_app.domain.consent import ConsentCode
from intake_app.domain.draft import AuditLine, JournalEntry
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.keeping import CountingRow, KeptConsent
from intake_app.errors import RecordErased, StorageError, WrongPassphrase
from intake_app.storage.database import open_engine
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.storage.keys import KeyFile
from intake_app.storage.models import AuditRow
from intake_app.storage.participant_keys import ParticipantKeys
from intake_app.storage.unit_of_work import SqlUnitOfWork
from tests.fakes import records
from tests.fakes.inside import inside_database

DRAFT = records.header().instance_id
WORDS = (
    "Zeynabmarkering",
    "leeftijdmarkering",
    "taalmarkering",
    "antwoordmarkering",
    "typmarkering",
    "opslagmarkering",
    "bevrorenmarkering",
    "vrijgegevenmarkering",
    "verzondenmarkering",
    "probleemmarkering",
    "ontvangstmarkering",
    "organisatiemarkering",
    "planmarkering",
    "geheimmarkering",
    "kaartnaammarkering",
    "belmarkering",
    "stapmarkering",
    "vervolgmarkering",
    "vrijvervolgmarkering",
    "vervolgtypmarkering",
    "telmarkering",
    "terugmarkering",
    "bewijsmarkering",
    "bestandsnaammarkering",
    "bestandmarkering",
    "متحف",
)


def _write_everything(store: SqlStore) -> None:
    _write_answers(store)
    _take_back(store)


def _take_back(store: SqlStore) -> None:
    with store.unit_of_work() as uow:
        uow.rights.withdraw(records.withdrawal(ConsentCode.SHARING, organisation="terugmarkering", person="p-9"))
        uow.commit()


def _write_answers(store: SqlStore) -> None:
    with store.unit_of_work() as uow:
        uow.participants.add(
            replace(
                records.participant(call_name="Zeynabmarkering متحف"),
                age_group="leeftijdmarkering",
                language="taalmarkering",
            )
        )
        uow.drafts.add(records.header())
        uow.drafts.save_savepoint(DRAFT, b"<data>opslagmarkering</data>", 3)
        uow.drafts.append(DRAFT, [records.entry(4, "antwoordmarkering")])
        uow.drafts.save_typing(DRAFT, {"/data/x": "typmarkering"})
        uow.instances.add(records.instance(xml=b"bevrorenmarkering", released_xml=b"vrijgegevenmarkering"))
        uow.outbox.add(replace(records.item(xml=b"verzondenmarkering"), last_problem="probleemmarkering"))
        uow.outbox.add(records.item("uuid:tally", None, xml=b"verzondenmarkering"))
        uow.outbox.add(records.item("uuid:sent"))
        uow.outbox.confirm(replace(records.receipt("uuid:sent"), text="ontvangstmarkering"))
        uow.files.save(ParticipantId("p-1"), DRAFT, "upload", "bestandsnaammarkering.jpg", b"bestandmarkering")
        uow.consents.add(
            ParticipantId("p-1"), records.consent(ConsentCode.SHARING, organisation="organisatiemarkering")
        )
        uow.plans.add(replace(records.plan(), document=b"planmarkering"))
        uow.settings.set("server_token", "geheimmarkering")
        uow.audit.add(AuditLine(records.NOON, store.account.account_id, "talk_recorded", "p-1"))
        _write_what_outlives_a_talk(uow)
        uow.commit()


def _write_what_outlives_a_talk(uow: SqlUnitOfWork) -> None:
    uow.cards.save(
        records.card(call_name="kaartnaammarkering", contact=("belmarkering",), steps=("stapmarkering",), language="xm")
    )
    uow.follow_ups.save(
        replace(
            records.follow_up(xml=b"vervolgmarkering"),
            released_xml=b"vrijvervolgmarkering",
            typing={"/data/x": "vervolgtypmarkering"},
        )
    )
    uow.outbox.add(records.item("uuid:follow-1", "card:p-1", xml=b"verzondenmarkering"))
    uow.counting.add(CountingRow("r-1", "2026-Q1", {"gemeente": "telmarkering"}))
    uow.rights.ask(records.request())
    uow.rights.keep_consents(
        (KeptConsent(records.NUMBER, records.consent(organisation="bewijsmarkering"), records.NOON),)
    )


def _tables(connection: Any) -> list[str]:
    return [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()]


def _contents(folder: Path) -> dict[str, bytes]:
    """Every file that can be read; Windows keeps the ones with locks in them to their holder."""
    found = {}
    for path in folder.iterdir():
        try:
            found[path.name] = path.read_bytes()
        except PermissionError:
            assert sys.platform == "win32"
    return found


def _assert_silent(content: bytes, words: tuple[str, ...] = WORDS) -> None:
    for word in words:
        for coding in ("utf-8", "utf-16-le", "utf-16-be"):
            assert word.encode(coding) not in content


def test_no_word_stands_readable_in_any_file(open_store: Callable[[], SqlStore], folder: Path, passphrase: str) -> None:
    store = open_store()
    _write_answers(store)
    open_files = _contents(folder)
    assert {"intake.db", "intake.db-wal", "participant_keys.db", "keys.json"} <= set(open_files)
    assert len(open_files["intake.db-wal"]) > 10_000
    _take_back(store)
    after = _contents(folder)
    assert len(after["intake.db-wal"]) == 0
    store.close()
    for content in (*open_files.values(), *after.values(), *_contents(folder).values()):
        _assert_silent(content, (*WORDS, passphrase, records.participant().number, "uuid:draft-1"))


def test_inside_the_database_only_ids_numbers_states_and_moments_can_be_read(
    store: SqlStore, folder: Path, passphrase: str
) -> None:
    _write_everything(store)
    store.close()
    with inside_database(folder, passphrase) as connection:
        rows = [row for table in _tables(connection) for row in connection.execute(f'SELECT * FROM "{table}"')]
    cells = [cell for row in rows for cell in row]
    assert len(rows) == 23
    assert "4711-2085" in cells
    for cell in cells:
        _assert_silent(cell if isinstance(cell, bytes) else str(cell).encode())


def test_the_same_answer_looks_different_in_every_row(store: SqlStore, folder: Path, passphrase: str) -> None:
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.drafts.add(records.header())
        uow.drafts.append(DRAFT, [records.entry(sequence, "ja") for sequence in range(20)])
        uow.commit()
    store.close()
    with inside_database(folder, passphrase) as connection:
        sealed = {row[0] for row in connection.execute("SELECT sealed FROM journal_entry")}
    assert len(sealed) == 20


def test_an_error_of_the_database_tells_no_value(
    store: SqlStore, gate: SqlStoreGate, folder: Path, passphrase: str
) -> None:
    _write_everything(store)
    store.close()
    with inside_database(folder, passphrase) as connection:
        connection.execute("DROP TABLE journal_entry")
        connection.execute("CREATE TRIGGER no BEFORE INSERT ON participant BEGIN SELECT raise(ABORT, 'no'); END")
    store = gate.unlock(passphrase)
    told = ""
    with store.unit_of_work() as uow:
        with pytest.raises(StorageError) as refused:
            uow.drafts.append(DRAFT, [records.entry(5, "antwoordmarkering")])
        told += _all_said(refused.value)
    with store.unit_of_work() as uow:
        with pytest.raises(StorageError) as refused:
            uow.participants.add(records.participant("p-9", "9999-0001", "Zeynabmarkering"))
        told += _all_said(refused.value)
    store.close()
    assert "constraint" in told
    for word in ("antwoordmarkering", "Zeynabmarkering", "9999-0001", "p-9"):
        assert word not in told


def test_an_error_before_the_database_tells_no_value_either(store: SqlStore, folder: Path, passphrase: str) -> None:
    store.close()
    _, bundle = KeyFile.read(folder / "keys.json").open(passphrase)
    engine = open_engine(folder / "intake.db", bundle.database)
    naive = records.NOON.replace(tzinfo=None)
    rows = [AuditRow(at=naive, account_id="a", action="b", subject="geheimmarkering") for _ in range(2)]
    with Session(engine) as session:
        session.add_all(rows)
        with pytest.raises(StatementError) as refused:
            session.flush()
    engine.dispose()
    assert "geheimmarkering" not in _all_said(refused.value)
    assert bundle.database.hex() not in repr(engine) + repr(engine.url)


def _all_said(error: BaseException | None) -> str:
    """The texts of an error and of everything that stands behind it."""
    said = ""
    while error is not None:
        said += f"{error!s} {error!r}\n"
        error = error.__cause__ or error.__context__
    return said


def test_a_refused_opening_writes_nothing_on_the_screen(
    store: SqlStore, gate: SqlStoreGate, folder: Path, passphrase: str, capfd: pytest.CaptureFixture[str]
) -> None:
    store.close()
    with pytest.raises(WrongPassphrase):
        gate.unlock("een andere zin")
    content = bytearray((folder / "intake.db").read_bytes())
    content[100:200] = bytes(100)
    (folder / "intake.db").write_bytes(content)
    with pytest.raises(StorageError):
        gate.unlock(passphrase)
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps others out by the profile folder's rights")
def test_only_the_owner_may_read_the_folder_and_its_files(talk: SqlStore, folder: Path) -> None:
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in ("keys.json", "intake.db", "intake.db-wal", "intake.db-shm", "participant_keys.db"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600, name


def test_erasing_makes_an_older_copy_of_the_database_unreadable(
    open_store: Callable[[], SqlStore], folder: Path
) -> None:
    store = open_store()
    _write_everything(store)
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant("p-2", "2222-2222"))
        uow.commit()
    store.close()
    older = (folder / "intake.db").read_bytes()
    store = open_store()
    with store.unit_of_work() as uow:
        uow.participants.erase(ParticipantId("p-1"), records.NOON)
        uow.commit()
    store.close()
    (folder / "intake.db").write_bytes(older)
    store = open_store()
    with store.unit_of_work() as uow:
        with pytest.raises(RecordErased):
            uow.participants.get(ParticipantId("p-1"))
        assert [each.participant_id for each in uow.participants.list()] == ["p-2"]
        assert uow.drafts.list() == ()
        assert uow.instances.list() == ()
        # what hangs on the case card outlives the person
        assert [each.participant_id for each in uow.outbox.waiting()] == [None, "card:p-1"]


def test_an_erasure_that_was_cut_off_is_finished_at_the_next_opening(
    open_store: Callable[[], SqlStore], folder: Path, passphrase: str
) -> None:
    store = open_store()
    _write_everything(store)
    store.close()
    keys_before = (folder / "participant_keys.db").read_bytes()
    store = open_store()
    with store.unit_of_work() as uow:
        uow.participants.erase(ParticipantId("p-1"), records.NOON)
        uow.commit()
    store.close()
    (folder / "participant_keys.db").write_bytes(keys_before)
    open_store().close()
    entry, bundle = KeyFile.read(folder / "keys.json").open(passphrase)
    keys = ParticipantKeys(folder / "participant_keys.db", entry.caseload, bundle)
    assert keys.own() == {"card:p-1"}
    keys.close()


def test_an_erased_person_leaves_number_and_moment_and_nothing_else(
    store: SqlStore, folder: Path, passphrase: str
) -> None:
    _write_everything(store)
    with store.unit_of_work() as uow:
        uow.participants.erase(ParticipantId("p-1"), records.NOON)
        uow.commit()
    store.close()
    with inside_database(folder, passphrase) as connection:
        found = {
            table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in _tables(connection)
        }
        stones = connection.execute("SELECT participant_id, number FROM tombstone").fetchall()
    left = {table: count for table, count in found.items() if count}
    kept = {"case_card": 1, "counting_row": 1, "withdrawal": 1, "data_request": 1, "kept_consent": 1}
    kept["follow_up"] = 1
    assert left == {"alembic_version": 1, "tombstone": 1, "outbox": 2, "setting": 2, "audit": 1} | kept
    assert stones == [("p-1", "4711-2085")]


def test_a_journal_event_is_json_or_refused(talk: SqlStore) -> None:
    odd = JournalEntry(50, {"set": "/data/a", "value": object()}, records.NOON)
    with talk.unit_of_work() as uow, pytest.raises(TypeError):
        uow.drafts.append(InstanceId("uuid:draft-1"), [odd])
