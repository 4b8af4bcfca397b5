"""The wislijst: who was erased and what was taken back, beside the database, so that no older copy brings it back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import SENT_FILE
from intake_app.domain.keeping import CARD_PREFIX, Tombstone, Withdrawal
from intake_app.errors import StoreDamaged
from intake_app.paths import private_file
from intake_app.storage.crypto import Place, seal, unseal
from intake_app.storage.keeping import CaseCards, Rights
from intake_app.storage.kept_models import CaseCardRow, FollowUpRow
from intake_app.storage.models import InstanceRow, OutboxRow, ParticipantRow, TalkFileRow, TombstoneRow
from intake_app.storage.repositories import Seals, aware

NAME = "wislijst.bin"
RESTORED = "wislijst.restored.bin"
"""The list that came with a backup; it is added to the own one at the first opening."""
PURPOSE = "wipe-list"
_PLACE = Place("installation", PURPOSE, NAME)


@dataclass(frozen=True)
class WipeList:
    """What must never come back. Holds ids, numbers, consent codes and moments."""

    erased: frozenset[Tombstone] = frozenset()
    withdrawn: frozenset[Withdrawal] = frozenset()

    def __or__(self, other: WipeList) -> WipeList:
        known = {stone.participant_id for stone in self.erased}
        more = {stone for stone in other.erased if stone.participant_id not in known}
        return WipeList(self.erased | more, self.withdrawn | other.withdrawn)

    def write(self, path: Path, key: bytes) -> None:
        """Put the list on disk, sealed. Raises `DiskFull`."""
        content = {
            "erased": sorted([s.participant_id, s.number, s.erased_at.isoformat()] for s in self.erased),
            "withdrawn": sorted(
                [w.participant_id, w.number, w.code.value, w.at.isoformat(), w.organisation, w.anew]
                for w in self.withdrawn
            ),
        }
        private_file(path, seal(key, json.dumps(content, ensure_ascii=False).encode(), _PLACE))

    @classmethod
    def read(cls, path: Path, key: bytes) -> WipeList:
        """The list from disk, empty when there is none. Raises `StoreDamaged` (part wipe_list)."""
        if not path.is_file():
            return cls()
        try:
            content = json.loads(unseal(key, path.read_bytes(), _PLACE))
            return cls(
                frozenset(Tombstone(a, b, datetime.fromisoformat(c)) for a, b, c in content["erased"]),
                frozenset(
                    # lists of before do not tell what went anew
                    Withdrawal(a, b, ConsentCode(c), datetime.fromisoformat(d), e, _pairs(anew))
                    for a, b, c, d, e, *anew in content["withdrawn"]
                ),
            )
        except (StoreDamaged, ValueError, KeyError, TypeError):
            raise StoreDamaged(part="wipe_list") from None


def told_by(session: Session, seals: Seals) -> WipeList:
    """The list as the database itself knows it."""
    rights = Rights(session, seals)
    return WipeList(frozenset(rights.tombstones()), frozenset(rights.withdrawals()))


def apply(session: Session, seals: Seals, wiped: WipeList) -> bool:
    """Carry the list out on this database; True when anything had come back that must not."""
    known = told_by(session, seals)
    stones = {stone.participant_id for stone in known.erased}
    news = [stone for stone in wiped.erased if stone.participant_id not in stones]
    for stone in news:
        _erase(session, stone)
    taken_back = wiped.withdrawn - known.withdrawn
    rights = Rights(session, seals)
    for withdrawal in sorted(taken_back, key=lambda one: one.at):
        rights.withdraw(withdrawal)
    for withdrawal in wiped.withdrawn | known.withdrawn:
        _hold_back(session, seals, withdrawal)
    session.flush()
    return bool(news or taken_back)


def _erase(session: Session, stone: Tombstone) -> None:
    if stone.participant_id.startswith(CARD_PREFIX):
        session.exec(delete(CaseCardRow).where(col(CaseCardRow.card_id) == stone.participant_id))
    else:
        session.exec(delete(ParticipantRow).where(col(ParticipantRow.participant_id) == stone.participant_id))
    session.add(
        TombstoneRow(participant_id=stone.participant_id, number=stone.number, erased_at=aware(stone.erased_at))
    )


def _hold_back(session: Session, seals: Seals, withdrawal: Withdrawal) -> None:
    """What was queued before the withdrawal is not sent; a card made before it goes."""
    person, at = withdrawal.participant_id, aware(withdrawal.at)
    if withdrawal.code in (ConsentCode.CENTRAL, ConsentCode.RECORD):
        session.exec(delete(OutboxRow).where(col(OutboxRow.participant_id) == person, col(OutboxRow.queued_at) <= at))
        waiting = select(OutboxRow.instance_id)
        session.exec(
            delete(TalkFileRow).where(
                col(TalkFileRow.participant_id) == person,
                col(TalkFileRow.kind) == SENT_FILE,
                col(TalkFileRow.instance_id).not_in(waiting),
            )
        )
        session.exec(
            update(InstanceRow)
            .where(col(InstanceRow.participant_id) == person, col(InstanceRow.finalized_at) <= at)
            .values(sealed_release=None)
        )
        own_cards = select(CaseCardRow.card_id).where(CaseCardRow.participant_id == person)
        session.exec(delete(OutboxRow).where(col(OutboxRow.card_id).in_(own_cards), col(OutboxRow.queued_at) <= at))
        session.exec(
            update(FollowUpRow)
            .where(col(FollowUpRow.card_id).in_(own_cards), col(FollowUpRow.at) <= at)
            .values(sealed_release=None)
        )
    if withdrawal.code in (ConsentCode.CONTACT, ConsentCode.RECORD):
        row = session.exec(select(CaseCardRow).where(CaseCardRow.participant_id == person)).first()
        if row is not None and row.made_at <= at:
            cards = CaseCards(session, seals)
            cards.erase(person, at)


def _pairs(told: list[list[list[InstanceId]]]) -> tuple[tuple[InstanceId, InstanceId], ...]:
    return tuple((old, new) for pairs in told for old, new in pairs)


def erased_ids(stones: Iterable[Tombstone]) -> frozenset[ParticipantId]:
    """The ids of everybody on the list."""
    return frozenset(stone.participant_id for stone in stones)
