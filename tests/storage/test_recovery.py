"""Two halves on paper make one key; a typing mistake is told from a wrong key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.domain.draft import RecoveryHalves
from intake_app.errors import RecoveryMistyped, RecoveryWrong
from intake_app.storage.recovery import RecoveryKey

KEY = RecoveryKey(bytes(range(16)))


@given(st.binary(min_size=16, max_size=16))
def test_two_halves_give_the_key_again(secret: bytes) -> None:
    key = RecoveryKey(secret)
    halves = key.halves()
    assert RecoveryKey.of(halves) == key
    assert RecoveryKey.of(RecoveryHalves(halves.b, halves.a)) == key


def test_a_half_is_eight_groups_of_five_signs_that_do_not_look_alike() -> None:
    for half in (KEY.halves().a, KEY.halves().b):
        assert [len(group) for group in half.split()] == [5] * 8
        assert not set(half) & set("ILOU")


def test_each_pair_is_another_and_one_half_says_nothing_of_the_secret() -> None:
    firsts = {KEY.halves().a for _ in range(50)}
    assert len(firsts) == 50


@pytest.mark.parametrize(
    "typed", [str.lower, lambda half: half.replace(" ", ""), lambda half: half.replace(" ", "-\n")]
)
def test_case_spaces_and_lines_do_not_matter(typed: object) -> None:
    halves = KEY.halves()
    assert callable(typed)
    assert RecoveryKey.of(RecoveryHalves(typed(halves.a), halves.b)) == KEY


def test_letters_that_look_like_digits_are_read_as_such() -> None:
    halves = KEY.halves()
    assert RecoveryKey.of(RecoveryHalves(halves.a.replace("0", "O").replace("1", "l"), halves.b)) == KEY


@given(st.data())
def test_one_wrong_sign_is_a_typing_mistake_and_names_its_half(data: st.DataObject) -> None:
    halves = KEY.halves()
    wrong = data.draw(st.sampled_from(["a", "b"]))
    half = list(getattr(halves, wrong))
    place = data.draw(st.sampled_from([n for n, sign in enumerate(half) if sign != " "]))
    half[place] = data.draw(st.sampled_from([s for s in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if s != half[place]]))
    typed = {"a": halves.a, "b": halves.b} | {wrong: "".join(half)}
    with pytest.raises(RecoveryMistyped) as refused:
        RecoveryKey.of(RecoveryHalves(**typed))
    assert refused.value.params == {"half": wrong}


@pytest.mark.parametrize("typed", ["", "KORT", "é" * 40, "U" * 40, "0" * 41])
def test_what_is_no_half_is_a_typing_mistake(typed: str) -> None:
    with pytest.raises(RecoveryMistyped):
        RecoveryKey.of(RecoveryHalves(typed, KEY.halves().b))


def test_the_same_half_twice_is_a_wrong_key() -> None:
    half = KEY.halves().a
    with pytest.raises(RecoveryWrong):
        RecoveryKey.of(RecoveryHalves(half, half))


def test_halves_of_two_keys_are_a_wrong_key() -> None:
    with pytest.raises(RecoveryWrong):
        RecoveryKey.of(RecoveryHalves(KEY.halves().a, RecoveryKey.fresh().halves().b))


def test_halves_of_one_key_printed_on_two_days_are_a_wrong_key() -> None:
    with pytest.raises(RecoveryWrong):
        RecoveryKey.of(RecoveryHalves(KEY.halves().a, KEY.halves().b))


def test_nothing_of_the_key_shows_in_a_trace() -> None:
    halves = KEY.halves()
    assert repr(KEY) == "RecoveryKey()"
    assert repr(halves) == "RecoveryHalves()"
