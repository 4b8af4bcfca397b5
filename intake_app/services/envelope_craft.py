"""What the use cases ask of whoever closes and opens envelopes; `sync.envelope` fits it by shape."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from intake_app.domain.instance import OutboxItem, Receipt

RECORDS, RECEIPTS, HAND_OVER = "records", "receipts", "hand_over"
"""Kinds of envelopes: records for the Werkcentrum, its receipts on the way back, one plan for another place."""

PostRecords = Callable[[Sequence[OutboxItem]], tuple[Sequence[Receipt], str, dict[str, object]]]
"""Sends records as they came out of an envelope; gives the receipts, and code and parameters of what ended the round
early ("" when nothing did). Raises ServerAddressWrong."""


class EnvelopeCraft(Protocol):
    """Closing and opening. Raises EnvelopeDamaged for bytes that are no whole envelope of that kind."""

    def check_public_key(self, key: str) -> str:
        """The name of a public key, eight letters to compare by eye. Raises EnvelopeKeyWrong."""
        ...

    def close_records(self, key: str, content: bytes) -> bytes:
        """For the holder of the private key. Raises EnvelopeKeyWrong."""
        ...

    def open_records(self, private: bytes, envelope: bytes) -> bytes:
        """The reverse. Raises EnvelopeForOther."""
        ...

    def close_receipts(self, name: str, key: bytes, content: bytes) -> bytes:
        """For the laptop that made the envelope `name` and keeps its return key of 32 bytes."""
        ...

    def receipts_for(self, envelope: bytes) -> str:
        """The name of the envelope that these are the receipts of."""
        ...

    def open_receipts(self, key: bytes, envelope: bytes) -> bytes:
        """The content."""
        ...

    def close_hand_over(self, code: str, number: str, content: bytes) -> bytes:
        """For who has the code on the participant's paper and the participant's number."""
        ...

    def open_hand_over(self, code: str, number: str, envelope: bytes) -> bytes:
        """The reverse. Raises CodeWrong."""
        ...

    def kind(self, envelope: bytes) -> str:
        """RECORDS, RECEIPTS or HAND_OVER."""
        ...

    def load(self, file: Path) -> bytes:
        """The bytes of an envelope. Raises FileMissing, LimitExceeded."""
        ...

    def save(self, file: Path, content: bytes) -> None:
        """Write it, whole or not at all. Raises FileThere for a name that is taken, FolderReadOnly, DiskFull."""
        ...
