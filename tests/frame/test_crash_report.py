"""A crash report says where the program failed and never with what."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake_app.errors import StoreDamaged
from intake_app.platform.crash_report import FATAL, REPORT, CrashReport, report_of

MARK = "Zeynabmarkering متحف"
AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
STRUCK = """
import faulthandler, sys
from pathlib import Path
from intake_app.platform.crash_report import CrashReport
def talking(words):
    faulthandler._sigsegv()
report = CrashReport(Path(sys.argv[1]))
report.watch_process()
talking("Zeynab" + "markering")
"""


def failing(words: str) -> None:
    told = {"answer": words}
    try:
        raise ValueError(f"cannot read {told['answer']}")
    except ValueError:
        raise KeyError(words) from None


def caught() -> BaseException:
    try:
        try:
            failing(MARK)
        except KeyError as inner:
            raise StoreDamaged(part="content") from inner
    except StoreDamaged as error:
        return error
    raise AssertionError


def test_kinds_codes_and_frames_of_the_whole_chain_and_no_word_of_what_was_said() -> None:
    told = report_of(caught(), AT)

    for words in ("2026-03-02 12:00", "StoreDamaged (store_damaged)", "behind it: KeyError", "failing", "ValueError"):
        assert words in told
    assert "test_crash_report.py:" in told
    for part in ("Zeynab", "متحف", "cannot read", "answer", "raise "):
        assert part not in told


def test_a_chain_that_bites_its_tail_ends() -> None:
    one, two = ValueError(MARK), KeyError(MARK)
    one.__context__, two.__context__ = two, one

    assert report_of(one, AT).count("Error") == 2


def test_the_last_failure_stands_in_the_folder_and_only_the_owner_reads_it(tmp_path: Path) -> None:
    report = CrashReport(tmp_path)
    report.write(ValueError(MARK))
    report.write(KeyError(MARK))
    told = (tmp_path / REPORT).read_text("utf-8")

    assert "KeyError" in told
    assert "ValueError" not in told
    if sys.platform != "win32":
        assert (tmp_path / REPORT).stat().st_mode & 0o777 == 0o600


def test_without_a_folder_nothing_is_written_and_nothing_fails(tmp_path: Path) -> None:
    report = CrashReport(tmp_path / "not yet")
    report.watch_process()
    report.write(ValueError(MARK))
    report.close()

    assert list(tmp_path.iterdir()) == []


def test_a_quiet_end_leaves_no_report(tmp_path: Path) -> None:
    report = CrashReport(tmp_path)
    report.watch_process()
    assert (tmp_path / FATAL).exists()
    report.close()
    report.close()

    assert list(tmp_path.iterdir()) == []


def test_a_struck_process_leaves_frames_and_no_values(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", STRUCK, str(tmp_path)], capture_output=True, check=False)
    told = (tmp_path / FATAL).read_text("utf-8", "replace")

    assert done.returncode != 0
    assert "talking" in told
    assert "Zeynab" not in told + done.stderr.decode("utf-8", "replace")


@pytest.fixture(autouse=True)
def faulthandler_as_it_was() -> object:
    """Pytest watches the process too; watching ends with each report."""
    import faulthandler

    was = faulthandler.is_enabled()
    yield
    if was:
        faulthandler.enable()
