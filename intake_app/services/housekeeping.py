"""Clearing up by the clocks of DOMAIN 8.11: what goes when, clearing what is due, and a clock that is not believed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from intake_app.domain.clocks import RetentionClocks
from intake_app.domain.consent import ConsentCode
from intake_app.domain.draft import AuditLine
from intake_app.domain.ids import FormId, InstanceId, ParticipantId
from intake_app.domain.keeping import KeptConsent, Stay
from intake_app.errors import ClockDoubtful, RecordErased, RecordMissing
from intake_app.services.counting import close_quarters
from intake_app.services.installation import read_clocks
from intake_app.services.office import Office
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store, UnitOfWork
from intake_app.services.withdrawal import let_go

AFTER_APPOINTMENT = 7
"""An unfinished talk with an appointment stays until so many days after it (DOMAIN 8.11)."""
GRACE = 14
"""So many days later goes what only a colleague can open: their own login would keep proof of the consents, or know
of a later appointment."""
FORWARD_DAYS, BACK_DAYS = 45, 1
"""A clock that is further from the last time seen than this is not believed without being asked."""
_SEEN = "clock.seen"
_CLEARED = "clock.cleared"
_MONTH = 30.44


class Kind(StrEnum):
    """What goes."""

    DRAFT = "draft"
    TALK = "talk"
    CARD = "card"
    SPECIAL = "special"


@dataclass(frozen=True)
class Due:
    """One thing that goes on a day. `waiting` records must be sent first: until then it stays."""

    kind: Kind
    participant_id: ParticipantId
    on: date
    number: str = ""
    own: bool = True
    waiting: int = 0
    practice: bool = False
    talks: tuple[InstanceId, ...] = ()
    call_name: str = field(default="", repr=False)


@dataclass(frozen=True)
class Cleared:
    """What one round of clearing did: talks and cards that went, and small things that nobody sees."""

    talks: int = 0
    cards: int = 0
    small: int = 0
    tallies: int = 0


@guarded(Action.RETENTION)
def coming(office: Office) -> tuple[Due, ...]:
    """Everything that will go, the nearest first; names only of the own caseload. Raises RoleRefused."""
    return _coming(office)


@guarded(Action.UPKEEP)
def clock_doubt(store: Store, now: datetime) -> int:
    """Whole days by which the clock jumped since it was last trusted, below 0 for back; 0 when it can be believed."""
    with store.unit_of_work() as uow:
        told = uow.settings.get(_SEEN)
    if not told:
        return 0
    step = now - datetime.fromisoformat(told)
    if step > timedelta(days=FORWARD_DAYS) or step < -timedelta(days=BACK_DAYS):
        return step.days if step.days > 0 else -max((-step).days, 1)
    return 0


@guarded(Action.UPKEEP)
def trust_clock(store: Store, now: datetime) -> None:
    """A person has looked and says that this is the date."""
    with store.unit_of_work() as uow:
        uow.settings.set(_SEEN, now.astimezone(UTC).isoformat())
        uow.audit.add(AuditLine(now, store.account.account_id, "clock_trusted", now.date().isoformat()))
        uow.commit()


@guarded(Action.UPKEEP)
def cleared_today(store: Store, today: date) -> bool:
    """Whether this was done today already."""
    with store.unit_of_work() as uow:
        return uow.settings.get(_CLEARED) == today.isoformat()


@guarded(Action.UPKEEP)
def clear_due(office: Office) -> Cleared:
    """Clear everything that is due; for every account, since the clocks run whoever comes in.

    Raises ClockDoubtful, with nothing cleared, when the clock cannot be believed, and StorageError.
    """
    store, now = office.store, office.clock.now()
    doubt = clock_doubt(store, now)
    if doubt:
        raise ClockDoubtful(days=doubt)
    today = office.clock.today()
    clocks = read_clocks(store)
    due = [one for one in _coming(office) if one.on <= today and not one.waiting]
    talks = sum(_clear(office, one, now) for one in due if one.kind in (Kind.DRAFT, Kind.TALK))
    cards = sum(_clear_card(office, one, now) for one in due if one.kind is Kind.CARD)
    for one in due:
        if one.kind is Kind.SPECIAL and one.own:
            _clear_special(office, one.participant_id)
    tallies = close_quarters(store, office.forms["status"], today, now)
    with store.unit_of_work() as uow:
        small = uow.rights.forget_before(now - _months(clocks.consent_months))
        uow.follow_ups.forget_before(FormId("follow_up"), now - timedelta(days=clocks.laptop_days))
        uow.follow_ups.forget_open_before(now - timedelta(days=clocks.draft_days))
        small += uow.audit.forget_before(now - _months(clocks.audit_months))
        uow.settings.set(_SEEN, now.astimezone(UTC).isoformat())
        uow.settings.set(_CLEARED, today.isoformat())
        uow.commit()
    return Cleared(talks, cards, small, tallies)


def talk_due(stay: Stay, clocks: RetentionClocks, appointment: date | None = None) -> date | None:
    """The day on which everything of a person goes, apart from the case card; None when there is nothing to go by."""
    days: list[date] = []
    if stay.open_at is not None:
        on = stay.open_at.date() + timedelta(days=clocks.draft_days)
        days.append(max(on, appointment + timedelta(days=AFTER_APPOINTMENT)) if appointment else on)
    ended = max(filter(None, (stay.finished_at, stay.confirmed_at)), default=None)
    if ended is not None:
        days.append(ended.date() + timedelta(days=clocks.laptop_days))
    if not days:
        return None
    return max(days) + timedelta(days=0 if stay.own else GRACE)


def _coming(office: Office) -> tuple[Due, ...]:
    clocks = read_clocks(office.store)
    with office.store.unit_of_work() as uow:
        stays, cards = uow.stays.list(), uow.cards.stays()
        names = {person.participant_id: person.call_name for person in uow.participants.list()}
        names |= {card.participant_id: card.call_name for card in uow.cards.list()}
        numbers = {card.participant_id: card.number for card in uow.cards.list()}
    found = []
    for stay in stays:
        on = talk_due(stay, clocks, _appointment(office, stay, clocks))
        if on is not None:
            kind = Kind.TALK if stay.finished_at else Kind.DRAFT
            found.append(_due(kind, stay, on, names))
        if stay.finished_at is not None:
            special = (stay.finished_at + _months(clocks.special_months)).date()
            if on is None or special < on:
                found.append(_due(Kind.SPECIAL, stay, special, names))
    for card in cards:
        on = card.runs_from.date() + timedelta(days=clocks.case_card_days)
        name, number = names.get(card.participant_id, ""), numbers.get(card.participant_id, "")
        waiting = card.waiting
        found.append(
            Due(Kind.CARD, card.participant_id, on, number=number, own=card.own, waiting=waiting, call_name=name)
        )
    return tuple(sorted(found, key=lambda one: (one.on, one.number)))


def _due(kind: Kind, stay: Stay, on: date, names: dict[ParticipantId, str]) -> Due:
    return Due(
        kind=kind,
        participant_id=stay.participant_id,
        on=on,
        number=stay.number,
        own=stay.own,
        waiting=stay.waiting,
        practice=stay.practice,
        talks=stay.open_talks,
        call_name=names.get(stay.participant_id, ""),
    )


def _appointment(office: Office, stay: Stay, clocks: RetentionClocks) -> date | None:
    """The next appointment of an own unfinished talk; looked up only when it could make a difference soon."""
    if not stay.own or stay.open_at is None:
        return None
    if stay.open_at + timedelta(days=clocks.draft_days) > office.clock.now() + timedelta(days=AFTER_APPOINTMENT):
        return None
    days = [office.appointment(talk) for talk in stay.open_talks]
    return max(filter(None, days), default=None)


def _clear(office: Office, due: Due, now: datetime) -> int:
    """Everything of a person but the case card; proof of the consents stays where they can be opened."""
    with office.store.unit_of_work() as uow:
        stay = next((one for one in uow.stays.list() if one.participant_id == due.participant_id), None)
        if stay is None or stay.waiting:
            return 0
        uow.rights.keep_consents(_proof(uow, stay, now))
        uow.participants.erase(stay.participant_id, now)
        uow.audit.add(AuditLine(now, office.store.account.account_id, "talk_cleared", stay.participant_id))
        uow.commit()
    return 1


def _proof(uow: UnitOfWork, stay: Stay, now: datetime) -> tuple[KeptConsent, ...]:
    try:
        return tuple(KeptConsent(stay.number, record, now) for record in uow.consents.of(stay.participant_id))
    except (RecordMissing, RecordErased):
        return ()


def _clear_card(office: Office, due: Due, now: datetime) -> int:
    with office.store.unit_of_work() as uow:
        stays = {card.participant_id: card for card in uow.cards.stays() if not card.waiting}
        if due.participant_id not in stays:
            return 0
        uow.cards.erase(due.participant_id, now)
        subject = stays[due.participant_id].card_id
        uow.audit.add(AuditLine(now, office.store.account.account_id, "card_cleared", subject))
        uow.commit()
    return 1


def _clear_special(office: Office, participant_id: ParticipantId) -> None:
    """C4 and C5 answers after their twelve months, as if they were taken back, without asking the centre."""
    for code in (ConsentCode.NEEDS, ConsentCode.ORIGIN):
        let_go(office, participant_id, code)


def _months(count: int) -> timedelta:
    return timedelta(days=round(count * _MONTH))
