"""`plan render` prints the samples without a window, a database or a passphrase."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

import pytest

from intake_app.commands import plan
from intake_app.errors import UnknownName
from intake_app.plan.document import KINDS


def parsed(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    plan.add_parser(parser.add_subparsers())
    return parser.parse_args(["plan", "render", *arguments])


def run(*arguments: str) -> int:
    chosen = parsed(*arguments)
    return int(chosen.handler(chosen))


def test_it_lists_the_samples_one_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--list") == 0

    assert {"farm-worker", "nt1-cleaner", "refugee-cook"} <= set(capsys.readouterr().out.split("\n"))


def test_it_writes_a_pdf(tmp_path: Path) -> None:
    target = tmp_path / "plan.pdf"

    assert run("--sample", "refugee-cook", "--lang", "ar", "-o", str(target)) == 0

    assert target.read_bytes().startswith(b"%PDF-")


def test_without_a_language_the_sample_speaks_its_own(tmp_path: Path) -> None:
    one, other = tmp_path / "one.pdf", tmp_path / "other.pdf"

    run("--sample", "refugee-cook", "--kind", "appointment", "-o", str(one))
    run("--sample", "refugee-cook", "--kind", "appointment", "--lang", "ar", "-o", str(other))

    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize(
    "arguments", [("--sample", "nobody"), ("--sample", "refugee-cook", "--lang", "klingon")], ids=["name", "language"]
)
def test_what_it_does_not_know_is_named_with_what_it_knows(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    with pytest.raises(UnknownName) as caught:
        run(*arguments, "-o", str(tmp_path / "plan.pdf"))

    assert caught.value.params["known"]
    assert not (tmp_path / "plan.pdf").exists()


@pytest.mark.parametrize(
    "arguments",
    [(), ("--sample", "refugee-cook"), ("--sample", "refugee-cook", "--kind", "poster"), ("--list", "--sample", "x")],
)
def test_wrong_usage_ends_with_two(arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as usage:
        run(*arguments)

    assert usage.value.code == 2


def test_the_list_needs_neither_the_window_nor_the_printing_libraries() -> None:
    code = (
        "import sys; from intake_app.commands import plan; plan.sample_names();"
        "print(sorted({'PySide6', 'reportlab', 'sqlmodel'} & set(sys.modules)))"
    )

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "[]"


def test_it_offers_every_print_that_can_be_made() -> None:
    assert plan._KINDS == KINDS
