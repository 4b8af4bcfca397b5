"""Records and receipts as the content of an envelope, and back: every fact is looked at before it is believed."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from intake_app.domain.ids import FormId, FormVersion, InstanceId
from intake_app.domain.instance import OutboxItem, Receipt, RecordFile
from intake_app.errors import EnvelopeDamaged
from intake_app.services.parcel import Parcel

MOST_RECORDS = 20_000
LONGEST_NAME = 249
KEY_BYTES = 32
_STATUSES = frozenset({201, 202, 409})
"""What a round of sending counts as "the centre has it"; 409 is a record that was deleted there."""
_NAME = re.compile(r"[0-9a-f]{32}")
_HOSTILE = re.compile(r'[/\\:\x00-\x1f\x7f"<>|?*]')


@dataclass(frozen=True)
class EnvelopeFacts:
    """What an envelope of records says of itself; `return_key` closes the receipts."""

    name: str
    made_at: datetime
    return_key: bytes = field(repr=False)


def told_records(facts: Mapping[str, Any], items: Sequence[OutboxItem]) -> Parcel:
    """Records with their files, oldest first."""
    rows = [
        {
            "id": item.instance_id,
            "form": item.form_id,
            "version": item.form_version,
            "queued_at": item.queued_at.isoformat(),
            "files": [file.name for file in item.files],
        }
        for item in items
    ]
    pieces = [piece for item in items for piece in (item.xml, *(file.content for file in item.files))]
    return Parcel({**facts, "records": rows}, tuple(pieces))


def read_records(parcel: Parcel) -> tuple[EnvelopeFacts, tuple[OutboxItem, ...]]:
    """The reverse. Raises EnvelopeDamaged, also for a file name that could lead out of a folder."""
    try:
        facts = EnvelopeFacts(
            _checked(parcel.facts["name"]),
            _moment(parcel.facts["made_at"]),
            base64.b64decode(parcel.facts["return_key"], validate=True),
        )
        rows = parcel.facts["records"]
        items, pieces = [], iter(parcel.pieces)
        for row in rows:
            xml = next(pieces)
            files = tuple(RecordFile(file_name(name), next(pieces)) for name in row["files"])
            items.append(_item(row, xml, files))
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration, binascii.Error):
        raise EnvelopeDamaged from None
    names = {item.instance_id for item in items}
    whole = next(pieces, None) is None and len(names) == len(items) <= MOST_RECORDS
    if not whole or len(facts.return_key) != KEY_BYTES:
        raise EnvelopeDamaged
    return facts, tuple(items)


def told_receipts(receipts: Sequence[tuple[Receipt, str]]) -> Parcel:
    """Receipts, each with the digest of the bytes it is for."""
    rows = [
        {
            "id": receipt.instance_id,
            "status": receipt.status,
            "text": receipt.text,
            "at": receipt.received_at.isoformat(),
            "digest": digest,
        }
        for receipt, digest in receipts
    ]
    return Parcel({"receipts": rows})


def read_receipts(parcel: Parcel) -> tuple[tuple[Receipt, str], ...]:
    """The reverse. Raises EnvelopeDamaged, also for a status that is no receipt."""
    try:
        found = tuple(
            (
                Receipt(InstanceId(_text(row["id"])), int(row["status"]), _text(row["text"]), _moment(row["at"])),
                _text(row["digest"]),
            )
            for row in parcel.facts["receipts"]
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise EnvelopeDamaged from None
    if parcel.pieces or any(receipt.status not in _STATUSES for receipt, _ in found):
        raise EnvelopeDamaged
    return found


def file_name(name: object) -> str:
    """A bare file name. Raises ValueError for one that could lead elsewhere."""
    told = _text(name)
    if not told or len(told) > LONGEST_NAME or told.startswith(".") or told != told.strip() or _HOSTILE.search(told):
        raise ValueError("no bare file name")
    return told


def _item(row: Mapping[str, Any], xml: bytes, files: tuple[RecordFile, ...]) -> OutboxItem:
    name, form, version = _text(row["id"]), _text(row["form"]), _text(row["version"])
    if not name or max(len(name), len(form), len(version)) > LONGEST_NAME:
        raise ValueError("too long")
    at = _moment(row["queued_at"])
    return OutboxItem(InstanceId(name), None, FormId(form), FormVersion(version), at, xml, files=files)


def _checked(name: object) -> str:
    told = _text(name)
    if not _NAME.fullmatch(told):
        raise ValueError("no name of an envelope")
    return told


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _moment(value: object) -> datetime:
    found = datetime.fromisoformat(_text(value))
    if found.utcoffset() is None:
        raise ValueError("a moment without a time zone")
    return found
