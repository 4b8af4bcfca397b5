"""What a consent that is taken back does to follow-up talks: what waits is not sent, what it allowed goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from intake_app.domain.consent import ConsentCode, standing
from intake_app.domain.draft import AuditLine, ParticipantRecord
from intake_app.domain.follow_up import MET, REPLACED, FollowUpRecord
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import FrozenInstance, InstanceStatus
from intake_app.domain.keeping import CaseCard, Withdrawal
from intake_app.errors import RecordMissing
from intake_app.profile.answers import Answers, ConceptIndex
from intake_app.services.follow_up_chains import records_met
from intake_app.services.follow_up_known import FOLLOW_UP, STATUS, consents_kept
from intake_app.services.office import Office
from intake_app.services.outgoing import Leaving, OpenForm, queue_open, take_out
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import UnitOfWork
from intake_app.services.renames import stands_as
from intake_app.services.requests import WITHDRAWAL, ask_centre
from intake_app.services.target_group import CONFIRMED, PROPOSED, RULE
from intake_app.xforms.api import FormEntry

_COUNTS = b"<kind>talk</kind>"
"""What a `status` record holds that counts a talk; others only change the list of cases."""
_GROUP = frozenset({ConsentCode.ORIGIN, ConsentCode.COUNTING})
"""Consents with which the group of d09 goes (DOMAIN 8.5)."""


@guarded(Action.UPKEEP)
def withdraw_from_follow_ups(office: Office, uow: UnitOfWork, participant_id: ParticipantId, code: ConsentCode) -> None:
    """Inside the transaction of the withdrawal. C2: nothing of the card is sent any more. C6: counts that wait are not
    sent, the next ones carry no flags. C5 and C6: the group goes. C3 takes the card with everything on it.
    """
    card = uow.cards.of(participant_id)
    owner = ParticipantId(card.card_id) if card is not None else participant_id
    records = uow.follow_ups.of(owner)
    if code is ConsentCode.CENTRAL:
        _unsend(uow, records, owner)
        for one in records:
            uow.follow_ups.save(replace(one, released_xml=None))
        for one in records_met(uow, participant_id):
            for kind in (MET, REPLACED):
                uow.files.keep_only(one.instance_id, kind, ())
    elif code is ConsentCode.COUNTING:
        counts = tuple(one for one in records if one.form_id == STATUS and _COUNTS in one.xml)
        _unsend(uow, counts, owner)
        for one in counts:
            _forget(uow, one)  # what the centre has of them is deleted there, and takes no edit any more
    if code in _GROUP:
        for one in uow.follow_ups.of(owner):
            if one.form_id == FOLLOW_UP:
                uow.follow_ups.save(replace(one, xml=_without_group(office, one), typing=_without_words(office, one)))


@guarded(Action.UPKEEP)
def counts_to_talk(office: Office, uow: UnitOfWork, participant_id: ParticipantId) -> None:
    """Before a withdrawal that takes them from the card: counts that a follow-up renewed are versions of those of the
    talk, and stay with that, sent or waiting. Without it nobody would know which version the centre has."""
    card = uow.cards.of(participant_id)
    owner = ParticipantId(card.card_id) if card is not None else participant_id
    found = [one for one in uow.follow_ups.of(owner) if one.form_id == STATUS and _COUNTS in one.xml]
    for one in found:
        if one.released_xml is None:
            continue
        waiting = uow.outbox.some([one.instance_id]).get(one.instance_id)
        _forget(uow, one)
        status = InstanceStatus.SUBMITTED if waiting is None else InstanceStatus.COMPLETE
        uow.instances.add(
            FrozenInstance(
                one.instance_id,
                participant_id,
                one.form_id,
                one.form_version,
                status,
                one.at,
                one.xml,
                one.released_xml,
                one.deprecated_id,
            )
        )
        if waiting is not None:
            take_out(uow, one.instance_id)
            form, version = OpenForm(office.forms[STATUS]), one.form_version
            queue_open(
                uow,
                form,
                Leaving(one.instance_id, participant_id, waiting.queued_at, waiting.xml, form_version=version),
            )
            uow.outbox.save_attempt(replace(waiting, participant_id=participant_id))


def _forget(uow: UnitOfWork, record: FollowUpRecord) -> None:
    uow.follow_ups.remove(record.instance_id)
    for kind in (MET, REPLACED):
        uow.files.keep_only(record.instance_id, kind, ())


@guarded(Action.RIGHTS)
def withdraw_from_card(office: Office, participant_id: ParticipantId, code: ConsentCode, by: str) -> bool:
    """Take a consent back when only the case card is left; True when the centre is asked. Raises RecordMissing."""
    now = office.clock.now()
    with office.store.unit_of_work() as uow:
        card = uow.cards.of(participant_id)
        if card is None:
            raise RecordMissing(kind="case_card", id=participant_id)
        talks = talks_sent(office, uow, participant_id)
        withdraw_from_follow_ups(office, uow, participant_id, code)
        uow.rights.withdraw(Withdrawal(participant_id, card.number, code, now))
        if code is ConsentCode.CONTACT:
            uow.cards.erase(participant_id, now)
        if code is ConsentCode.COUNTING:
            uow.cards.save(replace(card, counted=()))
        asked = ask_centre(
            uow,
            office.forms["data_request"],
            _person(card, now),
            talks,
            kind=WITHDRAWAL,
            now=now,
            code=code,
            requested_by=by,
        )
        subject = f"{participant_id} {code.value}"
        uow.audit.add(AuditLine(now, office.store.account.account_id, "consent_withdrawn", subject))
        uow.commit()
    return bool(asked)


@guarded(Action.UPKEEP)
def talks_sent(office: Office, uow: UnitOfWork, participant_id: ParticipantId) -> tuple[InstanceId, ...]:
    """The talk at the centre of somebody of whom only the card is left: its id where a record still tells it, else
    none, since the number says the rest; nothing where C2 does not stand."""
    card = uow.cards.of(participant_id)
    if card is None or ConsentCode.CENTRAL not in standing(consents_kept(uow, card)):
        return ()
    told = [
        Answers(FormEntry.restore(office.forms[one.form_id], one.xml), office.forms[one.form_id]).host("talk_id")
        for one in uow.follow_ups.of(ParticipantId(card.card_id))
    ]
    talk = InstanceId(next(filter(None, told), ""))
    # what began anew since stands there under a name that no record here tells
    return (stands_as(uow, talk),)


def _person(card: CaseCard, now: datetime) -> ParticipantRecord:
    return ParticipantRecord(
        card.participant_id,
        card.number,
        card.account_id,
        now,
        card.call_name,
        language=card.language,
        practice=card.practice,
    )


def _unsend(uow: UnitOfWork, records: tuple[FollowUpRecord, ...], owner: ParticipantId) -> None:
    names = {one.instance_id for one in records}
    waiting = [item.instance_id for item in uow.outbox.waiting() if item.participant_id == owner]
    for name in waiting:
        if name in names:
            take_out(uow, name)


def _without_group(office: Office, record: FollowUpRecord) -> bytes:
    form = office.forms[FOLLOW_UP]
    entry = FormEntry.restore(form, record.xml)
    answers = Answers(entry, form)
    said = [name for name in (PROPOSED, RULE) if answers.host(name)]
    asked = [ref for ref in map(answers.ref, CONFIRMED) if ref and entry.answer(ref)]
    if not said and not asked:
        return record.xml
    for ref in asked:
        entry.set_value(ref, "")
    for name in said:
        entry.set_host(name, "")
    return entry.savepoint()


def _without_words(office: Office, record: FollowUpRecord) -> dict[str, str]:
    """What is being typed, less the reason for another group."""
    index = ConceptIndex.of(office.forms[FOLLOW_UP]).concepts
    gone = {index.get(name) for name in CONFIRMED}
    return {ref: words for ref, words in record.typing.items() if ref not in gone}
