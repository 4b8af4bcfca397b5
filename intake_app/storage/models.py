"""The tables. They do not validate: plain values are checked before they come here.

Readable inside the encrypted database are ids, numbers, states and moments; every `sealed` column holds content
that only the key of its participant (or of the installation, where there is no participant) opens.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

PARTICIPANT = "participant.participant_id"
DRAFT = "draft.instance_id"
CASE_CARD = "case_card.card_id"


class ParticipantRow(SQLModel, table=True):
    """A person; `sealed` holds call name, age group and language."""

    __tablename__ = "participant"
    participant_id: str = Field(primary_key=True)
    number: str = Field(unique=True)
    account_id: str
    created_at: datetime
    practice: bool
    sealed: bytes


class TombstoneRow(SQLModel, table=True):
    """A person who was erased: id, number and moment stay, so that no backup brings the person back."""

    __tablename__ = "tombstone"
    participant_id: str = Field(primary_key=True)
    number: str
    erased_at: datetime


class DraftRow(SQLModel, table=True):
    """An open talk."""

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_newest", "participant_id", "updated_at"),)
    instance_id: str = Field(primary_key=True)
    participant_id: str = Field(foreign_key=PARTICIPANT, ondelete="CASCADE", index=True)
    form_id: str
    form_version: str
    account_id: str
    started_at: datetime
    updated_at: datetime
    practice: bool


class JournalRow(SQLModel, table=True):
    """One event of an open talk."""

    __tablename__ = "journal_entry"
    instance_id: str = Field(foreign_key=DRAFT, ondelete="CASCADE", primary_key=True)
    sequence: int = Field(primary_key=True)
    at: datetime
    sealed: bytes


class SavepointRow(SQLModel, table=True):
    """The whole talk as it stood after `sequence`."""

    __tablename__ = "savepoint"
    instance_id: str = Field(foreign_key=DRAFT, ondelete="CASCADE", primary_key=True)
    sequence: int
    sealed: bytes


class TypingRow(SQLModel, table=True):
    """Text that is still being typed."""

    __tablename__ = "typing"
    instance_id: str = Field(foreign_key=DRAFT, ondelete="CASCADE", primary_key=True)
    sealed: bytes


class InstanceRow(SQLModel, table=True):
    """A finalized record; `released` is the copy that may be sent."""

    __tablename__ = "instance"
    __table_args__ = (Index("ix_instance_newest", "participant_id", "finalized_at"),)
    instance_id: str = Field(primary_key=True)
    participant_id: str = Field(foreign_key=PARTICIPANT, ondelete="CASCADE", index=True)
    form_id: str
    form_version: str
    status: str
    finalized_at: datetime
    deprecated_id: str | None
    sealed: bytes
    sealed_release: bytes | None


class OutboxRow(SQLModel, table=True):
    """Bytes that wait to be sent, of a person, of a case card or of nobody. `position` keeps the order of queueing."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_newest", "participant_id", "queued_at"),)
    position: int | None = Field(default=None, primary_key=True)
    instance_id: str = Field(unique=True)
    participant_id: str | None = Field(foreign_key=PARTICIPANT, ondelete="CASCADE", index=True)
    form_id: str
    form_version: str
    queued_at: datetime
    attempts: int
    next_attempt_at: datetime | None
    set_apart: bool
    sealed: bytes
    sealed_problem: bytes
    card_id: str | None = Field(default=None, foreign_key=CASE_CARD, ondelete="CASCADE", index=True)


class ReceiptRow(SQLModel, table=True):
    """The server's confirmation; `sealed` holds its text."""

    __tablename__ = "receipt"
    __table_args__ = (Index("ix_receipt_newest", "participant_id", "received_at"),)
    instance_id: str = Field(primary_key=True)
    participant_id: str | None = Field(foreign_key=PARTICIPANT, ondelete="CASCADE", index=True)
    status: int
    received_at: datetime
    sealed: bytes


class ConsentRow(SQLModel, table=True):
    """One answer to one consent text, whole and sealed. `position` keeps the order of asking."""

    __tablename__ = "consent"
    position: int | None = Field(default=None, primary_key=True)
    consent_id: str = Field(unique=True)
    participant_id: str = Field(foreign_key=PARTICIPANT, ondelete="CASCADE", index=True)
    at: datetime
    sealed: bytes


class PlanRow(SQLModel, table=True):
    """A plan as it was handed over."""

    __tablename__ = "plan"
    plan_number: str = Field(primary_key=True)
    participant_id: str = Field(foreign_key=PARTICIPANT, ondelete="CASCADE", index=True)
    instance_id: str
    made_at: datetime
    sealed: bytes


class TalkFileRow(SQLModel, table=True):
    """A piece of a talk beside its answers: an uploaded file, or what a newer form has no place for.

    It hangs on the participant and not on the open talk, because files stay when the talk is finished; what belongs to
    a follow-up hangs on the case card.
    """

    __tablename__ = "talk_file"
    file_id: str = Field(primary_key=True)
    participant_id: str | None = Field(foreign_key=PARTICIPANT, ondelete="CASCADE", index=True)
    instance_id: str = Field(index=True)
    kind: str
    sealed: bytes
    card_id: str | None = Field(default=None, foreign_key=CASE_CARD, ondelete="CASCADE", index=True)


class SettingRow(SQLModel, table=True):
    """One setting of this installation; the value is sealed, since some are secrets."""

    __tablename__ = "setting"
    name: str = Field(primary_key=True)
    sealed: bytes


class AuditRow(SQLModel, table=True):
    """One line of the access log: codes and ids."""

    __tablename__ = "audit"
    position: int | None = Field(default=None, primary_key=True)
    at: datetime
    account_id: str
    action: str
    subject: str
    digest: bytes
