"""The measurement runs, says what it could not measure, and fails only over what is not a speed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.engine import STALE_IN_JAVAROSA, Promise, differences, journal, percentile, table
from benchmarks.forms import Size, form
from benchmarks.peers.engines import HERE, Engine, Job, Result, javarosa, ours, web_forms

TINY = Size(sections=3, repeats=1, instances=2)
WEB_FORMS, JAVAROSA = web_forms(install=False), javarosa()


def bench(repository: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks.engine", "--small", "--runs", "1", *arguments],
        cwd=repository,
        env={**os.environ, **settings},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture
def job(tmp_path: Path) -> Job:
    xml = form(TINY)
    (tmp_path / "form.xml").write_bytes(xml)
    (tmp_path / "form.tsv").write_text("".join(f"{line}\n" for line in journal(xml, TINY, 60)), encoding="utf-8")
    return Job(tmp_path / "form.xml", tmp_path / "form.tsv", 10, tmp_path)


def test_without_peers_it_measures_our_own_engine_and_says_what_was_not_measured(repository: Path) -> None:
    done = bench(repository, "--without-peers", "--markdown")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("| promise | ours | peer | ratio | verdict |\n|---|---|---|---|---|\n")
    assert "| not measured |" in done.stdout
    assert "STOPPED" not in done.stdout


def test_a_computer_without_node_and_java_is_told_of_visibly(repository: Path, tmp_path: Path) -> None:
    done = bench(repository, PATH=str(tmp_path))

    assert done.returncode == 0, done.stderr
    assert "SKIPPED ODK Web Forms: no Node.js here\nSKIPPED JavaRosa: no Java here\n" in done.stdout


def test_every_answer_of_a_journal_is_timed_after_the_warming_up(job: Job) -> None:
    result = ours().run(job)

    assert len(result.answer_ms) == 50
    assert len(result.states) == 2
    assert result.reported >= 50
    assert 0 < result.load_ms < result.process_ms


def test_the_memory_of_a_loaded_form_is_told(job: Job) -> None:
    told = ours().ask([str(job.form), "--memory"])

    assert 100_000 < told["traced"] < 60_000_000


@pytest.mark.node
@pytest.mark.skipif(isinstance(WEB_FORMS, str), reason=f"ODK Web Forms: {WEB_FORMS}")
def test_the_engine_of_odk_web_forms_comes_to_the_same_values(job: Job) -> None:
    assert isinstance(WEB_FORMS, Engine)

    assert differences(ours().run(job), WEB_FORMS.run(job)) == []


@pytest.mark.java
@pytest.mark.skipif(isinstance(JAVAROSA, str), reason=f"JavaRosa: {JAVAROSA}")
def test_javarosa_comes_to_the_same_values_but_for_what_it_leaves_stale(job: Job) -> None:
    assert isinstance(JAVAROSA, Engine)

    assert differences(ours().run(job), JAVAROSA.run(job), STALE_IN_JAVAROSA) == []


def test_a_value_that_differs_is_found() -> None:
    one = Result(1.0, (1.0,), 2.0, (3,), ({"/data/a": "1"}, {"/data/a": "1", "/data/meta/instanceID": "x"}), 1)
    other = replace(one, offered=(4,), states=({"/data/a": "1"}, {"/data/b": "1", "/data/meta/instanceID": "y"}))

    assert differences(one, one) == []
    assert differences(one, other) == [
        "numbers of choices",
        "state 1, /data/a: '1', None",
        "state 1, /data/b: None, '1'",
    ]
    assert differences(one, replace(other, offered=(3,)), "/a") == ["state 1, /data/b: None, '1'"]


@pytest.mark.parametrize(("share", "found"), [(0.5, 50.0), (0.99, 99.0), (1.0, 100.0)])
def test_a_percentile_is_one_of_the_times(share: float, found: float) -> None:
    assert percentile([float(number) for number in range(100, 0, -1)], share) == found


def test_the_table_tells_kept_missed_and_not_measured() -> None:
    lines = [Promise("a", "1 ms", "", "", kept) for kept in (True, False, None)]

    assert [line.rsplit(maxsplit=1)[-1] for line in table(lines, markdown=False).splitlines()[1:3]] == [
        "kept",
        "MISSED",
    ]
    assert table(lines, markdown=True).splitlines()[-1] == "| a | 1 ms |  |  | not measured |"


def test_the_lock_of_the_peers_names_no_address() -> None:
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")

    assert "://" not in lock
    packages = json.loads(lock)["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)
