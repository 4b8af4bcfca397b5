"""A plan that moves with its person to another place: sealed under the code on the participant's paper, with C7 only.

What goes along is what C7 lets go: who it is, the plan and the answers behind it, without work needs, origin, contacts
of other organisations or anything sensitive. There it becomes an open talk that says where it came from, and asks its
own consents.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

from intake_app.domain.consent import ConsentCode, released, standing
from intake_app.domain.draft import AuditLine, DraftHeader, ParticipantRecord, StoredPlan
from intake_app.domain.ids import FormId, FormVersion, InstanceId, ParticipantId, ParticipantNumber
from intake_app.domain.instance import FrozenInstance
from intake_app.domain.plan import PlanDocument
from intake_app.errors import (
    EnvelopeDamaged,
    EnvelopeKnown,
    EnvelopeOtherKind,
    EnvelopeTooOld,
    FileThere,
    HandOverNotAllowed,
    InputError,
    PersonHere,
    RecordExists,
    RecordMissing,
    SealMissing,
)
from intake_app.plan.document import document_from_json, document_to_json
from intake_app.profile.answers import Answers
from intake_app.services.chains import Versions, arrived
from intake_app.services.consents import CONSENT_CONCEPTS
from intake_app.services.envelope_craft import HAND_OVER, EnvelopeCraft
from intake_app.services.files import FileCase
from intake_app.services.installation import read_clocks
from intake_app.services.office import INTAKE, Office
from intake_app.services.parcel import Parcel, packed, unpacked
from intake_app.services.plans import sensitivity
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork
from intake_app.services.recording import new_participant_id
from intake_app.services.records import first_version
from intake_app.services.release import released_refs
from intake_app.services.versions import Teller, save_left_overs
from intake_app.xforms.api import FormDefinition, FormEntry, serialize

SOURCE = "hand_over"
"""Kind under which a talk keeps where it came from."""
_OPENED = "hand_over.opened"
_MOST_KEPT = 500
_PLAIN = frozenset({ConsentCode.CENTRAL, ConsentCode.SHARING})
_ASKED_ANEW = frozenset({*CONSENT_CONCEPTS, "share_consent", "consent_form", "status", "know_step"})
"""Concepts that the other place asks itself."""
_GOES_ALONG = frozenset({"call_name"})
"""Concepts that C7 lets go although no server gets them."""
_LISTS = frozenset(
    {"papers", "job_occupation", "job_occupation_label", "job_tasks", "card_levels", "derived_skills", "suggestions"}
)
_ROW_HOSTS = frozenset({"id", "label", "source", "fit", "chosen_route"})
_SENSITIVE = frozenset({"1", "9"})
_PARTNERS = (("referral", "referral"), ("step", "partner"))


@dataclass(frozen=True)
class Source:
    """Where a talk came from that was handed over."""

    organisation: str
    location: str
    counsellor: str
    made_on: date
    plan_number: str


@dataclass(frozen=True)
class OpenedHandOver:
    """The open talk that a hand-over became, and where it came from."""

    instance_id: InstanceId
    participant_id: ParticipantId
    number: str
    source: Source
    call_name: str = field(default="", repr=False)


@dataclass(frozen=True)
class HandedOver:
    """What an envelope says, looked at and ready to be kept."""

    name: str
    source: Source
    person: ParticipantRecord
    header: DraftHeader
    entry: FormEntry = field(repr=False)
    plan: StoredPlan = field(repr=False)
    base: str = ""
    """Number of the plan that was given to that place before, where the talk came from another."""
    versions: Versions = field(default_factory=dict)
    """What of this person reached the centre from there."""


@guarded(Action.PEOPLE)
def organisations_agreed(store: Store, participant_id: ParticipantId) -> tuple[str, ...]:
    """The organisations that the person agreed to share with, and did not take back. Raises RecordMissing."""
    with store.unit_of_work() as uow:
        return _agreed(uow, participant_id)


@guarded(Action.PEOPLE)
def plan_may_go_to(store: Store, plan_number: str) -> tuple[str, ...]:
    """The same for the person of a plan, by its number on paper. Raises RecordMissing."""
    with store.unit_of_work() as uow:
        return _agreed(uow, uow.plans.get(plan_number.strip()).participant_id)


@guarded(Action.PEOPLE)
def seal_hand_over(office: Office, plan_number: str, organisation: str, file: Path) -> date:
    """Put a plan in an envelope for one organisation; gives the last day on which it opens.

    It opens with the participant's number and the code on the sheet "Mijn gegevens" of this plan, and stands nowhere
    else. Raises RecordMissing, HandOverNotAllowed without C7 for this organisation, FileThere, FolderReadOnly.
    """
    craft = _craft(office)
    if file.exists():
        raise FileThere(path=file.name)
    with office.store.unit_of_work() as uow:
        stored = uow.plans.get(plan_number)
        person = uow.participants.get(stored.participant_id)
        if organisation not in _agreed(uow, person.participant_id):
            raise HandOverNotAllowed
        talk = uow.instances.get(stored.instance_id)
        sources = [_source_in(uow, one.instance_id) for one in uow.instances.of_participant(person.participant_id)]
        versions = arrived(uow, person.participant_id)
    plan = document_from_json(stored.document)
    if not plan.handover_code:
        raise RecordMissing(kind="plan", id=plan_number)
    now = office.clock.now()
    base = next((one.plan_number for one in sources if one is not None), "")
    parcel = _parcel(office, person, plan, talk, organisation, base)
    content = packed(replace(parcel, facts={**parcel.facts, "versions": versions}))
    craft.save(file, craft.close_hand_over(plan.handover_code, person.number, content))
    with office.store.unit_of_work() as uow:
        subject = f"{person.participant_id} {organisation}"
        uow.audit.add(AuditLine(now, office.store.account.account_id, "hand_over_closed", subject))
        uow.commit()
    return now.date() + timedelta(days=read_clocks(office.store).envelope_days)


@guarded(Action.PEOPLE)
def read_hand_over(office: Office, file: Path, number: str, code: str) -> HandedOver:
    """What an envelope says; nothing is kept. Raises CodeWrong, EnvelopeDamaged, EnvelopeOtherKind, EnvelopeTooOld."""
    craft = _craft(office)
    envelope = craft.load(file)
    if (kind := craft.kind(envelope)) != HAND_OVER:
        raise EnvelopeOtherKind(kind=kind)
    parcel = unpacked(craft.open_hand_over(code, number, envelope))
    try:
        return _read(office, parcel)
    except (KeyError, TypeError, ValueError, AttributeError, InputError) as wrong:
        if isinstance(wrong, EnvelopeTooOld):
            raise
        raise EnvelopeDamaged from None


@guarded(Action.PEOPLE)
def open_hand_over(office: Office, file: Path, number: str, code: str) -> OpenedHandOver:
    """Make an open talk of what another place handed over, in one transaction.

    Raises CodeWrong, EnvelopeDamaged, EnvelopeOtherKind, EnvelopeTooOld, EnvelopeKnown when it was opened here before,
    PersonHere; then nothing has changed.
    """
    return keep_hand_over(office, read_hand_over(office, file, number, code))


@guarded(Action.PEOPLE)
def keep_hand_over(office: Office, told: HandedOver) -> OpenedHandOver:
    """The same for an envelope that was read. Raises EnvelopeKnown, PersonHere."""
    with office.store.unit_of_work() as uow:
        _refuse_known(uow, told)
        _keep(uow, office, told)
        uow.commit()
    header = told.header
    office.write_place(office.open_talk(header.instance_id))
    return OpenedHandOver(
        header.instance_id, header.participant_id, told.person.number, told.source, told.person.call_name
    )


@guarded(Action.TALK)
def source_of(store: Store, instance_id: InstanceId) -> Source | None:
    """Where this talk came from; None for one that began here."""
    with store.unit_of_work() as uow:
        return _source_in(uow, instance_id)


def _source_in(uow: UnitOfWork, instance_id: InstanceId) -> Source | None:
    if SOURCE not in uow.files.names(instance_id, SOURCE):
        return None
    return _source(json.loads(uow.files.get(instance_id, SOURCE, SOURCE)))


def _craft(office: Office) -> EnvelopeCraft:
    if office.envelopes is None:
        raise SealMissing(form_id=INTAKE)
    return office.envelopes


def _agreed(uow: UnitOfWork, participant_id: ParticipantId) -> tuple[str, ...]:
    records = [one for one in uow.consents.of(participant_id) if one.code is ConsentCode.SHARING]
    names = dict.fromkeys(one.organisation for one in records)
    return tuple(name for name in names if name and standing(one for one in records if one.organisation == name))


def _parcel(
    office: Office,
    person: ParticipantRecord,
    plan: PlanDocument,
    talk: FrozenInstance,
    organisation: str,
    base: str,
) -> Parcel:
    now = office.clock.now()
    place = office.installation
    source = Source(place.organisation, place.location, office.store.account.name, plan.made_on, plan.plan_number)
    facts = {
        "name": secrets.token_hex(16),
        "made_at": now.isoformat(),
        "organisation": organisation,
        "source": {**asdict(source), "made_on": source.made_on.isoformat()},
        "number": person.number,
        "call_name": person.call_name or plan.call_name,
        "age_group": person.age_group,
        "language": person.language,
        "practice": person.practice,
        "instance_id": talk.instance_id,
        "base": base,
    }
    shared = document_to_json(_shared_plan(office, plan, organisation))
    return Parcel(facts, (_shared_talk(office, talk, organisation), shared))


def _shared_plan(office: Office, plan: PlanDocument, organisation: str) -> PlanDocument:
    """The plan without what C7 does not let go: needs, the story, private steps, and other places that tell much."""

    def open_to_see(partner: str) -> bool:
        return partner in ("", organisation) or sensitivity(partner, office.catalogue) == 0

    return replace(
        plan,
        obstacles=(),
        consents=(),
        story=None,
        handover_code="",
        steps=tuple(step for step in plan.steps if not step.private and open_to_see(step.partner)),
        referrals=tuple(one for one in plan.referrals if open_to_see(one.organisation)),
    )


def _shared_talk(office: Office, talk: FrozenInstance, organisation: str) -> bytes:
    form = office.forms[talk.form_id]
    entry = FormEntry.restore(form, talk.xml, media=office.media, now=office.clock.now, language="nl")
    answers = Answers(entry, form)
    refs = released_refs(form, answers, _PLAIN, lambda name: sensitivity(name, office.catalogue)) or frozenset()
    hidden = {
        row.ref_of(concept)
        for row_concept, concept in _PARTNERS
        for row in answers.rows_with(row_concept)
        if row.text(concept) not in ("", "none", organisation) and sensitivity(row.text(concept), office.catalogue) > 0
    }
    along = {ref for ref, bind in form.binds.items() if bind.tags.get("concept") in _GOES_ALONG}
    keep = {ref for ref in refs if _may_go(form, ref)} | along
    return first_version(serialize(entry, keep=keep - hidden))


def goes_along(form: FormDefinition) -> frozenset[str]:
    """Generic refs of the answers that C7 lets go, but for sensitive partners."""
    refs = released(_PLAIN, {ref: bind.tags for ref, bind in form.binds.items()}) or frozenset()
    named = {ref for ref, bind in form.binds.items() if bind.tags.get("concept") in _GOES_ALONG}
    return frozenset(ref for ref in refs if _may_go(form, ref)) | named


def _may_go(form: FormDefinition, ref: str) -> bool:
    tags: Mapping[str, str] = form.binds[re.sub(r"\[\d+\]", "", ref)].tags
    host, concept = tags.get("host", ""), tags.get("concept", "")
    if host:
        return host in _LISTS | _ROW_HOSTS
    partner = concept in {name for _, name in _PARTNERS}
    return concept not in _ASKED_ANEW and (partner or tags.get("sensitive", "9") not in _SENSITIVE)


def _read(office: Office, parcel: Parcel) -> HandedOver:
    facts, (xml, plan_json) = parcel.facts, parcel.pieces
    now = office.clock.now()
    days = read_clocks(office.store).envelope_days
    if now - datetime.fromisoformat(facts["made_at"]) > timedelta(days=days):
        raise EnvelopeTooOld(days=days)
    form = office.forms[INTAKE]
    practice = facts["practice"] is True
    ports = office.ports(FileCase(), practice=practice)
    fresh = FormEntry.new(form, media=office.media, now=office.clock.now, language="nl", ports=ports)
    own = xml.replace(str(facts["instance_id"]).encode(), fresh.instance_id.encode())
    entry = FormEntry.restore(form, own, media=office.media, now=office.clock.now, language="nl", ports=ports)
    if entry.instance_id != fresh.instance_id:
        raise EnvelopeDamaged
    plan = document_from_json(plan_json)
    owner, account = new_participant_id(), office.store.account.account_id
    texts = {name: _text(facts[name]) for name in ("call_name", "age_group", "language")}
    name = InstanceId(entry.instance_id)
    return HandedOver(
        name=_text(facts["name"]),
        source=_source(facts["source"]),
        person=ParticipantRecord(
            owner, ParticipantNumber(_text(facts["number"])), account, now, practice=practice, **texts
        ),
        header=DraftHeader(
            name, owner, FormId(form.form_id), FormVersion(form.version), account, now, now, practice=practice
        ),
        entry=entry,
        base=_text(facts.get("base", "")),
        versions=_versions(facts.get("versions", {})),
        plan=StoredPlan(plan.plan_number, owner, InstanceId(_text(facts["instance_id"])), now, document_to_json(plan)),
    )


def _versions(told: Mapping[str, list[object]]) -> Versions:
    return {_text(form_id): [_text(name) for name in names] for form_id, names in told.items() if names}


def _source(told: Mapping[str, object]) -> Source:
    return Source(
        organisation=_text(told["organisation"]),
        location=_text(told["location"]),
        counsellor=_text(told["counsellor"]),
        made_on=date.fromisoformat(_text(told["made_on"])),
        plan_number=_text(told["plan_number"]),
    )


def _keep(uow: UnitOfWork, office: Office, told: HandedOver) -> None:
    header = told.header
    try:
        uow.participants.add(told.person)
        uow.plans.add(told.plan)
    except RecordExists:
        raise PersonHere(number=told.person.number) from None
    uow.drafts.add(header)
    told.entry.set_host("participant_number", told.person.number)
    uow.drafts.save_savepoint(header.instance_id, told.entry.savepoint(), 0)
    teller = Teller(told.entry, None)
    left = [teller.left_over(one) for one in told.entry.fit.lost]
    save_left_overs(uow, header.participant_id, header.instance_id, left)
    source = json.dumps({**asdict(told.source), "made_on": told.source.made_on.isoformat()}).encode()
    uow.files.save(header.participant_id, header.instance_id, SOURCE, SOURCE, source)
    opened = {**_opened(uow), told.name: header.started_at.date().isoformat()}
    uow.settings.set(_OPENED, json.dumps(dict(list(opened.items())[-_MOST_KEPT:])))
    uow.audit.add(AuditLine(office.clock.now(), header.account_id, "hand_over_opened", header.participant_id))


def _refuse_known(uow: UnitOfWork, told: HandedOver) -> None:
    if any(one.number == told.person.number for one in uow.participants.list()):
        raise PersonHere(number=told.person.number)
    if told.name in (opened := _opened(uow)):
        raise EnvelopeKnown(at=opened[told.name])


def _opened(uow: UnitOfWork) -> dict[str, str]:
    """Envelopes that were opened here, each with its day."""
    found: dict[str, str] = json.loads(uow.settings.get(_OPENED) or "{}")
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value
