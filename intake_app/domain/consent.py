"""Consents, and the one rule that decides which answers may leave the laptop (DESIGN 8, DOMAIN 2.2 and 2.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ConsentCode(StrEnum):
    """C1 record, C2 central, C3 contact, C4 work needs, C5 origin, C6 counting, C7 per organisation."""

    RECORD = "C1"
    CENTRAL = "C2"
    CONTACT = "C3"
    NEEDS = "C4"
    ORIGIN = "C5"
    COUNTING = "C6"
    SHARING = "C7"


@dataclass(frozen=True)
class ConsentRecord:
    """One answer to one consent text, also every "no" and every withdrawal."""

    code: ConsentCode
    given: bool
    text_version: str
    language: str
    way: str
    at: datetime
    organisation: str = ""
    withdrawn_at: datetime | None = None

    @property
    def stands(self) -> bool:
        """Given and not withdrawn."""
        return self.given and self.withdrawn_at is None


def standing(records: Iterable[ConsentRecord]) -> frozenset[ConsentCode]:
    """The codes whose newest record stands; C7 counts when it stands for at least one organisation."""
    newest: dict[tuple[ConsentCode, str], ConsentRecord] = {}
    for record in records:
        key = (record.code, record.organisation)
        if key not in newest or record.at >= newest[key].at:
            newest[key] = record
    return frozenset(record.code for record in newest.values() if record.stands)


def released(consents: frozenset[ConsentCode], tags: Mapping[str, Mapping[str, str]]) -> frozenset[str] | None:
    """The refs whose answers may stand in the central copy, or None when nothing may leave.

    `tags` gives for each generic ref the bind's intake attributes: `consent` is a space-separated list of
    T, N, C1…C7, all of which must hold; `central` is yes or no. A node without tags, or with an unknown
    consent word, stays here. Without C2 nothing leaves.
    """
    if ConsentCode.CENTRAL not in consents:
        return None
    return frozenset(ref for ref, tag in tags.items() if _is_released(consents, tag))


def _is_released(consents: frozenset[ConsentCode], tag: Mapping[str, str]) -> bool:
    words = tag.get("consent", "").split()
    if tag.get("central") != "yes" or not words:
        return False
    return all(_holds(word, consents) for word in words)


def _holds(word: str, consents: frozenset[ConsentCode]) -> bool:
    if word == "T":
        return True
    return word in ConsentCode.__members__.values() and ConsentCode(word) in consents
