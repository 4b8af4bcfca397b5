"""What one answer costs grows with what depends on it, not with the size of the form: counted in calls, not in time."""

from __future__ import annotations

import gc
import sys
from types import FrameType

import pytest

from benchmarks.forms import Size, form
from intake_app.xforms.api import FormEntry, parse_form


def calls(entry: FormEntry, ref: str, value: str) -> int:
    """How many functions run for one answer, our own and built-in ones; a collection of garbage has its own calls."""
    count = 0

    def counting(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    gc.disable()
    sys.setprofile(counting)
    try:
        entry.set_value(ref, value)
    finally:
        sys.setprofile(before)
        gc.enable()
    return count


def cost(questions: int) -> list[int]:
    size = Size(sections=questions // 10, repeats=0)
    entry = FormEntry.new(parse_form(form(size)), seed=1)
    refs = [f"/data/s{place}/b" for place in (2, size.sections // 2, size.sections - 1)]
    for ref in refs:
        entry.set_value(ref, "1")
    return [calls(entry, ref, "2") for ref in refs]


@pytest.mark.parametrize("questions", [1000, 3000])
def test_an_answer_takes_as_many_steps_in_a_large_form_as_in_a_small_one(questions: int) -> None:
    small = cost(100)

    assert cost(questions) == small
    assert max(small) < 1000
