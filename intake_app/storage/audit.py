"""The access log: codes and ids only, append-only, each line chained to the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from intake_app.domain.draft import AuditLine
from intake_app.domain.ids import AccountId
from intake_app.errors import AuditBroken
from intake_app.storage.models import AuditRow, SettingRow
from intake_app.storage.repositories import Repository, Seals, aware, reading

HEAD = "audit.head"
ANCHOR = "audit.anchor"


class Audit(Repository):
    """Lines can be added, and taken from the beginning after their time; the database refuses everything else.

    The chain shows a line that was changed, put in or taken out; the sealed `audit.head` shows lines cut off at the
    end. Both are no proof against somebody who holds the keys and this program.
    """

    def __init__(self, session: Session, seals: Seals) -> None:
        super().__init__(session, seals)
        self._settings = _Marks(session, seals)

    def add(self, line: AuditLine) -> None:
        """Write one line."""
        last = self._session.exec(select(AuditRow).order_by(col(AuditRow.position).desc())).first()
        position = (last.position or 0) + 1 if last else self._settings.number(ANCHOR) + 1
        before = last.digest if last else self._settings.digest(ANCHOR)
        at = aware(line.at)
        digest = _digest(before, position, at, line.account_id, line.action, line.subject)
        self._session.add(
            AuditRow(
                position=position,
                at=at,
                account_id=line.account_id,
                action=line.action,
                subject=line.subject,
                digest=digest,
            )
        )
        self._settings.write(HEAD, position, digest)
        self._session.flush()

    def list(self) -> tuple[AuditLine, ...]:
        """All lines in the order of writing."""
        rows = self._session.exec(select(AuditRow).order_by(col(AuditRow.position)))
        return tuple(_line(row) for row in rows)

    def of(self, actions: Collection[str]) -> tuple[AuditLine, ...]:
        """The lines about these actions, in the order of writing."""
        query = select(AuditRow).where(col(AuditRow.action).in_(tuple(actions))).order_by(col(AuditRow.position))
        return tuple(_line(row) for row in self._session.exec(query))

    def verify(self) -> int:
        """How many lines stand, each in its chain. Raises `AuditBroken` with the position where it is broken."""
        digest, position = self._settings.digest(ANCHOR), self._settings.number(ANCHOR)
        count = 0
        for row in self._session.exec(select(AuditRow).order_by(col(AuditRow.position))):
            # lines from before a migration began at 1 without an anchor
            expected = _digest(digest, row.position or 0, row.at, row.account_id, row.action, row.subject)
            if row.position != position + 1 or row.digest != expected:
                raise AuditBroken(position=position + 1)
            digest, position, count = row.digest, row.position, count + 1
        if self._settings.known(HEAD) and self._settings.number(HEAD) != position:
            raise AuditBroken(position=position + 1)
        return count

    def forget_before(self, moment: datetime) -> int:
        """Take the lines from before a moment away, from the beginning; gives how many."""
        edge = aware(moment)
        kept = select(func.min(AuditRow.position)).where(col(AuditRow.at) >= edge)
        first = self._session.exec(kept).one()
        query = select(AuditRow).order_by(col(AuditRow.position).desc())
        last = self._session.exec(query if first is None else query.where(col(AuditRow.position) < first)).first()
        if last is None:
            return 0
        self._settings.write(ANCHOR, last.position or 0, last.digest)
        gone = self._session.exec(delete(AuditRow).where(col(AuditRow.position) <= (last.position or 0)))
        return gone.rowcount


class _Marks(Repository):
    """Where the chain begins and ends, sealed among the settings."""

    def known(self, name: str) -> bool:
        return self._session.get(SettingRow, name) is not None

    def number(self, name: str) -> int:
        return self._read(name)[0]

    def digest(self, name: str) -> bytes:
        return self._read(name)[1]

    def write(self, name: str, position: int, digest: bytes) -> None:
        sealed = self._seals.seal(None, "setting", name, f"{position} {digest.hex()}".encode())
        row = self._session.get(SettingRow, name) or SettingRow(name=name, sealed=sealed)
        row.sealed = sealed
        self._session.add(row)
        self._session.flush()

    def _read(self, name: str) -> tuple[int, bytes]:
        row = self._session.get(SettingRow, name)
        if row is None:
            return 0, b""
        with reading("setting"):
            position, _, digest = self._seals.open(None, "setting", name, row.sealed).decode().partition(" ")
            return int(position), bytes.fromhex(digest)


def _digest(before: bytes, position: int, at: datetime, *rest: str) -> bytes:
    moment = at.strftime("%Y-%m-%d %H:%M:%S")
    return hashlib.sha256(before + json.dumps([position, moment, *rest]).encode()).digest()


def _line(row: AuditRow) -> AuditLine:
    return AuditLine(row.at, AccountId(row.account_id), row.action, row.subject)
