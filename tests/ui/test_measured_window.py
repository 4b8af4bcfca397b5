"""The measurement of the window says what grows, and leaves alone what only goes up and down."""

from __future__ import annotations

from benchmarks.ui import curve, grown, speeds
from benchmarks.window.talk import Point, Speeds


def points(memory: list[int], handles: list[int], widgets: list[int]) -> list[Point]:
    return [Point(25 * number, *each) for number, each in enumerate(zip(memory, handles, widgets, strict=True))]


STEADY = [100_000_000, 101_000_000] * 6 + [100_000_000]
SAME, WIDGETS = [12] * 13, [280, 410] * 6 + [280]


def test_what_goes_up_and_down_does_not_grow() -> None:
    assert grown(points(STEADY, SAME, WIDGETS)) == []


def test_memory_handles_and_widgets_that_grow_are_named() -> None:
    rising = [100_000_000 + 1_000_000 * step for step in range(13)]
    told = grown(points(rising, list(range(12, 25)), list(range(280, 293))))

    assert [line.split()[0] for line in told] == ["memory", "handles", "widgets"]


def test_the_curve_has_a_line_for_each_point() -> None:
    assert len(curve(points(STEADY, SAME, WIDGETS))) == len(STEADY)


def test_a_missed_speed_is_said() -> None:
    slow = speeds(Speeds(turns=[0.01] * 80 + [0.2] * 20, languages=[0.1]))

    assert [row[-1] for row in slow] == ["MISSED", "MISSED", "kept", "kept", "kept"]


def test_processor_time_has_lines_of_its_own() -> None:
    told = speeds(Speeds([0.2] * 20, [0.3], turns_work=[0.01] * 20, languages_work=[0.1]))

    assert [row[-1] for row in told[:5]] == ["MISSED"] * 5
    assert all(row[0].startswith("processor time") and row[-1] == "kept" for row in told[5:])
