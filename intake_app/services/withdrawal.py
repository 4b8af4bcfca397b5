"""Taking a consent back: it acts on this laptop at once, and asks the Werkcentrum for what was sent (DOMAIN 8.5)."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from intake_app.domain.consent import ConsentCode, ConsentRecord, standing
from intake_app.domain.draft import AuditLine, ParticipantRecord
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import FrozenInstance, OutboxItem
from intake_app.domain.keeping import Withdrawal
from intake_app.services.caseload import is_caseload
from intake_app.services.consents import CONSENT_CONCEPTS
from intake_app.services.follow_up_rights import withdraw_from_card, withdraw_from_follow_ups
from intake_app.services.office import Office
from intake_app.services.outgoing import Leaving, kind_of, queue_record, take_out
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork
from intake_app.services.records import first_version
from intake_app.services.reducing import reduced
from intake_app.services.requests import WITHDRAWAL, ask_centre, may_have_left, talks_of

_REPLAYED = "withdrawals.replayed"
"""Setting: how many withdrawals this copy of the data has carried out in its open talks."""
_CONCEPTS = {code: concept for concept, code in CONSENT_CONCEPTS.items()}


@guarded(Action.RIGHTS)
def withdraw(
    office: Office, participant_id: ParticipantId, code: ConsentCode, organisation: str = "", by: str = "participant"
) -> bool:
    """Take one consent back, all but C1, which erases (`services.rights.erase_person`); True when the centre is asked.

    C2: nothing of the person is sent any more. C3: the case card goes. C4 and C5: the answers go (C5 also d09).
    C6: no counting from now on. C7: no more sharing with this organisation. Raises RecordMissing, RecordErased,
    RoleRefused, StorageError; it is one transaction, after the open talks have got their "no".
    """
    if _is_gone(office.store, participant_id):
        return withdraw_from_card(office, participant_id, code, by)
    _say_no_in_open_talks(office, participant_id, code, organisation)
    now = office.clock.now()
    with office.store.unit_of_work() as uow:
        person = uow.participants.get(participant_id)
        uow.consents.withdraw(participant_id, code, organisation, now)
        uow.rights.withdraw(Withdrawal(participant_id, person.number, code, now, organisation))
        uow.settings.set(_REPLAYED, str(len(uow.rights.withdrawals())))
        if code is ConsentCode.CONTACT:
            uow.cards.erase(participant_id, now)
        left = _take_out(uow, office, person, code, organisation, now)
        withdraw_from_follow_ups(office, uow, participant_id, code)
        asked = ask_centre(
            uow,
            office.forms["data_request"],
            person,
            talks_of(left),
            kind=WITHDRAWAL,
            now=now,
            code=code,
            requested_by=by,
        )
        subject = f"{participant_id} {code.value}"
        uow.audit.add(AuditLine(now, office.store.account.account_id, "consent_withdrawn", subject))
        uow.commit()
    return bool(asked)


def _is_gone(store: Store, participant_id: ParticipantId) -> bool:
    """Whether the talk has left the laptop and only a case card of the own caseload is left."""
    with store.unit_of_work() as uow:
        here = any(stay.participant_id == participant_id for stay in uow.stays.list())
        return not here and uow.cards.of(participant_id) is not None


@guarded(Action.UPKEEP)
def replay_withdrawals(office: Office) -> int:
    """Take answers out again that an older copy of the database brought back; gives how many people that were.

    What waited to be sent was held back by the store itself, before this; here the talks get their no again, so that
    going on with one does not send it by a yes that was taken back.
    """
    with office.store.unit_of_work() as uow:
        here = {stay.participant_id for stay in uow.stays.list() if stay.own}
        known = uow.rights.withdrawals()
        told = [one for one in known if one.participant_id in here and one.code is not ConsentCode.RECORD]
        stands = {one.participant_id: uow.consents.of(one.participant_id) for one in told}
        older = uow.settings.get(_REPLAYED) != str(len(known))
    again = [one for one in told if _came_back(one, stands[one.participant_id])]
    people = {one.participant_id for one in again}
    for one in told if older else again:
        if _say_no_in_open_talks(office, one.participant_id, one.code, one.organisation, before=one):
            people.add(one.participant_id)
    for one in again:
        with office.store.unit_of_work() as uow:
            uow.consents.withdraw(one.participant_id, one.code, one.organisation, one.at)
            _take_out(uow, office, uow.participants.get(one.participant_id), one.code, one.organisation, one.at)
            withdraw_from_follow_ups(office, uow, one.participant_id, one.code)
            uow.commit()
    if older and known:
        with office.store.unit_of_work() as uow:
            uow.settings.set(_REPLAYED, str(len(known)))
            uow.commit()
    return len(people)


def _came_back(one: Withdrawal, records: Iterable[ConsentRecord]) -> bool:
    """Whether the yes that was taken back stands again, and no later yes was given since."""
    standing_yes = [
        record
        for record in records
        if record.code is one.code and record.organisation == one.organisation and record.stands
    ]
    return bool(standing_yes) and all(record.at < one.at for record in standing_yes)


@guarded(Action.UPKEEP)
def let_go(office: Office, participant_id: ParticipantId, code: ConsentCode) -> None:
    """The time of what this consent allowed is over: its answers go here, and in what was not sent yet."""
    now = office.clock.now()
    with office.store.unit_of_work() as uow:
        if uow.consents.withdraw(participant_id, code, "", now):
            _take_out(uow, office, uow.participants.get(participant_id), code, "", now)
            withdraw_from_follow_ups(office, uow, participant_id, code)
            uow.commit()


def attempted(uow: UnitOfWork, participant_id: ParticipantId) -> tuple[tuple[OutboxItem, ...], frozenset[InstanceId]]:
    """What of a person waits, and which of it was under way at least once."""
    waiting = tuple(item for item in uow.outbox.waiting() if item.participant_id == participant_id)
    return waiting, frozenset(item.instance_id for item in waiting if item.attempts)


def _take_out(
    uow: UnitOfWork,
    office: Office,
    person: ParticipantRecord,
    code: ConsentCode,
    organisation: str,
    now: datetime,
) -> tuple[FrozenInstance, ...]:
    """Take out of every record what this consent allowed, and of the queue what must not go; gives what had left."""
    waiting, tried = attempted(uow, person.participant_id)
    instances = uow.instances.of_participant(person.participant_id)
    left = may_have_left(instances, tried)
    consents = standing(uow.consents.of(person.participant_id)) - {code}
    queued = {item.instance_id: item for item in waiting}
    if code is ConsentCode.CENTRAL:
        for item in waiting:
            take_out(uow, item.instance_id)
        queued.clear()
    touched = set()
    for chain in chains_of(instances):
        smaller = [reduced(office, one, code, organisation, consents) for one in chain]
        changed = [
            after
            for one, after in zip(chain, smaller, strict=True)
            if (after.xml, after.released_xml) != (one.xml, one.released_xml)
        ]
        for after in changed:
            uow.instances.rewrite(after.instance_id, after.xml, after.released_xml)
        if not changed or code is ConsentCode.CENTRAL:
            continue
        touched |= {one.instance_id for one in chain}
        _drop_smaller_ones(uow, chain[0], instances, waiting)
        if any(one in left for one in chain):
            _begin_anew(uow, office, chain, smaller[-1], queued, left, now)
        else:
            for after in changed:
                _requeue(uow, office, after, queued.get(after.instance_id))
    if code is ConsentCode.CENTRAL:
        return left
    return tuple(one for one in left if one.instance_id in touched)


def _drop_smaller_ones(
    uow: UnitOfWork, one: FrozenInstance, instances: tuple[FrozenInstance, ...], waiting: tuple[OutboxItem, ...]
) -> None:
    """A smaller record that an earlier withdrawal queued makes way for one that is smaller still."""
    records = {each.instance_id for each in instances}
    still = {item.instance_id for item in uow.outbox.waiting()}
    for item in waiting:
        if item.form_id == one.form_id and item.instance_id not in records and item.instance_id in still:
            take_out(uow, item.instance_id)


def chains_of(instances: tuple[FrozenInstance, ...]) -> tuple[tuple[FrozenInstance, ...], ...]:
    """The records with their corrections: each one that begins by itself, and all that came in its place."""
    by_name = {one.instance_id: one for one in instances}
    chains: dict[InstanceId, list[FrozenInstance]] = {}
    for one in instances:
        first = one
        while first.deprecated_id in by_name:
            first = by_name[first.deprecated_id]
        if first.deprecated_id is not None:
            first = _beginning(instances, first)
        chains.setdefault(first.instance_id, []).append(one)
    return tuple(tuple(chain) for chain in chains.values())


def _beginning(instances: tuple[FrozenInstance, ...], one: FrozenInstance) -> FrozenInstance:
    """The first version of a record that names one which only the centre has: there they are the same record."""
    same = (each for each in instances if each.form_id == one.form_id and each.deprecated_id is None)
    return next((each for each in same if not is_caseload(each.xml)), one)


def _requeue(uow: UnitOfWork, office: Office, after: FrozenInstance, item: OutboxItem | None) -> None:
    """The smaller record in the place of the old one that waits."""
    if item is None:
        return
    take_out(uow, item.instance_id)
    _queue(uow, office, after, after.instance_id, after.released_xml, item.queued_at)


def _begin_anew(
    uow: UnitOfWork,
    office: Office,
    chain: tuple[FrozenInstance, ...],
    last: FrozenInstance,
    queued: Mapping[InstanceId, OutboxItem],
    left: tuple[FrozenInstance, ...],
    now: datetime,
) -> None:
    """What the centre has of a record goes with all its versions; the last one, smaller, is a first version again.

    Where it may have arrived itself, it gets another name: the centre takes no name of something deleted.
    """
    for one in chain:
        if one.instance_id in queued:
            take_out(uow, one.instance_id)
    if last.released_xml is None:
        return
    xml, name = first_version(last.released_xml), last.instance_id
    if any(one.instance_id == name for one in left):
        name = InstanceId(f"uuid:{uuid.uuid4()}")
        xml = xml.replace(last.instance_id.encode(), name.encode())
    _queue(uow, office, last, name, xml, now)


def _queue(
    uow: UnitOfWork, office: Office, one: FrozenInstance, name: InstanceId, xml: bytes | None, since: datetime
) -> None:
    if xml is None:
        return
    form = office.forms[one.form_id]
    if form.version != one.form_version:
        form = office.past_forms(one.form_id, one.form_version) or form
    record = Leaving(name, one.participant_id, since, xml, form_version=one.form_version)
    queue_record(uow, kind_of(form), record, office.seal)


def _say_no_in_open_talks(
    office: Office,
    participant_id: ParticipantId,
    code: ConsentCode,
    organisation: str,
    before: Withdrawal | None = None,
) -> int:
    """Answer no in every open talk, or only where the yes is from `before` that moment; how many answers changed."""
    changed = 0
    for instance_id in open_talks(office.store, participant_id):
        conversation = office.open_talk(instance_id)
        if before is not None and not _came_back(before, conversation.consents()):
            continue
        answers = conversation.talk.answers
        if code is ConsentCode.SHARING:
            rows = answers.rows_with("share_consent")
            refs = [row.ref_of("share_consent") for row in rows if row.text("referral") == organisation]
        else:
            refs = [ref for ref in (answers.ref(_CONCEPTS[code]),) if ref]
        for ref in refs:
            if conversation.talk.entry.answer(ref) == "yes":
                conversation.answer(ref, "no")
                changed += 1
    return changed


@guarded(Action.UPKEEP)
def open_talks(store: Store, participant_id: ParticipantId) -> tuple[InstanceId, ...]:
    """The unfinished talks of a person of the own caseload."""
    with store.unit_of_work() as uow:
        return tuple(one.instance_id for one in uow.drafts.list() if one.participant_id == participant_id)
