"""The wislijst: who was erased, what was taken back and what the centre was asked to delete, beside the database, so
that no older copy brings it back or forgets the asking."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import FormId, FormVersion, InstanceId, ParticipantId, ParticipantNumber
from intake_app.domain.instance import SENT_FILE, OutboxItem
from intake_app.domain.keeping import CARD_PREFIX, DataRequest, Tombstone, Withdrawal
from intake_app.errors import StoreDamaged
from intake_app.paths import private_file
from intake_app.storage.crypto import Place, seal, unseal
from intake_app.storage.keeping import CaseCards, Rights
from intake_app.storage.kept_models import CaseCardRow, FollowUpRow
from intake_app.storage.models import InstanceRow, OutboxRow, ParticipantRow, TalkFileRow, TombstoneRow
from intake_app.storage.records import Outbox
from intake_app.storage.repositories import Seals, aware

NAME = "wislijst.bin"
RESTORED = "wislijst.restored.bin"
"""The list that came with a backup; it is added to the own one at the first opening."""
PURPOSE = "wipe-list"
REQUEST_FORM = FormId("data_request")
_PLACE = Place("installation", PURPOSE, NAME)


@dataclass(frozen=True)
class WipeList:
    """What must never come back, and what was asked of the centre. Holds ids, numbers, consent codes and moments.

    `line` is a random name that a list gets where it begins. A backup takes it along; on another laptop another list
    begins. So only a list with the same line knows all that happened since a backup.
    """

    erased: frozenset[Tombstone] = frozenset()
    withdrawn: frozenset[Withdrawal] = frozenset()
    asked: frozenset[DataRequest] = frozenset()
    line: str = ""

    def __or__(self, other: WipeList) -> WipeList:
        known = {stone.participant_id for stone in self.erased}
        more = {stone for stone in other.erased if stone.participant_id not in known}
        asked = {one.instance_id: one for one in sorted((*self.asked, *other.asked), key=lambda one: bool(one.done_at))}
        return WipeList(
            self.erased | more, self.withdrawn | other.withdrawn, frozenset(asked.values()), self.line or other.line
        )

    def on_a_line(self) -> WipeList:
        """The same list; where it has no line yet, one begins."""
        return self if self.line else replace(self, line=secrets.token_hex(16))

    def goes_on_from(self, other: WipeList) -> bool:
        """Whether this list knows all that the other did not know yet."""
        return bool(self.line) and self.line == other.line

    def write(self, path: Path, key: bytes) -> None:
        """Put the list on disk, sealed. Raises `DiskFull`."""
        content = {
            "erased": sorted([s.participant_id, s.number, s.erased_at.isoformat()] for s in self.erased),
            "withdrawn": sorted(
                [w.participant_id, w.number, w.code.value, w.at.isoformat(), w.organisation, w.anew]
                for w in self.withdrawn
            ),
            "asked": [
                _request_told(one) for one in sorted(self.asked, key=lambda one: (one.asked_at, one.instance_id))
            ],
            "line": self.line,
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
                # nor what was asked, nor on which laptop they began
                frozenset(_request(told) for told in content.get("asked", ())),
                str(content.get("line", "")),
            )
        except (StoreDamaged, ValueError, KeyError, TypeError, AttributeError):
            raise StoreDamaged(part="wipe_list") from None


@dataclass(frozen=True)
class CameBack:
    """What an older copy of the data had brought back: people, and requests to the centre that were lost in it.

    `changed` when anything at all had to be carried out again.
    """

    people: tuple[ParticipantId, ...] = ()
    requests: tuple[InstanceId, ...] = ()
    changed: bool = False


def told_by(session: Session, seals: Seals) -> WipeList:
    """The list as the database itself knows it; on which line that is, stands beside it only."""
    rights = Rights(session, seals)
    asked = frozenset(one for one in rights.requests() if one.lasts)
    return WipeList(frozenset(rights.tombstones()), frozenset(rights.withdrawals()), asked)


def apply(session: Session, seals: Seals, wiped: WipeList) -> CameBack:
    """Carry the list out on this database; says what had come back that must not, and what is asked again."""
    known = told_by(session, seals)
    stones = {stone.participant_id for stone in known.erased}
    news = [stone for stone in wiped.erased if stone.participant_id not in stones]
    came_back = tuple(stone.participant_id for stone in news if _erase(session, stone))
    taken_back = wiped.withdrawn - known.withdrawn
    rights = Rights(session, seals)
    for withdrawal in sorted(taken_back, key=lambda one: one.at):
        rights.withdraw(withdrawal)
    for withdrawal in wiped.withdrawn | known.withdrawn:
        _hold_back(session, seals, withdrawal)
    requests, done = _ask_again(session, seals, wiped)
    session.flush()
    return CameBack(came_back, requests, bool(news or taken_back or requests or done))


def _erase(session: Session, stone: Tombstone) -> bool:
    """True when it was a person who stood there again."""
    person = not stone.participant_id.startswith(CARD_PREFIX)
    if person:
        gone = delete(ParticipantRow).where(col(ParticipantRow.participant_id) == stone.participant_id)
    else:
        gone = delete(CaseCardRow).where(col(CaseCardRow.card_id) == stone.participant_id)
    there = session.exec(gone).rowcount
    session.add(
        TombstoneRow(participant_id=stone.participant_id, number=stone.number, erased_at=aware(stone.erased_at))
    )
    return person and bool(there)


def _ask_again(session: Session, seals: Seals, wiped: WipeList) -> tuple[tuple[InstanceId, ...], bool]:
    """Requests that this database does not know go again, the same bytes under the same name; gives which, and
    whether any is known only now to be carried out. If the centre has one already, it says so."""
    rights, outbox = Rights(session, seals), Outbox(session, seals)
    here = {one.instance_id: one for one in rights.requests()}
    again, news = [], False
    for one in sorted(wiped.asked, key=lambda one: (one.asked_at, one.instance_id)):
        known = here.get(one.instance_id)
        if known is None:
            rights.ask(one)
        waits = bool(outbox.still_waiting([one.instance_id]))
        if one.done_at is None:
            if known is None and not waits:
                outbox.add(_item(one))
                again.append(one.instance_id)
        elif known is None or known.done_at is None:
            rights.carried_out(one.instance_id, one.done_at)
            news = True
            if waits:
                outbox.remove(one.instance_id)
    return tuple(again), news


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


def _request_told(one: DataRequest) -> list[str]:
    done = one.done_at.isoformat() if one.done_at else ""
    code = one.code.value if one.code else ""
    told = [one.instance_id, one.number, one.talk_id, one.kind, one.asked_at.isoformat(), code, one.requested_by]
    return [*told, one.language, done, one.form_version or "", one.record.decode()]


def _item(one: DataRequest) -> OutboxItem:
    """What is sent, of nobody: it outlives the person it is about."""
    version = one.form_version or FormVersion("")
    return OutboxItem(one.instance_id, None, REQUEST_FORM, version, one.asked_at, one.record)


def _request(told: list[str]) -> DataRequest:
    name, number, talk, kind, asked_at, code, by, language, done, version, record = told
    return DataRequest(
        InstanceId(name),
        ParticipantNumber(number),
        talk,
        kind,
        datetime.fromisoformat(asked_at),
        ConsentCode(code) if code else None,
        by,
        language,
        datetime.fromisoformat(done) if done else None,
        FormVersion(version),
        record.encode(),
    )


def _pairs(told: list[list[list[InstanceId]]]) -> tuple[tuple[InstanceId, InstanceId], ...]:
    return tuple((old, new) for pairs in told for old, new in pairs)


def erased_ids(stones: Iterable[Tombstone]) -> frozenset[ParticipantId]:
    """The ids of everybody on the list."""
    return frozenset(stone.participant_id for stone in stones)
