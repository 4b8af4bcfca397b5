"""What holds of every form: order does not matter, saving loses nothing, nothing raises but EventRefused."""

from __future__ import annotations

import contextlib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake_app.errors import EventRefused
from intake_app.xforms.api import FormDefinition, FormEntry, parse_form, serialize
from tests.xforms import walker
from tests.xforms.story import MOMENT

WORDS = st.sampled_from(["", "0", "1", "2", "3", "7", "12", "-1", "2.5", "ja", "Ali", "x y", "2026-03-02", "52 6 0 0"])
ANY_TEXT = st.text(max_size=12) | WORDS
LEAVES = {
    "numbers": ("n", "d", "s"),
    "texts": ("s", "t", "n"),
    "types": ("i", "d", "s", "day", "hour", "moment", "code", "fine"),
    "places": ("home", "work", "way", "land", "travel"),
}


@cache
def definition(name: str) -> FormDefinition:
    return parse_form(walker.compiled(name))


def fresh(name: str) -> FormEntry:
    return FormEntry.new(definition(name), media=walker.MEDIA, now=lambda: MOMENT, seed=1)


def looks(entry: FormEntry) -> list[tuple[object, ...]]:
    return [(view.ref, *walker.seen(view).values()) for view in entry.nodes()]


@pytest.mark.parametrize("name", LEAVES)
@settings(max_examples=40)
@given(data=st.data())
def test_the_order_of_answers_does_not_matter(name: str, data: st.DataObject) -> None:
    answers = {leaf: data.draw(WORDS, leaf) for leaf in LEAVES[name]}
    one, other = fresh(name), fresh(name)

    for leaf in data.draw(st.permutations(list(answers)), "one way"):
        one.set_value(f"/data/{leaf}", answers[leaf])
    for leaf in data.draw(st.permutations(list(answers)), "another way"):
        other.set_value(f"/data/{leaf}", answers[leaf])

    assert looks(one) == looks(other)


def an_event(entry: FormEntry, data: st.DataObject) -> dict[str, object]:
    refs = [view.ref for view in entry.nodes()]
    ref = data.draw(st.sampled_from([*refs, "/data", "/data/nowhere", "", "/data/x[1]"]), "ref")
    return data.draw(
        st.one_of(
            st.fixed_dictionaries({"set": st.just(ref), "value": ANY_TEXT}),
            st.fixed_dictionaries({"add_repeat": st.just(ref.rpartition("[")[0] or ref)}),
            st.fixed_dictionaries({"remove_repeat": st.just(ref)}),
            st.fixed_dictionaries({"language": st.sampled_from([*entry.definition.languages, "xx", ""])}),
            st.fixed_dictionaries({"host": st.just("nobody"), "value": ANY_TEXT}),
        ),
        "event",
    )


@pytest.mark.parametrize("name", walker.NAMES)
@settings(max_examples=15)
@given(data=st.data())
def test_no_event_raises_anything_but_a_refusal_and_saving_loses_nothing(name: str, data: st.DataObject) -> None:
    entry = fresh(name)
    for _ in range(data.draw(st.integers(1, 12), "events")):
        with contextlib.suppress(EventRefused):
            entry.apply(an_event(entry, data))
    entry.violations()

    saved = entry.savepoint()
    again = FormEntry.restore(
        entry.definition, saved, media=walker.MEDIA, now=lambda: MOMENT, seed=1, language=entry.language or None
    )

    assert again.savepoint() == saved
    assert looks(again) == looks(entry)
    assert serialize(again) == serialize(entry)
