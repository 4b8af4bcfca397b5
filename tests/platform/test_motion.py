from __future__ import annotations

import sys
from pathlib import Path

import pytest

from intake_app.platform.motion import motion_allowed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows is asked itself, not a file")


def put(config: Path, folder: str, text: str) -> None:
    (config / folder).mkdir()
    (config / folder / "settings.ini").write_text(text, encoding="utf-8")


def test_things_move_where_nobody_said_otherwise(tmp_path: Path) -> None:
    assert motion_allowed(tmp_path)


@pytest.mark.parametrize(("word", "allowed"), [("0", False), ("false", False), ("1", True), ("true", True)])
def test_what_the_desktop_says_counts(tmp_path: Path, word: str, allowed: bool) -> None:
    put(tmp_path, "gtk-3.0", f"[Settings]\ngtk-enable-animations={word}\n")

    assert motion_allowed(tmp_path) is allowed


@pytest.mark.parametrize("text", ["", "[Settings]\n", "no section\n", "[Settings]\ngtk-enable-animations=perhaps\n"])
def test_a_file_that_says_nothing_of_use_leaves_the_older_one_to_speak(tmp_path: Path, text: str) -> None:
    put(tmp_path, "gtk-4.0", text)
    put(tmp_path, "gtk-3.0", "[Settings]\ngtk-enable-animations=0\n")

    assert not motion_allowed(tmp_path)
