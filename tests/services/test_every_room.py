"""Every room of the store in which something of a person can lie: a withdrawal and an erasure reach it.

A new table is not in ROOMS, so the first test fails until somebody says what it holds and what becomes of it.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from pathlib import Path

import pytest

from intake_app.domain.consent import ConsentCode
from intake_app.domain.draft import Draft
from intake_app.paths import resource_dir
from intake_app.services.centre_file import meet_centre_record
from intake_app.services.continuing import reopen_finished
from intake_app.services.conversation import Conversation
from intake_app.services.follow_up_end import finish_follow_up
from intake_app.services.follow_up_talk import begin_follow_up
from intake_app.services.rights import erase_person, take_back
from intake_app.services.versions import LeftOver, save_left_overs
from intake_app.storage.models import ParticipantRow
from intake_app.storage.unit_of_work import SqlUnitOfWork
from intake_app.sync.trial_receiver import TrialReceiver
from tests.fakes.encrypted import PASSPHRASE
from tests.fakes.inside import inside_database
from tests.services.helps import NT1, played, ref_of, told
from tests.services.laptop import Laptop

GOES, STAYS = "goes with its person or card", "stays, without a word of the person"
ROOMS = {
    "participant": GOES,
    "draft": GOES,
    "journal_entry": GOES,
    "savepoint": GOES,
    "typing": GOES,
    "instance": GOES,
    "consent": GOES,
    "plan": GOES,
    "talk_file": GOES,
    "case_card": GOES,
    "follow_up": GOES,
    "outbox": STAYS,  # requests to the centre, of nobody
    "receipt": STAYS,  # of those requests, and of records of a card: a name and a moment
    "tombstone": STAYS,
    "withdrawal": STAYS,
    "data_request": STAYS,
    "kept_consent": STAYS,
    "counting_row": STAYS,  # a talk under a number of its own
    "setting": STAYS,
    "audit": STAYS,
}
"""What becomes of each table of the store when a person is erased."""
NEEDS = ("sit_stand", "quiet_place", "c4overblijfsel")
ORIGIN = ("ukraine", "c5overblijfsel")
TYPED, GOAL = "Half getypte tip", "Ik wil kok worden"
WORDS = (*NEEDS, *ORIGIN, TYPED, GOAL, "Truus", "0612345678", "winterswijk")
MORE = {"migration_type": "ukraine", "consent_stats": "yes", "target_group": "jobseeker_distance"}
Rooms = Mapping[str, str]


@pytest.fixture
def receiver() -> Iterator[TrialReceiver]:
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as running:
        yield running


@pytest.fixture
def laptop(tmp_path: Path, receiver: TrialReceiver) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "data", receiver, MORE)
    fill_every_room(made)
    yield made
    made.store.close()


def fill_every_room(laptop: Laptop) -> None:
    """Somebody else was erased; a follow-up is finished and one open; a correction came too late and met; a talk is
    open, with words that are being typed and answers that have lost their place."""
    other = played(laptop.office, NT1)
    laptop.office.finish(other)
    laptop.send()
    erase_person(laptop.office, other.talk.header.participant_id)
    laptop.send()
    talk = laptop.newest("intake")
    there = (talk.released_xml or b"").replace(talk.instance_id.encode(), b"uuid:made-there")
    there = there.replace(b"</meta>", f"<deprecatedID>{talk.instance_id}</deprecatedID></meta>".encode())
    there = there.replace(b">sit_stand<", b">quiet_place<")
    assert laptop.receiver.central.submit(there).status == 201
    laptop.correct(GOAL)
    laptop.office.send()
    meet_centre_record(laptop.office, there)
    laptop.later(60 * 24 * 14)
    finish_follow_up(laptop.office, _followed(laptop))
    laptop.later(60 * 24)
    _followed(laptop)
    laptop.later()
    draft = reopen_finished(laptop.office, laptop.newest("intake").instance_id)
    told(draft, {"needs": "sit_stand quiet_place"})
    draft.talk.type(ref_of(draft, "tip"), TYPED)
    left = [
        LeftOver("/data/oud", "Oude vraag", "unknown", word, (code,))
        for word, code in ((NEEDS[-1], "C4"), (ORIGIN[-1], "C5"))
    ]
    with laptop.store.unit_of_work() as uow:
        save_left_overs(uow, laptop.who, draft.talk.instance_id, left)
        uow.commit()


def _followed(laptop: Laptop) -> Conversation:
    follow = begin_follow_up(laptop.office, laptop.who)
    told(follow, {"reached": "yes", "outcome": "work"})
    return follow


def rooms(laptop: Laptop) -> Rooms:
    """All that every table says, opened with the keys that are there."""
    with inside_database(laptop.folder, PASSPHRASE) as inside:
        files = inside.execute("SELECT DISTINCT instance_id, kind FROM talk_file").fetchall()
        settings = [row[0] for row in inside.execute("SELECT name FROM setting").fetchall()]
    with laptop.store.unit_of_work() as uow:
        drafts = [uow.drafts.get(one.instance_id) for one in uow.drafts.list()]
        people = [one.participant_id for one in uow.participants.list()]
        return {
            **_of_talks(uow, drafts, people),
            "talk_file": said(content for name, kind in files for content in _files(uow, name, kind)),
            "case_card": said(uow.cards.list()),
            "follow_up": said(uow.follow_ups.list()),
            "outbox": said(uow.outbox.waiting()),
            "receipt": said(uow.outbox.receipts()),
            "tombstone": said(uow.rights.tombstones()),
            "withdrawal": said(uow.rights.withdrawals()),
            "data_request": said(uow.rights.requests()),
            "kept_consent": said(uow.rights.kept_consents()),
            "counting_row": said(uow.counting.list()),
            "setting": said((name, uow.settings.get(name)) for name in settings),
            "audit": said(uow.audit.list()),
        }


def _of_talks(uow: SqlUnitOfWork, drafts: Iterable[Draft], people: Iterable[object]) -> Rooms:
    drafts = tuple(drafts)
    return {
        "participant": said(uow.participants.list()),
        "draft": said(one.header for one in drafts),
        "journal_entry": said(one.journal for one in drafts),
        "savepoint": said(one.savepoint for one in drafts),
        "typing": said(dict(one.typing) for one in drafts if one.typing),
        "instance": said(uow.instances.list()),
        "consent": said(one for who in people for one in uow.consents.of(who)),  # type: ignore[arg-type]  # an id
        "plan": said(one for who in people for one in uow.plans.of_participant(who)),  # type: ignore[arg-type]  # an id
    }


def _files(uow: SqlUnitOfWork, name: str, kind: str) -> Iterator[str]:
    """Names and contents; what a meeting holds of two talks is opened."""
    for pieces in uow.files.of([name], kind).values():  # type: ignore[list-item]  # as it stands in the table
        for called, content in pieces:
            yield called
            told_there = json.loads(content) if content[:1] in b"[{" else {}
            sides = told_there if isinstance(told_there, dict) else {}
            yield content.decode(errors="replace")
            yield from (b64decode(sides.get(side) or "").decode() for side in ("theirs", "given", "ours"))


def said(values: Iterable[object]) -> str:
    """Everything in it, as text; empty for nothing."""
    told_so = [astuple(one) if hasattr(one, "__dataclass_fields__") else one for one in values]  # type: ignore[call-overload]  # it is one
    return repr(told_so) if told_so else ""


def rows(laptop: Laptop) -> dict[str, int]:
    with inside_database(laptop.folder, PASSPHRASE) as inside:
        return {name: inside.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in ROOMS}


def found(told_by: Rooms, words: Iterable[str]) -> set[tuple[str, str]]:
    return {(name, word) for name, text in told_by.items() for word in words if word in text}


def test_every_table_is_in_the_list_of_rooms_and_is_filled_and_read_here(laptop: Laptop) -> None:
    assert set(ROOMS) == set(ParticipantRow.metadata.tables)
    told_by = rooms(laptop)
    assert set(told_by) == set(ROOMS)
    assert {name for name, count in rows(laptop).items() if not count} == set()
    for name in ("instance", "outbox", "savepoint", "talk_file"):
        assert {word for room, word in found(told_by, WORDS) if room == name} & {*NEEDS, *ORIGIN}, name
    assert TYPED in told_by["typing"]


@pytest.mark.parametrize(("code", "words"), [(ConsentCode.NEEDS, NEEDS), (ConsentCode.ORIGIN, ORIGIN)])
def test_an_answer_is_in_no_room_after_its_consent_was_taken_back(
    laptop: Laptop, code: ConsentCode, words: tuple[str, ...]
) -> None:
    assert found(rooms(laptop), words)
    take_back(laptop.office, laptop.who, code)
    assert found(rooms(laptop), words) == set()


def test_what_is_being_typed_and_the_group_go_with_counting(laptop: Laptop) -> None:
    take_back(laptop.office, laptop.who, ConsentCode.COUNTING)
    told_by = rooms(laptop)
    assert {room for room, _ in found(told_by, [TYPED])} == set()
    assert {room for room, _ in found(told_by, ["jobseeker_distance"])} <= {"counting_row", "setting"}


def test_a_number_to_call_is_in_no_room_when_nobody_may_call_or_share(laptop: Laptop) -> None:
    take_back(laptop.office, laptop.who, ConsentCode.CONTACT)
    take_back(laptop.office, laptop.who, ConsentCode.SHARING, "taalhuis")
    assert found(rooms(laptop), ["0612345678"]) == set()


def test_nothing_of_an_erased_person_is_in_any_room(laptop: Laptop) -> None:
    erase_person(laptop.office, laptop.who)
    left = rows(laptop)
    assert {name for name, what in ROOMS.items() if what is GOES and left[name]} == set()
    assert found(rooms(laptop), WORDS) - {("counting_row", "winterswijk"), ("setting", "winterswijk")} == set()
