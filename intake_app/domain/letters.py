"""What is given on paper when somebody uses a right: a receipt, and a copy of everything that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from intake_app.domain.consent import ConsentCode, ConsentRecord
from intake_app.domain.ids import ParticipantNumber
from intake_app.domain.plan import Installation

ERASED, WITHDRAWN, CORRECTED = "erased", "withdrawn", "corrected"


@dataclass(frozen=True)
class HeldBackup:
    """A backup whose copy of the keys is older than an erasure: until it is replaced, it still opens the talk."""

    label: str
    made_at: datetime


@dataclass(frozen=True)
class RightsReceipt:
    """What was done with a person's data; nothing of the data themselves.

    `kind` erased, withdrawn or corrected. `central` whether something had been sent, so that the Werkcentrum is
    asked too (before `central_before`); `central_done` when it said that it was done: the second part of the receipt.
    """

    kind: str
    number: ParticipantNumber
    language: str
    at: datetime
    installation: Installation
    code: ConsentCode | None = None
    organisation: str = ""
    central: bool = False
    central_before: date | None = None
    central_done: datetime | None = None
    backups: tuple[HeldBackup, ...] = ()
    backups_before: date | None = None
    practice: bool = False
    fell_away: bool = False
    """Whether something that two places said otherwise needs no choice any more; for the counsellor, not on paper."""


@dataclass(frozen=True)
class ToldAnswer:
    """A question with its answer, each in the participant's language and in Dutch."""

    question: str
    question_nl: str
    answer: str = field(repr=False)
    answer_nl: str = field(repr=False)


@dataclass(frozen=True)
class ToldElsewhere:
    """What another place of the organisation wrote down about the same person, and which was set beside ours."""

    place: str
    made_on: date
    answers: tuple[ToldAnswer, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class DataCopy:
    """Everything that is kept of a person on this laptop, for the person to read and take along (AVG 15)."""

    number: ParticipantNumber
    language: str
    made_on: date
    installation: Installation
    call_name: str = field(default="", repr=False)
    card: Mapping[str, str] = field(default_factory=dict, repr=False)
    next_date: date | None = field(default=None, repr=False)
    spoken_on: tuple[date, ...] = field(default=(), repr=False)
    missed: int = 0
    elsewhere: tuple[ToldElsewhere, ...] = field(default=(), repr=False)
    answers: tuple[ToldAnswer, ...] = field(default=(), repr=False)
    consents: tuple[ConsentRecord, ...] = ()
    plans: tuple[tuple[str, date], ...] = ()
    sent: bool = False
    practice: bool = False


@dataclass(frozen=True)
class WithdrawalSheet:
    """The sheet a person gets to take along: which rights there are, and how to use them."""

    number: ParticipantNumber
    language: str
    installation: Installation


Letter = RightsReceipt | DataCopy | WithdrawalSheet
