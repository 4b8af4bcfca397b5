"""This program's own engine: loads a form, takes the answers of a journal, tells times and values as JSON.

Usage: python -m benchmarks.peers.ours FORM JOURNAL WARM MEDIA, or FORM --memory for what the loaded form holds.
"""

from __future__ import annotations

import gc
import json
import sys
import tracemalloc
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from intake_app.xforms.api import FormEntry, parse_form

_MS = 1000.0


def state(entry: FormEntry) -> list[tuple[str, str]]:
    """Every relevant leaf and its value."""
    return [(node.ref, node.value or "") for node in entry.nodes() if node.kind == "value" and node.relevant]


def answer(entry: FormEntry, lines: Sequence[str], warm: int) -> dict[str, object]:
    """Take the answers; the first `warm` are not in the times. Raises RuntimeError when one is not kept."""
    times: list[float] = []
    offered: list[int] = []
    reported = 0
    states = [state(entry)]
    for at, line in enumerate(lines):
        ref, _, value, shown, checkpoint = line.split("\t")
        began = perf_counter()
        change = entry.set_value(ref, value)
        choices = entry.choices(shown, entry.language) if shown else None
        spent = (perf_counter() - began) * _MS
        if change.rejected is not None:
            raise RuntimeError(f"refused: {line}")
        if at >= warm:
            times.append(spent)
            reported += len(change.changed)
        offered.append(len(choices or ()))
        if checkpoint:
            states.append(state(entry))
    return {"answer_ms": times, "reported": reported, "offered": offered, "states": states}


def measured(form: Path, journal: Path, warm: int, media: Path) -> dict[str, object]:
    """Times in milliseconds and what the form looked like on the way."""
    xml = form.read_bytes()
    began = perf_counter()
    entry = FormEntry.new(parse_form(xml), seed=1, media=media)
    load = (perf_counter() - began) * _MS
    return {"load_ms": load, **answer(entry, journal.read_text(encoding="utf-8").splitlines(), warm)}


def held(form: Path) -> dict[str, object]:
    """Bytes that the loaded form holds, as Python's allocator counts them; `resident` as the system does, or null."""
    xml = form.read_bytes()
    before = _resident()
    entry = FormEntry.new(parse_form(xml), seed=1)
    gc.collect()
    resident = None if before is None else (_resident() or 0) - before
    del entry
    gc.collect()
    tracemalloc.start()
    entry = FormEntry.new(parse_form(xml), seed=1)
    gc.collect()
    return {"traced": tracemalloc.get_traced_memory()[0], "resident": resident, "language": entry.language}


def _resident() -> int | None:
    """The size of this process in memory, where the system tells it in a file."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return None
    lines = status.read_text(encoding="ascii").splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), None)


def main(arguments: Sequence[str]) -> int:
    """Print the measurement as JSON."""
    form = Path(arguments[0])
    if arguments[1] == "--memory":
        print(json.dumps(held(form)))
    else:
        print(json.dumps(measured(form, Path(arguments[1]), int(arguments[2]), Path(arguments[3]))))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
