"""What the door needs before anybody comes in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from intake_app.bootstrap import store_gate

READS_THE_NAMES = """
import sys
from pathlib import Path
from intake_app.storage.door import StoreDoor
print([account.name for account in StoreDoor(Path(sys.argv[1])).accounts()])
print(sorted({"cryptography", "sqlalchemy", "sqlcipher3"} & {name.partition(".")[0] for name in sys.modules}))
"""


def test_the_names_at_the_door_are_read_without_cryptography_and_database(tmp_path: Path) -> None:
    store_gate(tmp_path).create("vier losse woorden samen", "Anna", "site_lead").close()
    command = [sys.executable, "-c", READS_THE_NAMES, str(tmp_path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    assert told.stdout.splitlines() == ["['Anna']", "[]"]
