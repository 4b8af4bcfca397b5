"""After erasing, not even the sealed words are left: not in free pages, not in the log, not in any other file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from intake_app.domain.ids import ParticipantId
from intake_app.storage.gate import SqlStore
from tests.fakes import records
from tests.fakes.encrypted import PASSPHRASE
from tests.fakes.inside import inside_database, pages_of


def _sealed(folder: Path, person: str) -> list[bytes]:
    with inside_database(folder, PASSPHRASE) as connection:
        rows = connection.execute("SELECT sealed FROM participant WHERE participant_id = ?", (person,)).fetchall()
        rows += connection.execute(
            "SELECT j.sealed FROM journal_entry j JOIN draft d USING (instance_id) WHERE d.participant_id = ?",
            (person,),
        ).fetchall()
    return [row[0] for row in rows]


def test_an_erased_person_is_left_in_no_free_page_and_no_other_file(
    open_store: Callable[[], SqlStore], folder: Path
) -> None:
    store = open_store()
    with store.unit_of_work() as uow:
        for number in (1, 2):
            uow.participants.add(records.participant(f"p-{number}", f"{number}000-2085"))
            header = records.header(f"uuid:{number}", f"p-{number}")
            uow.drafts.add(header)
            uow.drafts.append(header.instance_id, [records.entry(each, "w" * 300) for each in range(40)])
        uow.commit()
    store.close()
    gone, stays = _sealed(folder, "p-1"), _sealed(folder, "p-2")
    assert all(blob in pages_of(folder, PASSPHRASE) for blob in (gone[0], stays[0]))
    store = open_store()
    with store.unit_of_work() as uow:
        uow.participants.erase(ParticipantId("p-1"), records.NOON)
        uow.commit()
    assert (folder / "intake.db-wal").stat().st_size == 0
    store.close()
    pages = pages_of(folder, PASSPHRASE)
    # a blob may be spread over pages: its first bytes stand together
    assert not any(blob[:64] in pages for blob in gone)
    assert all(blob[:64] in pages for blob in stays)
