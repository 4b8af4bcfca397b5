"""Repositories of what is finished and what waits to be sent: instances and outbox; and settings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, update
from sqlalchemy import select as sa_select
from sqlmodel import col, select

from intake_app.domain.ids import FormId, FormVersion, InstanceId, ParticipantId
from intake_app.domain.instance import FrozenInstance, InstanceStatus, OutboxHead, OutboxItem, Receipt
from intake_app.domain.keeping import CARD_PREFIX
from intake_app.errors import RecordExists, RecordMissing
from intake_app.storage.fixed_width import NEVER, moment_of, stored_moment, stored_problem, stored_status
from intake_app.storage.kept_models import CaseCardRow
from intake_app.storage.models import InstanceRow, OutboxRow, PlanRow, ReceiptRow, SettingRow, TalkFileRow
from intake_app.storage.repositories import Repository, aware, reading


class Instances(Repository):
    """Finalized records with their frozen bytes."""

    def add(self, instance: FrozenInstance) -> None:
        """Keep a finalized record. Raises `RecordExists`, `RecordMissing` without its participant, `RecordErased`."""
        owner, row_id = instance.participant_id, instance.instance_id
        self._own(owner)
        if self._session.get(InstanceRow, row_id) is not None:
            raise RecordExists(kind="instance", id=row_id)
        release = instance.released_xml
        self._session.add(
            InstanceRow(
                instance_id=row_id,
                participant_id=owner,
                form_id=instance.form_id,
                form_version=instance.form_version,
                status=stored_status(instance.status),
                finalized_at=aware(instance.finalized_at),
                deprecated_id=instance.deprecated_id,
                sealed=self._seals.seal(owner, "instance", row_id, instance.xml),
                sealed_release=None if release is None else self._seals.seal(owner, "release", row_id, release),
            )
        )
        self._session.flush()

    def set_status(self, instance_id: InstanceId, status: InstanceStatus) -> None:
        """Where the record stands now. Raises `RecordMissing`."""
        row = self._row(instance_id)
        row.status = stored_status(status)
        self._session.add(row)
        self._session.flush()

    def set_statuses(self, instance_ids: Collection[InstanceId], status: InstanceStatus) -> None:
        """The same for several in one go; those that are not here are passed over."""
        changed = col(InstanceRow.instance_id).in_(instance_ids), func.rtrim(InstanceRow.status) != status.value
        self._session.execute(
            update(InstanceRow).where(*changed).values(status=stored_status(status)).execution_options(**_PLAIN)
        )
        self._session.expire_all()

    def rewrite(self, instance_id: InstanceId, xml: bytes, released_xml: bytes | None) -> None:
        """Put a record in the place of one from which answers were taken out. Raises `RecordMissing`."""
        row = self._row(instance_id)
        owner = row.participant_id
        row.sealed = self._seals.seal(owner, "instance", instance_id, xml)
        row.sealed_release = released_xml and self._seals.seal(owner, "release", instance_id, released_xml)
        self._session.add(row)
        self._session.flush()

    def begin_anew(self, instance_id: InstanceId, fresh: FrozenInstance) -> None:
        """Put `fresh` in the place of a record, under its own name; files and plans go along.

        Raises `RecordMissing`, and `RecordExists` for a name that another record has.
        """
        self._session.delete(self._row(instance_id))
        self._session.flush()
        self.add(fresh)
        if fresh.instance_id != instance_id:
            for table in (TalkFileRow, PlanRow):
                here = update(table).where(col(table.instance_id) == instance_id)
                self._session.execute(here.values(instance_id=fresh.instance_id).execution_options(**_PLAIN))
            self._session.expire_all()

    def remove(self, instance_id: InstanceId) -> None:
        """Take a record away. Raises `RecordMissing`."""
        self._session.delete(self._row(instance_id))
        self._session.flush()

    def get(self, instance_id: InstanceId) -> FrozenInstance:
        """One record. Raises `RecordMissing`, also for somebody else's caseload."""
        return self._instance(self._row(instance_id))

    def of_participant(self, participant_id: ParticipantId) -> tuple[FrozenInstance, ...]:
        """The person's records, oldest first. Raises `RecordMissing` and `RecordErased`."""
        self._own(participant_id)
        rows = self._session.exec(
            select(InstanceRow)
            .where(InstanceRow.participant_id == participant_id)
            .order_by(col(InstanceRow.finalized_at))
        )
        return tuple(self._instance(row) for row in rows)

    def list(self) -> tuple[FrozenInstance, ...]:
        """The records of the own caseload, oldest first."""
        rows = self._session.exec(select(InstanceRow).order_by(col(InstanceRow.finalized_at)))
        return tuple(self._instance(row) for row in rows if self._seals.may_open(row.participant_id))

    def _row(self, instance_id: str) -> InstanceRow:
        row = self._session.get(InstanceRow, instance_id)
        if row is None or not self._seals.may_open(row.participant_id):
            raise RecordMissing(kind="instance", id=instance_id)
        return row

    def _instance(self, row: InstanceRow) -> FrozenInstance:
        owner, row_id, release = row.participant_id, row.instance_id, row.sealed_release
        with reading("instance"):
            return FrozenInstance(
                instance_id=InstanceId(row_id),
                participant_id=ParticipantId(owner),
                form_id=FormId(row.form_id),
                form_version=FormVersion(row.form_version),
                status=InstanceStatus(row.status.rstrip()),
                finalized_at=row.finalized_at,
                xml=self._seals.open(owner, "instance", row_id, row.sealed),
                released_xml=None if release is None else self._seals.open(owner, "release", row_id, release),
                deprecated_id=None if row.deprecated_id is None else InstanceId(row.deprecated_id),
            )


_PLAIN = {"synchronize_session": False}
_FILES_SIZE = (
    sa_select(func.coalesce(func.sum(func.length(TalkFileRow.sealed)), 0))
    .where(col(TalkFileRow.instance_id) == col(OutboxRow.instance_id))
    .correlate(OutboxRow)
    .scalar_subquery()
)
_OWNER = func.coalesce(col(OutboxRow.participant_id), col(OutboxRow.card_id))
"""Under whose key a row is sealed: a person's, a case card's, or (none) the installation's."""
_HEADS = sa_select(
    col(OutboxRow.instance_id),
    _OWNER,
    col(OutboxRow.form_id),
    col(OutboxRow.form_version),
    col(OutboxRow.queued_at),
    col(OutboxRow.attempts),
    col(OutboxRow.next_attempt_at),
    col(OutboxRow.set_apart),
    func.length(OutboxRow.sealed) + _FILES_SIZE,
)
_ITEM = sa_select(
    col(OutboxRow.instance_id),
    col(OutboxRow.participant_id),
    col(OutboxRow.card_id),
    col(OutboxRow.form_id),
    col(OutboxRow.form_version),
    col(OutboxRow.queued_at),
    col(OutboxRow.attempts),
    col(OutboxRow.next_attempt_at),
    col(OutboxRow.set_apart),
    col(OutboxRow.sealed),
    col(OutboxRow.sealed_problem),
)
_MARK = (
    update(OutboxRow)
    .where(col(OutboxRow.instance_id) == bindparam("row_id"))
    .values(
        attempts=bindparam("tried"),
        next_attempt_at=bindparam("next_at"),
        set_apart=bindparam("apart"),
        sealed_problem=bindparam("problem"),
    )
)


class Outbox(Repository):
    """Rows that wait to be sent; their bytes never change."""

    def add(self, item: OutboxItem) -> None:
        """Queue bytes. Raises `RecordExists` for a record that waits already, `RecordMissing`, `RecordErased`."""
        owner, row_id = item.participant_id, item.instance_id
        on_card = owner is not None and owner.startswith(CARD_PREFIX)
        if on_card and not (self._session.get(CaseCardRow, owner) and self._seals.may_open(owner)):
            raise RecordMissing(kind="case_card", id=owner)
        if owner is not None and not on_card:
            self._own(owner)
        if self._find(row_id) is not None:
            raise RecordExists(kind="outbox", id=row_id)
        row = OutboxRow(
            instance_id=row_id,
            participant_id=None if on_card else owner,
            card_id=owner if on_card else None,
            form_id=item.form_id,
            form_version=item.form_version,
            queued_at=aware(item.queued_at),
            attempts=0,
            next_attempt_at=NEVER,
            set_apart=False,
            sealed=self._seals.seal(owner, "outbox", row_id, item.xml),
            sealed_problem=b"",
        )
        self._note_attempt(row, item)

    def save_attempt(self, item: OutboxItem) -> None:
        """Note attempts, next moment, last problem, set apart; the bytes stay. Raises `RecordMissing`."""
        self._note_attempt(self._row(item.instance_id), item)

    def remove(self, instance_id: InstanceId) -> None:
        """Take a row out that must not be sent any more. Raises `RecordMissing`."""
        self._session.delete(self._row(instance_id))
        self._session.flush()

    def get(self, instance_id: InstanceId) -> OutboxItem:
        """One row. Raises `RecordMissing`, also for somebody else's caseload."""
        return self._item(self._row(instance_id))

    def waiting(self) -> tuple[OutboxItem, ...]:
        """Every row that this caseload can open, oldest first; rows set apart too, marked as such."""
        rows = self._session.exec(select(OutboxRow).order_by(col(OutboxRow.queued_at), col(OutboxRow.position)))
        return tuple(self._item(row) for row in rows if self._seals.may_open(_owner(row)))

    def heads(self) -> tuple[OutboxHead, ...]:
        """The same rows without opening any of them."""
        rows = self._session.execute(_HEADS.order_by(col(OutboxRow.queued_at), col(OutboxRow.position)))
        return tuple(
            OutboxHead(
                InstanceId(row_id),
                None if owner is None else ParticipantId(owner),
                FormId(form),
                FormVersion(version),
                queued_at,
                attempts,
                moment_of(next_at),
                set_apart,
                size,
            )
            for row_id, owner, form, version, queued_at, attempts, next_at, set_apart, size in rows
            if self._seals.may_open(owner)
        )

    def of_others(self) -> int:
        """How many rows of other caseloads wait on this laptop."""
        return len(self._session.exec(select(col(OutboxRow.position))).all()) - len(self.heads())

    def some(self, instance_ids: Collection[InstanceId]) -> dict[InstanceId, OutboxItem]:
        """Those of these rows that wait still, read in one go and without their files."""
        rows = self._session.execute(_ITEM.where(col(OutboxRow.instance_id).in_(instance_ids)))
        return {InstanceId(row.instance_id): self._item(row) for row in rows if self._seals.may_open(_owner(row))}

    def still_waiting(self, instance_ids: Collection[InstanceId]) -> frozenset[InstanceId]:
        """Which of these rows were not taken out."""
        return frozenset(self._owners(instance_ids))

    def save_attempts(self, items: Sequence[OutboxItem]) -> None:
        """As `save_attempt`, for several in one go; rows that were taken out meanwhile are passed over."""
        owners = self._owners([item.instance_id for item in items])
        told = [
            {
                "row_id": item.instance_id,
                "tried": item.attempts,
                "next_at": stored_moment(item.next_attempt_at),
                "apart": item.set_apart,
                "problem": self._seals.seal(
                    owners[item.instance_id], "problem", item.instance_id, stored_problem(item)
                ),
            }
            for item in items
            if item.instance_id in owners
        ]
        if told:
            self._session.connection().execute(_MARK, told)
            self._session.expire_all()

    def settle(self, receipts: Sequence[Receipt]) -> None:
        """As `confirm`, for several in one go; rows that were taken out meanwhile are passed over."""
        owners = self._owners([receipt.instance_id for receipt in receipts])
        here = [receipt for receipt in receipts if receipt.instance_id in owners]
        if not here:
            return
        ids = [receipt.instance_id for receipt in here]
        line = self._session.connection()
        line.execute(delete(ReceiptRow).where(col(ReceiptRow.instance_id).in_(ids)))
        line.execute(delete(OutboxRow).where(col(OutboxRow.instance_id).in_(ids)))
        self._session.expire_all()
        line.execute(insert(ReceiptRow), [self._receipt_values(receipt, owners) for receipt in here])

    def _receipt_values(self, receipt: Receipt, owners: Mapping[InstanceId, str | None]) -> dict[str, object]:
        row_id, person = receipt.instance_id, _person(owners[receipt.instance_id])
        return {
            "instance_id": row_id,
            "participant_id": person,
            "status": receipt.status,
            "received_at": aware(receipt.received_at),
            "sealed": self._seals.seal(person, "receipt", row_id, receipt.text.encode()),
        }

    def _owners(self, instance_ids: Collection[InstanceId]) -> dict[InstanceId, str | None]:
        found = sa_select(col(OutboxRow.instance_id), _OWNER).where(col(OutboxRow.instance_id).in_(instance_ids))
        rows = self._session.execute(found)
        return {InstanceId(row_id): owner for row_id, owner in rows if self._seals.may_open(owner)}

    def confirm(self, receipt: Receipt) -> None:
        """Keep the receipt and take the row out. Raises `RecordMissing` when nothing waits under this id."""
        row_id = receipt.instance_id
        row = self._row(row_id)
        known = self._session.get(ReceiptRow, row_id)
        sealed = self._seals.seal(row.participant_id, "receipt", row_id, receipt.text.encode())
        kept = known or ReceiptRow(
            instance_id=row_id,
            participant_id=row.participant_id,
            status=receipt.status,
            received_at=aware(receipt.received_at),
            sealed=sealed,
        )
        kept.status, kept.received_at, kept.sealed = receipt.status, aware(receipt.received_at), sealed
        self._session.add(kept)
        self._session.delete(row)
        self._session.flush()

    def receipts(self) -> tuple[Receipt, ...]:
        """The receipts of this caseload, oldest first."""
        rows = self._session.exec(select(ReceiptRow).order_by(col(ReceiptRow.received_at)))
        return tuple(self._receipt(row) for row in rows if self._seals.may_open(row.participant_id))

    def newest_receipts(self, count: int) -> tuple[Receipt, ...]:
        """The last so many receipts of this caseload, the newest first."""
        newest = select(ReceiptRow).order_by(col(ReceiptRow.received_at).desc())
        # a few at a time: after years of work there are thousands of them
        rows = self._session.exec(newest.execution_options(yield_per=count))
        mine = (row for row in rows if self._seals.may_open(row.participant_id))
        return tuple(self._receipt(row) for row in islice(mine, count))

    def _find(self, instance_id: str) -> OutboxRow | None:
        return self._session.exec(select(OutboxRow).where(OutboxRow.instance_id == instance_id)).first()

    def _row(self, instance_id: str) -> OutboxRow:
        row = self._find(instance_id)
        if row is None or not self._seals.may_open(_owner(row)):
            raise RecordMissing(kind="outbox", id=instance_id)
        return row

    def _note_attempt(self, row: OutboxRow, item: OutboxItem) -> None:
        row.attempts = item.attempts
        row.next_attempt_at = stored_moment(item.next_attempt_at)
        row.set_apart = item.set_apart
        row.sealed_problem = self._seals.seal(_owner(row), "problem", row.instance_id, stored_problem(item))
        self._session.add(row)
        self._session.flush()

    def _item(self, row: OutboxRow | Row[Any]) -> OutboxItem:
        owner, row_id = _owner(row), row.instance_id
        with reading("outbox"):
            return OutboxItem(
                instance_id=InstanceId(row_id),
                participant_id=None if owner is None else ParticipantId(owner),
                form_id=FormId(row.form_id),
                form_version=FormVersion(row.form_version),
                queued_at=row.queued_at,
                xml=self._seals.open(owner, "outbox", row_id, row.sealed),
                attempts=row.attempts,
                next_attempt_at=moment_of(row.next_attempt_at),
                last_problem=self._seals.open(owner, "problem", row_id, row.sealed_problem).decode().rstrip(),
                set_apart=row.set_apart,
            )

    def _receipt(self, row: ReceiptRow) -> Receipt:
        content = self._seals.open(row.participant_id, "receipt", row.instance_id, row.sealed)
        with reading("receipt"):
            return Receipt(InstanceId(row.instance_id), row.status, content.decode(), row.received_at)


def _owner(row: OutboxRow | Row[Any]) -> str | None:
    owner: str | None = row.participant_id or row.card_id
    return owner


def _person(owner: str | None) -> str | None:
    """A receipt hangs on a person; that of a case card's record is nobody's, since it says no more than its name."""
    return None if owner is None or owner.startswith(CARD_PREFIX) else owner


class Settings(Repository):
    """Settings of this installation as text by name; every value is sealed, secrets among them."""

    def get(self, name: str, default: str = "") -> str:
        """The value, or `default` when it was never set."""
        row = self._session.get(SettingRow, name)
        if row is None:
            return default
        with reading("setting"):
            return self._seals.open(None, "setting", name, row.sealed).decode()

    def set(self, name: str, value: str) -> None:
        """Keep a value."""
        sealed = self._seals.seal(None, "setting", name, value.encode())
        row = self._session.get(SettingRow, name) or SettingRow(name=name, sealed=sealed)
        row.sealed = sealed
        self._session.add(row)
        self._session.flush()
