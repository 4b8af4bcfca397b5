"""Sending under the worst of lines, and how fast and light it is on a good one.

`python3 dev.py bench sync [--records 500]` lets three laptops send records of all six forms, edits, and a form of
others with files, over a line that cuts, delays, doubles and reorders, while the laptops are killed at random. Then a
thousand waiting records are sent over a good line beside a bare HTTP client that posts the same bytes. Exit code 1
tells that a record was lost, doubled, changed or sent without consent, or that memory grows with the queue.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.syncing.chaos import Outcome, run_chaos
from benchmarks.syncing.speed import Speed, measure

PROMISES = (
    "not on the server",
    "on the server and nobody sent it",
    "there more than once",
    "other bytes",
    "files missing or other",
    "sent without consent",
    "token in an address",
    "still waiting",
    "receipt without record",
    "record without receipt",
    "the laptop ended with a problem",
)
LEAST_SHARE = 0.5
MOST_GROWTH = 2_000_000
MOST_SILENCE_MS = 50


def chaos_table(outcome: Outcome) -> str:
    """What met the records on their way, and each promise with how often it broke."""
    lines = [f"{'records, edits among them':<34} {outcome.records} ({outcome.edits})"]
    lines += [f"  of form {form:<24} {count}" for form, count in outcome.by_form.items()]
    lines.append(f"{'requests on the line':<34} {outcome.requests}")
    lines += [f"{'  of them: more of it to come':<34} {outcome.divided}"]
    lines += [f"  met: {kind:<27} {count}" for kind, count in outcome.troubles.items()]
    lines.append(f"{'times a laptop was killed':<34} {outcome.kills}")
    lines.append(f"{'seconds':<34} {outcome.seconds:.0f}")
    lines += [f"{promise:<34} {len(outcome.broken.get(promise, ()))}" for promise in PROMISES]
    return "\n".join(lines)


def speed_table(speed: Speed) -> str:
    """Rates and memory of a long queue, and how long the window was deaf."""
    flat = "kept" if speed.growth <= MOST_GROWTH else "BROKEN"
    lines = [f"{'records waiting, bytes each':<34} {speed.records}, {speed.size}"]
    for rate in speed.rates:
        verdict = "kept" if rate.share >= LEAST_SHARE else "MISSED"
        lines += [
            f"server that takes {rate.pace} ms for one",
            f"{'  our records a second':<34} {rate.ours:.0f}",
            f"{'  bare client, records a second':<34} {rate.bare:.0f}",
            f"{'  share of the bare client':<34} {rate.share:.2f}  at least {LEAST_SHARE}: {verdict}",
            f"{'  the same in each round':<34} {' '.join(f'{share:.2f}' for share in sorted(rate.shares))}",
        ]
    alive = "kept" if speed.longest_silence <= MOST_SILENCE_MS else "MISSED"
    lines += [
        f"{'more memory for ten times as many':<34} {speed.growth / 1e6:.2f} MB  at most 2 MB: {flat}",
        f"{'window deaf at longest, sending':<34} {speed.longest_silence:.0f} ms  at most {MOST_SILENCE_MS}: {alive}",
        f"{'  at longest, doing nothing':<34} {speed.resting_silence:.0f} ms",
    ]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """Run both and print; 1 when a promise that is no speed broke."""
    parser = argparse.ArgumentParser(prog="dev.py bench sync", description=__doc__)
    parser.add_argument("--records", type=int, default=500)
    parser.add_argument("--laptops", type=int, default=3)
    parser.add_argument("--kills", type=int, default=6, help="of each laptop")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--waiting", type=int, default=1000, help="records of the queue that is measured; 0: none")
    given = parser.parse_args(arguments)
    good = True
    for run in range(given.runs):
        with tempfile.TemporaryDirectory() as folder:
            outcome = run_chaos(
                Path(folder), records=given.records, laptops=given.laptops, kills=given.kills, seed=given.seed + run
            )
        print(chaos_table(outcome))
        good = good and outcome.kept
        if not outcome.kept:
            print({promise: found[:3] for promise, found in outcome.broken.items() if found}, file=sys.stderr)
    if given.waiting:
        with tempfile.TemporaryDirectory() as folder:
            speed = measure(Path(folder), given.waiting)
        print("\n" + speed_table(speed))
        good = good and speed.growth <= MOST_GROWTH
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
