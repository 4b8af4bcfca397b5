"""What was acknowledged survives a process that is killed at any moment."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from intake_app.domain.ids import InstanceId
from intake_app.storage.gate import SqlStore, SqlStoreGate
from tests.fakes import records

WRITER = """
import sys
from pathlib import Path
from intake_app.domain.ids import InstanceId
from intake_app.storage.gate import SqlStoreGate
from tests.fakes import records

store = SqlStoreGate(Path(sys.argv[1])).unlock(sys.argv[2])
draft = InstanceId("uuid:draft-1")
for sequence in range(int(sys.argv[3]), 1_000_000):
    with store.unit_of_work() as uow:
        uow.drafts.append(draft, [records.entry(sequence, f"antwoord {sequence}")])
        if sequence % 25 == 0:
            uow.drafts.save_savepoint(draft, b"%d" % sequence, sequence)
        uow.commit()
    print(sequence, flush=True)
"""


def _killed_after(folder: Path, passphrase: str, first: int, answers: int) -> int:
    """Write answers in another process and kill it; gives the last sequence that it acknowledged."""
    command = [sys.executable, "-c", WRITER, str(folder), passphrase, str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as writer:
        assert writer.stdout is not None
        acknowledged = [int(writer.stdout.readline()) for _ in range(answers)]
        writer.kill()
        acknowledged += [int(line) for line in writer.stdout if line.endswith("\n")]
    return acknowledged[-1]


@pytest.mark.parametrize("answers", [1, 60])
def test_every_acknowledged_answer_is_there_after_a_kill(
    talk: SqlStore, gate: SqlStoreGate, folder: Path, passphrase: str, answers: int
) -> None:
    talk.close()
    last = _killed_after(folder, passphrase, first=10, answers=answers)
    store = gate.unlock(passphrase)
    with store.unit_of_work() as uow:
        draft = uow.drafts.get(InstanceId("uuid:draft-1"))
        kept = [entry.sequence for entry in draft.journal]
        folded = draft.savepoint_sequence if draft.savepoint is not None else -1
        assert draft.savepoint in (None, b"%d" % folded)
        assert kept == list(range(folded + 1, kept[-1] + 1 if kept else folded + 1))
        assert last <= (kept[-1] if kept else folded) <= last + 1
        assert all(
            entry.event["value"] == f"antwoord {entry.sequence}" for entry in draft.journal if entry.sequence > 9
        )
        uow.drafts.append(draft.header.instance_id, [records.entry(last + 2)])
        uow.commit()
    store.close()
