"""A long queue over a good line: ours beside a bare HTTP client with the same bytes, and the memory it takes."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from subprocess import PIPE, Popen
from time import perf_counter

import httpx

from benchmarks.killing.examine import PASSPHRASE, gate
from benchmarks.syncing.chaos import REPOSITORY
from benchmarks.syncing.records import fill
from intake_app.domain.clock import SystemClock
from intake_app.services.submissions import Outbox
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.worker import run_once

SIZE = 20_000
PACE_MS = 50
"""A real ODK Central took 82 a second from eight clients at once, a tenth of a second each; this is half of that."""


@dataclass(frozen=True)
class Speed:
    """Records a second, and how many bytes more are in use for ten times as many records."""

    records: int
    size: int
    ours: float
    bare: float
    growth: int

    @property
    def share(self) -> float:
        """Our rate as a part of the bare client's."""
        return self.ours / self.bare


def measure(folder: Path, records: int) -> Speed:
    """Send a queue, post the same bytes plainly, and weigh a queue of a tenth beside a whole one."""
    random = Random(7)
    laptop = fill(folder / "speed", records, random, size=SIZE)
    with receiver(PACE_MS) as (address, token):
        seconds = _send(laptop.folder, address, token)
    with receiver(PACE_MS) as (address, token):
        plain = _post(list(laptop.frozen.values()), address, token)
    few, many = (_weight(folder / f"w{count}", count) for count in (records // 10, records))
    size = sum(map(len, laptop.frozen.values())) // records
    return Speed(records, size, records / seconds, records / plain, many - few)


@contextmanager
def receiver(pace: int = 0) -> Iterator[tuple[str, str]]:
    """A receiver in a process of its own: address and token."""
    import json
    import sys

    command = [sys.executable, "-m", "intake_app", "central-trial", "--json", "--pace", str(pace)]
    with Popen(command, cwd=REPOSITORY, stdout=PIPE, text=True) as process:
        if process.stdout is None:
            raise RuntimeError("a process without a pipe")
        told = json.loads(process.stdout.readline())
        try:
            yield told["address"], told["token"]
        finally:
            process.kill()


def _send(folder: Path, address: str, token: str) -> float:
    store = gate(folder).unlock(PASSPHRASE)
    try:
        with OpenRosaServer(address, token, clock=SystemClock()) as server:
            start = perf_counter()
            report = run_once(Outbox(store), server, datetime.now(UTC))
            seconds = perf_counter() - start
        if report.waiting or report.set_apart or report.problem:
            raise RuntimeError(f"not everything was sent: {report.problem}")
        return seconds
    finally:
        store.close()


def _post(contents: list[bytes], address: str, token: str) -> float:
    headers = {"Authorization": f"Bearer {token}", "X-OpenRosa-Version": "1.0"}
    with httpx.Client(headers=headers, trust_env=False) as client:
        start = perf_counter()
        for content in contents:
            files = {"xml_submission_file": ("submission.xml", content, "text/xml")}
            client.post(f"{address}/submission", files=files).raise_for_status()
        return perf_counter() - start


def _weight(folder: Path, records: int) -> int:
    fill(folder, records, Random(7), size=SIZE)
    with receiver() as (address, token):
        tracemalloc.start()
        try:
            _send(folder, address, token)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
