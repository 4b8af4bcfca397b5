"""Accounts as the site lead keeps them, and the two halves of the recovery key."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake_app.domain.account import Account


@dataclass(frozen=True)
class StaffMember:
    """An account as the site lead sees it: how many people are in its caseload, and whether a part is sealed off.

    `people` counts without opening anything. `sealed_people` stand in a caseload that only the recovery key opens,
    after a reset without it. `recoverable` is false while the present recovery key does not open the person's keys yet:
    they are sealed to it at the next login.
    """

    account: Account
    people: int
    sealed_people: int = 0
    recoverable: bool = True


@dataclass(frozen=True)
class RecoveryHalves:
    """The two halves of a recovery key, to be typed over from paper. Neither says anything without the other."""

    a: str = field(repr=False)
    b: str = field(repr=False)
