"""The rights of DOMAIN 8.5: see what is kept, have it corrected, have it erased; each leaves a line in the log."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from intake_app.domain.consent import ConsentCode, ConsentRecord
from intake_app.domain.draft import AuditLine, ParticipantRecord
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.keeping import CaseCard, DataRequest, KeptConsent, Withdrawal
from intake_app.domain.letters import (
    CORRECTED,
    ERASED,
    WITHDRAWN,
    DataCopy,
    RightsReceipt,
    ToldAnswer,
    ToldElsewhere,
    WithdrawalSheet,
)
from intake_app.errors import RecordErased, RecordMissing
from intake_app.i18n.formats import format_date, format_time, numbers_in_prose
from intake_app.services.backup import holding
from intake_app.services.conflicts import ConflictDesk, meetings, told_elsewhere
from intake_app.services.erasures import not_covered
from intake_app.services.follow_up_desk import told_of_follow_ups
from intake_app.services.follow_up_rights import talks_sent
from intake_app.services.hand_over import Source
from intake_app.services.installation import read_clocks
from intake_app.services.office import Office
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import UnitOfWork
from intake_app.services.requests import (
    CORRECTION,
    DELETION,
    WITHDRAWAL,
    ask_centre,
    may_have_left,
    still_to_go,
    talks_at_centre,
)
from intake_app.services.withdrawal import attempted, open_talks, withdraw
from intake_app.xforms.api import FormEntry, NodeView

DUTCH = "nl"
CENTRE = "Werkcentrum"
"""What was told by a record of the Werkcentrum itself has no other place."""
CENTRAL_DAYS = 30
"""Within so many days the Werkcentrum answers (DOMAIN 8.5: one month)."""


@dataclass(frozen=True)
class PersonRights:
    """A person with every consent that was asked, for the page of rights."""

    person: ParticipantRecord
    consents: tuple[ConsentRecord, ...] = field(repr=False)
    has_card: bool = False
    sent: bool = False
    open_talks: int = 0


@guarded(Action.RIGHTS)
def person_rights(office: Office, participant_id: ParticipantId) -> PersonRights:
    """What the page of rights shows. Raises RecordMissing, RecordErased, RoleRefused."""
    talks = open_talks(office.store, participant_id)
    told = [record for talk in talks for record in office.open_talk(talk).consents()]
    with office.store.unit_of_work() as uow:
        person = uow.participants.get(participant_id)
        kept = uow.consents.of(participant_id)
        _, tried = attempted(uow, participant_id)
        left = may_have_left(uow.instances.of_participant(participant_id), tried)
        card = uow.cards.of(participant_id) is not None
    return PersonRights(person, _newest((*kept, *told)), card, bool(left), len(talks))


@guarded(Action.RIGHTS)
def take_back(
    office: Office, participant_id: ParticipantId, code: ConsentCode, organisation: str = ""
) -> RightsReceipt:
    """Take a consent back and give the receipt; C1 erases everything. Raises as `withdraw`."""
    if code is ConsentCode.RECORD:
        return erase_person(office, participant_id, withdrawn=True)
    person = person_rights(office, participant_id).person
    asked = withdraw(office, participant_id, code, organisation)
    mine = [one for one in meetings(office) if one.participant_id == participant_id]
    fell = [one for one in mine if ConflictDesk(office, participant_id, one.name).fall_away()]
    receipt = _receipt(office, person, WITHDRAWN, asked)
    return replace(receipt, code=code, organisation=organisation, fell_away=bool(fell))


@guarded(Action.ERASE)
def erase_person(
    office: Office, participant_id: ParticipantId, *, withdrawn: bool = False, by: str = "participant"
) -> RightsReceipt:
    """Erase everything of a person: the key is destroyed, a tombstone and proof of the consents stay.

    Case card and waiting records go too; for what was sent the Werkcentrum is asked. The receipt names the backups
    that still hold a copy of the key. Raises RecordMissing, RecordErased, RoleRefused, StorageError.
    """
    now = office.clock.now()
    code = ConsentCode.RECORD if withdrawn else None
    with office.store.unit_of_work() as uow:
        person = _person(office, uow, participant_id)
        consents = _own_consents(uow, participant_id)
        _, tried = attempted(uow, participant_id)
        instances = tuple(one for one in uow.instances.list() if one.participant_id == participant_id)
        stay = next((one for one in uow.stays.list() if one.participant_id == participant_id), None)
        talks = talks_at_centre(uow, person.number, may_have_left(instances, tried))
        if not talks and stay is not None and stay.confirmed_at is not None:
            # a colleague's: which talks went is sealed, that something went is not; the number says the rest
            talks = (InstanceId(""),)
        if not talks and stay is None:
            talks = talks_sent(office, uow, participant_id)
        talks = tuple(dict.fromkeys((*talks, *still_to_go(uow, person.number))))
        if not talks and _may_have_gone_since(uow, consents):
            talks = (InstanceId(""),)
        kind = WITHDRAWAL if withdrawn else DELETION
        asked = ask_centre(
            uow, office.forms["data_request"], person, talks, kind=kind, now=now, code=code, requested_by=by
        )
        uow.rights.keep_consents(
            tuple(KeptConsent(person.number, _ended(record, withdrawn, now), now) for record in consents)
        )
        uow.rights.withdraw(Withdrawal(participant_id, person.number, ConsentCode.RECORD, now))
        uow.cards.erase(participant_id, now)
        if stay is not None:
            uow.participants.erase(participant_id, now)
        uow.audit.add(AuditLine(now, office.store.account.account_id, "participant_erased", participant_id))
        backups = holding(uow)
        uow.commit()
    receipt = _receipt(office, person, ERASED, bool(asked))
    until = now.date() + timedelta(days=read_clocks(office.store).backup_days)
    return replace(receipt, code=code, backups=backups, backups_before=until if backups else None)


@guarded(Action.RIGHTS)
def correct(
    office: Office, participant_id: ParticipantId, *, call_name: str, language: str, contact: tuple[str, ...] = ()
) -> RightsReceipt:
    """Correct name, language and, on the case card, how to reach the person; what was sent is corrected on request.

    Answers of a talk are corrected by going on with that talk. Raises RecordMissing, RecordErased, RoleRefused.
    """
    now = office.clock.now()
    with office.store.unit_of_work() as uow:
        person = replace(uow.participants.get(participant_id), call_name=call_name.strip(), language=language)
        uow.participants.save(person)
        card = uow.cards.of(participant_id)
        if card is not None:
            ways = tuple(way.strip() for way in contact if way.strip())
            uow.cards.save(replace(card, call_name=person.call_name, language=language, contact=ways or card.contact))
        _, tried = attempted(uow, participant_id)
        left = may_have_left(uow.instances.of_participant(participant_id), tried)
        talks = talks_at_centre(uow, person.number, left)
        asked = ask_centre(uow, office.forms["data_request"], person, talks, kind=CORRECTION, now=now)
        uow.audit.add(AuditLine(now, office.store.account.account_id, "participant_corrected", participant_id))
        uow.commit()
    return _receipt(office, person, CORRECTED, bool(asked))


@guarded(Action.RIGHTS)
def copy_of(office: Office, participant_id: ParticipantId) -> DataCopy:
    """Everything that is kept of a person here, each answer in both languages. Raises RecordMissing, RecordErased."""
    talks = [office.open_talk(talk) for talk in open_talks(office.store, participant_id)]
    now = office.clock.now()
    with office.store.unit_of_work() as uow:
        person = uow.participants.get(participant_id)
        card = uow.cards.of(participant_id)
        finished = [one for one in uow.instances.of_participant(participant_id) if one.form_id == "intake"]
        plans = tuple((one.plan_number, one.made_at.date()) for one in uow.plans.of_participant(participant_id))
        sent = bool(may_have_left(uow.instances.of_participant(participant_id), attempted(uow, participant_id)[1]))
        kept = uow.consents.of(participant_id)
        spoken = uow.follow_ups.of(ParticipantId(card.card_id) if card else participant_id)
        uow.audit.add(AuditLine(now, office.store.account.account_id, "data_exported", participant_id))
        uow.commit()
    form = office.forms["intake"]
    entries = [FormEntry.restore(form, one.xml, media=office.media, language=DUTCH) for one in finished]
    after = office.forms["follow_up"]
    entries += [FormEntry.restore(after, one.xml, language=DUTCH) for one in spoken if one.form_id == "follow_up"]
    language = person.language or DUTCH
    answers = [told for entry in (*entries, *(talk.talk.entry for talk in talks)) for told in _told(entry, language)]
    return DataCopy(
        number=person.number,
        language=language,
        made_on=now.date(),
        installation=office.installation,
        call_name=person.call_name,
        card=_on_card(office, card) if card else {},
        next_date=card.next_date if card else None,
        spoken_on=card.spoken_on if card else (),
        missed=card.missed if card else 0,
        elsewhere=_elsewhere(office, participant_id, language),
        answers=tuple(dict.fromkeys(answers)),
        consents=_newest((*kept, *(record for talk in talks for record in talk.consents()))),
        plans=plans,
        sent=sent,
        practice=person.practice,
    )


@guarded(Action.RIGHTS)
def second_part(office: Office, request: DataRequest) -> RightsReceipt:
    """The second part of a receipt: the Werkcentrum said that it was done. Raises RoleRefused."""
    kinds = {DELETION: ERASED, CORRECTION: CORRECTED}
    kind = ERASED if request.code is ConsentCode.RECORD else kinds.get(request.kind, WITHDRAWN)
    return RightsReceipt(
        kind=kind,
        number=request.number,
        language=request.language,
        at=request.asked_at,
        installation=office.installation,
        code=request.code,
        central=True,
        central_done=office.clock.now(),
    )


@guarded(Action.PRINT)
def withdrawal_sheet(office: Office, person: ParticipantRecord) -> WithdrawalSheet:
    """The sheet to take along on which rights there are and how to use them."""
    return WithdrawalSheet(person.number, person.language or DUTCH, office.installation)


def _person(office: Office, uow: UnitOfWork, participant_id: ParticipantId) -> ParticipantRecord:
    """The person; where the talk has gone, what the case card knows; of a colleague's, the number and no more."""
    with suppress(RecordMissing, RecordErased):
        return uow.participants.get(participant_id)
    card = uow.cards.of(participant_id)
    stay = next((one for one in uow.stays.list() if one.participant_id == participant_id), None)
    known = card or stay
    if known is None:
        raise RecordMissing(kind="participant", id=participant_id)
    return ParticipantRecord(
        participant_id,
        known.number,
        known.account_id,
        office.clock.now(),
        call_name=card.call_name if card else "",
        language=card.language if card else DUTCH,
        practice=known.practice,
    )


def _own_consents(uow: UnitOfWork, participant_id: ParticipantId) -> tuple[ConsentRecord, ...]:
    try:
        return uow.consents.of(participant_id)
    except (RecordMissing, RecordErased):
        return ()


def _may_have_gone_since(uow: UnitOfWork, consents: tuple[ConsentRecord, ...]) -> bool:
    """Whether something may have been sent after the backup that was put back: this copy cannot tell what, and the
    number says the rest. Of who said no to sending not even the number leaves."""
    refused = any(one.code is ConsentCode.CENTRAL and not one.stands for one in _newest(consents))
    return not_covered(uow) is not None and not refused


def _ended(record: ConsentRecord, withdrawn: bool, now: datetime) -> ConsentRecord:
    """Who takes C1 back, takes back all that hung on it."""
    return replace(record, withdrawn_at=now) if withdrawn and record.stands else record


def _newest(records: tuple[ConsentRecord, ...]) -> tuple[ConsentRecord, ...]:
    newest: dict[tuple[ConsentCode, str], ConsentRecord] = {}
    for record in records:
        key = (record.code, record.organisation)
        if key not in newest or record.at >= newest[key].at:
            newest[key] = record
    return tuple(newest[key] for key in sorted(newest))


def _receipt(office: Office, person: ParticipantRecord, kind: str, central: bool) -> RightsReceipt:
    now = office.clock.now()
    return RightsReceipt(
        kind=kind,
        number=person.number,
        language=person.language or DUTCH,
        at=now,
        installation=office.installation,
        central=central,
        central_before=now.date() + timedelta(days=CENTRAL_DAYS) if central else None,
        practice=person.practice,
    )


def _elsewhere(office: Office, participant_id: ParticipantId, language: str) -> tuple[ToldElsewhere, ...]:
    sources = (*told_elsewhere(office, participant_id), *told_of_follow_ups(office, participant_id))
    return tuple(ToldElsewhere(_place(one), one.made_on, tuple(_told(entry, language))) for one, entry in sources)


def _place(source: Source) -> str:
    return source.location or source.organisation or CENTRE


def _told(entry: FormEntry, language: str) -> list[ToldAnswer]:
    return [
        ToldAnswer(
            question=numbers_in_prose(entry.label(view.ref, language) or "", language)
            or entry.label(view.ref, DUTCH)
            or "",
            question_nl=entry.label(view.ref, DUTCH) or "",
            answer=_answer(entry, view, language),
            answer_nl=_answer(entry, view, DUTCH),
        )
        for view in entry.nodes()
        if view.value and view.relevant and view.control not in (None, "trigger")
    ]


def _on_card(office: Office, card: CaseCard) -> dict[str, str]:
    """How somebody is reached and what was agreed, by name."""
    known = office.catalogue.organisations
    return {
        "contact": ", ".join(card.contact),
        "steps": "; ".join(card.steps),
        "tasters": "; ".join(step.label_nl for step in card.tasters),
        # a name that has left the list is still something that was done
        "referrals": "; ".join(known[one].label_nl if one in known else one for one in card.referrals),
    }


def _answer(entry: FormEntry, view: NodeView, language: str) -> str:
    value = view.value or ""
    if view.choices is not None:
        labels = {choice.value: choice.label for choice in entry.choices(view.ref, language) or ()}
        return " · ".join(numbers_in_prose(labels.get(word, word), language) for word in value.split())
    if view.type == "date":
        return format_date(date.fromisoformat(value), language)
    if view.type == "time":
        return format_time(time.fromisoformat(value).replace(tzinfo=None), language)
    return value
