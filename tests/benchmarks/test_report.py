"""The measurement of the report finds what it should."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date

import pytest

from benchmarks import report
from intake_app.domain.counting import Evidence, Period
from intake_app.monitoring.make import make_report

YEARS = Period(date(2027, 1, 1), date(2028, 12, 31), date(2028, 12, 31))


def test_a_small_region_is_measured_and_agrees(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["report", "--runs", "1", "--records", "200", "--markdown"])
    assert report.main() == 0
    assert "BROKEN" not in capsys.readouterr().out


def test_a_figure_that_differs_or_slips_out_is_named() -> None:
    made = make_report(Evidence(), YEARS)
    figure = made.indicators[0].figures[0]
    wrong = replace(made.indicators[0], figures=(replace(figure, value=3, hidden=True),))
    assert report.differing(replace(made, indicators=(wrong,)), {}) == ["ind01.count: hidden, and yet there"]
    other = replace(made.indicators[0], figures=(replace(figure, value=7, hidden=False),))
    assert report.differing(replace(made, indicators=(other,)), {"ind01.count": 8}) == [
        "ind01.count: 7 here, 8 by pandas"
    ]
