"""Repositories in memory of what outlives a talk; they keep the contract of the storage ports."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from intake_app.domain.follow_up import MET, REPLACED, FollowUpRecord
from intake_app.domain.ids import FormId, InstanceId, ParticipantId, ParticipantNumber
from intake_app.domain.keeping import (
    CardStay,
    CaseCard,
    CountingRow,
    DataRequest,
    KeptConsent,
    Stay,
    Tombstone,
    Withdrawal,
)
from intake_app.errors import RecordErased, RecordMissing

if TYPE_CHECKING:
    from tests.fakes.repositories import Contents


class InMemoryCards:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def save(self, card: CaseCard) -> None:
        if card.card_id in self._all.tombstones:
            raise RecordErased(id=card.card_id)
        self._all.cards[card.card_id] = card

    def of(self, participant_id: ParticipantId) -> CaseCard | None:
        return next((card for card in self.list() if card.participant_id == participant_id), None)

    def list(self) -> tuple[CaseCard, ...]:
        return tuple(sorted(self._all.cards.values(), key=lambda card: card.runs_from))

    def stays(self) -> tuple[CardStay, ...]:
        return tuple(
            CardStay(
                card.card_id,
                card.participant_id,
                card.account_id,
                card.runs_from,
                own=True,
                waiting=sum(item.participant_id == card.card_id for item in self._all.outbox.values()),
            )
            for card in self.list()
        )

    def erase(self, participant_id: ParticipantId, at: datetime) -> None:
        card = self.of(participant_id)
        if card is not None:
            del self._all.cards[card.card_id]
            self._all.drop_what_hangs_on(card.card_id)
            self._all.tombstones[card.card_id] = at.astimezone(UTC)


class InMemoryFollowUps:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def save(self, record: FollowUpRecord) -> None:
        self._all.own_or_card(record.owner)
        self._all.follow_ups[record.instance_id] = replace(record, at=record.at.astimezone(UTC))

    def get(self, instance_id: InstanceId) -> FollowUpRecord:
        if instance_id not in self._all.follow_ups:
            raise RecordMissing(kind="follow_up", id=instance_id)
        return self._all.follow_ups[instance_id]

    def of(self, owner: ParticipantId) -> tuple[FollowUpRecord, ...]:
        return tuple(one for one in self.list() if one.owner == owner)

    def list(self) -> tuple[FollowUpRecord, ...]:
        return tuple(sorted(self._all.follow_ups.values(), key=lambda one: one.at))

    def remove(self, instance_id: InstanceId) -> None:
        self.get(instance_id)
        del self._all.follow_ups[instance_id]

    def forget_before(self, form_id: FormId, moment: datetime) -> int:
        gone = [
            one.instance_id
            for one in self.list()
            if one.form_id == form_id
            and one.at < moment
            and not one.is_open
            and one.instance_id not in self._all.outbox
        ]
        for name in gone:
            del self._all.follow_ups[name]
        left = {REPLACED: self._all.outbox, MET: {**self._all.follow_ups, **self._all.instances}}
        for key in [key for key in self._all.files if key[0] not in left.get(key[1], [key[0]])]:
            del self._all.files[key]
        return len(gone)

    def forget_open_before(self, moment: datetime) -> int:
        gone = [one.instance_id for one in self.list() if one.is_open and one.at < moment]
        for name in gone:
            del self._all.follow_ups[name]
        return len(gone)


class InMemoryCounting:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def add(self, row: CountingRow) -> None:
        self._all.counting[row.row_id] = row

    def list(self) -> tuple[CountingRow, ...]:
        return tuple(sorted(self._all.counting.values(), key=lambda row: (row.quarter, row.row_id)))

    def remove(self, quarter: str) -> None:
        self._all.counting = {key: row for key, row in self._all.counting.items() if row.quarter != quarter}


class InMemoryRights:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def withdraw(self, withdrawal: Withdrawal) -> None:
        self._all.withdrawals.append(withdrawal)

    def withdrawals(self) -> tuple[Withdrawal, ...]:
        return tuple(self._all.withdrawals)

    def tombstones(self) -> tuple[Tombstone, ...]:
        stones = sorted(self._all.tombstones.items(), key=lambda one: one[1])
        numbers = self._all.erased_numbers
        return tuple(
            Tombstone(ParticipantId(name), ParticipantNumber(numbers.get(name, "")), at) for name, at in stones
        )

    def ask(self, request: DataRequest) -> None:
        self._all.requests[request.instance_id] = request

    def requests(self) -> tuple[DataRequest, ...]:
        return tuple(sorted(self._all.requests.values(), key=lambda request: request.asked_at))

    def carried_out(self, instance_id: InstanceId, at: datetime) -> None:
        if instance_id not in self._all.requests:
            raise RecordMissing(kind="data_request", id=instance_id)
        self._all.requests[instance_id] = replace(self._all.requests[instance_id], done_at=at)

    def keep_consents(self, kept: tuple[KeptConsent, ...]) -> None:
        self._all.kept_consents.extend(kept)

    def kept_consents(self) -> tuple[KeptConsent, ...]:
        return tuple(self._all.kept_consents)

    def forget_before(self, moment: datetime) -> int:
        before = len(self._all.kept_consents) + len(self._all.requests)
        self._all.kept_consents = [one for one in self._all.kept_consents if one.ended_at >= moment]
        self._all.requests = {
            key: one for key, one in self._all.requests.items() if one.done_at is None or one.done_at >= moment
        }
        return before - len(self._all.kept_consents) - len(self._all.requests)


class InMemoryStays:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def list(self) -> tuple[Stay, ...]:
        people = sorted(self._all.participants.values(), key=lambda person: person.created_at)
        return tuple(self._stay(person.participant_id) for person in people)

    def remove_talk(self, instance_id: InstanceId) -> None:
        if instance_id not in self._all.drafts:
            raise RecordMissing(kind="draft", id=instance_id)
        del self._all.drafts[instance_id]

    def _stay(self, name: ParticipantId) -> Stay:
        everything = self._all
        person = everything.participants[name]
        drafts = [draft.header for draft in everything.drafts.values() if draft.header.participant_id == name]
        items = [item for item in everything.outbox.values() if item.participant_id == name]
        finished = [one.finalized_at for one in everything.instances.values() if one.participant_id == name]
        confirmed = [one.received_at for owner, one in everything.receipts.values() if owner == name]
        return Stay(
            participant_id=name,
            number=person.number,
            account_id=person.account_id,
            practice=person.practice,
            own=True,
            open_talks=tuple(header.instance_id for header in drafts),
            open_at=max((header.updated_at for header in drafts), default=None),
            finished_at=max(finished, default=None),
            waiting=len(items),
            waiting_since=min((item.queued_at for item in items), default=None),
            confirmed_at=max(confirmed, default=None),
        )
