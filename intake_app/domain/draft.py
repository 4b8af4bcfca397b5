"""A talk in progress as plain values: who, which form, and the journal of what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from intake_app.domain.account import (
    COUNSELLOR,
    ROLES,
    SITE_LEAD,
    SPECIALIST,
    VOLUNTEER,
    Account,
)
from intake_app.domain.ids import AccountId, FormId, FormVersion, InstanceId, ParticipantId, ParticipantNumber
from intake_app.domain.staff import RecoveryHalves, StaffMember

__all__ = [
    "COUNSELLOR",
    "ROLES",
    "SITE_LEAD",
    "SPECIALIST",
    "VOLUNTEER",
    "Account",
    "AuditLine",
    "Draft",
    "DraftHeader",
    "JournalEntry",
    "ParticipantRecord",
    "RecoveryHalves",
    "StaffMember",
    "StoredPlan",
]


@dataclass(frozen=True)
class JournalEntry:
    """One event of the talk in the shape of `form trace` events, with its place in the order and its moment."""

    sequence: int
    event: Mapping[str, object] = field(repr=False)
    at: datetime


@dataclass(frozen=True)
class DraftHeader:
    """What is known of a draft without opening its content."""

    instance_id: InstanceId
    participant_id: ParticipantId
    form_id: FormId
    form_version: FormVersion
    account_id: AccountId
    started_at: datetime
    updated_at: datetime
    practice: bool = False


@dataclass(frozen=True)
class Draft:
    """A draft as it is restored: savepoint, then the journal after it, then text still being typed (ref to text)."""

    header: DraftHeader
    savepoint: bytes | None = field(repr=False)
    savepoint_sequence: int
    journal: tuple[JournalEntry, ...] = field(repr=False)
    typing: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class ParticipantRecord:
    """A participant on this laptop. `repr` shows ids only; the content is sealed under the participant's key."""

    participant_id: ParticipantId
    number: ParticipantNumber
    account_id: AccountId
    created_at: datetime
    call_name: str = field(default="", repr=False)
    age_group: str = field(default="", repr=False)
    language: str = field(default="", repr=False)
    practice: bool = False


@dataclass(frozen=True)
class AuditLine:
    """One thing that happened: `action` a code, `subject` an id, never content."""

    at: datetime
    account_id: AccountId
    action: str
    subject: str


@dataclass(frozen=True)
class StoredPlan:
    """A plan as it was made: the document as JSON bytes, sealed at rest."""

    plan_number: str
    participant_id: ParticipantId
    instance_id: InstanceId
    made_at: datetime
    document: bytes = field(repr=False)
