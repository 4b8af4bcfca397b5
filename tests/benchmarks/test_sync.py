"""The chaos run, short: laptops that are killed over a bad line lose nothing, and the table would tell if they did."""

from pathlib import Path

from benchmarks.sync import PROMISES, chaos_table
from benchmarks.syncing.chaos import Outcome, run_chaos


def test_every_record_arrives_once_and_whole_over_a_bad_line_from_laptops_that_are_killed(tmp_path: Path) -> None:
    outcome = run_chaos(tmp_path, records=30, laptops=2, kills=1, seed=3)

    assert outcome.broken == {promise: [] for promise in outcome.broken}
    assert set(outcome.broken) <= set(PROMISES)
    assert sum(outcome.by_form.values()) == 30
    assert outcome.edits > 0
    assert sum(outcome.troubles.values()) > 3


def test_a_broken_promise_shows_in_the_table() -> None:
    outcome = Outcome(records=1, broken={"not on the server": ["uuid:a"]})

    assert not outcome.kept
    assert "not on the server                  1" in chaos_table(outcome)
