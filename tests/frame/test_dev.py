"""What `dev.py` promises to people who build the app."""

import gettext
import os
import subprocess
import sys
from pathlib import Path

import pytest

from devtools import catalogues, checks, environment, pictograms
from devtools.compile_catalogues import compile_catalogue
from devtools.made_up import disguised
from devtools.shell import StepFailedError, must, passing_through

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: ar\\n"

msgid "Welkom"
msgstr "أهلا"
"""


def dev(repository: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(repository / "dev.py"), *arguments], capture_output=True, text=True, check=False
    )


def test_an_unknown_verb_is_wrong_usage_and_names_the_verbs(repository: Path):
    answer = dev(repository, "tset")

    assert answer.returncode == 2
    assert answer.stdout == ""
    assert "python3 dev.py VERB" in answer.stderr


def test_help_is_no_failure(repository: Path):
    assert dev(repository, "--help").returncode == 0
    assert dev(repository).returncode == 2


def test_output_and_exit_code_of_a_program_pass_through_untouched(capfd: pytest.CaptureFixture[str]):
    code = passing_through([sys.executable, "-c", "import sys; print('result'); sys.exit(7)"])

    assert code == 7
    assert capfd.readouterr().out == "result\n"


def test_a_step_of_the_build_never_writes_to_standard_output(capfd: pytest.CaptureFixture[str]):
    must([sys.executable, "-c", "print('noise')"], "cannot happen")

    heard = capfd.readouterr()
    assert (heard.out, heard.err) == ("", "noise\n")


def test_a_program_that_is_not_there_is_named():
    with pytest.raises(StepFailedError, match="no-such-program"):
        must(["no-such-program"], "Nothing was done")


@pytest.mark.skipif(os.name != "posix", reason="signals are a POSIX matter")
def test_a_program_ended_by_a_signal_counts_as_shells_count_it():
    assert passing_through([sys.executable, "-c", "import os; os.kill(os.getpid(), 15)"]) == 128 + 15


def test_only_changed_catalogues_are_compiled(tmp_path: Path):
    source = tmp_path / "ar" / "LC_MESSAGES" / "app.po"
    source.parent.mkdir(parents=True)
    source.write_text(PO, encoding="utf-8")
    assert catalogues.stale(tmp_path) == [source]

    compiled = compile_catalogue(source)

    assert catalogues.stale(tmp_path) == []
    assert gettext.translation("app", str(tmp_path), ["ar"]).gettext("Welkom") == "أهلا"
    os.utime(compiled, ns=(0, 0))
    assert catalogues.stale(tmp_path) == [source]


def test_the_locks_hold_on_every_network():
    assert checks.locks_are_clean() == 0


def test_an_address_in_a_lock_is_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "requirements.txt").write_text("segno==1.6.6\n", encoding="utf-8")
    (tmp_path / "requirements-dev.txt").write_text("a==1\nb @ https" + "://example.org/b.whl\n", encoding="utf-8")

    assert checks.locks_are_clean(tmp_path) == 1
    assert "requirements-dev.txt:2" in capsys.readouterr().err


def test_an_environment_that_fits_the_lock_is_left_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    stamp = tmp_path / "stamp"
    (tmp_path / "pyvenv.cfg").write_text("version = 3.11\n", encoding="ascii")
    monkeypatch.setattr(environment, "FOLDER", tmp_path)
    monkeypatch.setattr(environment, "STAMP", stamp)
    monkeypatch.setattr(environment, "PYTHON", Path(sys.executable))
    stamp.write_text(environment._fingerprint(), encoding="ascii")
    before = sorted(tmp_path.iterdir())

    environment.ensure(thoroughly=False)

    assert sorted(tmp_path.iterdir()) == before


def test_a_made_up_language_is_longer_and_leaves_the_places_for_values_alone():
    longer = disguised("Bel {name} voor <b>{date}</b>", "en_XA")

    assert len(longer) > 1.3 * len("Bel {name} voor <b>{date}</b>")
    assert "{name}" in longer
    assert "<b>{date}</b>" in longer
    assert "Bel" not in longer


def test_the_other_made_up_language_runs_from_right_to_left():
    assert disguised("Welkom", "ar_XB").startswith("\u200f")


def test_two_drawings_stand_side_by_side_and_keep_their_origin(repository: Path):
    folder = repository / "resources" / "pictograms" / "color"

    drawing = pictograms.compose([folder / "work.svg", folder / "book.svg"], "1F528+1F4DA")

    assert drawing.count("<g transform=") >= 2
    assert "OpenMoji 17.0.0, 1F528 + 1F4DA; CC BY-SA 4.0; put together by this project" in drawing
