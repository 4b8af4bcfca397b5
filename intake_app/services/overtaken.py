"""Edits that the centre refused since somebody else was first: they belong on the conflict desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from intake_app.domain.ids import ParticipantId
from intake_app.services.chains import is_overtaken
from intake_app.services.conflicts import meetings
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import UnitOfWork

if TYPE_CHECKING:
    from intake_app.services.office import Office


@dataclass(frozen=True)
class Overtaken:
    """One of the own people whose correction was refused; `meeting` is the name of what met at the desk since, or
    empty while the other version has not come here."""

    participant_id: ParticipantId
    number: str
    meeting: str = ""
    call_name: str = field(default="", repr=False)


@guarded(Action.PEOPLE)
def overtaken_edits(office: Office) -> tuple[Overtaken, ...]:
    """Everybody for whom a correction waits that the centre found out of date. An app user cannot read what stands
    there: the other place has to hand it over. Raises StorageError.
    """
    met = {one.participant_id: one.name for one in meetings(office)}
    with office.store.unit_of_work() as uow:
        refused = _refused(uow)
        if not refused:
            return ()
        cards = {card.card_id: card.participant_id for card in uow.cards.list()}
        owners = {cards.get(owner, ParticipantId(owner)) for owner in refused}
        people = [one for one in uow.participants.list() if one.participant_id in owners]
    return tuple(
        Overtaken(one.participant_id, one.number, met.get(one.participant_id, ""), one.call_name) for one in people
    )


def _refused(uow: UnitOfWork) -> set[str]:
    apart = [head.instance_id for head in uow.outbox.heads() if head.set_apart]
    items = uow.outbox.some(apart).values() if apart else ()
    return {item.participant_id for item in items if item.participant_id and is_overtaken(item)}
