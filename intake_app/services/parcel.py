"""The content of an envelope: a few told facts, and pieces of bytes behind them; read with mistrust."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from intake_app.errors import EnvelopeDamaged

FORMAT = 1
LENGTH_BYTES = 4
MOST_FACTS = 8 * 1024 * 1024


@dataclass(frozen=True)
class Parcel:
    """Facts as JSON values, and the pieces they speak of by their place."""

    facts: Mapping[str, Any] = field(repr=False)
    pieces: tuple[bytes, ...] = field(default=(), repr=False)


def packed(parcel: Parcel) -> bytes:
    """One piece of bytes. Raises TypeError for facts that are no JSON."""
    told = {"format": FORMAT, "facts": dict(parcel.facts), "sizes": [len(piece) for piece in parcel.pieces]}
    facts = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join((len(facts).to_bytes(LENGTH_BYTES, "big"), facts, *parcel.pieces))


def unpacked(content: bytes) -> Parcel:
    """The reverse. Raises EnvelopeDamaged for anything that `packed` does not make."""
    length = int.from_bytes(content[:LENGTH_BYTES], "big")
    if length > min(MOST_FACTS, len(content)):
        raise EnvelopeDamaged
    try:
        told = json.loads(content[LENGTH_BYTES : LENGTH_BYTES + length])
        facts, sizes = told["facts"], told["sizes"]
        sound = told["format"] == FORMAT and isinstance(facts, dict) and all(type(size) is int for size in sizes)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise EnvelopeDamaged from None
    if not sound or any(size < 0 for size in sizes) or LENGTH_BYTES + length + sum(sizes) != len(content):
        raise EnvelopeDamaged
    return Parcel(facts, tuple(_cut(content, LENGTH_BYTES + length, sizes)))


def _cut(content: bytes, at: int, sizes: Sequence[int]) -> list[bytes]:
    pieces = []
    for size in sizes:
        pieces.append(content[at : at + size])
        at += size
    return pieces
