"""The conflict desk for a follow-up: a correction that came too late beside the version at the centre."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from intake_app.domain.consent import ConsentCode, released
from intake_app.domain.draft import AuditLine
from intake_app.domain.follow_up import MET, REPLACED, FollowUpRecord
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.errors import CentreRecordOther, EventRefused, RecordErased, RecordMissing
from intake_app.profile.answers import Answers
from intake_app.services.beside import beside
from intake_app.services.conflicts import ConflictDesk, Place, chosen_answer
from intake_app.services.differences import Differing, differences, is_asked
from intake_app.services.finalize import FinalizeOutcome
from intake_app.services.follow_up_chains import FOLLOW_UP, PLAN, Late, all_late, records_met, replaced_of
from intake_app.services.follow_up_settle import Along, settle_counts, settle_plan, settle_talk
from intake_app.services.follow_up_told import read_told
from intake_app.services.hand_over import Source
from intake_app.services.meeting import Choices, Meeting
from intake_app.services.policy import Action, guarded, guarded_object
from intake_app.services.ports import UnitOfWork
from intake_app.xforms.api import FormDefinition, FormEntry

if TYPE_CHECKING:
    from intake_app.services.office import Office

_LEAVES = frozenset({ConsentCode.CENTRAL, ConsentCode.CONTACT})
"""Consents with which a follow-up leaves: what else it holds is not at the centre."""


@guarded_object(Action.PEOPLE)
class FollowUpDesk(ConflictDesk):
    """One meeting about a follow-up, or about its counts, as its page drives it; also when only the card is here."""

    def meeting(self, *, compare: bool = True) -> Meeting:
        """As it stands now. Raises RecordMissing."""
        kept = self._kept()
        found = super().meeting(compare=compare)
        held_on = date.fromisoformat(kept["held_on"]) if kept["held_on"] else None
        idle = self._idle(kept, [one.key for one in found.differences])
        found = replace(found, differences=tuple(replace(one, idle=one.key in idle) for one in found.differences))
        return replace(found, form_id=str(kept["form"]), held_on=held_on, compared=bool(kept["given"]))

    def choices(self) -> Choices:
        """What was chosen so far, and which questions are not asked by that. Raises RecordMissing."""
        kept = self._kept()
        return replace(super().choices(), idle=self._idle(kept, list(self._differing(kept))))

    def _idle(self, kept: dict[str, Any], keys: list[str]) -> frozenset[str]:
        """As the correction would stand with what was chosen about single questions."""
        form = self.office.forms[FOLLOW_UP]
        single = [key for key in keys if key in form.controls and kept["chosen"].get(key)]
        if not keys:
            return frozenset()
        found = self._differing(kept)
        entry = self._entry(form, b64decode(kept["ours"]) or self._mine())
        for key in single:
            told = chosen_answer(found[key], kept["chosen"][key], kept["own"].get(key, ""))
            if entry.takes_answer(key):
                entry.set_value(key, told.rows[0][""] if told.rows else "")
        return frozenset(key for key in keys if not is_asked(form, entry, key))

    def settle(self) -> FinalizeOutcome:
        """Make the choices the next version, after the one at the centre; both answers stay with the meeting.

        It is one transaction. Raises EventRefused while questions are left, or for a choice that the form does not
        take, RecordMissing, StorageError; then nothing has changed.
        """
        kept = self._kept()
        found = self._differing(kept)
        idle = self._idle(kept, list(found))
        if any(key not in kept["chosen"] for key in found if key not in idle):
            raise EventRefused(ref=self.name, reason="conflict_open")
        record, stands = self._record(), str(kept["stands"])
        if record.form_id != FOLLOW_UP:
            again = settle_plan if record.form_id == PLAN else settle_counts
            return again(self.office, self.participant_id, stands, self._done(kept, record))
        chosen = {
            key: chosen_answer(one, kept["chosen"][key], kept["own"].get(key, ""))
            for key, one in found.items()
            if key in kept["chosen"]
        }
        return settle_talk(self.office, record, self.participant_id, chosen, stands, self._done(kept, record))

    def _done(self, kept: dict[str, Any], record: FollowUpRecord) -> Along:
        """Note that it was settled, with the record that came of it; nobody typed anything about counts."""
        settled = {**kept, "settled_at": self.office.clock.now().isoformat(), "moves": []}
        settled["ours"] = kept["ours"] or b64encode(record.released_xml or b"").decode()

        def along(uow: UnitOfWork, made: InstanceId) -> None:
            if record.form_id != FOLLOW_UP:
                for one in (made, record.instance_id):
                    uow.files.keep_only(one, MET, set(uow.files.names(one, MET)) - {self.name})
                return
            uow.files.save(record.owner, made, MET, self.name, json.dumps(settled).encode())
            if made != record.instance_id:
                uow.files.save(record.owner, made, REPLACED, kept["stands"], b64decode(kept["theirs"]))

        return along

    def _differing(self, kept: dict[str, Any]) -> dict[str, Differing]:
        if kept["form"] != FOLLOW_UP:
            return {}
        form = self.office.forms[FOLLOW_UP]
        shared = released(_LEAVES, {ref: bind.tags for ref, bind in form.binds.items()})
        ours = b64decode(kept["ours"]) or self._mine()
        given = b64decode(kept["given"])
        base = self._entry(form, given) if given else None
        theirs = b64decode(kept["theirs"])
        return differences(form, self._entry(form, ours), self._entry(form, theirs), base, shared)

    def _mine(self) -> bytes:
        """What stands here now: the correction while it is open to be corrected once more, else as it would leave."""
        record = self._record()
        with self.office.store.unit_of_work() as uow:
            records = uow.follow_ups.of(record.owner)
        open_one = next((one for one in records if one.is_open and one.deprecated_id == record.instance_id), None)
        return open_one.xml if open_one is not None else record.released_xml or record.xml

    def _entry(self, form: FormDefinition, xml: bytes) -> FormEntry:
        return FormEntry.restore(form, xml, now=self.office.clock.now, language="nl")

    def _here(self, kept: dict[str, Any]) -> Source:
        place, record = self.office.installation, self._record()
        return Source(place.organisation, place.location, self.office.store.account.name, record.at.date(), "")

    def _who(self) -> tuple[str, str]:
        with self.office.store.unit_of_work() as uow:
            card = uow.cards.of(self.participant_id)
            with suppress(RecordMissing, RecordErased):
                person = uow.participants.get(self.participant_id)
                return person.number, person.call_name or (card.call_name if card is not None else "")
        if card is None:
            raise RecordMissing(kind=MET, id=self.name)
        return card.number, card.call_name

    def _place(self, uow: UnitOfWork) -> Place:
        record = self._lies_with(uow)
        return Place(record.owner, record.instance_id, MET)

    def _lies_with(self, uow: UnitOfWork) -> FollowUpRecord:
        for one in records_met(uow, self.participant_id):
            if self.name in uow.files.names(one.instance_id, MET):
                return one
        raise RecordMissing(kind=MET, id=self.name)

    def _record(self) -> FollowUpRecord:
        with self.office.store.unit_of_work() as uow:
            return self._lies_with(uow)


@guarded(Action.PEOPLE)
def follow_up_meetings(office: Office, *, settled: bool = False) -> tuple[Meeting, ...]:
    """What met here about follow-ups and is not settled yet, or was, the newest first; without its questions."""
    with office.store.unit_of_work() as uow:
        names = uow.files.of_kind(MET)
        people = {card.card_id: card.participant_id for card in uow.cards.list()} if names else {}
    found = [FollowUpDesk(office, people.get(owner, owner), name).meeting(compare=False) for owner, name in names]
    fitting = [one for one in found if (one.settled_at is not None) is settled]
    return tuple(sorted(fitting, key=lambda one: one.met_at, reverse=True))


@guarded(Action.PEOPLE)
def desk_of(office: Office, participant_id: ParticipantId, name: str) -> ConflictDesk:
    """The desk for a meeting of this person, about the plan or about a follow-up."""
    with office.store.unit_of_work() as uow:
        here = any(name in uow.files.names(one.instance_id, MET) for one in records_met(uow, participant_id))
    return FollowUpDesk(office, participant_id, name) if here else ConflictDesk(office, participant_id, name)


@guarded(Action.PEOPLE)
def meet_follow_up(office: Office, form: FormDefinition, entry: FormEntry, xml: bytes) -> Meeting:
    """Lay a follow-up, its counts or the plan that it renewed, as it stands at the centre, beside our correction.

    The same twice is one meeting; a newer version takes the place of one that was not settled, with the words that
    were typed there. Raises CentreRecordOther for one that no such correction is about, and for a version that is known
    here.
    """
    number = Answers(entry, form).host("participant_number")
    stands = entry.instance_id
    with office.store.unit_of_work() as uow:
        participant_id = _with_number(uow, number)
        late = _about(office, all_late(uow, participant_id), form, xml) if participant_id is not None else None
        if participant_id is None or late is None:
            raise CentreRecordOther(form_id=form.form_id, problem="person")
        if not late.is_news(stands):
            raise CentreRecordOther(form_id=form.form_id, problem="version")
        before = replaced_of(uow, late)
        record = late.record.instance_id
        name = sha256(xml).hexdigest()[:32]
        known = name in uow.files.names(record, MET)
        earlier = [json.loads(uow.files.get(record, MET, one)) for one in uow.files.names(record, MET)]
    desk = FollowUpDesk(office, participant_id, name)
    if known:
        return desk.meeting()
    kept = {"name": name, **_fresh(office, late, stands, xml, before)}
    for one in earlier:
        if not one["settled_at"]:
            kept["own"].update(one["own"])
    with office.store.unit_of_work() as uow:
        uow.files.save(late.record.owner, record, MET, name, json.dumps(kept).encode())
        replaced = {told["name"] for told in earlier if not told["settled_at"]}
        uow.files.keep_only(record, MET, set(uow.files.names(record, MET)) - replaced)
        uow.audit.add(AuditLine(office.clock.now(), office.store.account.account_id, "conflict_met", participant_id))
        uow.commit()
    return desk.meeting()


@guarded(Action.RIGHTS)
def told_of_follow_ups(office: Office, participant_id: ParticipantId) -> tuple[tuple[Source, FormEntry], ...]:
    """What the centre told about follow-ups of somebody: who it is from, and the answers."""
    form = office.forms[FOLLOW_UP]
    with office.store.unit_of_work() as uow:
        kept = [
            json.loads(uow.files.get(one.instance_id, MET, name))
            for one in records_met(uow, participant_id)
            for name in uow.files.names(one.instance_id, MET)
        ]
    return tuple(
        (
            Source("", "", "", datetime.fromisoformat(one["met_at"]).date(), ""),
            FormEntry.restore(form, b64decode(one["theirs"]), language="nl"),
        )
        for one in kept
        if one["form"] == FOLLOW_UP
    )


def _with_number(uow: UnitOfWork, number: str) -> ParticipantId | None:
    cards = [one.participant_id for one in uow.cards.list() if one.number == number]
    people = [one.participant_id for one in uow.participants.list() if one.number == number]
    return next(iter((*cards, *people)), None)


def _about(office: Office, late: tuple[Late, ...], form: FormDefinition, xml: bytes) -> Late | None:
    """The correction that this record is about: of the version it names, else of the talk of the same day. Counts and
    plan are one record for each person."""
    found = [one for one in late if one.record.form_id == form.form_id]
    if form.form_id != FOLLOW_UP:
        return found[0] if found else None
    named = [one for one in found if one.base.encode() in xml]
    if named:
        return named[0]
    day = read_told(xml, office.forms[FOLLOW_UP]).day
    same_day = [one for one in found if read_told(one.record.xml, office.forms[FOLLOW_UP]).day == day]
    return same_day[0] if len(same_day) == 1 else None


def _fresh(office: Office, late: Late, stands: str, xml: bytes, before: bytes) -> dict[str, Any]:
    """The meeting as it is kept, before anything was chosen."""
    record, today = late.record, office.clock.today()
    is_talk = record.form_id == FOLLOW_UP
    lines = beside(office, record.form_id, record.form_version, (before, record.released_xml or b"", xml))
    day = read_told(record.xml, office.forms[FOLLOW_UP]).day if is_talk else None
    return {
        "form": str(record.form_id),
        "stands": stands,
        "held_on": day.isoformat() if day is not None else "",
        "met_at": office.clock.now().isoformat(),
        "there": {
            "organisation": "",
            "location": "",
            "counsellor": "",
            "made_on": today.isoformat(),
            "plan_number": "",
        },
        "here": {},
        "theirs": b64encode(xml).decode(),
        "given": b64encode(before).decode(),
        "beside": [[one.name, one.question, one.here, one.there] for one in lines if not (is_talk and one.question)],
        "ours": "",
        "base": "",
        "versions": {},
        "chosen": {},
        "own": {},
        "moves": [],
        "settled_at": "",
    }
