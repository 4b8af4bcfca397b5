"""A participant's key opens for its caseload only, and is gone for good once destroyed."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake_app.domain.ids import ParticipantId
from intake_app.errors import RecordErased, StoreDamaged
from intake_app.storage.crypto import new_key, public_key
from intake_app.storage.participant_keys import ParticipantKeys, PostBox
from intake_app.storage.wrapping import KeyBundle

STORE_KEY, OWN, OTHER = new_key(), new_key(), new_key()
ONE, TWO = ParticipantId("p-1"), ParticipantId("p-2")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "participant_keys.db"
    path.touch()
    ParticipantKeys.create(path, STORE_KEY)
    return path


def _opened(path: Path, caseload: str = "anneke", key: bytes = OWN) -> ParticipantKeys:
    return ParticipantKeys(path, caseload, _bundle(key))


def _bundle(key: bytes, store_key: bytes = STORE_KEY) -> KeyBundle:
    return KeyBundle(new_key(), store_key, key)


def _box(caseload: str, key: bytes) -> PostBox:
    return PostBox(caseload, public_key(_bundle(key).post_box))


def test_a_key_is_the_same_after_reopening(path: Path) -> None:
    keys = _opened(path)
    keys.make(ONE)
    keys.make(TWO)
    first, second = keys.key(ONE), keys.key(TWO)
    keys.close()
    keys = _opened(path)
    assert (keys.key(ONE), keys.key(TWO)) == (first, second)
    assert first != second
    assert keys.own() == {ONE, TWO}
    keys.close()


def test_another_caseload_knows_of_a_key_but_does_not_hold_it(path: Path) -> None:
    anneke = _opened(path)
    anneke.make(ONE)
    assert not anneke.is_elsewhere(ONE)
    anneke.close()
    bert = _opened(path, "bert", OTHER)
    assert bert.own() == frozenset()
    assert bert.is_elsewhere(ONE)
    assert not bert.is_elsewhere(TWO)
    with pytest.raises(RecordErased):
        bert.key(ONE)
    bert.close()


def test_another_caseload_key_opens_nothing(path: Path) -> None:
    keys = _opened(path)
    keys.make(ONE)
    keys.close()
    with pytest.raises(StoreDamaged):
        _opened(path, "anneke", OTHER)


def test_a_destroyed_key_is_gone_for_every_caseload_and_from_the_file(path: Path) -> None:
    for caseload, key in (("anneke", OWN), ("bert", OTHER)):
        keys = _opened(path, caseload, key)
        keys.make(ONE)
        keys.make(TWO)
        keys.close()
    keys = _opened(path)
    keys.destroy(frozenset({ONE, ParticipantId("nobody")}))
    with pytest.raises(RecordErased) as refused:
        keys.key(ONE)
    assert refused.value.params == {"id": ONE}
    keys.close()
    keys = _opened(path, "bert", OTHER)
    assert keys.own() == {TWO}
    assert not keys.knows(ONE)
    keys.close()


def test_no_log_keeps_an_older_page(path: Path) -> None:
    keys = _opened(path)
    keys.make(ONE)
    keys.destroy(frozenset({ONE}))
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    keys.close()


def test_a_key_left_over_by_cut_off_work_is_replaced(path: Path) -> None:
    keys = _opened(path)
    keys.make(ONE)
    before = keys.key(ONE)
    keys.make(ONE)
    after = keys.key(ONE)
    keys.close()
    keys = _opened(path)
    assert keys.key(ONE) == after != before
    keys.close()


def test_the_wrong_store_key_is_damage_of_this_part(path: Path) -> None:
    with pytest.raises(StoreDamaged) as refused:
        ParticipantKeys(path, "anneke", _bundle(OWN, new_key()))
    assert refused.value.params == {"part": "participant_keys"}


def test_a_person_handed_over_opens_for_the_colleague_and_no_longer_here(path: Path) -> None:
    keys = _opened(path)
    keys.make(ONE)
    keys.make(TWO)
    kept = keys.key(ONE)
    keys.hand_over(frozenset({ONE}), _box("bert", OTHER))
    assert keys.own() == {TWO}
    assert keys.is_elsewhere(ONE)
    keys.close()
    for _ in ("as it was sealed", "as it was taken in"):
        theirs = _opened(path, "bert", OTHER)
        assert theirs.own() == {ONE}
        assert theirs.key(ONE) == kept
        theirs.close()
    again = _opened(path)
    assert again.own() == {TWO}
    again.close()


def test_what_was_handed_over_is_lost_on_whoever_does_not_hold_the_key(path: Path) -> None:
    keys = _opened(path)
    keys.make(ONE)
    keys.hand_over(frozenset({ONE}), _box("bert", OTHER))
    keys.close()
    with pytest.raises(StoreDamaged):
        _opened(path, "bert", OWN)


def test_a_whole_caseload_moves_with_its_key(path: Path) -> None:
    theirs = _opened(path, "bert", OTHER)
    theirs.make(ONE)
    theirs.make(ParticipantId("card:1"))
    kept = theirs.key(ONE)
    theirs.close()
    keys = _opened(path)
    assert (keys.count("bert"), keys.holds("bert")) == (1, True)
    assert keys.move("bert", _bundle(OTHER), _box("anneke", OWN)) == {ONE, "card:1"}
    assert keys.key(ONE) == kept
    assert not keys.holds("bert")
    keys.close()
    again = _opened(path)
    assert again.key(ONE) == kept
    again.close()


def test_handing_over_somebody_of_another_caseload_changes_nothing(path: Path) -> None:
    keys = _opened(path)
    keys.make(ONE)
    with pytest.raises(RecordErased):
        keys.hand_over(frozenset({ONE, TWO}), _box("bert", OTHER))
    assert keys.own() == {ONE}
    keys.close()
