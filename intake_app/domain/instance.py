"""A filled form and where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from intake_app.domain.ids import FormId, FormVersion, InstanceId, ParticipantId

SENT_FILE = "outbox"
"""Kind under which the files of a waiting record are kept, sealed for its participant."""


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
class RecordFile:
    """A file that belongs to a record, under the name by which the record's XML calls it."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class OutboxHead:
    """A row of the outbox without its content, so that a long queue costs no memory."""

    instance_id: InstanceId
    participant_id: ParticipantId | None
    form_id: FormId
    form_version: FormVersion
    queued_at: datetime
    attempts: int = 0
    next_attempt_at: datetime | None = None
    set_apart: bool = False
    size: int = field(default=0, compare=False)
    """Bytes of record and files as they are kept, about; 0 when nobody counted them."""


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
    files: tuple[RecordFile, ...] = field(default=(), repr=False)

    @property
    def head(self) -> OutboxHead:
        """The row without its content."""
        return OutboxHead(
            self.instance_id,
            self.participant_id,
            self.form_id,
            self.form_version,
            self.queued_at,
            self.attempts,
            self.next_attempt_at,
            self.set_apart,
        )


@dataclass(frozen=True)
class Receipt:
    """The server's confirmation (201 or 202) of one record."""

    instance_id: InstanceId
    status: int
    text: str
    received_at: datetime
