"""The battery: what Linux and Windows tell is read alike, and what is not known is not guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake_app.platform.power import Battery, PowerStatus, battery, of_status


@pytest.mark.parametrize(
    ("state", "charge", "known"),
    [
        ("Discharging", "18", Battery(18, plugged=False)),
        ("Charging", "18", Battery(18, plugged=True)),
        ("Full", "100", Battery(100, plugged=True)),
        ("Discharging", "veel", None),
    ],
)
@pytest.mark.skipif("sys.platform == 'win32'")
def test_linux_tells_by_files(tmp_path: Path, state: str, charge: str, known: Battery | None) -> None:
    supply = tmp_path / "BAT0"
    supply.mkdir()
    (supply / "status").write_text(state + "\n", encoding="ascii")
    (supply / "capacity").write_text(charge + "\n", encoding="ascii")

    assert battery(tmp_path) == known


@pytest.mark.skipif("sys.platform == 'win32'")
def test_without_a_battery_there_is_none(tmp_path: Path) -> None:
    assert battery(tmp_path / "nowhere") is None


@pytest.mark.parametrize(
    ("line", "flag", "percent", "known"),
    [
        (0, 0, 42, Battery(42, plugged=False)),
        (1, 8, 97, Battery(97, plugged=True)),
        (1, 128, 255, None),
        (255, 255, 255, None),
        (0, 0, 255, None),
    ],
)
def test_windows_tells_by_a_structure(line: int, flag: int, percent: int, known: Battery | None) -> None:
    assert of_status(PowerStatus(line, flag, percent, 0, 0, 0)) == known
