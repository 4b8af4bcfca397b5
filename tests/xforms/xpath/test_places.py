"""Functions on places: lengths, areas, inside or outside, lines that cross themselves."""

import math

import pytest

from tests.xforms.story import computed

SQUARE = "0 0 0 0;0 1 0 0;1 1 0 0;1 0 0 0;0 0 0 0"
DEGREE = 2 * math.pi * 6378100 / 360
"""Metres of one degree along a meridian, by the radius that ODK reckons with."""


@pytest.mark.parametrize(
    ("arguments", "metres"),
    [
        ("'0 0 0 0;1 0 0 0'", DEGREE),
        ("'0 0 0 0', '1 0 0 0', '0 0 0 0'", 2 * DEGREE),
        ("'0 0 0 0'", 0.0),
        ("'60 0 0 0;60 2 0 0'", DEGREE),
        ("''", 0.0),
    ],
)
def test_distance_is_in_metres_along_the_points(arguments: str, metres: float) -> None:
    assert float(computed(f"distance({arguments})")) == pytest.approx(metres, rel=1e-4)


def test_an_area_is_in_square_metres_and_a_line_has_none() -> None:
    assert float(computed(f"area('{SQUARE}')")) == pytest.approx(DEGREE**2, rel=1e-3)
    assert float(computed("area('0 0 0 0;1 1 0 0')")) == 0


@pytest.mark.parametrize(
    ("point", "inside"),
    [("0.5 0.5 0 0", "1"), ("1.5 0.5 0 0", "0"), ("0.5 -0.1 0 0", "0"), ("", "0"), ("nowhere", "0")],
)
def test_a_point_lies_inside_an_area_or_not(point: str, inside: str) -> None:
    assert computed(f"geofence('{point}', '{SQUARE}')") == inside


@pytest.mark.parametrize(
    ("line", "crosses"),
    [
        ("0 0;1 1;0 1;1 0", "1"),
        ("0 0;0 1;0 2;0 3", "0"),
        ("0 0;0 2;1 1;0 1", "1"),
        ("0 0;0 1;0 0.5", "1"),
        ("0 0;0 1;1 1;0 0", "0"),
        ("0 0;0 0;0 1;1 1", "0"),
        ("0 0;1 1", "0"),
        ("", "0"),
        (SQUARE, "0"),
    ],
)
def test_a_line_crosses_itself_or_not(line: str, crosses: str) -> None:
    assert computed(f"intersects('{line}')") == crosses


@pytest.mark.parametrize("call", ["distance('here')", "area('91 0 0 0;1 1 0 0;2 2 0 0')"])
def test_what_is_no_place_has_no_size(call: str) -> None:
    assert computed(call) == ""
