"""An older database becomes a newer one with all it holds, and a copy of it is made first."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import ParticipantId
from intake_app.errors import StorageError, StoreNewer
from intake_app.storage import models
from intake_app.storage.crypto import new_key
from intake_app.storage.database import open_engine
from intake_app.storage.gate import SqlStoreGate
from intake_app.storage.migrations import HEAD, SCRIPTS, upgrade
from tests.fakes import records
from tests.fakes.encrypted import CHEAP
from tests.fakes.inside import inside_database

KEY = new_key()
OLD_STORES = Path(__file__).parent.parent / "data" / "storage"
NEXT = '''
"""A made-up next step: a table made anew, and a new column."""
import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"


def upgrade():
    with op.batch_alter_table("participant") as table:
        table.alter_column("number", new_column_name="paper_number")
        table.add_column(sa.Column("site", sa.String(), nullable=False, server_default="Doetinchem"))
    {then}
'''


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "intake.db"
    path.touch()
    return path


@pytest.fixture
def engine(path: Path) -> Iterator[Engine]:
    engine = open_engine(path, KEY)
    yield engine
    engine.dispose()


def _scripts_with_next(tmp_path: Path, then: str = "") -> Path:
    scripts = tmp_path / "scripts with 100% more"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "next.py").write_text(NEXT.format(head=HEAD, then=then))
    return scripts


def _tables(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())


def _fill(engine: Engine) -> None:
    moment = "2026-03-02 12:00:00.000000"
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO participant VALUES ('p-1', '4711-2085', 'account-1', ?, 0, x'01')", (moment,)
        )
        connection.exec_driver_sql(
            "INSERT INTO draft VALUES ('uuid:1', 'p-1', 'intake', '1', 'account-1', ?, ?, 0)", (moment, moment)
        )
        connection.exec_driver_sql("INSERT INTO journal_entry VALUES ('uuid:1', 0, ?, x'02')", (moment,))


def _counts(engine: Engine) -> list[object]:
    with engine.connect() as connection:
        return [
            connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()
            for table in ("participant", "draft", "journal_entry")
        ]


def test_the_scripts_lead_to_one_head_and_it_is_ours() -> None:
    assert ScriptDirectory(str(SCRIPTS)).get_heads() == [HEAD]


def test_the_scripts_make_exactly_the_tables_of_the_models(engine: Engine, path: Path) -> None:
    upgrade(engine, path)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), models.ParticipantRow.metadata) == []
    assert _tables(engine) == set(models.ParticipantRow.metadata.tables) | {"alembic_version"}


def test_an_empty_file_needs_no_copy(engine: Engine, path: Path) -> None:
    assert upgrade(engine, path) is None
    assert upgrade(engine, path) is None
    assert not list(path.parent.glob("*before*"))


def test_up_with_data_loses_no_row_and_leaves_a_copy(engine: Engine, path: Path, tmp_path: Path) -> None:
    upgrade(engine, path)
    _fill(engine)
    copy = upgrade(engine, path, _scripts_with_next(tmp_path), "next")
    assert _counts(engine) == [1, 1, 1]
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT paper_number, site FROM participant").one() == (
            "4711-2085",
            "Doetinchem",
        )
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    assert copy == path.with_name(f"intake.db.before-{HEAD}")
    older = open_engine(copy, KEY)
    assert _counts(older) == [1, 1, 1]
    older.dispose()


@pytest.mark.parametrize(
    "then",
    [
        "raise RuntimeError('half-way')",
        "op.execute(\"INSERT INTO journal_entry VALUES ('uuid:nobody', 0, '2026-03-02 12:00:00.000000', x'03')\")",
    ],
)
def test_a_step_that_fails_leaves_the_database_as_it_was(engine: Engine, path: Path, tmp_path: Path, then: str) -> None:
    upgrade(engine, path)
    _fill(engine)
    with pytest.raises((RuntimeError, StorageError)):
        upgrade(engine, path, _scripts_with_next(tmp_path, then), "next")
    assert _counts(engine) == [1, 1, 1]
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT number FROM participant").scalar() == "4711-2085"
    assert upgrade(engine, path) is None


def test_down_takes_every_table_away(engine: Engine, path: Path) -> None:
    upgrade(engine, path)
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert _tables(engine) == {"alembic_version"}


def test_no_script_imports_anything_of_ours() -> None:
    for script in (SCRIPTS / "versions").glob("*.py"):
        assert "intake_app" not in script.read_text()


@pytest.mark.parametrize("old", sorted(path.name for path in OLD_STORES.iterdir()))
def test_every_older_store_still_opens_with_all_it_holds(tmp_path: Path, old: str) -> None:
    shutil.copytree(OLD_STORES / old, tmp_path / "data")
    gate = SqlStoreGate(tmp_path / "data", CHEAP)
    store = gate.unlock("oude winkel, oude zin")
    person = ParticipantId("p-1")
    with store.unit_of_work() as uow:
        assert uow.participants.get(person).call_name == "Samira"
        draft = uow.drafts.get(records.header().instance_id)
        assert (draft.savepoint, draft.savepoint_sequence) == (b"<data>opgeslagen</data>", 1)
        assert draft.journal == (records.entry(2),)
        assert draft.typing == {"/data/h02": "bez"}
        assert uow.instances.of_participant(person) == (records.instance(),)
        assert uow.outbox.waiting() == (records.item(),)
        assert uow.outbox.receipts() == (records.receipt("uuid:sent"),)
        assert uow.consents.of(person) == (records.consent(),)
        assert uow.plans.of_participant(person) == (records.plan(),)
        assert uow.settings.get("site") == "Doetinchem"
        assert len(uow.audit.list()) == 1
        assert uow.audit.verify() == 1
    store.close()


def test_what_outlives_a_talk_is_read_from_an_older_store(tmp_path: Path) -> None:
    shutil.copytree(OLD_STORES / "0004", tmp_path / "data")
    store = SqlStoreGate(tmp_path / "data", CHEAP).unlock("oude winkel, oude zin")
    with store.unit_of_work() as uow:
        assert uow.cards.list() == (replace(records.card(), account_id=uow.cards.list()[0].account_id),)
        assert [row.content for row in uow.counting.list()] == [{"municipality": "aalten"}]
        assert uow.rights.withdrawals() == (records.withdrawal(ConsentCode.SHARING, organisation="taalhuis"),)
        assert uow.rights.requests() == (records.request(),)
        assert [kept.record for kept in uow.rights.kept_consents()] == [records.consent()]
        assert uow.files.get(records.header().instance_id, "upload", "foto.jpg") == b"beeld"
    store.close()


def test_a_step_down_and_up_again_keeps_every_talk_and_chains_the_log_anew(engine: Engine, path: Path) -> None:
    upgrade(engine, path)
    _fill(engine)
    _log(engine, 3)
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0002_talk_files")
    assert _counts(engine) == [1, 1, 1]
    assert "case_card" not in _tables(engine)
    upgrade(engine, path)
    assert _counts(engine) == [1, 1, 1]
    with engine.connect() as connection:
        chain = connection.exec_driver_sql("SELECT position, digest FROM audit ORDER BY position").all()
    assert [position for position, _ in chain] == [1, 2, 3]
    assert len({digest for _, digest in chain}) == 3
    assert {len(digest) for _, digest in chain} == {32}


def _log(engine: Engine, lines: int) -> None:
    with engine.begin() as connection:
        for number in range(1, lines + 1):
            connection.exec_driver_sql(
                "INSERT INTO audit VALUES (?, '2026-03-02 12:00:00.000000', 'account-1', 'opened', 'p-1', x'00')",
                (number,),
            )


def test_a_newer_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    shutil.copytree(OLD_STORES / "0004", tmp_path / "data")
    gate = SqlStoreGate(tmp_path / "data", CHEAP)
    with inside_database(tmp_path / "data", "oude winkel, oude zin") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_later'")
    before = (tmp_path / "data" / "participant_keys.db").read_bytes()
    with pytest.raises(StoreNewer) as refused:
        gate.unlock("oude winkel, oude zin")
    assert refused.value.params == {"revision": "9999_later"}
    with inside_database(tmp_path / "data", "oude winkel, oude zin") as connection:
        assert connection.execute("SELECT count(*) FROM participant").fetchone() == (1,)
    assert (tmp_path / "data" / "participant_keys.db").read_bytes() == before
    assert not list((tmp_path / "data").glob("*before*"))
