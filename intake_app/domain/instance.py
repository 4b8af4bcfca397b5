"""A filled form and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from intake_app.domain.ids import FormId, FormVersion, InstanceId, ParticipantId


class InstanceStatus(StrEnum):
    """The states ODK names for an instance."""

    INCOMPLETE = "incomplete"
    INVALID = "invalid"
    COMPLETE = "complete"
    SUBMISSION_FAILED = "submission_failed"
    SUBMITTED = "submitted"


@dataclass(frozen=True)
class FrozenInstance:
    """A finalized record: its bytes never change again. `released_xml` is what may be sent, or None."""

    instance_id: InstanceId
    participant_id: ParticipantId
    form_id: FormId
    form_version: FormVersion
    status: InstanceStatus
    finalized_at: datetime
    xml: bytes = field(repr=False)
    released_xml: bytes | None = field(default=None, repr=False)
    deprecated_id: InstanceId | None = None


@dataclass(frozen=True)
class OutboxItem:
    """A row that waits to be sent: the same bytes until the server has confirmed them."""

    instance_id: InstanceId
    participant_id: ParticipantId | None
    form_id: FormId
    form_version: FormVersion
    queued_at: datetime
    xml: bytes = field(repr=False)
    attempts: int = 0
    next_attempt_at: datetime | None = None
    last_problem: str = ""
    set_apart: bool = False


@dataclass(frozen=True)
class Receipt:
    """The server's confirmation (201 or 202) of one record."""

    instance_id: InstanceId
    status: int
    text: str
    received_at: datetime
