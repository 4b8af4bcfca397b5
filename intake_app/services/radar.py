"""The radar of occupations, for one talk or for anyone: sectors, one occupation from close by, and where it may go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from intake_app.domain.catalogue import Occupation
from intake_app.domain.eligibility import Circumstances
from intake_app.domain.profile import SkillsProfile
from intake_app.domain.radar import Blip, Close, WorkFacts
from intake_app.domain.reasons import Reason
from intake_app.errors import EventRefused
from intake_app.matching.change import what_would_change, why_not
from intake_app.matching.radar import close_by, radar
from intake_app.matching.spread import Spread, spread_over_sectors
from intake_app.profile.derive import derive_circumstances
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.policy import Action, guarded, guarded_object

RANDOM_PEOPLE = 500


@guarded_object(Action.CATALOGUE)
@dataclass
class Radar:
    """What the radar shows. With a conversation it is that of the person at the table, as the answers stand."""

    office: Office
    conversation: Conversation | None = None

    @cached_property
    def profile(self) -> SkillsProfile:
        """What the person told; empty without one."""
        return self.conversation.keeper.profile() if self.conversation else SkillsProfile()

    @cached_property
    def personal(self) -> bool:
        """Whether a person told anything that occupations can be compared with."""
        return bool(self.profile.skills)

    @cached_property
    def sectors(self) -> Mapping[str, tuple[Blip, ...]]:
        """Sector code to its occupations, at least five."""
        return radar(self.profile if self.personal else None, self.office.catalogue, self.office.rules)

    @property
    def circumstances(self) -> Circumstances:
        """What only offers may ask."""
        return derive_circumstances(self.conversation.talk.answers) if self.conversation else Circumstances()

    def close(self, occupation: str) -> Close:
        """One occupation from close by."""
        return close_by(
            self.thing(occupation),
            self.profile,
            self.circumstances,
            self.office.catalogue,
            self.office.rules,
            today=self.office.clock.today(),
            known_person=self.personal,
        )

    def against(self, occupation: str) -> tuple[Reason, ...]:
        """Why it is not in the list now; empty when it is, or without a person."""
        if not self.personal:
            return ()
        return why_not(
            self.thing(occupation), self.profile, self.office.catalogue, self.office.rules, listed=self.proposed()
        )

    def changes(self, occupation: str) -> tuple[Reason, ...]:
        """The smallest change that would open it; empty without a person."""
        if not self.personal:
            return ()
        return what_would_change(
            self.thing(occupation),
            self.profile,
            self.office.catalogue,
            self.office.rules,
            circumstances=self.circumstances,
        )

    def facts(self, occupation: str) -> WorkFacts:
        """A day of it, and its pay where a source is loaded."""
        return self.office.work_facts.get(occupation, WorkFacts())

    def proposed(self) -> tuple[str, ...]:
        """The proposals of the talk in sight."""
        return self.conversation.keeper.suggestions.shown() if self.conversation else ()

    def thing(self, occupation: str) -> Occupation:
        """An occupation of ours or of an imported list. Raises EventRefused for an id that nobody here knows."""
        known = self.office.catalogue.known_occupation(occupation)
        if known is None:
            raise EventRefused(ref="suggestions", reason="unknown_occupation")
        return known


@guarded(Action.COUNTS)
def sector_spread(office: Office, people: int = RANDOM_PEOPLE, seed: int = 1) -> Spread:
    """How proposals for random people spread over the sectors; nobody real is in it."""
    return spread_over_sectors(replace(office.catalogue, wider={}), office.rules, people, seed)
