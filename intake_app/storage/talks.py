"""Repositories of people and their talks: participants, drafts, consents, plans."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from intake_app.domain.draft import Draft, DraftHeader, JournalEntry, ParticipantRecord, StoredPlan
from intake_app.domain.ids import AccountId, FormId, FormVersion, InstanceId, ParticipantId, ParticipantNumber
from intake_app.errors import RecordErased, RecordExists, RecordMissing
from intake_app.storage.models import (
    DraftRow,
    JournalRow,
    ParticipantRow,
    PlanRow,
    SavepointRow,
    TombstoneRow,
    TypingRow,
)
from intake_app.storage.repositories import Repository, Seals, aware, packed, reading

_PEOPLE = columns(
    col(ParticipantRow.participant_id), col(ParticipantRow.number), col(ParticipantRow.account_id),
    col(ParticipantRow.created_at), col(ParticipantRow.practice), col(ParticipantRow.sealed),
).order_by(col(ParticipantRow.created_at))  # fmt: skip


class Participants(Repository):
    """Participants of the own caseload. Keeps which keys it made and which must go when the work is committed."""

    def __init__(self, session: Session, seals: Seals) -> None:
        super().__init__(session, seals)
        self.keys_made: set[ParticipantId] = set()
        self.erased: set[ParticipantId] = set()

    def add(self, record: ParticipantRecord) -> None:
        """Keep a new person and make the key. Raises `RecordExists` for a known id or number, `RecordErased`."""
        if self._session.get(TombstoneRow, record.participant_id) is not None:
            raise RecordErased(id=record.participant_id)
        if self._session.get(ParticipantRow, record.participant_id) is not None:
            raise RecordExists(kind="participant", id=record.participant_id)
        self._refuse_taken(record)
        created_at = aware(record.created_at)
        self._seals.keys.make(record.participant_id)
        self.keys_made.add(record.participant_id)
        self._session.add(
            ParticipantRow(
                participant_id=record.participant_id,
                number=record.number,
                account_id=record.account_id,
                created_at=created_at,
                practice=record.practice,
                sealed=self._sealed(record),
            )
        )
        self._session.flush()

    def save(self, record: ParticipantRecord) -> None:
        """Replace what is known of a person; the moment of making stays."""
        row = self._own(record.participant_id)
        self._refuse_taken(record)
        row.number = record.number
        row.account_id = record.account_id
        row.practice = record.practice
        row.sealed = self._sealed(record)
        self._session.add(row)
        self._session.flush()

    def get(self, participant_id: ParticipantId) -> ParticipantRecord:
        """The person. Raises `RecordMissing`, also for somebody else's caseload, and `RecordErased`."""
        return self._record(self._own(participant_id))

    def list(self) -> tuple[ParticipantRecord, ...]:
        """The own caseload, oldest first."""
        # plain rows, taken by place: as entities the list of a large caseload takes twice as long
        rows = self._session.connection().execute(_PEOPLE)
        return tuple(self._person(*row) for row in rows if self._seals.may_open(row[0]))

    def erase(self, participant_id: ParticipantId, at: datetime) -> None:
        """Remove every row of the person and leave a tombstone; the key is destroyed when the work is committed.

        Without commit nothing has happened. Raises `RecordMissing` and `RecordErased`.
        """
        if self._session.get(TombstoneRow, participant_id) is not None:
            raise RecordErased(id=participant_id)
        row = self._session.get(ParticipantRow, participant_id)
        if row is None:
            raise RecordMissing(kind="participant", id=participant_id)
        stone = TombstoneRow(participant_id=participant_id, number=row.number, erased_at=aware(at))
        self._session.expunge_all()
        # every row of the person hangs on this one: the foreign keys take them along
        self._session.exec(delete(ParticipantRow).where(col(ParticipantRow.participant_id) == participant_id))
        self._session.add(stone)
        self._session.flush()
        self.erased.add(participant_id)

    def _refuse_taken(self, record: ParticipantRecord) -> None:
        same = select(ParticipantRow.participant_id).where(ParticipantRow.number == record.number)
        holder = self._session.exec(same).first()
        if holder is not None and holder != record.participant_id:
            raise RecordExists(kind="participant", id=record.participant_id)

    def _sealed(self, record: ParticipantRecord) -> bytes:
        content = {"call_name": record.call_name, "age_group": record.age_group, "language": record.language}
        return self._seals.seal(record.participant_id, "participant", record.participant_id, packed(content))

    def _record(self, row: ParticipantRow) -> ParticipantRecord:
        return self._person(row.participant_id, row.number, row.account_id, row.created_at, row.practice, row.sealed)

    def _person(
        self, owner: str, number: str, account_id: str, created_at: datetime, practice: bool, sealed: bytes
    ) -> ParticipantRecord:
        # empty after a repair in which only talks or records of this person could be saved
        content = b'{"call_name":"","age_group":"","language":"nl"}'
        if sealed:
            content = self._seals.open(owner, "participant", owner, sealed)
        with reading("participant"):
            known = json.loads(content)
            return ParticipantRecord(
                participant_id=ParticipantId(owner),
                number=ParticipantNumber(number),
                account_id=AccountId(account_id),
                created_at=created_at,
                call_name=known["call_name"],
                age_group=known["age_group"],
                language=known["language"],
                practice=practice,
            )


class Drafts(Repository):
    """Journals of open talks."""

    def add(self, header: DraftHeader) -> None:
        """Keep a new, empty talk. Raises `RecordExists`, `RecordMissing` without its participant, `RecordErased`."""
        self._own(header.participant_id)
        if self._session.get(DraftRow, header.instance_id) is not None:
            raise RecordExists(kind="draft", id=header.instance_id)
        self._session.add(
            DraftRow(
                instance_id=header.instance_id,
                participant_id=header.participant_id,
                form_id=header.form_id,
                form_version=header.form_version,
                account_id=header.account_id,
                started_at=aware(header.started_at),
                updated_at=aware(header.updated_at),
                practice=header.practice,
            )
        )
        self._session.flush()

    def append(self, instance_id: InstanceId, entries: Sequence[JournalEntry]) -> None:
        """Add events at the end; the newest moment becomes the talk's.

        Raises `RecordMissing`, and `RecordExists` when a sequence is not after the last one that is kept.
        """
        draft = self._row(instance_id)
        last = self._last_sequence(instance_id)
        for entry in entries:
            if entry.sequence <= last:
                raise RecordExists(kind="journal_entry", id=f"{instance_id}#{entry.sequence}")
            last = entry.sequence
            at = aware(entry.at)
            sealed = self._seals.seal(
                draft.participant_id, "journal_entry", f"{instance_id}#{entry.sequence}", packed(entry.event)
            )
            self._session.add(JournalRow(instance_id=instance_id, sequence=entry.sequence, at=at, sealed=sealed))
            draft.updated_at = max(draft.updated_at, at)
        self._session.add(draft)
        self._session.flush()

    def save_typing(self, instance_id: InstanceId, typing: Mapping[str, str]) -> None:
        """Replace the text that is still being typed; an empty mapping forgets it. Raises `RecordMissing`.

        Written by hand: it happens at every pause in typing, and going by way of entities costs half of it.
        """
        connection = self._session.connection()
        query = "SELECT participant_id FROM draft WHERE instance_id = ?"
        owner = connection.exec_driver_sql(query, (instance_id,)).scalar()
        if owner is None or not self._seals.may_open(owner):
            raise RecordMissing(kind="draft", id=instance_id)
        if typing:
            sealed = self._seals.seal(owner, "typing", instance_id, packed(typing))
            write = "INSERT OR REPLACE INTO typing (instance_id, sealed) VALUES (?, ?)"
            connection.exec_driver_sql(write, (instance_id, sealed))
        else:
            connection.exec_driver_sql("DELETE FROM typing WHERE instance_id = ?", (instance_id,))
        self._session.expire_all()

    def save_savepoint(self, instance_id: InstanceId, savepoint: bytes, sequence: int) -> None:
        """Keep the whole talk as it stood after `sequence`; the journal up to there is folded into it and goes.

        An older savepoint than the one that is kept changes nothing. Raises `RecordMissing`.
        """
        draft = self._row(instance_id)
        row = self._session.get(SavepointRow, instance_id)
        if row is not None and row.sequence > sequence:
            return
        sealed = self._seals.seal(draft.participant_id, "savepoint", instance_id, savepoint)
        row = row or SavepointRow(instance_id=instance_id, sequence=sequence, sealed=sealed)
        row.sequence = sequence
        row.sealed = sealed
        self._session.add(row)
        self._session.flush()
        folded = delete(JournalRow).where(
            col(JournalRow.instance_id) == instance_id, col(JournalRow.sequence) <= sequence
        )
        self._session.exec(folded)

    def save_version(self, instance_id: InstanceId, form_version: FormVersion) -> None:
        """The talk goes on with another version of its form. Raises `RecordMissing`."""
        draft = self._row(instance_id)
        draft.form_version = form_version
        self._session.add(draft)
        self._session.flush()

    def get(self, instance_id: InstanceId) -> Draft:
        """Everything that is kept of an open talk. Raises `RecordMissing`."""
        row = self._row(instance_id)
        savepoint = self._session.get(SavepointRow, instance_id)
        typing = self._session.get(TypingRow, instance_id)
        owner = row.participant_id
        with reading("draft"):
            return Draft(
                header=_header(row),
                savepoint=self._seals.open(owner, "savepoint", instance_id, savepoint.sealed) if savepoint else None,
                savepoint_sequence=savepoint.sequence if savepoint else 0,
                journal=self._journal(row, savepoint.sequence if savepoint else None),
                typing=json.loads(self._seals.open(owner, "typing", instance_id, typing.sealed)) if typing else {},
            )

    def list(self) -> tuple[DraftHeader, ...]:
        """The open talks of the own caseload, oldest first."""
        rows = self._session.exec(select(DraftRow).order_by(col(DraftRow.started_at)))
        return tuple(_header(row) for row in rows if self._seals.may_open(row.participant_id))

    def remove(self, instance_id: InstanceId) -> None:
        """Remove the talk with its journal. Raises `RecordMissing`."""
        self._row(instance_id)
        self._session.expunge_all()
        self._session.exec(delete(DraftRow).where(col(DraftRow.instance_id) == instance_id))

    def _row(self, instance_id: str) -> DraftRow:
        row = self._session.get(DraftRow, instance_id)
        if row is None or not self._seals.may_open(row.participant_id):
            raise RecordMissing(kind="draft", id=instance_id)
        return row

    def _last_sequence(self, instance_id: str) -> int:
        newest = (
            select(JournalRow.sequence)
            .where(JournalRow.instance_id == instance_id)
            .order_by(col(JournalRow.sequence).desc())
        )
        last = self._session.exec(newest).first()
        if last is not None:
            return last
        savepoint = self._session.get(SavepointRow, instance_id)
        return savepoint.sequence if savepoint else -1

    def _journal(self, draft: DraftRow, after: int | None) -> tuple[JournalEntry, ...]:
        query = select(JournalRow).where(JournalRow.instance_id == draft.instance_id)
        if after is not None:
            query = query.where(JournalRow.sequence > after)
        return tuple(
            JournalEntry(
                sequence=row.sequence,
                event=json.loads(
                    self._seals.open(
                        draft.participant_id, "journal_entry", f"{row.instance_id}#{row.sequence}", row.sealed
                    )
                ),
                at=row.at,
            )
            for row in self._session.exec(query.order_by(col(JournalRow.sequence)))
        )


class Plans(Repository):
    """Plans as they were handed over."""

    def add(self, plan: StoredPlan) -> None:
        """Keep a plan. Raises `RecordExists`, `RecordMissing` without its participant, `RecordErased`."""
        self._own(plan.participant_id)
        if self._session.get(PlanRow, plan.plan_number) is not None:
            raise RecordExists(kind="plan", id=plan.plan_number)
        self._session.add(
            PlanRow(
                plan_number=plan.plan_number,
                participant_id=plan.participant_id,
                instance_id=plan.instance_id,
                made_at=aware(plan.made_at),
                sealed=self._seals.seal(plan.participant_id, "plan", plan.plan_number, plan.document),
            )
        )
        self._session.flush()

    def of_participant(self, participant_id: ParticipantId) -> tuple[StoredPlan, ...]:
        """The person's plans, oldest first. Raises `RecordMissing` and `RecordErased`."""
        self._own(participant_id)
        rows = self._session.exec(
            select(PlanRow).where(PlanRow.participant_id == participant_id).order_by(col(PlanRow.made_at))
        )
        return tuple(self._plan(row) for row in rows)

    def get(self, plan_number: str) -> StoredPlan:
        """One plan. Raises `RecordMissing`, also for somebody else's caseload."""
        row = self._session.get(PlanRow, plan_number)
        if row is None or not self._seals.may_open(row.participant_id):
            raise RecordMissing(kind="plan", id=plan_number)
        return self._plan(row)

    def rewrite(self, plan_number: str, document: bytes) -> None:
        """Put a plan in the place of one from which something was taken out. Raises `RecordMissing`."""
        row = self._session.get(PlanRow, plan_number)
        if row is None or not self._seals.may_open(row.participant_id):
            raise RecordMissing(kind="plan", id=plan_number)
        row.sealed = self._seals.seal(row.participant_id, "plan", plan_number, document)
        self._session.add(row)
        self._session.flush()

    def _plan(self, row: PlanRow) -> StoredPlan:
        return StoredPlan(
            plan_number=row.plan_number,
            participant_id=ParticipantId(row.participant_id),
            instance_id=InstanceId(row.instance_id),
            made_at=row.made_at,
            document=self._seals.open(row.participant_id, "plan", row.plan_number, row.sealed),
        )


def _header(row: DraftRow) -> DraftHeader:
    return DraftHeader(
        instance_id=InstanceId(row.instance_id),
        participant_id=ParticipantId(row.participant_id),
        form_id=FormId(row.form_id),
        form_version=FormVersion(row.form_version),
        account_id=AccountId(row.account_id),
        started_at=row.started_at,
        updated_at=row.updated_at,
        practice=row.practice,
    )
