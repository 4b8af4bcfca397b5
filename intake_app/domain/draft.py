"""A talk in progress as plain values: who, which form, and the journal of what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from intake_app.domain.ids import AccountId, FormId, FormVersion, InstanceId, ParticipantId, ParticipantNumber


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


VOLUNTEER, COUNSELLOR, SPECIALIST, SITE_LEAD = "volunteer", "counsellor", "specialist", "site_lead"
ROLES = (VOLUNTEER, COUNSELLOR, SPECIALIST, SITE_LEAD)
"""Roles on a laptop, by their rights in a talk; `site_lead` gives none (DOMAIN 1.2)."""


@dataclass(frozen=True)
class Account:
    """A person who may unlock this laptop, with one or more of `ROLES`."""

    account_id: AccountId
    name: str
    roles: tuple[str, ...]

    def holds(self, role: str) -> bool:
        """Whether this is one of the person's roles."""
        return role in self.roles

    @property
    def role(self) -> str:
        """The role in which this person leads a talk: the one with the most rights there."""
        leading = [role for role in (SPECIALIST, COUNSELLOR, VOLUNTEER) if role in self.roles]
        return leading[0] if leading else SITE_LEAD


@dataclass(frozen=True)
class StaffMember:
    """An account as the site lead sees it: how many people are in its caseload, and whether a part is sealed off.

    `people` counts without opening anything. `sealed_people` stand in a caseload that only the recovery key opens,
    after a reset without it. `recoverable` is false while the present recovery key does not open the person's keys yet:
    they are sealed to it at the next login.
    """

    account: Account
    people: int
    sealed_people: int = 0
    recoverable: bool = True


@dataclass(frozen=True)
class RecoveryHalves:
    """The two halves of a recovery key, to be typed over from paper. Neither says anything without the other."""

    a: str = field(repr=False)
    b: str = field(repr=False)
