"""The parts of a talk in their order, what becomes of an answer, and the steps from one part to the next."""

from __future__ import annotations

from enum import Enum

from intake_app.ui.presenters.path import TalkPath
from intake_app.ui.presenters.reading import Reading


class Stage(Enum):
    """The parts of a talk, in order."""

    ASKING = "asking"
    READING_BACK = "reading_back"
    OFFERS = "offers"
    ANSWER = "answer"
    PLAN = "plan"
    AFTER_GUEST = "after_guest"
    FINISHED = "finished"


_GOES_ON = frozenset({Stage.ASKING.value, Stage.READING_BACK.value, Stage.OFFERS.value, Stage.PLAN.value})


class Kept(Enum):
    """What became of an answer: written down, held in memory only, or not taken."""

    WRITTEN = "written"
    IN_MEMORY = "in_memory"
    REFUSED = "refused"


class Stages:
    """Moves of a talk that only lead to another part of it."""

    stage: Stage
    is_one_question: bool
    reading: Reading
    left_at: str
    _path: TalkPath

    @property
    def place(self) -> str:
        """Where the talk stands, for `left_at` of the next sitting; "" where nobody is to come back to."""
        return f"{self.stage.value}:{self._path.key}" if self.stage.value in _GOES_ON else ""

    def go_on_where_left(self) -> None:
        """In a talk that was opened again: to where one was when it was left; else to the first open question."""
        stage, _, key = self.left_at.partition(":")
        left = self._path.later(key)
        if stage in _GOES_ON and self._path.stand_on(left):
            self.stage = Stage(stage)
        elif not self._path.stand_on(self._path.first_open(), only_open=True):
            self.stage = Stage.READING_BACK

    def offers_seen(self) -> None:
        """On from the offers."""
        self.stage = Stage.PLAN

    def answer_seen(self) -> None:
        """On from the answer of a talk of one question."""
        self.stage = Stage.FINISHED

    def plan_of_now(self) -> None:
        """Stop asking and make the plan of what is known."""
        self.stage = Stage.ANSWER if self.is_one_question else Stage.OFFERS

    def ask_for_plan(self, concept: str) -> None:
        """Ask what is still missing in the plan; `next` then leads back to the plan."""
        if self._path.stand_on(self._path.that_asks(concept)):
            self.reading.correcting = self.reading.for_plan = True
            self.stage = Stage.ASKING

    def corrected(self) -> None:
        """On from an answer that was corrected: to where somebody saw that it was wrong or missing."""
        if self.reading.for_plan:
            self.reading.correcting = self.reading.for_plan = False
            self.stage = Stage.PLAN
        else:
            self.read_back(self.reading.section)

    def read_back(self, section: str = "") -> None:
        """Look at what was told, now or at the end: the whole talk, or one section."""
        self.reading.begin(section, self._path.key)
        self.stage = Stage.READING_BACK
