"""What a consent that is taken back does to follow-up talks: what waits is not sent, what it allowed goes."""

from __future__ import annotations

from dataclasses import replace

from intake_app.domain.consent import ConsentCode
from intake_app.domain.follow_up import FollowUpRecord
from intake_app.domain.ids import ParticipantId
from intake_app.profile.answers import Answers
from intake_app.services.follow_up_known import FOLLOW_UP, STATUS
from intake_app.services.office import Office
from intake_app.services.outgoing import take_out
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import UnitOfWork
from intake_app.xforms.api import FormEntry

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
    elif code is ConsentCode.COUNTING:
        _unsend(uow, tuple(one for one in records if one.form_id == STATUS), owner)
    if code in _GROUP:
        for one in uow.follow_ups.of(owner):
            if one.form_id == FOLLOW_UP:
                uow.follow_ups.save(replace(one, xml=_without_group(office, one)))


def _unsend(uow: UnitOfWork, records: tuple[FollowUpRecord, ...], owner: ParticipantId) -> None:
    names = {one.instance_id for one in records}
    waiting = [item.instance_id for item in uow.outbox.waiting() if item.participant_id == owner]
    for name in waiting:
        if name in names:
            take_out(uow, name)


def _without_group(office: Office, record: FollowUpRecord) -> bytes:
    form = office.forms[FOLLOW_UP]
    entry = FormEntry.restore(form, record.xml)
    ref = Answers(entry, form).ref("target_group")
    if ref is None or not entry.value(ref):
        return record.xml
    entry.set_value(ref, "")
    return entry.savepoint()
