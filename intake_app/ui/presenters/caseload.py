"""Everything the list of people shows, read in one go beside the window."""

from __future__ import annotations

from dataclasses import dataclass

from intake_app.services.meeting import Meeting
from intake_app.services.office import Office
from intake_app.services.overtaken import Overtaken, overtaken_edits
from intake_app.ui.presenters.desk import DayLine, day_lines, open_meetings
from intake_app.ui.presenters.people import PeopleModel


@dataclass(frozen=True)
class CaseloadRead:
    """The people, and what waits for a choice above their list."""

    people: PeopleModel
    meetings: tuple[Meeting, ...]
    overtaken: tuple[Overtaken, ...]
    days: tuple[DayLine, ...]


def caseload(office: Office) -> CaseloadRead:
    """Read it. Raises RoleRefused, StorageError."""
    return CaseloadRead(PeopleModel(office), open_meetings(office), overtaken_edits(office), day_lines(office))
