"""Without a server: a laptop, a stick, the Werkcentrum, a receiver, and the receipts on the way back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.domain.consent import ConsentCode
from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId, InstanceId
from intake_app.domain.instance import InstanceStatus, OutboxItem, Receipt, RecordFile
from intake_app.errors import (
    EnvelopeDamaged,
    EnvelopeForOther,
    EnvelopeKeyMissing,
    EnvelopeKeyWrong,
    EnvelopeKnown,
    EnvelopeNotOurs,
    EnvelopeOtherKind,
    EnvelopeTooOld,
    FileThere,
    NothingWaits,
    RoleRefused,
)
from intake_app.services.envelopes import EnvelopeDesk, digest_of, read_public_key, write_public_key
from intake_app.services.office import Office
from intake_app.services.parcel import Parcel, packed, unpacked
from intake_app.services.parcel_records import file_name, read_receipts, read_records, told_receipts, told_records
from intake_app.services.submissions import Outbox
from intake_app.services.withdrawal import withdraw
from intake_app.sync.encryption import seal_record
from intake_app.sync.envelope import Envelopes
from intake_app.sync.envelope_post import post
from intake_app.sync.trial_receiver import TrialReceiver
from intake_app.xforms.api import parse_form
from tests.fakes.envelopes import QUICK
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, make_office, played
from tests.services.test_locked_forms import LOCKED, PRIVATE, with_key
from tests.sync.opener import open_record

CRAFT = Envelopes(QUICK)
PHRASE = "vier gewone woorden samen"
PUBLIC, PRIVATE_FILE = CRAFT.new_key_pair(PHRASE)
KEY = CRAFT.private_key(PRIVATE_FILE, PHRASE)
LEAD = Account(AccountId("account-9"), "Anja", ("site_lead", "counsellor"))


@dataclass
class Region:
    """A laptop, the Werkcentrum's desk and its receiver."""

    laptop: Office
    centre: EnvelopeDesk
    receiver: TrialReceiver = field(repr=False)
    stick: Path

    @property
    def desk(self) -> EnvelopeDesk:
        return EnvelopeDesk(self.laptop.store, self.laptop.clock, CRAFT)

    def send(self, items: Sequence[OutboxItem]) -> tuple[list[Receipt], str, dict[str, object]]:
        return post(self.receiver.base_url, self.receiver.token, items, FixedClock(MORNING))

    def talk(self) -> tuple[InstanceId, ...]:
        outcome = self.laptop.finish(played(self.laptop, NT1))
        assert len(outcome.queued) >= 4
        return outcome.queued

    def waiting(self) -> dict[str, OutboxItem]:
        outbox = Outbox(self.laptop.store)
        return {head.instance_id: outbox.load(head.instance_id) for head in outbox.heads()}


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Region]:
    office = make_office(InMemoryStore(LEAD))
    write_public_key(office.store, CRAFT, PUBLIC)
    with TrialReceiver() as receiver:
        yield Region(office, EnvelopeDesk(InMemoryStore(), FixedClock(MORNING), CRAFT), receiver, tmp_path)


def test_from_laptop_to_receiver_and_back_every_record_once_and_byte_for_byte(region: Region) -> None:
    queued = region.talk()
    frozen = region.waiting()

    made = region.desk.close(region.stick / "envelop")
    assert (made.records, made.left) == (len(queued), 0)
    assert set(region.waiting()) == set(queued)
    taken = region.centre.take_in(region.stick / "envelop", KEY, region.send, region.stick / "bewijs")
    assert (set(taken.sent), taken.open, taken.problem) == (set(queued), 0, "")
    booked = region.desk.book(region.stick / "bewijs")

    assert (set(booked.booked), booked.open) == (set(queued), 0)
    assert {one.instance_id: one.xml for one in region.receiver.received} == {n: i.xml for n, i in frozen.items()}
    assert region.waiting() == {}
    receipts = {one.instance_id: one for one in Outbox(region.laptop.store).receipts()}
    assert {name: receipts[name].status for name in queued} == dict.fromkeys(queued, 201)
    with region.laptop.store.unit_of_work() as uow:
        assert {uow.instances.get(name).status for name in queued} == {InstanceStatus.SUBMITTED}


def test_locked_records_travel_with_their_files(region: Region) -> None:
    forms = {**region.laptop.forms, **{name: parse_form(with_key(name)) for name in LOCKED}}
    region.laptop = replace(region.laptop, forms=forms, seal=seal_record)
    region.talk()
    region.desk.close(region.stick / "envelop")
    region.centre.take_in(region.stick / "envelop", KEY, region.send, region.stick / "bewijs")
    assert region.desk.book(region.stick / "bewijs").open == 0
    opened = [open_record(one.xml, one.files, PRIVATE) for one in region.receiver.received if one.form_id in LOCKED]
    assert [one.genuine for one in opened] == [True] * 3


def test_what_is_on_a_stick_may_have_arrived(region: Region) -> None:
    """A consent that is taken back afterwards asks the Werkcentrum too."""
    conversation = played(region.laptop, NT1)
    region.laptop.finish(conversation)
    region.desk.close(region.stick / "envelop")
    assert {item.last_problem for item in region.waiting().values()} == {"on_a_stick"}
    assert withdraw(region.laptop, conversation.talk.header.participant_id, ConsentCode.CENTRAL)
    assert {item.form_id for item in region.waiting().values()} == {"data_request"}


def test_a_connection_that_comes_first_and_a_stick_make_one_record(region: Region) -> None:
    queued = region.talk()
    region.desk.close(region.stick / "envelop")
    report = region.send(list(region.waiting().values()))
    Outbox(region.laptop.store).keep(report[0], ())
    region.centre.take_in(region.stick / "envelop", KEY, region.send, region.stick / "bewijs")
    assert region.desk.book(region.stick / "bewijs").booked == ()
    assert len(region.receiver.received) == len(queued)


def test_an_envelope_that_broke_off_goes_on_where_it_was(region: Region) -> None:
    queued = region.talk()
    region.desk.close(region.stick / "envelop")
    sent = 0

    def breaks(items: Sequence[OutboxItem]) -> tuple[list[Receipt], str, dict[str, object]]:
        nonlocal sent
        sent += 1
        if sent > 1:
            return region.send(items)
        receipts, _, _ = region.send(items[:2])
        return receipts, "server_unreachable", {"host": "centraal.example"}

    first = region.centre.take_in(region.stick / "envelop", KEY, breaks, region.stick / "bewijs-1")
    assert (first.problem, first.open) == ("server_unreachable", len(queued) - 2)
    second = region.centre.take_in(region.stick / "envelop", KEY, breaks, region.stick / "bewijs-2")
    assert (second.open, second.problem) == (0, "")
    assert not set(first.sent) & set(second.sent)
    assert region.desk.book(region.stick / "bewijs-1").open == first.open
    assert region.desk.book(region.stick / "bewijs-2").open == 0
    assert region.waiting() == {}
    assert len(region.receiver.received) == len(queued)


def test_the_same_envelope_twice_is_refused_and_sends_nothing(region: Region) -> None:
    queued = region.talk()
    region.desk.close(region.stick / "envelop")
    region.centre.take_in(region.stick / "envelop", KEY, region.send, region.stick / "bewijs")

    def must_not(items: Sequence[OutboxItem]) -> tuple[list[Receipt], str, dict[str, object]]:
        raise AssertionError(items)

    with pytest.raises(EnvelopeKnown):
        region.centre.take_in(region.stick / "envelop", KEY, must_not, region.stick / "nog-een")
    assert not (region.stick / "nog-een").exists()
    assert region.centre.receipts_again(region.stick / "envelop", KEY, region.stick / "kwijt") == len(queued)
    assert region.desk.book(region.stick / "kwijt").open == 0


def test_the_same_receipts_twice_are_refused(region: Region) -> None:
    region.talk()
    region.desk.close(region.stick / "envelop")
    region.centre.take_in(region.stick / "envelop", KEY, region.send, region.stick / "bewijs")
    region.desk.book(region.stick / "bewijs")
    with pytest.raises(EnvelopeKnown):
        region.desk.book(region.stick / "bewijs")


def test_receipts_of_another_laptop_are_refused(region: Region) -> None:
    other = make_office(InMemoryStore(LEAD))
    write_public_key(other.store, CRAFT, PUBLIC)
    other.finish(played(other, NT1))
    EnvelopeDesk(other.store, other.clock, CRAFT).close(region.stick / "ander")
    region.centre.take_in(region.stick / "ander", KEY, region.send, region.stick / "bewijs")
    queued = region.talk()
    with pytest.raises(EnvelopeNotOurs):
        region.desk.book(region.stick / "bewijs")
    assert len(region.waiting()) == len(queued)


def forged(region: Region, change: Callable[[list[tuple[Receipt, str]]], object]) -> Path:
    """Receipts as the Werkcentrum closes them, about something else; whoever holds the return key can make these."""
    with region.laptop.store.unit_of_work() as uow:
        ((name, made),) = json.loads(uow.settings.get("envelope.made")).items()
    from base64 import b64decode

    told = [(Receipt(InstanceId(n), 201, "ok", MORNING), digest) for n, digest in made["records"].items()]
    change(told)
    path = region.stick / "vals"
    path.write_bytes(CRAFT.close_receipts(name, b64decode(made["key"]), packed(told_receipts(told))))
    return path


@pytest.mark.parametrize("forgery", ["digest", "stranger"])
def test_a_receipt_for_other_bytes_or_another_record_is_refused(region: Region, forgery: str) -> None:
    queued = region.talk()
    region.desk.close(region.stick / "envelop")

    def bend(told: list[tuple[Receipt, str]]) -> None:
        if forgery == "digest":
            told[0] = (told[0][0], "0" * 64)
        else:
            told.append((Receipt(InstanceId("uuid:vreemd"), 201, "ok", MORNING), "0" * 64))

    with pytest.raises(EnvelopeNotOurs):
        region.desk.book(forged(region, bend))
    assert len(region.waiting()) == len(queued)
    assert not Outbox(region.laptop.store).receipts()


def test_a_status_that_is_no_receipt_is_refused() -> None:
    told = told_receipts([(Receipt(InstanceId("uuid:a"), 200, "login", MORNING), "0")])
    with pytest.raises(EnvelopeDamaged):
        read_receipts(told)


def test_a_changed_cut_or_strange_file_changes_nothing(region: Region) -> None:
    region.talk()
    region.desk.close(region.stick / "envelop")
    whole = (region.stick / "envelop").read_bytes()
    for name, content in {"bent": whole[:-1] + bytes([whole[-1] ^ 1]), "cut": whole[:-100], "foto": b"jpg"}.items():
        (region.stick / name).write_bytes(content)
        with pytest.raises(EnvelopeDamaged):
            region.centre.take_in(region.stick / name, KEY, region.send, region.stick / "bewijs")
    with pytest.raises(EnvelopeOtherKind):
        region.desk.book(region.stick / "envelop")
    _, other = CRAFT.new_key_pair(PHRASE)
    wrong = CRAFT.private_key(other, PHRASE)
    with pytest.raises(EnvelopeForOther):
        region.centre.take_in(region.stick / "envelop", wrong, region.send, region.stick / "bewijs")
    assert not region.receiver.received
    assert not (region.stick / "bewijs").exists()


def test_an_old_envelope_is_not_taken_in(region: Region) -> None:
    region.talk()
    region.desk.close(region.stick / "envelop")
    late = replace(region.centre, clock=FixedClock(MORNING + timedelta(days=91)))
    with pytest.raises(EnvelopeTooOld):
        late.take_in(region.stick / "envelop", KEY, region.send, region.stick / "bewijs")
    assert not region.receiver.received


@pytest.mark.parametrize(
    "name",
    ["../a.enc", "a/b", "a\\b", "/etc/passwd", "..", ".", "", "C:x", "a\x00b", "a\nb", 'a"b', ".ssh", " a", "x" * 250],
)
def test_a_file_name_that_could_lead_elsewhere_is_refused(name: str) -> None:
    item = OutboxItem(
        InstanceId("uuid:a"),
        None,
        "intake",
        "1",
        MORNING,
        b"<data/>",
        files=(RecordFile(name, b"x"),),  # type: ignore[arg-type]  # a shape alike is enough
    )
    facts = {"name": "0" * 32, "made_at": MORNING.isoformat(), "return_key": "A" * 43 + "="}
    with pytest.raises(ValueError, match="bare"):
        file_name(name)
    with pytest.raises(EnvelopeDamaged):
        read_records(unpacked(packed(told_records(facts, [item]))))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xff\xff\xff",
        packed(Parcel({})) + b"more",
        packed(Parcel({}, (b"abc",)))[:-1],
        b"\0\0\0\x04null",
        b"\0\0\0\x22" + b'{"format":1,"facts":{},"sizes":[-]}'[:34],
        b"\0\0\x40\0" + b"[" * 16384,
    ],
    ids=["empty", "too long", "more", "less", "null", "broken", "deep"],
)
def test_a_content_that_we_do_not_make_is_refused(content: bytes) -> None:
    with pytest.raises(EnvelopeDamaged):
        unpacked(content)


def test_two_records_of_one_name_are_refused() -> None:
    item = OutboxItem(InstanceId("uuid:a"), None, "intake", "1", MORNING, b"<data/>")  # type: ignore[arg-type]  # plain words as ids
    facts = {"name": "0" * 32, "made_at": MORNING.isoformat(), "return_key": "A" * 43 + "="}
    with pytest.raises(EnvelopeDamaged):
        read_records(told_records(facts, [item, item]))


def test_without_a_key_without_records_or_over_another_file_nothing_is_made(region: Region) -> None:
    with pytest.raises(NothingWaits):
        region.desk.close(region.stick / "leeg")
    region.talk()
    (region.stick / "foto").write_bytes(b"foto")
    with pytest.raises(FileThere):
        region.desk.close(region.stick / "foto")
    write_public_key(region.laptop.store, CRAFT, "")
    with pytest.raises(EnvelopeKeyMissing):
        region.desk.close(region.stick / "envelop")
    assert [path.name for path in region.stick.iterdir()] == ["foto"]
    assert {item.attempts for item in region.waiting().values()} == {0}


def test_the_key_is_set_by_the_site_lead_and_checked(region: Region) -> None:
    assert read_public_key(region.laptop.store) == PUBLIC
    with pytest.raises(EnvelopeKeyWrong):
        write_public_key(region.laptop.store, CRAFT, PUBLIC[:-3])
    assert read_public_key(region.laptop.store) == PUBLIC
    with pytest.raises(RoleRefused):
        write_public_key(InMemoryStore(Account(AccountId("account-2"), "Vera", ("counsellor",))), CRAFT, PUBLIC)


def test_practice_talks_never_go_to_the_werkcentrum(region: Region) -> None:
    practice = played(region.laptop, NT1, practice=True)
    region.laptop.finish(practice)
    with pytest.raises(NothingWaits):
        region.desk.close(region.stick / "envelop")


def test_a_digest_is_of_these_bytes_and_files() -> None:
    item = OutboxItem(InstanceId("uuid:a"), None, "intake", "1", MORNING, b"<data/>")  # type: ignore[arg-type]  # plain words as ids
    others = [
        replace(item, xml=b"<data />"),
        replace(item, files=(RecordFile("a", b""),)),
        replace(item, files=(RecordFile("a", b"b"),)),
        replace(item, files=(RecordFile("ab", b""),)),
    ]
    assert len({digest_of(one) for one in (item, *others)}) == 5


def test_a_record_that_was_deleted_at_the_centre_is_booked_as_done(region: Region) -> None:
    queued = region.talk()
    region.desk.close(region.stick / "envelop")
    region.send(list(region.waiting().values()))
    region.receiver.central.delete(queued[0])
    taken = region.centre.take_in(region.stick / "envelop", KEY, region.send, region.stick / "bewijs")
    assert (set(taken.sent), taken.open) == (set(queued), 0)
    region.desk.book(region.stick / "bewijs")
    receipts = {one.instance_id: one.status for one in Outbox(region.laptop.store).receipts()}
    assert receipts[queued[0]] == 409
    assert queued[0] not in {one.instance_id for one in region.receiver.received}
