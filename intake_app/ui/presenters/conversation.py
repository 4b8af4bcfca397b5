"""Leading a talk: which screen is in sight, what an answer does, where next, back, skip and stop lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.services.continuing import FULL, answered_before, may_grow
from intake_app.services.conversation import Conversation
from intake_app.services.walk.screens import Screen
from intake_app.ui.controls.model import QuestionModel
from intake_app.ui.controls.words import Words
from intake_app.ui.presenters.between import Between, between
from intake_app.ui.presenters.changes import Aside
from intake_app.ui.presenters.path import TalkPath
from intake_app.ui.presenters.questions import QuestionMaker, ScreenModel, refs_of, shown_language
from intake_app.ui.presenters.reading import Reading
from intake_app.ui.presenters.retrace import Trace, can_take_back
from intake_app.ui.presenters.sections import Trail, is_known, trail
from intake_app.ui.presenters.stages import Kept, Stage, Stages
from intake_app.ui.presenters.talk_facts import TalkFacts
from intake_app.ui.widgets.pair import Pair

NEEDED = mark("Deze vraag hebben we echt nodig. Kies een antwoord.")
NOT_KEPT = mark("Dit antwoord is nog niet bewaard. Het staat nog op het scherm.")
LOOK_AGAIN = mark("Kijk nog even naar dit antwoord.")

STOPPED = "stopped_by_participant"
REFERRED = "referred_only"


@dataclass
class ConversationPresenter(TalkFacts, Stages):
    """One talk on its way through its screens. No widget, no file.

    Methods that keep something raise IntakeError when that failed; what was given then waits in `pending`,
    stays on screen and is tried again by `next`. The class is longer than most: it is everything a page can
    ask of a talk, one short method each; the way through the screens is `TalkPath`.
    """

    conversation: Conversation
    location: str = ""
    resumed: bool = False
    left_at: str = ""
    stage: Stage = Stage.ASKING
    pending: dict[str, str] = field(default_factory=dict, repr=False)
    messages: dict[str, Pair] = field(default_factory=dict)
    aside: Aside = field(default_factory=Aside)
    reading: Reading = field(default_factory=Reading)
    trace: Trace = field(default_factory=Trace)

    def __post_init__(self) -> None:
        """Stand on the first screen; in a talk gone on with, on the one that asks who is there (DOMAIN 2.1-7)."""
        self._maker = QuestionMaker(self.conversation, self.location)
        self._talk = self.conversation.talk
        self._path = TalkPath(self.conversation, self._maker)
        if self.resumed:
            self._path.told_before = answered_before(self.conversation)
        first = self._path.that_asks("alone") if self.resumed else None
        self._path.stand_on(first or self._path.screens[0])

    # ------------------------------------------------------------------ what is in sight
    @property
    def key(self) -> str:
        """The screen in sight."""
        return self._path.key

    @property
    def screen(self) -> Screen:
        """The screen in sight as it stands now."""
        return self._path.screen

    @property
    def language(self) -> str:
        """The talk language, as the screen can show it."""
        return shown_language(self._talk.language)

    def model(self) -> ScreenModel:
        """What is in sight."""
        return self._maker.screen(self.screen, self.pending, self.messages)

    def saw(self, model: ScreenModel) -> None:
        """The page says what it shows."""
        self._path.seen = set(model.refs())

    def trail(self) -> Trail:
        """Where in the talk that is."""
        path = self._path
        progress = path.session.progress(path.is_done, sure=is_known(self._talk))
        planned = path.session.planned()
        return trail(self._talk, planned, path.screen, path.is_done, self.language, progress)

    def between(self) -> Between:
        """What is said above the questions in sight: between two sections."""
        return self.reading.left(between(self.conversation, self._path.screens, self.screen, self.language))

    def asks(self, concept: str) -> bool:
        """Whether this screen asks a question."""
        return self._talk.answers.ref(concept) in self.screen.refs

    @property
    def may_explore(self) -> bool:
        """Whether this screen is about occupations, so that looking around among all of them helps."""
        asked = {self._talk.entry.tags(ref).get("concept", "") for ref in self.screen.refs}
        return not asked.isdisjoint({"reaction", "chosen"})

    @property
    def is_first(self) -> bool:
        """Whether nothing comes before this screen."""
        return self._path.place == 0

    @property
    def can_skip(self) -> bool:
        """Whether every question here may be left open."""
        return not any(self._talk.walk.needed(ref) for ref in self.model().refs())

    @property
    def can_remove(self) -> bool:
        """Whether what is in sight is an extra one of a repeat."""
        instance = self.screen.instance
        return bool(instance) and not instance.endswith("[1]")

    def waiting(self) -> tuple[Pair, ...]:
        """The questions of the list "later, alleen"."""
        entry, code = self._talk.entry, self.language
        refs = self._talk.walk.waiting()
        labels = dict.fromkeys((entry.label(ref, code) or "", entry.label(ref, "nl") or "") for ref in refs)
        return tuple(Pair(own, dutch, code) for own, dutch in labels)

    # ------------------------------------------------------------------ answers
    def answer(self, ref: str, value: str) -> Kept:
        """Give an answer; the screen may have other questions afterwards. Raises IntakeError."""
        self._forget(ref)
        told = answered_before(self.conversation) if self._other_length(ref, value) else None
        before = self._talk.entry.value(ref)
        try:
            change = self.conversation.answer(ref, value)
        except IntakeError:
            self.pending[ref] = value
            self.messages[ref] = self._words().pair(NOT_KEPT)
            raise
        finally:
            self._path.look()
        if told is not None:
            self._path.take_other_order(told)
        if change.rejected is not None:
            self.pending[ref] = value
            self.messages[ref] = self._rejection(ref)
            return Kept.REFUSED
        self.aside.note(self.key, change)
        self.trace.note(self.key, ref, before)
        in_memory = "N" in self._path.tags(ref).get("consent", "").split()
        return Kept.WRITTEN if self.recording and not in_memory else Kept.IN_MEMORY

    def attach(self, ref: str, name: str, content: bytes) -> Kept:
        """Answer a question with a file. Raises IntakeError."""
        self._forget(ref)
        try:
            change = self.conversation.attach(ref, name, content)
        finally:
            self._path.look()
        if change.rejected is not None:
            self.messages[ref] = self._rejection(ref)
            return Kept.REFUSED
        self.aside.note(self.key, change)
        return Kept.WRITTEN if self.recording else Kept.IN_MEMORY

    def type(self, ref: str, text: str) -> None:
        """Keep text that is still being typed. Raises IntakeError."""
        self._talk.type(ref, text)

    def pick(self, ref: str, name: str) -> Kept:
        """Something found by searching: a skill for the check, an occupation elsewhere. Raises IntakeError."""
        if self.conversation.concept_of(ref) == "skills_ok":
            return self.change(lambda: self.conversation.keeper.add_skill(name))
        return self.change(lambda: self.conversation.choose_occupation(ref, name))

    def change(self, work: Callable[[], None]) -> Kept:
        """What changes lists beside an answer: something found, a list changed by hand. Raises IntakeError."""
        try:
            work()
        finally:
            self._path.look()
        return Kept.WRITTEN if self.recording else Kept.IN_MEMORY

    # ------------------------------------------------------------------ moving
    def next(self) -> bool:
        """Go on; what was seen and not answered counts as skipped. False when this screen holds. Raises IntakeError."""
        aside = self.aside.hidden_on(self.key)
        for ref, value in list(self.pending.items()):
            self.answer(ref, value)
        if self._holds() or self.aside.hidden_on(self.key) - aside:
            return False
        if not self._shows_more():
            for question in self.model().questions:
                self._leave_open(question)
            self._go_past()
        return True

    def skip(self) -> bool:
        """Leave open what is open; a question that stands alone is emptied. False when it is needed."""
        model = self.model()
        for ref in model.refs():
            self._forget(ref)
        alone = len(model.questions) == 1 and not model.questions[0].rows
        if not alone or not self.can_skip:
            return self.next()
        for ref in refs_of(model.questions[0]):
            self.conversation.skip(ref)
        self._go_past()
        return True

    def previous(self) -> bool:
        """Go back one screen; from the questions after the guest, to the plan. False at the first screen."""
        self.messages.clear()
        self._path.leave()
        if any(self._path.stand_on(screen) for screen in self._path.before()):
            return True
        if self.screen.after_guest and not self.ended_by_age:
            self.stage = Stage.PLAN
            return True
        return False

    def again(self) -> bool:
        """One more job, step or organisation, when this screen offers it. Raises IntakeError."""
        repeat = self.screen.again
        if not repeat or self._holds():
            return False
        self._path.leave()
        added = self._talk.add_instance(repeat).added or ""
        self._path.look()
        return self._path.stand_on(next((s for s in self._path.screens if s.instance == added), None))

    @property
    def may_take_back(self) -> bool:
        """Whether the last answer can be undone by one key."""
        return bool(self.trace.steps) and can_take_back(self.conversation, self.trace.steps[-1])

    def take_back(self) -> bool:
        """Undo the last answer and show where it stood; False when there is nothing to undo. Raises IntakeError."""
        if not self.may_take_back:
            return False
        step, steps = self.trace.steps[-1], self.trace.steps[:-1]
        self.answer(step.ref, step.before)
        self.trace.steps = steps
        if self._path.stand_on(self._path.named(step.key)):
            self.stage = Stage.AFTER_GUEST if self.screen.after_guest else Stage.ASKING
        return True

    def remove_again(self) -> None:
        """Take away the extra job, step or organisation in sight. Raises IntakeError."""
        place = self._path.place
        self._talk.remove_instance(self.screen.instance)
        self._path.look()
        self._path.stand_on(self._path.screens[max(0, place - 1)])

    def go_to(self, key: str) -> None:
        """Show a screen to correct an answer; `next` then leads back to the reading back."""
        if self._path.stand_on(self._path.named(key)):
            self.reading.correcting = True
            self.stage = Stage.ASKING

    @property
    def may_grow(self) -> bool:
        """Whether this talk, gone on with, may become a full one (DOMAIN 2.1-3)."""
        return self.resumed and self.asks("alone") and may_grow(self.conversation)

    def grow(self) -> None:
        """From short to full: what was answered or skipped is not asked again. Raises IntakeError."""
        ref = self._talk.answers.ref("version")
        if ref is not None and may_grow(self.conversation):
            self.answer(ref, FULL)

    def go_to_who_is_there(self) -> None:
        """Show the screen that asks who is at the table."""
        if self._path.stand_on(self._path.that_asks("alone")):
            self.stage = Stage.ASKING

    def show_problem(self, ref: str, message: str) -> None:
        """Go to a question whose answer cannot stand, with the form's reason."""
        screen = next((screen for screen in self._path.screens if ref in screen.refs), None)
        if self._path.stand_on(screen):
            self.stage = Stage.AFTER_GUEST if self.screen.after_guest else Stage.ASKING
            self.messages[ref] = Pair.plain(message) if message else self._words().pair(LOOK_AGAIN)

    # ------------------------------------------------------------------ stages
    def heard(self, section: str) -> None:
        """This section was read back and is right."""
        self.reading.heard.add(section)

    def go_on_asking(self) -> None:
        """From the reading back to the screen that was in sight."""
        self.stage = Stage.ASKING
        self.reading.correcting = self.reading.for_plan = False
        self._path.stand_on(self._path.named(self.reading.came_from))

    def confirm(self) -> None:
        """What was read back is right: a section, and on where one was; the whole, and first what is still open."""
        if self.reading.section:
            self.heard(self.reading.section)
            self.go_on_asking()
            return
        self.stage = Stage.ASKING if self._path.stand_on(self._path.first_open()) else Stage.OFFERS

    def plan_made(self) -> None:
        """On from the plan to what is asked after the guest has left."""
        self._path.look()
        rest = next((screen for screen in self._path.screens if screen.after_guest), None)
        self.stage = Stage.AFTER_GUEST if self._path.stand_on(rest) else Stage.FINISHED

    def stop(self) -> None:
        """The participant stops: the state of the talk says so, the counsellor's own questions remain."""
        self._set_status(STOPPED)
        if self.recording:
            self.plan_made()
        else:
            self.stage = Stage.FINISHED

    # ------------------------------------------------------------------ inside
    def _other_length(self, ref: str, value: str) -> bool:
        """Whether this answer turns a talk that is under way into one of another length, in another order."""
        before = self._talk.entry.value(ref)
        return self.conversation.concept_of(ref) == "version" and before not in ("", value)

    def _words(self) -> Words:
        return Words(self.language)

    def _forget(self, ref: str) -> None:
        self.messages.pop(ref, None)
        self.pending.pop(ref, None)

    def _holds(self) -> bool:
        refs = list(self.model().refs())
        for ref in refs:
            if self._talk.walk.needed(ref) and not self._talk.entry.value(ref) and ref not in self.messages:
                self.messages[ref] = self._words().pair(NEEDED)
        return any(ref in self.messages for ref in refs)

    def _shows_more(self) -> bool:
        """Whether text given only now made questions appear on this screen that were not seen yet."""
        seen, self._path.seen = self._path.seen, set(self.model().refs())
        return bool(seen) and bool(self._path.seen - seen)

    def _leave_open(self, question: QuestionModel) -> None:
        refs, entry, skipped = list(refs_of(question)), self._talk.entry, self._talk.skipped()
        if question.rows and any(entry.value(ref) for ref in refs):
            return
        for ref in refs:
            if self._path.is_question(ref) and not entry.value(ref) and ref not in skipped:
                self.conversation.skip(ref)

    def _go_past(self) -> None:
        self.messages.clear()
        self._path.leave()
        self._path.look()
        if self.reading.correcting:
            self.corrected()
        elif self.resumed:
            self.resumed = False
            self.go_on_where_left()
        else:
            self._forward()

    def _forward(self) -> None:
        while (following := self._path.following()) is not None:
            if following.after_guest and not self.screen.after_guest:
                break
            if not self._path.is_known(following) and self._path.stand_on(following, only_open=True):
                return
            self._path.pass_over(following)
        if self.screen.after_guest:
            self.stage = Stage.FINISHED
        else:
            self._end_of_guest()

    def _end_of_guest(self) -> None:
        if self.ended_by_age:
            self._set_status(REFERRED)
            self.plan_made()
        else:
            self.stage = Stage.ANSWER if self.is_one_question else Stage.READING_BACK

    def _set_status(self, value: str) -> None:
        ref = self._talk.answers.ref("status")
        if ref is not None:
            self.answer(ref, value)

    def _rejection(self, ref: str) -> Pair:
        entry, code = self._talk.entry, self.language
        dutch = entry.message(ref, "nl") or ""
        return Pair(entry.message(ref, code) or "", dutch, code) if dutch else self._words().pair(LOOK_AGAIN)
