"""Who works on a laptop: accounts, their roles, and the two halves of the recovery key."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake_app.domain.ids import AccountId

VOLUNTEER, COUNSELLOR, SPECIALIST, SITE_LEAD = "volunteer", "counsellor", "specialist", "site_lead"
ROLES = (VOLUNTEER, COUNSELLOR, SPECIALIST, SITE_LEAD)
"""Roles on a laptop, by their rights in a talk; `site_lead` gives none (DOMAIN 1.2)."""


@dataclass(frozen=True)
class Account:
    """A person who may unlock this laptop, with one or more of `ROLES`."""

    account_id: AccountId
    name: str
    roles: tuple[str, ...]

    def holds(self, role: str) -> bool:
        """Whether this is one of the person's roles."""
        return role in self.roles

    @property
    def role(self) -> str:
        """The role in which this person leads a talk: the one with the most rights there."""
        leading = [role for role in (SPECIALIST, COUNSELLOR, VOLUNTEER) if role in self.roles]
        return leading[0] if leading else SITE_LEAD


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
