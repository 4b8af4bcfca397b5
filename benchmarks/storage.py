"""Measures the encrypted store beside plain SQLite: how long unlocking, searching and saving take on a full laptop.

`python3 dev.py bench storage` makes a laptop with 1,000 people and 3,000 talks (that takes a minute or two), and the
same content in a plain SQLite file with the same tables and indexes. Both do the same work in turns. Exit code 1 tells
that they do not find the same people; a missed speed is said in the table.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.killing.examine import CHEAP, PASSPHRASE
from benchmarks.killing.warm import warm_office
from benchmarks.storing.laptop import fill
from benchmarks.storing.peer import Peer, make_peer
from intake_app.services.office import Office
from intake_app.services.people import PeopleSearch, list_people
from intake_app.storage.gate import DATABASE, KEY_FILE, KEY_STORE, SqlStore, SqlStoreGate
from intake_app.storage.keys import KdfCost

TYPED = ("f", "fa", "fat", "fatima", "jan", "محمد", "ok kow", "zan", "henk de", "x")
SAVES = 600
COLD = "--cold"


@dataclass(frozen=True)
class Line:
    """A line of the table; `most` is the promise, in milliseconds or as a ratio."""

    text: str
    ours: float
    peer: float | None = None
    most: float | None = None
    told: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        """As the table shows it."""
        if self.peer is None:
            verdict = "-" if self.most is None else "kept" if self.ours <= self.most else "MISSED"
            return self.text, _ms(self.ours), "", "", verdict
        ratio = self.ours / self.peer
        if self.told:
            return self.text, _ms(self.ours), _ms(self.peer), f"{ratio:.2f}", "-"
        kept = (self.most is None or self.ours <= self.most) and ratio <= 2
        return self.text, _ms(self.ours), _ms(self.peer), f"{ratio:.2f}", "kept" if kept else "MISSED"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


def timed(work: Callable[[], object]) -> float:
    """Seconds that work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest time that at least this share of them does not exceed."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class Bench:
    """Ours and the peer, doing the same by turns."""

    def __init__(self, office: Office, folder: Path, plain: Path) -> None:
        self._office, self._folder, self._plain = office, folder, plain
        self.same = True

    def lines(self, runs: int) -> list[Line]:
        """Every line of the table."""
        self._ours_to_list(), self._peer_to_list()
        ours, peer = [], []
        for _ in range(runs):
            ours.append(self._ours_to_list())
            peer.append(self._peer_to_list())
        found = [
            Line("unlock to list, beyond the key derivation, warm, under 500 ms", median(ours), median(peer), 0.5),
            Line("the same, cold (fresh process, file not in memory)", self._cold("ours"), self._cold("peer"),
                 told=True),
        ]  # fmt: skip
        found += self._searching()
        found += self._saving()
        found.append(Line("key derivation itself (Argon2id; only told)", min(self._derive() for _ in range(3))))
        return found

    def _unlocked(self) -> SqlStore:
        return SqlStoreGate(self._folder, CHEAP).unlock(PASSPHRASE)

    def _ours_to_list(self) -> float:
        start = perf_counter()
        store = self._unlocked()
        list_people(store)
        taken = perf_counter() - start
        store.close()
        return taken

    def _peer_to_list(self) -> float:
        start = perf_counter()
        peer = Peer(self._plain)
        peer.people()
        taken = perf_counter() - start
        peer.close()
        return taken

    def _cold(self, which: str) -> float:
        for name in (DATABASE, KEY_STORE, KEY_FILE):
            _out_of_memory(self._folder / name)
        _out_of_memory(self._plain)
        command = [sys.executable, "-m", "benchmarks.storage", COLD, which, str(self._folder), str(self._plain)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return float(done.stdout.split()[-1])

    def _searching(self) -> list[Line]:
        store, peer = self._unlocked(), Peer(self._plain)
        people = list_people(store)
        self.same = people == peer.people()
        search = PeopleSearch(people)
        ours, theirs = [], []
        for _ in range(10):
            for text in TYPED:
                ours.append(timed(partial(search.find, text)))
                theirs.append(timed(partial(peer.search, text, len(people))))
        for text in TYPED:
            mine = {person.participant_id for person in search.find(text)}
            self.same = self.same and mine == set(peer.search(text, len(people)))
        store.close()
        peer.close()
        return [
            Line("search as you type, slowest key, under 30 ms", max(ours), None, 0.03),
            Line("search as you type, one key, median", median(ours), median(theirs)),
        ]

    def _saving(self) -> list[Line]:
        store, peer = self._unlocked(), Peer(self._plain)
        office = replace(self._office, store=store)
        conversation = office.open_talk(office.open_drafts()[0].header.instance_id)
        ref, where = str(conversation.talk.answers.ref("goal")), conversation.talk.header.instance_id
        ours, theirs, answers = [], [], []
        for number in range(SAVES):
            text = f"Ik wil graag {'koken ' * (number % 12)}{number}"
            ours.append(timed(partial(conversation.talk.type, ref, text)))
            theirs.append(timed(partial(peer.save_typing, where, {ref: text})))
            if number % 5 == 0:
                answers.append(timed(partial(conversation.answer, ref, text)))
        store.close()
        peer.close()
        return [
            Line("autosave while typing, fsync included, p99 under 15 ms", percentile(ours, 0.99),
                 percentile(theirs, 0.99), 0.015),
            Line("autosave while typing, median", median(ours), median(theirs)),
            Line("an answer with all that follows from it, median (only told)", median(answers)),
        ]  # fmt: skip

    def _derive(self) -> float:
        with tempfile.TemporaryDirectory() as place:
            gate = SqlStoreGate(Path(place) / "data", KdfCost())
            gate.create(PASSPHRASE, "Anneke", "site_lead").close()
            return timed(lambda: gate.verify(PASSPHRASE))


def _out_of_memory(path: Path) -> None:
    """Ask the system to forget a file that it keeps in memory."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def cold(which: str, folder: Path, plain: Path) -> int:
    """Unlock and list once, in a process that has done nothing else; prints the seconds."""
    warm_office()
    start = perf_counter()
    if which == "ours":
        list_people(SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE))
    else:
        Peer(plain).people()
    print(perf_counter() - start)
    return 0


def table(lines: Sequence[Line], markdown: bool) -> str:
    """The lines as a text, or as Markdown for README.md."""
    rows = [("promise", "ours", "plain SQLite", "ratio", "verdict"), *(line.cells for line in lines)]
    if markdown:
        written = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([written[0], "|---|---|---|---|---|", *written[1:]])
    widths = [max(len(row[at]) for row in rows) for at in range(5)]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def main(given: Sequence[str] | None = None) -> int:
    """Make both, measure, print."""
    words = list(sys.argv[1:] if given is None else given)
    if words[:1] == [COLD]:
        return cold(words[1], Path(words[2]), Path(words[3]))
    parser = argparse.ArgumentParser(prog="dev.py bench storage", description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="how often the laptop is unlocked")
    parser.add_argument("--records", type=int, default=3000, help="talks on the laptop; a third as many people")
    parser.add_argument("--markdown", action="store_true", help="the table as README.md has it")
    chosen = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="storage-") as place:
        folder, plain = Path(place) / "data", Path(place) / "plain.db"
        print(f"a laptop with {chosen.records} talks is made", file=sys.stderr, flush=True)
        office = fill(folder, max(1, chosen.records // 3), chosen.records)
        store = SqlStoreGate(folder, CHEAP).unlock(PASSPHRASE)
        with store.unit_of_work() as uow:
            people = uow.participants.list()
        store.close()
        make_peer(folder, people, plain)
        size = (folder / DATABASE).stat().st_size / 1e6
        bench = Bench(office, folder, plain)
        print(table(bench.lines(chosen.runs), chosen.markdown))
    print(f"{len(people)} people, {chosen.records} talks, {size:.0f} MB; the same people found: {bench.same}")
    return 0 if bench.same else 1


if __name__ == "__main__":
    sys.exit(main())
