"""Taking a consent back: it acts on this laptop at once, and asks the Werkcentrum for what was sent (DOMAIN 8.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from intake_app.domain.consent import ConsentCode, ConsentRecord, standing
from intake_app.domain.draft import AuditLine, ParticipantRecord
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import FrozenInstance, OutboxItem
from intake_app.domain.keeping import DataRequest, Withdrawal
from intake_app.plan.document import document_from_json, document_to_json
from intake_app.services.anew import Beginning, Chain, chains_of, requeue
from intake_app.services.consents import CONSENT_CONCEPTS
from intake_app.services.follow_up_rights import counts_to_talk, withdraw_from_card, withdraw_from_follow_ups
from intake_app.services.met_smaller import take_out_of_meetings
from intake_app.services.office import Office
from intake_app.services.outgoing import take_out
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork
from intake_app.services.reducing import reduced
from intake_app.services.requests import WITHDRAWAL, ask_centre, may_have_left, records_of, talks_at_centre

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
        if code in (ConsentCode.CONTACT, ConsentCode.COUNTING):
            counts_to_talk(office, uow, participant_id)
        if code is ConsentCode.CONTACT:
            uow.cards.erase(participant_id, now)
        one = Withdrawal(participant_id, person.number, code, now, organisation)
        left, anew = _take_out(uow, office, one)
        # the request goes first: what arrived before it is what the centre has to delete
        asked = _ask(uow, office, person, one, left, by)
        uow.rights.withdraw(replace(one, anew=anew.carry_out()))
        uow.settings.set(_REPLAYED, str(len(uow.rights.withdrawals())))
        withdraw_from_follow_ups(office, uow, participant_id, code)
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
            if one.code is ConsentCode.COUNTING:
                counts_to_talk(office, uow, one.participant_id)
            left, anew = _take_out(uow, office, one)
            # the request of then went with the newer data; whether it had been sent, nobody knows
            _ask(uow, office, uow.participants.get(one.participant_id), one, left)
            anew.carry_out()
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


def _ask(
    uow: UnitOfWork,
    office: Office,
    person: ParticipantRecord,
    one: Withdrawal,
    left: tuple[FrozenInstance, ...],
    by: str = "participant",
) -> tuple[DataRequest, ...]:
    """Ask the centre to delete what it has of what had left; once per withdrawal."""
    if any((kept.number, kept.code, kept.asked_at) == (one.number, one.code, one.at) for kept in uow.rights.requests()):
        return ()
    everything = one.code is ConsentCode.CENTRAL
    talks = talks_at_centre(uow, person.number, left) if everything else records_of(left)
    form = office.forms["data_request"]
    return ask_centre(uow, form, person, talks, kind=WITHDRAWAL, now=one.at, code=one.code, requested_by=by)


@guarded(Action.UPKEEP)
def let_go(office: Office, participant_id: ParticipantId, code: ConsentCode) -> None:
    """The time of what this consent allowed is over: its answers go here, and in what was not sent yet."""
    now = office.clock.now()
    with office.store.unit_of_work() as uow:
        if uow.consents.withdraw(participant_id, code, "", now):
            number = uow.participants.get(participant_id).number
            _take_out(uow, office, Withdrawal(participant_id, number, code, now), ended=True)
            withdraw_from_follow_ups(office, uow, participant_id, code)
            uow.commit()


def attempted(uow: UnitOfWork, participant_id: ParticipantId) -> tuple[tuple[OutboxItem, ...], frozenset[InstanceId]]:
    """What of a person waits, and which of it was under way at least once."""
    waiting = tuple(item for item in uow.outbox.waiting() if item.participant_id == participant_id)
    return waiting, frozenset(item.instance_id for item in waiting if item.attempts)


def _take_out(
    uow: UnitOfWork, office: Office, one: Withdrawal, *, ended: bool = False
) -> tuple[tuple[FrozenInstance, ...], Beginning]:
    """Take out of every record what this consent allowed, and of the queue what must not go; gives what had left, and
    what begins anew.

    With `ended` its time is over: what the centre has goes there by its own clock, and nothing begins anew.
    """
    waiting, tried = attempted(uow, one.participant_id)
    instances = uow.instances.of_participant(one.participant_id)
    left = frozenset(each.instance_id for each in may_have_left(instances, tried))
    queued = {item.instance_id: item for item in waiting}
    if one.code is ConsentCode.CENTRAL:
        for name in queued:
            take_out(uow, name)
        queued.clear()
    anew = Beginning(uow, office, one.at, queued, left, one.anew)
    for chain in _smaller(uow, office, one, instances):
        for after in chain.changed:
            uow.instances.rewrite(after.instance_id, after.xml, after.released_xml)
        if one.code is ConsentCode.CENTRAL or not (chain.changed and chain.leaves):
            continue
        if not ended and anew.concerns(chain):
            anew.chains.append(chain)
        else:
            _put_in_place(uow, office, chain, queued)
    take_out_of_meetings(uow, office, one)
    _take_out_of_plans(uow, one)
    if one.code is ConsentCode.CENTRAL:
        return tuple(each for each in instances if each.instance_id in left), anew
    return anew.there(), anew


def _smaller(
    uow: UnitOfWork, office: Office, one: Withdrawal, instances: tuple[FrozenInstance, ...]
) -> tuple[Chain, ...]:
    consents = standing(uow.consents.of(one.participant_id)) - {one.code}
    return tuple(
        Chain(chain, tuple(reduced(office, each, one.code, one.organisation, consents) for each in chain))
        for chain in chains_of(instances)
    )


def _put_in_place(uow: UnitOfWork, office: Office, chain: Chain, queued: Mapping[InstanceId, OutboxItem]) -> None:
    """The smaller record in the place of the one that waits."""
    for after in chain.changed:
        item = queued.get(after.instance_id)
        if item is not None:
            take_out(uow, item.instance_id)
            requeue(uow, office, after, item.queued_at)


def _take_out_of_plans(uow: UnitOfWork, one: Withdrawal) -> None:
    """Where nobody may call any more, the plans that are kept here tell no number either."""
    if one.code not in (ConsentCode.CONTACT, ConsentCode.SHARING):
        return
    if {ConsentCode.CONTACT, ConsentCode.SHARING} & standing(uow.consents.of(one.participant_id)):
        return
    for kept in uow.plans.of_participant(one.participant_id):
        plan = document_from_json(kept.document)
        if plan.contact:
            uow.plans.rewrite(kept.plan_number, document_to_json(replace(plan, contact="")))


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
