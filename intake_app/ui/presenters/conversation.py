"""Leading a talk: which screen is in sight, what an answer does, where next, back, skip and stop lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.services.conversation import Conversation
from intake_app.services.walk.screens import Screen
from intake_app.ui.controls.model import QuestionModel
from intake_app.ui.controls.words import Words
from intake_app.ui.presenters.questions import QuestionMaker, ScreenModel, refs_of, shown_language
from intake_app.ui.presenters.rows import generic
from intake_app.ui.presenters.sections import Trail, trail
from intake_app.ui.widgets.pair import Pair

NEEDED = mark("Deze vraag hebben we echt nodig. Kies een antwoord.")
NOT_KEPT = mark("Dit antwoord is nog niet bewaard. Het staat nog op het scherm.")
LOOK_AGAIN = mark("Kijk nog even naar dit antwoord.")

ONE_QUESTION = "one_question"
STOPPED = "stopped_by_participant"
REFERRED = "referred_only"


class Stage(Enum):
    """The parts of a talk, in order."""

    ASKING = "asking"
    READING_BACK = "reading_back"
    OFFERS = "offers"
    PLAN = "plan"
    AFTER_GUEST = "after_guest"
    FINISHED = "finished"


class Kept(Enum):
    """What became of an answer: written down, held in memory only, or not taken."""

    WRITTEN = "written"
    IN_MEMORY = "in_memory"
    REFUSED = "refused"


@dataclass
class ConversationPresenter:
    """One talk on its way through its screens. No widget, no file.

    Methods that keep something raise IntakeError when that failed; what was given then waits in `pending`,
    stays on screen and is tried again by `next`.
    """

    conversation: Conversation
    location: str = ""
    resumed: bool = False
    stage: Stage = Stage.ASKING
    pending: dict[str, str] = field(default_factory=dict, repr=False)
    messages: dict[str, Pair] = field(default_factory=dict)
    _key: str = ""
    _visited: set[str] = field(default_factory=set)
    _seen: set[str] = field(default_factory=set)
    _back_to_reading: bool = False

    def __post_init__(self) -> None:
        """Stand on the first screen; in a talk gone on with, on the one that asks who is there (DOMAIN 2.1-7)."""
        self._maker = QuestionMaker(self.conversation, self.location)
        self._talk = self.conversation.talk
        self._screens = self.conversation.screens()
        first = self._screen_of("alone") if self.resumed else None
        self._stand_on(first or self._screens[0])

    # ------------------------------------------------------------------ what is in sight
    @property
    def key(self) -> str:
        """The screen in sight."""
        return self._key

    @property
    def language(self) -> str:
        """The talk language, as the screen can show it."""
        return shown_language(self._talk.language)

    @property
    def screen(self) -> Screen:
        """The screen in sight as it stands now."""
        return next(screen for screen in self._screens if screen.key == self._key)

    def model(self) -> ScreenModel:
        """What is in sight."""
        return self._maker.screen(self.screen, self.pending, self.messages)

    def trail(self) -> Trail:
        """Where in the talk that is."""
        return trail(self._talk, self._screens, self.screen, self.is_done, self.language)

    @property
    def is_first(self) -> bool:
        """Whether nothing comes before this screen."""
        return self._screens[0].key == self._key

    @property
    def can_skip(self) -> bool:
        """Whether every question here may be left open."""
        return not any(self._needed(ref) for ref in self.model().refs())

    @property
    def recording(self) -> bool:
        """Whether answers are written down."""
        return self._talk.recording

    @property
    def refused_recording(self) -> bool:
        """Whether the participant said no to writing down."""
        return self._talk.answers.text("consent_record") == "no"

    @property
    def knows_who_is_there(self) -> bool:
        """Whether it was told who is at the table (a04b)."""
        return bool(self._talk.answers.text("alone"))

    def waiting(self) -> tuple[Pair, ...]:
        """The questions of the list "later, alleen"."""
        entry, code = self._talk.entry, self.language
        walk = self._talk.walk
        labels = dict.fromkeys((entry.label(r, code) or "", entry.label(r, "nl") or "") for r in walk.waiting())
        return tuple(Pair(own, dutch, code) for own, dutch in labels)

    def is_done(self, screen: Screen) -> bool:
        """Whether a screen was passed, or all its questions were answered or skipped."""
        if screen.key in self._visited:
            return True
        skipped = self._talk.skipped()
        asked = [ref for ref in screen.refs if self._is_question(ref)]
        mine = [ref for ref in asked if self._talk.entry.node(ref).tags.get("who") == "counsellor"]
        told: dict[str, bool] = {}
        for ref in asked if len(mine) == len(asked) else [ref for ref in asked if ref not in mine]:
            # Of the rows of a list one reaction is enough: the others were seen with it.
            name = generic(ref)
            told[name] = told.get(name, False) or bool(self._talk.entry.value(ref)) or ref in skipped
        return bool(told) and all(told.values())

    # ------------------------------------------------------------------ answers
    def answer(self, ref: str, value: str) -> Kept:
        """Give an answer; the screen may have other questions afterwards. Raises IntakeError."""
        self.messages.pop(ref, None)
        self.pending.pop(ref, None)
        try:
            change = self.conversation.answer(ref, value)
        except IntakeError:
            self.pending[ref] = value
            self.messages[ref] = self._words().pair(NOT_KEPT)
            raise
        finally:
            self._look()
        if change.rejected is not None:
            self.pending[ref] = value
            self.messages[ref] = self._rejection(ref)
            return Kept.REFUSED
        return Kept.WRITTEN if self.recording and not self._in_memory_only(ref) else Kept.IN_MEMORY

    def type(self, ref: str, text: str) -> None:
        """Keep text that is still being typed. Raises IntakeError."""
        self._talk.type(ref, text)

    def pick(self, ref: str, name: str) -> Kept:
        """Something found by searching: a skill for the check, an occupation elsewhere. Raises IntakeError."""
        try:
            if self.conversation.concept_of(ref) == "skills_ok":
                self.conversation.keeper.add_skill(name)
            else:
                self.conversation.choose_occupation(ref, name)
        finally:
            self._look()
        return Kept.WRITTEN if self.recording else Kept.IN_MEMORY

    # ------------------------------------------------------------------ moving
    def next(self) -> bool:
        """Go on; what was seen and not answered counts as skipped. False when this screen holds. Raises IntakeError."""
        self._try_again()
        if self._hold():
            return False
        if self._shows_more():
            return True
        for question in self.model().questions:
            self._leave_open(question)
        self._pass()
        return True

    def skip(self) -> bool:
        """Leave open what is open; a question that stands alone is emptied. False when it is needed."""
        questions = self.model().questions
        for ref in self.model().refs():
            self.pending.pop(ref, None)
            self.messages.pop(ref, None)
        if len(questions) == 1 and not questions[0].rows and self.can_skip:
            for ref in refs_of(questions[0]):
                self.conversation.skip(ref)
            self._pass()
            return True
        return self.next()

    def previous(self) -> bool:
        """Go back one screen; from the questions after the guest, to the plan. False at the first screen."""
        self.messages.clear()
        self._visited.add(self._key)
        before = self._screens[: self._place()]
        if self.screen.after_guest:
            before = tuple(screen for screen in before if screen.after_guest)
        for screen in reversed(before):
            if self._stand_on(screen):
                return True
        if self.screen.after_guest and not self._ended_early():
            self.stage = Stage.PLAN
            return True
        return False

    def again(self) -> bool:
        """One more job, step or organisation, when this screen offers it. Raises IntakeError."""
        repeat = self.screen.again
        if not repeat or self._hold():
            return False
        self._visited.add(self._key)
        added = self._talk.add_instance(repeat).added or ""
        self._look()
        first = next((screen for screen in self._screens if screen.instance == added), None)
        return first is not None and self._stand_on(first)

    def remove_again(self) -> None:
        """Take away the extra job, step or organisation in sight. Raises IntakeError."""
        instance = self.screen.instance
        place = self._place()
        self._talk.remove_instance(instance)
        self._look()
        self._stand_on(self._screens[max(0, min(place, len(self._screens)) - 1)])

    @property
    def can_remove(self) -> bool:
        """Whether what is in sight is an extra one of a repeat."""
        instance = self.screen.instance
        return bool(instance) and not instance.endswith("[1]")

    def go_to(self, key: str) -> None:
        """Show a screen to correct an answer; `next` then leads back to the reading back."""
        screen = next((screen for screen in self._screens if screen.key == key), None)
        if screen is not None and self._stand_on(screen):
            self._back_to_reading = True
            self.stage = Stage.ASKING

    def go_to_who_is_there(self) -> None:
        """Show the screen that asks who is at the table."""
        screen = self._screen_of("alone")
        if screen is not None:
            self._stand_on(screen)
            self.stage = Stage.ASKING

    def show_problem(self, ref: str, message: str) -> None:
        """Go to a question whose answer cannot stand, with the form's reason."""
        screen = next((screen for screen in self._screens if ref in screen.refs), None)
        if screen is None or not self._stand_on(screen):
            return
        self.stage = Stage.AFTER_GUEST if screen.after_guest else Stage.ASKING
        self.messages[ref] = Pair.plain(message) if message else self._words().pair(LOOK_AGAIN)

    # ------------------------------------------------------------------ stages
    def read_back(self) -> None:
        """All was read back and right; or look at it now, before the end."""
        self.stage = Stage.READING_BACK

    def confirm(self) -> None:
        """What was read back is right: first what is still open, then on to the offers."""
        screen = self._first_open()
        if screen is not None and self._stand_on(screen):
            self.stage = Stage.ASKING
            return
        self.stage = Stage.OFFERS

    def go_on_asking(self) -> None:
        """From the reading back to the screen that was in sight."""
        self.stage = Stage.ASKING
        self._back_to_reading = False

    def offers_seen(self) -> None:
        """On from the offers."""
        self.stage = Stage.FINISHED if self._talk.walk.talk_form() == ONE_QUESTION else Stage.PLAN

    def plan_made(self) -> None:
        """On from the plan to what is asked after the guest has left."""
        self._after_guest()

    def plan_of_now(self) -> None:
        """Stop asking and make the plan of what is known."""
        self.stage = Stage.OFFERS

    def stop(self) -> None:
        """The participant stops: the state of the talk says so, the counsellor's own questions remain."""
        self._set_status(STOPPED)
        if self.recording:
            self._after_guest()
        else:
            self.stage = Stage.FINISHED

    # ------------------------------------------------------------------ inside
    def _words(self) -> Words:
        return Words(self.language)

    def _look(self) -> None:
        """Compute the screens again; the one in sight stays, or the nearest before it comes."""
        place = self._place()
        self._screens = self.conversation.screens()
        if all(screen.key != self._key for screen in self._screens):
            self._key = self._screens[min(place, len(self._screens) - 1)].key

    def _place(self) -> int:
        return next((number for number, screen in enumerate(self._screens) if screen.key == self._key), 0)

    def _screen_of(self, concept: str) -> Screen | None:
        ref = self._talk.answers.ref(concept)
        return next((screen for screen in self._screens if ref in screen.refs), None)

    def _stand_on(self, screen: Screen) -> bool:
        """Prepare a screen and show it; False when it turns out to hold nothing to show."""
        before, self._key = self._key, screen.key
        if self.conversation.open_screen(screen):
            self._look()
        if self._key == screen.key:
            model = self._maker.screen(self.screen, {}, {})
            self._seen = set(model.refs())
            if model.questions:
                return True
        self._key = before
        return False

    def _try_again(self) -> None:
        for ref, value in list(self.pending.items()):
            self.answer(ref, value)

    def _hold(self) -> bool:
        refs = list(self.model().refs())
        for ref in refs:
            if self._needed(ref) and not self._talk.entry.value(ref) and ref not in self.messages:
                self.messages[ref] = self._words().pair(NEEDED)
        return any(ref in self.messages for ref in refs)

    def _shows_more(self) -> bool:
        """Whether text given only now made questions appear on this screen that were not seen yet."""
        seen, now = self._seen, set(self.model().refs())
        self._seen = now
        return bool(now - seen) if seen else False

    def saw(self, model: ScreenModel) -> None:
        """The page says what it shows."""
        self._seen = set(model.refs())

    def _leave_open(self, question: QuestionModel) -> None:
        refs = list(refs_of(question))
        if question.rows and any(self._talk.entry.value(ref) for ref in refs):
            return
        skipped = self._talk.skipped()
        for ref in refs:
            if self._is_question(ref) and not self._talk.entry.value(ref) and ref not in skipped:
                self.conversation.skip(ref)

    def _pass(self) -> None:
        self.messages.clear()
        self._visited.add(self._key)
        self._look()
        if self._back_to_reading:
            self._back_to_reading = False
            self.stage = Stage.READING_BACK
            return
        if self.resumed:
            self.resumed = False
            self._to_guest(self._first_open())
            return
        self._forward()

    def _forward(self) -> None:
        for _ in range(len(self._screens) + 1):
            following = self._screens[self._place() + 1 :]
            if not following:
                self._end_of_screens()
                return
            if following[0].after_guest and not self.screen.after_guest:
                self._end_of_guest()
                return
            if self._stand_on(following[0]):
                return
            self._visited.add(following[0].key)
            self._key = following[0].key

    def _to_guest(self, screen: Screen | None) -> None:
        if screen is None or not self._stand_on(screen):
            self.stage = Stage.READING_BACK

    def _first_open(self) -> Screen | None:
        """The first screen of the guest with a question that was neither answered nor skipped."""
        return next((s for s in self._screens if not s.after_guest and not self.is_done(s)), None)

    def _end_of_screens(self) -> None:
        if self.screen.after_guest:
            self.stage = Stage.FINISHED
        else:
            self._end_of_guest()

    def _end_of_guest(self) -> None:
        if self._ended_early():
            self._set_status(REFERRED)
            self._after_guest()
        else:
            self.stage = Stage.OFFERS if self._talk.walk.talk_form() == ONE_QUESTION else Stage.READING_BACK

    def _after_guest(self) -> None:
        self._look()
        rest = [screen for screen in self._screens if screen.after_guest]
        self.stage = Stage.AFTER_GUEST if any(self._stand_on(screen) for screen in rest[:1]) else Stage.FINISHED

    def _ended_early(self) -> bool:
        """The age gate closed (DOMAIN 2.1-20)."""
        answers = self._talk.answers
        return answers.text("age_group") == "lt16" or answers.text("go_on") == "no"

    @property
    def ended_by_age(self) -> bool:
        """Whether the talk ended at the age questions."""
        return self._ended_early()

    def _set_status(self, value: str) -> None:
        ref = self._talk.answers.ref("status")
        if ref is not None:
            self.answer(ref, value)

    def _needed(self, ref: str) -> bool:
        return self._talk.walk.needed(ref)

    def _is_question(self, ref: str) -> bool:
        view = self._talk.entry.node(ref)
        return view.control is not None and not view.readonly and view.control != "trigger"

    def _in_memory_only(self, ref: str) -> bool:
        return "N" in self._talk.entry.node(ref).tags.get("consent", "").split()

    def _rejection(self, ref: str) -> Pair:
        entry, code = self._talk.entry, self.language
        dutch = entry.message(ref, "nl") or ""
        if not dutch:
            return self._words().pair(LOOK_AGAIN)
        own = entry.message(ref, code) or ""
        return Pair(own, dutch, code)
