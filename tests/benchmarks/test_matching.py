"""The measurement of matching runs, and the fast ranking it measures is the plain one to the last digit."""

import subprocess
import sys
from pathlib import Path

from benchmarks.catalogue_files import SMALL
from benchmarks.matching import RESOURCES, large_catalogue, large_profile, plain, rows_of
from intake_app.catalogue.load import load_catalogue
from intake_app.matching.ranking import rank_table
from intake_app.matching.rules import load_rules
from intake_app.matching.table import lay_out

REPOSITORY = Path(__file__).parents[2]


def test_the_measurement_runs_and_keeps_its_promises() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.matching", "--small", "--markdown", "--runs", "1"],
        cwd=REPOSITORY,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "beside: a Python loop" in done.stdout


def test_over_a_large_list_the_order_is_that_of_the_plain_calculation() -> None:
    rules = load_rules(RESOURCES / "matching")
    catalogue = large_catalogue(load_catalogue(RESOURCES / "catalogue"), SMALL)
    person = large_profile(catalogue, 30)

    found = rows_of(rank_table(person, lay_out(catalogue, rules)))

    assert found == plain(person, catalogue, rules)
    assert len({fit for _, fit, _ in found}) > 10
