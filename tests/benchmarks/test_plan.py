"""The measurement of the plan finds what it should."""

from __future__ import annotations

import sys

import pytest

from benchmarks import plan
from intake_app.bootstrap import load_reference, prepare
from intake_app.paths import resource_dir
from intake_app.plan.pdf import render_sheet


def test_both_print_the_same_four_pages_and_the_table_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["plan", "--runs", "1", "--markdown"])

    assert plan.main() == 0
    assert len(capsys.readouterr().out.splitlines()) == 7


def test_a_print_that_lacks_something_is_named() -> None:
    prepare()
    sheet = plan.content(load_reference(), 1)
    raw = render_sheet(sheet, resource_dir())

    assert plan.problems(raw, sheet) == []
    assert plan.problems(render_sheet(plan.replace(sheet, pages=sheet.pages[:1]), resource_dir()), sheet) == [
        "1 pages",
        "8 figures",
    ]
