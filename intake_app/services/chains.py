"""Which version of a record stands at the centre, so that the next edit names that one as its deprecatedID.

The centre says only that an edit came too late, and an app user cannot read records back (ODK Central: 403). So the
laptop knows the newer version from whoever does: a place that hands the same person over, or the Werkcentrum itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import FrozenInstance, InstanceStatus, OutboxItem
from intake_app.errors import EditOutOfDate
from intake_app.services.caseload import is_caseload
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork

CONFLICT = "conflict"
"""Kind under which the files of a talk hold what met at the desk."""
INTAKE = "intake"
Versions = Mapping[str, Sequence[str]]
"""Form id to the versions of one record that reached the centre, the oldest first, as somebody else knows them."""
_NAMED = re.compile(rb"(<(?:\w+:)?deprecatedID>)[^<]*(</)")


@dataclass(frozen=True)
class Chains:
    """What the next records of a person have to name, where the centre refused an edit as out of date.

    `names` holds the version by form id; for a form in `held` nobody knows what stands at the centre, and its record
    is kept apart. `replaced` are the rows that never go, since the next records say all they said.
    """

    names: Mapping[str, InstanceId] = field(default_factory=dict)
    held: frozenset[str] = frozenset()
    replaced: tuple[InstanceId, ...] = ()

    def linked(self, one: FrozenInstance) -> FrozenInstance:
        """The record as an edit of what stands at the centre; one that is no edit stays as it is."""
        name = self.names.get(one.form_id)
        if name is None or one.deprecated_id is None:
            return one
        status = InstanceStatus.SUBMISSION_FAILED if one.form_id in self.held else one.status
        sent = edit_of(one.released_xml, name) if one.released_xml is not None else None
        return replace(one, xml=edit_of(one.xml, name), released_xml=sent, deprecated_id=name, status=status)


@dataclass(frozen=True)
class Refused:
    """An edit that came too late: what it named as the version before it, and the rows that go on from it."""

    first: FrozenInstance
    base: InstanceId
    rows: tuple[InstanceId, ...]


def edit_of(xml: bytes, name: str) -> bytes:
    """The same record, naming another version as the one before it."""
    return _NAMED.sub(rb"\g<1>" + name.encode() + rb"\g<2>", xml, count=1)


def is_overtaken(item: OutboxItem) -> bool:
    """Whether this row was refused as out of date, or is held since nobody knows what stands at the centre."""
    return item.set_apart and item.last_problem == EditOutOfDate.code


def held(item: OutboxItem) -> OutboxItem:
    """The row set apart with that reason, without an attempt."""
    return replace(item, set_apart=True, last_problem=EditOutOfDate.code)


@guarded(Action.TALK)
def next_chains(store: Store, participant_id: ParticipantId, settling: Versions | None = None) -> Chains:
    """What the records that are finished now have to name; `settling` are the versions that are being settled.

    What another place told counts only once somebody chose between both at the desk. Raises StorageError.
    """
    with store.unit_of_work() as uow:
        refused = refused_edits(uow, participant_id)
        told = [settling or {}, *(_settled(uow, participant_id) if refused else ())]
    names, unknown = {}, set()
    for form_id, one in refused.items():
        newest = stands(one, [versions.get(form_id, ()) for versions in told])
        names[form_id] = newest or one.base
        if newest is None:
            unknown.add(form_id)
    rows = tuple(name for one in refused.values() for name in one.rows)
    return Chains(names, frozenset(unknown), rows)


def stands(refused: Refused, told: Iterable[Sequence[str]]) -> InstanceId | None:
    """The newest version at the centre, as the first of these tells that knows the one we started from."""
    ours = {refused.base, refused.first.instance_id}
    for versions in told:
        if not ours.isdisjoint(versions) and versions[-1] not in ours:
            return InstanceId(versions[-1])
    return None


def refused_edits(uow: UnitOfWork, participant_id: ParticipantId) -> dict[str, Refused]:
    """By form id, what the centre refused of this person as out of date."""
    mine = [head for head in uow.outbox.heads() if head.participant_id == participant_id]
    if not any(head.set_apart for head in mine):
        return {}
    waiting = uow.outbox.some([head.instance_id for head in mine])
    found: dict[str, Refused] = {}
    for one in uow.instances.of_participant(participant_id):
        item, before = waiting.get(one.instance_id), one.deprecated_id
        if item is None or before is None:
            continue
        known = found.get(one.form_id)
        if known is not None and (is_overtaken(item) or before in known.rows):
            found[one.form_id] = replace(known, rows=(*known.rows, one.instance_id))
        elif known is None and is_overtaken(item):
            found[one.form_id] = Refused(one, before, (one.instance_id,))
    return found


def arrived(uow: UnitOfWork, participant_id: ParticipantId) -> dict[str, list[str]]:
    """By form id, the versions of the newest record that the centre confirmed to this place, the oldest first."""
    found_here = uow.instances.of_participant(participant_id)
    # of what was taken back the centre has no version that anybody could go on from
    records = [one for one in found_here if one.released_xml is not None and not is_caseload(one.xml)]
    by_name = {one.instance_id: one for one in records}
    newest = {str(one.form_id): one for one in records if one.status is InstanceStatus.SUBMITTED}
    found: dict[str, list[str]] = {}
    for form_id, last in newest.items():
        chain: list[str] = []
        name: InstanceId | None = last.instance_id
        while name is not None and name not in chain:
            chain.insert(0, name)
            name = by_name[name].deprecated_id if name in by_name else None
        found[form_id] = chain
    return found


def talks_of_person(uow: UnitOfWork, participant_id: ParticipantId) -> tuple[InstanceId, ...]:
    """Open talks and finished ones: what met at the desk lies with one of them."""
    drafts = [one.instance_id for one in uow.drafts.list() if one.participant_id == participant_id]
    finished = [one.instance_id for one in uow.instances.of_participant(participant_id) if one.form_id == INTAKE]
    return (*drafts, *finished)


def _settled(uow: UnitOfWork, participant_id: ParticipantId) -> list[Versions]:
    """What other places told at meetings that were settled, the newest first."""
    kept = [
        json.loads(uow.files.get(talk, CONFLICT, name))
        for talk in talks_of_person(uow, participant_id)
        for name in uow.files.names(talk, CONFLICT)
    ]
    done = sorted((one for one in kept if one["settled_at"]), key=lambda one: str(one["settled_at"]), reverse=True)
    return [one.get("versions", {}) for one in done]
