"""Kills the program at random moments of its work, and looks whether anything was lost that it had shown as kept.

`python3 dev.py bench kill [--runs N]` forks copies of a warmed process, each works on a store of its own until it is
killed with SIGKILL: while typing, answering, finalising, erasing, migrating, backing up, sending. In a part of the runs
the power is cut as well: what was never made durable is taken off the disk (killing/powercut.c). Results add up in
`out/benchmarks/kill.json` until so many runs stand there, so that a long measurement may be broken off and gone on
with; they begin anew when the program itself has changed. Exit code 1 tells that a promise broke.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
RESULTS = REPOSITORY / "out" / "benchmarks" / "kill.json"
SHIM = "INTAKE_POWERCUT"
DEFAULT_RUNS = 500
HEAD = ("while", "what survives", "runs", "cut off midway", "kept steps", "steps lost", "databases damaged", "ghosts")


def program_fingerprint() -> str:
    """Changes with the program and the harness: results of another program do not add up."""
    digest = hashlib.sha256()
    for folder in ("intake_app", "benchmarks/killing"):
        for path in sorted((REPOSITORY / folder).rglob("*")):
            if path.suffix in (".py", ".c"):
                digest.update(path.relative_to(REPOSITORY).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def table(outcomes: Sequence[dict[str, object]], markdown: bool) -> str:
    """A line for each kind of work and of ending, and the sum."""
    rows: list[tuple[str, ...]] = [HEAD]
    for kind in sorted({(str(one["scene"]), str(one["mode"])) for one in outcomes}):
        rows.append(_line(kind, [one for one in outcomes if (one["scene"], one["mode"]) == kind]))
    rows.append(_line(("all", ""), outcomes))
    if markdown:
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "\n".join([lines[0], "|" + "---|" * len(HEAD), *lines[1:]])
    widths = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows)


def _line(kind: tuple[str, str], outcomes: Sequence[dict[str, object]]) -> tuple[str, ...]:
    sums = [
        len(outcomes),
        sum(bool(one["midway"]) for one in outcomes),
        sum(int(str(one["kept"])) for one in outcomes),
        *(sum(bool(one[part]) for one in outcomes) for part in ("lost", "damaged", "ghosts")),
    ]
    return (*kind, *map(str, sums))


def measure(
    runs: int, shim: Path | None, results: Path, known: list[dict[str, object]], only: str = ""
) -> list[dict[str, object]]:
    """Do what is missing of so many runs; the results stand on disk after each."""
    from benchmarks.killing.runner import MODES, Runner
    from benchmarks.killing.warm import SCENES, warm_office

    modes = MODES if shim else MODES[:1]
    with tempfile.TemporaryDirectory(prefix="kill-") as place:
        runner = Runner(warm_office(), [scene() for scene in SCENES if only in ("", scene.name)], Path(place))
        if shim is not None:
            runner.use_shim(shim)
        plan = [(name, mode) for mode in modes for name in runner.scenes]
        for number in range(len(known), runs):
            name, mode = plan[number % len(plan)]
            known.append(asdict(runner.run(name, mode, number)))
            write_results(results, known)
            if (number + 1) % 25 == 0:
                print(f"{number + 1} of {runs} runs", file=sys.stderr, flush=True)
    return known


def read_results(path: Path) -> list[dict[str, object]]:
    """The runs so far of this very program."""
    try:
        found = json.loads(path.read_text("utf-8"))
        return list(found["runs"]) if found["program"] == program_fingerprint() else []
    except (OSError, ValueError, KeyError):
        return []


def write_results(path: Path, outcomes: Sequence[dict[str, object]]) -> None:
    """Put the runs on disk, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps({"program": _PROGRAM, "runs": list(outcomes)}), "utf-8")
    temporary.replace(path)


_PROGRAM = program_fingerprint()


def _with_shim(given: Sequence[str]) -> Path | None:
    """The shim that is preloaded; builds it and starts this program anew under it where that was not done yet."""
    from benchmarks.killing.disk import build_shim

    if SHIM in os.environ:
        return Path(os.environ[SHIM])
    folder = REPOSITORY / "out" / "benchmarks"
    folder.mkdir(parents=True, exist_ok=True)
    built = build_shim(folder)
    if isinstance(built, str):
        print(f"SKIPPED the cut of the power: {built}")
        return None
    settings = {**os.environ, SHIM: str(built), "LD_PRELOAD": str(built)}
    return os.execve(sys.executable, [sys.executable, "-m", "benchmarks.kill", *given], settings)


def _arguments(given: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="dev.py bench kill", description=__doc__)
    parser.add_argument("--runs", type=int, default=DEFAULT_RUNS, help="so many runs stand in the table in the end")
    parser.add_argument("--markdown", action="store_true", help="the table as README.md has it")
    parser.add_argument("--fresh", action="store_true", help="forget the runs so far")
    parser.add_argument("--only", default="", metavar="WORK", help="one kind of work, as the table names it")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the runs add up")
    return parser.parse_args(given)


def main(given: Sequence[str] | None = None) -> int:
    """Run, print, and tell whether every promise held."""
    words = list(sys.argv[1:] if given is None else given)
    chosen = _arguments(words)
    if not hasattr(os, "fork"):
        print("SKIPPED: this system cannot make copies of a process (fork)")
        return 0
    shim = _with_shim(words)
    known = [] if chosen.fresh else read_results(chosen.results)
    outcomes = measure(chosen.runs, shim, chosen.results, known, chosen.only)
    print(table(outcomes, chosen.markdown))
    broken = [one for one in outcomes if one["lost"] or one["damaged"] or one["ghosts"]]
    for one in broken[:20]:
        print(f"BROKEN {one['scene']}, {one['mode']}: {one['lost'] or ''} {one['damaged'] or ''} {one['ghosts'] or ''}")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
