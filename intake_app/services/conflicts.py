"""The conflict desk: changes to one case from two places meet, each question is settled by one click, nothing is lost.

What came from the other place is kept, sealed for its person, beside both answers and what was chosen, until the talk
goes. What is settled becomes an edit of the records here; the other place has its own.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from intake_app.domain.draft import AuditLine
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import FrozenInstance
from intake_app.errors import EventRefused, PersonHere, RecordMissing
from intake_app.plan.document import document_from_json
from intake_app.services.chains import CONFLICT, Refused, Versions, refused_edits, stands
from intake_app.services.chains import talks_of_person as _talks
from intake_app.services.continuing import reopen_finished
from intake_app.services.conversation import Conversation
from intake_app.services.differences import HERE, OWN, THERE, Difference, Differing, Told, differences, take_over
from intake_app.services.editions import earlier_records
from intake_app.services.finalize import FinalizeOutcome
from intake_app.services.hand_over import OpenedHandOver, Source, keep_hand_over, read_hand_over
from intake_app.services.meeting import Beside, Choices, Meeting, There
from intake_app.services.met_smaller import TAKEN, allowed_of
from intake_app.services.office import INTAKE, Office
from intake_app.services.policy import Action, guarded, guarded_object
from intake_app.services.ports import UnitOfWork
from intake_app.services.renames import new_names
from intake_app.services.withdrawal import open_talks
from intake_app.xforms.api import FormEntry

_AGAIN = ("status", "know_step")
"""Concepts that a reopened talk asks again; a conflict is settled without the person at the table."""


@guarded(Action.PEOPLE)
def take_hand_over(office: Office, file: Path, number: str, code: str) -> OpenedHandOver | Meeting:
    """Open what another place handed over: an open talk, or for somebody who is here already, a meeting at the desk.

    Raises as `hand_over.open_hand_over`, but PersonHere only where both places say the same, or where nothing of the
    person can be compared.
    """
    told = read_hand_over(office, file, number, code)
    try:
        return keep_hand_over(office, told)
    except PersonHere:
        there = There(told.name, told.person.number, told.source, told.entry.savepoint(), told.base, told.versions)
        return meet(office, there)


@guarded(Action.PEOPLE)
def meetings(office: Office, *, settled: bool = False) -> tuple[Meeting, ...]:
    """What met here and is not settled yet, or was (`settled`), the newest first; without its questions."""
    with office.store.unit_of_work() as uow:
        names = uow.files.of_kind(CONFLICT)
    found = [ConflictDesk(office, owner, name).meeting(compare=False) for owner, name in names]
    fitting = [one for one in found if (one.settled_at is not None) is settled]
    return tuple(sorted(fitting, key=lambda one: one.met_at, reverse=True))


@guarded(Action.RIGHTS)
def told_elsewhere(office: Office, participant_id: ParticipantId) -> tuple[tuple[Source, FormEntry], ...]:
    """What other places handed over about somebody who was here already: who wrote it, and the answers."""
    with office.store.unit_of_work() as uow:
        found = [
            json.loads(uow.files.get(talk, CONFLICT, name))
            for talk in _talks(uow, participant_id)
            for name in uow.files.names(talk, CONFLICT)
        ]
        found = [kept for kept in found if kept["theirs"] != kept.get("given")]
    return tuple((_source(kept["there"]), _entry(office, b64decode(kept["theirs"]))) for kept in found)


@dataclass(frozen=True)
class Place:
    """Under whose key a meeting is kept, with which record, and as which kind."""

    owner: ParticipantId
    record: InstanceId
    kind: str


@guarded_object(Action.PEOPLE)
@dataclass
class ConflictDesk:
    """One meeting, as its page drives it. Every click is kept before it counts; each raises StorageError."""

    office: Office = field(repr=False)
    participant_id: ParticipantId
    name: str

    def choices(self) -> Choices:
        """What was chosen so far, without comparing anew. Raises RecordMissing."""
        kept = self._kept()
        return Choices(kept["chosen"], kept["own"], len(kept["moves"]))

    def meeting(self, *, compare: bool = True) -> Meeting:
        """As it stands now. Raises RecordMissing."""
        kept = self._kept()
        differing = self._differing(kept) if compare else {}
        number, call_name = self._who()
        return Meeting(
            self.name,
            self.participant_id,
            number,
            self._here(kept),
            _source(kept["there"]),
            datetime.fromisoformat(kept["met_at"]),
            datetime.fromisoformat(kept["settled_at"]) if kept["settled_at"] else None,
            tuple(self._difference(key, found, kept) for key, found in differing.items()),
            len(kept["moves"]),
            call_name,
            tuple(Beside(*one) for one in kept.get("beside", ())),
            taken_back=bool(kept.get(TAKEN)),
        )

    def choose(self, key: str, side: str, own: str = "") -> None:
        """Settle one question: as here, as there, or in `own` words."""
        self._change(lambda kept: _move(kept, key, side, own))

    def type(self, key: str, own: str) -> None:
        """Keep words that are still being typed; nothing is chosen by that."""
        self._change(lambda kept: kept["own"].update({key: own}))

    def undo(self) -> None:
        """Take the last click back; without one nothing happens."""
        self._change(_back)

    def settle(self) -> FinalizeOutcome:
        """Make the choices the new version here: an edit of what was sent, or changes in a talk that is still open.

        Both answers stay with the meeting; choosing otherwise and settling again makes a next version. Raises
        EventRefused while questions are left, or for a choice that the form does not take; then nothing has changed.
        """
        kept = self._kept()
        found = self._differing(kept)
        if any(key not in kept["chosen"] for key in found):
            raise EventRefused(ref=self.name, reason="conflict_open")
        chosen = {key: chosen_answer(one, kept["chosen"][key], kept["own"].get(key, "")) for key, one in found.items()}
        ours = b64encode(self._ours()[0]).decode()
        outcome = self._write(chosen, kept.get("versions", {}))
        moment = self.office.clock.now()

        def done(now: dict[str, Any]) -> None:
            now["settled_at"], now["moves"] = moment.isoformat(), []
            now["ours"] = now["ours"] or ours

        self._change(done, "conflict_settled")
        return outcome

    def fall_away(self) -> bool:
        """Settle it where taking a consent back left nothing to choose; whether it did. Raises RecordMissing."""
        kept = self._kept()
        stays = not kept.get(TAKEN) or kept["settled_at"] or kept["beside"]
        if stays or self._differing(kept) or _frees(self.office, self.participant_id, kept["versions"]):
            return False
        moment = self.office.clock.now().isoformat()
        self._change(lambda now: now.update(settled_at=moment, moves=[]), "conflict_emptied")
        return True

    def _write(self, chosen: dict[str, Told], versions: Versions) -> FinalizeOutcome:
        still_open = open_talks(self.office.store, self.participant_id)
        if still_open:
            take_over(self.office.open_talk(still_open[0]), chosen)
            return FinalizeOutcome(kept_open=True)
        frozen = self._finished()
        conversation = reopen_finished(self.office, frozen.instance_id)
        try:
            _as_it_ended(self.office, conversation, frozen)
            take_over(conversation, chosen)
            outcome = self.office.finish(conversation, versions)
            if outcome.violations:
                raise EventRefused(ref=outcome.violations[0].ref, reason="conflict_refused")
        except Exception:
            self.office.remove_draft(conversation.talk.instance_id)
            raise
        return outcome

    def _differing(self, kept: dict[str, Any]) -> dict[str, Differing]:
        ours = b64decode(kept["ours"]) or self._ours()[0]
        base = self._base(kept)
        form = self.office.forms[INTAKE]
        entries = [_entry(self.office, xml) for xml in (ours, b64decode(kept["theirs"]))]
        return differences(form, entries[0], entries[1], _entry(self.office, base) if base is not None else None)

    def _difference(self, key: str, found: Differing, kept: dict[str, Any]) -> Difference:
        mine, other = found.here, found.there
        question, typed = mine.question or other.question, mine.typed or other.typed
        choice, own = kept["chosen"].get(key, ""), kept["own"].get(key, "")
        return Difference(key, question, mine.shown, other.shown, found.changed_here, choice, own, typed)

    def _ours(self) -> tuple[bytes, str]:
        """What stands here now: an open talk, else the newest finished one; and the talk it is of."""
        still_open = open_talks(self.office.store, self.participant_id)
        if still_open:
            return self.office.open_talk(still_open[0]).talk.stored_savepoint(), still_open[0]
        frozen = self._finished()
        return frozen.xml, frozen.instance_id

    def _finished(self) -> FrozenInstance:
        known = earlier_records(self.office.store, self.participant_id)
        if INTAKE not in known:
            raise RecordMissing(kind="instance", id=self.participant_id)
        return known[INTAKE]

    def _base(self, kept: dict[str, Any]) -> bytes | None:
        """What both places started from, while it is still here: the plan that was given, or the newest version that
        reached the centre from both."""
        if kept.get("given"):
            return b64decode(kept["given"])
        shared = set(kept.get("versions", {}).get(INTAKE, ()))
        with self.office.store.unit_of_work() as uow:
            if kept["base"]:
                with suppress(RecordMissing):
                    return uow.instances.get(uow.plans.get(kept["base"]).instance_id).xml
            names = new_names(uow)
            shared |= {str(names.get(InstanceId(one), one)) for one in shared}
            found = [one for one in uow.instances.of_participant(self.participant_id) if one.instance_id in shared]
        return found[-1].xml if found else None

    def _here(self, kept: dict[str, Any]) -> Source:
        """Who made the newest plan here, where and when."""
        if kept["here"]:
            return _source(kept["here"])
        place, account = self.office.installation, self.office.store.account
        with self.office.store.unit_of_work() as uow:
            plans = uow.plans.of_participant(self.participant_id)
        plan = document_from_json(plans[-1].document) if plans else None
        day = plan.made_on if plan is not None else self.office.clock.today()
        who = plan.counsellor if plan is not None and plan.counsellor else account.name
        return Source(place.organisation, place.location, who, day, plan.plan_number if plan is not None else "")

    def _who(self) -> tuple[str, str]:
        """Number and name."""
        with self.office.store.unit_of_work() as uow:
            person = uow.participants.get(self.participant_id)
        return person.number, person.call_name

    def _place(self, uow: UnitOfWork) -> Place:
        """Where it is kept. Raises RecordMissing."""
        for talk in _talks(uow, self.participant_id):
            if self.name in uow.files.names(talk, CONFLICT):
                return Place(self.participant_id, talk, CONFLICT)
        raise RecordMissing(kind=CONFLICT, id=self.name)

    def _kept(self) -> dict[str, Any]:
        with self.office.store.unit_of_work() as uow:
            place = self._place(uow)
            found: dict[str, Any] = json.loads(uow.files.get(place.record, place.kind, self.name))
        return found

    def _change(self, change: Callable[[dict[str, Any]], None], action: str = "") -> None:
        with self.office.store.unit_of_work() as uow:
            place = self._place(uow)
            kept = json.loads(uow.files.get(place.record, place.kind, self.name))
            change(kept)
            uow.files.save(place.owner, place.record, place.kind, self.name, json.dumps(kept).encode())
            if action:
                uow.audit.add(_line(self.office, action, self.participant_id))
            uow.commit()


@guarded(Action.PEOPLE)
def meet(office: Office, told: There) -> Meeting:
    """Lay something beside what is here; the same twice is one meeting. Raises PersonHere where there is nothing to
    choose and nothing to free."""
    with office.store.unit_of_work() as uow:
        people = [one for one in uow.participants.list() if one.number == told.number]
        owner = people[0].participant_id if people else None
        known = owner is not None and told.name in _names(uow, owner)
    if owner is None:
        raise PersonHere(number=told.number)
    desk = ConflictDesk(office, owner, told.name)
    if known:
        return desk.meeting()
    with office.store.unit_of_work() as uow:
        kept = allowed_of(office, uow, _fresh(office, told), owner)
    try:
        ours, talk = desk._ours()
    except RecordMissing:
        raise PersonHere(number=told.number) from None
    here = desk._here(kept)
    kept["here"] = {**asdict(here), "made_on": here.made_on.isoformat()}
    if not desk._differing({**kept, "ours": b64encode(ours).decode()}) and not _frees(office, owner, told.versions):
        raise PersonHere(number=told.number)
    finished = earlier_records(office.store, owner).get(INTAKE)
    with office.store.unit_of_work() as uow:
        # an open talk may be thrown away, and what came from the other place must not go with it
        place = finished.instance_id if finished is not None else InstanceId(talk)
        uow.files.save(owner, place, CONFLICT, told.name, json.dumps(kept).encode())
        uow.audit.add(_line(office, "conflict_met", owner))
        uow.commit()
    return desk.meeting()


def _fresh(office: Office, told: There) -> dict[str, Any]:
    """The meeting as it is kept, before anything was chosen."""
    return {
        "met_at": office.clock.now().isoformat(),
        "there": {**asdict(told.source), "made_on": told.source.made_on.isoformat()},
        "here": {},
        "theirs": b64encode(told.theirs).decode(),
        "given": b64encode(told.given).decode(),
        "beside": [[one.name, one.question, one.here, one.there] for one in told.beside],
        "ours": "",
        "base": told.base,
        "versions": dict(told.versions),
        "chosen": {},
        "own": {},
        "moves": [],
        "settled_at": "",
    }


def _frees(office: Office, owner: ParticipantId, versions: Versions) -> bool:
    """Whether these versions tell what a refused edit of this person has to name."""
    with office.store.unit_of_work() as uow:
        refused: Mapping[str, Refused] = refused_edits(uow, owner)
    return any(stands(one, [versions.get(form_id, ())]) for form_id, one in refused.items())


def _names(uow: UnitOfWork, participant_id: ParticipantId) -> tuple[str, ...]:
    return tuple(name for talk in _talks(uow, participant_id) for name in uow.files.names(talk, CONFLICT))


def _line(office: Office, action: str, participant_id: ParticipantId) -> AuditLine:
    return AuditLine(office.clock.now(), office.store.account.account_id, action, participant_id)


def _source(told: dict[str, str]) -> Source:
    return Source(**{**told, "made_on": date.fromisoformat(told["made_on"])})  # type: ignore[arg-type]  # by name


def _entry(office: Office, xml: bytes) -> FormEntry:
    return FormEntry.restore(office.forms[INTAKE], xml, media=office.media, now=office.clock.now, language="nl")


def _move(kept: dict[str, Any], key: str, side: str, own: str) -> None:
    kept["moves"].append([key, kept["chosen"].get(key, ""), kept["own"].get(key, "")])
    kept["chosen"][key] = side
    if side == OWN:
        kept["own"][key] = own


def _back(kept: dict[str, Any]) -> None:
    if not kept["moves"]:
        return
    key, side, _ = kept["moves"].pop()
    if side:
        kept["chosen"][key] = side
    else:
        kept["chosen"].pop(key, None)


def chosen_answer(found: Differing, side: str, own: str) -> Told:
    """The answer of one side of a question, or own words in the place of both."""
    if side == OWN:
        return replace(found.here, rows=({"": own.strip()},), shown=own)
    return found.there if side == THERE else found.here


def _as_it_ended(office: Office, conversation: Conversation, frozen: FrozenInstance) -> None:
    """The talk itself ended as it did: only what both places said is settled now."""
    talk = conversation.talk
    before = _entry(office, frozen.xml)
    with talk.together():
        for concept in _AGAIN:
            ref = talk.answers.ref(concept)
            if ref and before.answer(ref):
                conversation.answer(ref, before.answer(ref))


__all__ = [
    "HERE", "OWN", "THERE", "Beside", "ConflictDesk", "Meeting", "Place", "There", "chosen_answer", "meet", "meetings",
    "take_hand_over", "told_elsewhere",
]  # fmt: skip
