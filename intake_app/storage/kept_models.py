"""The tables of what outlives a talk: case cards, counting rows, withdrawals, requests, proof of consent."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from intake_app.storage.models import CASE_CARD, PARTICIPANT


class CaseCardRow(SQLModel, table=True):
    """A case card under a key of its own. It outlives the talk: no foreign key leads to the person."""

    __tablename__ = "case_card"
    card_id: str = Field(primary_key=True)
    participant_id: str = Field(unique=True)
    account_id: str
    made_at: datetime
    runs_from: datetime
    sealed: bytes


class FollowUpRow(SQLModel, table=True):
    """A follow-up talk, or the counts it renewed: hangs on the case card, or without one on the person."""

    __tablename__ = "follow_up"
    instance_id: str = Field(primary_key=True)
    card_id: str | None = Field(foreign_key=CASE_CARD, ondelete="CASCADE", index=True)
    participant_id: str | None = Field(foreign_key=PARTICIPANT, ondelete="CASCADE", index=True)
    form_id: str
    form_version: str
    account_id: str
    status: str
    at: datetime
    deprecated_id: str | None
    sealed: bytes
    sealed_release: bytes | None
    sealed_typing: bytes


class CountingRowRow(SQLModel, table=True):
    """A talk in the counting of a quarter."""

    __tablename__ = "counting_row"
    row_id: str = Field(primary_key=True)
    quarter: str
    sealed: bytes


class WithdrawalRow(SQLModel, table=True):
    """A consent that was taken back; it stays when the person has gone, like a tombstone."""

    __tablename__ = "withdrawal"
    position: int | None = Field(default=None, primary_key=True)
    participant_id: str = Field(index=True)
    at: datetime
    sealed: bytes


class DataRequestRow(SQLModel, table=True):
    """A question to the central caseworker, and when it was carried out."""

    __tablename__ = "data_request"
    instance_id: str = Field(primary_key=True)
    number: str
    asked_at: datetime
    done_at: datetime | None
    sealed: bytes


class KeptConsentRow(SQLModel, table=True):
    """Proof of a consent whose record has gone."""

    __tablename__ = "kept_consent"
    position: int | None = Field(default=None, primary_key=True)
    number: str
    ended_at: datetime
    sealed: bytes
