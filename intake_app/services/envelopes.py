"""Sending without a server: the frozen bytes in an envelope for the Werkcentrum, and its receipts on the way back.

Two sides: a laptop closes envelopes and books receipts; the Werkcentrum takes envelopes in and sends what is inside
along the same way as a laptop with a connection, so that the server sees no difference.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from intake_app.domain.clock import Clock
from intake_app.domain.draft import AuditLine
from intake_app.domain.ids import InstanceId
from intake_app.domain.instance import OutboxItem, Receipt
from intake_app.errors import (
    EnvelopeKeyMissing,
    EnvelopeKnown,
    EnvelopeNotOurs,
    EnvelopeOtherKind,
    EnvelopeTooOld,
    FileThere,
    NothingWaits,
    OnAStick,
)
from intake_app.services.chains import is_overtaken
from intake_app.services.envelope_craft import RECEIPTS, RECORDS, EnvelopeCraft, PostRecords
from intake_app.services.erasures import refuse_unsure
from intake_app.services.installation import read_server
from intake_app.services.parcel import Parcel, packed, unpacked
from intake_app.services.parcel_records import read_receipts, read_records, told_receipts, told_records
from intake_app.services.policy import Action, guarded, guarded_object
from intake_app.services.ports import Store, UnitOfWork
from intake_app.services.submissions import Outbox

PUBLIC_KEY = "envelope.public_key"
_MADE = "envelope.made"
"""Setting: envelopes of this laptop by name, each with its return key and what is inside, until all is booked."""
_TAKEN = "envelope.taken."
"""Setting per envelope that was taken in here: when, and the receipts so far."""
NAME_BYTES, KEY_BYTES = 16, 32
MOST_CONTENT = 100 * 1024 * 1024
"""Content of one envelope in bytes; what does not fit goes in the next."""
DAYS = 90
"""An older envelope is not taken in: what is in it may have been withdrawn, deleted and purged since."""
_KEPT_DAYS = 400


@guarded(Action.LOOK_AT_SETTINGS)
def read_public_key(store: Store) -> str:
    """The Werkcentrum's public key for envelopes; "" until it is set."""
    with store.unit_of_work() as uow:
        return uow.settings.get(PUBLIC_KEY)


@guarded(Action.SETTINGS)
def write_public_key(store: Store, craft: EnvelopeCraft, key: str) -> str:
    """Keep it ("" takes it away) and give its short name. Raises EnvelopeKeyWrong, RoleRefused."""
    name = craft.check_public_key(key) if key.strip() else ""
    with store.unit_of_work() as uow:
        uow.settings.set(PUBLIC_KEY, "".join(key.split()))
        uow.commit()
    return name


@dataclass(frozen=True)
class MadeEnvelope:
    """An envelope that was closed here: how many records are inside, and how many still wait for the next one."""

    name: str
    records: int
    left: int = 0


@dataclass(frozen=True)
class Booked:
    """What a file of receipts did: records that are now known to be at the centre, and those that are not yet."""

    booked: tuple[InstanceId, ...]
    open: int
    problem: str = ""


@dataclass(frozen=True)
class TakenIn:
    """What taking an envelope in did. `problem` ended the round early; then the same envelope goes on where it was."""

    name: str
    sent: tuple[InstanceId, ...]
    open: int
    problem: str = ""
    problem_params: Mapping[str, object] = field(default_factory=dict)


@guarded_object(Action.SEND)
@dataclass
class EnvelopeDesk:
    """Envelopes of one place, laptop or Werkcentrum."""

    store: Store = field(repr=False)
    clock: Clock = field(repr=False)
    craft: EnvelopeCraft = field(repr=False)

    def waiting(self) -> int:
        """How many records of the own caseload wait."""
        return len(self._outbox().heads())

    def close(self, file: Path) -> MadeEnvelope:
        """Put what waits on a stick, the same bytes that would go to the server, and keep it here until its receipt.

        Each record counts as "may have arrived" from now on. Raises EnvelopeKeyMissing, EnvelopeKeyWrong,
        NothingWaits, ErasuresUnknown, FileThere, FolderReadOnly, DiskFull.
        """
        refuse_unsure(self.store)
        key = read_public_key(self.store)
        if not key:
            raise EnvelopeKeyMissing
        _refuse_taken(file)
        items, left = self._chosen()
        if not items:
            raise NothingWaits
        name, back, now = secrets.token_hex(NAME_BYTES), secrets.token_bytes(KEY_BYTES), self.clock.now()
        facts = {"name": name, "return_key": base64.b64encode(back).decode(), "made_at": now.isoformat()}
        envelope = self.craft.close_records(key, packed(told_records(facts, items)))
        self._mark(name, back, items, now)
        self.craft.save(file, envelope)
        return MadeEnvelope(name, len(items), left)

    def book(self, file: Path) -> Booked:
        """Book the receipts that came back: true ones only, of an envelope of this laptop, for the bytes that were in
        it. Raises EnvelopeDamaged, EnvelopeOtherKind, EnvelopeNotOurs, EnvelopeKnown."""
        envelope = self._load(file, RECEIPTS)
        name = self.craft.receipts_for(envelope)
        with self.store.unit_of_work() as uow:
            made = _made(uow).get(name)
        if made is None:
            raise EnvelopeNotOurs
        content = self.craft.open_receipts(base64.b64decode(made["key"]), envelope)
        told = read_receipts(unpacked(content))
        if any(made["records"].get(receipt.instance_id) != digest for receipt, digest in told):
            raise EnvelopeNotOurs
        done = [receipt for receipt, _ in told]
        here = self._outbox().still_waiting([receipt.instance_id for receipt in done])
        if made["booked"] and not here:
            raise EnvelopeKnown(at=made["booked"][:10])
        self._outbox().keep([one for one in done if one.instance_id in here], ())
        self._note_booked(name)
        return Booked(
            tuple(one.instance_id for one in done if one.instance_id in here), len(made["records"]) - len(told)
        )

    def take_in(self, file: Path, private_key: bytes, post: PostRecords, receipts: Path) -> TakenIn:
        """At the Werkcentrum: open an envelope, send what is inside, and write the receipts for the way back.

        What was confirmed before is not sent again, so an envelope that broke off half-way goes on where it was.
        Raises EnvelopeForOther, EnvelopeDamaged, EnvelopeOtherKind, EnvelopeTooOld, EnvelopeKnown, FileThere.
        """
        _refuse_taken(receipts)
        parcel = unpacked(self.craft.open_records(private_key, self._load(file, RECORDS)))
        facts, items = read_records(parcel)
        self._refuse_old(facts.made_at)
        before = self._taken(facts.name)
        known = {receipt.instance_id for receipt in before}
        if before and known >= {item.instance_id for item in items}:
            raise EnvelopeKnown(at=max(receipt.received_at for receipt in before).date().isoformat())
        got, problem, params = post([item for item in items if item.instance_id not in known])
        self._keep_taken(facts.name, [*before, *got])
        self._write_receipts(facts.name, facts.return_key, items, [*before, *got], receipts)
        sent = tuple(receipt.instance_id for receipt in got)
        return TakenIn(facts.name, sent, len(items) - len(known) - len(sent), problem, params)

    def receipts_again(self, file: Path, private_key: bytes, receipts: Path) -> int:
        """Write the receipts of an envelope that was taken in here once more, sending nothing. Raises
        EnvelopeNotOurs when it never was, and as `take_in`."""
        parcel = unpacked(self.craft.open_records(private_key, self._load(file, RECORDS)))
        facts, items = read_records(parcel)
        before = self._taken(facts.name)
        if not before:
            raise EnvelopeNotOurs
        self._write_receipts(facts.name, facts.return_key, items, before, receipts)
        return len(before)

    def _outbox(self) -> Outbox:
        return Outbox(self.store, trial=read_server(self.store).trial)

    def _load(self, file: Path, kind: str) -> bytes:
        envelope = self.craft.load(file)
        if (found := self.craft.kind(envelope)) != kind:
            raise EnvelopeOtherKind(kind=found)
        return envelope

    def _chosen(self) -> tuple[list[OutboxItem], int]:
        """The oldest rows that fit in one envelope, and how many do not go; the centre takes no edit out of date."""
        outbox, heads = self._outbox(), self._outbox().heads()
        items: list[OutboxItem] = []
        size = 0
        for head in sorted(heads, key=lambda one: one.queued_at):
            found = outbox.load_some((head.instance_id,)).get(head.instance_id)
            if found is None or is_overtaken(found):
                continue
            size += len(found.xml) + sum(len(file.content) for file in found.files)
            if items and size > MOST_CONTENT:
                break
            items.append(found)
        return items, len(heads) - len(items)

    def _mark(self, name: str, back: bytes, items: Sequence[OutboxItem], now: datetime) -> None:
        """Note what goes before it goes: after a crash it may have left all the same."""
        inside = {item.instance_id: digest_of(item) for item in items}
        kept = {"made": now.isoformat(), "key": base64.b64encode(back).decode(), "records": inside, "booked": ""}
        oldest = (now - timedelta(days=_KEPT_DAYS)).isoformat()
        with self.store.unit_of_work() as uow:
            made = {one: each for one, each in _made(uow).items() if each["made"] > oldest}
            uow.settings.set(_MADE, json.dumps({**made, name: kept}))
            uow.audit.add(AuditLine(now, self.store.account.account_id, "envelope_closed", name))
            uow.commit()
        tried = [replace(one, attempts=one.attempts + 1, last_problem=OnAStick.code, set_apart=False) for one in items]
        self._outbox().keep((), tried)

    def _note_booked(self, name: str) -> None:
        now = self.clock.now()
        with self.store.unit_of_work() as uow:
            made = _made(uow)
            made[name]["booked"] = now.isoformat()
            uow.settings.set(_MADE, json.dumps(made))
            uow.audit.add(AuditLine(now, self.store.account.account_id, "envelope_booked", name))
            uow.commit()

    def _refuse_old(self, made_at: datetime) -> None:
        if self.clock.now() - made_at > timedelta(days=DAYS):
            raise EnvelopeTooOld(days=DAYS)

    def _taken(self, name: str) -> list[Receipt]:
        with self.store.unit_of_work() as uow:
            kept = json.loads(uow.settings.get(_TAKEN + name) or "[]")
        return [
            Receipt(InstanceId(one["id"]), one["status"], one["text"], datetime.fromisoformat(one["at"]))
            for one in kept
        ]

    def _keep_taken(self, name: str, receipts: Sequence[Receipt]) -> None:
        kept = [
            {"id": one.instance_id, "status": one.status, "text": one.text, "at": one.received_at.isoformat()}
            for one in receipts
        ]
        with self.store.unit_of_work() as uow:
            uow.settings.set(_TAKEN + name, json.dumps(kept))
            uow.audit.add(AuditLine(self.clock.now(), self.store.account.account_id, "envelope_taken_in", name))
            uow.commit()

    def _write_receipts(
        self, name: str, key: bytes, items: Sequence[OutboxItem], got: Sequence[Receipt], file: Path
    ) -> None:
        digests = {item.instance_id: digest_of(item) for item in items}
        parcel: Parcel = told_receipts([(one, digests[one.instance_id]) for one in got if one.instance_id in digests])
        self.craft.save(file, self.craft.close_receipts(name, key, packed(parcel)))


def _refuse_taken(file: Path) -> None:
    """Before anything happens; `save` looks again."""
    if file.exists():
        raise FileThere(path=file.name)


def digest_of(item: OutboxItem) -> str:
    """SHA-256 over the record and its files, so that a receipt is for these bytes and no others."""
    told = sha256(item.xml)
    for file in item.files:
        told.update(b"\0" + file.name.encode() + b"\0" + sha256(file.content).digest())
    return told.hexdigest()


def _made(uow: UnitOfWork) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(uow.settings.get(_MADE) or "{}")
    return found
