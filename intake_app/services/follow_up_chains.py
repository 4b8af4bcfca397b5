"""Corrections of a follow-up, or of its counts, that came too late at the centre: what the next one has to name.

A follow-up hangs on a case card and not on its talk, so these chains are told apart from those of the talk
(`services.chains`); the rule is the same: nobody is told which version stands at the centre but by that record itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from intake_app.domain.follow_up import MET, REPLACED, FollowUpRecord
from intake_app.domain.ids import AccountId, InstanceId, ParticipantId
from intake_app.domain.instance import FrozenInstance, OutboxItem
from intake_app.errors import RecordErased, RecordMissing
from intake_app.services.caseload import is_caseload
from intake_app.services.chains import INTAKE, edit_of, held, is_overtaken, refused_edits
from intake_app.services.outgoing import take_out
from intake_app.services.ports import UnitOfWork

FOLLOW_UP, PLAN = "follow_up", "plan"
_NAMED = re.compile(rb"<(?:\w+:)?deprecatedID>([^<]+)<")


@dataclass(frozen=True)
class Late:
    """A correction that came too late: the newest one of its record that is here, what it replaces at the centre, and
    the rows that never go."""

    record: FollowUpRecord
    base: InstanceId
    rows: tuple[InstanceId, ...]

    def goes_before(self, record: FollowUpRecord) -> bool:
        """Whether this record takes the place of the late one."""
        return record.form_id == self.record.form_id and record.deprecated_id in (self.base, *self.rows)

    def is_news(self, name: str) -> bool:
        """Whether a version at the centre is none that is known here."""
        return bool(name) and name not in (self.base, *self.rows)


@dataclass(frozen=True)
class Following:
    """A record as it has to leave. `held`: nobody knows here what stands at the centre; `rows` never go any more."""

    record: FollowUpRecord
    rows: tuple[InstanceId, ...] = ()
    held: bool = field(default=False)


def late_corrections(uow: UnitOfWork, owner: ParticipantId) -> tuple[Late, ...]:
    """What the centre refused as out of date of a card, or of a person without one, the oldest first."""
    heads = [head for head in uow.outbox.heads() if head.participant_id == owner]
    if not any(head.set_apart for head in heads):
        return ()
    waiting = uow.outbox.some([head.instance_id for head in heads])
    records = {one.instance_id: one for one in uow.follow_ups.of(owner) if not is_caseload(one.xml)}
    found: list[Late] = []
    for head in heads:
        item = waiting.get(head.instance_id)
        before = _replaces(item, records.get(head.instance_id)) if item is not None else None
        if item is None or before is None:
            continue
        known = next((one for one in found if item.form_id == one.record.form_id and _goes_on(one, before)), None)
        record = records.get(item.instance_id)
        if known is not None:
            found[found.index(known)] = Late(record or known.record, known.base, (*known.rows, item.instance_id))
        elif is_overtaken(item):
            newest = record or _after(item.instance_id, records.values())
            found += [Late(newest, before, (item.instance_id,))] if newest is not None else []
    return tuple(found)


def follow_on(uow: UnitOfWork, record: FollowUpRecord, stands: str = "") -> Following:
    """The record as an edit of what stands at the centre, where what it replaces came too late there.

    `stands` is the version that is being settled; else it is that of a meeting that was settled about this record.
    """
    late = next((one for one in late_corrections(uow, record.owner) if one.goes_before(record)), None)
    if late is None:
        return Following(record)
    newest = stands if late.is_news(stands) else settled_version(uow, late)
    name = InstanceId(newest or late.base)
    sent = edit_of(record.released_xml, name) if record.released_xml is not None else None
    linked = replace(record, xml=edit_of(record.xml, name), released_xml=sent, deprecated_id=name)
    return Following(linked, late.rows, not newest)


def make_way(uow: UnitOfWork, following: Following) -> None:
    """Take out what the centre would refuse for ever, and keep the new row apart while nobody knows what it must name.

    To be called when the new record was queued.
    """
    waiting = uow.outbox.still_waiting(following.rows)
    for name in following.rows:
        if name in waiting:
            take_out(uow, name)
    name = following.record.instance_id
    if following.held and following.record.released_xml is not None:
        uow.outbox.save_attempt(held(uow.outbox.get(name)))


def keep_replaced(uow: UnitOfWork, record: FollowUpRecord, before: FollowUpRecord) -> None:
    """What a correction started from, and what met about that, goes along with the correction, while it is needed."""
    for kind in (MET, REPLACED):
        carry_along(uow, record, before.instance_id, kind)
    if before.released_xml is not None:
        uow.files.save(record.owner, record.instance_id, REPLACED, before.instance_id, before.released_xml)


def late_plan(uow: UnitOfWork, participant_id: ParticipantId) -> Late | None:
    """The plan that a follow-up renewed and that came too late; None where the talk itself did, which renews it too,
    and where only the card is here."""
    try:
        plans = [one for one in uow.instances.of_participant(participant_id) if one.form_id in (PLAN, INTAKE)]
    except (RecordErased, RecordMissing):
        return None
    refused = refused_edits(uow, participant_id)
    plan = refused.get(PLAN)
    talks = {one.finalized_at for one in plans if one.form_id == INTAKE}
    if plan is None or INTAKE in refused or plan.first.finalized_at in talks:
        return None
    return Late(plan_kept(next(one for one in plans if one.instance_id == plan.rows[-1])), plan.base, plan.rows)


def plan_kept(plan: FrozenInstance) -> FollowUpRecord:
    """The record of a plan as those that hang on a card are told."""
    return FollowUpRecord(
        plan.instance_id,
        plan.participant_id,
        plan.form_id,
        plan.form_version,
        AccountId(""),
        plan.status,
        plan.finalized_at,
        plan.xml,
        plan.released_xml,
        plan.deprecated_id,
    )


def all_late(uow: UnitOfWork, participant_id: ParticipantId) -> tuple[Late, ...]:
    """Everything of the follow-ups of a person that came too late: talks, counts and the plan."""
    plan = late_plan(uow, participant_id)
    return (*late_corrections(uow, owner_of(uow, participant_id)), *([plan] if plan is not None else []))


def owner_of(uow: UnitOfWork, participant_id: ParticipantId) -> ParticipantId:
    """What the follow-ups of a person hang on: the card, or without one the person."""
    card = uow.cards.of(participant_id)
    return ParticipantId(card.card_id) if card is not None else participant_id


def records_met(uow: UnitOfWork, participant_id: ParticipantId) -> tuple[FollowUpRecord, ...]:
    """Every record with which something that met can lie: follow-ups, counts, and plans while the talk is here."""
    plans: list[FollowUpRecord] = []
    with suppress(RecordErased, RecordMissing):
        plans = [plan_kept(one) for one in uow.instances.of_participant(participant_id) if one.form_id == PLAN]
    return (*uow.follow_ups.of(owner_of(uow, participant_id)), *plans)


def carry_along(uow: UnitOfWork, record: FollowUpRecord, before: InstanceId, kind: str = MET) -> None:
    """What lies with a record lies with the one that takes its place."""
    for name in uow.files.names(before, kind):
        uow.files.save(record.owner, record.instance_id, kind, name, uow.files.get(before, kind, name))
    uow.files.keep_only(before, kind, ())


def replaced_of(uow: UnitOfWork, late: Late) -> bytes:
    """The version that both places started from, as it left; empty where it is no longer here."""
    if late.base in uow.files.names(late.record.instance_id, REPLACED):
        return uow.files.get(late.record.instance_id, REPLACED, late.base)
    for one in uow.follow_ups.of(late.record.owner):
        if one.instance_id == late.base:
            return one.released_xml or b""
    with suppress(RecordMissing, RecordErased):
        return uow.instances.get(late.base).released_xml or b""
    return b""


def settled_version(uow: UnitOfWork, late: Late) -> str:
    """The version at the centre that a meeting about this correction was settled on, while it still waits; or empty."""
    told = (str(kept["stands"]) for kept in _met(uow, late.record.instance_id) if kept["settled_at"])
    return next(filter(late.is_news, told), "")


def open_version(uow: UnitOfWork, late: Late) -> str:
    """The version at the centre that was opened here about this record and is not settled yet, or empty."""
    told = (str(kept["stands"]) for kept in _met(uow, late.record.instance_id) if not kept["settled_at"])
    return next(filter(late.is_news, told), "")


def let_go_of_met(uow: UnitOfWork, participant_id: ParticipantId, stands: Container[str]) -> None:
    """What met about these versions and needs nobody any more: the records follow on them."""
    for one in records_met(uow, participant_id):
        names = uow.files.names(one.instance_id, MET)
        gone = {name for name in names if json.loads(uow.files.get(one.instance_id, MET, name))["stands"] in stands}
        if gone:
            uow.files.keep_only(one.instance_id, MET, set(names) - gone)


def _met(uow: UnitOfWork, record: InstanceId) -> Iterator[dict[str, Any]]:
    kept = [json.loads(uow.files.get(record, MET, name)) for name in uow.files.names(record, MET)]
    yield from sorted(kept, key=lambda one: str(one["settled_at"]), reverse=True)


def _replaces(item: OutboxItem, record: FollowUpRecord | None) -> InstanceId | None:
    """The version that a row names; None for what is no correction of a follow-up or of its counts."""
    if record is not None:
        return record.deprecated_id
    named = _NAMED.search(item.xml) if item.form_id == FOLLOW_UP else None
    return InstanceId(named[1].decode()) if named else None


def _goes_on(late: Late, before: InstanceId) -> bool:
    return before == late.base or before in late.rows


def _after(name: InstanceId, records: Iterable[FollowUpRecord]) -> FollowUpRecord | None:
    """The correction that took the place of one whose own record is no longer here."""
    return next((one for one in records if one.deprecated_id == name), None)
