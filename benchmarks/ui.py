"""Measures the window: cold start beside an empty one, the next question, another language, and a long talk.

`python3 dev.py bench ui [--runs N] [--markdown] [--small]` prints a table. Exit code 1 tells that memory, handles or
things on the screen grow; a missed speed is said in the table.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from statistics import median, quantiles

import PySide6

from benchmarks.window.pages import Opened, opened
from benchmarks.window.talk import PASSPHRASE, Point, Speeds, desk, measured, soak
from intake_app.bootstrap import store_gate

MOST_RATIO, MOST_EXTRA = 1.5, 60e6
TURN_95, TURN_99, LANGUAGE = 0.050, 0.100, 0.200
STILL = 0.050
"""No action holds the window up longer than this."""
STEPS, EVERY = 300, 25
SETTLED = 100
"""From this step on nothing may grow: before it caches fill."""
MOST_GROWTH = 3e6
"""Bytes that an allocator keeps aside from time to time."""
COLD_START = "cold start to the unlock page painted and focused, {who}, at most 1.5 times an empty window"
PEOPLE = {1: "one account", 3: "three names", 6: "six names"}
"""How many people have an account on the laptop, and what the door then shows."""
COLLEAGUES = (
    ("Bert", "volunteer"),
    ("Cora", "counsellor"),
    ("Dirk", "specialist"),
    ("Els", "volunteer"),
    ("Fatma", "counsellor"),
)
Row = tuple[str, str, str, str, str]


def start(kind: str, folder: Path) -> dict[str, float]:
    """One cold start of a process: seconds until painted with the keyboard in the field, and bytes."""
    command = [sys.executable, "-m", "benchmarks.window.start", kind, repr(time.monotonic()), str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120, env=_installed(folder))
    return json.loads(told.stdout.splitlines()[-1])  # type: ignore[no-any-return]  # as written by `start`


def starts(runs: int, folder: Path) -> list[Row]:
    """Cold starts of all in turns, on data folders that are in use. The first of each warms the disk."""
    at = {0: folder} | {people: _in_use(folder, people) for people in PEOPLE}
    found: dict[int, list[dict[str, float]]] = {people: [] for people in at}
    for _ in range(runs + 1):
        for people, taken in found.items():
            taken.append(start("ours" if people else "empty", at[people]))
    rows = []
    for people, who in PEOPLE.items():
        for name, text in (("seconds", COLD_START.format(who=who)), ("processor", "processor time of the same")):
            ours, empty = (median(one[name] for one in found[each][1:]) for each in (people, 0))
            rows.append(_row(text, f"{ours * 1000:.0f} ms", f"{empty * 1000:.0f} ms", ours / empty, MOST_RATIO))
    if found[1][0]["memory"] is not None:
        big, small = (median(one["memory"] for one in found[each][1:]) for each in (1, 0))
        text = "its memory, under 60 MB more than the empty window"
        verdict = "kept" if big - small < MOST_EXTRA else "MISSED"
        rows.append((text, f"{big / 1e6:.0f} MB", f"{small / 1e6:.0f} MB", f"+{(big - small) / 1e6:.0f} MB", verdict))
    return rows + typed(at[1], runs)


def _in_use(folder: Path, people: int) -> Path:
    """A data folder beside `folder` where so many people have an account; with several, the door asks who comes."""
    place = folder.with_name(f"{folder.name}-{people}")
    with closing(store_gate(place).create(PASSPHRASE, "Anna", "site_lead", "counsellor")) as store:
        for name, role in COLLEAGUES[: people - 1]:
            store.staff.add(f"{PASSPHRASE} {name}", name, (role,))
    return place


def typed(folder: Path, runs: int) -> list[Row]:
    """A passphrase typed as soon as the door stands; the first run warms the disk."""
    command = [sys.executable, "-m", "benchmarks.window.at_the_door", str(folder), PASSPHRASE]
    found = []
    for _ in range(runs + 1):
        told = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120, env=_installed(folder))
        found.append(json.loads(told.stdout.splitlines()[-1]))
    late = median(max(one["late"]) for one in found[1:])
    entered = median(one["to_first_page"] for one in found[1:])
    return [
        _within("a letter typed at the door while the rest is loaded, painted: the slowest", late, STILL),
        ("from Enter to the first page painted, key and all", f"{entered * 1000:.0f} ms", "", "", "-"),
    ]


def _installed(folder: Path) -> dict[str, str]:
    """As installed: what was compiled once is not compiled again."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**settings, "PYTHONPYCACHEPREFIX": str(folder.parent / "compiled")}


def _row(text: str, ours: str, peer: str, ratio: float, most: float) -> Row:
    return text, ours, peer, f"{ratio:.2f}", "kept" if ratio <= most else "MISSED"


def _within(text: str, seconds: float, most: float) -> Row:
    return text, f"{seconds * 1000:.1f} ms", f"{most * 1000:.0f} ms", f"{seconds / most:.2f}", _kept(seconds < most)


def _kept(kept: bool) -> str:
    return "kept" if kept else "MISSED"


def speeds(found: Speeds) -> list[Row]:
    """The next question and another language, against what was promised."""
    rows = _speeds(found.turns, found.languages, "")
    return rows + (_speeds(found.turns_work, found.languages_work, "processor time, ") if found.turns_work else [])


def _speeds(turns: Sequence[float], languages: Sequence[float], what: str) -> list[Row]:
    parts, count = quantiles(turns, n=100), len(turns)
    return [
        _within(f"{what}from an answer to the next question painted, full form: p95 of {count}", parts[94], TURN_95),
        _within(f"{what}the same: p99", parts[98], TURN_99),
        _within(f"{what}the same: median", median(turns), TURN_95),
        _within(f"{what}another language in the middle of a talk: slowest of {len(languages)}",
                max(languages), LANGUAGE),
        _within(f"{what}the same: median", median(languages), LANGUAGE),
    ]  # fmt: skip


def grown(points: Sequence[Point]) -> list[str]:
    """What grew after the talk had settled."""
    late = [point for point in points if point.step >= min(SETTLED, points[-1].step // 3)]
    half = len(late) // 2
    wrong = []
    if late[0].memory is not None:
        before, after = (min(point.memory or 0 for point in part) for part in (late[:half], late[half:]))
        if after - before > MOST_GROWTH:
            wrong.append(f"memory grows: {(after - before) / 1e6:.1f} MB")
    for name in ("handles", "widgets"):
        before, after = (min(getattr(point, name) or 0 for point in part) for part in (late[:half], late[half:]))
        if after > before:
            wrong.append(f"{name} grow: {before} to {after}")
    return wrong


def curve(points: Sequence[Point]) -> list[str]:
    """The points as lines, a bar for the memory above the lowest of them."""
    told = [point.memory or 0 for point in points]
    least, span = min(told), max(1, max(told) - min(told))
    return [
        f"step {point.step:3}  {(point.memory or 0) / 1e6:6.1f} MB  {point.handles or 0:3} handles  "
        f"{point.widgets:4} widgets  {'#' * round(1 + 30 * ((point.memory or 0) - least) / span)}"
        for point in points
    ]


def pages(found: Sequence[Opened], *, markdown: bool) -> str:
    """Per page how long the window stands still at the longest, and how often that is what an empty page takes."""
    empty = found[0]
    rows = [
        (one.name, f"{one.longest * 1000:.0f} ms", f"{one.longest / empty.longest:.1f}", f"{one.whole * 1000:.0f} ms",
         f"{one.widgets}", _kept(one.longest < STILL))
        for one in found
    ]  # fmt: skip
    head = ("page, opened", "longest event", "to an empty page", "all events", "widgets", "verdict")
    return laid_out((head, *rows), markdown=markdown)


def table(rows: Sequence[Row], *, markdown: bool) -> str:
    """The rows under each other."""
    head: Row = ("promise", "ours", "peer or limit", "ratio", "verdict")
    return laid_out((head, *rows), markdown=markdown)


def laid_out(rows: Sequence[tuple[str, ...]], *, markdown: bool) -> str:
    """Rows in columns; the first is the head."""
    head, *rest = rows
    if markdown:
        return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, ("---",) * len(head), *rest))
    widths = [max(len(cells[i]) for cells in rows) for i in range(len(head))]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(cells, widths, strict=True)) for cells in rows)


def main() -> int:
    """Measure, print the table and the curve; 1 when something grows."""
    parser = argparse.ArgumentParser(prog="ui", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="cold starts of each; whole talks are a third of it")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--small", action="store_true", help="one start, one talk, 60 steps")
    parser.add_argument("--start", action="store_true", help="only the cold starts")
    parser.add_argument("--pages", action="store_true", help="only the pages")
    chosen = parser.parse_args()
    if chosen.pages:
        with tempfile.TemporaryDirectory() as place, desk(Path(place)) as office:
            print(pages(opened(office), markdown=chosen.markdown))
        return 0
    with tempfile.TemporaryDirectory() as place:
        rows = starts(1 if chosen.small else chosen.runs, Path(place) / "start")
        if chosen.start:
            print(table(rows, markdown=chosen.markdown))
            return 0
        with desk(Path(place) / "talk") as office:
            rows += speeds(measured(office, 1 if chosen.small else max(2, chosen.runs // 3)))
            seen = opened(office, runs=1 if chosen.small else 3)
            points = soak(office, 60 if chosen.small else STEPS, 10 if chosen.small else EVERY)
    print(table(rows, markdown=chosen.markdown))
    print(f"\n{pages(seen, markdown=chosen.markdown)}")
    print(f"\nPySide6 {PySide6.__version__}, Python {platform.python_version()}\n\n" + "\n".join(curve(points)))
    wrong = [] if chosen.small else grown(points)
    for problem in wrong:
        print(f"BROKEN: {problem}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
