"""The parts of a talk in their order, what becomes of an answer, and the steps from one part to the next."""

from __future__ import annotations

from enum import Enum


class Stage(Enum):
    """The parts of a talk, in order."""

    ASKING = "asking"
    READING_BACK = "reading_back"
    OFFERS = "offers"
    ANSWER = "answer"
    PLAN = "plan"
    AFTER_GUEST = "after_guest"
    FINISHED = "finished"


class Kept(Enum):
    """What became of an answer: written down, held in memory only, or not taken."""

    WRITTEN = "written"
    IN_MEMORY = "in_memory"
    REFUSED = "refused"


class Stages:
    """Moves of a talk that only lead to another part of it."""

    stage: Stage
    is_one_question: bool

    def offers_seen(self) -> None:
        """On from the offers."""
        self.stage = Stage.PLAN

    def answer_seen(self) -> None:
        """On from the answer of a talk of one question."""
        self.stage = Stage.FINISHED

    def plan_of_now(self) -> None:
        """Stop asking and make the plan of what is known."""
        self.stage = Stage.ANSWER if self.is_one_question else Stage.OFFERS
