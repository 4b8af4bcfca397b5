"""A region of five thousand: the report agrees with pandas, in every figure that is shown, and is made in time."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from benchmarks.recounting.by_pandas import indicators
from intake_app.domain.counting import Period
from intake_app.domain.report import Report
from intake_app.monitoring.central import read_exports
from intake_app.monitoring.make import make_report
from intake_app.monitoring.practice import practice_region, practice_tables, write_export

SECONDS = 3.0
TWO_YEARS = Period(date(2027, 1, 1), date(2028, 12, 31), date(2028, 12, 31))


def _figures(report: Report) -> dict[str, float]:
    found: dict[str, float] = {}
    for indicator in report.indicators:
        for figure in indicator.figures:
            if figure.value is not None:
                found[f"{indicator.id}.{figure.code}"] = figure.value
                if figure.of is not None:
                    found[f"{indicator.id}.{figure.code}.of"] = figure.of
    for figure in (report.not_counted, report.one_question):
        if figure.value is not None:
            found[figure.code] = figure.value
    return found


@pytest.mark.parametrize(
    ("size", "seed", "as_of"), [(5000, 1, "2028-12-31"), (5000, 2, "2028-03-15"), (900, 3, "2029-12-31")]
)
def test_the_report_agrees_with_pandas(tmp_path: Path, size: int, seed: int, as_of: str) -> None:
    export = tmp_path / "export.zip"
    write_export(practice_tables(replace(TWO_YEARS, as_of=date(2029, 12, 31)), size=size, seed=seed), export)
    report = make_report(read_exports([export]), replace(TWO_YEARS, as_of=date.fromisoformat(as_of)))
    ours, theirs = _figures(report), indicators(export, as_of)
    assert len(ours) >= 40
    assert ours == {name: pytest.approx(theirs[name]) for name in ours}


def test_five_thousand_people_are_counted_in_time(tmp_path: Path) -> None:
    export = tmp_path / "export.zip"
    write_export(practice_tables(TWO_YEARS, size=5000), export)
    begun = time.perf_counter()
    report = make_report(read_exports([export]), TWO_YEARS)
    taken = time.perf_counter() - begun
    assert report.indicator("ind01").figure("count").value
    assert taken < SECONDS


def test_an_invented_region_is_the_same_for_the_same_seed_and_marked_everywhere() -> None:
    one, same, other = (practice_tables(TWO_YEARS, size=40, seed=seed) for seed in (1, 1, 2))
    assert one == same
    assert one != other
    talks = [row for row in one["status"] if row["kind"] == "talk"]
    assert all(row["participant_number"].startswith("OEFEN") for row in talks)
    assert all(row["location"].startswith("Verzonnen") for row in one["status"])
    evidence = practice_region(TWO_YEARS, size=40)
    assert evidence.practice
    assert make_report(evidence, TWO_YEARS).practice
