"""One laptop as a process of its own: opens its store and sends until nothing waits. It may be killed at any moment."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.killing.examine import PASSPHRASE, gate
from intake_app.domain.clock import SystemClock
from intake_app.services.submissions import Outbox
from intake_app.sync.backoff import Backoff
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.wire import Timeouts
from intake_app.sync.worker import run_once

READY = "ready"
SHORT = Timeouts(connect=5, read=5, write=5)


def main(arguments: list[str]) -> int:
    """`FOLDER ADDRESS TOKEN`; 0 when everything was sent, 3 when a record needs a person."""
    folder, address, token = arguments
    store = gate(Path(folder)).unlock(PASSPHRASE)
    try:
        print(READY, flush=True)
        outbox = Outbox(store)
        backoff = Backoff(timedelta(milliseconds=5), timedelta(milliseconds=50))
        with OpenRosaServer(address, token, device_id=Path(folder).name, timeouts=SHORT, clock=SystemClock()) as server:
            while True:
                report = run_once(outbox, server, datetime.now(UTC), backoff=backoff)
                if report.set_apart:
                    print([(one.instance_id, one.code, one.params) for one in report.failed], file=sys.stderr)
                    return 3
                if not report.waiting:
                    return 0
                time.sleep(0.005)
    finally:
        store.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
