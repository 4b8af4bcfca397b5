"""What changes in a row while its record is sent is always as long as it was.

SQLite then writes over the one page it stands on. Otherwise it moves the row: all sealed content behind it is written
anew, and its old pages are wiped. Rows of before this rule hold shorter values, which are read all the same.
"""

from __future__ import annotations

from datetime import UTC, datetime

from intake_app.domain.instance import InstanceStatus, OutboxItem
from intake_app.storage.repositories import aware

NEVER = datetime(1, 1, 1, tzinfo=UTC)
"""Stands for no moment."""
_STATUS_WIDTH = max(len(status) for status in InstanceStatus)
_PROBLEM_WIDTH = 48


def stored_status(status: InstanceStatus) -> str:
    """The status, with white space behind it."""
    return status.value.ljust(_STATUS_WIDTH)


def stored_moment(moment: datetime | None) -> datetime:
    """The moment in UTC. Raises `ValueError` for one without a zone."""
    return NEVER if moment is None else aware(moment)


def moment_of(stored: datetime | None) -> datetime | None:
    """The moment that is meant."""
    return None if stored is None or stored.year == NEVER.year else stored


def stored_problem(item: OutboxItem) -> bytes:
    """The code of the last problem, with white space behind it."""
    return item.last_problem.ljust(_PROBLEM_WIDTH).encode()
