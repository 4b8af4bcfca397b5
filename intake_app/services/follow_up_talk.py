"""The follow-up talk of three minutes: prefilled from plan or case card, kept with every answer, led like any talk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from intake_app.domain.draft import AuditLine, DraftHeader
from intake_app.domain.follow_up import FollowUpRecord
from intake_app.domain.ids import FormId, FormVersion, InstanceId, ParticipantId
from intake_app.domain.instance import InstanceStatus
from intake_app.domain.keeping import CaseCard
from intake_app.errors import RecordMissing
from intake_app.services.conversation import Conversation
from intake_app.services.drafts import Batch
from intake_app.services.follow_up_known import FOLLOW_UP, Known, known_of, measured_before
from intake_app.services.follow_up_plan import next_day, read_follow_up_plan
from intake_app.services.policy import Action, guarded, guarded_object
from intake_app.services.ports import Store
from intake_app.services.rows import RowKeeper
from intake_app.services.talk import Talk
from intake_app.services.walk.screens import WalkContext
from intake_app.xforms.api import FormEntry

if TYPE_CHECKING:
    from intake_app.services.office import Office

DUTCH = "nl"
FULL = "full"


@guarded_object(Action.PEOPLE)
@dataclass
class FollowUpLog:
    """Keeps a follow-up whole with every answer: it is short, and needs no journal. `whole` gives its bytes."""

    store: Store = field(repr=False)
    record: FollowUpRecord
    whole: Callable[[], bytes] = field(default=lambda: b"", repr=False)
    durable: bool = True

    def keep(self, batch: Batch) -> None:
        """Write a batch in one committed transaction. Raises StorageError: nothing is kept."""
        at = batch.entries[-1].at if batch.entries else self.record.at
        typing = self.record.typing if batch.typing is None else batch.typing
        record = replace(self.record, xml=self.whole(), typing=dict(typing), at=at)
        with self.store.unit_of_work() as uow:
            for work in batch.also:
                work(uow)
            uow.follow_ups.save(record)
            uow.commit()
        self.record = record


@guarded(Action.PEOPLE)
def begin_follow_up(office: Office, participant_id: ParticipantId, language: str = DUTCH) -> Conversation:
    """Begin the follow-up of a person, or go on with one that was begun and not finished.

    `language` is the one on screen beside Dutch: the person's own at the table, Dutch on the telephone. It works when
    the talk has left the laptop, from the case card. Raises RecordMissing, StorageError.
    """
    known = known_of(office, participant_id)
    open_one = known.open_record
    form = office.forms[FOLLOW_UP]
    if open_one is None:
        entry = FormEntry.new(form, now=office.clock.now, language=DUTCH)
    else:
        entry = FormEntry.restore(form, open_one.xml, now=office.clock.now, language=DUTCH)
    conversation = _conversation(office, known, entry, language)
    talk = conversation.talk
    record = open_one or _record(office, known, entry)
    log = FollowUpLog(office.store, record, talk.stored_savepoint)
    if open_one is None:
        with talk.together():
            talk.go_on_in(log)
            _fill(office, known, talk)
            line = AuditLine(office.clock.now(), office.store.account.account_id, "follow_up_begun", participant_id)
            talk.along(lambda uow: uow.audit.add(line))
    else:
        talk.go_on_in(log)
        _put_back(conversation, open_one)
    return conversation


@guarded(Action.PEOPLE)
def can_correct(office: Office, participant_id: ParticipantId) -> bool:
    """Whether there is a finished follow-up, and none under way that would go first."""
    with office.store.unit_of_work() as uow:
        card = uow.cards.of(participant_id)
        records = uow.follow_ups.of(ParticipantId(card.card_id) if card is not None else participant_id)
    talks = [one for one in records if one.form_id == FOLLOW_UP]
    return bool(talks) and not any(one.is_open for one in talks)


@guarded(Action.PEOPLE)
def correct_follow_up(office: Office, participant_id: ParticipantId, language: str = DUTCH) -> Conversation:
    """Open the newest finished follow-up again: what is finished then takes its place, here and, as an edit of what was
    sent, at the centre. A follow-up that is under way goes on. Raises RecordMissing without one, StorageError.
    """
    known = known_of(office, participant_id)
    before = known.newest(FOLLOW_UP)
    if known.open_record is not None:
        return begin_follow_up(office, participant_id, language)
    if before is None:
        raise RecordMissing(kind="follow_up", id=participant_id)
    conversation = once_more(office, known, before, language)
    talk = conversation.talk
    record = replace(_record(office, known, talk.entry), deprecated_id=before.instance_id, xml=talk.stored_savepoint())
    now, account = office.clock.now(), office.store.account.account_id
    with office.store.unit_of_work() as uow:
        uow.follow_ups.save(record)
        uow.audit.add(AuditLine(now, account, "follow_up_reopened", participant_id))
        uow.commit()
    talk.go_on_in(FollowUpLog(office.store, record, talk.stored_savepoint))
    return conversation


@guarded(Action.PEOPLE)
def once_more(office: Office, known: Known, before: FollowUpRecord, language: str = DUTCH) -> Conversation:
    """A finished follow-up in memory, under a name of its own, filled as it was; nothing of it is written yet."""
    return _conversation(office, known, _again(office, before), language)


def _again(office: Office, before: FollowUpRecord) -> FormEntry:
    """The talk under a name of its own; it names the one before only where that may have left."""
    form, now = office.forms[FOLLOW_UP], office.clock.now
    if before.released_xml is not None:
        return FormEntry.edit(form, before.xml, now=now, language=DUTCH)
    fresh = FormEntry.new(form, now=now, language=DUTCH).instance_id
    return FormEntry.restore(
        form, before.xml.replace(before.instance_id.encode(), fresh.encode()), now=now, language=DUTCH
    )


@guarded(Action.PEOPLE)
def drop_follow_up(office: Office, conversation: Conversation) -> None:
    """Let go of a follow-up that was begun by mistake; nothing of it stays. Raises RecordMissing, StorageError."""
    talk = conversation.talk
    now = office.clock.now()
    with office.store.unit_of_work() as uow:
        uow.follow_ups.remove(talk.instance_id)
        uow.audit.add(AuditLine(now, office.store.account.account_id, "follow_up_dropped", talk.header.participant_id))
        uow.commit()


def _conversation(office: Office, known: Known, entry: FormEntry, language: str) -> Conversation:
    form, now = office.forms[FOLLOW_UP], office.clock.now()
    header = DraftHeader(
        instance_id=InstanceId(entry.instance_id),
        participant_id=known.participant_id,
        form_id=FormId(form.form_id),
        form_version=FormVersion(form.version),
        account_id=office.store.account.account_id,
        started_at=now,
        updated_at=now,
        practice=known.practice,
    )
    context = WalkContext(role=office.store.account.role, talk_form=FULL)
    talk = Talk(form, entry, header, office.clock, context, spoken=language)
    keeper = RowKeeper(talk, office.catalogue, office.rules)
    keeper.told = known.intake
    return Conversation(talk, keeper, office.store, known.number)


def _record(office: Office, known: Known, entry: FormEntry) -> FollowUpRecord:
    form = office.forms[FOLLOW_UP]
    return FollowUpRecord(
        instance_id=InstanceId(entry.instance_id),
        owner=known.owner,
        form_id=FormId(form.form_id),
        form_version=FormVersion(form.version),
        account_id=office.store.account.account_id,
        status=InstanceStatus.INCOMPLETE,
        at=office.clock.now(),
        xml=b"",
    )


def _fill(office: Office, known: Known, talk: Talk) -> None:
    """What the app knows: who, where, the open steps, tasters and referrals, what to ask once more, the next day."""
    hosts = {
        "participant_number": known.number,
        "talk_id": known.talk_id,
        "location": office.installation.location,
        "counsellor": office.store.account.account_id,
        "follow_up_date": office.clock.today().isoformat(),
        "asked_before": " ".join(measured_before(office, known)),
        "ask_stats": _yes(known.may_ask_to_count),
        "confirm_group": _yes(known.group_is_open),
    }
    for name, value in hosts.items():
        talk.set_host(name, value)
    steps = [{"id": str(n), "label": text, "source": "plan"} for n, text in enumerate(known.steps(), 1)]
    tasters = [{"id": one.offer, "label": one.label_nl, "source": "catalogue"} for one in known.tasters(office)]
    named = office.catalogue.organisations
    referrals = [
        {"id": number, "label": named[name].label_nl if name in named else name, "source": "plan"}
        for number, name, _ in known.referrals()
    ]
    for name, rows in (("steps", steps), ("tasters", tasters), ("referrals", referrals)):
        if rows:
            talk.set_host(name, rows)
    day = next_day(read_follow_up_plan(office.store), plan_day(office, known), office.clock.today())
    ref = talk.answers.ref("next_date")
    if ref and day is not None:
        talk.answer(ref, day.isoformat())


@guarded(Action.PEOPLE)
def plan_day(office: Office, known: Known) -> date:
    """The day of the plan from which follow-ups are counted."""
    if known.card is not None:
        return local_day(known.card)
    return known.plan.made_on if known.plan is not None else office.clock.today()


def local_day(card: CaseCard) -> date:
    """The day on which a card was made, as the calendar here tells it."""
    return card.made_at.astimezone().date()


def _put_back(conversation: Conversation, record: FollowUpRecord) -> None:
    talk = conversation.talk
    for ref, text in record.typing.items():
        if text and talk.entry.value(ref) != text:
            conversation.answer(ref, text)
            conversation.recovered = (*conversation.recovered, ref)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
