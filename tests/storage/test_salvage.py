"""A damaged database gives back what can still be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intake_app.errors import StoreDamaged, WrongPassphrase
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.storage.salvage import salvage
from tests.fakes import records
from tests.fakes.encrypted import PASSPHRASE
from tests.fakes.inside import inside_database

PAGE = 4096
PEOPLE, ANSWERS = 40, 20


@pytest.fixture
def filled(store: SqlStore) -> None:
    with store.unit_of_work() as uow:
        for number in range(PEOPLE):
            uow.participants.add(records.participant(f"p-{number}", f"{1000 + number}-2085"))
            header = records.header(f"uuid:{number}", f"p-{number}")
            uow.drafts.add(header)
            uow.drafts.append(header.instance_id, [records.entry(each, "x" * 200) for each in range(ANSWERS)])
        uow.commit()
    store.close()


def _pages(folder: Path, table: str) -> list[int]:
    """The first page of a table, counted from 1: without it no row of the table is found."""
    with inside_database(folder, PASSPHRASE) as connection:
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()[0]
    return [root]


def _break(folder: Path, *pages: int) -> None:
    content = bytearray((folder / "intake.db").read_bytes())
    for page in pages:
        content[(page - 1) * PAGE + 100 : (page - 1) * PAGE + 200] = bytes(100)
    (folder / "intake.db").write_bytes(content)


@pytest.mark.usefixtures("filled")
def test_damage_in_the_answers_costs_only_what_stood_on_that_page(
    open_store: Callable[[], SqlStore], gate: SqlStoreGate, folder: Path
) -> None:
    count = (folder / "intake.db").stat().st_size // PAGE
    # the last pages were written last: they hold answers
    _break(folder, count - 6, count - 12)
    with pytest.raises(StoreDamaged):
        gate.unlock(PASSPHRASE)
    found = salvage(folder, PASSPHRASE)
    assert found.kept["participant"] == found.kept["draft"] == PEOPLE
    assert PEOPLE * ANSWERS - 60 < found.kept["journal_entry"] < PEOPLE * ANSWERS
    with open_store().unit_of_work() as uow:
        left = [len(uow.drafts.get(header.instance_id).journal) for header in uow.drafts.list()]
    assert len(left) == PEOPLE
    assert sum(left) == found.kept["journal_entry"]
    assert list(folder.glob("intake.db.replaced-*"))


@pytest.mark.usefixtures("filled")
def test_people_whose_own_row_is_gone_keep_their_talks(open_store: Callable[[], SqlStore], folder: Path) -> None:
    _break(folder, *_pages(folder, "participant"))
    found = salvage(folder, PASSPHRASE)
    assert found.kept["draft"] == PEOPLE
    assert found.kept["participant"] == 0
    with open_store().unit_of_work() as uow:
        people = uow.participants.list()
        assert len(people) == PEOPLE
        assert {person.call_name for person in people} == {""}
        assert len(uow.drafts.get(records.header("uuid:3").instance_id).journal) == ANSWERS


@pytest.mark.usefixtures("filled")
def test_when_nothing_can_be_read_the_folder_stays_as_it_was(folder: Path) -> None:
    _break(folder, 1)
    before = (folder / "intake.db").read_bytes()
    with pytest.raises(StoreDamaged):
        salvage(folder, PASSPHRASE)
    assert (folder / "intake.db").read_bytes() == before
    assert not (folder / "repair.new").exists()


@pytest.mark.usefixtures("filled")
def test_a_wrong_passphrase_saves_nothing(folder: Path) -> None:
    with pytest.raises(WrongPassphrase):
        salvage(folder, "een heel andere zin")
