"""What met at the desk loses what was taken back: on the desk, in the copy, in backups, in the bytes of the store."""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from intake_app.domain.consent import ConsentCode
from intake_app.paths import resource_dir
from intake_app.services.centre_file import meet_centre_record
from intake_app.services.chains import CONFLICT
from intake_app.services.conflicts import ConflictDesk, meetings
from intake_app.services.differences import HERE, THERE
from intake_app.services.meeting import Meeting
from intake_app.services.rights import copy_of, take_back
from intake_app.sync.trial_receiver import TrialReceiver
from tests.fakes.encrypted import PASSPHRASE
from tests.fakes.inside import inside_database, pages_of
from tests.services.helps import told
from tests.services.laptop import Laptop

GOAL = "Ik wil kok worden"
NEEDS_HERE, NEEDS_THERE = b"<l07_needs>sit_stand<", b"<l07_needs>quiet_place<"
BORN_HERE, BORN_THERE = b"<d07_born_abroad>yes<", b"<d07_born_abroad>no<"
LIVES_HERE, LIVES_THERE = b"<c04_municipality>winterswijk<", b"<c04_municipality>aalten<"
NEEDS_WORDS = (b"sit_stand", b"quiet_place", b"Zitten", b"rustige plek")


@pytest.fixture
def receiver() -> Iterator[TrialReceiver]:
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as running:
        yield running


@pytest.fixture
def laptop(tmp_path: Path, receiver: TrialReceiver) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "data", receiver)
    yield made
    made.store.close()


def changed_there(laptop: Laptop, *words: tuple[bytes, bytes]) -> bytes:
    """The Werkcentrum edits the talk; gives the record as it stands there then."""
    talk = laptop.newest("intake")
    xml = (talk.released_xml or b"").replace(talk.instance_id.encode(), b"uuid:made-there")
    named = f"<deprecatedID>{talk.instance_id}</deprecatedID></meta>".encode()
    xml = xml.replace(b"</meta>", named)
    for old, new in words:
        assert old in xml
        xml = xml.replace(old, new)
    assert laptop.receiver.central.submit(xml).status == 201
    return xml


def met(laptop: Laptop, *words: tuple[bytes, bytes]) -> Meeting:
    """Our correction came too late, and the record of the Werkcentrum was opened here."""
    there = changed_there(laptop, *words)
    laptop.correct(GOAL)
    report = laptop.office.send()
    assert report is not None
    assert [one.code for one in report.failed] == ["edit_out_of_date"]
    return meet_centre_record(laptop.office, there)


def desk_of(laptop: Laptop, meeting: Meeting) -> ConflictDesk:
    return ConflictDesk(laptop.office, laptop.who, meeting.name)


def kept(laptop: Laptop) -> bytes:
    """Everything that meetings keep, the talks in them opened."""
    found = b""
    with laptop.store.unit_of_work() as uow:
        talks = [one.instance_id for one in uow.instances.of_participant(laptop.who)]
        for pieces in uow.files.of(talks, CONFLICT).values():
            for _, content in pieces:
                one = json.loads(content)
                found += content + b"".join(b64decode(one[side]) for side in ("theirs", "given", "ours"))
    return found


def sealed(laptop: Laptop) -> list[bytes]:
    """The sealed meetings as they stand in the database."""
    with inside_database(laptop.folder, PASSPHRASE) as connection:
        rows = connection.execute("SELECT sealed FROM talk_file WHERE kind = ?", (CONFLICT,)).fetchall()
    return [row[0] for row in rows]


def settle(laptop: Laptop, meeting: Meeting, side: str) -> None:
    laptop.later(60)
    desk = desk_of(laptop, meeting)
    for one in desk.meeting().differences:
        desk.choose(one.key, side)
    assert desk.settle().stored


def test_an_open_meeting_loses_the_answer_on_both_sides_and_says_so(laptop: Laptop) -> None:
    meeting = met(laptop, (NEEDS_HERE, NEEDS_THERE), (LIVES_HERE, LIVES_THERE))
    assert [one.name for one in meeting.beside] == ["l07_needs"]
    assert NEEDS_THERE in kept(laptop)
    assert not meeting.taken_back

    laptop.take_back(ConsentCode.NEEDS)

    now = desk_of(laptop, meeting).meeting()
    assert (now.beside, now.taken_back, now.settled_at) == ((), True, None)
    assert [(one.here, one.there) for one in now.differences] == [("Winterswijk", "Aalten")]
    assert not any(word in kept(laptop) for word in NEEDS_WORDS)


@pytest.mark.parametrize("side", [HERE, THERE])
def test_a_meeting_that_was_settled_loses_it_too(laptop: Laptop, side: str) -> None:
    meeting = met(laptop, (NEEDS_HERE, NEEDS_THERE), (BORN_HERE, BORN_THERE), (LIVES_HERE, LIVES_THERE))
    settle(laptop, meeting, side)
    assert NEEDS_HERE in kept(laptop)
    laptop.take_back(ConsentCode.NEEDS)
    assert not any(word in kept(laptop) for word in NEEDS_WORDS)
    assert b"born_abroad" in kept(laptop)
    laptop.take_back(ConsentCode.ORIGIN)
    assert BORN_HERE not in kept(laptop)
    assert BORN_THERE not in kept(laptop)
    assert [one.name for one in meetings(laptop.office, settled=True)] == [meeting.name]


def test_where_nothing_is_left_to_choose_the_meeting_is_done_and_the_counsellor_is_told(laptop: Laptop) -> None:
    meeting = met(laptop, (NEEDS_HERE, NEEDS_THERE))
    assert not meeting.differences
    laptop.later()
    receipt = take_back(laptop.office, laptop.who, ConsentCode.NEEDS)
    assert receipt.fell_away
    assert meetings(laptop.office) == ()
    assert desk_of(laptop, meeting).meeting().taken_back
    laptop.send()
    laptop.carry_out()
    laptop.correct("Ik wil naar school")
    laptop.send()
    assert [len(chain) for chain in laptop.there("intake")] == [2]


def test_a_meeting_about_something_else_stays_as_it_is(laptop: Laptop) -> None:
    meeting = met(laptop, (LIVES_HERE, LIVES_THERE))
    laptop.later()
    receipt = take_back(laptop.office, laptop.who, ConsentCode.COUNTING)
    assert not receipt.fell_away
    now = desk_of(laptop, meeting).meeting()
    assert (now.differences, now.taken_back) == (meeting.differences, False)


def test_the_copy_of_the_data_does_not_print_it(laptop: Laptop) -> None:
    met(laptop, (NEEDS_HERE, NEEDS_THERE), (LIVES_HERE, LIVES_THERE))
    laptop.later()
    assert "rustige plek" in str(asdict(copy_of(laptop.office, laptop.who))).lower()
    laptop.take_back(ConsentCode.NEEDS)
    copy = copy_of(laptop.office, laptop.who)
    assert "rustige plek" not in str(asdict(copy)).lower()
    assert "Aalten" in {one.answer_nl for one in copy.elsewhere[0].answers}


def test_neither_the_bytes_of_the_store_nor_a_backup_made_afterwards_hold_it(laptop: Laptop, tmp_path: Path) -> None:
    settle(laptop, met(laptop, (NEEDS_HERE, NEEDS_THERE), (LIVES_HERE, LIVES_THERE)), HERE)
    laptop.restart()
    before = sealed(laptop)
    laptop.take_back(ConsentCode.NEEDS)
    assert (laptop.folder / "intake.db-wal").stat().st_size == 0
    laptop.back_up(tmp_path / "kopie.intake")
    laptop.store.close()
    pages = pages_of(laptop.folder, PASSPHRASE)
    assert before
    # a blob may be spread over pages: its first bytes stand together
    assert not any(blob[:64] in pages for blob in before)
    assert all(blob[:64] in pages for blob in sealed(laptop))
    laptop.put_back(tmp_path / "kopie.intake")
    assert not any(word in kept(laptop) for word in NEEDS_WORDS)


def test_an_older_copy_of_the_data_loses_it_again(laptop: Laptop, tmp_path: Path) -> None:
    meeting = met(laptop, (NEEDS_HERE, NEEDS_THERE), (LIVES_HERE, LIVES_THERE))
    laptop.back_up(tmp_path / "kopie.intake")
    laptop.take_back(ConsentCode.NEEDS)
    laptop.put_back(tmp_path / "kopie.intake")
    assert not any(word in kept(laptop) for word in NEEDS_WORDS)
    assert desk_of(laptop, meeting).meeting().taken_back


def test_what_the_centre_has_still_does_not_come_back_by_its_file(laptop: Laptop) -> None:
    laptop.take_back(ConsentCode.ORIGIN)
    laptop.send()
    there = changed_there(laptop, (NEEDS_HERE, NEEDS_THERE), (LIVES_HERE, LIVES_THERE))
    there = there.replace(b"<b06_consent_origin>no<", b"<b06_consent_origin>yes<")
    assert b"<d07_born_abroad/>" not in there
    there = there.replace(b"</c04_municipality>", b"</c04_municipality><d07_born_abroad>no</d07_born_abroad>")
    laptop.correct(GOAL)
    laptop.office.send()
    meeting = meet_centre_record(laptop.office, there)
    assert meeting.taken_back
    assert {one.name for one in meeting.beside} == {"l07_needs", "b06_consent_origin"}
    assert BORN_THERE not in kept(laptop)


def test_words_that_were_still_being_typed_go_with_their_consent(laptop: Laptop) -> None:
    laptop.later()
    talk = laptop.office.begin_talk()
    told(talk, {"age_group": "27_56", "consent_record": "yes", "consent_stats": "yes"})
    ref = talk.talk.answers.ref("tip")
    assert ref is not None
    talk.talk.type(ref, "Dit zei ik half")
    who, name = talk.talk.header.participant_id, talk.talk.instance_id
    take_back(laptop.office, who, ConsentCode.COUNTING)
    with laptop.store.unit_of_work() as uow:
        assert dict(uow.drafts.get(name).typing) == {}
