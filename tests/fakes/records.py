"""Records with good defaults for tests of the store and of what uses it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from intake_app.domain.consent import ConsentCode, ConsentRecord
from intake_app.domain.draft import DraftHeader, JournalEntry, ParticipantRecord, StoredPlan
from intake_app.domain.follow_up import FollowUpRecord
from intake_app.domain.ids import AccountId, FormId, FormVersion, InstanceId, ParticipantId, ParticipantNumber
from intake_app.domain.instance import FrozenInstance, InstanceStatus, OutboxItem, Receipt
from intake_app.domain.keeping import CaseCard, DataRequest, Withdrawal

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ACCOUNT = AccountId("account-1")
NUMBER = ParticipantNumber("4711-2085")


def participant(
    participant_id: str = "p-1", number: str = "4711-2085", call_name: str = "Samira", minutes: int = 0
) -> ParticipantRecord:
    return ParticipantRecord(
        participant_id=ParticipantId(participant_id),
        number=ParticipantNumber(number),
        account_id=ACCOUNT,
        created_at=NOON + timedelta(minutes=minutes),
        call_name=call_name,
        age_group="30_39",
        language="ar",
    )


def header(instance_id: str = "uuid:draft-1", participant_id: str = "p-1", minutes: int = 0) -> DraftHeader:
    moment = NOON + timedelta(minutes=minutes)
    return DraftHeader(
        instance_id=InstanceId(instance_id),
        participant_id=ParticipantId(participant_id),
        form_id=FormId("intake"),
        form_version=FormVersion("2026030201"),
        account_id=ACCOUNT,
        started_at=moment,
        updated_at=moment,
    )


def entry(sequence: int, value: str = "schoonmaker", ref: str = "/data/h01") -> JournalEntry:
    return JournalEntry(sequence, {"set": ref, "value": value}, NOON + timedelta(seconds=sequence))


def instance(
    instance_id: str = "uuid:intake-1",
    participant_id: str = "p-1",
    xml: bytes = b"<data>vol</data>",
    released_xml: bytes | None = b"<data>vrij</data>",
    minutes: int = 0,
) -> FrozenInstance:
    return FrozenInstance(
        instance_id=InstanceId(instance_id),
        participant_id=ParticipantId(participant_id),
        form_id=FormId("intake"),
        form_version=FormVersion("2026030201"),
        status=InstanceStatus.COMPLETE,
        finalized_at=NOON + timedelta(minutes=minutes),
        xml=xml,
        released_xml=released_xml,
    )


def item(
    instance_id: str = "uuid:intake-1",
    participant_id: str | None = "p-1",
    xml: bytes = b"<data>vrij</data>",
    minutes: int = 0,
) -> OutboxItem:
    return OutboxItem(
        instance_id=InstanceId(instance_id),
        participant_id=None if participant_id is None else ParticipantId(participant_id),
        form_id=FormId("intake"),
        form_version=FormVersion("2026030201"),
        queued_at=NOON + timedelta(minutes=minutes),
        xml=xml,
    )


def receipt(instance_id: str = "uuid:intake-1", minutes: int = 0) -> Receipt:
    return Receipt(
        InstanceId(instance_id), 201, "full submission upload was successful!", NOON + timedelta(minutes=minutes)
    )


def consent(code: ConsentCode = ConsentCode.RECORD, given: bool = True, organisation: str = "") -> ConsentRecord:
    return ConsentRecord(code, given, "2026-1", "ar", "spoken", NOON, organisation)


def plan(plan_number: str = "4711-2085-1", participant_id: str = "p-1", minutes: int = 0) -> StoredPlan:
    return StoredPlan(
        plan_number=plan_number,
        participant_id=ParticipantId(participant_id),
        instance_id=InstanceId("uuid:intake-1"),
        made_at=NOON + timedelta(minutes=minutes),
        document=b'{"goal": "in de zorg werken"}',
    )


def card(
    person: str = "p-1",
    call_name: str = "Samira",
    contact: tuple[str, ...] = ("0612345678",),
    steps: tuple[str, ...] = ("Naar het Werkcentrum",),
    language: str = "ar",
) -> CaseCard:
    return CaseCard(
        card_id=f"card:{person}",
        participant_id=ParticipantId(person),
        number=NUMBER,
        account_id=ACCOUNT,
        made_at=NOON,
        runs_from=NOON + timedelta(days=14),
        call_name=call_name,
        contact=contact,
        language=language,
        steps=steps,
        next_date=NOON.date() + timedelta(days=14),
    )


def follow_up(
    instance_id: str = "uuid:follow-1",
    owner: str = "card:p-1",
    xml: bytes = b"<data>vervolg</data>",
    minutes: int = 0,
    status: InstanceStatus = InstanceStatus.COMPLETE,
) -> FollowUpRecord:
    return FollowUpRecord(
        instance_id=InstanceId(instance_id),
        owner=ParticipantId(owner),
        form_id=FormId("follow_up"),
        form_version=FormVersion("2026112101"),
        account_id=ACCOUNT,
        status=status,
        at=NOON + timedelta(minutes=minutes),
        xml=xml,
        released_xml=b"<data>vervolg vrij</data>",
    )


def withdrawal(
    code: ConsentCode = ConsentCode.CENTRAL, organisation: str = "", person: str = "p-1", minutes: int = 60
) -> Withdrawal:
    return Withdrawal(ParticipantId(person), NUMBER, code, NOON + timedelta(minutes=minutes), organisation)


def request(instance_id: str = "uuid:request-1") -> DataRequest:
    return DataRequest(
        instance_id=InstanceId(instance_id),
        number=NUMBER,
        talk_id="uuid:intake-1",
        kind="withdrawal",
        asked_at=NOON,
        code=ConsentCode.CENTRAL,
        language="ar",
    )


def lasting_request(instance_id: str = "uuid:request-1") -> DataRequest:
    """One that keeps what is sent, so that it outlives an older copy of the data."""
    return DataRequest(
        InstanceId(instance_id),
        NUMBER,
        "uuid:intake-1",
        "deletion",
        NOON + timedelta(days=2),
        form_version=FormVersion("2026030201"),
        record=f"<data><vraag>{instance_id}</vraag></data>".encode(),
    )
