"""The contract of the command line: help, exit codes, one clear line, and a start without heavy parts."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from intake_app.cli import COMMANDS, build_parser, main
from tests.commands.conftest import WINDOW, Command

REPOSITORY = Path(__file__).resolve().parents[2]
HEAVY = ("PySide6", "shiboken6", "sqlmodel", "sqlalchemy", "alembic", "sqlcipher3", "httpx", "reportlab", "pyxform")
WITHOUT_STORE = (
    ["--help"],
    ["languages", "--json"],
    ["form", "check", "resources/forms/compiled/status.xml"],
    ["form", "text", "resources/forms/compiled/status.xml"],
    ["catalogue", "status"],
    ["plan", "render", "--list"],
)


def every_command(parser: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [path]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                found += every_command(inner, (*path, name))
    return found


@pytest.mark.parametrize("path", every_command(build_parser()), ids=" ".join)
def test_every_command_explains_itself(command: Command, path: tuple[str, ...]) -> None:
    result = command(*path, "--help")

    assert result.code == 0
    assert result.out.startswith("usage: intake-app")
    assert "--data-dir" in result.out
    assert result.err == ""


def test_without_a_command_the_window_opens() -> None:
    asked: list[Path | None] = []

    def window(folder: Path | None) -> int:
        asked.append(folder)
        return WINDOW

    assert main([], window) == WINDOW
    assert main(["--data-dir", "map"], window) == WINDOW
    assert asked == [None, Path("map")]


@pytest.mark.parametrize("arguments", [["nonsense"], ["form"], ["form", "trace"], ["languages", "--wrong"], ["match"]])
def test_wrong_usage_ends_with_two_and_says_how(command: Command, arguments: list[str]) -> None:
    result = command(*arguments)

    assert result.code == 2
    assert "usage:" in result.err
    assert result.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["form", "check", "nowhere.xml"],
        ["form", "text", "nowhere.xml"],
        ["form", "trace", "nowhere.xml", "--events", "-"],
        ["form", "compile", "nowhere.md", "-o", "out.xml"],
        ["match", "--profile", "nowhere.json"],
        ["plan", "render", "--sample", "nobody", "-o", "plan.pdf"],
        ["plan", "render", "--sample", "refugee-cook", "-o", "no-such-folder/plan.pdf"],
    ],
    ids=" ".join,
)
def test_wrong_input_ends_with_one_and_one_clear_line(
    command: Command, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = command(*arguments)

    assert result.code == 1
    assert result.out == ""
    assert len(result.err.strip().splitlines()) == 1
    assert "Traceback" not in result.err
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_foresaw_shows_its_place_but_never_its_text(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    private = "Samira woont in Groenlo"

    def broken(_: argparse.Namespace) -> int:
        raise ValueError(private)

    monkeypatch.setattr("intake_app.commands.languages.run", broken)
    result = command("languages")

    assert result.code == 1
    assert "Samira" not in result.err
    assert "in broken" in result.err
    assert result.err.splitlines()[-2] == "ValueError"
    assert "niemand had voorzien" in result.err.splitlines()[-1]


def python(*code: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *code],
        cwd=REPOSITORY,
        env={**os.environ, **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("arguments", WITHOUT_STORE, ids=" ".join)
def test_what_needs_no_store_starts_without_window_database_network_and_print(arguments: list[str]) -> None:
    code = (
        "import sys, json\n"
        "from intake_app.cli import main\n"
        "try:\n    main(json.loads(sys.argv[1]), lambda _: 0)\nexcept SystemExit:\n    pass\n"
        f"print(json.dumps(sorted(set({HEAVY!r}) & set(sys.modules))), file=sys.stderr)"
    )
    result = python("-c", code, json.dumps(arguments))
    loaded = json.loads(result.stderr.splitlines()[-1])

    # Checking tags lives beside the compiler, which may know pyxform.
    assert set(loaded) <= ({"pyxform"} if arguments[0] == "form" else set()), result.stderr


def test_the_module_runs_as_a_program_in_any_console() -> None:
    result = python("-m", "intake_app", "languages", PYTHONIOENCODING="cp1252", PYTHONUTF8="0")

    assert result.returncode == 0
    assert "العربية" in result.stdout


def test_the_languages_tell_honestly_how_far_they_are(command: Command) -> None:
    result = command("languages", "--json")
    languages = {row["code"]: row for row in json.loads(result.out)}

    assert result.code == 0
    assert {"nl", "en", "ar"} <= set(languages)
    assert languages["ar"]["direction"] == "rtl"
    assert languages["ar"]["review"]["state"] == "machine"
    assert set(languages["nl"]["coverage"].values()) == {100}
    assert all(0 <= percent <= 100 for row in languages.values() for percent in row["coverage"].values())


def test_every_room_of_commands_is_known_to_the_program() -> None:
    modules = {path.stem for path in (REPOSITORY / "intake_app" / "commands").glob("*.py")}

    assert set(COMMANDS) <= modules
