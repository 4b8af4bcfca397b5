"""Who works on this laptop: let colleagues in, help who lost a passphrase, end an account, hand people over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from intake_app.domain.clock import Clock
from intake_app.domain.draft import (
    COUNSELLOR,
    ROLES,
    SPECIALIST,
    Account,
    AuditLine,
    RecoveryHalves,
    StaffMember,
)
from intake_app.domain.ids import AccountId, ParticipantId
from intake_app.errors import RecordMissing, RoleRefused
from intake_app.services.access import refuse_short
from intake_app.services.policy import Action, guarded
from intake_app.services.ports import Store

_GUIDES = (COUNSELLOR, SPECIALIST)
_ADDED, _RESET, _ENDED = "account_added", "access_reset", "account_ended"
_CHANGED, _HANDED, _BACK = "passphrase_changed", "caseload_handed_over", "caseload_brought_back"
_KEY_MADE, _KEY_USED = "recovery_key_made", "recovery_key_used"


@dataclass(frozen=True)
class RecoveryUse:
    """That the recovery key was made or used: when, and by whose account."""

    at: datetime
    used: bool
    account_id: AccountId


@dataclass(frozen=True)
class Accounts:
    """The people of this laptop. Everything is noted in the access log; raises RoleRefused and StorageError."""

    store: Store = field(repr=False)
    clock: Clock = field(repr=False)

    @guarded(Action.ACCOUNTS)
    def members(self) -> tuple[StaffMember, ...]:
        """Everybody, in the order of joining, with counts and nothing of the people in them."""
        return self.store.staff.members()

    @guarded(Action.ACCOUNTS)
    def add(self, passphrase: str, name: str, roles: Collection[str]) -> Account:
        """A colleague with a first passphrase. Raises PassphraseTooShort, PassphraseTaken, NameTaken."""
        refuse_short(passphrase)
        chosen = tuple(role for role in ROLES if role in roles)
        if not chosen:
            raise RoleRefused(role="", action="make_account")
        account = self.store.staff.add(passphrase, " ".join(name.split()), chosen)
        self._note(_ADDED, account.account_id)
        return account

    @guarded(Action.ACCOUNTS)
    def reset(self, account_id: AccountId, passphrase: str, halves: RecoveryHalves | None = None) -> bool:
        """A new first passphrase for a colleague who lost it; says whether the caseload came along.

        It does with the recovery key; without it the people stay sealed until `bring_back`. For oneself there is
        `change_passphrase`. Raises PassphraseTooShort, PassphraseTaken, RecoveryMistyped, RecoveryWrong.
        """
        refuse_short(passphrase)
        if account_id == self.store.account.account_id:
            raise RoleRefused(role=self.store.account.role, action="reset_own_access")
        whole = self.store.staff.reset(account_id, passphrase, halves)
        self._note(_RESET, account_id, used=halves is not None)
        return whole

    @guarded(Action.ACCOUNTS)
    def bring_back(self, account_id: AccountId, halves: RecoveryHalves) -> int:
        """Open with the recovery key what a reset has sealed; how many people came. Raises as `reset`."""
        people = self.store.staff.bring_back(account_id, halves)
        self._note(_BACK, account_id, used=True)
        return people

    @guarded(Action.OWN_ACCOUNT)
    def bring_back_own(self, old_passphrase: str) -> int:
        """The same with the old passphrase, when it came to mind after all. Raises WrongPassphrase, RecordMissing."""
        me = self.store.account.account_id
        people = self.store.staff.bring_back(me, old_passphrase)
        self._note(_BACK, me)
        return people

    @guarded(Action.ACCOUNTS)
    def end(self, account_id: AccountId, successor: AccountId, halves: RecoveryHalves | None = None) -> int:
        """Take an account away; its people go to the successor, who guides people. How many those were.

        Raises LastSiteLead, CaseloadSealed when there are people and no recovery key, RecoveryMistyped,
        RecoveryWrong, RecordMissing.
        """
        if account_id == self.store.account.account_id:
            raise RoleRefused(role=self.store.account.role, action="end_own_account")
        self._refuse_no_guide(successor)
        people = self.store.staff.end(account_id, successor, halves)
        self._note(_ENDED, account_id, used=halves is not None)
        return people

    @guarded(Action.OWN_ACCOUNT)
    def change_passphrase(self, old: str, new: str) -> None:
        """The own passphrase. Raises WrongPassphrase, PassphraseTooShort, PassphraseTaken."""
        refuse_short(new)
        self.store.staff.change_passphrase(old, new)
        self._note(_CHANGED, self.store.account.account_id)

    @guarded(Action.OWN_ACCOUNT)
    def sealed_people(self) -> int:
        """How many of the own people a reset has sealed."""
        me = self.store.account
        return sum(each.sealed_people for each in self.store.staff.members() if each.account == me)

    @guarded(Action.TALK)
    def successors(self) -> tuple[Account, ...]:
        """Colleagues who may take people over."""
        me = self.store.account.account_id
        return tuple(
            each.account
            for each in self.store.staff.members()
            if each.account.account_id != me and not set(_GUIDES).isdisjoint(each.account.roles)
        )

    @guarded(Action.TALK)
    def hand_over(self, participant_ids: Collection[ParticipantId], to: AccountId) -> None:
        """Give own people, with their case cards, to a colleague who guides people. Raises RecordMissing."""
        self._refuse_no_guide(to)
        self.store.staff.hand_over(frozenset(participant_ids), to)
        for participant_id in sorted(participant_ids):
            self._note(_HANDED, participant_id)

    @guarded(Action.TALK)
    def hand_over_all(self, to: AccountId) -> int:
        """Give the whole own caseload to a colleague, as before leaving; how many people that were."""
        with self.store.unit_of_work() as uow:
            people = {person.participant_id for person in uow.participants.list()}
            cards = {ParticipantId(card.card_id) for card in uow.cards.list() if card.participant_id not in people}
        self.hand_over(people | cards, to)
        return len(people)

    @guarded(Action.RECOVERY_KEY)
    def new_recovery_key(self) -> RecoveryHalves:
        """Two halves to be printed; they open nothing until `adopt_recovery_key`, and are kept nowhere."""
        return self.store.staff.new_recovery()

    @guarded(Action.RECOVERY_KEY)
    def adopt_recovery_key(self, halves: RecoveryHalves) -> None:
        """The halves are on paper: from now on they are the recovery key. Colleagues' keys follow at their login."""
        self._note(_KEY_MADE, self.store.staff.adopt_recovery(halves))

    @guarded(Action.RECOVERY_KEY)
    def has_recovery_key(self) -> bool:
        """Whether there is one."""
        return bool(self.store.staff.recovery_id())

    @guarded(Action.RECOVERY_KEY)
    def recovery_history(self) -> tuple[RecoveryUse, ...]:
        """Each making and each use of a recovery key, the newest first."""
        with self.store.unit_of_work() as uow:
            lines = uow.audit.of((_KEY_MADE, _KEY_USED))
        return tuple(RecoveryUse(line.at, line.action == _KEY_USED, line.account_id) for line in reversed(lines))

    def _refuse_no_guide(self, account_id: AccountId) -> None:
        for each in self.store.staff.members():
            if each.account.account_id == account_id:
                if set(_GUIDES).isdisjoint(each.account.roles):
                    raise RoleRefused(role=each.account.role, action="take_over")
                return
        raise RecordMissing(kind="account", id=account_id)

    def _note(self, action: str, subject: str, *, used: bool = False) -> None:
        now, me = self.clock.now(), self.store.account.account_id
        key_id = self.store.staff.recovery_id() if used else ""
        with self.store.unit_of_work() as uow:
            if used:
                uow.audit.add(AuditLine(now, me, _KEY_USED, key_id))
            uow.audit.add(AuditLine(now, me, action, subject))
            uow.commit()
