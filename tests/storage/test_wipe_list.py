"""The wislijst holds what was taken back with the names of what began anew, and still reads lists of before."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import InstanceId
from intake_app.storage.crypto import Place, seal
from intake_app.storage.wipe_list import NAME, PURPOSE, WipeList
from tests.fakes import records

KEY = bytes(range(32))


def test_a_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    plain = records.withdrawal(ConsentCode.NEEDS)
    anew = replace(plain, code=ConsentCode.ORIGIN, anew=((InstanceId("uuid:1"), InstanceId("uuid:2")),))
    kept = WipeList(frozenset(), frozenset({plain, anew}))
    kept.write(tmp_path / NAME, KEY)
    assert WipeList.read(tmp_path / NAME, KEY) == kept


def test_a_list_of_before_is_read_too(tmp_path: Path) -> None:
    told = records.withdrawal(ConsentCode.SHARING, organisation="taalhuis")
    row = [told.participant_id, told.number, told.code.value, told.at.isoformat(), told.organisation]
    content = json.dumps({"erased": [], "withdrawn": [row]}).encode()
    (tmp_path / NAME).write_bytes(seal(KEY, content, Place("installation", PURPOSE, NAME)))
    assert WipeList.read(tmp_path / NAME, KEY).withdrawn == {told}


def test_a_list_keeps_what_the_centre_was_asked_and_the_laptop_it_began_on(tmp_path: Path) -> None:
    asked = records.lasting_request()
    kept = WipeList(asked=frozenset({asked, replace(asked, instance_id=InstanceId("uuid:done"), done_at=records.NOON)}))
    assert not kept.goes_on_from(kept)
    kept = kept.on_a_line()
    assert kept.on_a_line() == kept
    kept.write(tmp_path / NAME, KEY)
    assert WipeList.read(tmp_path / NAME, KEY) == kept
    assert kept.goes_on_from(WipeList.read(tmp_path / NAME, KEY))
    assert not kept.goes_on_from(WipeList().on_a_line())


def test_that_a_request_was_carried_out_wins_from_a_list_that_did_not_know_yet() -> None:
    asked = records.lasting_request()
    done = replace(asked, done_at=records.NOON)
    for both in (WipeList(asked=frozenset({asked})), WipeList(asked=frozenset({done}))):
        assert (both | WipeList(asked=frozenset({done}))).asked == {done}
        assert (WipeList(asked=frozenset({done})) | both).asked == {done}


def test_a_list_of_before_has_no_line_and_asked_nothing(tmp_path: Path) -> None:
    content = json.dumps({"erased": [], "withdrawn": []}).encode()
    (tmp_path / NAME).write_bytes(seal(KEY, content, Place("installation", PURPOSE, NAME)))
    assert WipeList.read(tmp_path / NAME, KEY) == WipeList()
