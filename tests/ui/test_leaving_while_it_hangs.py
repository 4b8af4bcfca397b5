"""The program ends although a line is still being laid that nobody answers; what waits stands in the store."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

import pytest

from intake_app.domain.ids import InstanceId
from intake_app.services.installation import ServerSettings, write_server
from intake_app.storage.gate import SqlStoreGate
from tests.fakes import records
from tests.fakes.encrypted import CHEAP

PASSPHRASE = "vier losse woorden samen"
XML = b"<data><meta><instanceID>uuid:a</instanceID></meta></data>"
REPOSITORY = Path(__file__).parents[2]
FULL = 8
"""More than a listener takes that never answers: whoever comes after them waits for a line."""


@pytest.fixture
def deaf() -> Iterator[int]:
    """A port on which a line is never laid, and never refused either."""
    with ExitStack() as held:
        listener = held.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(FULL):
            one = held.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(listener.getsockname())
        yield listener.getsockname()[1]


@pytest.mark.skipif(sys.platform != "linux", reason="a full listener refuses a line on other systems")
def test_the_program_ends_while_a_line_is_still_being_laid(tmp_path: Path, deaf: int) -> None:
    gate = SqlStoreGate(tmp_path, CHEAP)
    store = gate.create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
    with store.unit_of_work() as uow:
        uow.participants.add(records.participant())
        uow.outbox.add(records.item("uuid:a", xml=XML))
        uow.commit()
    write_server(store, ServerSettings(f"http://127.0.0.1:{deaf}/v1/projects/1", "geheim"))
    store.close()

    program = [sys.executable, "-m", "tests.ui.leaves_while_it_hangs", str(tmp_path), PASSPHRASE, str(deaf)]
    with subprocess.Popen(program, cwd=REPOSITORY, env=os.environ, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "closing\n"
        closing = monotonic()
        told, _ = running.communicate(timeout=25)
        took = monotonic() - closing

    assert (running.returncode, told) == (0, "")
    assert took < 15
    again = gate.unlock(PASSPHRASE)
    with again.unit_of_work() as uow:
        waits = uow.outbox.some([InstanceId("uuid:a")])
    assert waits[InstanceId("uuid:a")].xml == XML
    again.close()
