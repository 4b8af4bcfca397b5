"""Waits grow, differ from laptop to laptop, and have no end."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from intake_app.sync.backoff import FIRST_WAIT, JITTER, LONGEST_WAIT, Backoff


def test_each_wait_is_longer_than_the_one_before_until_the_longest():
    backoff = Backoff(timedelta(seconds=1), timedelta(days=1), seed=4)

    waits = [backoff.wait_after(attempts) for attempts in range(1, 15)]

    assert all(later > earlier for earlier, later in pairwise(waits))


@given(st.integers(min_value=0, max_value=10**9), st.integers())
def test_there_is_always_a_next_wait_and_never_one_beyond_the_longest(attempts: int, seed: int):
    wait = Backoff(seed=seed).wait_after(attempts)

    assert FIRST_WAIT * (1 - JITTER) <= wait <= LONGEST_WAIT * (1 + JITTER)


def test_the_same_seed_gives_the_same_waits_and_another_seed_others():
    def first_waits(seed: int) -> list[timedelta]:
        backoff = Backoff(seed=seed)
        return [backoff.wait_after(3) for _ in range(4)]

    assert first_waits(1) == first_waits(1) != first_waits(2)
    assert len(set(first_waits(1))) == 4
