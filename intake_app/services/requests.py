"""Requests to the central caseworker: a `data_request` per talk that was sent, without any content (DOMAIN 8.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from intake_app.domain.consent import ConsentCode
from intake_app.domain.draft import ParticipantRecord
from intake_app.domain.ids import FormVersion, InstanceId, ParticipantId
from intake_app.domain.instance import FrozenInstance, InstanceStatus
from intake_app.domain.keeping import DataRequest, KeptConsent, Withdrawal
from intake_app.errors import RecordMissing
from intake_app.profile.answers import ConceptIndex
from intake_app.services.outgoing import Leaving, OpenForm, queue_open
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork
from intake_app.xforms.api import FormDefinition, FormEntry, serialize

FORM = "data_request"
WITHDRAWAL, CORRECTION, DELETION = "withdrawal", "correction", "deletion"
TALK = "intake"
_EVERYTHING = frozenset({ConsentCode.CENTRAL, ConsentCode.RECORD, None})
"""Consents with which all that was sent goes; a deletion that was asked without taking one back has none."""


def may_have_left(instances: Iterable[FrozenInstance], attempted: frozenset[InstanceId]) -> tuple[FrozenInstance, ...]:
    """The records that reached the server, or of which nobody knows: a line that broke may have come too late."""
    sent = InstanceStatus.SUBMITTED
    return tuple(one for one in instances if one.status is sent or one.instance_id in attempted)


def talks_of(left: tuple[FrozenInstance, ...]) -> tuple[InstanceId, ...]:
    """The talks behind records that left: by the first version of each, under which the centre finds all of them."""
    talks = tuple(one.instance_id for one in left if one.form_id == TALK and one.deprecated_id is None)
    return talks or tuple(one.instance_id for one in left[:1])


def records_of(left: tuple[FrozenInstance, ...]) -> tuple[InstanceId, ...]:
    """Every record behind versions that left, by the first of them that did: what a consent other than C1 and C2
    reaches, and nothing else of the person, has to be deleted."""
    names = {one.instance_id for one in left}
    return tuple(one.instance_id for one in left if one.deprecated_id not in names)


def talks_at_centre(uow: UnitOfWork, number: str, left: tuple[FrozenInstance, ...]) -> tuple[InstanceId, ...]:
    """As `talks_of`, less what the centre told to have deleted."""
    done = [one for one in _erasing(uow, number) if one.done_at is not None]
    gone = {one.talk_id for one in done}
    everything = [one.asked_at for one in done if one.code in _EVERYTHING]
    return talks_of(
        tuple(
            one
            for one in left
            if one.instance_id not in gone and not any(one.finalized_at <= moment for moment in everything)
        )
    )


def still_to_go(uow: UnitOfWork, number: str) -> tuple[InstanceId, ...]:
    """What the centre was asked to delete and has, as far as we know, still: a record that began anew stands there
    under two names until then."""
    waiting = (one.talk_id for one in _erasing(uow, number) if one.done_at is None)
    return tuple(dict.fromkeys(InstanceId(talk) for talk in waiting if talk))


def _erasing(uow: UnitOfWork, number: str) -> list[DataRequest]:
    return [one for one in uow.rights.requests() if one.number == number and one.kind in (WITHDRAWAL, DELETION)]


def ask_centre(
    uow: UnitOfWork,
    form: FormDefinition,
    person: ParticipantRecord,
    talks: tuple[InstanceId, ...],
    *,
    kind: str,
    now: datetime,
    code: ConsentCode | None = None,
    requested_by: str = "participant",
) -> tuple[DataRequest, ...]:
    """Queue one request per talk or record that left; practice talks went to a receiver that forgets, and need none."""
    if person.practice:
        return ()
    asked = []
    for talk in talks:
        request, record = _request(form, person, talk, kind=kind, code=code, requested_by=requested_by, now=now)
        queue_open(uow, OpenForm(form), record)
        uow.rights.ask(request)
        asked.append(request)
    return tuple(asked)


def ask_to_erase(uow: UnitOfWork, form: FormDefinition, participant_id: ParticipantId, now: datetime) -> None:
    """C1 was taken back in the middle of a talk: queue what the centre must erase of earlier ones, keep the proof."""
    person = uow.participants.get(participant_id)
    tried = frozenset(item.instance_id for item in uow.outbox.waiting() if item.attempts)
    left = may_have_left(uow.instances.of_participant(participant_id), tried)
    code = ConsentCode.RECORD
    talks = dict.fromkeys((*talks_at_centre(uow, person.number, left), *still_to_go(uow, person.number)))
    ask_centre(uow, form, person, tuple(talks), kind=WITHDRAWAL, now=now, code=code)
    consents = uow.consents.of(participant_id)
    uow.rights.keep_consents(tuple(KeptConsent(person.number, record, now) for record in consents))
    uow.rights.withdraw(Withdrawal(participant_id, person.number, code, now))


@guarded(Action.RIGHTS)
def requests(store: Store) -> tuple[DataRequest, ...]:
    """Every request that is still kept, oldest first. Raises RoleRefused."""
    with store.unit_of_work() as uow:
        return uow.rights.requests()


@guarded(Action.RIGHTS)
def carried_out(store: Store, instance_id: InstanceId, at: datetime) -> None:
    """The Werkcentrum said that it was done, with all that was asked at once; the second part of the receipt can be
    given. Raises RecordMissing."""
    with store.unit_of_work() as uow:
        known = uow.rights.requests()
        asking = {one.asking for one in known if one.instance_id == instance_id}
        if not asking:
            raise RecordMissing(kind=FORM, id=instance_id)
        for one in known:
            if one.asking in asking and one.done_at is None:
                uow.rights.carried_out(one.instance_id, at)
        uow.commit()


def _request(
    form: FormDefinition,
    person: ParticipantRecord,
    talk: InstanceId,
    *,
    kind: str,
    code: ConsentCode | None,
    requested_by: str,
    now: datetime,
) -> tuple[DataRequest, Leaving]:
    entry = FormEntry.new(form)
    concepts = ConceptIndex.of(form).concepts
    entry.set_host("participant_number", person.number)
    entry.set_host("talk_id", talk)
    told = {
        "request_kind": kind,
        "request_consent": code.value if code and kind == WITHDRAWAL else "",
        "request_date": now.date().isoformat(),
        "requested_by": requested_by,
    }
    for concept, value in told.items():
        if value:
            entry.set_value(concepts[concept], value)
    entry.finalize()
    name = InstanceId(entry.instance_id)
    record, version = serialize(entry), FormVersion(form.version)
    request = DataRequest(
        name,
        person.number,
        talk,
        kind,
        now,
        code,
        requested_by,
        person.language or "nl",
        form_version=version,
        record=record,
    )
    # nobody's row: it must outlive the person it is about
    return request, Leaving(name, None, now, record, form_version=version)
