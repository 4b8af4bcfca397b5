"""What a record takes the place of: the newest earlier record of the same person and form (DESIGN 8, edits)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from intake_app.domain.caseload import CASELOAD
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import FrozenInstance
from intake_app.services.caseload import is_caseload, tells_list
from intake_app.services.chains import edit_of
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork
from intake_app.services.records import first_version

STATUS = "status"
Earlier = Mapping[str, FrozenInstance]


@guarded(Action.TALK)
def earlier_records(store: Store, participant_id: ParticipantId) -> Earlier:
    """Form id to the newest finished record of this person on this laptop. Raises RecordMissing, StorageError.

    The newest record that changed the entity list stands under the name of the list. Counts that a follow-up renewed
    are the next version of those of the talk, but for those that the centre refused.
    """
    newest: dict[str, FrozenInstance] = {}
    with store.unit_of_work() as uow:
        for instance in (*uow.instances.of_participant(participant_id), *_renewed_counts(uow, participant_id)):
            names = [CASELOAD] if tells_list(instance.xml) else []
            names += [] if is_caseload(instance.xml) else [str(instance.form_id)]
            for name in names:
                known = newest.get(name)
                if known is None or known.finalized_at <= instance.finalized_at:
                    newest[name] = instance
    return newest


def _renewed_counts(uow: UnitOfWork, participant_id: ParticipantId) -> Iterator[FrozenInstance]:
    card = uow.cards.of(participant_id)
    owner = ParticipantId(card.card_id) if card is not None else participant_id
    apart = {head.instance_id for head in uow.outbox.heads() if head.set_apart and head.participant_id == owner}
    for one in uow.follow_ups.of(owner):
        if one.form_id == STATUS and one.instance_id not in apart:
            yield FrozenInstance(
                one.instance_id,
                participant_id,
                one.form_id,
                one.form_version,
                one.status,
                one.at,
                one.xml,
                one.released_xml,
                one.deprecated_id,
            )


def replaced_by(form_id: str, earlier: Earlier) -> InstanceId | None:
    """The record that a new one of this form replaces, if there is one."""
    before = earlier.get(form_id)
    return before.instance_id if before else None


def released_before(form_id: str, earlier: Earlier) -> bytes | None:
    """The copy that the server may know already, to be edited; None where nothing of this form ever left."""
    before = earlier.get(form_id)
    return before.released_xml if before else None


def as_edit(one: FrozenInstance, before: FrozenInstance | None) -> FrozenInstance:
    """A talk that was opened again, naming the record that the centre may have now: it can have begun anew there, or
    been taken back, while the talk was open."""

    def named(xml: bytes) -> bytes:
        if before is None or before.released_xml is None:
            return first_version(xml)
        return edit_of(xml, before.instance_id)

    return replace(one, xml=named(one.xml), released_xml=one.released_xml and named(one.released_xml))


@guarded(Action.TALK)
def plan_turn(store: Store, participant_id: ParticipantId, talk: InstanceId, form_id: str) -> int:
    """Which plan of this person a talk makes, from 1: one more than the talks that were finished before it, and than
    the last plan that a follow-up made."""
    with store.unit_of_work() as uow:
        found = uow.instances.of_participant(participant_id)
        plans = uow.plans.of_participant(participant_id)
    turns = [plan.plan_number.rpartition("-")[2] for plan in plans if plan.instance_id != talk]
    talks = sum(one.form_id == form_id and one.instance_id != talk for one in found)
    return 1 + max([talks, *(int(turn) for turn in turns if turn.isdecimal())])
