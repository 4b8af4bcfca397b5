"""What stays after a talk and for how long: case card, counting row, proof of consent, requests, withdrawals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from intake_app.domain.consent import ConsentCode, ConsentRecord
from intake_app.domain.follow_up import TasterStep
from intake_app.domain.ids import AccountId, FormVersion, InstanceId, ParticipantId, ParticipantNumber

CARD_PREFIX = "card:"
"""Begins the id of a case card, so that its key is never taken for that of a person."""
ERASING = frozenset({"withdrawal", "deletion"})
"""Kinds of a request after which something at the centre has to go."""


@dataclass(frozen=True)
class CaseCard:
    """The belkaart of DOMAIN 8.4: enough to call somebody, nothing else; it has a key and a clock of its own.

    `runs_from` is the moment from which its days are counted: the last follow-up, or the next one while that lies
    ahead. `tasters` and `referrals` (ids of organisations, never one of S 1 or 9) are steps too. `spoken_on` are the
    days of follow-ups so far, `missed` how often nobody was reached since the last one. `counted` names the counters
    to which this person has added (only with C6), so that nobody counts twice.
    """

    card_id: str
    participant_id: ParticipantId
    number: ParticipantNumber
    account_id: AccountId
    made_at: datetime
    runs_from: datetime
    call_name: str = field(default="", repr=False)
    contact: tuple[str, ...] = field(default=(), repr=False)
    language: str = field(default="", repr=False)
    steps: tuple[str, ...] = field(default=(), repr=False)
    next_date: date | None = field(default=None, repr=False)
    practice: bool = False
    tasters: tuple[TasterStep, ...] = field(default=(), repr=False)
    referrals: tuple[str, ...] = field(default=(), repr=False)
    spoken_on: tuple[date, ...] = field(default=(), repr=False)
    missed: int = 0
    closed: bool = False
    counted: tuple[str, ...] = ()


@dataclass(frozen=True)
class CountingRow:
    """One talk in the counting of a quarter (DOMAIN 8.10): a random number of its own, never the person's."""

    row_id: str
    quarter: str
    content: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class KeptConsent:
    """Proof that a consent was asked and answered, kept for a while after the record itself has gone."""

    number: ParticipantNumber
    record: ConsentRecord
    ended_at: datetime


@dataclass(frozen=True)
class Withdrawal:
    """A consent that was taken back; it holds also for data that a backup brings back.

    `anew` tells, version by version, which record at the centre makes way and the name of the smaller one that goes in
    its place, so that a copy of before goes on with that one.
    """

    participant_id: ParticipantId
    number: ParticipantNumber
    code: ConsentCode
    at: datetime
    organisation: str = ""
    anew: tuple[tuple[InstanceId, InstanceId], ...] = ()


@dataclass(frozen=True)
class DataRequest:
    """What the central caseworker is asked to do (form `data_request`); `done_at` when they said it was done.

    `record` are the bytes that are sent, of `form_version`: with them a request that an older copy of the data lost
    goes again as it was, and the centre takes it as the one it may have.
    """

    instance_id: InstanceId
    number: ParticipantNumber
    talk_id: str
    kind: str
    asked_at: datetime
    code: ConsentCode | None = None
    requested_by: str = "participant"
    language: str = "nl"
    done_at: datetime | None = None
    form_version: FormVersion | None = None
    record: bytes = field(default=b"", repr=False)

    @property
    def lasts(self) -> bool:
        """Whether it must outlive an older copy of the data that is put back."""
        return self.kind in ERASING and bool(self.record and self.form_version)

    @property
    def asking(self) -> tuple[ParticipantNumber, str, ConsentCode | None, datetime]:
        """What requests share that were made at once, one for each record or talk: to people they are one."""
        return self.number, self.kind, self.code, self.asked_at


@dataclass(frozen=True)
class Tombstone:
    """Somebody, or a case card, that was erased."""

    participant_id: ParticipantId
    number: ParticipantNumber
    erased_at: datetime


@dataclass(frozen=True)
class Stay:
    """What of a person is on this laptop and since when; readable for every account, without content.

    `open_at` last entry of an unfinished talk, `finished_at` the last completed talk, `waiting` records that were not
    sent yet, `confirmed_at` the last receipt of the server, `own` whether this account can open it.
    """

    participant_id: ParticipantId
    number: ParticipantNumber
    account_id: AccountId
    practice: bool
    own: bool
    open_talks: tuple[InstanceId, ...] = ()
    open_at: datetime | None = None
    finished_at: datetime | None = None
    waiting: int = 0
    waiting_since: datetime | None = None
    confirmed_at: datetime | None = None


@dataclass(frozen=True)
class CardStay:
    """A case card's clock, readable for every account; `waiting` records of it were not sent yet."""

    card_id: str
    participant_id: ParticipantId
    account_id: AccountId
    runs_from: datetime
    own: bool
    waiting: int = 0
