"""Who works on a laptop: accounts and their roles."""

from __future__ import annotations

from typing import NamedTuple

from intake_app.domain.ids import AccountId

VOLUNTEER, COUNSELLOR, SPECIALIST, SITE_LEAD = "volunteer", "counsellor", "specialist", "site_lead"
ROLES = (VOLUNTEER, COUNSELLOR, SPECIALIST, SITE_LEAD)
"""Roles on a laptop, by their rights in a talk; `site_lead` gives none (DOMAIN 1.2)."""


class Account(NamedTuple):
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
