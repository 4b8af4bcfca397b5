"""A long queue over a good line: ours beside a bare HTTP client with the same bytes, and the memory it takes."""

from __future__ import annotations

import json
import sys
import tracemalloc
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from shutil import copytree
from statistics import median
from subprocess import PIPE, Popen, run
from tempfile import TemporaryDirectory

import httpx

from benchmarks.killing.examine import PASSPHRASE, gate
from benchmarks.syncing.chaos import REPOSITORY
from benchmarks.syncing.records import Laptop, fill
from benchmarks.syncing.turns import SLICE, TakingTurns, Turns, WatchedOutbox
from intake_app.domain.clock import SystemClock
from intake_app.services.submissions import Outbox
from intake_app.sync.openrosa import OpenRosaServer
from intake_app.sync.worker import run_once

SIZE = 20_000
OURS, BARE = "ours", "bare"
ROUNDS = {50: 1, 0: 7}
"""How often each pace is measured: on a computer that does other work as well, one measurement says little. The pace
is how many milliseconds the server takes for one record. A real ODK Central took 82 a second from eight clients at
once, a tenth of a second each; the first is half of that, the second takes no time."""


@dataclass(frozen=True)
class Rate:
    """Records a second against a server that takes so many milliseconds for one."""

    pace: int
    pairs: tuple[tuple[float, float], ...]
    """Ours and the bare client's, one pair for each round."""

    @property
    def ours(self) -> float:
        """The middle one of our rates."""
        return median(ours for ours, _ in self.pairs)

    @property
    def bare(self) -> float:
        """The middle one of the bare client's rates."""
        return median(bare for _, bare in self.pairs)

    @property
    def shares(self) -> tuple[float, ...]:
        """Our rate as a part of the bare client's, in each round."""
        return tuple(ours / bare for ours, bare in self.pairs)

    @property
    def share(self) -> float:
        """The middle one of the shares."""
        return median(self.shares)


@dataclass(frozen=True)
class Speed:
    """Rates, how many bytes more are in use for ten times as many records, and milliseconds that a window was deaf."""

    records: int
    size: int
    rates: tuple[Rate, ...]
    growth: int
    longest_silence: float
    resting_silence: float


def measure(folder: Path, records: int) -> Speed:
    """Send a queue, post the same bytes plainly, weigh a queue of a tenth beside a whole one, and watch a window."""
    fill(folder / "warm", 20, Random(1), size=SIZE)
    with receiver() as (address, token):
        _send(folder / "warm", address, token)
    laptop = fill(folder / "speed", records, Random(7), size=SIZE)
    rates = tuple(_rate(laptop, pace, rounds) for pace, rounds in ROUNDS.items())
    few, many = (_weight(folder / f"w{count}", count) for count in (records // 10, records))
    contents = fill(folder / "window", records, Random(7), size=SIZE).frozen
    with receiver() as (address, token):
        watched = _watch(folder / "window", address, token)
    size = sum(map(len, contents.values())) // records
    return Speed(records, size, rates, many - few, watched["longest_ms"], watched["resting_ms"])


def _rate(laptop: Laptop, pace: int, rounds: int) -> Rate:
    return Rate(pace, tuple(_pair(laptop, pace, ours_first=number % 2 == 0) for number in range(rounds)))


def _pair(laptop: Laptop, pace: int, *, ours_first: bool) -> tuple[float, float]:
    """Records a second, ours and the bare client's, slice by slice in turn, each to a receiver of its own."""
    turns = Turns.between(*((OURS, BARE) if ours_first else (BARE, OURS)))
    with receiver(pace) as for_us, receiver(pace) as for_them, TemporaryDirectory() as again:
        copytree(laptop.folder, again, dirs_exist_ok=True)
        with ThreadPoolExecutor(1, BARE) as beside:
            bare = beside.submit(_post, laptop, *for_them, turns)
            _send(Path(again), *for_us, turns)
            bare.result()
    return len(laptop.frozen) / turns.seconds[OURS], len(laptop.frozen) / turns.seconds[BARE]


def _watch(folder: Path, address: str, token: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.syncing.window", str(folder), address, token]
    done = run(command, cwd=REPOSITORY, stdout=PIPE, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    if told["left"]:
        raise RuntimeError("not everything was sent")
    return told


@contextmanager
def receiver(pace: int = 0) -> Iterator[tuple[str, str]]:
    """A receiver in a process of its own: address and token."""
    command = [sys.executable, "-m", "intake_app", "central-trial", "--json", "--pace", str(pace)]
    with Popen(command, cwd=REPOSITORY, stdout=PIPE, text=True) as process:
        if process.stdout is None:
            raise RuntimeError("a process without a pipe")
        told = json.loads(process.stdout.readline())
        try:
            yield told["address"], told["token"]
        finally:
            process.kill()


def _send(folder: Path, address: str, token: str, turns: Turns | None = None) -> None:
    """Send what waits in this folder, in turn with the other side where there is one."""
    turns = turns or Turns.alone(OURS)
    store = gate(folder).unlock(PASSPHRASE)
    outbox = WatchedOutbox(Outbox(store))
    try:
        with OpenRosaServer(address, token, clock=SystemClock()) as server:
            turns.begin(OURS)
            try:
                report = run_once(outbox, TakingTurns(server, outbox, turns, OURS), datetime.now(UTC))
            finally:
                turns.end(OURS, last=True)
        if report.waiting or report.set_apart or report.problem:
            raise RuntimeError(f"not everything was sent: {report.problem}")
    finally:
        store.close()


def _post(laptop: Laptop, address: str, token: str, turns: Turns) -> None:
    """A client that keeps nothing: the same records with the same files, one after the other."""
    headers = {"Authorization": f"Bearer {token}", "X-OpenRosa-Version": "1.0"}
    with httpx.Client(headers=headers, trust_env=False) as client:
        turns.begin(BARE)
        try:
            for number, (name, content) in enumerate(laptop.frozen.items()):
                if number and number % SLICE == 0:
                    turns.end(BARE)
                    turns.begin(BARE)
                files = [("xml_submission_file", ("submission.xml", content, "text/xml"))]
                for called, piece in laptop.files[name].items():
                    files.append((called, (called, piece, "application/octet-stream")))
                client.post(f"{address}/submission", files=files).raise_for_status()
        finally:
            turns.end(BARE, last=True)


def _weight(folder: Path, records: int) -> int:
    fill(folder, records, Random(7), size=SIZE)
    with receiver() as (address, token):
        tracemalloc.start()
        try:
            _send(folder, address, token)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
