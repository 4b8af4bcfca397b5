"""Laptops that are killed at random send over a bad line; then the server and the stores are compared."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import perf_counter

from benchmarks.killing.examine import PASSPHRASE, gate
from benchmarks.syncing.bad_line import BadLine
from benchmarks.syncing.laptop import READY
from benchmarks.syncing.records import FORMS, OTHERS, SECRET, Laptop, blank_forms, fill
from intake_app.services.submissions import Outbox
from intake_app.sync.parts import MORE_TO_COME
from intake_app.sync.trial_receiver import TrialReceiver

REPOSITORY = Path(__file__).resolve().parents[2]
ACCEPTED = 60_000
TROUBLE = 0.35
LONGEST_LIFE = 0.4


@dataclass
class Outcome:
    """What a run showed; every list of `broken` promises is empty when all is well."""

    records: int = 0
    edits: int = 0
    by_form: dict[str, int] = field(default_factory=dict)
    kills: int = 0
    requests: int = 0
    troubles: dict[str, int] = field(default_factory=dict)
    divided: int = 0
    """Requests that said that more of the same record was to come."""
    seconds: float = 0.0
    broken: dict[str, list[str]] = field(default_factory=dict)

    @property
    def kept(self) -> bool:
        """Whether every promise held."""
        return not any(self.broken.values())


def run_chaos(folder: Path, *, records: int, laptops: int, kills: int, seed: int) -> Outcome:
    """So many records from so many laptops, each killed so many times."""
    random = Random(seed)
    shares = [records // laptops + (at < records % laptops) for at in range(laptops)]
    filled = [fill(folder / f"laptop-{at}", share, random) for at, share in enumerate(shares)]
    outcome = Outcome(records=records)
    started = perf_counter()
    with (
        TrialReceiver(forms=blank_forms(folder / "forms"), accepted_length=ACCEPTED) as receiver,
        BadLine(receiver.port, seed=seed, share=TROUBLE) as line,
    ):
        address = receiver.base_url.replace(str(receiver.port), str(line.port))
        lives = [
            threading.Thread(target=_live, args=(each, address, receiver.token, kills, Random(seed + at), outcome))
            for at, each in enumerate(filled)
        ]
        for life in lives:
            life.start()
        for life in lives:
            life.join()
        outcome.seconds = perf_counter() - started
        outcome.requests, outcome.troubles = len(line.requests), dict(line.met)
        _compare(filled, receiver, line, outcome)
    return outcome


def _live(laptop: Laptop, address: str, token: str, kills: int, random: Random, outcome: Outcome) -> None:
    """Start the laptop again and again; the last time it may finish."""
    for life in range(kills + 1):
        command = [sys.executable, "-m", "benchmarks.syncing.laptop", str(laptop.folder), address, token]
        process = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        if process.stdout is None or process.stderr is None:
            raise RuntimeError("a process without pipes")
        with process, process.stdout, process.stderr:
            if process.stdout.readline().strip() == READY and life < kills:
                try:
                    process.wait(random.random() * LONGEST_LIFE)
                except subprocess.TimeoutExpired:
                    process.kill()
                    outcome.kills += 1
            process.wait()
            if life == kills and process.returncode:
                outcome.broken.setdefault("the laptop ended with a problem", []).append(process.stderr.read())


def _compare(laptops: Sequence[Laptop], receiver: TrialReceiver, line: BadLine, outcome: Outcome) -> None:
    received = receiver.received
    frozen = {name: xml for each in laptops for name, xml in each.frozen.items()}
    files = {name: content for each in laptops for name, content in each.files.items()}
    there = {one.instance_id: one for one in received}
    outcome.edits = sum(bool(one.deprecated_id) for one in received)
    outcome.by_form = {form: sum(one.form_id == form for one in received) for form in (*FORMS, OTHERS)}
    broken = outcome.broken
    broken["not on the server"] = sorted(frozen.keys() - there.keys())
    broken["on the server and nobody sent it"] = sorted(there.keys() - frozen.keys())
    broken["there more than once"] = sorted(
        name for name in there if sum(one.instance_id == name for one in received) > 1
    )
    broken["other bytes"] = sorted(name for name, one in there.items() if frozen.get(name) != one.xml)
    broken["files missing or other"] = sorted(name for name, one in there.items() if files.get(name) != one.files)
    outcome.divided = sum(MORE_TO_COME.encode() in one for one in line.requests)
    spoken = b"".join(line.requests)
    broken["sent without consent"] = [SECRET] * (SECRET.encode() in spoken)
    token = receiver.token.encode()
    broken["token in an address"] = [
        one.partition(b"\r\n")[0].decode() for one in line.requests if token in one.partition(b"\r\n")[0]
    ]
    for each in laptops:
        store = gate(each.folder).unlock(PASSPHRASE)
        try:
            outbox = Outbox(store)
            receipts = {receipt.instance_id for receipt in outbox.receipts()}
            broken.setdefault("still waiting", []).extend(head.instance_id for head in outbox.heads())
        finally:
            store.close()
        broken.setdefault("receipt without record", []).extend(sorted(receipts - there.keys()))
        broken.setdefault("record without receipt", []).extend(sorted(each.frozen.keys() - receipts))
