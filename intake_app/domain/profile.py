"""What a talk tells about a person, each thing with its evidence; the `match` profile file has the same shape."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class SkillLevel(StrEnum):
    """How well: seen on a card (level not asked), helps, does it alone, teaches others (DOMAIN 4.4-2)."""

    SEEN = "seen"
    HELP = "help"
    ALONE = "alone"
    TEACH = "teach"


OWN = "own"
"""Kind of evidence of a skill that the person added in i07."""
CEFR_LEVELS = ("a0", "a1", "a2", "b1", "b2", "c1")


@dataclass(frozen=True)
class Evidence:
    """Where a skill shows: `kind` is card, job, job_task, own or paper; `source` the card, occupation or paper id."""

    kind: str
    source: str


@dataclass(frozen=True)
class ProfileSkill:
    """One skill with its level, all its evidence, and whether the person confirmed it (i07)."""

    skill: str
    level: SkillLevel
    evidence: tuple[Evidence, ...] = ()
    confirmed: bool | None = None

    @property
    def said_by_person(self) -> str:
        """What the person said of it: added, confirmed, removed, or "" when it was not read back."""
        if any(evidence.kind == OWN for evidence in self.evidence):
            return "added"
        return {True: "confirmed", False: "removed", None: ""}[self.confirmed]


@dataclass(frozen=True)
class Job:
    """Earlier work: `occupation` a catalogue id or ESCO URI or "", `sector`, `years`, `when` as codes of DOMAIN 2."""

    occupation: str = ""
    sector: str = ""
    years: str = ""
    when: str = ""
    own_words: str = field(default="", repr=False)


@dataclass(frozen=True)
class SkillsProfile:
    """Everything that matching and offers may know of a person, in the codes of DOMAIN 2; all of it optional.

    Protected attributes (C4 and C5 answers, name, age, talk language) have no place here on purpose
    (DOMAIN 4.4-1). `interests` maps R I A S E C to 0-10, empty when not asked. `cefr` maps understand, speak,
    read, write to a0…c1. Work-situation fields serve list composition, offers and notes, never fit.
    """

    skills: Mapping[str, ProfileSkill] = field(default_factory=dict)
    top_cards: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    interests: Mapping[str, float] = field(default_factory=dict)
    interests_confirmed: str = ""
    cefr: Mapping[str, str] = field(default_factory=dict)
    rather_not: tuple[str, ...] = ()
    hours: str = ""
    times: tuple[str, ...] = ()
    transport: tuple[str, ...] = ()
    max_travel_minutes: int | None = None
    municipality: str = ""
    care: str = ""
    physical_wish: tuple[str, ...] = ()
    years_at_school: str = ""
    level: str = ""
    papers: tuple[str, ...] = ()
    learn_kind: tuple[str, ...] = ()
    learn_hours: str = ""
    taster: str = ""
    taster_sectors: tuple[str, ...] = ()
    jobs: tuple[Job, ...] = ()
    own_idea: str = ""
    work_now: str = ""
    work_wish: tuple[str, ...] = ()
    start: str = ""
    basic_wish: tuple[str, ...] = ()
    devices: tuple[str, ...] = ()
    digital_can: tuple[str, ...] = ()
    letter: str = ""
    obstacles: tuple[str, ...] = ()
    talk_form: str = "short"
    removed_skills: tuple[ProfileSkill, ...] = ()
    """What the answers showed and the person took away in i07: kept with its evidence, never matched."""

    @property
    def dutch_level(self) -> str:
        """The lowest of the levels told for understanding, speaking, reading and writing; "" when none was told."""
        told = [level for level in self.cefr.values() if level in CEFR_LEVELS]
        return min(told, key=CEFR_LEVELS.index, default="")
