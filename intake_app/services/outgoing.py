"""The one way into the outbox: what a form with a key gets is locked, and nothing else can be put in its place.

A form is either an `OpenForm` or a `LockedForm`. Plain bytes are queued with an `OpenForm`, which cannot be made of a
form that carries a key; a `LockedForm` leads through the seal. So the server, which takes plain records of an
encrypted form without a word, never gets one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from intake_app.domain.ids import FormId, FormVersion, InstanceId, ParticipantId
from intake_app.domain.instance import SENT_FILE, OutboxItem, RecordFile
from intake_app.domain.sealing import RecordToSeal, SealedRecord
from intake_app.errors import FormKeyRefused, FormStaysOpen, SealMissing
from intake_app.services.ports import UnitOfWork
from intake_app.services.submissions import queue
from intake_app.xforms.api import FormDefinition

Seal = Callable[[RecordToSeal], SealedRecord]
"""Locks a record under the key of its form. Raises FormKeyRefused."""
NEVER_LOCKED = frozenset({"status", "data_request"})
"""Counts, the caseload and requests to erase must go on working with locked forms (DOMAIN 8.10)."""


def no_seal(record: RecordToSeal) -> SealedRecord:
    """Where nobody can lock a record, none of a form with a key leaves. Raises SealMissing."""
    raise SealMissing(form_id=record.form_id)


@dataclass(frozen=True)
class OpenForm:
    """A form whose records are sent readable. Raises FormKeyRefused (problem `plain`) for a form that has a key."""

    definition: FormDefinition = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse a form with a key."""
        if self.definition.public_key:
            raise FormKeyRefused(form_id=self.definition.form_id, problem="plain")


@dataclass(frozen=True)
class LockedForm:
    """A form whose records leave locked under its key."""

    definition: FormDefinition = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse a form without a key, and one whose records must stay readable."""
        form_id = self.definition.form_id
        if not self.definition.public_key:
            raise FormKeyRefused(form_id=form_id, problem="unreadable")
        if form_id in NEVER_LOCKED:
            raise FormStaysOpen(form_id=form_id)


@dataclass(frozen=True)
class Leaving:
    """A released record on its way to the outbox, in clear."""

    instance_id: InstanceId
    participant_id: ParticipantId | None
    queued_at: datetime
    xml: bytes = field(repr=False)
    files: tuple[RecordFile, ...] = field(default=(), repr=False)
    form_version: FormVersion | None = None
    """The version the record was made with, where it is not the one of the form at hand."""


def kind_of(definition: FormDefinition) -> OpenForm | LockedForm:
    """What may become of the records of a form. Raises FormKeyRefused."""
    return LockedForm(definition) if definition.public_key else OpenForm(definition)


def queue_record(uow: UnitOfWork, form: OpenForm | LockedForm, record: Leaving, seal: Seal) -> None:
    """Freeze a record as its form wants it and put it in the outbox. Raises FormKeyRefused, SealMissing, and as
    `OutboxRepository.add`."""
    match form:
        case OpenForm():
            queue_open(uow, form, record)
        case LockedForm():
            definition = form.definition
            sealed = seal(
                RecordToSeal(
                    FormId(definition.form_id),
                    _version(form, record),
                    definition.public_key,
                    record.instance_id,
                    record.xml,
                    record.files,
                )
            )
            queue(uow, _item(form, record, sealed.manifest, sealed.files))


def queue_open(uow: UnitOfWork, form: OpenForm, record: Leaving) -> None:
    """Put a record in the outbox as it is. Raises as `OutboxRepository.add`."""
    queue(uow, _item(form, record, record.xml, record.files))


def take_out(uow: UnitOfWork, instance_id: InstanceId) -> None:
    """Take a record that must not leave any more out of the outbox, with its files. Raises RecordMissing."""
    uow.outbox.remove(instance_id)
    uow.files.keep_only(instance_id, SENT_FILE, ())


def _item(form: OpenForm | LockedForm, record: Leaving, xml: bytes, files: tuple[RecordFile, ...]) -> OutboxItem:
    return OutboxItem(
        instance_id=record.instance_id,
        participant_id=record.participant_id,
        form_id=FormId(form.definition.form_id),
        form_version=_version(form, record),
        queued_at=record.queued_at,
        xml=xml,
        files=files,
    )


def _version(form: OpenForm | LockedForm, record: Leaving) -> FormVersion:
    return record.form_version or FormVersion(form.definition.version)
