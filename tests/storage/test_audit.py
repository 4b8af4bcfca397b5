"""The access log cannot be changed unseen: the database refuses, and what was done behind its back is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from intake_app.domain.draft import AuditLine
from intake_app.errors import AuditBroken
from intake_app.storage.gate import SqlStore
from tests.fakes import records
from tests.fakes.inside import inside_database

REWRITE = "DROP TRIGGER audit_is_not_rewritten; DROP TRIGGER audit_goes_from_its_beginning;"


@pytest.fixture
def logged(store: SqlStore) -> SqlStore:
    """Five lines in the log."""
    with store.unit_of_work() as uow:
        for number in range(5):
            uow.audit.add(AuditLine(records.NOON, records.ACCOUNT, "opened", f"p-{number}"))
        uow.commit()
    return store


@pytest.mark.parametrize(
    "change",
    ["UPDATE audit SET subject = 'p-9' WHERE position = 3", "DELETE FROM audit WHERE position = 3"],
)
def test_the_database_refuses_to_change_or_drop_a_line(
    logged: SqlStore, folder: Path, passphrase: str, change: str
) -> None:
    logged.close()
    with inside_database(folder, passphrase) as connection, pytest.raises(dbapi2.IntegrityError):
        connection.execute(change)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ("UPDATE audit SET subject = 'p-9' WHERE position = 3", 3),
        ("UPDATE audit SET at = '2020-01-01 00:00:00.000000' WHERE position = 1", 1),
        ("DELETE FROM audit WHERE position = 2", 2),
        ("DELETE FROM audit WHERE position = 1", 1),
        ("DELETE FROM audit WHERE position = 5", 5),
        ("DELETE FROM audit", 1),
    ],
)
def test_what_was_done_behind_its_back_is_found(
    open_store: Callable[[], SqlStore], logged: SqlStore, folder: Path, passphrase: str, change: str, place: int
) -> None:
    logged.close()
    with inside_database(folder, passphrase) as connection:
        connection.executescript(REWRITE)
        connection.execute(change)
    with open_store().unit_of_work() as uow, pytest.raises(AuditBroken) as refused:
        uow.audit.verify()
    assert refused.value.params == {"position": place}
