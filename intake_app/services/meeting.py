"""What meets at the conflict desk, as plain values: two places about one person, and what was chosen so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from intake_app.domain.ids import ParticipantId
from intake_app.services.chains import Versions
from intake_app.services.differences import Difference
from intake_app.services.hand_over import Source


@dataclass(frozen=True)
class Beside:
    """Something that stands otherwise at the centre and is not asked at the desk; `question` is empty for what the
    app itself writes under `name`."""

    name: str
    question: str
    here: str = field(repr=False)
    there: str = field(repr=False)


@dataclass(frozen=True)
class Meeting:
    """Two places about one person. `settled_at` is the moment the choices became a new version; `moves` counts the
    clicks that can be undone. `form_id` tells what of the person met; a follow-up has its day in `held_on`."""

    name: str
    participant_id: ParticipantId
    number: str
    here: Source
    there: Source
    met_at: datetime
    settled_at: datetime | None = None
    differences: tuple[Difference, ...] = ()
    moves: int = 0
    call_name: str = field(default="", repr=False)
    beside: tuple[Beside, ...] = field(default=(), repr=False)
    form_id: str = "intake"
    held_on: date | None = None
    compared: bool = True
    """Whether it is known what both places started from."""
    taken_back: bool = False
    """Whether something of it is not here since the person does not agree to it, or no longer."""

    @property
    def left(self) -> int:
        """How many questions are still to be settled."""
        return sum(not one.choice and not one.idle for one in self.differences)


@dataclass(frozen=True)
class There:
    """What somebody else has of one of the own people, ready to be laid beside ours.

    `versions` are the records that reached the centre from there, `given` what both started from where it is known,
    `beside` what else is different there, that the desk cannot ask: question or name, ours, theirs.
    """

    name: str
    number: str
    source: Source
    theirs: bytes = field(repr=False)
    base: str = ""
    versions: Versions = field(default_factory=dict)
    given: bytes = field(default=b"", repr=False)
    beside: tuple[Beside, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Choices:
    """Side and own words by the key of the question, and how many clicks can be undone."""

    chosen: Mapping[str, str]
    own: Mapping[str, str] = field(repr=False)
    moves: int = 0
    idle: frozenset[str] = frozenset()
    """Keys of questions that are not asked, as it was chosen about others."""
