"""Who may do what: one table of actions and roles (DOMAIN 1.2), and the guard that every use case stands behind."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from intake_app.domain.account import COUNSELLOR, ROLES, SITE_LEAD, SPECIALIST, VOLUNTEER, Account
from intake_app.errors import RoleRefused

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


class Action(StrEnum):
    """What the use cases do, as far as rights differ."""

    TALK = "talk"
    """Begin, go on with, lead, finish and remove an own open talk; make and print its plan."""
    FULL_TALK = "full_talk"
    PEOPLE = "people"
    """Find and open people of the own caseload whose talk is finished; case cards, notes, hand-overs."""
    RIGHTS = "rights"
    """Copy, correct, withdraw for a person of the own caseload."""
    ERASE = "erase"
    EXPORT = "export"
    RETENTION = "retention"
    COUNTS = "counts"
    SEND = "send"
    CATALOGUE = "catalogue"
    PRINT = "print"
    """Put on paper what was already read by somebody who might."""
    UPKEEP = "upkeep"
    """What the program does by itself whoever comes in: clocks, checks, lights; content of the own caseload only."""
    LOOK_AT_SETTINGS = "look_at_settings"
    SETTINGS = "settings"
    ACCOUNTS = "accounts"
    OWN_ACCOUNT = "own_account"
    RECOVERY_KEY = "recovery_key"
    ACCESS_LOG = "access_log"
    OFFICIAL_LISTS = "official_lists"
    """Take official lists in beside the catalogue, and remove them."""
    BACKUP = "backup"


_LEADS_TALKS = frozenset({VOLUNTEER, COUNSELLOR, SPECIALIST})
_GUIDES = frozenset({COUNSELLOR, SPECIALIST})
_LEAD = frozenset({SITE_LEAD})
_ALL = frozenset(ROLES)

POLICY: dict[Action, frozenset[str]] = {
    Action.TALK: _LEADS_TALKS,
    Action.FULL_TALK: _GUIDES,
    Action.PEOPLE: _GUIDES,
    Action.RIGHTS: _GUIDES,
    Action.ERASE: _GUIDES | _LEAD,
    Action.EXPORT: _GUIDES,
    Action.RETENTION: _GUIDES | _LEAD,
    Action.COUNTS: _GUIDES | _LEAD,
    Action.SEND: _ALL,
    Action.CATALOGUE: _ALL,
    Action.PRINT: _ALL,
    Action.UPKEEP: _ALL,
    Action.LOOK_AT_SETTINGS: _ALL,
    Action.SETTINGS: _LEAD,
    Action.ACCOUNTS: _LEAD,
    Action.OWN_ACCOUNT: _ALL,
    Action.RECOVERY_KEY: _LEAD,
    Action.ACCESS_LOG: _LEAD,
    Action.OFFICIAL_LISTS: _LEAD,
    Action.BACKUP: _GUIDES | _LEAD,
}
"""Which roles an action is open to; an account with several roles has the rights of all of them."""


def may(account: Account, action: Action) -> bool:
    """Whether one of the account's roles gives this right."""
    return not POLICY[action].isdisjoint(account.roles)


def require(account: Account, action: Action) -> None:
    """Raises `RoleRefused` (params `role`, `action`) when no role of the account gives this right."""
    if not may(account, action):
        raise RoleRefused(role=account.role, action=action.value)


def guarded(action: Action) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Lets a call through only when the account behind one of its arguments has the right.

    That argument is a store, or something that has one (an office, a conversation, an outbox). A call without any
    store in its arguments has nobody to ask and goes through: there is nothing to protect.
    """

    def guard(call: Callable[P, R]) -> Callable[P, R]:
        @wraps(call)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            for argument in (*args, *kwargs.values()):
                account = account_of(argument)
                if account is not None:
                    require(account, action)
                    break
            return call(*args, **kwargs)

        checked.guarded_by = action  # type: ignore[attr-defined]  # the table of roles reads it
        return checked

    return guard


def guarded_object(action: Action) -> Callable[[type[T]], type[T]]:
    """The same for a class: without the right nobody gets an object of it, so that all its methods are guarded."""

    def guard(kind: type[T]) -> type[T]:
        made = kind.__init__

        @wraps(made)
        def checked(self: Any, *args: Any, **kwargs: Any) -> None:
            made(self, *args, **kwargs)
            account = account_of(self)
            if account is not None:
                require(account, action)

        kind.__init__ = checked  # type: ignore[method-assign]  # that is the guard
        kind.guarded_by = action  # type: ignore[attr-defined]  # as above
        return kind

    return guard


def account_of(holder: object) -> Account | None:
    """The account behind a store, an office, a conversation, or whatever else has a store; None for anything else."""
    office = getattr(holder, "office", holder)
    account = getattr(getattr(office, "store", office), "account", None)
    return account if isinstance(account, Account) else None
