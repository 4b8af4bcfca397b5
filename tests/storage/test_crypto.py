"""Sealed bytes open in their own place under their own key, and nowhere else."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.errors import StoreDamaged
from intake_app.storage.crypto import NONCE_BYTES, Place, derived_key, new_key, seal, unseal

KEY = bytes(range(32))
HERE = Place("p-1", "journal_entry", "uuid:1#4")


@given(st.binary(max_size=200))
def test_what_is_sealed_opens_again(content: bytes) -> None:
    assert unseal(KEY, seal(KEY, content, HERE), HERE) == content


@pytest.mark.parametrize(
    "elsewhere",
    [
        Place("p-2", "journal_entry", "uuid:1#4"),
        Place("p-1", "typing", "uuid:1#4"),
        Place("p-1", "journal_entry", "uuid:1#5"),
        Place("p-1j", "ournal_entry", "uuid:1#4"),
    ],
)
def test_sealed_bytes_cannot_be_moved(elsewhere: Place) -> None:
    with pytest.raises(StoreDamaged):
        unseal(KEY, seal(KEY, b"antwoord", HERE), elsewhere)


@given(st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_one_changed_byte_is_noticed(position: int, change: int) -> None:
    sealed = bytearray(seal(KEY, b"antwoord", HERE))
    sealed[position % len(sealed)] ^= change
    with pytest.raises(StoreDamaged):
        unseal(KEY, bytes(sealed), HERE)


def test_cut_off_bytes_are_noticed() -> None:
    sealed = seal(KEY, b"antwoord", HERE)
    for length in range(len(sealed)):
        with pytest.raises(StoreDamaged):
            unseal(KEY, sealed[:length], HERE)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(StoreDamaged):
        unseal(new_key(), seal(KEY, b"antwoord", HERE), HERE)


def test_the_same_content_never_looks_the_same_twice() -> None:
    sealed = [seal(KEY, b"ja", HERE) for _ in range(50)]
    assert len({each[1 : 1 + NONCE_BYTES] for each in sealed}) == 50
    assert len({each[1 + NONCE_BYTES :] for each in sealed}) == 50


def test_derived_keys_differ_by_purpose_and_by_key() -> None:
    keys = [derived_key(KEY, "a"), derived_key(KEY, "b"), derived_key(bytes(32), "a"), KEY]
    assert all(one != other for one, other in itertools.combinations(keys, 2))
    assert derived_key(KEY, "a") == keys[0]
