"""Which skills the answers show, how well, and from what: cards, jobs and own additions (DOMAIN 4.4-2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.profile import Evidence, Job, ProfileSkill, SkillLevel

LEVEL_VALUE = {SkillLevel.HELP: 0.5, SkillLevel.SEEN: 0.6, SkillLevel.ALONE: 0.8, SkillLevel.TEACH: 1.0}


@dataclass
class SkillCollector:
    """Gathers evidence; the highest level of several sources counts."""

    catalogue: Catalogue
    levels: dict[str, SkillLevel] = field(default_factory=dict)
    evidence: dict[str, list[Evidence]] = field(default_factory=dict)

    def add(self, skill: str, level: SkillLevel, evidence: Evidence) -> None:
        """One source that shows one skill."""
        if skill not in self.catalogue.skills:
            return
        known = self.levels.get(skill)
        if known is None or LEVEL_VALUE[level] > LEVEL_VALUE[known]:
            self.levels[skill] = level
        self.evidence.setdefault(skill, []).append(evidence)

    def add_card(self, card: str, level: SkillLevel) -> None:
        """All skills of an activity card."""
        if known := self.catalogue.cards.get(card):
            for skill in known.skills:
                self.add(skill, level, Evidence("card", card))

    def add_job(self, job: Job) -> None:
        """All skills of an earlier occupation: alone, or help after less than a year."""
        if known := self.catalogue.known_occupation(job.occupation):
            level = SkillLevel.HELP if job.years == "lt1" else SkillLevel.ALONE
            for skill in known.skills_of_work:
                self.add(skill, level, Evidence("job", known.id))

    def collected(self, confirmed: dict[str, bool]) -> dict[str, ProfileSkill]:
        """The skills that were not removed, strongest evidence first."""
        kept = (skill for skill in self.levels if confirmed.get(skill) is not False)
        return {
            skill: ProfileSkill(skill, self.levels[skill], tuple(self.evidence[skill]), confirmed.get(skill))
            for skill in kept
        }

    def removed(self, confirmed: dict[str, bool]) -> tuple[ProfileSkill, ...]:
        """The skills the person took away, with what had shown them."""
        gone = (skill for skill in self.levels if confirmed.get(skill) is False)
        return tuple(ProfileSkill(skill, self.levels[skill], tuple(self.evidence[skill]), False) for skill in gone)


def skills_to_check(
    skills: Iterable[ProfileSkill], catalogue: Catalogue, liked_cards: tuple[str, ...], limit: int = 8
) -> tuple[ProfileSkill, ...]:
    """The skills worth reading back (i07): from liked cards first, own to an occupation before generic ones.

    At most two skills of one card, so that the reading back covers what the person told, not one picture.
    """

    def weight(item: tuple[int, ProfileSkill]) -> tuple[bool, bool, float, int]:
        order, skill = item
        liked = any(e.kind == "card" and e.source in liked_cards for e in skill.evidence)
        generic = catalogue.skills[skill.skill].generic
        return (not liked, generic, -LEVEL_VALUE[skill.level] - len(skill.evidence), order)

    chosen: list[ProfileSkill] = []
    per_source: dict[str, int] = {}
    for _, skill in sorted(enumerate(skills), key=weight):
        source = skill.evidence[0].source if skill.evidence else ""
        if per_source.get(source, 0) >= 2:
            continue
        per_source[source] = per_source.get(source, 0) + 1
        chosen.append(skill)
        if len(chosen) == limit:
            break
    return tuple(chosen)
