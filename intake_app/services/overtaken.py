"""Edits that the centre refused since somebody else was first: they belong on the conflict desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.services.chains import is_overtaken
from intake_app.services.conflicts import meetings
from intake_app.services.follow_up_chains import all_late, settled_version
from intake_app.services.follow_up_desk import follow_up_meetings
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import UnitOfWork

if TYPE_CHECKING:
    from intake_app.services.office import Office


@dataclass(frozen=True)
class Overtaken:
    """One of the own people whose correction was refused; `meeting` is the name of what met at the desk since, or
    empty while the other version has not come here.

    `form_id` is empty for the talk and what belongs to it, else that of the record of a follow-up, or of its counts.
    `settled`: it was chosen about in a follow-up that is still open, and follows when that is finished.
    """

    participant_id: ParticipantId
    number: str
    meeting: str = ""
    call_name: str = field(default="", repr=False)
    form_id: str = ""
    settled: bool = False


@guarded(Action.PEOPLE)
def overtaken_edits(office: Office) -> tuple[Overtaken, ...]:
    """Everybody for whom a correction waits that the centre found out of date: those of talks first, each person once,
    then those of follow-ups. An app user cannot read what stands there: another place has to hand it over, or the
    Werkcentrum. Raises StorageError.
    """
    with office.store.unit_of_work() as uow:
        refused = _refused(uow)
        if not refused:
            return ()
        cards = {card.card_id: card for card in uow.cards.list()}
        whose = {
            name: cards[one].participant_id if one in cards else ParticipantId(one) for name, one in refused.items()
        }
        after = {name: one for who in sorted(set(whose.values())) for name, one in _of_follow_ups(uow, who)}
        talks = {who for name, who in whose.items() if name not in after}
        people = [one for one in uow.participants.list() if one.participant_id in talks]
    met = {one.participant_id: one.name for one in meetings(office)}
    found = [
        Overtaken(one.participant_id, one.number, met.get(one.participant_id, ""), one.call_name) for one in people
    ]
    return (*found, *_with_meetings(office, dict.fromkeys(after.values())))


def _refused(uow: UnitOfWork) -> dict[InstanceId, str]:
    """The rows, and whose they are."""
    apart = [head.instance_id for head in uow.outbox.heads() if head.set_apart]
    items = uow.outbox.some(apart) if apart else {}
    return {name: item.participant_id for name, item in items.items() if item.participant_id and is_overtaken(item)}


def _of_follow_ups(uow: UnitOfWork, participant_id: ParticipantId) -> Iterator[tuple[InstanceId, Overtaken]]:
    late = all_late(uow, participant_id)
    if not late:
        return
    card = uow.cards.of(participant_id)
    who = card if card is not None else uow.participants.get(participant_id)
    for one in late:
        told = Overtaken(
            participant_id,
            who.number,
            call_name=who.call_name,
            form_id=str(one.record.form_id),
            settled=bool(settled_version(uow, one)),
        )
        yield from ((name, told) for name in one.rows)


def _with_meetings(office: Office, found: Mapping[Overtaken, None]) -> Iterator[Overtaken]:
    met = {(one.participant_id, one.form_id): one.name for one in follow_up_meetings(office)} if found else {}
    for one in found:
        yield replace(one, meeting=met.get((one.participant_id, one.form_id), ""))
