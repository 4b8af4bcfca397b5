"""The row that other sites of the same organisation see of a person: number, status, next date (DOMAIN 8.10)."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date

CASELOAD = "caseload"
"""Name of the entity list, and of the kind of `status` record that carries a change to it."""
_NAMES = uuid.UUID("6d1c8f7a-2f1e-4f0b-9a55-0c5d1f7e8b42")


@dataclass(frozen=True)
class ListedCase:
    """A row as the centre gave it: `version` counts its changes there."""

    number: str
    status: str
    next_date: date | None
    version: int


@dataclass(frozen=True)
class CaseVersion:
    """From where a change starts: the version it builds on, the last one the centre gave (0: none), and the branch of
    changes made since then without a connection (ODK Entities, offline branches)."""

    base: int
    trunk: int
    branch: str


def digits_of(number: str) -> str:
    """The figures of a participant number, however it was typed."""
    return re.sub(r"\D", "", number)


def entity_id(number: str) -> str:
    """The UUID of the row of this number: every site makes the same one, so that two sites never make two rows."""
    return str(uuid.uuid5(_NAMES, digits_of(number)))


def start_of(mine: CaseVersion | None, made: bool, listed: ListedCase | None) -> CaseVersion | None:
    """What the next change builds on; None when the row is still to be made.

    `mine` is where the last change of this laptop started, `made` says that it made the row. What the centre gave wins
    as soon as it holds that change; until then changes go on in the same branch.
    """
    after = 0 if mine is None else 1 if made else mine.base + 1
    if listed is not None and listed.version >= after:
        return CaseVersion(listed.version, listed.version, str(uuid.uuid4()))
    if mine is None:
        return None
    return CaseVersion(after, mine.trunk, mine.branch or str(uuid.uuid4()))
