"""Measures the report of a region of 5,000 people beside pandas that recounts the same export.

`python3 dev.py bench report [--runs N] [--records N] [--markdown]` prints a table. Exit code 1 tells that a figure
differs from pandas, or that a hidden one slipped out; a missed speed is said in the table.
"""

from __future__ import annotations

import argparse
import platform
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

import pandas as pd

from benchmarks.recounting.by_pandas import indicators
from intake_app.bootstrap import prepare
from intake_app.commands.report import rendered
from intake_app.domain.counting import Period
from intake_app.domain.report import Report
from intake_app.monitoring.central import read_exports
from intake_app.monitoring.make import make_report
from intake_app.monitoring.practice import practice_tables, write_export

PERIOD = Period(date(2027, 1, 1), date(2028, 12, 31), date(2028, 12, 31))
MOST_SECONDS = 3.0
MOST_RATIO = 6.0
FORMATS = ("json", "csv", "xlsx", "pdf")


def taken(work: Callable[[], object], runs: int) -> float:
    """The median of so many runs, in seconds."""
    found = []
    for _ in range(runs):
        begun = perf_counter()
        work()
        found.append(perf_counter() - begun)
    return median(found)


def differing(report: Report, theirs: dict[str, float]) -> list[str]:
    """Figures that are not what pandas makes of the same files."""
    wrong = []
    for indicator in report.indicators:
        for figure in indicator.figures:
            name = f"{indicator.id}.{figure.code}"
            if figure.hidden:
                if figure.value is not None or figure.of is not None or figure.share is not None:
                    wrong.append(f"{name}: hidden, and yet there")
            elif figure.value is not None and abs(figure.value - theirs[name]) > 1e-9:
                wrong.append(f"{name}: {figure.value} here, {theirs[name]} by pandas")
    return wrong


def main() -> int:
    """Measure, print the table; 1 when a figure is wrong."""
    parser = argparse.ArgumentParser(prog="report", description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--records", type=int, default=5000, help="people in the invented region")
    parser.add_argument("--markdown", action="store_true")
    chosen = parser.parse_args()
    prepare()
    with tempfile.TemporaryDirectory() as folder:
        export = Path(folder) / "export.zip"
        write_export(practice_tables(PERIOD, size=chosen.records), export)
        report = make_report(read_exports([export]), PERIOD)
        ours = taken(lambda: make_report(read_exports([export]), PERIOD), chosen.runs)
        peer = taken(lambda: indicators(export, PERIOD.as_of.isoformat()), chosen.runs)
        wrong = differing(report, indicators(export, PERIOD.as_of.isoformat()))
    verdict = "kept" if ours <= MOST_SECONDS and ours / peer <= MOST_RATIO else "MISSED"
    rows = [("promise", "ours", f"pandas {pd.__version__}", "ratio", "verdict")]
    told = f"report of {chosen.records} people over two years, from the export"
    rows.append((told, f"{ours:.2f} s", f"{peer:.2f} s", f"{ours / peer:.1f}", verdict))
    for kind in FORMATS:
        writing = taken(lambda kind=kind: rendered(report, kind), chosen.runs)  # type: ignore[misc]  # bound at once
        rows.append((f"the same, written as {kind}", f"{writing:.2f} s", "", "", "-"))
    _print(rows, markdown=chosen.markdown)
    print(f"\n{chosen.runs} runs, Python {platform.python_version()}; pandas hides nothing and sums no places")
    for problem in wrong:
        print(f"BROKEN: {problem}")
    return 1 if wrong else 0


def _print(rows: list[tuple[str, ...]], *, markdown: bool) -> None:
    if markdown:
        rows.insert(1, ("---",) * len(rows[0]))
        print("\n".join(f"| {' | '.join(cells)} |" for cells in rows))
        return
    widths = [max(len(cells[place]) for cells in rows) for place in range(len(rows[0]))]
    print("\n".join("  ".join(c.ljust(w) for c, w in zip(cells, widths, strict=True)) for cells in rows))


if __name__ == "__main__":
    raise SystemExit(main())
