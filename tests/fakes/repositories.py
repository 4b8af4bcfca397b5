"""Repositories in memory that keep the contract of the storage ports."""

from __future__ import annotations

import copy
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from intake_app.domain.consent import ConsentCode, ConsentRecord
from intake_app.domain.draft import AuditLine, Draft, DraftHeader, JournalEntry, ParticipantRecord, StoredPlan
from intake_app.domain.follow_up import FollowUpRecord
from intake_app.domain.ids import FormVersion, InstanceId, ParticipantId
from intake_app.domain.instance import FrozenInstance, InstanceStatus, OutboxHead, OutboxItem, Receipt
from intake_app.domain.keeping import CARD_PREFIX, CaseCard, CountingRow, DataRequest, KeptConsent, Withdrawal
from intake_app.errors import RecordErased, RecordExists, RecordMissing


def _aware(moment: datetime) -> datetime:
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone")
    return moment.astimezone(UTC)


@dataclass
class Contents:
    """All that is kept; copied at the start of a transaction, put back when it is not committed."""

    participants: dict[str, ParticipantRecord] = field(default_factory=dict)
    tombstones: dict[str, datetime] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    instances: dict[str, FrozenInstance] = field(default_factory=dict)
    outbox: dict[str, OutboxItem] = field(default_factory=dict)
    receipts: dict[str, tuple[ParticipantId | None, Receipt]] = field(default_factory=dict)
    consents: dict[str, list[ConsentRecord]] = field(default_factory=dict)
    plans: dict[str, StoredPlan] = field(default_factory=dict)
    files: dict[tuple[str, str, str], tuple[str, bytes]] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    audit: list[AuditLine] = field(default_factory=list)
    cards: dict[str, CaseCard] = field(default_factory=dict)
    follow_ups: dict[str, FollowUpRecord] = field(default_factory=dict)
    counting: dict[str, CountingRow] = field(default_factory=dict)
    withdrawals: list[Withdrawal] = field(default_factory=list)
    requests: dict[str, DataRequest] = field(default_factory=dict)
    kept_consents: list[KeptConsent] = field(default_factory=list)
    erased_numbers: dict[str, str] = field(default_factory=dict)

    def own_or_card(self, owner: str) -> None:
        if not owner.startswith(CARD_PREFIX):
            self.own(owner)
        elif owner not in self.cards:
            raise RecordMissing(kind="case_card", id=owner)

    def drop_what_hangs_on(self, owner: str) -> None:
        self.outbox = {key: each for key, each in self.outbox.items() if each.participant_id != owner}
        self.follow_ups = {key: each for key, each in self.follow_ups.items() if each.owner != owner}
        self.files = {key: each for key, each in self.files.items() if each[0] != owner}

    def own(self, participant_id: str) -> ParticipantRecord:
        if participant_id in self.tombstones:
            raise RecordErased(id=participant_id)
        if participant_id not in self.participants:
            raise RecordMissing(kind="participant", id=participant_id)
        return self.participants[participant_id]


class InMemoryParticipants:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def add(self, record: ParticipantRecord) -> None:
        if record.participant_id in self._all.tombstones:
            raise RecordErased(id=record.participant_id)
        if record.participant_id in self._all.participants:
            raise RecordExists(kind="participant", id=record.participant_id)
        self._refuse_taken(record)
        self._all.participants[record.participant_id] = replace(record, created_at=_aware(record.created_at))

    def save(self, record: ParticipantRecord) -> None:
        known = self._all.own(record.participant_id)
        self._refuse_taken(record)
        self._all.participants[record.participant_id] = replace(record, created_at=known.created_at)

    def get(self, participant_id: ParticipantId) -> ParticipantRecord:
        return self._all.own(participant_id)

    def list(self) -> tuple[ParticipantRecord, ...]:
        return tuple(sorted(self._all.participants.values(), key=lambda record: record.created_at))

    def erase(self, participant_id: ParticipantId, at: datetime) -> None:
        self._all.own(participant_id)
        self._all.tombstones[participant_id] = _aware(at)
        self._all.erased_numbers[participant_id] = self._all.participants[participant_id].number
        del self._all.participants[participant_id]
        self._all.consents.pop(participant_id, None)
        everything = self._all
        everything.drafts = {
            key: each for key, each in everything.drafts.items() if each.header.participant_id != participant_id
        }
        everything.instances = {
            key: each for key, each in everything.instances.items() if each.participant_id != participant_id
        }
        everything.drop_what_hangs_on(participant_id)
        everything.receipts = {key: each for key, each in everything.receipts.items() if each[0] != participant_id}
        everything.plans = {
            key: each for key, each in everything.plans.items() if each.participant_id != participant_id
        }
        everything.files = {key: each for key, each in everything.files.items() if each[0] != participant_id}

    def _refuse_taken(self, record: ParticipantRecord) -> None:
        for other in self._all.participants.values():
            if other.number == record.number and other.participant_id != record.participant_id:
                raise RecordExists(kind="participant", id=record.participant_id)


class InMemoryDrafts:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def add(self, header: DraftHeader) -> None:
        self._all.own(header.participant_id)
        if header.instance_id in self._all.drafts:
            raise RecordExists(kind="draft", id=header.instance_id)
        kept = replace(header, started_at=_aware(header.started_at), updated_at=_aware(header.updated_at))
        self._all.drafts[header.instance_id] = Draft(kept, None, 0, ())

    def append(self, instance_id: InstanceId, entries: Sequence[JournalEntry]) -> None:
        draft = self.get(instance_id)
        last = draft.journal[-1].sequence if draft.journal else -1
        if not draft.journal and draft.savepoint is not None:
            last = draft.savepoint_sequence
        for entry in entries:
            if entry.sequence <= last:
                raise RecordExists(kind="journal_entry", id=f"{instance_id}#{entry.sequence}")
            last = entry.sequence
        added = tuple(replace(entry, event=copy.deepcopy(entry.event), at=_aware(entry.at)) for entry in entries)
        updated = max([draft.header.updated_at, *(entry.at for entry in added)])
        self._all.drafts[instance_id] = replace(
            draft, header=replace(draft.header, updated_at=updated), journal=draft.journal + added
        )

    def save_typing(self, instance_id: InstanceId, typing: Mapping[str, str]) -> None:
        self._all.drafts[instance_id] = replace(self.get(instance_id), typing=dict(typing))

    def save_savepoint(self, instance_id: InstanceId, savepoint: bytes, sequence: int) -> None:
        draft = self.get(instance_id)
        if draft.savepoint is not None and draft.savepoint_sequence > sequence:
            return
        later = tuple(entry for entry in draft.journal if entry.sequence > sequence)
        self._all.drafts[instance_id] = replace(draft, savepoint=savepoint, savepoint_sequence=sequence, journal=later)

    def save_version(self, instance_id: InstanceId, form_version: FormVersion) -> None:
        draft = self.get(instance_id)
        self._all.drafts[instance_id] = replace(draft, header=replace(draft.header, form_version=form_version))

    def get(self, instance_id: InstanceId) -> Draft:
        if instance_id not in self._all.drafts:
            raise RecordMissing(kind="draft", id=instance_id)
        return self._all.drafts[instance_id]

    def list(self) -> tuple[DraftHeader, ...]:
        headers = (draft.header for draft in self._all.drafts.values())
        return tuple(sorted(headers, key=lambda header: header.started_at))

    def remove(self, instance_id: InstanceId) -> None:
        self.get(instance_id)
        del self._all.drafts[instance_id]


class InMemoryInstances:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def add(self, instance: FrozenInstance) -> None:
        self._all.own(instance.participant_id)
        if instance.instance_id in self._all.instances:
            raise RecordExists(kind="instance", id=instance.instance_id)
        kept = replace(instance, finalized_at=_aware(instance.finalized_at))
        self._all.instances[instance.instance_id] = kept

    def set_status(self, instance_id: InstanceId, status: InstanceStatus) -> None:
        self._all.instances[instance_id] = replace(self.get(instance_id), status=status)

    def set_statuses(self, instance_ids: Collection[InstanceId], status: InstanceStatus) -> None:
        for instance_id in instance_ids:
            if instance_id in self._all.instances:
                self.set_status(instance_id, status)

    def get(self, instance_id: InstanceId) -> FrozenInstance:
        if instance_id not in self._all.instances:
            raise RecordMissing(kind="instance", id=instance_id)
        return self._all.instances[instance_id]

    def rewrite(self, instance_id: InstanceId, xml: bytes, released_xml: bytes | None) -> None:
        self._all.instances[instance_id] = replace(self.get(instance_id), xml=xml, released_xml=released_xml)

    def begin_anew(self, instance_id: InstanceId, fresh: FrozenInstance) -> None:
        self.remove(instance_id)
        self.add(fresh)
        moved = {key: fresh.instance_id for key in self._all.files if key[0] == instance_id}
        for key, name in moved.items():
            self._all.files[name, key[1], key[2]] = self._all.files.pop(key)
        for plan in tuple(self._all.plans.values()):
            if plan.instance_id == instance_id:
                self._all.plans[plan.plan_number] = replace(plan, instance_id=fresh.instance_id)

    def remove(self, instance_id: InstanceId) -> None:
        self.get(instance_id)
        del self._all.instances[instance_id]

    def of_participant(self, participant_id: ParticipantId) -> tuple[FrozenInstance, ...]:
        self._all.own(participant_id)
        return tuple(each for each in self.list() if each.participant_id == participant_id)

    def list(self) -> tuple[FrozenInstance, ...]:
        return tuple(sorted(self._all.instances.values(), key=lambda each: each.finalized_at))


class InMemoryOutbox:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def add(self, item: OutboxItem) -> None:
        if item.participant_id is not None:
            self._all.own_or_card(item.participant_id)
        if item.instance_id in self._all.outbox:
            raise RecordExists(kind="outbox", id=item.instance_id)
        self._all.outbox[item.instance_id] = replace(item, queued_at=_aware(item.queued_at))

    def save_attempt(self, item: OutboxItem) -> None:
        self._all.outbox[item.instance_id] = replace(
            self.get(item.instance_id),
            attempts=item.attempts,
            next_attempt_at=None if item.next_attempt_at is None else _aware(item.next_attempt_at),
            last_problem=item.last_problem,
            set_apart=item.set_apart,
        )

    def some(self, instance_ids: Collection[InstanceId]) -> dict[InstanceId, OutboxItem]:
        return {name: self._all.outbox[name] for name in instance_ids if name in self._all.outbox}

    def still_waiting(self, instance_ids: Collection[InstanceId]) -> frozenset[InstanceId]:
        return frozenset(self.some(instance_ids))

    def save_attempts(self, items: Sequence[OutboxItem]) -> None:
        for item in items:
            if item.instance_id in self._all.outbox:
                self.save_attempt(item)

    def settle(self, receipts: Sequence[Receipt]) -> None:
        for receipt in receipts:
            if receipt.instance_id in self._all.outbox:
                self.confirm(receipt)

    def get(self, instance_id: InstanceId) -> OutboxItem:
        if instance_id not in self._all.outbox:
            raise RecordMissing(kind="outbox", id=instance_id)
        return self._all.outbox[instance_id]

    def waiting(self) -> tuple[OutboxItem, ...]:
        return tuple(sorted(self._all.outbox.values(), key=lambda item: item.queued_at))

    def heads(self) -> tuple[OutboxHead, ...]:
        return tuple(item.head for item in self.waiting())

    def of_others(self) -> int:
        return 0

    def remove(self, instance_id: InstanceId) -> None:
        self.get(instance_id)
        del self._all.outbox[instance_id]

    def confirm(self, receipt: Receipt) -> None:
        item = self.get(receipt.instance_id)
        kept = replace(receipt, received_at=_aware(receipt.received_at))
        self._all.receipts[receipt.instance_id] = (item.participant_id, kept)
        del self._all.outbox[receipt.instance_id]

    def receipts(self) -> tuple[Receipt, ...]:
        kept = (receipt for _, receipt in self._all.receipts.values())
        return tuple(sorted(kept, key=lambda receipt: receipt.received_at))

    def newest_receipts(self, count: int) -> tuple[Receipt, ...]:
        return self.receipts()[::-1][:count]


class InMemoryConsents:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def add(self, participant_id: ParticipantId, record: ConsentRecord) -> None:
        self._all.own(participant_id)
        withdrawn = None if record.withdrawn_at is None else _aware(record.withdrawn_at)
        kept = replace(record, at=_aware(record.at), withdrawn_at=withdrawn)
        self._all.consents.setdefault(participant_id, []).append(kept)

    def of(self, participant_id: ParticipantId) -> tuple[ConsentRecord, ...]:
        self._all.own(participant_id)
        return tuple(self._all.consents.get(participant_id, ()))

    def withdraw(self, participant_id: ParticipantId, code: ConsentCode, organisation: str, at: datetime) -> int:
        self._all.own(participant_id)
        count = 0
        for number, record in enumerate(kept := self._all.consents.get(participant_id, [])):
            if record.code is code and record.organisation == organisation and record.stands:
                kept[number] = replace(record, withdrawn_at=_aware(at))
                count += 1
        return count


class InMemoryPlans:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def add(self, plan: StoredPlan) -> None:
        self._all.own(plan.participant_id)
        if plan.plan_number in self._all.plans:
            raise RecordExists(kind="plan", id=plan.plan_number)
        self._all.plans[plan.plan_number] = replace(plan, made_at=_aware(plan.made_at))

    def of_participant(self, participant_id: ParticipantId) -> tuple[StoredPlan, ...]:
        self._all.own(participant_id)
        own = (plan for plan in self._all.plans.values() if plan.participant_id == participant_id)
        return tuple(sorted(own, key=lambda plan: plan.made_at))

    def get(self, plan_number: str) -> StoredPlan:
        if plan_number not in self._all.plans:
            raise RecordMissing(kind="plan", id=plan_number)
        return self._all.plans[plan_number]

    def rewrite(self, plan_number: str, document: bytes) -> None:
        self._all.plans[plan_number] = replace(self.get(plan_number), document=document)


class InMemoryFiles:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def save(
        self, participant_id: ParticipantId, instance_id: InstanceId, kind: str, name: str, content: bytes
    ) -> None:
        self._all.own_or_card(participant_id)
        self._all.files[instance_id, kind, name] = (participant_id, content)

    def get(self, instance_id: InstanceId, kind: str, name: str) -> bytes:
        if (instance_id, kind, name) not in self._all.files:
            raise RecordMissing(kind="file", id=instance_id)
        return self._all.files[instance_id, kind, name][1]

    def names(self, instance_id: InstanceId, kind: str) -> tuple[str, ...]:
        return tuple(sorted(key[2] for key in self._all.files if key[:2] == (instance_id, kind)))

    def of_kind(self, kind: str) -> tuple[tuple[ParticipantId, str], ...]:
        return tuple(sorted((owner, key[2]) for key, (owner, _) in self._all.files.items() if key[1] == kind))

    def keep_only(self, instance_id: InstanceId, kind: str, names: Collection[str]) -> None:
        for key in [key for key in self._all.files if key[:2] == (instance_id, kind) and key[2] not in names]:
            del self._all.files[key]

    def of(self, instance_ids: Collection[InstanceId], kind: str) -> dict[InstanceId, tuple[tuple[str, bytes], ...]]:
        found = {
            instance_id: tuple((name, self.get(instance_id, kind, name)) for name in self.names(instance_id, kind))
            for instance_id in instance_ids
        }
        return {instance_id: pieces for instance_id, pieces in found.items() if pieces}

    def drop(self, instance_ids: Collection[InstanceId], kind: str) -> None:
        for instance_id in instance_ids:
            self.keep_only(instance_id, kind, ())


class InMemorySettings:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def get(self, name: str, default: str = "") -> str:
        return self._all.settings.get(name, default)

    def set(self, name: str, value: str) -> None:
        self._all.settings[name] = value


class InMemoryAudit:
    def __init__(self, contents: Contents) -> None:
        self._all = contents

    def add(self, line: AuditLine) -> None:
        self._all.audit.append(replace(line, at=_aware(line.at)))

    def list(self) -> tuple[AuditLine, ...]:
        return tuple(self._all.audit)

    def of(self, actions: Collection[str]) -> tuple[AuditLine, ...]:
        return tuple(line for line in self._all.audit if line.action in actions)

    def verify(self) -> int:
        return len(self._all.audit)

    def forget_before(self, moment: datetime) -> int:
        before = len(self._all.audit)
        first = next((n for n, line in enumerate(self._all.audit) if line.at >= moment), before)
        del self._all.audit[:first]
        return first
